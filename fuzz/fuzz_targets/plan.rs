//! A small problem without errors, planned: the rota keeps the rules, and papers can be made of it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use visitrota::{Checks, Finding, Problem};
use visitrota_fuzz::{fields, mutated, papers, planned, seeds, small_problems};

static FIELDS: LazyLock<Vec<String>> = LazyLock::new(|| fields(&visitrota::schema::DocumentKind::Problem.schema()));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutated(data, size, max_size, seed, &FIELDS)
});

fuzz_target!(init: seeds(small_problems), |data: &[u8]| -> Corpus {
    let Ok(problem) = Problem::from_json(data) else { return Corpus::Reject };
    if !is_small(&problem) || visitrota::check(&problem, &Checks::document()).iter().any(Finding::is_error) {
        return Corpus::Reject;
    }
    if let Some(rota) = planned(&problem) {
        papers(&problem, &rota, true);
    }
    Corpus::Keep
});

/// Whether it is planned in a moment.
fn is_small(problem: &Problem) -> bool {
    problem.requests.len() <= 6 && problem.volunteers.len() <= 6 && problem.slots.len() <= 4
}
