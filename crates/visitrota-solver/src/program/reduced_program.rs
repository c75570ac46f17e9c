//! A program made smaller by cuts and reduced-cost fixing.
//!
//! Cuts bring the bound down, and reduced costs fix most choices (H. Crowder, E. L. Johnson and M. Padberg, Solving
//! large-scale zero-one linear programming problems, Operations Research 31, 1983).

use crate::failure::Failure;
use crate::instance::index::ChoiceIx;
use crate::program::Program;
use crate::program::lp_formulation::LpSolution;
use crate::program::lp_relaxation::LpRelaxation;
use crate::program::scaled_points::ScaledPoints;
use crate::stop::Stop;

/// A program without the choices that no solution above the cutoff takes.
#[derive(Debug)]
pub(crate) struct ReducedProgram {
    /// The choices that are left, by their positions in the original program.
    pub(crate) choices: Vec<ChoiceIx>,
    /// The program over them, with the cuts that the bound rests on.
    pub(crate) program: Program,
    /// A bound on every solution above the cutoff.
    pub(super) upper_bound: ScaledPoints,
}

impl ReducedProgram {
    /// The choices that a solution takes, by their positions in the original program.
    pub(crate) fn original_choices(&self, taken: &[bool]) -> impl Iterator<Item = ChoiceIx> {
        self.choices.iter().zip(taken).filter(|(_, taken)| **taken).map(|(&choice, _)| choice)
    }
}

/// Shrinks a program by rounds of cuts and reduced-cost fixing, until they are idle: choices that no solution above the
/// cutoff takes are left out.
///
/// # Errors
/// [`Failure::OutOfTime`] if planning had to end before.
pub(crate) fn cut_and_fix(program: &Program, cutoff: i64, stop: Stop<'_>) -> Result<ReducedProgram, Failure> {
    /// Idle rounds in a row that end cutting, and rounds in all: enough to see the bound past rounds that gain nothing,
    /// few enough that the relaxation does not grow for nothing.
    const MAX_IDLE_ROUNDS: u32 = 6;
    const MAX_ROUNDS: u32 = 10;
    /// A round is idle unless the bound falls by more than 1/`TAIL` of its distance from the cutoff, or a choice is
    /// fixed. Small: a round costs milliseconds, since no trips are priced, and every choice fixed saves branches.
    const TAIL: i128 = 300;
    /// Terms of cuts that end cutting. Large programs grew by cuts until their relaxations were too slow to branch on:
    /// this leaves room for hundreds of dense cuts over a thousand choices.
    const MAX_CUT_TERMS: usize = 250_000;
    let mut relaxation = LpRelaxation::new(program, stop);
    let mut best: Option<LpSolution> = None;
    let mut idle_rounds = 0;
    for _ in 0..MAX_ROUNDS {
        let Some(solution) = relaxation.solve(cutoff)? else { break };
        let fixed_any = relaxation.fix_by_reduced_cost(&solution, cutoff);
        let fell = best.as_ref().is_none_or(|best| solution.upper_bound.fell_since(best.upper_bound, cutoff, TAIL));
        idle_rounds = match (fell, fixed_any) {
            (true, _) => 0,
            (false, true) => idle_rounds.min(MAX_IDLE_ROUNDS - 1),
            (false, false) => idle_rounds + 1,
        };
        let worth_cutting = solution.upper_bound.exceeds(cutoff)
            && idle_rounds < MAX_IDLE_ROUNDS
            && relaxation.cut_terms() < MAX_CUT_TERMS;
        let added_cuts = worth_cutting && !stop.now() && relaxation.separate_cuts(&solution)?;
        if best.as_ref().is_none_or(|best| solution.upper_bound < best.upper_bound) {
            best = Some(solution);
        }
        if !added_cuts {
            break;
        }
    }
    let best = best.ok_or(Failure::OutOfTime)?;
    let choices = relaxation.remaining_choices();
    let mut with_cuts = program.clone();
    relaxation.export_cuts(&best, &mut with_cuts);
    Ok(ReducedProgram { program: with_cuts.restricted_to(&choices), choices, upper_bound: best.upper_bound })
}
