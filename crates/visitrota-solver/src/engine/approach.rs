//! Approach: column generation with the prices of the volume algorithm, which take the place of a master's duals.
//!
//! Pricing is heuristic at first (small groups, few drivers) and widens as prices settle, as is usual in column
//! generation (G. Desaulniers, J. Desrosiers and M. M. Solomon, Accelerating strategies in column generation methods
//! for vehicle routing and crew scheduling problems, in: Essays and Surveys in Metaheuristics, 2002).

use crate::column_generation::decomposition::PricingRound;
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::Scope;
use crate::column_generation::volume::{StepLimits, Volume};
use crate::failure::Failure;

use super::improving::RepairTrips;
use super::state::{Engine, TRIPS_KEPT, points};

impl Engine<'_> {
    /// Takes turns at steps of the volume algorithm and rounds of pricing, until the known trips are nearly all that
    /// the relaxation needs.
    ///
    /// Small groups and the likeliest drivers come first: at poor prices, everything seems worth having.
    pub(super) fn approach(&mut self, is_large: bool) -> Result<Volume, Failure> {
        /// Drivers tried for each group until the prices tell more: enough for a choice, few enough that poor prices do
        /// not flood the pool.
        const FEW_DRIVERS: usize = 4;
        /// The most steps of the volume algorithm between two rounds of pricing: enough that prices settle over the
        /// known trips, few enough that they do not settle on what pricing will change. A step takes about a
        /// millisecond.
        const MAX_STEPS: u32 = 400;
        /// While unknown trips add more than this part to the bound, only small groups and likely drivers are looked
        /// at: the prices are too poor to tell which others are worth having.
        const WIDEN_AT: f64 = 0.01;
        /// Where unknown trips add no more than this part to the bound, the approach ends: the rest of the way is the
        /// restricted master's.
        const CLOSE_ENOUGH: f64 = 5e-5;
        /// The most trips kept for each driver and slot where few do not help: large enough that the trips that hide
        /// others are found, small enough that the pool stays in memory.
        const MAX_KEPT: usize = 1_000;
        let zero_prices = Prices(vec![0; self.decomposition.rows.rows.len()]);
        let zero_targets = vec![0; self.decomposition.instance.volunteers.len()];
        let largest_group = self.decomposition.max_group_size();
        let mut scope = Scope { keep: TRIPS_KEPT, max_rides: 1, max_drivers: FEW_DRIVERS };
        self.decomposition.price(&zero_prices, &zero_targets, scope)?;
        let mut volume = Volume::new(&self.decomposition, &zero_prices);
        // What unknown trips add to the bound over the known ones.
        let mut unknown_gain = volume.bound();
        while !self.should_stop() {
            // Steps are worth taking while they gain a twentieth of what pricing would.
            let min_gain = (0.05 * unknown_gain).clamp(2e-6 * volume.bound(), 1e-3 * volume.bound());
            self.volume_steps(&mut volume, MAX_STEPS, min_gain);
            let known_bound = volume.bound();
            let round = self.price_volume(&mut volume, scope)?;
            unknown_gain = points(round.bound.points()) - known_bound;
            // The trips found may not help, and better ones may be hidden behind them.
            let is_helpless = volume.bound() - known_bound <= 0.1 * unknown_gain.max(0.0);
            let kept_most = scope.keep >= MAX_KEPT;
            scope.keep = if round.complete && is_helpless { (4 * scope.keep).min(MAX_KEPT) } else { TRIPS_KEPT };
            if is_large {
                self.search(1, RepairTrips::Known);
            }
            if !round.complete && (is_helpless || unknown_gain <= WIDEN_AT * known_bound) {
                if scope.max_rides < largest_group {
                    scope.max_rides += 1;
                } else if scope.max_drivers < usize::MAX {
                    scope.max_drivers = usize::MAX;
                } else if round.new_trips == 0 || is_helpless {
                    // There are more groups than can be looked at.
                    break;
                }
            } else if round.complete
                && (unknown_gain <= CLOSE_ENOUGH * known_bound || round.new_trips == 0 || (is_helpless && kept_most))
            {
                break;
            }
        }
        Ok(volume)
    }

    /// From a warm start: finds all trips worth having at prices that are good already.
    pub(super) fn start_at(&mut self, prices: &Prices) -> Result<Volume, Failure> {
        let mut keep = TRIPS_KEPT;
        loop {
            let targets = self.decomposition.best_week_values(prices);
            let round = self.decomposition.price(prices, &targets, Scope::keeping(keep))?;
            self.record_bound(&round)?;
            if round.new_trips == 0 || self.should_stop() {
                return Ok(Volume::new(&self.decomposition, prices));
            }
            keep = keep.saturating_mul(4);
        }
    }

    /// Takes steps of the volume algorithm until they gain less than `min_progress` points, and rounds the shares that
    /// it comes to.
    pub(super) fn volume_steps(&mut self, volume: &mut Volume, max_steps: u32, min_progress: f64) {
        let limits = StepLimits { max_steps, min_progress };
        let steps = volume.take_steps(&self.decomposition, points(self.incumbent.points), limits);
        self.work += u64::from(steps) * (self.decomposition.pool.trips.len() as u64 / 100 + 1);
        self.round_shares(volume.shares());
    }

    /// A round of pricing at the best prices of the volume algorithm.
    pub(super) fn price_volume(&mut self, volume: &mut Volume, scope: Scope) -> Result<PricingRound, Failure> {
        let prices = volume.prices(&self.decomposition);
        let targets = self.decomposition.best_week_values(&prices);
        let round = self.decomposition.price(&prices, &targets, scope)?;
        self.record_bound(&round)?;
        if self.best_bound.is_none() {
            self.provisional_bound = Some(round.bound.clone());
        }
        if round.new_trips > 0 {
            volume.restart(&self.decomposition);
        }
        Ok(round)
    }
}
