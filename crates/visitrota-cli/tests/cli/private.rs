//! What is about people is for its owner's eyes, and answers to programs name nobody unless asked.

use std::fs;
use std::path::Path;

use crate::{run, run_on, tiny_with, tiny_with_impossible_pins};

const TINY: &str = "fixtures/tiny/problem.json";

#[test]
#[cfg(unix)]
fn whatever_is_made_is_its_owners_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;

    fn modes(path: &Path, found: &mut Vec<(String, u32)>) {
        let mode = fs::metadata(path).expect("there").permissions().mode() & 0o777;
        found.push((path.display().to_string(), mode));
        if path.is_dir() {
            for entry in fs::read_dir(path).expect("a folder") {
                modes(&entry.expect("an entry").path(), found);
            }
        }
    }
    for umask in ["000", "022", "077", "277"] {
        let folder = tempfile::tempdir().expect("a folder");
        let problem = crate::workspace().join(TINY);
        let lines = [
            "plan $P -o rota.json --out papers",
            "report rota.json --problem $P --out more",
            "verify $P rota.json --repair repair.json",
            "convert $P week.xlsx",
            "convert $P week",
            "convert $P week.json",
            "init new.xlsx",
            "init new",
            "check week --today 2026-11-30 --marked copy.xlsx",
            "generate tiny -o made.json",
        ];
        for line in lines {
            let script = format!("umask {umask}; exec $V {line}");
            let done = std::process::Command::new("sh")
                .args(["-c", &script])
                .env("V", env!("CARGO_BIN_EXE_visitrota"))
                .env("P", &problem)
                .current_dir(folder.path())
                .output()
                .expect("a shell");
            assert!(done.status.success(), "{umask} {line}: {}", String::from_utf8_lossy(&done.stderr));
        }
        let mut found = Vec::new();
        for entry in fs::read_dir(folder.path()).expect("a folder") {
            modes(&entry.expect("an entry").path(), &mut found);
        }
        assert!(found.len() > 40, "{found:?}");
        for (path, mode) in found {
            let right = if Path::new(&path).is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, right, "umask {umask}: {path} has {mode:o}");
        }
    }
}

/// Everyone in the tiny problem.
const NAMES: [&str; 9] = ["Ann", "Fellgate", "Ben", "Okesby", "Cath", "Lindow", "Adair", "Corrin", "HMP Ashcombe"];

#[track_caller]
fn names_nobody(told: &str, line: &[&str]) {
    for name in NAMES {
        assert!(!told.contains(name), "{line:?} names {name}: {told}");
    }
}

#[test]
fn answers_to_programs_name_nobody_unless_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let rota = folder.path().join("rota.json");
    let rota = rota.to_str().expect("UTF-8");
    assert_eq!(run(["plan", TINY, "-o", rota]).code, Some(0));
    let lines = [
        &["explain", TINY, rota][..],
        &["explain", TINY, rota, "--request", "R1"],
        &["advise", TINY],
        &["standby", TINY, rota],
        &["verify", TINY, rota, "--best"],
    ];
    for line in lines {
        let json = [line, &["--format", "json"]].concat();
        let told = run(&json);
        assert_eq!(told.code, Some(0), "{line:?}: {}", told.stderr);
        names_nobody(&told.stdout, line);
        let named = run([&json[..], &["--show", "names"]].concat()).stdout;
        assert!(named.contains("Ann Fellgate") && !named.contains("HMP Ashcombe"), "{line:?}: {named}");
        let document: serde_json::Value = serde_json::from_str(&named).expect("JSON");
        assert_eq!(document["names"]["V1"], "Ann Fellgate");
        let prisons = run([&json[..], &["--show", "prisons"]].concat()).stdout;
        assert!(!prisons.contains("Ann Fellgate") && prisons.contains("HMP Ashcombe"), "{line:?}: {prisons}");
    }
    let words = run(["advise", TINY, "--format", "json", "--show", "names"]).stdout;
    assert!(words.contains("If V1 Ann Fellgate made 2 trips"), "{words}");
    // The coordinator's own screen is another thing.
    assert!(run(["advise", TINY]).stdout.contains("Ann Fellgate"));
}

#[test]
fn the_nearest_miss_names_nobody() {
    let [week, rota] = ["problem", "rota"].map(|name| format!("fixtures/south-wales/{name}.json"));
    let told = run(["explain", &week, &rota, "--format", "json"]).stdout;
    assert!(told.contains("It would be possible if V"), "{told}");
    let problem: serde_json::Value = serde_json::from_str(&crate::fixture("south-wales")).expect("JSON");
    for list in ["volunteers", "families", "prisons"] {
        for name in problem[list].as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()) {
            assert!(!told.contains(name), "{name}: {told}");
        }
    }
    assert!(run(["explain", &week, &rota]).stdout.contains("Hathersage"));
}

#[test]
fn contradicting_pins_name_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let week = folder.path().join("week.json");
    fs::write(&week, tiny_with_impossible_pins()).expect("written");
    let week = week.to_str().expect("UTF-8");
    for line in [&["plan", week][..], &["advise", week]] {
        let told = run([line, &["--format", "json"]].concat());
        assert_eq!(told.code, Some(3));
        assert!(told.stdout.contains("impossible-pin"), "{}", told.stdout);
        names_nobody(&told.stdout, line);
        assert!(run(line).stderr.contains("Ann Fellgate"), "people are told whom it is about");
    }
}

#[test]
fn routes_are_linked_unless_they_are_not_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let line = ["plan", "fixtures/south-wales/problem.json", "--out", out.to_str().expect("UTF-8")];
        let made = run([&line[..], more].concat());
        assert_eq!(made.code, Some(0), "{}", made.stderr);
        let read = |name: &str| fs::read_to_string(out.join(name)).expect("there");
        (read("sheets.html"), read("rota.html"))
    };
    let (sheets, page) = of("linked", &[]);
    assert!(sheets.contains("https://www.openstreetmap.org/") && sheets.contains("geo:"));
    for told in [&sheets, &page] {
        assert!(told.contains("opens a map site, openstreetmap.org, with both addresses in it"));
    }
    let (sheets, page) = of("bare", &["--no-route-links"]);
    for told in [sheets, page] {
        assert!(!told.contains("openstreetmap") && !told.contains("geo:") && !told.contains("route link"));
    }
    let idle = run(["plan", TINY, "--no-route-links"]);
    assert_eq!(idle.code, Some(2));
    assert!(idle.stderr.contains("--no-route-links has no effect without --out"), "{}", idle.stderr);
}

#[test]
fn data_stays_exact() {
    let odd = "Ada\u{1b}[31mir\u{202e}\u{9b}\u{200d}";
    let problem = tiny_with("\"Adair\"", &serde_json::to_string(odd).expect("JSON"));
    let document: serde_json::Value =
        serde_json::from_str(&run_on(problem.as_bytes(), ["convert", "-", "-"]).stdout).expect("JSON");
    assert_eq!(document["families"][0]["name"], odd);
    let csv = run_on(problem.as_bytes(), ["plan", "-", "--format", "csv", "--show", "names"]).stdout;
    assert!(csv.contains(odd), "{csv:?}");
}
