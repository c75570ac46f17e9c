//! What a search leaves out, as a bound that cannot be taken for another.
//!
//! The bound of [`crate::column_generation::decomposition`] stands and falls with what is known of trips that nobody has looked at. Whether such a
//! number is *at most* or *less than* decides between a proof and a false one, so it has a type of its own, and nothing
//! else turns it into the worth of a trip.

/// The most by which any trip that was left out exceeds the value that it had to have (scaled): its surplus, inclusive.
///
/// A trip that just has that value has a surplus of 0, and is worth having. So where nothing worth having was left out,
/// no trip that was has a surplus of more than −1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LeftOut(i64);

impl LeftOut {
    /// No trip was left out that is worth having.
    pub(crate) const NOTHING: Self = Self(-1);

    /// A trip whose surplus is no more than this may have been left out as well.
    pub(crate) fn with(self, surplus: i64) -> Self {
        self.max(Self(surplus))
    }

    /// Whether any trip worth having may have been left out.
    pub(crate) fn anything(self) -> bool {
        self > Self::NOTHING
    }

    /// The least surplus that a trip not tried yet must have to be tried: of others as good ones are left out already.
    pub(crate) fn least_to_try(self) -> i64 {
        self.0 + 1
    }

    /// What a trip that was left out is worth at the most, where trips worth `least` were worth having.
    pub(crate) fn worth_at_most(self, least: i64) -> i64 {
        least + self.0
    }

    /// By how much a trip that was left out may be worth more than one that was just not worth having.
    pub(crate) fn above_unworthy(self) -> i64 {
        (self.0 + 1).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_in_full() {
        let left_out = LeftOut::NOTHING.with(7).with(3);
        assert_eq!(left_out.worth_at_most(100), 107, "a trip of a surplus of 7 is worth 107");
        assert_eq!(left_out.least_to_try(), 8, "one of 7 would change nothing");
        assert_eq!(left_out.above_unworthy(), 8, "99 was not worth having");
        assert!(left_out.anything() && LeftOut::NOTHING.with(0).anything());
    }

    #[test]
    fn where_nothing_is_left_out_a_trip_is_worth_less_than_it_must() {
        assert_eq!(LeftOut::NOTHING.worth_at_most(100), 99);
        assert_eq!((LeftOut::NOTHING.least_to_try(), LeftOut::NOTHING.above_unworthy()), (0, 0));
        assert!(!LeftOut::NOTHING.anything() && !LeftOut::NOTHING.with(-5).anything());
    }
}
