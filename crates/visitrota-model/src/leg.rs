//! Legs: how long and how far it is from one place to another.

use crate::id::PlaceId;

/// A drive from one place to another, without a stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leg {
    /// Minutes of driving.
    pub minutes: u32,
    /// Metres.
    pub metres: u32,
}

/// A source of legs between the places of one problem. Legs are directed.
pub trait Legs {
    /// The leg from one place to another; `None` where either is not a place of the problem.
    fn leg(&self, from: &PlaceId, to: &PlaceId) -> Option<Leg>;
}
