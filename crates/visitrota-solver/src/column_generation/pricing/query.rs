//! What pricing is asked, and what it answers.

use crate::column_generation::left_out::LeftOut;
use crate::column_generation::mileage::StepFunction;
use crate::column_generation::neighbourhood::Opening;
use crate::column_generation::prices::Prices;
use crate::instance::index::{SlotIx, VolunteerIx};
use crate::trip::Trip;

/// How widely to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// How many of the best trips are enough for each driver and slot; `usize::MAX` for all.
    pub(crate) keep: usize,
    /// The most requests in a trip.
    pub(crate) max_requests: usize,
    /// How many drivers to try for each group, the most promising first.
    pub(crate) max_drivers: usize,
}

impl Scope {
    /// Everywhere, and every trip worth having.
    pub(crate) const ALL: Self = Self::keeping(usize::MAX);

    /// Everywhere, for so many of the best trips of each driver and slot.
    pub(crate) const fn keeping(keep: usize) -> Self {
        Self { keep, max_requests: usize::MAX, max_drivers: usize::MAX }
    }
}

/// The pricing problem: which trips to look for.
#[derive(Clone, Copy)]
pub(crate) struct PricingQuery<'a> {
    pub(crate) prices: &'a Prices,
    /// For each volunteer and slot, the value (scaled) that a trip must have to be worth having.
    pub(crate) required: &'a (dyn Fn(VolunteerIx, SlotIx) -> i64 + Sync),
    /// The same by slot and metres, as far as it is more, for drivers whose kilometres are limited.
    pub(crate) required_by_metres: &'a (dyn Fn(VolunteerIx, SlotIx) -> Option<StepFunction> + Sync),
    pub(crate) scope: Scope,
    /// Where alone to look, if not everywhere.
    pub(crate) opening: Option<&'a Opening>,
    /// The most trips to try at one slot.
    pub(crate) max_attempts: u64,
    /// Seconds left; once there are none, slots not searched yet are left out.
    pub(crate) seconds_left: &'a (dyn Fn() -> f64 + Sync),
}

/// What pricing found.
#[derive(Debug, Default)]
pub(crate) struct PricingResult {
    pub(crate) trips: Vec<Trip>,
    /// For each volunteer, what was left out of the trips looked at.
    pub(crate) left_out: Vec<LeftOut>,
    /// The same of all trips, those left out for their size or their driver, or for want of time, among them.
    pub(crate) left_out_of_all: Vec<LeftOut>,
    /// Whether nothing was left out for their size or their driver, or for want of time.
    pub(crate) complete: bool,
    /// Whether more would be found if more were enough.
    pub(crate) truncated: bool,
    /// How much work it was: groups unfolded and trips tried.
    pub(crate) work: u64,
}
