//! Random numbers that are the same everywhere and for ever.

/// A stream of random numbers (`SplitMix64`). Everything has a stream of its own, so that what one thing draws changes
/// nothing about the others.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one thing: which kind of thing it is, and its numbers among its kind.
    pub(crate) fn of(seed: u64, kind: &str, numbers: &[i64]) -> Self {
        let mut random = Self(seed);
        let words = kind.bytes().map(u64::from).chain(numbers.iter().map(|number| number.cast_unsigned()));
        for word in words {
            random.0 = random.next() ^ word;
        }
        Self(random.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        // The bias is beyond all measuring, and the product's upper half is below `end`.
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u32
    }

    /// A number from `least` to `most`.
    pub(crate) fn within(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// True so many times in a hundred.
    pub(crate) fn chance(&mut self, per_cent: u32) -> bool {
        self.below(100) < per_cent
    }

    /// One of several; each stands as often as it is to be drawn.
    pub(crate) fn one_of<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        const { assert!(N > 0) };
        from[self.below(N as u32) as usize]
    }

    /// One of those in a list that may be empty.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len() as u32) as usize)
    }

    /// A distance of up to `most` either way: mostly small, seldom large.
    pub(crate) fn about(&mut self, most: u32) -> i64 {
        i64::from(self.below(most + 1)) - i64::from(self.below(most + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_its_own() {
        let first = |seed, kind, numbers: &[i64]| Random::of(seed, kind, numbers).next();
        let streams = [
            first(0, "family", &[0]),
            first(0, "family", &[1]),
            first(1, "family", &[0]),
            first(0, "home", &[0]),
            first(0, "town", &[0, -1]),
            first(0, "town", &[-1, 0]),
        ];
        for (n, one) in streams.iter().enumerate() {
            assert!(!streams[..n].contains(one), "{n}");
        }
        assert_eq!(streams[0], first(0, "family", &[0]));
    }

    #[test]
    fn numbers_stay_within() {
        let mut random = Random::of(0, "test", &[]);
        let drawn: Vec<_> = (0..1000).map(|_| random.within(3, 5)).collect();
        assert!([3, 4, 5].iter().all(|number| drawn.contains(number)) && drawn.iter().all(|n| (3..=5).contains(n)));
        assert!((0..1000).all(|_| random.about(10).abs() <= 10));
        assert_eq!((random.below(0), random.below(1), random.pick::<u8>(&[])), (0, 0, None));
        assert!(!random.chance(0) && random.chance(100));
    }
}
