//! The linear relaxation over drivers' weeks, kept live in HiGHS as weeks and cuts are added.
//!
//! Dantzig and Wolfe's master: a column for each week generated so far, the linking rows, and a row for each driver
//! that allows at most one week.

use std::collections::{BTreeMap, BTreeSet};

use highs::{Col, ColProblem, HighsModelStatus, Model, Row, Sense, SolvedModel};

use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::driver_week::DriverWeek;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::prices::Prices;
use crate::column_generation::trip_pool::TripPool;
use crate::failure::Failure;
use crate::instance::index::{TripIx, VolunteerIx};
use crate::lp::{by_simplex, failed, float};

/// The relaxation over the weeks added so far.
pub(crate) struct Master {
    model: Option<Model>,
    /// For each row, its row here if it links drivers.
    rows: Vec<Option<Row>>,
    drivers: Vec<Row>,
    /// Where in the model each of these rows stands.
    row_positions: Vec<Option<usize>>,
    driver_positions: Vec<usize>,
    /// The prices that the linear program begins at, in points, of rows and of drivers: its duals are what prices differ
    /// from these by.
    initial_prices: Vec<i64>,
    initial_driver_prices: Vec<i64>,
    /// Columns that are not weeks; they come first.
    columns_before_weeks: usize,
    columns: Vec<Col>,
    /// The weeks added, each with its driver.
    weeks: Vec<(VolunteerIx, DriverWeek)>,
    known: BTreeSet<(VolunteerIx, Vec<TripIx>)>,
}

/// A solution of the relaxation.
#[derive(Debug)]
pub(crate) struct MasterSolution {
    /// The dual of each row; 0 for those that link no drivers.
    pub(crate) duals: Vec<f64>,
    /// The dual of each driver's row.
    pub(crate) driver_duals: Vec<f64>,
    /// The share of each week.
    pub(crate) shares: Vec<f64>,
    /// Its value, in points.
    pub(crate) value: f64,
    /// The work that it took.
    pub(crate) work: u64,
}

impl Master {
    /// A relaxation without weeks, to begin at prices of the rows, and of the drivers by what their best weeks are worth.
    pub(crate) fn new(rows: &LinkingRows, prices: &Prices, worths: &[i64]) -> Self {
        let guesses = |prices: &[i64]| -> Vec<i64> { prices.iter().map(|price| price / Prices::SCALE).collect() };
        let (guesses, driver_guesses) = (guesses(&prices.0), guesses(worths));
        let mut problem = ColProblem::new();
        let mut places = 0..;
        let mut handles = Vec::with_capacity(rows.rows.len());
        let mut place = Vec::with_capacity(rows.rows.len());
        for stock in &rows.rows {
            handles.push((!stock.one_driver).then(|| problem.add_row(0.0..=0.0)));
            place.push(if stock.one_driver { None } else { places.next() });
        }
        let drivers: Vec<_> = worths.iter().map(|_| problem.add_row(0.0..=0.0)).collect();
        let driver_place = drivers.iter().filter_map(|_| places.next()).collect();
        // The units used of each row: with the prices for these, every solution is worth what it was, and the dual method
        // begins at good prices, not at none.
        for ((stock, row), guess) in rows.rows.iter().zip(&handles).zip(&guesses) {
            let Some(row) = *row else { continue };
            let free = if stock.step_cost > 0 { stock.limit.min(1) } else { stock.limit };
            problem.add_column(float(*guess), 0.0..=float(free), [(row, -1.0)]);
            if stock.step_cost > 0 {
                for n in 1..stock.limit {
                    problem.add_column(float(guess - n * stock.step_cost), 0.0..=1.0, [(row, -1.0)]);
                }
            }
        }
        for (row, guess) in drivers.iter().zip(&driver_guesses) {
            problem.add_column(float(*guess), 0.0..=1.0, [(*row, -1.0)]);
        }
        let others = problem.num_cols();
        let mut model = problem.optimise(Sense::Maximise);
        by_simplex(&mut model);
        Self {
            model: Some(model),
            rows: handles,
            drivers,
            row_positions: place,
            driver_positions: driver_place,
            initial_prices: guesses,
            initial_driver_prices: driver_guesses,
            columns_before_weeks: others,
            columns: Vec::new(),
            weeks: Vec::new(),
            known: BTreeSet::new(),
        }
    }

    /// What each driver's best week added so far is worth at some values of trips, staying at home included.
    pub(crate) fn best_known_values(&self, decomposition: &Decomposition<'_>, values: &[i64]) -> Vec<i64> {
        let mut best = vec![0; self.drivers.len()];
        for (driver, week) in &self.weeks {
            let worth = decomposition.week_value(week, values);
            best[driver.at()] = worth.max(best[driver.at()]);
        }
        best
    }

    /// The share of each of so many trips in a solution.
    pub(crate) fn trip_shares(&self, relaxed: &MasterSolution, trips: usize) -> Vec<f64> {
        let mut shares = vec![0.0; trips];
        for ((_, week), share) in self.weeks.iter().zip(&relaxed.shares) {
            week.trips.iter().for_each(|&trip| shares[trip.at()] += share);
        }
        shares
    }

    /// Adds a week of a driver; returns whether it is new.
    pub(crate) fn add_week(&mut self, pool: &TripPool, driver: VolunteerIx, week: DriverWeek) -> Result<bool, Failure> {
        if !self.known.insert((driver, week.trips.clone())) {
            return Ok(false);
        }
        let mut earned = week.points - self.initial_driver_prices[driver.at()];
        let mut factors = vec![(self.drivers[driver.at()], 1.0)];
        for (row, units) in week.coefficients(pool) {
            if let Some(handle) = self.rows[row as usize] {
                earned -= self.initial_prices[row as usize] * units;
                factors.push((handle, float(units)));
            }
        }
        let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
        let column =
            model.try_add_column(float(earned), 0.0.., factors).map_err(|status| failed(&format!("{status:?}")))?;
        self.columns.push(column);
        self.weeks.push((driver, week));
        Ok(true)
    }

    /// Adds the cuts from `first` on, which the pool has counted already.
    pub(crate) fn add_cuts(&mut self, pool: &TripPool, rows: &LinkingRows, first: u32) -> Result<(), Failure> {
        let new = |trip: &TripIx| pool.coefficients[trip.at()].iter().rev().take_while(|(row, _)| *row >= first);
        let cuts = &rows.rows[first as usize..];
        let mut factors: Vec<Vec<(Col, f64)>> = vec![Vec::new(); cuts.len()];
        for ((_, week), &column) in self.weeks.iter().zip(&self.columns) {
            let mut used: BTreeMap<u32, u32> = BTreeMap::new();
            week.trips.iter().flat_map(new).for_each(|&(cut, units)| *used.entry(cut).or_default() += units);
            used.into_iter().for_each(|(cut, units)| factors[(cut - first) as usize].push((column, units.into())));
        }
        for (cut, factors) in cuts.iter().zip(factors) {
            let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
            let most = float(cut.limit);
            let row = model.try_add_row(..=most, factors).map_err(|status| failed(&format!("{status:?}")))?;
            self.row_positions.push(Some(model.num_rows() - 1));
            self.rows.push(Some(row));
            self.initial_prices.push(0);
        }
        Ok(())
    }

    pub(crate) fn solve(&mut self) -> Result<MasterSolution, Failure> {
        let model = self.model.take().ok_or_else(|| failed("lost its model"))?;
        let solved: SolvedModel = model.try_solve().map_err(|status| failed(&format!("{status:?}")))?;
        let (status, solution) = (solved.status(), solved.get_solution());
        let value = solved.objective_value();
        let iterations = u64::try_from(solved.simplex_iteration_count()).unwrap_or(0);
        let mut model = Model::from(solved);
        // Weeks call for the primal method, cuts for the dual one: let it choose from now on.
        model.set_option("simplex_strategy", 0);
        self.model = Some(model);
        if !matches!(status, HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty) {
            return Err(failed(&format!("{status:?}")));
        }
        let duals = solution.dual_rows();
        let price = |(place, guess): (usize, &i64)| float(*guess) + duals.get(place).copied().unwrap_or(0.0);
        let link = |(place, guess): (&Option<usize>, _)| place.map_or(0.0, |place| price((place, guess)));
        Ok(MasterSolution {
            duals: self.row_positions.iter().zip(&self.initial_prices).map(link).collect(),
            driver_duals: self.driver_positions.iter().copied().zip(&self.initial_driver_prices).map(price).collect(),
            shares: solution.columns()[self.columns_before_weeks.min(solution.columns().len())..].to_vec(),
            value,
            work: iterations + self.columns.len() as u64 / 10,
        })
    }
}
