//! A problem as JSON: read, checked and written again.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use visitrota::files::Document;
use visitrota_fuzz::{fields, json_problems, mutated, read_and_checked, seeds};

static FIELDS: LazyLock<Vec<String>> = LazyLock::new(|| fields(&visitrota::schema::DocumentKind::Problem.schema()));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutated(data, size, max_size, seed, &FIELDS)
});

fuzz_target!(init: seeds(json_problems), |data: &[u8]| {
    // What begins as a workbook has a target of its own.
    if !data.starts_with(b"PK") {
        read_and_checked(|| Document::of(data, None));
    }
});
