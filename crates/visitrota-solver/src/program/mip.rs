//! Mixed-integer programming: a [`Program`] as a whole, solved by HiGHS or microlp through `good_lp`.

use good_lp::{Expression, ProblemVariables, SolverModel, Variable, constraint, variable};

use crate::failure::Failure;
use crate::lp::float;
use crate::program::Program;

/// A solver's answer.
#[derive(Debug, Clone)]
pub(crate) struct MipSolution {
    /// The best choice found; none if none was found.
    pub(crate) chosen: Option<Vec<bool>>,
    /// Points that no choice exceeds, by the solver's proof; none if it proved nothing.
    pub(crate) bound: Option<i64>,
}

/// A program as a model of `good_lp`.
struct BuiltModel<M> {
    model: M,
    /// The variables of the program's choices; they come first in the model.
    choices: Vec<Variable>,
    /// What the other variables, which come next, stand for.
    #[cfg_attr(not(feature = "highs"), expect(dead_code, reason = "microlp takes no starting solution"))]
    extras: Vec<AuxiliaryVariable>,
}

/// A variable that is not a choice.
#[cfg_attr(not(feature = "highs"), expect(dead_code, reason = "microlp takes no starting solution"))]
enum AuxiliaryVariable {
    /// Whether a row is used; by the row's position.
    Used(usize),
    /// Whether more than so many units of a row are used; by the row's position.
    Step(usize, i64),
}

fn build<M: SolverModel>(
    program: &Program,
    solver: impl FnOnce(good_lp::variable::UnsolvedProblem) -> M,
) -> BuiltModel<M> {
    let mut variables = ProblemVariables::new();
    let mut objective = Expression::with_capacity(program.points.len());
    let choices: Vec<Variable> = program
        .points
        .iter()
        .map(|&points| {
            let choice = variables.add(variable().binary());
            objective.add_mul(float(points), choice);
            choice
        })
        .collect();
    let mut extras = Vec::new();
    let mut constraints = Vec::with_capacity(program.rows.len());
    for (at, row) in program.rows.iter().enumerate() {
        let mut sum = Expression::with_capacity(row.terms.len() + 1);
        for &(choice, units) in &row.terms {
            sum.add_mul(float(units), choices[choice.at()]);
        }
        if row.step_cost > 0 {
            // Steps grow dearer from unit to unit, so the cheaper ones are climbed first, and wholly.
            for n in 1..row.limit {
                let step = variables.add(variable().min(0).max(1));
                objective.add_mul(float(-n * row.step_cost), step);
                sum.add_mul(-1.0, step);
                extras.push(AuxiliaryVariable::Step(at, n));
            }
            constraints.push(constraint::leq(sum, float(row.limit.min(1))));
        } else if row.is_equality() {
            constraints.push(constraint::eq(sum, float(row.limit)));
        } else if row.limit == 1 && row.terms.iter().all(|(_, units)| *units == 1) {
            // Whether a family visits at all, or a driver drives, is whole however many trips share the decision. The
            // solver does not see that by itself: with these variables to cut and branch on, it takes a third of the
            // time.
            let used = variables.add(variable().binary());
            sum.add_mul(-1.0, used);
            extras.push(AuxiliaryVariable::Used(at));
            constraints.push(constraint::eq(sum, 0.0));
        } else {
            constraints.push(constraint::leq(sum, float(row.limit)));
        }
    }
    let mut model = solver(variables.maximise(objective));
    for constraint in constraints {
        model.add_constraint(constraint);
    }
    BuiltModel { model, choices, extras }
}

/// Solves a program while there are seconds left. `start` is a choice to improve on.
///
/// `good_lp` keeps HiGHS's bound to itself, so it builds the model only: the model is taken out of it and solved.
#[cfg(feature = "highs")]
pub(crate) fn solve(
    program: &Program,
    start: Option<&[bool]>,
    seconds_left: &(dyn Fn() -> f64 + Sync),
) -> Result<MipSolution, Failure> {
    use highs::{HighsModelStatus, HighsSolutionStatus};

    use crate::lp::failed;

    /// Added to the solver's bound before it is rounded down to whole points: far above the error of the solver's
    /// arithmetic, far below a point.
    const ROUNDING: f64 = 1e-4;

    if program.rows.is_empty() {
        return Ok(without_rows(program));
    }
    let BuiltModel { model, choices, extras } = build(program, good_lp::highs);
    let mut model = model.try_into_inner().map_err(|error| failed(&error.to_string()))?;
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("parallel", "off");
    // Presolve takes longer here than it saves. So does a feasibility jump: there is a starting solution.
    model.set_option("presolve", "off");
    model.set_option("mip_heuristic_run_feasibility_jump", false);
    model.set_option("mip_rel_gap", 0.0);
    // Scores are whole: a gap below one point is none.
    model.set_option("mip_abs_gap", 0.99);
    // Strong branching and sub-problems take longer than the nodes that they save.
    model.set_option("mip_pscost_minreliable", 0);
    model.set_option("mip_heuristic_effort", 0.0);
    model.set_option("mip_heuristic_run_rins", false);
    model.set_option("mip_heuristic_run_rens", false);
    model.set_option("mip_heuristic_run_root_reduced_cost", false);
    if let Some(start) = start {
        let extras = extras.iter().map(|extra| match *extra {
            AuxiliaryVariable::Used(row) => program.rows[row].used(start) > 0,
            AuxiliaryVariable::Step(row, n) => program.rows[row].used(start) > n,
        });
        let values: Vec<f64> = start.iter().copied().chain(extras).map(|taken| f64::from(u8::from(taken))).collect();
        model.set_solution(Some(&values), None, None, None);
    }
    let solved = visitrota_highs::try_solve_until(model, &|| seconds_left() <= 0.0);
    let solved = solved.map_err(|status| failed(&format!("{status:?}")))?;
    match solved.status() {
        HighsModelStatus::Optimal | HighsModelStatus::ReachedInterrupt | HighsModelStatus::ReachedSolutionLimit => {}
        // Once it has been told to stop, only what it proved before counts.
        HighsModelStatus::Infeasible if seconds_left() <= 0.0 => return Ok(MipSolution { chosen: None, bound: None }),
        HighsModelStatus::Infeasible => return Err(Failure::Infeasible),
        other => return Err(failed(&format!("{other:?}"))),
    }
    let is_feasible = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let values = solved.get_solution();
    let chosen = is_feasible.then(|| choices.iter().zip(values.columns()).map(|(_, &value)| value > 0.5).collect());
    let bound = solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.abs() < 9e15);
    #[expect(clippy::cast_possible_truncation, reason = "the range is tested")]
    let bound = bound.map(|bound| (bound + ROUNDING).floor() as i64);
    Ok(MipSolution { chosen, bound })
}

/// Solves a program while there are seconds left. microlp takes no starting solution, and looks at its time limit alone:
/// where planning is cancelled, it is solved to its end.
#[cfg(not(feature = "highs"))]
pub(crate) fn solve(
    program: &Program,
    _start: Option<&[bool]>,
    seconds_left: &(dyn Fn() -> f64 + Sync),
) -> Result<MipSolution, Failure> {
    use good_lp::{ResolutionError, Solution, SolutionStatus, WithTimeLimit};

    /// A longer time limit is none: microlp adds it to the time of the day.
    const LONGEST_SECONDS: f64 = 1e9;

    if program.rows.is_empty() {
        return Ok(without_rows(program));
    }
    let BuiltModel { model, choices, .. } = build(program, good_lp::microlp);
    let seconds = seconds_left();
    let model = if seconds < LONGEST_SECONDS { model.with_time_limit(seconds.max(0.001)) } else { model };
    match model.solve() {
        Ok(solution) => {
            let chosen: Vec<bool> = choices.iter().map(|&choice| solution.value(choice) > 0.5).collect();
            let bound = matches!(solution.status(), SolutionStatus::Optimal).then(|| program.value(&chosen));
            Ok(MipSolution { chosen: Some(chosen), bound })
        }
        Err(ResolutionError::Infeasible) => Err(Failure::Infeasible),
        // It says in words alone that its time was up.
        Err(_) if seconds_left() <= 0.0 => Ok(MipSolution { chosen: None, bound: None }),
        Err(error) => Err(Failure::Solver(format!("microlp: {error}"))),
    }
}

/// The solution of a program without rows: whatever earns something is taken.
fn without_rows(program: &Program) -> MipSolution {
    let chosen: Vec<bool> = program.points.iter().map(|points| *points > 0).collect();
    let bound = Some(program.value(&chosen));
    MipSolution { chosen: Some(chosen), bound }
}
