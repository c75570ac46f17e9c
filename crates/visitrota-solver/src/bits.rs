//! Bit sets: sets of small numbers, a bit for each.

/// A set of positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// No positions, of `len` that there may be.
    pub(crate) fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    pub(crate) fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    pub(crate) fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    /// The intersection with another set, as far as it comes after a position.
    pub(crate) fn both_after(&self, other: &Self, at: usize) -> Self {
        let mut both: Vec<u64> = self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect();
        let word = at / 64;
        both[..word].fill(0);
        both[word] &= !(u64::MAX >> (63 - at % 64));
        Self(both)
    }

    /// The symmetric difference with another set.
    pub(crate) fn toggle(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, other)| *mine ^= other);
    }

    /// The positions in the set, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(nth, &word)| {
            std::iter::successors((word != 0).then_some(word), |left| {
                let rest = left & (left - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |left| nth * 64 + left.trailing_zeros() as usize)
        })
    }
}
