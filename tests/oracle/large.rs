//! Large groups: buses and minibuses, whose trips are generated as they are needed.

use visitrota::{Options, Problem};
use visitrota_tests::{Oracle, as_the_oracle, bus_problem, for_each, minibus_problem};

fn held(problem: &Problem) -> Result<(), String> {
    let options = Options::default().few_trips(0);
    as_the_oracle(problem, &Oracle::by_sets(problem), &options).map(drop).map_err(String::from)
}

#[test]
fn buses() {
    for_each(0..300, bus_problem, held);
}

#[test]
fn minibuses() {
    for_each(0..200, minibus_problem, held);
}
