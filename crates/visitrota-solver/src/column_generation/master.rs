//! The restricted master: the linear relaxation over drivers' weeks, kept live in HiGHS as weeks and cuts are added.
//!
//! The master of Dantzig and Wolfe's decomposition has a column for each week, the linking rows, and a convexity row
//! for each driver, which allows at most one week; restricted, it has only the weeks generated so far (G. B. Dantzig
//! and P. Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960). Its duals are the prices of
//! the rows.

use std::collections::{BTreeMap, BTreeSet};

use highs::{Col, ColProblem, HighsModelStatus, Model, Row, Sense};

use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::driver_week::DriverWeek;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::prices::Prices;
use crate::column_generation::trip_pool::TripPool;
use crate::failure::Failure;
use crate::instance::index::{TripIx, VolunteerIx};
use crate::lp::{by_simplex, failed, float, solve_until};
use crate::stop::Stop;

/// The restricted master over the weeks added so far.
pub(crate) struct Master {
    /// None only while HiGHS solves it, and after a failure.
    model: Option<Model>,
    /// For each linking row, its handle in the model; none for rows that only one driver uses.
    rows: Vec<Option<Row>>,
    /// The convexity row of each driver.
    drivers: Vec<Row>,
    /// Where in the model each of these rows stands.
    row_positions: Vec<Option<usize>>,
    driver_positions: Vec<usize>,
    /// The prices that the linear program begins at, in points, of rows and of drivers. Its duals are the differences
    /// from these.
    initial_prices: Vec<i64>,
    initial_driver_prices: Vec<i64>,
    /// How many columns are not weeks; they come first.
    columns_before_weeks: usize,
    /// The column of each week.
    columns: Vec<Col>,
    /// The weeks added, each with its driver.
    weeks: Vec<(VolunteerIx, DriverWeek)>,
    known: BTreeSet<(VolunteerIx, Vec<TripIx>)>,
}

/// A solution of the restricted master.
#[derive(Debug)]
pub(crate) struct MasterSolution {
    /// The dual of each linking row; 0 for rows that only one driver uses.
    pub(crate) duals: Vec<f64>,
    /// The dual of each driver's convexity row.
    pub(crate) driver_duals: Vec<f64>,
    /// The share of each week.
    pub(crate) shares: Vec<f64>,
    /// Its value, in points.
    pub(crate) value: f64,
    /// The work that it took.
    pub(crate) work: u64,
}

impl Master {
    /// A master without weeks that begins at prices of the rows, and at the values of the drivers' best weeks as prices
    /// of the convexity rows.
    ///
    /// HiGHS takes no duals to begin at, so prices are built into the program: each row becomes an equation with
    /// columns for the units used, which are sold at the initial price, and weeks earn their reduced costs at these
    /// prices. Every solution keeps its value, and the dual simplex method begins at good prices instead of none.
    pub(crate) fn new(rows: &LinkingRows, prices: &Prices, best_week_values: &[i64]) -> Self {
        let in_points = |prices: &[i64]| -> Vec<i64> { prices.iter().map(|price| price / Prices::SCALE).collect() };
        let (initial_prices, initial_driver_prices) = (in_points(&prices.0), in_points(best_week_values));
        let mut problem = ColProblem::new();
        let mut positions = 0..;
        let mut handles = Vec::with_capacity(rows.rows.len());
        let mut row_positions = Vec::with_capacity(rows.rows.len());
        for row in &rows.rows {
            handles.push((!row.one_driver).then(|| problem.add_row(0.0..=0.0)));
            row_positions.push(if row.one_driver { None } else { positions.next() });
        }
        let drivers: Vec<_> = best_week_values.iter().map(|_| problem.add_row(0.0..=0.0)).collect();
        let driver_positions = drivers.iter().filter_map(|_| positions.next()).collect();
        for ((row, handle), initial_price) in rows.rows.iter().zip(&handles).zip(&initial_prices) {
            let Some(handle) = *handle else { continue };
            let units_without_cost = if row.step_cost > 0 { row.limit.min(1) } else { row.limit };
            problem.add_column(float(*initial_price), 0.0..=float(units_without_cost), [(handle, -1.0)]);
            if row.step_cost > 0 {
                for n in 1..row.limit {
                    problem.add_column(float(initial_price - n * row.step_cost), 0.0..=1.0, [(handle, -1.0)]);
                }
            }
        }
        for (handle, initial_price) in drivers.iter().zip(&initial_driver_prices) {
            problem.add_column(float(*initial_price), 0.0..=1.0, [(*handle, -1.0)]);
        }
        let columns_before_weeks = problem.num_cols();
        let mut model = problem.optimise(Sense::Maximise);
        by_simplex(&mut model);
        Self {
            model: Some(model),
            rows: handles,
            drivers,
            row_positions,
            driver_positions,
            initial_prices,
            initial_driver_prices,
            columns_before_weeks,
            columns: Vec::new(),
            weeks: Vec::new(),
            known: BTreeSet::new(),
        }
    }

    /// For each driver, the value of the best week added so far at some reduced costs of trips, staying at home
    /// included.
    pub(crate) fn best_known_values(&self, decomposition: &Decomposition<'_>, reduced_costs: &[i64]) -> Vec<i64> {
        let mut best = vec![0; self.drivers.len()];
        for (driver, week) in &self.weeks {
            let value = decomposition.week_value(week, reduced_costs);
            best[driver.at()] = value.max(best[driver.at()]);
        }
        best
    }

    /// The share of each trip of a pool of so many in a solution.
    pub(crate) fn trip_shares(&self, solution: &MasterSolution, trip_count: usize) -> Vec<f64> {
        let mut shares = vec![0.0; trip_count];
        for ((_, week), share) in self.weeks.iter().zip(&solution.shares) {
            week.trips.iter().for_each(|&trip| shares[trip.at()] += share);
        }
        shares
    }

    /// Adds a week of a driver as a column; returns whether it is new.
    pub(crate) fn add_week(&mut self, pool: &TripPool, driver: VolunteerIx, week: DriverWeek) -> Result<bool, Failure> {
        if !self.known.insert((driver, week.trips.clone())) {
            return Ok(false);
        }
        let mut objective = week.points - self.initial_driver_prices[driver.at()];
        let mut factors = vec![(self.drivers[driver.at()], 1.0)];
        for (row, units) in week.coefficients(pool) {
            if let Some(handle) = self.rows[row as usize] {
                objective -= self.initial_prices[row as usize] * units;
                factors.push((handle, float(units)));
            }
        }
        let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
        let column =
            model.try_add_column(float(objective), 0.0.., factors).map_err(|status| failed(&format!("{status:?}")))?;
        self.columns.push(column);
        self.weeks.push((driver, week));
        Ok(true)
    }

    /// Adds the cuts from `first` on; the trips of the pool must have their coefficients already.
    pub(crate) fn add_cuts(&mut self, pool: &TripPool, rows: &LinkingRows, first: u32) -> Result<(), Failure> {
        let of_new_cuts =
            |trip: &TripIx| pool.coefficients[trip.at()].iter().rev().take_while(|(row, _)| *row >= first);
        let cuts = &rows.rows[first as usize..];
        let mut factors: Vec<Vec<(Col, f64)>> = vec![Vec::new(); cuts.len()];
        for ((_, week), &column) in self.weeks.iter().zip(&self.columns) {
            let mut units_by_cut: BTreeMap<u32, i32> = BTreeMap::new();
            let coefficients = week.trips.iter().flat_map(of_new_cuts);
            coefficients.for_each(|&(cut, units)| *units_by_cut.entry(cut).or_default() += units);
            for (cut, units) in units_by_cut {
                factors[(cut - first) as usize].push((column, units.into()));
            }
        }
        for (cut, factors) in cuts.iter().zip(factors) {
            let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
            let limit = float(cut.limit);
            let row = model.try_add_row(..=limit, factors).map_err(|status| failed(&format!("{status:?}")))?;
            self.row_positions.push(Some(model.num_rows() - 1));
            self.rows.push(Some(row));
            self.initial_prices.push(0);
        }
        Ok(())
    }

    /// Solves the linear program, from the basis of the last solution if there is one.
    ///
    /// # Errors
    /// [`Failure::OutOfTime`] if planning had to end before it was solved.
    pub(crate) fn solve(&mut self, stop: Stop<'_>) -> Result<MasterSolution, Failure> {
        let model = self.model.take().ok_or_else(|| failed("lost its model"))?;
        let solved = solve_until(model, stop)?;
        let (status, solution) = (solved.status(), solved.get_solution());
        let value = solved.objective_value();
        let iterations = u64::try_from(solved.simplex_iteration_count()).unwrap_or(0);
        let mut model = Model::from(solved);
        // New columns call for the primal simplex method, new rows for the dual one: HiGHS chooses from now on.
        model.set_option("simplex_strategy", 0);
        self.model = Some(model);
        if !matches!(status, HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty) {
            return Err(failed(&format!("{status:?}")));
        }
        let duals = solution.dual_rows();
        let price = |(position, initial_price): (usize, &i64)| {
            float(*initial_price) + duals.get(position).copied().unwrap_or(0.0)
        };
        let linking_price = |(position, initial_price): (&Option<usize>, _)| {
            position.map_or(0.0, |position| price((position, initial_price)))
        };
        Ok(MasterSolution {
            duals: self.row_positions.iter().zip(&self.initial_prices).map(linking_price).collect(),
            driver_duals: self.driver_positions.iter().copied().zip(&self.initial_driver_prices).map(price).collect(),
            shares: solution.columns()[self.columns_before_weeks.min(solution.columns().len())..].to_vec(),
            value,
            work: iterations + self.columns.len() as u64 / 10,
        })
    }
}
