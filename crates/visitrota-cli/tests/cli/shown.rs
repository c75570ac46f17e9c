//! Whatever is read, people see all of it, and the terminal obeys none of it.

use std::fs;

use crate::{Run, run, run_on, tiny_with};

/// Characters that hide, turn round or command, of every kind.
const ODD: &str = "\u{202e}\u{2066}\u{200f}\u{61c}\u{200b}\u{200d}\u{2060}\u{ad}\u{feff}\u{1b}[31m\u{9b}2J\u{7}\u{8}\u{7f}\
                   \u{e0041}\u{fe0f}\u{e0101}\u{34f}\u{3164}\u{2028}\u{85}\r\n\t";

fn odd(text: &str) -> bool {
    text.chars().any(|c| c != '\n' && ODD.contains(c) && !"[31m2J".contains(c))
}

#[track_caller]
fn nothing_odd(run: &Run, what: &str) {
    for told in [&run.stdout, &run.stderr] {
        assert!(!odd(told), "{what}: {told:?}");
    }
}

/// The tiny problem with everything that people call things by made odd: names, ids, the problem's own name.
fn problem() -> String {
    let odd = serde_json::to_string(ODD).expect("JSON");
    let odd = odd.trim_matches('"');
    let mut text = crate::fixture("tiny");
    for name in ["A tiny weekend", "Ann Fellgate", "Ben Okesby", "Cath Lindow", "Adair", "Corrin", "HMP Ashcombe"] {
        assert!(text.contains(name), "{name}");
        text = text.replace(name, &format!("{name}{odd}"));
    }
    for id in ["V1", "V2", "F1", "F2", "R1", "R2", "R4", "sat-am", "sat-pm"] {
        assert!(text.contains(&format!("\"{id}\"")), "{id}");
        text = text.replace(&format!("\"{id}\""), &format!("\"{id}{odd}\""));
    }
    text
}

#[test]
fn every_verb_shows_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).into_os_string().into_string().expect("UTF-8");
    let (week, rota) = (at("week.json"), at("rota.json"));
    fs::write(&week, problem()).expect("written");
    let made = run(["plan", &week, "-o", &rota, "--standby"]);
    assert_eq!(made.code, Some(0), "{}{}", made.stdout, made.stderr);
    nothing_odd(&made, "plan");
    for escape in [r"\u{202e}\u{2066}\u{200f}\u{61c}", r"\u{1b}[31m\u{9b}2J\u{7}", r"\u{85}\r\n\t"] {
        let whole: String = made.stdout.split_whitespace().collect();
        assert!(whole.contains(escape), "no {escape}: {}", made.stdout);
    }
    let lines = [
        &["check", &week][..],
        &["verify", &week, &rota, "--best"],
        &["explain", &week, &rota],
        &["advise", &week],
        &["standby", &week, &rota],
        &["report", &rota, "--problem", &week, "--format", "text"],
    ];
    for line in lines {
        let told = run(line);
        assert!(!told.stdout.is_empty(), "{line:?}: {}", told.stderr);
        nothing_odd(&told, line[0]);
    }
    // With colour too, no style is any but the program's own.
    let coloured = run(["plan", &week, "--color", "always"]);
    assert!(!coloured.stdout.contains("\u{1b}[31m"), "{:?}", coloured.stdout);
    assert!(coloured.stdout.contains("\u{1b}[1m"));
}

#[test]
fn messages_show_everything() {
    let line_of = |told: &str| told.lines().count();
    let named = format!("nowhere{ODD}.json");
    for verb in ["plan", "check"] {
        let told = run([verb, &named]);
        nothing_odd(&told, verb);
        assert_eq!(line_of(&told.stderr), 1, "{}", told.stderr);
        assert!(told.stderr.contains(r"nowhere\u{202e}"), "{}", told.stderr);
    }
    nothing_odd(&run([format!("plna{ODD}")]), "a verb");
    nothing_odd(&run([format!("plna{ODD}"), "--color=always".to_owned()]), "a verb in colour, were it not odd");
    nothing_odd(&run(["plan", "week.json", "--time-limit", ODD]), "a value");
    nothing_odd(&run(["man", ODD]), "a manual page");

    let odd = serde_json::to_string(ODD).expect("JSON");
    for (old, new) in [
        (r#""family": "F2""#, format!(r#""family": {odd}"#)),
        (r#""tables": 2"#, format!(r#""tables": {odd}"#)),
        (r#""tables": 2"#, format!(r#"{odd}: 2"#)),
        ("T10:00", ODD.escape_unicode().to_string().replace("\\u{", "").replace('}', "")),
    ] {
        let told = run_on(tiny_with(old, &new).as_bytes(), ["check", "-"]);
        assert_eq!(told.code, Some(3), "{}", told.stdout);
        nothing_odd(&told, old);
    }
    let told = run_on(
        format!("driver,slot,family\n{ODD},sat-am,F1\n").as_bytes(),
        ["verify", "fixtures/tiny/problem.json", "-"],
    );
    assert_eq!(told.code, Some(3));
    nothing_odd(&told, "rides");
    let folder = tempfile::tempdir().expect("a folder");
    let names = folder.path().join("names.csv");
    let out = folder.path().join("papers");
    fs::write(&names, format!("id,name\n\"X{}\",Y\n", ODD.replace(['\r', '\n'], ""))).expect("written");
    let [names, out] = [&names, &out].map(|path| path.to_str().expect("UTF-8"));
    let told = run(["plan", "fixtures/tiny/problem.json", "--out", out, "--names", names]);
    assert!(told.stderr.contains(r"X\u{202e}"), "{}", told.stderr);
    nothing_odd(&told, "names");
}
