//! Large groups: buses and minibuses, whose trips are generated as they are needed.

use std::num::NonZeroUsize;

use visitrota::{Options, Problem};
use visitrota_tests::{Held, Oracle, as_the_oracle, bus_problem, for_each, minibus_problem};

/// One thread for each: the problems are planned on all cores.
fn held(problem: &Problem) -> Held {
    let options = Options::default().few_trips(0).threads(NonZeroUsize::MIN);
    Ok(as_the_oracle(problem, &Oracle::by_sets(problem), &options).map(drop)?)
}

#[test]
fn buses() {
    for_each(0..150, bus_problem, held);
}

#[test]
fn minibuses() {
    for_each(0..100, minibus_problem, held);
}

/// The best of a problem is known, so that a change of what makes problems does not go unseen here.
fn held_with(seed: u64, best: i64) {
    assert_eq!(Oracle::by_sets(&bus_problem(seed)).best(), Some(best), "the bus of seed {seed} is another now");
    for_each(seed..seed + 1, bus_problem, held);
}

/// A rota was found that scored a point more than what was said to be the most: planning failed.
#[test]
fn a_bus_better_than_its_bound() {
    held_with(34, 79_213);
}

/// These were called proven best a point below the best.
#[test]
fn buses_a_point_below_the_best() {
    held_with(69, 49_781);
    held_with(121, 79_409);
    held_with(185, 79_356);
}
