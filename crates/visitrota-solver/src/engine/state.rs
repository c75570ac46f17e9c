//! The engine's state, which its phases share: the incumbent, the bounds, and what is left to spend.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::column_generation::decomposition::{Bound, Decomposition, PricingRound};
use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::index::TripIx;
use crate::search::rota_state::ChosenTrips;
use crate::stop::Stop;
use crate::trip::Trip;
use crate::witness::Witness;

/// The limits of a run, and where it reports progress.
pub(crate) struct EngineLimits<'a> {
    /// The most work to do.
    pub(crate) max_work: u64,
    /// The gap, as a part of the bound, at which the incumbent is good enough.
    pub(crate) gap: f64,
    /// Only rotas of more points are asked for.
    pub(crate) cutoff: i64,
    /// A valid rota that every proof must allow.
    pub(crate) witness: Option<&'a Witness>,
    /// Takes the incumbent's points, the bound, and the number of trips in the pool.
    pub(crate) progress: &'a (dyn Fn(i64, i64, usize) + Sync),
    /// Whether a better rota is wanted now.
    pub(crate) wants_rota: &'a (dyn Fn() -> bool + Sync),
    /// Takes a better rota and the bound, where one is wanted.
    pub(crate) better_rota: &'a (dyn Fn(&[Trip], i64) + Sync),
}

/// How many bounds are kept. Each rules out some trips that the best one does not, the newest most of all; and each
/// costs a look at every trip.
const MAX_RECENT_BOUNDS: usize = 24;

/// What a branch counts for as work: its two linear programs, in groups and trips that pricing looks at. A rough
/// exchange rate, since work limits must not depend on a clock.
pub(super) const WORK_PER_NODE: u64 = 500;

/// The largest effort of large-neighbourhood search. Above, nearly all of a small rota would be destroyed.
pub(super) const MAX_EFFORT: usize = 3;

/// The most trips that a round of pricing keeps for each driver and slot: with few, linear programs stay small. Rounds
/// that these do not help ask for more.
pub(super) const TRIPS_KEPT: usize = 3;

/// A run of the engine.
pub(super) struct Engine<'a> {
    pub(super) decomposition: Decomposition<'a>,
    pub(super) best_bound: Option<Bound>,
    /// The newest bounds, the newest first.
    pub(super) recent_bounds: Vec<Bound>,
    /// The bound over the trips looked at, at the newest prices, while there is none over all trips.
    pub(super) provisional_bound: Option<Bound>,
    /// What keeping all pins adds to the points.
    pub(super) pin_bonus: i64,
    /// By how much the points of a rota that keeps all pins exceed its score: the bonus of the pins, and what published
    /// visits are worth by being met at all.
    pub(super) score_offset: i64,
    /// Points that no rota exceeds, by whatever proof.
    pub(super) upper_bound: i64,
    pub(super) incumbent: ChosenTrips,
    pub(super) limits: &'a EngineLimits<'a>,
    /// Work done besides pricing.
    pub(super) work: u64,
    /// Rounds of large-neighbourhood search so far; they seed its neighbourhoods.
    pub(super) search_rounds: u64,
    /// How large the search's neighbourhoods are: larger where smaller ones were of no use.
    pub(super) effort: usize,
    /// The points of the incumbent that was handed out last.
    pub(super) shown_points: AtomicI64,
}

/// Whether a rota keeps every pin.
pub(super) fn keeps_pins(instance: &Instance<'_>, trips: &[Trip]) -> bool {
    let served: BTreeSet<_> = trips.iter().flat_map(|trip| trip.rides.iter().copied()).collect();
    instance.ride_ixs().all(|ride| instance.rides[ride.at()].pin.is_none() || served.contains(&ride))
}

#[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
pub(super) fn points(points: i64) -> f64 {
    points as f64
}

impl<'a> Engine<'a> {
    /// Whether planning must end, whatever has been found.
    pub(super) fn stop(&self) -> Stop<'a> {
        self.decomposition.instance.stop
    }

    pub(super) fn should_stop(&self) -> bool {
        // One that came too soon after the last may be wanted by now.
        self.show_incumbent();
        self.should_stop_at(self.upper_bound)
    }

    /// Whether to stop once this upper bound is proven.
    pub(super) fn should_stop_at(&self, upper_bound: i64) -> bool {
        let gap = upper_bound - self.incumbent.points;
        let is_good_enough = points(gap) <= self.limits.gap * points(upper_bound - self.score_offset);
        let is_below_cutoff = upper_bound - self.score_offset <= self.limits.cutoff;
        gap <= 0
            || is_good_enough
            || is_below_cutoff
            || self.stop().now()
            || self.decomposition.work + self.work >= self.limits.max_work
    }

    /// Adds valid trips to the pool, and makes an incumbent of those that there is room for together.
    pub(super) fn begin_with(&mut self, trips: Vec<Trip>) {
        let Decomposition { instance, rows, pool, .. } = &mut self.decomposition;
        let first = pool.trips.len();
        trips.into_iter().for_each(|trip| pool.add(instance, rows, trip));
        let added: Vec<TripIx> = (first..pool.trips.len()).map(TripIx::new).collect();
        self.build_rota(added);
    }

    /// Hands the incumbent out, where it is better than the last and is wanted.
    fn show_incumbent(&self) {
        let points = self.incumbent.points;
        if points <= self.shown_points.load(Ordering::Relaxed) || !(self.limits.wants_rota)() {
            return;
        }
        let Decomposition { instance, pool, .. } = &self.decomposition;
        let trips: Vec<Trip> = self.incumbent.trips.iter().map(|&trip| pool[trip].clone()).collect();
        if keeps_pins(instance, &trips) {
            self.shown_points.store(points, Ordering::Relaxed);
            (self.limits.better_rota)(&trips, self.upper_bound - self.score_offset);
        }
    }

    /// Keeps the bounds that a round of pricing proved.
    pub(super) fn record_bound(&mut self, round: &PricingRound) -> Result<(), Failure> {
        let &PricingRound { ref bound, complete, upper_bound, .. } = round;
        if let Some(witness) = self.limits.witness {
            witness.check_bound(upper_bound, "a bound of all trips")?;
            if complete {
                witness.check_scaled_bound(bound.total, "a bound")?;
            }
        }
        if complete {
            self.recent_bounds.truncate(MAX_RECENT_BOUNDS - 1);
            self.recent_bounds.insert(0, bound.clone());
        }
        if complete && self.best_bound.as_ref().is_none_or(|best| bound.total < best.total) {
            self.best_bound = Some(bound.clone());
        }
        if upper_bound < self.upper_bound {
            self.upper_bound = upper_bound;
            self.report_progress();
        }
        Ok(())
    }

    /// Makes a rota the incumbent if it is better.
    pub(super) fn update_incumbent(&mut self, rota: ChosenTrips) {
        if rota.points > self.incumbent.points {
            self.incumbent = rota;
            self.report_progress();
            self.show_incumbent();
        }
    }

    pub(super) fn report_progress(&self) {
        self.report_progress_at(self.upper_bound);
    }

    /// Reports progress once this upper bound is proven.
    pub(super) fn report_progress_at(&self, upper_bound: i64) {
        // With fewer points, a pin is missed still: its bonus is most of what is missing.
        if self.incumbent.points > self.pin_bonus / 2 {
            let score = self.incumbent.points - self.score_offset;
            (self.limits.progress)(score, upper_bound - self.score_offset, self.decomposition.pool.trips.len());
        }
    }

    /// Rounds a fractional solution to a rota: trips by their shares, then by their points, as far as they fit.
    pub(super) fn round_shares(&mut self, shares: &[f64]) {
        let pool = &self.decomposition.pool;
        let mut order: Vec<TripIx> = (0..shares.len()).map(TripIx::new).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a share, in hundredths")]
        order.sort_by_key(|&trip| (Reverse((shares[trip.at()] * 100.0) as i64), Reverse(pool.points[trip.at()]), trip));
        self.build_rota(order);
    }

    /// Offers the rota of these trips, in this order, as far as they fit.
    pub(super) fn build_rota(&mut self, trips: impl IntoIterator<Item = TripIx>) {
        let mut rota = ChosenTrips::default();
        rota.fill(self.decomposition.instance, &self.decomposition.pool, trips);
        self.update_incumbent(rota);
    }

    /// Whether the incumbent is so far from the bound that a program over the trips within the gap would be hopeless.
    pub(super) fn is_far_from_bound(&self) -> bool {
        /// Far is a gap of more than 1/300 of the bound: such a gap leaves more trips than a program can hold, and
        /// search soon narrows it.
        const FAR: i64 = 300;
        (self.upper_bound - self.incumbent.points) * FAR > self.upper_bound - self.score_offset
    }

    /// How far below the bound a rota is asked for at first, in points: 1/16,384 of the bound. As little as a few trips
    /// can make good, and as much as moves the bound.
    pub(super) fn min_cutoff_distance(&self) -> i64 {
        ((self.upper_bound - self.score_offset) >> 14).max(1)
    }

    /// How many branches the work left allows.
    pub(super) fn nodes_left(&self) -> u32 {
        let nodes = self.limits.max_work.saturating_sub(self.decomposition.work + self.work) / WORK_PER_NODE;
        u32::try_from(nodes).unwrap_or(u32::MAX)
    }
}
