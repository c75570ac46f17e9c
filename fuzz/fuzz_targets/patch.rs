//! A JSON Patch of a problem: what comes of it is a problem, or it is refused.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use visitrota::{
    Checks,
    answers::{Change, Limit},
    problem::Patch,
};
use visitrota_fuzz::{mutated, same_in_json, seeds, tiny};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let words = ["op", "path", "from", "value"].map(str::to_owned);
    mutated(data, size, max_size, seed, &words)
});

fuzz_target!(init: seeds(patches), |data: &[u8]| -> Corpus {
    let Ok(patch) = serde_json::from_slice::<Patch>(data) else { return Corpus::Reject };
    let patched = visitrota::apply(tiny(), &patch);
    match (&patched, visitrota::apply(tiny(), &patch)) {
        (Ok(one), Ok(two)) => assert_eq!(*one, two, "the same patch makes another problem"),
        (Err(one), Err(two)) => assert_eq!(one.to_string(), two.to_string(), "the same patch is refused otherwise"),
        (one, two) => panic!("the same patch fits and does not: {one:?}, {two:?}"),
    }
    if let Ok(problem) = patched {
        let _ = visitrota::check(&problem, &Checks::document());
        same_in_json(&problem);
    }
    Corpus::Keep
});

fn patches() -> Vec<Vec<u8>> {
    let window = tiny().volunteers[0].available[0];
    let changes = [
        Change::Free { person: "V1".into(), window },
        Change::Stretch { volunteer: "V1".into(), limit: Limit::Trips, was: 1, to: 2 },
        Change::Unpin { request: "R1".into() },
        Change::Tables { slot: "sat-am".into(), was: 2, to: 3 },
    ];
    let made = changes.iter().filter_map(|change| visitrota::patch(std::slice::from_ref(change), tiny()));
    let mut found: Vec<_> = made.map(|patch| serde_json::to_vec(&patch).expect("a patch")).collect();
    found.push(
        br#"[{"op":"move","from":"/volunteers/0","path":"/volunteers/2"},
            {"op":"copy","from":"/families/0/members","path":"/families/1/members"},
            {"op":"remove","path":"/requests/0"},{"op":"add","path":"/pairs/-","value":{"a":"F1","b":"F2","rule":"never"}}]"#
            .to_vec(),
    );
    found
}
