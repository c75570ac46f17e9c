//! What must hold of every problem that was read.

use visitrota::{Checks, Finding, Problem, files::Document};

/// The problem of a document, if it has one. Reading it again gives the same, and what the check says does not
/// contradict itself.
pub fn read_and_checked(read: impl Fn() -> Document) -> Option<Problem> {
    let (document, again) = (read(), read());
    assert_eq!(document.problem(), again.problem(), "the same bytes are another problem when read again");
    let about = document.problem().map(|problem| visitrota::check(problem, &Checks::document())).unwrap_or_default();
    let found = document.findings(about.clone());
    assert_eq!(found, again.findings(about), "the same bytes have other findings when read again");
    for finding in &found {
        assert!(!finding.message.is_empty(), "a finding says nothing: {finding:?}");
    }
    let problem = match document.into_problem() {
        Ok(problem) => problem,
        Err(findings) => {
            assert!(findings.iter().any(Finding::is_error), "no problem, and no error that says why: {findings:?}");
            return None;
        }
    };
    let checks = Checks::document();
    assert_eq!(visitrota::check(&problem, &checks), visitrota::check(&problem, &checks), "the check is not one");
    same_in_json(&problem);
    Some(problem)
}

/// Marks in a copy what is wrong in a document: either the copy is there afterwards, or it says why not.
pub fn marked(document: &Document) {
    let about = document.problem().map(|problem| visitrota::check(problem, &Checks::document())).unwrap_or_default();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let copy = folder.path().join("marked.xlsx");
    assert_eq!(document.mark(about, &copy).is_ok(), copy.exists(), "marked and not there, or there and not marked");
}

/// A problem that is written as JSON is the same when it is read back.
pub fn same_in_json(problem: &Problem) {
    let json = serde_json::to_vec(problem).expect("every problem can be written as JSON");
    match Problem::from_json(&json) {
        Ok(back) => assert_eq!(*problem, back, "JSON keeps another problem"),
        Err(findings) => {
            panic!("what was written as JSON cannot be read: {}\n{findings:?}", String::from_utf8_lossy(&json))
        }
    }
}

/// A problem that is saved as a workbook or a folder is the same when it is loaded, or it is not saved.
pub fn same_in_every_form(problem: &Problem) {
    for name in ["week.json", "week.xlsx", "week"] {
        saved_and_loaded(problem, name);
    }
}

/// A problem that is saved under this name is the same when it is loaded, or it is not saved.
pub fn saved_and_loaded(problem: &Problem, name: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    if visitrota::save(problem, &path).is_ok() {
        match visitrota::load(&path) {
            Ok(back) => assert_eq!(*problem, back, "{name} keeps another problem"),
            Err(error) => panic!("{name} was saved and cannot be loaded: {error}"),
        }
    } else {
        assert!(!path.exists(), "{name} was refused, and is there");
        assert!(name != "week.json", "JSON keeps every problem");
    }
}
