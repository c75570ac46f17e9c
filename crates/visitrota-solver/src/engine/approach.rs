//! Approach: prices at which the relaxation is worth little more than it must be, and trips worth having at them.

use crate::column_generation::decomposition::PricingRound;
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::Scope;
use crate::column_generation::volume::{StepLimits, Volume};
use crate::failure::Failure;

use super::state::{Engine, points};

/// Trips looked for, for each driver and slot; more where these do not improve the relaxation.
pub(super) const KEEP: usize = 3;

impl Engine<'_> {
    /// Generates trips until those known are nearly all that the relaxation needs, by prices of the volume algorithm.
    ///
    /// Small groups and the likeliest drivers come first: while prices tell little, everything seems worth having.
    pub(super) fn approach(&mut self, large: bool) -> Result<Volume, Failure> {
        /// Drivers tried for each group until the prices tell more.
        const FEW: usize = 4;
        /// The most steps of the volume algorithm between two searches for trips.
        const STEPS: u32 = 400;
        /// Trips not known may be worth this part of the whole before larger groups are looked at, and in the end.
        const WIDER: f64 = 0.01;
        const NEAR: f64 = 5e-5;
        /// The most trips looked for, for each driver and slot, where few do not help.
        const MOST_KEPT: usize = 1_000;
        let free = Prices(vec![0; self.decomposition.rows.rows.len()]);
        let nothing = vec![0; self.decomposition.instance.volunteers.len()];
        let largest = self.decomposition.largest();
        let mut scope = Scope { keep: KEEP, max_requests: 1, max_drivers: FEW };
        self.decomposition.price(&free, &nothing, scope, self.limits.seconds_left);
        let mut volume = Volume::new(&self.decomposition, &free);
        let mut beyond = volume.bound();
        while !self.stopped() {
            let enough = (0.05 * beyond).clamp(2e-6 * volume.bound(), 1e-3 * volume.bound());
            self.volume_steps(&mut volume, STEPS, enough);
            let known = volume.bound();
            let priced = self.price_volume(&mut volume, scope)?;
            beyond = points(priced.bound.points()) - known;
            // What was found may not help, and more may be hidden behind it.
            let helpless = volume.bound() - known <= 0.1 * beyond.max(0.0);
            let most_kept = scope.keep >= MOST_KEPT;
            scope.keep = if priced.complete && helpless { (4 * scope.keep).min(MOST_KEPT) } else { KEEP };
            if large {
                self.search(1, false);
            }
            if !priced.complete && (helpless || beyond <= WIDER * known) {
                if scope.max_requests < largest {
                    scope.max_requests += 1;
                } else if scope.max_drivers < usize::MAX {
                    scope.max_drivers = usize::MAX;
                } else if priced.new_trips == 0 || helpless {
                    // There are more groups than can be looked at.
                    break;
                }
            } else if priced.complete && (beyond <= NEAR * known || priced.new_trips == 0 || (helpless && most_kept)) {
                break;
            }
        }
        Ok(volume)
    }

    /// Finds the trips worth having at prices that are good already.
    pub(super) fn start_at(&mut self, prices: &Prices) -> Result<Volume, Failure> {
        let mut keep = KEEP;
        loop {
            let targets = self.decomposition.best_week_values(prices);
            let priced = self.decomposition.price(prices, &targets, Scope::keeping(keep), self.limits.seconds_left);
            self.record_bound(&priced)?;
            if priced.new_trips == 0 || self.stopped() {
                return Ok(Volume::new(&self.decomposition, prices));
            }
            keep = keep.saturating_mul(4);
        }
    }

    /// Takes steps of the volume algorithm, and rounds the shares it comes to.
    pub(super) fn volume_steps(&mut self, volume: &mut Volume, most: u32, enough: f64) {
        let seconds = self.limits.seconds_left;
        let limits = StepLimits { max_steps: most, min_progress: enough, stop: &|| seconds() <= 0.0 };
        let steps = volume.take_steps(&self.decomposition, points(self.incumbent.points), limits);
        self.work += u64::from(steps) * (self.decomposition.pool.trips.len() as u64 / 100 + 1);
        self.round_shares(volume.shares());
    }

    /// Looks for trips worth having at the prices that the volume algorithm has come to.
    pub(super) fn price_volume(&mut self, volume: &mut Volume, scope: Scope) -> Result<PricingRound, Failure> {
        let prices = volume.prices(&self.decomposition);
        let targets = self.decomposition.best_week_values(&prices);
        let priced = self.decomposition.price(&prices, &targets, scope, self.limits.seconds_left);
        self.record_bound(&priced)?;
        if self.best_bound.is_none() {
            self.provisional_bound = Some(priced.bound.clone());
        }
        if priced.new_trips > 0 {
            volume.restart(&self.decomposition);
        }
        Ok(priced)
    }
}
