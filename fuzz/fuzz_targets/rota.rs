//! A rota as JSON: read, written, held against the rules of problems that it is of or not, and made papers of.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use visitrota::{Options, Rota};
use visitrota_fuzz::{fields, fixed, fixture, held_against_rules, mutated, papers, planned, seeds, tiny};

static FIELDS: LazyLock<Vec<String>> = LazyLock::new(|| fields(&visitrota::schema::DocumentKind::Rota.schema()));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutated(data, size, max_size, seed, &FIELDS)
});

fuzz_target!(init: seeds(rotas), |data: &[u8]| -> Corpus {
    let Ok(rota) = Rota::from_json(data) else { return Corpus::Reject };
    for problem in fixed() {
        let verdict = held_against_rules(problem, &rota);
        let _ = visitrota::check_rota(problem, &rota);
        papers(problem, &rota, verdict.broken.is_empty());
        let known = rota.trips.iter().all(|trip| problem.slots.iter().any(|slot| slot.id == trip.slot));
        if known && rota.trips.iter().any(|trip| trip.stops.is_empty()) {
            let filled = visitrota::fill_in_times(problem, &rota, &Options::default()).expect("the problem is sound");
            held_against_rules(problem, &filled);
        }
    }
    Corpus::Keep
});

fn rotas() -> Vec<Vec<u8>> {
    let tiny = planned(tiny()).expect("the fixture has a rota");
    let mut bare = tiny.clone();
    bare.trips.iter_mut().for_each(|trip| trip.stops.clear());
    let mut found: Vec<_> = [tiny, bare].iter().map(|rota| serde_json::to_vec(rota).expect("a rota")).collect();
    found.push(fixture("south-wales/rota.json"));
    found.push(fixture("clock-change/rota.json"));
    found
}
