//! The program over every trip, given to HiGHS as it stands.

use std::time::Duration;

use highs::{Col, HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};
use visitrota_solver::TripProgram;

use crate::choice::Choice;

/// For the solver's arithmetic, when its bound is rounded down to whole points.
const ROUNDING: f64 = 1e-4;

/// The best choice of trips by HiGHS with its own settings; only the gap at which it stops is 0.
pub(crate) fn choose(program: &TripProgram, limit: Duration) -> Result<Choice, String> {
    let mut model = RowProblem::default();
    let trips: Vec<Col> =
        program.points.iter().map(|&points| model.add_integer_column(float(points), 0.0..=1.0)).collect();
    for row in &program.rows {
        let mut terms: Vec<(Col, f64)> = row.terms.iter().map(|&(trip, units)| (trips[trip], float(units))).collect();
        let mut most = row.limit;
        if row.step_cost > 0 {
            // The second unit costs one step, the third two: a ladder whose cheaper rungs are climbed first.
            for n in 1..row.limit {
                terms.push((model.add_column(float(-n * row.step_cost), 0.0..=1.0), -1.0));
            }
            most = most.min(1);
        }
        if row.equality {
            model.add_row(float(most)..=float(most), terms);
        } else {
            model.add_row(..=float(most), terms);
        }
    }
    let mut model = model.optimise(Sense::Maximise);
    model.make_quiet();
    model.set_option("mip_rel_gap", 0.0);
    model.set_option("time_limit", limit.as_secs_f64());
    let solved = model.try_solve().map_err(|status| format!("HiGHS: {status:?}"))?;
    match solved.status() {
        HighsModelStatus::Optimal | HighsModelStatus::ReachedTimeLimit => {}
        HighsModelStatus::ModelEmpty => return Ok(Choice { chosen: Some(Vec::new()), bound: Some(0) }),
        other => return Err(format!("HiGHS: {other:?}")),
    }
    let found = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let solution = solved.get_solution();
    let taken = || (0..trips.len()).filter(|&trip| solution.columns()[trip] > 0.5).collect();
    let bound = solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.abs() < 9e15);
    #[expect(clippy::cast_possible_truncation, reason = "the range is tested")]
    let bound = bound.map(|bound| (bound + ROUNDING).floor() as i64);
    Ok(Choice { chosen: found.then(taken), bound })
}

#[expect(clippy::cast_precision_loss, reason = "checked problems stay far below 2^53")]
fn float(whole: i64) -> f64 {
    whole as f64
}
