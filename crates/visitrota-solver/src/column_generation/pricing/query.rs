//! The pricing problem as a question and its answer.
//!
//! A scope makes pricing heuristic: few groups or drivers, or few of the best trips, are soon looked at and mostly
//! suffice; an exact search comes last (G. Desaulniers, J. Desrosiers and M. M. Solomon, Accelerating strategies in
//! column generation methods for vehicle routing and crew scheduling problems, in: Essays and Surveys in
//! Metaheuristics, 2002).

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
    /// How many rides a trip may serve at most.
    pub(crate) max_rides: usize,
    /// How many drivers to try for each group, the most promising first.
    pub(crate) max_drivers: usize,
}

impl Scope {
    /// Everywhere, and every trip worth having: exact pricing.
    pub(crate) const ALL: Self = Self::keeping(usize::MAX);

    /// Everywhere, for so many of the best trips of each driver and slot.
    pub(crate) const fn keeping(keep: usize) -> Self {
        Self { keep, max_rides: usize::MAX, max_drivers: usize::MAX }
    }
}

/// The pricing problem: which trips to look for.
#[derive(Clone, Copy)]
pub(crate) struct PricingQuery<'a> {
    pub(crate) prices: &'a Prices,
    /// For each volunteer and slot, the required reduced cost: what a trip must have to be worth having (scaled).
    pub(crate) required: &'a (dyn Fn(VolunteerIx, SlotIx) -> i64 + Sync),
    /// The same by slot and metres, where it is more, for drivers whose kilometres are limited.
    pub(crate) required_by_metres: &'a (dyn Fn(VolunteerIx, SlotIx) -> Option<StepFunction> + Sync),
    pub(crate) scope: Scope,
    /// Where alone to look, if not everywhere.
    pub(crate) opening: Option<&'a Opening>,
    /// How many trips to try at most at one slot.
    pub(crate) max_attempts: u64,
}

/// What pricing found.
#[derive(Debug, Default)]
pub(crate) struct PricingResult {
    pub(crate) trips: Vec<Trip>,
    /// For each volunteer, what was left out of the trips looked at.
    pub(crate) left_out: Vec<LeftOut>,
    /// The same for all trips, also those left out by their size or their driver, or because time ran out.
    pub(crate) left_out_of_all: Vec<LeftOut>,
    /// Whether nothing was left out by its size or its driver, or because time ran out.
    pub(crate) complete: bool,
    /// Whether more would be found if more were kept.
    pub(crate) truncated: bool,
    /// How much work it was: groups expanded and trips tried.
    pub(crate) work: u64,
}
