//! Solving a program by its connected components: those share no row, so each is solved alone, to a proven optimum.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::failure::Failure;
use crate::instance::index::ChoiceIx;
use crate::program::mip;
use crate::program::{Component, Program, RowKind};

/// The best choice found, and the bound proven.
#[derive(Clone, Debug)]
pub(crate) struct ProgramSolution {
    /// Whether each choice is taken in the best rota found.
    pub(crate) chosen: Vec<bool>,
    /// Points that no choice exceeds.
    pub(crate) bound: i64,
}

/// Asks for the seconds left.
pub(crate) type SecondsLeft<'a> = &'a (dyn Fn() -> f64 + Sync);

/// The best choice of a program's trips, proven if time allows. It begins with those preferred, as far as the rows allow;
/// none are where the list is empty.
///
/// # Errors
/// [`Failure::Infeasible`] if nothing satisfies the rows; [`Failure::OutOfTime`] if nothing was found that does.
pub(crate) fn solve(
    program: &Program,
    preferred: &[bool],
    seconds_left: SecondsLeft<'_>,
) -> Result<ProgramSolution, Failure> {
    let is_preferred = |choice: &ChoiceIx| preferred.get(choice.at()).copied().unwrap_or(false);
    let mut whole = ProgramSolution { chosen: vec![false; program.points.len()], bound: 0 };
    let components = program.components()?;
    let solved = |component: &Component| {
        let preferred: Vec<bool> = component.choices.iter().map(is_preferred).collect();
        solve_component(&component.program, &preferred, seconds_left)
    };
    let solutions: Vec<_> = components.par_iter().map(solved).collect();
    for (component, solution) in components.iter().zip(solutions) {
        let ProgramSolution { chosen, bound } = solution?;
        whole.bound += bound;
        for (&choice, chosen) in component.choices.iter().zip(chosen) {
            whole.chosen[choice.at()] = chosen;
        }
    }
    Ok(whole)
}

/// A greedy solution: those preferred first, and the most valuable choices of each kind before the others, as far as the
/// rows allow. None if that leaves an equality unmet.
pub(crate) fn greedy(program: &Program, preferred: &[bool]) -> Option<Vec<bool>> {
    let mut order: Vec<usize> = (0..program.points.len()).filter(|&choice| program.points[choice] > 0).collect();
    let is_preferred = |choice: usize| preferred.get(choice).copied().unwrap_or(false);
    order.sort_by_key(|&choice| (!is_preferred(choice), Reverse(program.points[choice]), choice));
    let uses = program.uses();
    let mut used = vec![0; program.rows.len()];
    let mut chosen = vec![false; program.points.len()];
    // A choice that must go together with others is not made without them.
    let is_linked = |choice: usize| uses[choice].iter().any(|&(row, _)| program.rows[row].kind == RowKind::Link);
    for choice in order.into_iter().filter(|&choice| !is_linked(choice)) {
        let fits = uses[choice].iter().all(|&(row, units)| used[row] + units <= program.rows[row].limit);
        let added_cost = |&(row, units): &(usize, i64)| {
            program.rows[row].cost(used[row] + units) - program.rows[row].cost(used[row])
        };
        if fits && program.points[choice] > uses[choice].iter().map(added_cost).sum() {
            chosen[choice] = true;
            uses[choice].iter().for_each(|&(row, units)| used[row] += units);
        }
    }
    program.allows(&chosen).then_some(chosen)
}

/// A bound without any work: what all choices of positive points earn together.
fn crude_bound(program: &Program) -> i64 {
    program.points.iter().filter(|points| **points > 0).sum()
}

fn solve_component(
    program: &Program,
    preferred: &[bool],
    seconds_left: SecondsLeft<'_>,
) -> Result<ProgramSolution, Failure> {
    let from_given = preferred.contains(&true).then(|| greedy(program, preferred)).flatten();
    let greedy = [greedy(program, &[]), from_given].into_iter().flatten().max_by_key(|chosen| program.value(chosen));
    let solution = mip::solve(program, greedy.as_deref(), seconds_left)?;
    // A solver's answer is worth no more than it adds up to by the rows.
    let valid = [solution.chosen, greedy].into_iter().flatten().filter(|chosen| program.allows(chosen));
    let chosen = valid.max_by_key(|chosen| program.value(chosen)).ok_or(Failure::OutOfTime)?;
    let (bound, value) = (solution.bound.unwrap_or_else(|| crude_bound(program)), program.value(&chosen));
    // One point may be the solver's arithmetic; more is a proof that does not hold.
    if bound < value - 1 {
        return Err(Failure::Solver(format!("a proof does not hold: a bound of {bound} is below {value}")));
    }
    Ok(ProgramSolution { chosen, bound: bound.max(value) })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::instance::index::ChoiceIx;
    use crate::program::Row;
    use crate::samples::draws;

    /// A small program of random trips and rows, the same for the same seed.
    pub(crate) fn random(seed: u64) -> Program {
        let mut below = draws(seed);
        let trips = 4 + below(9) as usize;
        let max_trips: Vec<usize> = (0..3).map(|_| 1 + below(3) as usize).collect();
        let drivers: Vec<usize> = (0..trips).map(|_| below(3) as usize).collect();
        let points = (0..trips).map(|_| below(120) as i64 - 20).collect();
        let mut rows: Vec<Row> = (0..3)
            .map(|driver| {
                let terms =
                    (0..trips).filter(|&trip| drivers[trip] == driver).map(|trip| (ChoiceIx::new(trip), 1)).collect();
                Row { step_cost: below(2) as i64 * 7, ..Row::new(terms, max_trips[driver] as i64) }
            })
            .collect();
        for _ in 0..2 + below(5) {
            let terms: Vec<(ChoiceIx, i64)> =
                (0..trips).map(|trip| (ChoiceIx::new(trip), [0, 0, 0, 1, 1, 1, 1, 1, 2][below(9) as usize])).collect();
            let terms: Vec<_> = terms.into_iter().filter(|(_, units)| *units > 0).collect();
            let limit = 1 + below(4) as i64;
            let kind = if below(6) == 0 { RowKind::Pin } else { RowKind::Limit };
            let step_cost = if kind == RowKind::Limit && below(4) == 0 && terms.iter().all(|(_, units)| *units == 1) {
                5
            } else {
                0
            };
            rows.push(Row { kind, step_cost, ..Row::new(terms, limit) });
        }
        Program::of(points, rows)
    }

    /// The most points of any choice, by trying all of them.
    pub(crate) fn brute_force(program: &Program) -> Option<i64> {
        (0..1_u32 << program.points.len())
            .map(|bits| (0..program.points.len()).map(|at| bits >> at & 1 == 1).collect::<Vec<_>>())
            .filter(|chosen| program.allows(chosen))
            .map(|chosen| program.value(&chosen))
            .max()
    }

    pub(crate) fn same_as_brute_force(by: impl Fn(&Program) -> Result<ProgramSolution, Failure>) {
        let mut contradictions = 0;
        for seed in 1..400 {
            let program = random(seed);
            match (by(&program), brute_force(&program)) {
                (Ok(outcome), Some(best)) => {
                    assert!(program.allows(&outcome.chosen), "seed {seed}");
                    assert_eq!((program.value(&outcome.chosen), outcome.bound), (best, best), "seed {seed}");
                }
                (Err(Failure::Infeasible), None) => contradictions += 1,
                (got, want) => panic!("seed {seed}: {got:?}, not {want:?}"),
            }
        }
        assert!((10..200).contains(&contradictions), "{contradictions} programs contradict themselves");
    }

    #[test]
    fn the_best_choice_is_found_and_proven() {
        same_as_brute_force(|program| solve(program, &[], &|| f64::INFINITY));
    }

    #[test]
    fn without_time_there_is_a_choice_and_a_bound_all_the_same() {
        for seed in 1..100 {
            let program = random(seed);
            if let (Ok(outcome), Some(best)) = (solve(&program, &[], &|| 0.0), brute_force(&program)) {
                assert!(program.allows(&outcome.chosen), "seed {seed}");
                assert!((program.value(&outcome.chosen)..=outcome.bound).contains(&best), "seed {seed}");
            }
        }
    }
}
