//! Cutting: column generation on the restricted master, and rounds of cuts.
//!
//! Weeks are generated until none improves the restricted master; then cuts are separated from its solution, and so on.
//! A trip's coefficient in a cut follows from the rows that it uses, so trips found later know theirs.

use crate::column_generation::decomposition::{Bound, Decomposition};
use crate::column_generation::master::{Master, MasterSolution};
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::Scope;
use crate::cuts::separate;
use crate::failure::Failure;
use crate::instance::index::VolunteerIx;

use super::improving::RepairTrips;
use super::state::{Engine, TRIPS_KEPT};

impl Engine<'_> {
    /// The restricted master over the drivers' good weeks at some prices.
    pub(super) fn restricted_master(&self, prices: &Prices) -> Result<Master, Failure> {
        let Decomposition { rows, pool, .. } = &self.decomposition;
        let mut master = Master::new(rows, prices, &self.decomposition.best_week_values(prices));
        for (driver, weeks) in self.decomposition.good_weeks(&pool.reduced_costs(prices)) {
            for week in weeks {
                master.add_week(pool, driver, week)?;
            }
        }
        Ok(master)
    }

    /// Generates weeks until none improves the restricted master, or the bound has covered this part of its distance
    /// from the master's value.
    pub(super) fn generate_weeks(&mut self, master: &mut Master, enough: f64) -> Result<(), Failure> {
        let bound_before = self.best_bound.as_ref().map(Bound::value);
        let mut keep = TRIPS_KEPT;
        while !self.should_stop() {
            let (solution, prices, added_weeks) = self.solve_over_known_trips(master)?;
            let reduced_costs = self.decomposition.pool.reduced_costs(&prices);
            let targets = master.best_known_values(&self.decomposition, &reduced_costs);
            let round = self.decomposition.price(&prices, &targets, Scope::keeping(keep))?;
            self.record_bound(&round)?;
            self.round_shares(&master.trip_shares(&solution, self.decomposition.pool.trips.len()));
            // More weeks only raise the master's value, so the bound will not come below what it is now.
            let has_covered_enough =
                |before: f64, bound: &Bound| before - bound.value() >= enough * (before - solution.value);
            let bounds = bound_before.zip(self.best_bound.as_ref());
            if bounds.is_some_and(|(before, bound)| has_covered_enough(before, bound)) {
                break;
            }
            if round.truncated && !added_weeks {
                keep = keep.saturating_mul(8);
            } else if round.new_trips == 0 && !round.truncated {
                break;
            }
        }
        Ok(())
    }

    /// Solves the master over all weeks of the known trips, which are sooner found than trips. Returns the solution,
    /// its prices, and whether any week was added.
    fn solve_over_known_trips(&mut self, master: &mut Master) -> Result<(MasterSolution, Prices, bool), Failure> {
        let mut added_weeks = false;
        loop {
            let solution = master.solve(self.stop())?;
            self.work += solution.work;
            let prices = Prices::rounded(&self.decomposition.rows, &solution.duals);
            if self.should_stop() || !self.add_weeks(master, &prices, &solution)? {
                return Ok((solution, prices, added_weeks));
            }
            added_weeks = true;
        }
    }

    /// Adds weeks of known trips that improve the master; returns whether there were any.
    fn add_weeks(&self, master: &mut Master, prices: &Prices, solution: &MasterSolution) -> Result<bool, Failure> {
        /// The least reduced cost of a week worth adding, in 1/[`Prices::SCALE`] points: a lower one may be due to
        /// rounding the prices of some eight rows, each by up to a half.
        const MIN_REDUCED_COST: f64 = 4.0;
        let reduced_costs = self.decomposition.pool.reduced_costs(prices);
        let targets = master.best_known_values(&self.decomposition, &reduced_costs);
        let mut added = false;
        for (driver, best) in self.decomposition.better_weeks(&reduced_costs, &targets).into_iter().enumerate() {
            for (value, week) in best.weeks {
                #[expect(clippy::cast_precision_loss, reason = "compared with a tolerance")]
                let reduced_cost = value as f64 - solution.driver_duals[driver] * Prices::SCALE as f64;
                added |= reduced_cost > MIN_REDUCED_COST
                    && master.add_week(&self.decomposition.pool, VolunteerIx::new(driver), week)?;
            }
        }
        Ok(added)
    }

    /// Adds cuts that the master's solution violates; returns whether there were any.
    fn add_cuts(&mut self, master: &mut Master) -> Result<bool, Failure> {
        /// The least share of a trip that separation looks at: below, it is the solver's arithmetic.
        const MIN_SHARE: f64 = 1e-6;
        let solution = master.solve(self.stop())?;
        self.work += solution.work;
        let Decomposition { instance, rows, pool, .. } = &mut self.decomposition;
        let trip_shares = master.trip_shares(&solution, pool.trips.len());
        let shares: Vec<_> = trip_shares
            .iter()
            .zip(&pool.coefficients)
            .filter(|(share, _)| **share > MIN_SHARE)
            .map(|(&share, coefficients)| (coefficients.as_ref(), share))
            .collect();
        let cuts = separate(&|row| rows.right_hand_side(row), &shares);
        if let Some(first) = cuts.iter().map(|cut| rows.add_cut(cut)).min() {
            if let Some(witness) = self.limits.witness {
                witness.check_rows(instance, rows)?;
            }
            pool.append_cut_coefficients(rows, first);
            master.add_cuts(pool, rows, first)?;
        }
        for bound in self.best_bound.iter_mut().chain(&mut self.recent_bounds) {
            bound.prices.0.resize(rows.rows.len(), 0);
        }
        Ok(!cuts.is_empty())
    }

    /// Brings the bound down by rounds of cuts, until so many in a row are idle; improves the incumbent in between.
    pub(super) fn cut_rounds(&mut self, master: &mut Master, max_idle_rounds: u32) -> Result<(), Failure> {
        /// A round is idle unless the bound falls by more than 1/`TAIL` of the first step of closing, or of the gap if
        /// that is less. Where the incumbent is far from the bound, it must fall by more than all of that: programs
        /// over some thousand trips take seconds, and gain more than rounds of a few points each.
        const TAIL: i64 = 10;
        /// Rounds of cuts for each round of search: search is frequent enough that a better incumbent ends cutting
        /// sooner, and rare enough that cutting has most of the time.
        const ROUNDS_PER_SEARCH: u32 = 4;
        /// The part of what the bound can fall by that is waited for between two rounds of cuts. A quarter is had
        /// early; half of a round's time went into weeks that hardly moved the bound.
        const ENOUGH: f64 = 0.25;
        let (mut rounds, mut idle_rounds) = (0, 0);
        while idle_rounds < max_idle_rounds && !self.should_stop() {
            let bound_before = self.upper_bound;
            if rounds % ROUNDS_PER_SEARCH == ROUNDS_PER_SEARCH - 1 {
                self.search(1, RepairTrips::Generated);
            }
            rounds += 1;
            if !self.add_cuts(master)? {
                break;
            }
            self.generate_weeks(master, ENOUGH)?;
            let gap = bound_before - self.incumbent.points;
            let min_fall = gap.min(self.min_cutoff_distance()) / if self.is_far_from_bound() { 1 } else { TAIL };
            idle_rounds = if bound_before - self.upper_bound > min_fall { 0 } else { idle_rounds + 1 };
        }
        Ok(())
    }
}
