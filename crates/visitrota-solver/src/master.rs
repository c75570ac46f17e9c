//! The linear relaxation over drivers' weeks, kept live in HiGHS as weeks and cuts are added.
//!
//! Dantzig and Wolfe's master: a column for each week generated so far, the linking rows, and a row for each driver
//! that allows at most one week.

use std::collections::{BTreeMap, BTreeSet};

use highs::{Col, ColProblem, HighsModelStatus, Model, Row, Sense, SolvedModel};

use crate::index::VolunteerIx;
use crate::market::Market;
use crate::mip::Failure;
use crate::pool::Pool;
use crate::relaxation::{by_simplex, failed, float};
use crate::rows::Rows;
use crate::week::Week;

/// The relaxation over the weeks added so far.
pub(crate) struct Master {
    model: Option<Model>,
    /// For each row, its row here if it links drivers.
    rows: Vec<Option<Row>>,
    drivers: Vec<Row>,
    /// Where in the model each of these rows stands.
    place: Vec<Option<usize>>,
    driver_place: Vec<usize>,
    /// Columns that are not weeks; they come first.
    others: usize,
    columns: Vec<Col>,
    /// The weeks added, each with its driver.
    weeks: Vec<(VolunteerIx, Week)>,
    known: BTreeSet<(VolunteerIx, Vec<usize>)>,
}

/// A solution of the relaxation.
#[derive(Debug)]
pub(crate) struct Relaxed {
    /// The dual of each row; 0 for those that link no drivers.
    pub(crate) duals: Vec<f64>,
    /// The dual of each driver's row.
    pub(crate) drivers: Vec<f64>,
    /// The share of each week.
    pub(crate) shares: Vec<f64>,
    /// Its value, in points.
    pub(crate) value: f64,
    /// The work that it took.
    pub(crate) work: u64,
}

impl Master {
    pub(crate) fn new(rows: &Rows, drivers: usize) -> Self {
        let mut problem = ColProblem::new();
        let mut places = 0..;
        let mut handles = Vec::with_capacity(rows.stocks.len());
        let mut place = Vec::with_capacity(rows.stocks.len());
        for stock in &rows.stocks {
            let free = float(if stock.step > 0 { stock.most.min(1) } else { stock.most });
            handles.push((!stock.own).then(|| problem.add_row(..=free)));
            place.push(if stock.own { None } else { places.next() });
        }
        let drivers: Vec<_> = (0..drivers).map(|_| problem.add_row(..=1.0)).collect();
        let driver_place = drivers.iter().filter_map(|_| places.next()).collect();
        for (stock, row) in rows.stocks.iter().zip(&handles) {
            if let Some(row) = row.filter(|_| stock.step > 0) {
                for n in 1..stock.most {
                    problem.add_column(-float(n * stock.step), 0.0..=1.0, [(row, -1.0)]);
                }
            }
        }
        let others = problem.num_cols();
        let mut model = problem.optimise(Sense::Maximise);
        by_simplex(&mut model);
        // Weeks call for the primal method, cuts for the dual one: let it choose.
        model.set_option("simplex_strategy", 0);
        let (columns, weeks, known) = (Vec::new(), Vec::new(), BTreeSet::new());
        Self { model: Some(model), rows: handles, drivers, place, driver_place, others, columns, weeks, known }
    }

    /// What each driver's best week added so far is worth at some values of trips, staying at home included.
    pub(crate) fn best_known(&self, market: &Market<'_>, values: &[i64]) -> Vec<i64> {
        let mut best = vec![0; self.drivers.len()];
        for (driver, week) in &self.weeks {
            let worth = market.worth(week, values);
            best[driver.at()] = worth.max(best[driver.at()]);
        }
        best
    }

    /// How many rows there are, drivers' rows included.
    pub(crate) fn rows(&self) -> usize {
        self.place.iter().flatten().count() + self.drivers.len()
    }

    /// The share of each of so many trips in a solution.
    pub(crate) fn trip_shares(&self, relaxed: &Relaxed, trips: usize) -> Vec<f64> {
        let mut shares = vec![0.0; trips];
        for ((_, week), share) in self.weeks.iter().zip(&relaxed.shares) {
            week.trips.iter().for_each(|&trip| shares[trip] += share);
        }
        shares
    }

    /// Adds a week of a driver; returns whether it is new.
    pub(crate) fn add(&mut self, pool: &Pool, driver: VolunteerIx, week: Week) -> Result<bool, Failure> {
        if !self.known.insert((driver, week.trips.clone())) {
            return Ok(false);
        }
        let factors: Vec<_> = pool
            .uses_of(&week)
            .into_iter()
            .filter_map(|(row, units)| Some((self.rows[row as usize]?, float(units))))
            .chain([(self.drivers[driver.at()], 1.0)])
            .collect();
        let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
        let column = model
            .try_add_column(float(week.points), 0.0.., factors)
            .map_err(|status| failed(&format!("{status:?}")))?;
        self.columns.push(column);
        self.weeks.push((driver, week));
        Ok(true)
    }

    /// Adds the cuts from `first` on, which the pool has counted already.
    pub(crate) fn cut(&mut self, pool: &Pool, rows: &Rows, first: u32) -> Result<(), Failure> {
        let new = |trip: &usize| pool.uses[*trip].iter().rev().take_while(|(row, _)| *row >= first);
        let cuts = &rows.stocks[first as usize..];
        let mut factors: Vec<Vec<(Col, f64)>> = vec![Vec::new(); cuts.len()];
        for ((_, week), &column) in self.weeks.iter().zip(&self.columns) {
            let mut used: BTreeMap<u32, u32> = BTreeMap::new();
            week.trips.iter().flat_map(new).for_each(|&(cut, units)| *used.entry(cut).or_default() += units);
            used.into_iter().for_each(|(cut, units)| factors[(cut - first) as usize].push((column, units.into())));
        }
        for (cut, factors) in cuts.iter().zip(factors) {
            let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
            let most = float(cut.most);
            let row = model.try_add_row(..=most, factors).map_err(|status| failed(&format!("{status:?}")))?;
            self.place.push(Some(model.num_rows() - 1));
            self.rows.push(Some(row));
        }
        Ok(())
    }

    pub(crate) fn solve(&mut self) -> Result<Relaxed, Failure> {
        let model = self.model.take().ok_or_else(|| failed("lost its model"))?;
        let solved: SolvedModel = model.try_solve().map_err(|status| failed(&format!("{status:?}")))?;
        let (status, solution) = (solved.status(), solved.get_solution());
        let value = solved.objective_value();
        let iterations = u64::try_from(solved.simplex_iteration_count()).unwrap_or(0);
        self.model = Some(Model::from(solved));
        if !matches!(status, HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty) {
            return Err(failed(&format!("{status:?}")));
        }
        let duals = solution.dual_rows();
        let dual = |place: usize| duals.get(place).copied().unwrap_or(0.0);
        Ok(Relaxed {
            duals: self.place.iter().map(|place| place.map_or(0.0, dual)).collect(),
            drivers: self.driver_place.iter().map(|&place| dual(place)).collect(),
            shares: solution.columns()[self.others.min(solution.columns().len())..].to_vec(),
            value,
            work: iterations + self.columns.len() as u64 / 10,
        })
    }
}
