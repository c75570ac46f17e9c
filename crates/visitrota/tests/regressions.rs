//! Problems that once were planned or explained wrongly.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::time::Duration;

use visitrota::{
    Error, Options, Problem, Rota, load, plan,
    rota::{Reason, Rule, Status},
};

fn problem(name: &str) -> Problem {
    load(format!("{}/../../fixtures/regressions/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn blamed(rota: &Rota) -> Vec<&Reason> {
    rota.unmet.iter().flat_map(|unmet| &unmet.reasons).collect()
}

/// The order of stops with the least driving calls in the hour that the clocks show twice; another does not.
#[test]
fn an_order_that_the_repeated_hour_leaves_is_found() {
    let mut problem = problem("repeated-hour");
    let rota = plan(&problem, &Options::default()).unwrap();
    assert_eq!((rota.score, rota.status), (19_730, Status::Optimal));
    let request = problem.requests[1].id.clone();
    problem.pins = vec![visitrota::problem::Pin::new(request)];
    assert_eq!(plan(&problem, &Options::default()).unwrap().score, 19_730);
}

#[test]
fn a_gate_in_the_repeated_hour_is_not_blamed_on_the_driver() {
    let rota = plan(&problem("gate-in-the-repeated-hour"), &Options::default()).unwrap();
    let repeated = Reason::Blocked { rule: Rule::RepeatedHour, times: 1 };
    assert_eq!(blamed(&rota), [&repeated, &repeated]);
}

#[test]
fn of_two_limits_that_both_stop_a_trip_one_is_blamed() {
    let rota = plan(&problem("two-limits"), &Options::default()).unwrap();
    assert_eq!(blamed(&rota), [&Reason::Blocked { rule: Rule::RideTime, times: 1 }]);
}

#[test]
fn a_request_that_costs_more_than_it_brings_is_said_to() {
    let mut problem = problem("../tiny/problem");
    problem.requests[3].extra_points = -20_000;
    let rota = plan(&problem, &Options::default()).unwrap();
    assert_eq!(blamed(&rota), [&Reason::CostsTooMuch]);
}

/// One bus, fourteen families, up to eight of them in it: far more groups than can be looked at in a moment.
#[test]
fn without_time_there_is_a_bound_all_the_same() {
    match plan(&problem("minibus"), &Options::default().time_limit(Duration::from_millis(50))) {
        Ok(rota) => {
            assert_eq!(rota.status, Status::Feasible);
            assert!(rota.bound.is_some_and(|bound| bound > rota.score));
        }
        Err(error) => assert!(matches!(error, Error::Stopped { bound: 1.. }), "{error}"),
    }
    let options = Options::default();
    options.cancel().cancel();
    assert!(matches!(plan(&problem("minibus"), &options), Err(Error::Stopped { bound: 1.. })));
}

/// R4 can ride only in the company of R2, which is pinned elsewhere: either pin alone could hold.
#[test]
fn pins_that_contradict_each_other_through_a_shared_car_are_both_named() {
    match plan(&problem("pins-in-company"), &Options::default()) {
        Err(visitrota::Error::ImpossiblePins { requests }) => assert_eq!(requests, ["R2", "R4"].map(Into::into)),
        other => panic!("{other:?}"),
    }
}
