//! Files are written whole or not at all, and nothing lies about afterwards.

use std::fs;
use std::path::Path;

use crate::{fixture, run, run_on, tiny_with_impossible_pins};

fn plan(problem: &str, file: &Path) -> crate::Run {
    run(["plan", problem, "-o", file.to_str().expect("UTF-8")])
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

#[test]
fn the_rota_is_kept_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rota.json");
    let kept = plan("fixtures/tiny/problem.json", &file);
    assert_eq!(kept.code, Some(0));
    assert_eq!(kept.stdout, run(["plan", "fixtures/tiny/problem.json"]).stdout, "the text is printed all the same");
    let told =
        format!("Wrote {}: 3 of 4 visits in 2 trips, score 33,300, proven best under your rules.\n", file.display());
    assert_eq!(kept.stderr.replace("/private/", "/"), told.replace("/private/", "/"));
    let printed = run(["plan", "fixtures/tiny/problem.json", "--format", "json"]).stdout;
    assert_eq!(fs::read_to_string(&file).expect("the rota"), printed);
    assert_eq!(names(folder.path()), ["rota.json"]);

    let silent = run(["plan", "fixtures/tiny/problem.json", "--format", "json", "-o", file.to_str().expect("UTF-8")]);
    assert_eq!((silent.code, silent.stdout.as_str()), (Some(0), ""));
}

#[test]
fn a_failure_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rota.json");
    fs::write(&file, "last week's").expect("written");
    for problem in ["{", "", &tiny_with_impossible_pins()] {
        let failed = run_on(problem.as_bytes(), ["plan", "-", "-o", file.to_str().expect("UTF-8")]);
        assert_eq!(failed.code, Some(3), "{}", failed.stderr);
        assert_eq!(fs::read_to_string(&file).expect("still there"), "last week's");
        assert_eq!(names(folder.path()), ["rota.json"]);
    }
}

#[test]
fn what_cannot_be_written_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |file: &Path, why: &str| {
        // Before the problem is looked at: it is no problem at all.
        let refused = run_on(b"{", ["plan", "-", "-o", file.to_str().expect("UTF-8")]);
        assert_eq!(refused.code, Some(2), "{}", refused.stderr);
        assert!(refused.stderr.contains(why), "{}", refused.stderr);
        assert_eq!(refused.stdout, "");
    };
    refused(folder.path(), "it is a directory");
    refused(&folder.path().join("nowhere/rota.json"), "there is no such directory");
    refused(Path::new("-"), "use --format json");
    refused(Path::new("/"), "it is a directory");
    #[cfg(unix)]
    refused(Path::new("/dev/null"), "it is not an ordinary file");

    let locked = folder.path().join("locked.json");
    fs::write(&locked, "").expect("written");
    let mut permissions = fs::metadata(&locked).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).expect("locked");
    refused(&locked, "it is write-protected");
    assert_eq!(names(folder.path()), ["locked.json"]);
}

#[test]
fn the_problem_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("week.json");
    fs::write(&file, fixture("tiny")).expect("written");
    let refused = plan(file.to_str().expect("UTF-8"), &file);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("would replace the problem"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(&file).expect("still there"), fixture("tiny"));
}

#[test]
#[cfg(unix)]
fn a_new_rota_is_its_owners_alone_and_an_old_one_keeps_its_ways() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rota.json");
    let mode = || fs::metadata(&file).expect("there").permissions().mode() & 0o777;
    plan("fixtures/tiny/problem.json", &file);
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o664)).expect("shared");
    let link = folder.path().join("link.json");
    symlink(&file, &link).expect("linked");
    fs::write(&file, "last week's").expect("written");
    plan("fixtures/tiny/problem.json", &link);
    assert_eq!(mode(), 0o664);
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink(), "the file is replaced, not the link");
    assert_ne!(fs::read_to_string(&file).expect("there"), "last week's");
}
