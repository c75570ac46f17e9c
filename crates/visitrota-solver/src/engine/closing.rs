//! Closing the gap: branch and cut over the trips that the bound leaves to a better rota.
//!
//! By the bound, every rota above a cutoff is made of the trips whose bound gaps are no more than the gap to the cutoff
//! (route enumeration by reduced costs: R. Baldacci, N. Christofides and A. Mingozzi, An exact algorithm for the
//! vehicle routing problem based on the set partitioning formulation with additional cuts, Mathematical Programming
//! 115, 2008). Near the bound these are few. A program over them finds the best rota above the cutoff, or proves that
//! there is none; then the bound comes down to the cutoff, and a lower one is tried.

use std::collections::{BTreeMap, BTreeSet};

use tracing::field::Empty;
use tracing::info_span;

use crate::column_generation::decomposition::{Bound, Decomposition};
use crate::column_generation::prices::Prices;
use crate::failure::Failure;
use crate::instance::index::{ChoiceIx, TripIx};
use crate::program::branch_and_cut::{BranchLimits, BranchThreads, branch_and_bound};
use crate::program::reduced_program::cut_and_fix;
use crate::program::{Program, Row};
use crate::trip::Trip;

use super::improving::RepairTrips;
use super::state::{Engine, MAX_EFFORT, WORK_PER_NODE};

/// What every rota above a cutoff is made of.
struct TripsAboveCutoff {
    trips: Vec<TripIx>,
    cutoff: i64,
}

impl Engine<'_> {
    /// Improves the incumbent and the bound until they meet, or the limits are reached.
    pub(super) fn close(&mut self) -> Result<(), Failure> {
        /// Trips of the first program; more where the incumbent is far from the bound, since it takes a low cutoff to
        /// find a rota at all.
        const FIRST_TRIPS: usize = 1_000;
        const FIRST_TRIPS_FAR: usize = 4_000;
        /// From one program to the next there are twice as many trips, but no more than so many more: large programs
        /// take far longer than small ones.
        const MAX_GROWTH: usize = 5_000;
        /// Programs of more trips are hopeless.
        const MAX_TRIPS: usize = 40_000;
        /// The branches of a program at first, and twice as many after each that left it open: one that begins at a
        /// poor incumbent may search where no better rota is. A region that spent 19,000 branches on its first program
        /// and was not proven best in 40 s was in 12 s with these.
        const FIRST_NODES: u32 = 2_000;
        /// Programs of more trips take so long that better rotas are looked for between them.
        const MANY_TRIPS: usize = 8_000;
        /// The most unlikely trips that local branching allows: with each more, its program is searched far longer.
        const MAX_UNLIKELY: i64 = 2;
        /// Rounds of search in a row where there are too many trips for a program, and after a program that is large or
        /// left it open.
        const SEARCH_ROUNDS: u64 = 4;
        /// Idle rounds of search that end it all, where there are too many trips for a program: neighbourhoods are
        /// drawn by chance, so it takes many to say that there is nothing left.
        const MAX_IDLE_ROUNDS: u64 = 60;
        let mut search_is_spent = false;
        while self.is_far_from_bound() && !search_is_spent && !self.should_stop() {
            let effort = self.effort;
            search_is_spent = !self.search(1, RepairTrips::Generated) && effort == MAX_EFFORT;
        }
        let mut wanted_trips = if self.is_far_from_bound() { FIRST_TRIPS_FAR } else { FIRST_TRIPS };
        let (mut idle_rounds, mut unlikely, mut max_nodes) = (0, 1, FIRST_NODES);
        while !self.should_stop() {
            let Some(bound) = self.best_bound.clone() else { break };
            let above_cutoff = self.trips_above_cutoff(&bound, wanted_trips);
            let Some(TripsAboveCutoff { trips, cutoff }) = above_cutoff.filter(|above| above.trips.len() <= MAX_TRIPS)
            else {
                idle_rounds =
                    if self.search(SEARCH_ROUNDS, RepairTrips::Generated) { 0 } else { idle_rounds + SEARCH_ROUNDS };
                if idle_rounds < MAX_IDLE_ROUNDS {
                    continue;
                }
                break;
            };
            if !self.search_above(&trips, cutoff.max(self.incumbent.points), max_nodes)? {
                max_nodes = max_nodes.saturating_mul(2);
                self.search(SEARCH_ROUNDS, RepairTrips::Generated);
                continue;
            }
            if trips.len() > MANY_TRIPS && !self.should_stop() {
                if unlikely <= MAX_UNLIKELY && !self.local_branching(unlikely)? {
                    unlikely += 1;
                }
                self.search(SEARCH_ROUNDS, RepairTrips::Generated);
            }
            wanted_trips = wanted_trips.max(trips.len());
            wanted_trips += wanted_trips.min(MAX_GROWTH);
        }
        Ok(())
    }

    /// The trips of every rota above a cutoff: the lowest cutoff that leaves about as many trips as wanted. None where
    /// there are too many trips to look at.
    fn trips_above_cutoff(&mut self, bound: &Bound, wanted_trips: usize) -> Option<TripsAboveCutoff> {
        let mut gaps = self.decomposition.bound_gaps(bound);
        gaps.sort_unstable();
        let max_gap = gaps.get(wanted_trips).copied().unwrap_or(i64::MAX);
        let first_cutoff = bound.total.saturating_sub(max_gap).div_euclid(Prices::SCALE).max(self.incumbent.points);
        let mut step = (self.upper_bound - first_cutoff).max(self.min_cutoff_distance());
        loop {
            let cutoff = (self.upper_bound - step).max(self.incumbent.points);
            let within_gap = self.decomposition.trips_within_gap(bound, &self.recent_bounds, cutoff);
            // Those that were not known before may be many.
            let are_few = within_gap.as_ref().is_some_and(|trips| trips.len() <= wanted_trips + wanted_trips / 3);
            if are_few || step <= self.min_cutoff_distance() || self.should_stop() {
                return Some(TripsAboveCutoff { trips: within_gap?, cutoff });
            }
            step -= (step / 3).max(1);
        }
    }

    /// Looks for the best rota above a cutoff, made of the trips that every such rota is made of. Returns whether that
    /// found it, or proved that there is none, within the branches allowed.
    fn search_above(&mut self, pool_trips: &[TripIx], cutoff: i64, max_nodes: u32) -> Result<bool, Failure> {
        let mut program = self.program(pool_trips);
        let Decomposition { instance, pool, .. } = &self.decomposition;
        let trips: Vec<&Trip> = pool_trips.iter().map(|&trip| &pool[trip]).collect();
        program.add_branching_sums(instance, &trips);
        let reduced = cut_and_fix(&program, cutoff, self.stop())?;
        if let Some(witness) = self.limits.witness {
            witness.check_trips(cutoff, trips.iter().copied(), "the bound's gaps")?;
            witness.check_trips(cutoff, reduced.choices.iter().map(|&choice| trips[choice.at()]), "cuts")?;
        }
        self.work += WORK_PER_NODE + pool_trips.len() as u64;
        let span = info_span!("branching", trips = reduced.choices.len(), rounds = Empty, bound = Empty).entered();
        let should_stop = |bound: i64| {
            let bound = bound.min(self.upper_bound);
            self.report_progress_at(bound);
            self.should_stop_at(bound)
        };
        let limits = BranchLimits {
            cutoff,
            known_bound: self.upper_bound,
            max_nodes: self.nodes_left().min(max_nodes),
            threads: BranchThreads::Two,
            stop: self.stop(),
        };
        let result = branch_and_bound(&reduced, limits, &should_stop)?;
        span.record("rounds", result.nodes).record("bound", result.upper_bound - self.score_offset);
        drop(span);
        self.work += WORK_PER_NODE * u64::from(result.nodes);
        let chosen = result.chosen.unwrap_or_default();
        self.build_rota(reduced.original_choices(&chosen).map(|choice| pool_trips[choice.at()]));
        if let Some(witness) = self.limits.witness {
            witness.check_bound(result.upper_bound.max(cutoff), "a bound of branch and cut")?;
        }
        self.upper_bound = result.upper_bound.min(self.upper_bound).max(self.incumbent.points);
        self.report_progress();
        Ok(self.upper_bound <= cutoff.max(self.incumbent.points))
    }

    /// Looks for a better rota of likely trips and at most so many unlikely ones; returns whether it found one.
    ///
    /// Trips of small bound gaps make up nearly all of a good rota, but seldom all of it. With few others, a program
    /// over many trips is soon searched. (Limited discrepancy search: W. D. Harvey and M. L. Ginsberg, IJCAI 1995; by a
    /// row of the program: M. Fischetti and A. Lodi, Local branching, Mathematical Programming 98, 2003.)
    fn local_branching(&mut self, max_unlikely: i64) -> Result<bool, Failure> {
        /// The most trips, and how many of them are likely; those of the incumbent are likely too. Where minibuses
        /// carry many families, a thousand trips of small gaps held far better rotas than neighbourhoods of a poor one
        /// led to.
        const MAX_TRIPS: usize = 3_000;
        const LIKELY_TRIPS: usize = 1_000;
        /// The most branches: a quarter of what a proof is given, for a rota that may not be there.
        const MAX_NODES: u32 = 500;
        let gaps = self.pool_bound_gaps();
        let mut by_gap: Vec<TripIx> = (0..gaps.len()).map(TripIx::new).collect();
        by_gap.sort_unstable_by_key(|&trip| (gaps[trip.at()], trip));
        by_gap.truncate(MAX_TRIPS);
        let others = by_gap.split_off(LIKELY_TRIPS.min(by_gap.len()));
        let likely: BTreeSet<TripIx> = by_gap.into_iter().chain(self.incumbent.trips.iter().copied()).collect();
        let trips: BTreeSet<TripIx> = likely.iter().copied().chain(others).collect();
        let trips: Vec<TripIx> = trips.into_iter().collect();
        // Without sums to branch on: with them a search heads for proofs, and comes to rotas later.
        let mut program = self.program(&trips);
        let unlikely_terms = trips
            .iter()
            .enumerate()
            .filter(|(_, trip)| !likely.contains(trip))
            .map(|(at, _)| (ChoiceIx::new(at), 1))
            .collect();
        program.rows.extend(Some(Row::new(unlikely_terms, max_unlikely)).filter(Row::can_bind));
        let cutoff = self.incumbent.points;
        let reduced = cut_and_fix(&program, cutoff, self.stop())?;
        let limits = BranchLimits {
            cutoff,
            known_bound: self.upper_bound,
            max_nodes: self.nodes_left().min(MAX_NODES),
            threads: BranchThreads::Two,
            stop: self.stop(),
        };
        let result = branch_and_bound(&reduced, limits, &|_| self.should_stop())?;
        self.work += WORK_PER_NODE * u64::from(result.nodes + 1);
        let chosen = result.chosen.unwrap_or_default();
        self.build_rota(reduced.original_choices(&chosen).map(|choice| trips[choice.at()]));
        Ok(self.incumbent.points > cutoff)
    }

    /// The program over some trips of the pool, in which a pin is worth its bonus but need not be kept.
    fn program(&self, pool_trips: &[TripIx]) -> Program {
        let Decomposition { instance, pool, .. } = &self.decomposition;
        let trips: Vec<&Trip> = pool_trips.iter().map(|&trip| &pool[trip]).collect();
        let mut program = Program::new(instance, &trips).without_pins();
        for (points, &trip) in program.points.iter_mut().zip(pool_trips) {
            *points = pool.points[trip.at()];
        }
        self.add_cuts_and_prices(&mut program, pool_trips);
        program
    }

    /// Adds the cuts that the bound rests on to a program over some trips of the pool, and sets the initial prices of
    /// its rows to the bound's.
    fn add_cuts_and_prices(&self, program: &mut Program, pool_trips: &[TripIx]) {
        let (Decomposition { rows, pool, .. }, Some(bound)) = (&self.decomposition, &self.best_bound) else { return };
        let prices = &bound.prices.0;
        let mut terms: BTreeMap<u32, Vec<(ChoiceIx, i64)>> = BTreeMap::new();
        for (at, &trip) in pool_trips.iter().enumerate() {
            for &(row, units) in pool.coefficients[trip.at()].iter().filter(|(row, _)| prices[*row as usize] != 0) {
                terms.entry(row).or_default().push((ChoiceIx::new(at), units.into()));
            }
        }
        let initial_price = |row: u32| prices[row as usize] / Prices::SCALE;
        let (original, cuts): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(row, _)| rows.is_original(*row));
        // A row that the same trips use is the same row.
        let price_of: BTreeMap<_, _> = original.into_iter().map(|(row, terms)| (terms, initial_price(row))).collect();
        for row in &mut program.rows {
            row.initial_price = price_of.get(&row.terms).copied().unwrap_or(0);
        }
        let cut_row =
            |(row, terms)| Row { initial_price: initial_price(row), ..Row::new(terms, rows.rows[row as usize].limit) };
        program.rows.extend(cuts.into_iter().map(cut_row).filter(Row::can_bind));
    }
}
