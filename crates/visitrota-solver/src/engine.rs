//! The engine: from an instance to its best rota, proven, by generating trips and weeks as they are needed.
//!
//! 1. *Approach*: prices are sought at which the relaxation over weeks is worth little more than it must be, and trips
//!    worth having at them, in turn; see [`crate::column_generation::volume`]. At any prices of the linking rows, what the rows are worth
//!    and each driver's best week add up to a bound (Lagrange's), so every round that leaves nothing out proves one.
//! 2. *Relax*: where a linear program of the weeks is small enough, weeks are generated until none improves it, and cuts
//!    are added. (G. B. Dantzig and P. Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960.)
//! 3. *Search*: the relaxation is rounded to a rota, and the rota improved; see [`crate::search`].
//! 4. *Finish*: the trips that a better rota can hold are found by the bound; if they are few, a mixed-integer program
//!    over them finds the best rota, and proves it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::column_generation::decomposition::{Bound, Decomposition, PricingRound};
use crate::column_generation::master::{Master, MasterSolution};
use crate::column_generation::prices::Prices;
use crate::column_generation::volume::Volume;
use crate::cuts::separate;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::index::VolunteerIx;
use crate::program::branch_and_cut::{ReducedProgram, branch_and_bound, cut_and_fix};
use crate::program::{Program, Row};
use crate::search::large_neighbourhood::LargeNeighbourhood;
use crate::search::rota_state::ChosenTrips;
use crate::trip::Trip;
use crate::warm_start::WarmStart;
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

/// The best rota found and what no rota exceeds.
#[derive(Debug)]
pub(crate) struct EngineOutcome {
    pub(crate) trips: Vec<Trip>,
    pub(crate) bound: i64,
    /// In how many of the trips that were looked at each request could ride.
    pub(crate) trips_serving: Vec<u64>,
    /// To begin with the next time.
    pub(crate) start: WarmStart,
}

/// How many bounds are kept.
const BOUNDS: usize = 24;
/// Trips looked for, for each driver and slot; more where these do not improve the relaxation.
const KEEP: usize = 3;
/// The largest effort of a search.
const EFFORT: usize = 3;
/// What a branch counts for as work.
const WORK_A_NODE: u64 = 500;

struct Engine<'a> {
    decomposition: Decomposition<'a>,
    best_bound: Option<Bound>,
    /// The newest bounds.
    recent_bounds: Vec<Bound>,
    /// The newest prices and what they are worth over the trips known, while there is no bound.
    provisional_bound: Option<Bound>,
    /// What keeping all pins adds to the points.
    pin_bonus: i64,
    /// What no rota exceeds, by whatever proof.
    upper_bound: i64,
    incumbent: ChosenTrips,
    limits: &'a EngineLimits<'a>,
    /// Work done besides pricing.
    work: u64,
    /// Rounds of search.
    search_rounds: u64,
    /// How large the search's areas are: larger when smaller ones are of no use.
    effort: usize,
}

/// The best rota, proven if the limits allow. `most` is what no rota exceeds; a plan of nearly the same problem may be
/// begun with.
///
/// # Errors
/// [`Failure::Infeasible`] if no rota keeps all pins; [`Failure::OutOfTime`] if none was found that does.
pub(crate) fn best_rota(
    instance: &Instance<'_>,
    limits: &EngineLimits<'_>,
    most: i64,
    start: Option<&WarmStart>,
) -> Result<EngineOutcome, Failure> {
    let bonus: i64 = instance.request_ixs().map(|request| instance.bonus(request)).sum();
    let mut decomposition = Decomposition::new(instance);
    let prices = start.map(|start| start.prices_and_cuts(instance, &mut decomposition.rows));
    let (most, best) = (most + bonus, ChosenTrips::default());
    let mut engine = Engine {
        decomposition: decomposition,
        best_bound: None,
        recent_bounds: Vec::new(),
        provisional_bound: None,
        pin_bonus: bonus,
        upper_bound: most,
        incumbent: best,
        limits,
        work: 0,
        search_rounds: 0,
        effort: 1,
    };
    let ended = engine.run(prices);
    if engine.upper_bound < engine.incumbent.points {
        let Engine { upper_bound: most, incumbent: best, .. } = &engine;
        return Err(Failure::Solver(format!("a proof does not hold: a bound of {most} is below {}", best.points)));
    }
    let Engine { decomposition, incumbent: best, upper_bound: most, best_bound: bound, .. } = engine;
    let mut could = vec![0; instance.requests.len()];
    decomposition.pool.trips.iter().flat_map(|trip| trip.requests.iter()).for_each(|request| could[request.at()] += 1);
    let trips: Vec<Trip> = best.trips.iter().map(|&trip| decomposition.pool.trips[trip].clone()).collect();
    if keeps_pins(instance, &trips) {
        let start = WarmStart::of(instance, &decomposition.rows, bound.as_ref().map(|bound| &bound.prices));
        // Should the solver have failed, what was found and proven before holds all the same.
        Ok(EngineOutcome { trips, bound: most - bonus, trips_serving: could, start })
    } else if let Err(failure) = ended {
        Err(failure)
    } else if most <= best.points {
        // To miss a pin costs more than all else is worth.
        Err(Failure::Infeasible)
    } else {
        Err(Failure::OutOfTime)
    }
}

#[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
fn points(points: i64) -> f64 {
    points as f64
}

/// The trips of a choice of a program over some.
fn chosen(trips: &[usize], tight: &ReducedProgram, taken: &[bool]) -> Vec<usize> {
    let taken = tight.choices.iter().zip(taken).filter(|(_, taken)| **taken);
    taken.map(|(&choice, _)| trips[choice]).collect()
}

fn keeps_pins(instance: &Instance<'_>, trips: &[Trip]) -> bool {
    let served: BTreeSet<_> = trips.iter().flat_map(|trip| trip.requests.iter().copied()).collect();
    instance.request_ixs().all(|request| instance.requests[request.at()].pin.is_none() || served.contains(&request))
}

impl Engine<'_> {
    fn stopped(&self) -> bool {
        self.stopped_at(self.upper_bound)
    }

    /// Whether to stop where no rota exceeds so many points.
    fn stopped_at(&self, most: i64) -> bool {
        let gap = most - self.incumbent.points;
        let near = points(gap) <= self.limits.gap * points(most - self.pin_bonus);
        let hopeless = most - self.pin_bonus <= self.limits.cutoff;
        gap <= 0
            || near
            || hopeless
            || (self.limits.seconds_left)() <= 0.0
            || self.decomposition.work + self.work >= self.limits.max_work
    }

    fn record_bound(&mut self, priced: &PricingRound) -> Result<(), Failure> {
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

    fn offer(&mut self, chosen: ChosenTrips) {
        if chosen.points > self.incumbent.points {
            self.incumbent = chosen;
            self.report_progress();
        }
    }

    fn report_progress(&self) {
        self.report_progress_at(self.upper_bound);
    }

    /// Tells how things are where no rota exceeds so many points.
    fn report_progress_at(&self, most: i64) {
        // Below, a pin is missed still.
        let score = self.incumbent.points - self.pin_bonus;
        if score > -self.pin_bonus / 2 {
            (self.limits.progress)(score, most - self.pin_bonus, self.decomposition.pool.trips.len());
        }
    }

    fn run(&mut self, start: Option<Prices>) -> Result<(), Failure> {
        /// With more rows than this, the relaxation is left to the volume algorithm.
        const ROWS_FOR_PROGRAM: usize = 3_000;
        /// Rounds of cuts in a row that may be idle before cutting ends; with the cuts of an earlier plan, hardly any
        /// are missing.
        const IDLE: u32 = 3;
        const IDLE_LATER: u32 = 1;
        let large =
            self.decomposition.rows.linking_count() + self.decomposition.instance.volunteers.len() > ROWS_FOR_PROGRAM;
        let idle = if start.is_some() { IDLE_LATER } else { IDLE };
        let mut volume = match start {
            Some(prices) => self.start_at(&prices)?,
            None => self.approach(large)?,
        };
        if large {
            self.improve_large(&mut volume)?;
        } else {
            let mut master = self.master(&volume.prices(&self.decomposition))?;
            self.relax(&mut master, 1.0)?;
            self.cut_rounds(&mut master, idle)?;
        }
        self.prove()
    }

    /// The linear relaxation over the drivers' best weeks at some prices.
    fn master(&self, prices: &Prices) -> Result<Master, Failure> {
        let Decomposition { rows, pool, .. } = &self.decomposition;
        let mut master = Master::new(rows, prices, &self.decomposition.best_week_values(prices));
        for (driver, weeks) in self.decomposition.good_weeks(&pool.reduced_costs(prices)) {
            for week in weeks {
                master.add_week(pool, driver, week)?;
            }
        }
        Ok(master)
    }

    /// Improves the rota, and its bound, where the relaxation is too large for a linear program.
    fn improve_large(&mut self, volume: &mut Volume) -> Result<(), Failure> {
        /// Rounds of search between two looks at the bound.
        const ROUNDS: u64 = 8;
        /// Looks without any improvement before all is given up.
        const PATIENCE: u32 = 20;
        let mut idle = 0;
        while !self.stopped() && idle < PATIENCE {
            let (before, most) = (self.incumbent.points, self.upper_bound);
            self.search(ROUNDS, false);
            self.volume_steps(volume, 200, 1e-6 * volume.bound());
            self.price_volume(volume, KEEP, usize::MAX, usize::MAX)?;
            idle = if self.incumbent.points > before || self.upper_bound < most { 0 } else { idle + 1 };
        }
        Ok(())
    }

    /// Cuts off what the relaxation has in parts; returns whether it did.
    fn add_cuts(&mut self, master: &mut Master) -> Result<bool, Failure> {
        let relaxed = master.solve()?;
        self.work += relaxed.work;
        let Decomposition { instance, rows, pool, .. } = &mut self.decomposition;
        let shares = master.trip_shares(&relaxed, pool.trips.len());
        let used: Vec<_> = shares
            .iter()
            .zip(&pool.coefficients)
            .filter(|(share, _)| **share > 1e-6)
            .map(|(&share, uses)| (uses.as_ref(), share))
            .collect();
        let cuts = separate(&|row| rows.is_original(row).then(|| rows.rows[row as usize].limit), &used);
        if let Some(first) = cuts.iter().map(|cut| rows.add_cut(cut)).min() {
            if let Some(witness) = self.limits.witness {
                witness.keeps(instance, rows)?;
            }
            pool.count_cuts(rows, first);
            master.add_cuts(pool, rows, first)?;
        }
        for bound in self.best_bound.iter_mut().chain(&mut self.recent_bounds) {
            bound.prices.0.resize(rows.rows.len(), 0);
        }
        Ok(!cuts.is_empty())
    }

    /// Finds the trips worth having at prices that are good already.
    fn start_at(&mut self, prices: &Prices) -> Result<Volume, Failure> {
        let (all, seconds) = (usize::MAX, self.limits.seconds_left);
        let mut keep = KEEP;
        loop {
            let targets = self.decomposition.best_week_values(prices);
            let priced = self.decomposition.price(prices, &targets, keep, all, all, seconds);
            self.record_bound(&priced)?;
            if priced.new_trips == 0 || self.stopped() {
                return Ok(Volume::new(&self.decomposition, prices));
            }
            keep = keep.saturating_mul(4);
        }
    }

    /// Generates trips until those known are nearly all that the relaxation needs, by prices of the volume algorithm.
    ///
    /// Small groups and the likeliest drivers come first: while prices tell little, everything seems worth having.
    fn approach(&mut self, large: bool) -> Result<Volume, Failure> {
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
        let (mut most, mut reach, mut keep) = (1, FEW, KEEP);
        self.decomposition.price(&free, &nothing, KEEP, most, reach, self.limits.seconds_left);
        let mut volume = Volume::new(&self.decomposition, &free);
        let mut beyond = volume.bound();
        while !self.stopped() {
            let enough = (0.05 * beyond).clamp(2e-6 * volume.bound(), 1e-3 * volume.bound());
            self.volume_steps(&mut volume, STEPS, enough);
            let known = volume.bound();
            let priced = self.price_volume(&mut volume, keep, most, reach)?;
            beyond = points(priced.bound.points()) - known;
            // What was found may not help, and more may be hidden behind it.
            let helpless = volume.bound() - known <= 0.1 * beyond.max(0.0);
            let most_kept = keep >= MOST_KEPT;
            keep = if priced.complete && helpless { (4 * keep).min(MOST_KEPT) } else { KEEP };
            if large {
                self.search(1, false);
            }
            if !priced.complete && (helpless || beyond <= WIDER * known) {
                if most < largest {
                    most += 1;
                } else if reach < usize::MAX {
                    reach = usize::MAX;
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

    /// Takes steps of the volume algorithm, and rounds the shares it comes to.
    fn volume_steps(&mut self, volume: &mut Volume, most: u32, enough: f64) {
        let seconds = self.limits.seconds_left;
        let steps =
            volume.take_steps(&self.decomposition, points(self.incumbent.points), most, enough, &|| seconds() <= 0.0);
        self.work += u64::from(steps) * (self.decomposition.pool.trips.len() as u64 / 100 + 1);
        self.round_shares(volume.shares());
    }

    /// Looks for trips worth having at the prices that the volume algorithm has come to.
    fn price_volume(
        &mut self,
        volume: &mut Volume,
        keep: usize,
        most: usize,
        reach: usize,
    ) -> Result<PricingRound, Failure> {
        let prices = volume.prices(&self.decomposition);
        let targets = self.decomposition.best_week_values(&prices);
        let priced = self.decomposition.price(&prices, &targets, keep, most, reach, self.limits.seconds_left);
        self.record_bound(&priced)?;
        if self.best_bound.is_none() {
            self.provisional_bound = Some(priced.bound.clone());
        }
        if priced.new_trips > 0 {
            volume.restart(&self.decomposition);
        }
        Ok(priced)
    }

    /// Generates weeks until the bound has come down by so much, as a part, of what it can, or none improves the
    /// relaxation.
    fn relax(&mut self, master: &mut Master, enough: f64) -> Result<(), Failure> {
        let all = usize::MAX;
        let before = self.best_bound.as_ref().map(Bound::value);
        let mut keep = KEEP;
        while !self.stopped() {
            let (relaxed, prices, better) = self.solve_known(master)?;
            let targets =
                master.best_known_values(&self.decomposition, &self.decomposition.pool.reduced_costs(&prices));
            let priced = self.decomposition.price(&prices, &targets, keep, all, all, self.limits.seconds_left);
            self.record_bound(&priced)?;
            self.round_shares(&master.trip_shares(&relaxed, self.decomposition.pool.trips.len()));
            // More weeks only raise the relaxation's value: the bound will not come below what it is over those known.
            let followed = |before: f64, bound: &Bound| before - bound.value() >= enough * (before - relaxed.value);
            if before.zip(self.best_bound.as_ref()).is_some_and(|(before, bound)| followed(before, bound)) {
                break;
            }
            if priced.truncated && !better {
                keep = keep.saturating_mul(8);
            } else if priced.new_trips == 0 && !priced.truncated {
                break;
            }
        }
        Ok(())
    }

    /// Solves the relaxation over all weeks of the trips known, which are sooner found than trips; returns its prices too,
    /// and whether any week was new.
    fn solve_known(&mut self, master: &mut Master) -> Result<(MasterSolution, Prices, bool), Failure> {
        let mut better = false;
        loop {
            let relaxed = master.solve()?;
            self.work += relaxed.work;
            let prices = Prices::rounded(&self.decomposition.rows, &relaxed.duals);
            if self.stopped() || !self.add_weeks(master, &prices, &relaxed)? {
                return Ok((relaxed, prices, better));
            }
            better = true;
        }
    }

    /// Rounds shares of trips to a rota: trips by their share, then by their points.
    fn round_shares(&mut self, shares: &[f64]) {
        let pool = &self.decomposition.pool;
        let mut order: Vec<usize> = (0..shares.len()).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a share, in hundredths")]
        order.sort_by_key(|&trip| (Reverse((shares[trip] * 100.0) as i64), Reverse(pool.points[trip]), trip));
        self.build_rota(order);
    }

    /// Adds weeks of the trips known that improve the relaxation; returns whether there are any.
    fn add_weeks(&self, master: &mut Master, prices: &Prices, relaxed: &MasterSolution) -> Result<bool, Failure> {
        /// Reduced value, scaled, below which a week is not worth adding.
        const TRIFLE: f64 = 4.0;
        let values = self.decomposition.pool.reduced_costs(prices);
        let targets = master.best_known_values(&self.decomposition, &values);
        let mut added = false;
        for (driver, best) in self.decomposition.better_weeks(&values, &targets).into_iter().enumerate() {
            for (worth, week) in best.weeks {
                #[expect(clippy::cast_precision_loss, reason = "compared with a tolerance")]
                let gain = worth as f64 - relaxed.driver_duals[driver] * Prices::SCALE as f64;
                added |= gain > TRIFLE && master.add_week(&self.decomposition.pool, VolunteerIx::new(driver), week)?;
            }
        }
        Ok(added)
    }

    /// Improves the rota in hand for some rounds; returns whether it did.
    fn search(&mut self, rounds: u64, enrich: bool) -> bool {
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
    fn gaps_and_slots(&self) -> (Vec<i64>, Vec<Vec<usize>>) {
        let losses = match self.best_bound.as_ref().or(self.provisional_bound.as_ref()) {
            Some(bound) => self.decomposition.bound_gaps(bound),
            None => self.decomposition.pool.points.iter().map(|points| -points).collect(),
        };
        (losses, self.decomposition.trips_by_slot())
    }

    fn searching<T>(
        &self,
        losses: &[i64],
        of_slot: &[Vec<usize>],
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

    /// Whether the rota falls short of the bound by so much that programs over what may be better are hopeless.
    fn far_from_bound(&self) -> bool {
        const FAR: i64 = 300;
        (self.upper_bound - self.incumbent.points) * FAR > self.upper_bound - self.pin_bonus
    }

    /// Brings the bound down by cuts, until so many rounds of them in a row are idle; looks for better rotas in between.
    fn cut_rounds(&mut self, master: &mut Master, most_idle: u32) -> Result<(), Failure> {
        /// A round of cuts is idle unless the bound comes down by this part of what is asked for first, or of the gap if
        /// that is less; by as much as all of it where the rota is far from the bound, since programs do better then.
        const TAIL: i64 = 10;
        /// Rounds of cuts between two rounds of search.
        const A_FEW: u32 = 4;
        /// How far the bound follows the relaxation's value between two rounds of cuts: the last weeks gain little.
        const FOLLOWED: f64 = 0.25;
        let (mut rounds, mut idle) = (0, 0);
        while idle < most_idle && !self.stopped() {
            let before = self.upper_bound;
            if rounds % A_FEW == A_FEW - 1 {
                self.search(1, true);
            }
            rounds += 1;
            if !self.add_cuts(master)? {
                break;
            }
            self.relax(master, FOLLOWED)?;
            let gap = before - self.incumbent.points;
            let much = gap.min(self.first_step()) / if self.far_from_bound() { 1 } else { TAIL };
            idle = if before - self.upper_bound > much { 0 } else { idle + 1 };
        }
        Ok(())
    }

    /// Improves the rota until it is proven best, or the limits are reached.
    ///
    /// A rota better than so many points is made of the trips that the bound leaves it. Those of a rota that nearly
    /// reaches the bound are few, and a program over them soon tells whether there is one. If so, it is the best; if
    /// not, the bound has come down, and less is asked for.
    fn prove(&mut self) -> Result<(), Failure> {
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

    /// How far below the bound better rotas are looked for at first, in points.
    fn first_step(&self) -> i64 {
        ((self.upper_bound - self.pin_bonus) >> 14).max(1)
    }

    /// The trips of every rota of more points than some, and these points; as few points as leave about so many trips.
    fn most_promising(&mut self, bound: &Bound, trips: usize) -> Option<(Vec<usize>, i64)> {
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
    fn close_gap(&mut self, survivors: &[usize], points: i64, nodes: u32) -> Result<bool, Failure> {
        let mut program = self.program(survivors);
        let Decomposition { instance, pool, .. } = &self.decomposition;
        let trips: Vec<&Trip> = survivors.iter().map(|&trip| &pool.trips[trip]).collect();
        program.add_branching_sums(instance, &trips);
        let tight = cut_and_fix(&program, points, &|| self.stopped())?;
        if let Some(witness) = self.limits.witness {
            witness.made_of(points, trips.iter().copied(), "the bound's gaps")?;
            witness.made_of(points, tight.choices.iter().map(|&choice| trips[choice]), "cuts")?;
        }
        self.work += WORK_A_NODE + survivors.len() as u64;
        let stopped = |most: i64| {
            let most = most.min(self.upper_bound);
            self.report_progress_at(most);
            self.stopped_at(most)
        };
        let searched =
            branch_and_bound(&tight, points, self.upper_bound, self.nodes_left().min(nodes), true, &stopped)?;
        self.work += WORK_A_NODE * u64::from(searched.nodes);
        self.build_rota(chosen(survivors, &tight, &searched.chosen.unwrap_or_default()));
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
    fn local_branching(&mut self, unlikely: i64) -> Result<bool, Failure> {
        /// The most trips, and how many of them are likely; those of the rota are likely too.
        const TRIPS: usize = 3_000;
        const LIKELY: usize = 1_000;
        /// The most branches.
        const NODES: u32 = 500;
        let (losses, _) = self.gaps_and_slots();
        let mut trips: Vec<usize> = (0..losses.len()).collect();
        trips.sort_unstable_by_key(|&trip| (losses[trip], trip));
        trips.truncate(TRIPS);
        let others = trips.split_off(LIKELY.min(trips.len()));
        let likely: BTreeSet<usize> = trips.into_iter().chain(self.incumbent.trips.iter().copied()).collect();
        let trips: BTreeSet<usize> = likely.iter().copied().chain(others).collect();
        let trips: Vec<usize> = trips.into_iter().collect();
        // Without sums to decide, which lead to proofs sooner, but to rotas later.
        let mut program = self.program(&trips);
        let terms =
            trips.iter().enumerate().filter(|(_, trip)| !likely.contains(trip)).map(|(at, _)| (at, 1)).collect();
        program.rows.extend(Some(Row::new(terms, unlikely)).filter(Row::can_bind));
        let beyond = self.incumbent.points;
        let tight = cut_and_fix(&program, beyond, &|| self.stopped())?;
        let searched = branch_and_bound(&tight, beyond, self.upper_bound, self.nodes_left().min(NODES), true, &|_| {
            self.stopped()
        })?;
        self.work += WORK_A_NODE * u64::from(searched.nodes + 1);
        self.build_rota(chosen(&trips, &tight, &searched.chosen.unwrap_or_default()));
        Ok(self.incumbent.points > beyond)
    }

    /// Takes these trips for a rota, as far as they fit.
    fn build_rota(&mut self, trips: impl IntoIterator<Item = usize>) {
        let mut chosen = ChosenTrips::default();
        chosen.fill(self.decomposition.instance, &self.decomposition.pool, trips);
        self.offer(chosen);
    }

    /// How many branches are left to work on.
    fn nodes_left(&self) -> u32 {
        let left = self.limits.max_work.saturating_sub(self.decomposition.work + self.work) / WORK_A_NODE;
        u32::try_from(left).unwrap_or(u32::MAX)
    }

    /// The program over some trips of the pool, in which a pin is worth its bonus but need not be kept.
    fn program(&self, trips: &[usize]) -> Program {
        let Decomposition { instance, pool, .. } = &self.decomposition;
        let refs: Vec<&Trip> = trips.iter().map(|&trip| &pool.trips[trip]).collect();
        let mut program = Program::new(instance, &refs);
        program.rows.iter_mut().for_each(|row| row.equality = false);
        for (points, &trip) in program.points.iter_mut().zip(trips) {
            *points = pool.points[trip];
        }
        self.add_cuts_and_prices(&mut program, trips);
        program
    }

    /// Adds the cuts that the bound rests on to a program over some trips of the pool, and notes what the bound's prices
    /// are for its rows.
    fn add_cuts_and_prices(&self, program: &mut Program, trips: &[usize]) {
        let (Decomposition { rows, pool, .. }, Some(bound)) = (&self.decomposition, &self.best_bound) else { return };
        let prices = &bound.prices.0;
        let mut terms: BTreeMap<u32, Vec<(usize, i64)>> = BTreeMap::new();
        for (at, &trip) in trips.iter().enumerate() {
            for &(row, units) in pool.coefficients[trip].iter().filter(|(row, _)| prices[*row as usize] > 0) {
                terms.entry(row).or_default().push((at, units.into()));
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
