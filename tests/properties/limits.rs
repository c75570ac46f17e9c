//! Whatever ends planning, the best rota lies between the score and the bound.

use visitrota::Problem;
use visitrota_tests::{
    Held, Oracle, TINY, any_limits, bus_problem, for_each, for_each_seed, holds_the_best, minibus_problem,
};

/// Under three limits, whatever the problem's name makes of them.
fn held(problem: &Problem, best: Option<i64>) -> Held {
    let mut random = crate::random(problem);
    (0..3).try_for_each(|_| {
        let options = any_limits(&mut random);
        holds_the_best(problem, best, &options).map_err(|fault| format!("{fault}, with {options:?}"))
    })
}

#[test]
fn small_problems() {
    for_each_seed(0..300, &TINY, |problem| held(problem, Oracle::new(problem).best()));
}

#[test]
fn buses() {
    for_each(0..120, bus_problem, |problem| held(problem, Oracle::by_sets(problem).best()));
}

#[test]
fn minibuses() {
    for_each(0..120, minibus_problem, |problem| held(problem, Oracle::by_sets(problem).best()));
}
