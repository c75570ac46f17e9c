//! Wrong usage ends with 2, and says what was meant.

use crate::run;

const TINY: &str = "fixtures/tiny/problem.json";

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
    refused(&["plan", "week.json", "--time-limit", "0"], "must be a number of seconds above 0");
    refused(&["plan", "week.json", "--time-limit", "soon"], "must be a number of seconds above 0");
    refused(&["plan", "week.json", "--threads", "0"], "must be a whole number from 1 to 1024");
    refused(&["plan", "week.json", "--seed", "-1"], "'-1'");
    refused(&["check", "week.json", "--format", "xml"], "[possible values: text, json]");
    refused(&["check", "one.json", "two.json"], "'two.json'");
    refused(&["verify", "-", "-"], "cannot both come from standard input");
    refused(&["generate", "huge"], "[possible values: tiny, scheme, region, national]");
    refused(&["generate", "--families", "0"], "0 is not in 1..=100000");
    refused(&["generate", "--volunteers", "100001"], "100001 is not in 1..=100000");
    refused(&["generate", "--output", "-"], "leave out --output");
    refused(&["schema", "volunteer"], "[possible values: problem, rota, explanation, ");
    refused(&["completions", "cmd"], "bash");
    refused(&["man", "plna"], "no command `plna`");
    refused(&["check", "week.json", "--color", "sometimes"], "[possible values: auto, always, never]");
}

#[test]
fn numbers_that_make_no_sense() {
    let rota = "fixtures/south-wales/rota.json";
    let verbs = [&["plan", TINY][..], &["advise", TINY], &["explain", TINY, rota], &["verify", TINY, rota]];
    for verb in verbs {
        for seconds in
            ["-1", "-0.5", "0", "-0", "nan", "inf", "-inf", "1e40", "1e308", "18446744073709551616", "", " 1"]
        {
            let limit = format!("--time-limit={seconds}");
            refused(&[verb, &[limit.as_str()]].concat(), "--time-limit <SECONDS>': must be a number of seconds");
        }
        refused(&[verb, &["--time-limit", "-1"]].concat(), "--time-limit <SECONDS>': must be a number of seconds");
        for threads in ["-1", "0", "1025", "nan", "99999999999999999999"] {
            refused(
                &[verb, &["--threads", threads]].concat(),
                "--threads <NUMBER>': must be a whole number from 1 to 1024",
            );
        }
    }
    for gap in ["-1", "-0.001", "nan", "inf", "100.1", "%", "1e308"] {
        refused(&["plan", TINY, "--gap", gap], "--gap <PERCENT>': must be a number from 0 to 100");
    }
    for (option, number) in [("--seed", "18446744073709551616"), ("--work-limit", "nan"), ("--work-limit", "1.5")] {
        refused(&["plan", TINY, option, number], option);
    }
    // The longest there is, and no time at all.
    for seconds in ["18446744073709549568", "1e-300"] {
        for verb in [&["plan", TINY][..], &["verify", TINY, rota, "--best"]] {
            let run = run([verb, &["--time-limit", seconds]].concat());
            assert!(run.code != Some(1) && run.code != Some(2), "{seconds}: {}", run.stderr);
        }
    }
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
