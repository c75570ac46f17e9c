//! Improving: large-neighbourhood search on the incumbent (P. Shaw, Using constraint programming and local search
//! methods to solve vehicle routing problems, CP 1998); see [`crate::search::large_neighbourhood`].
//!
//! Neighbourhoods grow while rounds fail and are small again after a success, as in variable neighbourhood search
//! (N. Mladenović and P. Hansen, Variable neighborhood search, Computers & Operations Research 24, 1997).

use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::Scope;
use crate::column_generation::volume::Volume;
use crate::failure::Failure;
use crate::instance::index::TripIx;
use crate::search::large_neighbourhood::LargeNeighbourhood;

use super::state::{Engine, MAX_EFFORT, TRIPS_KEPT};

/// Which trips search repairs a rota with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepairTrips {
    /// Those of the pool.
    Known,
    /// Those of the pool, to which pricing first adds the trips worth having where the rota is destroyed.
    Generated,
}

/// What search knows of the pool.
struct PoolView {
    /// For each trip, what the best rota with it falls short of the bound by, at the least.
    bound_gaps: Vec<i64>,
    /// The trips of each slot.
    trips_by_slot: Vec<Vec<TripIx>>,
}

impl Engine<'_> {
    /// Improves the incumbent and the bound in turn, where the relaxation is too large for a linear program.
    pub(super) fn improve_large(&mut self, volume: &mut Volume) -> Result<(), Failure> {
        /// Rounds of search between two rounds of pricing: enough that most of the time is search's, few enough that
        /// bound gaps follow the prices.
        const ROUNDS: u64 = 8;
        /// Steps of the volume algorithm between them, and what they must gain, as a part of the bound: half as many as
        /// in the approach, since prices hardly move any more.
        const MAX_STEPS: u32 = 200;
        const MIN_GAIN: f64 = 1e-6;
        /// Turns in a row without any improvement that end it all: neighbourhoods are drawn by chance, so it takes many
        /// to say that there is nothing left.
        const MAX_IDLE_TURNS: u32 = 20;
        let mut idle_turns = 0;
        while !self.should_stop() && idle_turns < MAX_IDLE_TURNS {
            let (points_before, bound_before) = (self.incumbent.points, self.upper_bound);
            self.search(ROUNDS, RepairTrips::Known);
            self.volume_steps(volume, MAX_STEPS, MIN_GAIN * volume.bound());
            self.price_volume(volume, Scope::keeping(TRIPS_KEPT))?;
            let improved = self.incumbent.points > points_before || self.upper_bound < bound_before;
            idle_turns = if improved { 0 } else { idle_turns + 1 };
        }
        Ok(())
    }

    /// Rounds of large-neighbourhood search on the incumbent; returns whether they improved it.
    pub(super) fn search(&mut self, rounds: u64, repair_trips: RepairTrips) -> bool {
        /// Neighbourhoods tried in one round. A fixed number, so that the number of threads does not matter: enough to
        /// keep some cores busy, few enough that improvements seldom get in each other's way.
        const NEIGHBOURHOODS: usize = 8;
        /// What each counts for as work, for each unit of effort: four branches.
        const WORK: u64 = 2_000;
        let points_before = self.incumbent.points;
        let mut view = self.pool_view();
        for _ in 0..rounds {
            if self.should_stop() {
                break;
            }
            self.search_rounds += 1;
            let mut rota = self.incumbent.clone();
            let neighbourhoods =
                self.large_neighbourhood(&view).neighbourhoods(&rota, self.search_rounds, NEIGHBOURHOODS);
            if repair_trips == RepairTrips::Generated
                && let Some(bound) = &self.best_bound
            {
                // A trip whose gap is a quarter of the rota's own is seldom part of a better one.
                let max_gap = (bound.total - self.incumbent.points * Prices::SCALE).max(0) / 4;
                for neighbourhood in &neighbourhoods {
                    let opening = neighbourhood.opening(self.decomposition.instance, &self.decomposition.pool, &rota);
                    self.decomposition.price_opening(bound, &opening, max_gap);
                }
                view = self.pool_view();
            }
            if self.large_neighbourhood(&view).round(&mut rota, &neighbourhoods) {
                self.update_incumbent(rota);
                self.effort = 1;
            } else {
                self.effort = (self.effort + 1).min(MAX_EFFORT);
            }
            self.work += NEIGHBOURHOODS as u64 * WORK * self.effort as u64;
        }
        self.incumbent.points > points_before
    }

    /// The bound gap of each trip of the pool, at the best prices known; without any, trips of more points come first.
    pub(super) fn pool_bound_gaps(&self) -> Vec<i64> {
        match self.best_bound.as_ref().or(self.provisional_bound.as_ref()) {
            Some(bound) => self.decomposition.bound_gaps(bound),
            None => self.decomposition.pool.points.iter().map(|points| -points).collect(),
        }
    }

    fn pool_view(&self) -> PoolView {
        PoolView { bound_gaps: self.pool_bound_gaps(), trips_by_slot: self.decomposition.trips_by_slot() }
    }

    fn large_neighbourhood<'a>(&'a self, view: &'a PoolView) -> LargeNeighbourhood<'a> {
        let Decomposition { instance, pool, .. } = &self.decomposition;
        LargeNeighbourhood {
            instance,
            pool,
            bound_gaps: &view.bound_gaps,
            trips_by_slot: &view.trips_by_slot,
            effort: self.effort,
        }
    }
}
