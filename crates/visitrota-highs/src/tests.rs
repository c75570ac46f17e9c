use std::sync::atomic::{AtomicU32, Ordering};

use highs::{HighsModelStatus, Model, RowProblem, Sense};

use super::{try_solve_until, was_stopped};

/// A knapsack of many rows, whole or not, that takes some thousand iterations.
fn model(whole: bool) -> Model {
    let mut problem = RowProblem::new();
    let columns: Vec<_> = (0..120_u32)
        .map(|at| {
            let worth = f64::from(100 + at * 7919 % 97);
            if whole { problem.add_integer_column(worth, 0.0..=1.0) } else { problem.add_column(worth, 0.0..=1.0) }
        })
        .collect();
    for row in 0..60_u32 {
        let weight = |at: u32| f64::from(20 + (at * 31 + row * 17 + at * row) % 41);
        let factors: Vec<_> = columns.iter().zip(0..).map(|(&column, at)| (column, weight(at))).collect();
        problem.add_row(..=f64::from(900 + row), factors);
    }
    let mut model = problem.optimise(Sense::Maximise);
    model.set_option("threads", 1);
    model.set_option("presolve", "off");
    model
}

#[test]
fn a_model_that_is_not_stopped_is_solved_as_ever() {
    let plain = model(false).try_solve().expect("solved");
    let asked = AtomicU32::new(0);
    let watched = try_solve_until(model(false), &|| asked.fetch_add(1, Ordering::Relaxed) == u32::MAX).expect("solved");
    assert!(asked.load(Ordering::Relaxed) > 10, "{asked:?}");
    assert_eq!(watched.status(), HighsModelStatus::Optimal);
    assert!(!was_stopped(&watched));
    assert_eq!(watched.simplex_iteration_count(), plain.simplex_iteration_count());
    assert_eq!(watched.get_solution().columns(), plain.get_solution().columns());
}

#[test]
fn a_linear_program_stops_when_told_and_can_be_solved_afterwards() {
    let asked = AtomicU32::new(0);
    let stopped = try_solve_until(model(false), &|| asked.fetch_add(1, Ordering::Relaxed) >= 5).expect("stopped");
    assert!(was_stopped(&stopped));
    let asked_before = asked.load(Ordering::Relaxed);
    let solved = Model::from(stopped).try_solve().expect("solved");
    assert_eq!(solved.status(), HighsModelStatus::Optimal);
    assert_eq!(asked.load(Ordering::Relaxed), asked_before, "nobody is asked who is gone");
}

#[test]
fn a_mixed_integer_program_stops_when_told_with_a_bound_that_holds() {
    let asked = AtomicU32::new(0);
    let stopped = try_solve_until(model(true), &|| asked.fetch_add(1, Ordering::Relaxed) >= 60).expect("stopped");
    assert!(was_stopped(&stopped), "{:?}", stopped.status());
    let bound = stopped.double_info_value(c"mip_dual_bound").expect("a bound");
    let relaxation = model(false).try_solve().expect("solved").objective_value();
    assert!(bound <= relaxation + 1e-3 || !bound.is_finite(), "{bound} of {relaxation}");
}

#[test]
fn a_panic_passes_through() {
    let passed = std::panic::catch_unwind(|| try_solve_until(model(false), &|| panic!("asked")).map(drop));
    assert_eq!(passed.expect_err("a panic").downcast_ref(), Some(&"asked"));
}
