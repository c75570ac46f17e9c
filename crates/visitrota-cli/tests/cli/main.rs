//! The program from outside: what it prints, where to, and how it ends.

mod files;
mod garbage;
mod generate;
mod golden;
mod places;
mod postcodes;
mod private;
mod report;
mod sheets;
mod shown;
mod signals;
mod streams;
mod usage;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run of the program went.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// The program, standing in the workspace, with an environment that says nothing of terminals and colours.
fn visitrota<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_visitrota"));
    command.args(args).current_dir(workspace()).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the program to its end.
fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    ended(&mut visitrota(args))
}

/// Runs the program with something on its standard input.
fn run_on<S: AsRef<OsStr>>(input: &[u8], args: impl IntoIterator<Item = S>) -> Run {
    let mut command = visitrota(args);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the program starts");
    // It may end without having read everything.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    of(child.wait_with_output().expect("the program ends"))
}

fn ended(command: &mut Command) -> Run {
    of(command.output().expect("the program starts"))
}

fn of(output: std::process::Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The text of a fixture's problem.
fn fixture(name: &str) -> String {
    std::fs::read_to_string(workspace().join("fixtures").join(name).join("problem.json")).expect("the fixture is there")
}

/// The tiny problem with one text in it put in another's place.
fn tiny_with(old: &str, new: &str) -> String {
    let tiny = fixture("tiny");
    assert!(tiny.contains(old), "{old} is not in the tiny problem");
    tiny.replacen(old, new, 1)
}

/// The tiny problem with pins that are sound one by one: V1 gives one trip, and they ask for two.
fn tiny_with_impossible_pins() -> String {
    let pins = r#""pins": [ { "request": "R1", "slot": "sat-am" }, { "request": "R4", "driver": "V1" } ], "pairs": ["#;
    tiny_with(r#""pairs": ["#, pins)
}
