//! Colour, pipes and standard input.

use crate::{ended, fixture, run, run_on, visitrota};

const ESCAPE: char = '\u{1b}';
const PLAN: [&str; 2] = ["plan", "fixtures/tiny/problem.json"];

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let plain = run(PLAN).stdout;
    assert!(!plain.contains(ESCAPE));
    let coloured = run(PLAN.iter().chain(&["--color", "always"])).stdout;
    assert!(coloured.contains(ESCAPE));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain, "nothing is told by colour alone");
    assert!(run(["plan", "--help", "--color=always"]).stdout.contains(ESCAPE));
    assert!(run(["plna", "--color", "always"]).stderr.contains(ESCAPE));
    assert!(run(["check", "nowhere.json", "--color", "always"]).stderr.contains(ESCAPE));
}

#[test]
fn no_color_is_heeded() {
    let forced = ended(visitrota(PLAN).env("CLICOLOR_FORCE", "1"));
    assert!(forced.stdout.contains(ESCAPE), "as on a terminal");
    let silenced = ended(visitrota(PLAN.iter().chain(&["--color", "never"])).env("CLICOLOR_FORCE", "1"));
    assert!(!silenced.stdout.contains(ESCAPE));
    for args in [&PLAN[..], &["--help"], &["plna"]] {
        let heeded = ended(visitrota(args).env("NO_COLOR", "1"));
        assert!(!heeded.stdout.contains(ESCAPE) && !heeded.stderr.contains(ESCAPE), "{args:?}");
    }
}

#[test]
fn json_has_no_colour() {
    let json = run(PLAN.iter().chain(&["--format", "json", "--color", "always"])).stdout;
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
}

#[test]
fn a_dash_is_standard_input() {
    let piped = run_on(fixture("tiny").as_bytes(), ["plan", "-"]);
    assert_eq!(piped.code, Some(0));
    assert_eq!(piped.stdout, run(PLAN).stdout);
    let rota = run(PLAN.iter().chain(&["--format", "json"])).stdout;
    assert_eq!(run_on(rota.as_bytes(), ["verify", "fixtures/tiny/problem.json", "-"]).code, Some(0));
}

#[test]
fn nothing_but_the_rota_is_on_the_streams() {
    assert_eq!(run(PLAN).stderr, "", "progress is for terminals");
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    for args in [&PLAN[..], &["schema", "problem"], &["--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let left = visitrota(args).stdout(writer).stderr(std::process::Stdio::piped()).spawn();
        let left = crate::of(left.and_then(|child| child.wait_with_output()).expect("the program ends"));
        assert_eq!((left.code, left.stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let told = visitrota(PLAN).stdout(full).stderr(std::process::Stdio::piped()).spawn();
    let told = crate::of(told.and_then(|child| child.wait_with_output()).expect("the program ends"));
    assert_eq!(told.code, Some(2));
    assert!(told.stderr.contains("cannot write to standard output"), "{}", told.stderr);
}
