//! Whatever comes in, the program says what is wrong with it, and does nothing else.

use std::fmt::Write as _;

use crate::{run_on, tiny_with};

const EMPTY_ROTA: &[u8] = br#"{"format": "visitrota-rota/1", "status": "feasible", "score": 0, "trips": []}"#;

/// Every verb that reads a problem refuses this one, naming the code of a finding, and leaves nothing behind.
#[track_caller]
fn refused(problem: &[u8], code: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let week = folder.path().join("week.json");
    let rota = folder.path().join("rota.json");
    std::fs::write(&week, problem).expect("written");
    let out = folder.path().join("papers");
    let [week, rota, out] = [&week, &rota, &out].map(|path| path.to_str().expect("UTF-8"));
    for args in [
        &["check", week][..],
        &["plan", week, "-o", rota, "--out", out],
        &["verify", week, "-"],
        &["report", "-", "--problem", week, "--out", out],
    ] {
        let refused = run_on(EMPTY_ROTA, args);
        let told = refused.stdout + &refused.stderr;
        assert_eq!(refused.code, Some(3), "{args:?}: {told}");
        assert!(told.contains(&format!("error[{code}]")), "{args:?}: {told}");
        assert!(told.len() < 1 << 20, "{args:?}: {} bytes are told", told.len());
        let left = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 1, "{args:?} leaves something behind");
    }
}

#[test]
fn an_empty_file() {
    refused(b"", "not-json");
}

#[test]
fn a_file_cut_short() {
    let tiny = crate::fixture("tiny");
    for length in [1, 100, 1000, tiny.len() - 3] {
        refused(&tiny.as_bytes()[..length], "not-json");
    }
}

#[test]
fn binary_junk() {
    let mut state = 1_u32;
    let junk: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(10_000)
    .collect();
    refused(&junk, "not-json");
    refused(&[0; 10_000], "not-json");
    refused(b"\xff\xfe{\0}\0", "not-json");
}

#[test]
fn a_csv_file_without_its_folder() {
    refused(b"who,when,from,to\nV1,every Sat,08:00,18:00\n", "not-json");
}

#[test]
fn another_document_altogether() {
    for text in ["null", "42", "\"visitrota/1\"", "[]"] {
        refused(text.as_bytes(), "wrong-type");
    }
}

#[test]
fn values_of_the_wrong_type() {
    refused(tiny_with(r#""tables": 2"#, r#""tables": "two""#).as_bytes(), "wrong-type");
    refused(tiny_with(r#""tables": 2"#, r#""tables": 2.5"#).as_bytes(), "wrong-type");
    refused(tiny_with(r#""age": 40"#, r#""age": null"#).as_bytes(), "missing-field");
    refused(tiny_with("T10:00", "T25:00").as_bytes(), "wrong-type");
    refused(tiny_with("2026-12-06", "2026-12-36").as_bytes(), "wrong-type");
}

#[test]
fn numbers_out_of_range() {
    refused(tiny_with(r#""age": 40"#, r#""age": -40"#).as_bytes(), "out-of-range");
    refused(tiny_with(r#""age": 40"#, r#""age": 1e300"#).as_bytes(), "out-of-range");
    refused(tiny_with(r#""seats": 4"#, r#""seats": -1"#).as_bytes(), "out-of-range");
    refused(tiny_with(r#""seats": 4"#, r#""seats": 99999999999999999999"#).as_bytes(), "out-of-range");
    refused(tiny_with("[0, 50,", "[0, -50,").as_bytes(), "out-of-range");
}

#[test]
fn numbers_that_json_does_not_have() {
    for number in ["NaN", "Infinity", "-", "1e999", "0x10"] {
        refused(tiny_with(r#""age": 40"#, &format!(r#""age": {number}"#)).as_bytes(), "not-json");
    }
}

#[test]
fn nothing_to_plan() {
    refused(br#"{"format": "visitrota/1", "week": {"from": "2026-12-05", "to": "2026-12-06"}}"#, "nothing-to-plan");
    refused(br#"{"format": "visitrota/1", "week": {"from": "2026-12-06", "to": "2026-12-05"}}"#, "reversed-times");
    let tiny: serde_json::Value = serde_json::from_str(&crate::fixture("tiny")).expect("JSON");
    for field in ["volunteers", "requests", "slots"] {
        let mut none = tiny.clone();
        none[field] = serde_json::json!([]);
        refused(none.to_string().as_bytes(), "nothing-to-plan");
    }
}

#[test]
fn a_hundred_thousand_brackets() {
    refused("[".repeat(100_000).as_bytes(), "not-json");
    refused(r#"{"a":"#.repeat(100_000).as_bytes(), "not-json");
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    refused(tiny_with(r#""age": 40"#, &format!(r#""age": {nested}"#)).as_bytes(), "not-json");
}

#[test]
fn fifty_megabytes() {
    let mut text =
        r#"{"format": "visitrota/1", "week": {"from": "2026-12-05", "to": "2026-12-06"}, "families": ["#.to_owned();
    for number in 0.. {
        let _ = write!(text, r#"{{"id": "F{number}", "name": "{:200}", "members": [{{"age": "old"}}]}},"#, "");
        if text.len() > 50 << 20 {
            break;
        }
    }
    text.pop();
    text.push_str("]}");
    for args in [["check", "-"], ["plan", "-"]] {
        let refused = run_on(text.as_bytes(), args);
        assert_eq!(refused.code, Some(3), "{}", refused.stderr);
        assert!(!refused.stderr.contains("internal error"), "{}", refused.stderr);
    }
}

#[test]
fn a_faulty_rota() {
    for (rota, code) in [("", "not-json"), ("[]", "wrong-type"), (r#"{"format": "visitrota-rota/1"}"#, "missing-field")]
    {
        let refused = run_on(rota.as_bytes(), ["verify", "fixtures/tiny/problem.json", "-"]);
        assert_eq!(refused.code, Some(3));
        assert!(refused.stderr.contains(&format!("error[{code}]")), "{}", refused.stderr);
        assert!(refused.stderr.contains("in standard input"), "{}", refused.stderr);
    }
}

#[test]
fn a_small_file_that_would_become_large() {
    // Each operation copies what the one before has made.
    let copies = (0..40).map(|n| format!(r#"{{"op": "copy", "from": "/requests/0", "path": "/requests/0/x{n}"}}"#));
    let patch = format!("[{}]", copies.collect::<Vec<_>>().join(","));
    let refused = run_on(patch.as_bytes(), ["apply", "fixtures/tiny/problem.json", "-"]);
    assert_eq!(refused.code, Some(3), "{}", refused.stderr);
    assert!(refused.stderr.contains("error[too-large] operation "), "{}", refused.stderr);
    assert!(refused.stderr.contains("--size-limit"), "{}", refused.stderr);

    let names = format!("id,notes\nF1,{}\n", "x".repeat(40_000));
    let out = tempfile::tempdir().expect("a folder");
    let out = out.path().join("papers");
    let args = |size| {
        [
            "plan",
            "fixtures/tiny/problem.json",
            "--out",
            out.to_str().expect("UTF-8"),
            "--names",
            "-",
            "--size-limit",
            size,
        ]
    };
    let refused = run_on(names.as_bytes(), args("1"));
    assert_eq!(refused.code, Some(3), "{}", refused.stderr);
    assert!(refused.stderr.contains("a cell holds more than 32,767 letters"), "{}", refused.stderr);
    assert_eq!(run_on(names.as_bytes(), args("2")).code, Some(0));
}

#[test]
#[cfg(unix)]
fn a_device_is_no_file() {
    for args in [
        &["check", "/dev/zero"][..],
        &["verify", "fixtures/tiny/problem.json", "/dev/zero"],
        &["apply", "fixtures/tiny/problem.json", "/dev/zero"],
    ] {
        let refused = run_on(b"", args);
        assert_eq!(refused.code, Some(2), "{args:?}: {}", refused.stderr);
        assert!(refused.stderr.contains("it is a device, not a file"), "{args:?}: {}", refused.stderr);
    }
}
