//! What heuristic pricing leaves out, as a bound of a type of its own.
//!
//! A Lagrangian bound needs an upper bound on the reduced cost of every column, also of those that pricing did not look
//! at (see M. E. Lübbecke and J. Desrosiers, Selected topics in column generation, Operations Research 53, 2005, on
//! heuristic pricing and lower bounds). Whether such a number is *at most* or *less than* decides between a proof and a
//! false one. So it has a type of its own, and nothing else turns it into the reduced cost of a trip.

/// The greatest surplus of any trip that was left out, inclusive (scaled). The *surplus* of a trip is its reduced cost
/// less the required one.
///
/// A trip that just has the required reduced cost has a surplus of 0 and is worth having. So where nothing worth having
/// was left out, no trip that was left out has a surplus above −1.
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

    /// The threshold on the surplus from which a trip must still be tried. Below it, trips just as good are left out
    /// already, so leaving out one more changes nothing.
    pub(crate) fn min_surplus_to_try(self) -> i64 {
        self.0 + 1
    }

    /// An upper bound on the reduced cost of a trip that was left out, where `required` is the least reduced cost worth
    /// having.
    pub(crate) fn worth_at_most(self, required: i64) -> i64 {
        required + self.0
    }

    /// By how much a trip that was left out may exceed one that was just not worth having.
    pub(crate) fn max_excess(self) -> i64 {
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
        assert_eq!(left_out.min_surplus_to_try(), 8, "one of 7 would change nothing");
        assert_eq!(left_out.max_excess(), 8, "99 was not worth having");
        assert!(left_out.anything() && LeftOut::NOTHING.with(0).anything());
    }

    #[test]
    fn where_nothing_is_left_out_a_trip_is_worth_less_than_it_must() {
        assert_eq!(LeftOut::NOTHING.worth_at_most(100), 99);
        assert_eq!((LeftOut::NOTHING.min_surplus_to_try(), LeftOut::NOTHING.max_excess()), (0, 0));
        assert!(!LeftOut::NOTHING.anything() && !LeftOut::NOTHING.with(-5).anything());
    }
}
