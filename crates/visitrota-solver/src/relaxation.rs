//! The linear relaxation over drivers' weeks, kept live in HiGHS as weeks are added.
//!
//! Dantzig and Wolfe's master: a column for each week generated so far, the linking rows, and a row for each driver
//! that allows at most one week.

use highs::{ColProblem, HighsModelStatus, Model, Row, Sense, SolvedModel};

use crate::blocks::{Blocks, Week};
use crate::mip::Failure;

/// The relaxation over the weeks added so far.
pub(crate) struct Relaxation {
    model: Option<Model>,
    /// For each of the program's rows, its row here if it links drivers.
    rows: Vec<Option<Row>>,
    drivers: Vec<Row>,
    /// The weeks added, each with its driver's position.
    pub(crate) weeks: Vec<(usize, Week)>,
}

/// A solution of the relaxation.
pub(crate) struct Relaxed {
    /// The dual of each of the program's rows; 0 for the rows that link no drivers.
    pub(crate) duals: Vec<f64>,
    /// The dual of each driver's row.
    pub(crate) drivers: Vec<f64>,
}

impl Relaxation {
    pub(crate) fn new(blocks: &Blocks<'_>) -> Self {
        let mut problem = ColProblem::new();
        let mut rows = Vec::with_capacity(blocks.links.len());
        for (row, &link) in blocks.program.rows.iter().zip(&blocks.links) {
            let free = float(if row.step > 0 { row.most.min(1) } else { row.most });
            rows.push(link.then(|| if row.exactly { problem.add_row(free..=free) } else { problem.add_row(..=free) }));
        }
        let drivers: Vec<_> = blocks.drivers.iter().map(|_| problem.add_row(..=1.0)).collect();
        let total: i64 = blocks.program.points.iter().map(|points| points.abs()).sum();
        for (facts, row) in blocks.program.rows.iter().zip(&rows) {
            let Some(row) = row else { continue };
            if facts.step > 0 {
                for n in 1..facts.most {
                    problem.add_column(-float(n * facts.step), 0.0..=1.0, [(*row, -1.0)]);
                }
            }
            if facts.exactly {
                // Stands in until weeks that use the row are there; too dear to stay where they can.
                problem.add_column(-float(total + 1), 0.0.., [(*row, 1.0)]);
            }
        }
        let mut model = problem.optimise(Sense::Maximise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("presolve", "off");
        model.set_option("solver", "simplex");
        Self { model: Some(model), rows, drivers, weeks: Vec::new() }
    }

    /// Adds a week of the driver at a position.
    pub(crate) fn add(&mut self, blocks: &Blocks<'_>, driver: usize, week: Week) -> Result<(), Failure> {
        let factors: Vec<_> = blocks
            .linking_uses(&week)
            .into_iter()
            .filter_map(|(row, units)| Some((self.rows[row]?, float(units))))
            .chain([(self.drivers[driver], 1.0)])
            .collect();
        let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
        model.try_add_column(float(week.points), 0.0.., factors).map_err(|status| failed(&format!("{status:?}")))?;
        self.weeks.push((driver, week));
        Ok(())
    }

    pub(crate) fn solve(&mut self) -> Result<Relaxed, Failure> {
        let model = self.model.take().ok_or_else(|| failed("lost its model"))?;
        let solved: SolvedModel = model.try_solve().map_err(|status| failed(&format!("{status:?}")))?;
        let (status, solution) = (solved.status(), solved.get_solution());
        self.model = Some(Model::from(solved));
        if !matches!(status, HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty) {
            return Err(failed(&format!("{status:?}")));
        }
        // In the order in which the rows were added: the linking ones, then the drivers'.
        let mut duals = solution.dual_rows().iter().copied();
        Ok(Relaxed {
            duals: self.rows.iter().map(|row| row.and_then(|_| duals.next()).unwrap_or(0.0)).collect(),
            drivers: duals.collect(),
        })
    }
}

fn failed(what: &str) -> Failure {
    Failure::Solver(format!("HiGHS: {what}"))
}

#[expect(clippy::cast_precision_loss, reason = "checked problems stay far below 2^53")]
fn float(whole: i64) -> f64 {
    whole as f64
}
