//! The structure that ARCHITECTURE.md draws: a dependency points along the drawing, never back. Between crates it is
//! read from their manifests, between the files of a crate from the paths that they write.

mod api;
mod circle;
mod crates;
mod examples;
mod module;
mod parse;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use api::{KNOWN, Shown, imported};
use circle::circles;
use crates::{crates, dependencies};
use parse::Sources;

/// The drawing: what each crate may depend on, apart from what only its own tests need.
const ALONG: [(&str, &[&str]); 11] = [
    ("visitrota-postcodes", &[]),
    ("visitrota-csv", &[]),
    ("visitrota-model", &["visitrota-postcodes"]),
    ("visitrota-travel", &["visitrota-model"]),
    ("visitrota-generate", &["visitrota-model"]),
    ("visitrota-files", &["visitrota-csv", "visitrota-model", "visitrota-postcodes"]),
    ("visitrota-report", &["visitrota-csv", "visitrota-model", "visitrota-postcodes"]),
    ("visitrota-highs", &[]),
    ("visitrota-solver", &["visitrota-highs", "visitrota-model", "visitrota-travel"]),
    (
        "visitrota",
        &[
            "visitrota-files",
            "visitrota-generate",
            "visitrota-model",
            "visitrota-postcodes",
            "visitrota-report",
            "visitrota-solver",
            "visitrota-travel",
        ],
    ),
    ("visitrota-cli", &["visitrota"]),
];

#[test]
fn crates_depend_along_the_drawing() {
    let crates = crates();
    let names: Vec<_> = crates.iter().map(|(name, _)| name.as_str()).collect();
    for (name, folder) in &crates {
        let Some((_, allowed)) = ALONG.iter().find(|(of, _)| of == name) else {
            panic!("The crate {name} is not in the drawing. Add it to ALONG, and to ARCHITECTURE.md.");
        };
        for other in dependencies(folder).iter().filter(|other| names.contains(&other.as_str())) {
            assert!(
                allowed.contains(&other.as_str()),
                "{name} depends on {other}, against the drawing in ARCHITECTURE.md: its Cargo.toml may name {allowed:?}."
            );
        }
    }
    for (name, _) in ALONG {
        assert!(names.contains(&name), "The drawing has a crate {name} that is not there.");
    }
}

#[test]
fn the_drawing_has_no_circle() {
    for (at, (name, allowed)) in ALONG.iter().enumerate() {
        for other in *allowed {
            assert!(
                ALONG[..at].iter().any(|(before, _)| before == other),
                "{name} may depend on {other}, drawn after it"
            );
        }
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut report = String::new();
    for (name, folder) in crates() {
        let found = described_circles(&folder);
        if !found.is_empty() {
            report += &format!("\nIn {name}:\n{}", found.join("\n"));
        }
    }
    assert!(
        report.is_empty(),
        "Files use each other in a circle. Move what they share into a file that uses neither.\n{report}"
    );
}

/// Everything of the crate's own is found: what is not found could hide a circle.
#[test]
fn every_path_is_found() {
    for (name, folder) in crates() {
        let lost = resolve::uses(&Sources::of_crate(&folder)).lost;
        assert!(lost.is_empty(), "In {name}, these paths lead to nothing that this test can find: {lost:#?}");
    }
}

fn described_circles(folder: &Path) -> Vec<String> {
    circles(&resolve::uses(&Sources::of_crate(folder)).uses).iter().map(ToString::to_string).collect()
}

/// Nothing that embedders are given is of a type that they cannot name, or of another crate's but JSON's.
#[test]
fn everything_in_the_interface_has_a_name() {
    let sources: BTreeMap<String, Sources> =
        crates().into_iter().map(|(name, folder)| (name.replace('-', "_"), Sources::of_crate(&folder))).collect();
    let mut interface = Vec::new();
    for (of, name) in imported(&sources["visitrota"].0["lib.rs"]) {
        let of = if sources.contains_key(&of) { of } else { "visitrota".to_owned() };
        match name.as_str() {
            "*" => interface.extend(
                imported(&sources[&of].0["lib.rs"])
                    .into_iter()
                    .map(|(from, name)| (if sources.contains_key(&from) { from } else { of.clone() }, name)),
            ),
            _ => interface.push((of, name)),
        }
    }
    let names: BTreeSet<&str> =
        interface.iter().map(|(_, name)| name.as_str()).chain(KNOWN.split_whitespace()).collect();
    let shown: BTreeMap<&String, Shown> =
        sources.iter().map(|(name, sources)| (name, Shown::of_crate(sources))).collect();
    let mut nameless = BTreeSet::new();
    for (of, name) in &interface {
        let types = shown[of].types_of(name);
        nameless.extend(types.filter(|ty| !names.contains(ty)).map(|ty| format!("{of}::{name} shows {ty}")));
    }
    assert!(nameless.is_empty(), "These cannot be named by who uses the library:\n{nameless:#?}");
}
