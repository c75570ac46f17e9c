//! Wrong usage ends with 2, and says what was meant.

use crate::run;

#[track_caller]
fn refused(args: &[&str], why: &str) {
    let refused = run(args);
    assert_eq!(refused.code, Some(2), "{args:?}: {}", refused.stderr);
    assert!(refused.stderr.contains(why), "{args:?}: {}", refused.stderr);
    assert_eq!(refused.stdout, "", "{args:?}");
}

#[test]
fn command_lines() {
    refused(&[], "Usage: visitrota");
    refused(&["plna"], "'plan'");
    refused(&["plan"], "<PROBLEM>");
    refused(&["plan", "week.json", "--output"], "--output <ROTA>");
    refused(&["plan", "week.json", "--require_all"], "'--require-all'");
    refused(&["plan", "week.json", "--time-limit", "0"], "not a number of seconds above 0");
    refused(&["plan", "week.json", "--time-limit", "soon"], "not a number of seconds above 0");
    refused(&["plan", "week.json", "--threads", "0"], "not a number from 1 to 1024");
    refused(&["plan", "week.json", "--seed", "-1"], "'-1'");
    refused(&["check", "week.json", "--format", "xml"], "[possible values: text, json]");
    refused(&["check", "one.json", "two.json"], "'two.json'");
    refused(&["verify", "-", "-"], "cannot both be on standard input");
    refused(&["generate", "huge"], "[possible values: tiny, scheme, region, national]");
    refused(&["generate", "--families", "0"], "0 is not in 1..=100000");
    refused(&["generate", "--volunteers", "100001"], "100001 is not in 1..=100000");
    refused(&["generate", "--output", "-"], "leave --output out");
    refused(&["schema", "volunteer"], "[possible values: problem, rota]");
    refused(&["completions", "cmd"], "bash");
    refused(&["man", "plna"], "no verb `plna`");
    refused(&["check", "week.json", "--color", "sometimes"], "[possible values: auto, always, never]");
}

#[test]
fn files_that_cannot_be_read() {
    for verb in ["plan", "check"] {
        refused(&[verb, "fixtures/nowhere.json"], "cannot read fixtures/nowhere.json");
    }
    refused(&["verify", "fixtures/tiny/problem.json", "fixtures/nowhere.json"], "cannot read fixtures/nowhere.json");
}

#[test]
fn version_and_help_are_fine() {
    for args in [&["--version"][..], &["--help"], &["help", "plan"]] {
        let asked = run(args);
        assert_eq!((asked.code, asked.stderr.as_str()), (Some(0), ""), "{args:?}");
        assert!(asked.stdout.contains("visitrota"), "{args:?}");
    }
}
