//! The best trip first: what a careful coordinator might do with a list of every trip.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use visitrota_solver::{TripProgram, TripRow};

use crate::choice::Choice;

/// Takes the trip that earns most of those still possible, again and again, while one earns anything; trips that keep
/// a pin come before all others.
///
/// A trip earns less the more its volunteers already do, so what is looked at next may have to go back into the queue.
pub(crate) fn choose(program: &TripProgram) -> Choice {
    let mut uses = vec![Vec::new(); program.points.len()];
    let mut pinned = vec![false; program.points.len()];
    for (row, TripRow { terms, equality, .. }) in program.rows.iter().enumerate() {
        for &(trip, units) in terms {
            uses[trip].push((row, units));
            pinned[trip] |= equality;
        }
    }
    let mut used = vec![0; program.rows.len()];
    let mut chosen = Vec::new();
    let points = program.points.iter().enumerate();
    let mut queue: BinaryHeap<_> = points.map(|(trip, &points)| (pinned[trip], points, Reverse(trip))).collect();
    while let Some((pinned, points, Reverse(trip))) = queue.pop() {
        let step = |&(row, units): &(usize, i64)| program.rows[row].step_cost * used[row] * units;
        let earns = program.points[trip] - uses[trip].iter().map(step).sum::<i64>();
        let fits = uses[trip].iter().all(|&(row, units)| used[row] + units <= program.rows[row].limit);
        if !fits || (earns <= 0 && !pinned) {
            continue;
        }
        if earns < points {
            queue.push((pinned, earns, Reverse(trip)));
            continue;
        }
        uses[trip].iter().for_each(|&(row, units)| used[row] += units);
        chosen.push(trip);
    }
    Choice { chosen: Some(chosen), bound: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_best_that_is_left_and_minds_the_load() {
        let row = |trips: &[usize], most, step| TripRow {
            terms: trips.iter().map(|&trip| (trip, 1)).collect(),
            limit: most,
            equality: false,
            step_cost: step,
        };
        // Trips 0 and 1 serve the same request; 0, 2 and 3 have one volunteer, whose second trip costs 50 more.
        let rows = vec![row(&[0, 1], 1, 0), row(&[0, 2, 3], 3, 50)];
        let mut program = TripProgram { points: vec![100, 90, 60, 40], rows };
        assert_eq!(choose(&program).chosen, Some(vec![0, 2]));
        program.rows.push(TripRow { equality: true, ..row(&[3], 1, 0) });
        assert_eq!(choose(&program).chosen, Some(vec![3, 1, 2]), "a pin comes first");
    }
}
