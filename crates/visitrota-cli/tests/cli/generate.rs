//! Problems that are made up are problems like any other.

use std::fs;

use crate::{run, run_on};

#[test]
fn the_same_problem_on_the_screen_and_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("week.json");
    let kept = run(["generate", "region", "--seed", "7", "-o", file.to_str().expect("UTF-8")]);
    assert_eq!((kept.code, kept.stdout.as_str()), (Some(0), ""));
    assert!(kept.stderr.contains(" from 150 families, 100 volunteers, 4 prisons.\n"), "{}", kept.stderr);
    let shown = run(["generate", "region", "--seed", "7"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(&file).expect("written"), shown.stdout);
    assert_ne!(shown.stdout, run(["generate", "region"]).stdout, "another seed");
}

#[test]
fn it_is_checked_and_planned() {
    let tiny = run(["generate", "tiny"]).stdout;
    assert_eq!(run_on(tiny.as_bytes(), ["check", "-"]).code, Some(0));
    let plan = run_on(tiny.as_bytes(), ["plan", "-"]);
    assert_eq!(plan.code, Some(0), "{}", plan.stderr);
    assert!(plan.stdout.contains("proven best"), "{}", plan.stdout);
}

#[test]
fn every_number_may_be_given_by_itself() {
    let numbers = ["--families", "30", "--volunteers", "5", "--prisons", "2", "--minibuses", "3", "--seed", "9"];
    let given = run(["generate", "tiny"].iter().chain(&numbers)).stdout;
    let name = "generated: families 30, volunteers 5, prisons 2, minibuses 3, seed 9";
    assert!(given.contains(name), "{}", given.lines().take(5).collect::<String>());
    assert!(run(["generate"]).stdout.contains("generated: families 24, volunteers 20, prisons 1, minibuses 0, seed 0"));
}
