//! Signals: the first ends planning with the best rota so far, and none leaves anything half-written.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::{run, visitrota};

const SIGNALS: [&str; 3] = ["INT", "TERM", "HUP"];

fn signal(child: &Child, signal: &str) {
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
}

fn started(args: &[&str]) -> Child {
    visitrota(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder");
    names.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
}

#[test]
fn a_plan_ends_with_its_best_rota() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).into_os_string().into_string().expect("UTF-8");
    let week = at("week.json");
    assert_eq!(run(["generate", "region", "--families", "1000", "-o", &week]).code, Some(0));
    for name in SIGNALS {
        let rota = at(&format!("{name}.json"));
        // Long enough that no machine is done before the signal comes.
        let child = started(&["plan", &week, "-o", &rota]);
        sleep(Duration::from_secs(8));
        signal(&child, name);
        let ended = crate::of(child.wait_with_output().expect("the program ends"));
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.stderr);
        let written: serde_json::Value = serde_json::from_slice(&fs::read(&rota).expect("a rota")).expect("JSON");
        assert_eq!(written["status"], "feasible", "{name}");
    }
    assert!(names(folder.path()).iter().all(|name| name.ends_with(".json")), "{:?}", names(folder.path()));
}

#[test]
fn nothing_half_written_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let week = folder.path().join("week.json").into_os_string().into_string().expect("UTF-8");
    let made = run(["generate", "region", "--families", "2000", "-o", &week]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    for name in SIGNALS {
        // The first temporary file may be there only to see whether it can be, and another to hold the copy.
        for (to, nth) in ["copy.json", "copy.xlsx", "copy"].into_iter().flat_map(|to| [(to, 1), (to, 2)]) {
            let out = tempfile::tempdir().expect("a folder");
            let copy = out.path().join(to);
            let mut child = started(&["convert", &week, copy.to_str().expect("UTF-8")]);
            let begun = Instant::now();
            let mut seen = 0;
            let mut last = Vec::new();
            while seen < nth && begun.elapsed() < Duration::from_secs(60) {
                let now: Vec<_> = names(out.path()).into_iter().filter(|name| name.starts_with(".tmp")).collect();
                seen += usize::from(!now.is_empty() && now != last);
                last = now;
                if child.try_wait().expect("a child").is_some() {
                    break;
                }
            }
            if child.try_wait().expect("a child").is_none() {
                signal(&child, name);
            }
            child.wait().expect("the program ends");
            let left = names(out.path());
            assert!(left.is_empty() || left == [to], "{name} leaves {left:?}");
            if copy.exists() {
                assert_eq!(run(["convert", copy.to_str().expect("UTF-8"), "-"]).code, Some(0), "{name}: half a copy");
            }
        }
    }
}

#[test]
fn whoever_waits_for_input_can_leave() {
    for name in SIGNALS {
        let mut child = visitrota(["check", "-"]).stdin(Stdio::piped()).spawn().expect("the program starts");
        // Kept open: nothing else is to end the program.
        let input = child.stdin.take();
        sleep(Duration::from_secs(1));
        signal(&child, name);
        assert_eq!(child.wait().expect("the program ends").code(), Some(130), "{name}");
        drop(input);
    }
}
