//! Search: the incumbent is improved by large-neighbourhood search.

use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::Scope;
use crate::column_generation::volume::Volume;
use crate::failure::Failure;
use crate::instance::index::TripIx;
use crate::search::large_neighbourhood::LargeNeighbourhood;

use super::approach::KEEP;
use super::state::Engine;

/// The largest effort of a search.
pub(super) const EFFORT: usize = 3;

impl Engine<'_> {
    /// Improves the rota, and its bound, where the relaxation is too large for a linear program.
    pub(super) fn improve_large(&mut self, volume: &mut Volume) -> Result<(), Failure> {
        /// Rounds of search between two looks at the bound.
        const ROUNDS: u64 = 8;
        /// Looks without any improvement before all is given up.
        const PATIENCE: u32 = 20;
        let mut idle = 0;
        while !self.stopped() && idle < PATIENCE {
            let (before, most) = (self.incumbent.points, self.upper_bound);
            self.search(ROUNDS, false);
            self.volume_steps(volume, 200, 1e-6 * volume.bound());
            self.price_volume(volume, Scope::keeping(KEEP))?;
            idle = if self.incumbent.points > before || self.upper_bound < most { 0 } else { idle + 1 };
        }
        Ok(())
    }

    /// Improves the rota in hand for some rounds; returns whether it did.
    pub(super) fn search(&mut self, rounds: u64, enrich: bool) -> bool {
        /// Areas tried in one round, and what each is worth in work.
        const AREAS: usize = 8;
        const WORK: u64 = 2_000;
        let before = self.incumbent.points;
        let mut view = self.gaps_and_slots();
        for _ in 0..rounds {
            if self.stopped() {
                break;
            }
            self.search_rounds += 1;
            let mut chosen = self.incumbent.clone();
            let (losses, of_slot) = &view;
            let areas =
                self.searching(losses, of_slot, |search| search.neighbourhoods(&chosen, self.search_rounds, AREAS));
            if enrich && let Some(bound) = &self.best_bound {
                // A quarter of all that the rota falls short of the bound by is much for one trip.
                let loss = (bound.total - self.incumbent.points * Prices::SCALE).max(0) / 4;
                for area in &areas {
                    let opening = area.opening(self.decomposition.instance, &self.decomposition.pool, &chosen);
                    self.decomposition.price_opening(bound, &opening, loss, self.limits.seconds_left);
                }
                view = self.gaps_and_slots();
            }
            let (losses, of_slot) = &view;
            if self.searching(losses, of_slot, |search| search.round(&mut chosen, &areas)) {
                self.offer(chosen);
                self.effort = 1;
            } else {
                self.effort = (self.effort + 1).min(EFFORT);
            }
            self.work += AREAS as u64 * WORK * self.effort as u64;
        }
        self.incumbent.points > before
    }

    /// What each trip of the pool falls short of the bound by, and the trips of each slot.
    pub(super) fn gaps_and_slots(&self) -> (Vec<i64>, Vec<Vec<TripIx>>) {
        let losses = match self.best_bound.as_ref().or(self.provisional_bound.as_ref()) {
            Some(bound) => self.decomposition.bound_gaps(bound),
            None => self.decomposition.pool.points.iter().map(|points| -points).collect(),
        };
        (losses, self.decomposition.trips_by_slot())
    }

    pub(super) fn searching<T>(
        &self,
        losses: &[i64],
        of_slot: &[Vec<TripIx>],
        then: impl FnOnce(LargeNeighbourhood<'_>) -> T,
    ) -> T {
        let Decomposition { instance, pool, .. } = &self.decomposition;
        then(LargeNeighbourhood {
            instance,
            pool,
            bound_gaps: losses,
            trips_by_slot: of_slot,
            effort: self.effort,
            seconds_left: self.limits.seconds_left,
        })
    }
}
