//! A problem as JSON, kept as a folder, as a workbook and as JSON: each the same when it is loaded.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use visitrota::Problem;
use visitrota_fuzz::{fields, mutated, same_in_every_form, seeds, small_problems};

static FIELDS: LazyLock<Vec<String>> = LazyLock::new(|| fields(&visitrota::schema::DocumentKind::Problem.schema()));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutated(data, size, max_size, seed, &FIELDS)
});

fuzz_target!(init: seeds(small_problems), |data: &[u8]| -> Corpus {
    let Ok(problem) = Problem::from_json(data) else { return Corpus::Reject };
    same_in_every_form(&problem);
    Corpus::Keep
});
