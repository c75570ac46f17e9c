//! What the engine has in hand: the incumbent, the bounds, and what is left to spend.

use std::cmp::Reverse;

use crate::column_generation::decomposition::{Bound, Decomposition, PricingRound};
use crate::failure::Failure;
use crate::instance::index::TripIx;
use crate::search::rota_state::ChosenTrips;
use crate::witness::Witness;

/// Limits, and who is told of progress.
pub(crate) struct EngineLimits<'a> {
    /// Seconds left; 0 to stop.
    pub(crate) seconds_left: &'a (dyn Fn() -> f64 + Sync),
    /// The most work to do.
    pub(crate) max_work: u64,
    /// A gap, as a part of the bound, that is near enough.
    pub(crate) gap: f64,
    /// Points of which more are asked for.
    pub(crate) cutoff: i64,
    /// A rota that every proof must allow.
    pub(crate) witness: Option<&'a Witness>,
    /// Told of the points of the best rota, if there is one, of the bound, and of how many trips are known.
    pub(crate) progress: &'a (dyn Fn(i64, i64, usize) + Sync),
}

/// How many bounds are kept.
pub(super) const BOUNDS: usize = 24;
/// What a branch counts for as work.
pub(super) const WORK_A_NODE: u64 = 500;

pub(super) struct Engine<'a> {
    pub(super) decomposition: Decomposition<'a>,
    pub(super) best_bound: Option<Bound>,
    /// The newest bounds.
    pub(super) recent_bounds: Vec<Bound>,
    /// The newest prices and what they are worth over the trips known, while there is no bound.
    pub(super) provisional_bound: Option<Bound>,
    /// What keeping all pins adds to the points.
    pub(super) pin_bonus: i64,
    /// What no rota exceeds, by whatever proof.
    pub(super) upper_bound: i64,
    pub(super) incumbent: ChosenTrips,
    pub(super) limits: &'a EngineLimits<'a>,
    /// Work done besides pricing.
    pub(super) work: u64,
    /// Rounds of search.
    pub(super) search_rounds: u64,
    /// How large the search's areas are: larger when smaller ones are of no use.
    pub(super) effort: usize,
}

#[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
pub(super) fn points(points: i64) -> f64 {
    points as f64
}

impl Engine<'_> {
    pub(super) fn stopped(&self) -> bool {
        self.stopped_at(self.upper_bound)
    }

    /// Whether to stop where no rota exceeds so many points.
    pub(super) fn stopped_at(&self, most: i64) -> bool {
        let gap = most - self.incumbent.points;
        let near = points(gap) <= self.limits.gap * points(most - self.pin_bonus);
        let hopeless = most - self.pin_bonus <= self.limits.cutoff;
        gap <= 0
            || near
            || hopeless
            || (self.limits.seconds_left)() <= 0.0
            || self.decomposition.work + self.work >= self.limits.max_work
    }

    pub(super) fn record_bound(&mut self, priced: &PricingRound) -> Result<(), Failure> {
        let PricingRound { bound, complete: whole, upper_bound: ceiling, .. } = priced;
        if let Some(witness) = self.limits.witness {
            witness.within(*ceiling, "a bound of all trips")?;
            if *whole {
                witness.below(bound.total, "a bound")?;
            }
        }
        if *whole {
            self.recent_bounds.truncate(BOUNDS - 1);
            self.recent_bounds.insert(0, bound.clone());
        }
        if *whole && self.best_bound.as_ref().is_none_or(|best| bound.total < best.total) {
            self.best_bound = Some(bound.clone());
        }
        if *ceiling < self.upper_bound {
            self.upper_bound = *ceiling;
            self.report_progress();
        }
        Ok(())
    }

    pub(super) fn offer(&mut self, chosen: ChosenTrips) {
        if chosen.points > self.incumbent.points {
            self.incumbent = chosen;
            self.report_progress();
        }
    }

    pub(super) fn report_progress(&self) {
        self.report_progress_at(self.upper_bound);
    }

    /// Tells how things are where no rota exceeds so many points.
    pub(super) fn report_progress_at(&self, most: i64) {
        // Below, a pin is missed still.
        let score = self.incumbent.points - self.pin_bonus;
        if score > -self.pin_bonus / 2 {
            (self.limits.progress)(score, most - self.pin_bonus, self.decomposition.pool.trips.len());
        }
    }

    /// Rounds shares of trips to a rota: trips by their share, then by their points.
    pub(super) fn round_shares(&mut self, shares: &[f64]) {
        let pool = &self.decomposition.pool;
        let mut order: Vec<TripIx> = (0..shares.len()).map(TripIx::new).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a share, in hundredths")]
        order.sort_by_key(|&trip| (Reverse((shares[trip.at()] * 100.0) as i64), Reverse(pool.points[trip.at()]), trip));
        self.build_rota(order);
    }

    /// Takes these trips for a rota, as far as they fit.
    pub(super) fn build_rota(&mut self, trips: impl IntoIterator<Item = TripIx>) {
        let mut chosen = ChosenTrips::default();
        chosen.fill(self.decomposition.instance, &self.decomposition.pool, trips);
        self.offer(chosen);
    }

    /// Whether the rota falls short of the bound by so much that programs over what may be better are hopeless.
    pub(super) fn far_from_bound(&self) -> bool {
        const FAR: i64 = 300;
        (self.upper_bound - self.incumbent.points) * FAR > self.upper_bound - self.pin_bonus
    }

    /// How far below the bound better rotas are looked for at first, in points.
    pub(super) fn first_step(&self) -> i64 {
        ((self.upper_bound - self.pin_bonus) >> 14).max(1)
    }

    /// How many branches are left to work on.
    pub(super) fn nodes_left(&self) -> u32 {
        let left = self.limits.max_work.saturating_sub(self.decomposition.work + self.work) / WORK_A_NODE;
        u32::try_from(left).unwrap_or(u32::MAX)
    }
}
