//! What people read, held against what they read before.

use std::fs;

use crate::{Run, fixture, run, run_on, tiny_with, tiny_with_impossible_pins, workspace};

/// Everything that a run shows.
fn shown(Run { code, stdout, stderr }: Run) -> String {
    let code = code.map_or_else(|| "none".to_owned(), |code| code.to_string());
    let part = |name: &str, text: String| if text.is_empty() { text } else { format!("── {name}\n{text}") };
    format!("{}{}── exit code {code}", part("stdout", stdout), part("stderr", stderr))
}

/// Holds what a run shows against what it showed before.
#[track_caller]
fn golden(name: impl AsRef<str>, run: Run) {
    // The version stands in rotas and manual pages, and is nothing that these tests are about.
    let shown = shown(run).replace(env!("CARGO_PKG_VERSION"), "[version]");
    insta::assert_snapshot!(name.as_ref(), shown);
}

#[test]
fn help_of_every_verb() {
    golden("help", run(["--help"]));
    golden("help-short", run(["-h"]));
    for verb in [
        "plan",
        "check",
        "verify",
        "report",
        "explain",
        "advise",
        "apply",
        "standby",
        "init",
        "convert",
        "generate",
        "schema",
        "licences",
        "completions",
        "man",
    ] {
        golden(format!("help-{verb}"), run([verb, "--help"]));
    }
}

#[test]
fn licences_have_the_lines_of_attribution() {
    let told = run(["licences"]);
    for line in visitrota::postcodes::ATTRIBUTION {
        assert!(told.stdout.lines().any(|of_told| of_told == line), "{}", told.stdout);
    }
    assert_eq!(run(["licenses"]).stdout, told.stdout);
    golden("licences", told);
}

#[test]
fn manual_pages() {
    golden("man", run(["man"]));
    golden("man-plan", run(["man", "plan"]));
}

#[test]
fn rotas() {
    for problem in ["tiny", "clock-change", "south-wales"] {
        golden(format!("plan-{problem}"), run(["plan", &format!("fixtures/{problem}/problem.json")]));
    }
    golden("plan-json", run(["plan", "fixtures/tiny/problem.json", "--format", "json"]));
}

/// What README shows of a rota, part by part as it is printed.
#[test]
fn the_readme_shows_what_planning_prints() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    let (_, from_sample) = readme.split_once("```text\n").unwrap();
    let (sample, _) = from_sample.split_once("```").unwrap();
    let printed = run(["plan", "fixtures/south-wales/problem.json"]).stdout;
    let mut rest = printed.as_str();
    for part in sample.split("…\n").map(str::trim) {
        (_, rest) = rest.split_once(part).unwrap_or_else(|| panic!("README shows this, which is not printed:\n{part}"));
    }
}

#[test]
fn answers() {
    let south_wales = "fixtures/south-wales/problem.json";
    let rota = "fixtures/south-wales/rota.json";
    golden("explain", run(["explain", south_wales, rota]));
    golden("explain-json", run(["explain", south_wales, rota, "--format", "json"]));
    golden("explain-met", run(["explain", south_wales, rota, "--request", "R08"]));
    golden("explain-unknown", run(["explain", south_wales, rota, "--request", "R99"]));
    golden("advise", run(["advise", south_wales, "--top", "12"]));
    golden("advise-json", run(["advise", "fixtures/tiny/problem.json", "--format", "json"]));
    golden("standby", run(["standby", south_wales, rota]));
}

#[test]
fn answers_about_a_rota_of_another_problem_are_refused() {
    let rota = "fixtures/south-wales/rota.json";
    golden("explain-other-rota", run(["explain", "fixtures/tiny/problem.json", rota]));
    let refused = run(["standby", "fixtures/tiny/problem.json", rota]);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(3), ""));
}

#[test]
fn answers_about_a_rota_that_breaks_rules_say_so() {
    let late = "driver,slot,family\nAnn Fellgate,sat-pm,F1\n";
    for verb in ["explain", "standby"] {
        golden(format!("{verb}-broken"), run_on(late.as_bytes(), [verb, "fixtures/tiny/problem.json", "-"]));
    }
}

#[test]
fn a_verdict_needs_no_plan() {
    let sheet = "driver,slot,family\nAnn Fellgate,sat-am,F1\n";
    let unplanned = ["verify", "fixtures/tiny/problem.json", "-", "--time-limit", "0.000001"];
    golden("verify-unplanned", run_on(sheet.as_bytes(), unplanned));
}

#[test]
fn somebody_is_kept_free() {
    golden("plan-standby", run(["plan", "fixtures/south-wales/problem.json", "--standby"]));
}

#[test]
fn a_patch_is_applied_or_refused() {
    let patch = r#"[{ "op": "test", "path": "/volunteers/0/id", "value": "V1" },
        { "op": "add", "path": "/volunteers/0/max_trips", "value": 2 }]"#;
    let tiny = "fixtures/tiny/problem.json";
    assert!(run_on(patch.as_bytes(), ["apply", tiny, "-"]).stdout.contains("\"max_trips\": 2"));
    golden("apply-other", run_on(patch.replace("V1", "V9").as_bytes(), ["apply", tiny, "-"]));
    golden("apply-garbage", run_on(b"{]", ["apply", tiny, "-"]));
}

#[test]
fn a_rota_made_by_hand() {
    let rota = r#"{ "format": "visitrota-rota/1",
        "trips": [{ "driver": "V1", "slot": "sat-am", "requests": ["R1"] }] }"#;
    golden("verify-by-hand", run_on(rota.as_bytes(), ["verify", "fixtures/tiny/problem.json", "-"]));
}

#[test]
fn a_rota_made_by_hand_in_a_sheet() {
    let sheet = "driver,slot,family\nAnn Fellgate,sat-am,F1\n";
    golden("verify-sheet", run_on(sheet.as_bytes(), ["verify", "fixtures/tiny/problem.json", "-"]));
    let faulty = "driver,slot,request\nV1,sat-am,R1\nV9,sat-ma,\n";
    let other = "driver,slot,request,family\nV1,sat-am,R1,F2\n";
    golden("verify-sheet-other-family", run_on(other.as_bytes(), ["verify", "fixtures/tiny/problem.json", "-"]));
    golden("verify-sheet-faulty", run_on(faulty.as_bytes(), ["verify", "fixtures/tiny/problem.json", "-"]));
}

#[test]
fn wide_names_align_and_wrap() {
    let wide = tiny_with("\"Ann Fellgate\"", "\"Gwenllian Llywelyn-ap-Gruffudd of Llanfairpwllgwyngyll\"");
    let wide = wide.replace("\"HMP Ashcombe\"", "\"HMP 北京市朝阳区建国路一号女子监狱 (Ashcombe)\"");
    golden("plan-wide-names", run_on(wide.replace("\"Adair\"", "\"Ó\\u001b[31mrlaith\"").as_bytes(), ["plan", "-"]));
}

#[test]
fn a_sound_problem() {
    golden("check-sound", run(["check", "fixtures/tiny/problem.json", "--today", "2026-11-30"]));
    golden(
        "check-sound-json",
        run(["check", "fixtures/tiny/problem.json", "--today", "2026-11-30", "--format", "json"]),
    );
}

/// A problem with two errors and a warning.
fn faulty() -> String {
    let faulty = tiny_with(r#""family": "F2","#, r#""family": "F22","#);
    let faulty = faulty.replacen(r#""to": "2026-12-05T18:00""#, r#""to": "2026-12-05T07:00""#, 1);
    faulty.replacen(r#"{ "what": "licence" }"#, r#"{ "what": "licence", "until": "2026-12-05" }"#, 1)
}

#[test]
fn findings() {
    golden("check-faulty", run_on(faulty().as_bytes(), ["check", "-", "--today", "2026-11-30"]));
    golden(
        "check-faulty-json",
        run_on(faulty().as_bytes(), ["check", "-", "--today", "2026-11-30", "--format", "json"]),
    );
    golden("check-misshapen", run_on(br#"{"format": "visitrota/1", "wek": {}}"#, ["check", "-"]));
    golden("plan-faulty", run_on(faulty().as_bytes(), ["plan", "-"]));
    golden("plan-faulty-json", run_on(faulty().as_bytes(), ["plan", "-", "--format", "json"]));
}

#[test]
fn warnings_do_not_stop_anything() {
    let odd = tiny_with(r#"{ "what": "licence" }"#, r#"{ "what": "licence", "until": "2026-12-05" }"#);
    let check = run_on(odd.as_bytes(), ["check", "-", "--today", "2026-11-30"]);
    assert_eq!(check.code, Some(0));
    assert!(check.stdout.contains("warning[permission-runs-out]"), "{}", check.stdout);
    let plan = run_on(odd.as_bytes(), ["plan", "-"]);
    assert_eq!(plan.code, Some(0));
    assert_eq!(plan.stderr, "There are warnings in the problem: `visitrota check` lists them.\n");
}

#[test]
fn impossible_pins() {
    let pinned = tiny_with_impossible_pins();
    golden("plan-impossible-pins", run_on(pinned.as_bytes(), ["plan", "-"]));
    let json = run_on(pinned.as_bytes(), ["plan", "-", "--format", "json"]);
    assert_eq!(json.code, Some(3));
    assert!(json.stdout.contains("impossible-pin"), "{}", json.stdout);
}

#[test]
fn verdicts() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rota.json");
    let rota = run(["plan", "fixtures/tiny/problem.json", "--format", "json"]).stdout;
    fs::write(&file, &rota).expect("written");
    let verify = |format| {
        let problem = "fixtures/tiny/problem.json".as_ref();
        run(["verify".as_ref(), problem, file.as_os_str(), "--format".as_ref(), std::ffi::OsStr::new(format)])
    };
    golden("verify-valid", verify("text"));
    golden("verify-valid-json", verify("json"));
    // Somebody tidied up by hand: another driver, and one pick-up too late.
    let spoilt = rota.replace(r#""driver": "V2""#, r#""driver": "V1""#).replacen("T08:25", "T08:35", 1);
    fs::write(&file, spoilt).expect("written");
    golden("verify-broken", verify("text"));
    golden("verify-broken-json", verify("json"));
}

#[test]
fn require_all() {
    let file = tempfile::tempdir().expect("a folder");
    let file = file.path().join("rota.json");
    let all = run(["plan", "fixtures/tiny/problem.json", "--require-all", "-o", file.to_str().expect("UTF-8")]);
    assert_eq!(all.code, Some(4));
    assert!(all.stdout.contains("Not met: 1 visit"), "{}", all.stdout);
    assert!(file.exists(), "the rota is written all the same");
    assert_eq!(run(["plan", "fixtures/clock-change/problem.json", "--require-all"]).code, Some(0));
}

#[test]
fn schemas_are_the_librarys() {
    for document in visitrota::schema::DocumentKind::ALL {
        let printed = run(["schema", document.name()]);
        assert_eq!(printed.code, Some(0));
        let printed: serde_json::Value = serde_json::from_str(&printed.stdout).expect("JSON");
        assert_eq!(printed, document.schema());
    }
}

#[test]
fn a_generated_problem() {
    golden("generate", run(["generate", "tiny", "--families", "2", "--volunteers", "2", "--minibuses", "1"]));
}

#[test]
fn completions_of_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(["completions", shell]);
        assert_eq!(script.code, Some(0));
        assert!(script.stdout.contains("require-all"), "{shell}: {}", script.stdout);
    }
}

#[test]
fn no_prison_is_named_but_on_the_sheet() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rota.json");
    let plan = run(["plan", "fixtures/tiny/problem.json", "-o", file.to_str().expect("UTF-8")]);
    assert!(plan.stdout.contains("HMP Ashcombe"), "{}", plan.stdout);
    assert!(!plan.stderr.contains("Ashcombe"), "{}", plan.stderr);
    assert!(fixture("tiny").contains("HMP Ashcombe"));
}
