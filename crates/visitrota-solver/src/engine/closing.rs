//! Closing the gap: branch and cut over the trips that the bound leaves to a better rota.

use std::collections::{BTreeMap, BTreeSet};

use crate::column_generation::decomposition::{Bound, Decomposition};
use crate::column_generation::prices::Prices;
use crate::failure::Failure;
use crate::instance::index::{ChoiceIx, TripIx};
use crate::program::branch_and_cut::{BranchLimits, BranchThreads, branch_and_bound, cut_and_fix};
use crate::program::{Program, Row};
use crate::trip::Trip;

use super::improving::EFFORT;
use super::state::{Engine, WORK_A_NODE};

impl Engine<'_> {
    /// Improves the rota until it is proven best, or the limits are reached.
    ///
    /// A rota better than so many points is made of the trips that the bound leaves it. Those of a rota that nearly
    /// reaches the bound are few, and a program over them soon tells whether there is one. If so, it is the best; if
    /// not, the bound has come down, and less is asked for.
    pub(super) fn prove(&mut self) -> Result<(), Failure> {
        /// So many trips at first, more where the rota is far from the bound, and from one program to the next twice as
        /// many, but no more than so many more: large programs take far longer than small ones.
        const FEW_TRIPS: usize = 1_000;
        const MORE_TRIPS: usize = 4_000;
        const GROWTH: usize = 5_000;
        /// More are hopeless.
        const MOST_TRIPS: usize = 40_000;
        /// The branches of a program at first, twice as many where they do not tell: it may go astray that begins at a poor
        /// rota.
        const NODES: u32 = 2_000;
        /// Programs of more trips take so long that better rotas are looked for between them.
        const MANY_TRIPS: usize = 8_000;
        /// The most unlikely trips that are worth a look.
        const UNLIKELY: i64 = 2;
        /// Rounds of search in a row where there are too many trips for a program, and after one that is large or untold.
        const ROUNDS: u64 = 4;
        /// Rounds of search without success before all is given up.
        const PATIENCE: u64 = 60;
        let mut spent = false;
        while self.far_from_bound() && !spent && !self.stopped() {
            let effort = self.effort;
            spent = !self.search(1, true) && effort == EFFORT;
        }
        let mut trips = if self.far_from_bound() { MORE_TRIPS } else { FEW_TRIPS };
        let (mut idle, mut unlikely, mut nodes) = (0, 1, NODES);
        while !self.stopped() {
            let Some(bound) = self.best_bound.clone() else { break };
            let promising = self.most_promising(&bound, trips).filter(|(survivors, _)| survivors.len() <= MOST_TRIPS);
            let Some((survivors, points)) = promising else {
                idle = if self.search(ROUNDS, true) { 0 } else { idle + ROUNDS };
                if idle < PATIENCE {
                    continue;
                }
                break;
            };
            if !self.close_gap(&survivors, points.max(self.incumbent.points), nodes)? {
                nodes = nodes.saturating_mul(2);
                self.search(ROUNDS, true);
                continue;
            }
            if survivors.len() > MANY_TRIPS && !self.stopped() {
                if unlikely <= UNLIKELY && !self.local_branching(unlikely)? {
                    unlikely += 1;
                }
                self.search(ROUNDS, true);
            }
            trips = trips.max(survivors.len());
            trips += trips.min(GROWTH);
        }
        Ok(())
    }

    /// The trips of every rota of more points than some, and these points; as few points as leave about so many trips.
    pub(super) fn most_promising(&mut self, bound: &Bound, trips: usize) -> Option<(Vec<TripIx>, i64)> {
        let mut losses = self.decomposition.bound_gaps(bound);
        losses.sort_unstable();
        let loss = losses.get(trips).copied().unwrap_or(i64::MAX);
        let points = bound.total.saturating_sub(loss).div_euclid(Prices::SCALE).max(self.incumbent.points);
        let mut below = (self.upper_bound - points).max(self.first_step());
        loop {
            let points = (self.upper_bound - below).max(self.incumbent.points);
            let survivors =
                self.decomposition.trips_within_gap(bound, &self.recent_bounds, points, self.limits.seconds_left);
            // Those not known before may be many.
            let enough = survivors.as_ref().is_some_and(|survivors| survivors.len() <= trips + trips / 3);
            if enough || below <= self.first_step() || self.stopped() {
                return Some((survivors?, points));
            }
            below -= (below / 3).max(1);
        }
    }

    /// Looks for a rota of more than `points` points, made of the trips that any such rota is made of, in no more than so
    /// many branches; returns whether that told the best one, or that there is none.
    pub(super) fn close_gap(&mut self, survivors: &[TripIx], points: i64, nodes: u32) -> Result<bool, Failure> {
        let mut program = self.program(survivors);
        let Decomposition { instance, pool, .. } = &self.decomposition;
        let trips: Vec<&Trip> = survivors.iter().map(|&trip| &pool[trip]).collect();
        program.add_branching_sums(instance, &trips);
        let tight = cut_and_fix(&program, points, &|| self.stopped())?;
        if let Some(witness) = self.limits.witness {
            witness.made_of(points, trips.iter().copied(), "the bound's gaps")?;
            witness.made_of(points, tight.choices.iter().map(|&choice| trips[choice.at()]), "cuts")?;
        }
        self.work += WORK_A_NODE + survivors.len() as u64;
        let stopped = |most: i64| {
            let most = most.min(self.upper_bound);
            self.report_progress_at(most);
            self.stopped_at(most)
        };
        let limits = BranchLimits {
            cutoff: points,
            known_bound: self.upper_bound,
            max_nodes: self.nodes_left().min(nodes),
            threads: BranchThreads::Two,
        };
        let searched = branch_and_bound(&tight, limits, &stopped)?;
        self.work += WORK_A_NODE * u64::from(searched.nodes);
        let chosen = searched.chosen.unwrap_or_default();
        self.build_rota(tight.original_choices(&chosen).map(|choice| survivors[choice.at()]));
        if let Some(witness) = self.limits.witness {
            witness.within(searched.upper_bound.max(points), "a bound of branch and cut")?;
        }
        self.upper_bound = searched.upper_bound.min(self.upper_bound).max(self.incumbent.points);
        self.report_progress();
        Ok(self.upper_bound <= points.max(self.incumbent.points))
    }

    /// Looks for a better rota of the likeliest trips and no more than so many unlikely ones; returns whether there was one.
    ///
    /// The trips that fall least short of the bound make up nearly all of a good rota, but seldom all of it. Where few
    /// others are allowed, a program over many trips is soon searched. (W. D. Harvey and M. L. Ginsberg, Limited
    /// discrepancy search, IJCAI 1995; by a row: M. Fischetti and A. Lodi, Local branching, Mathematical Programming 98,
    /// 2003.)
    pub(super) fn local_branching(&mut self, unlikely: i64) -> Result<bool, Failure> {
        /// The most trips, and how many of them are likely; those of the rota are likely too.
        const TRIPS: usize = 3_000;
        const LIKELY: usize = 1_000;
        /// The most branches.
        const NODES: u32 = 500;
        let (losses, _) = self.gaps_and_slots();
        let mut trips: Vec<TripIx> = (0..losses.len()).map(TripIx::new).collect();
        trips.sort_unstable_by_key(|&trip| (losses[trip.at()], trip));
        trips.truncate(TRIPS);
        let others = trips.split_off(LIKELY.min(trips.len()));
        let likely: BTreeSet<TripIx> = trips.into_iter().chain(self.incumbent.trips.iter().copied()).collect();
        let trips: BTreeSet<TripIx> = likely.iter().copied().chain(others).collect();
        let trips: Vec<TripIx> = trips.into_iter().collect();
        // Without sums to decide, which lead to proofs sooner, but to rotas later.
        let mut program = self.program(&trips);
        let terms = trips
            .iter()
            .enumerate()
            .filter(|(_, trip)| !likely.contains(trip))
            .map(|(at, _)| (ChoiceIx::new(at), 1))
            .collect();
        program.rows.extend(Some(Row::new(terms, unlikely)).filter(Row::can_bind));
        let beyond = self.incumbent.points;
        let tight = cut_and_fix(&program, beyond, &|| self.stopped())?;
        let limits = BranchLimits {
            cutoff: beyond,
            known_bound: self.upper_bound,
            max_nodes: self.nodes_left().min(NODES),
            threads: BranchThreads::Two,
        };
        let searched = branch_and_bound(&tight, limits, &|_| self.stopped())?;
        self.work += WORK_A_NODE * u64::from(searched.nodes + 1);
        let chosen = searched.chosen.unwrap_or_default();
        self.build_rota(tight.original_choices(&chosen).map(|choice| trips[choice.at()]));
        Ok(self.incumbent.points > beyond)
    }

    /// The program over some trips of the pool, in which a pin is worth its bonus but need not be kept.
    pub(super) fn program(&self, trips: &[TripIx]) -> Program {
        let Decomposition { instance, pool, .. } = &self.decomposition;
        let refs: Vec<&Trip> = trips.iter().map(|&trip| &pool[trip]).collect();
        let mut program = Program::new(instance, &refs);
        program.rows.iter_mut().for_each(|row| row.equality = false);
        for (points, &trip) in program.points.iter_mut().zip(trips) {
            *points = pool.points[trip.at()];
        }
        self.add_cuts_and_prices(&mut program, trips);
        program
    }

    /// Adds the cuts that the bound rests on to a program over some trips of the pool, and notes what the bound's prices
    /// are for its rows.
    pub(super) fn add_cuts_and_prices(&self, program: &mut Program, trips: &[TripIx]) {
        let (Decomposition { rows, pool, .. }, Some(bound)) = (&self.decomposition, &self.best_bound) else { return };
        let prices = &bound.prices.0;
        let mut terms: BTreeMap<u32, Vec<(ChoiceIx, i64)>> = BTreeMap::new();
        for (at, &trip) in trips.iter().enumerate() {
            for &(row, units) in pool.coefficients[trip.at()].iter().filter(|(row, _)| prices[*row as usize] > 0) {
                terms.entry(row).or_default().push((ChoiceIx::new(at), units.into()));
            }
        }
        let guess = |row: u32| prices[row as usize] / Prices::SCALE;
        let (own, cuts): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(row, _)| rows.is_original(*row));
        // A row that the same trips use is the same row.
        let guesses: BTreeMap<_, _> = own.into_iter().map(|(row, terms)| (terms, guess(row))).collect();
        for row in &mut program.rows {
            row.initial_price = guesses.get(&row.terms).copied().unwrap_or(0);
        }
        let cut = |(row, terms)| Row { initial_price: guess(row), ..Row::new(terms, rows.rows[row as usize].limit) };
        program.rows.extend(cuts.into_iter().map(cut).filter(Row::can_bind));
    }
}
