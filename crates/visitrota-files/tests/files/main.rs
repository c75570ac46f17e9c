//! Problems in and out of files, from outside.

mod broken;
mod contacts;
mod folder;
mod forms;
mod garbage;
mod hostile;
mod lists;
mod meant;
mod names;
mod office;
mod reading;
mod rides;
mod rules;
mod template;
mod typed;
mod unseen;

use std::fs;
use std::path::{Path, PathBuf};

use visitrota_files::{Document, RotaDocument, save};
use visitrota_model::{Finding, Problem, ReadLimits, Rota};

/// The problems of all fixtures.
fn fixtures() -> Vec<(String, Problem)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the fixtures") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") && !path.ends_with("rota.json") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 7, "{files:?}");
    let named = files.into_iter().map(|path| (path.display().to_string(), problem(&path)));
    named.collect()
}

fn problem(path: &Path) -> Problem {
    let document = Document::read(path, None).expect("it can be read");
    document.into_problem().unwrap_or_else(|findings| panic!("{}: {}", path.display(), told(&findings)))
}

fn south_wales() -> Problem {
    problem(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/south-wales/problem.json"))
}

/// The rota on a sheet.
fn rota_of(bytes: &[u8], name: &str, problem: &Problem) -> Result<Rota, Vec<Finding>> {
    RotaDocument::of(bytes, name, problem, ReadLimits::default()).map(|document| document.rota)
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{finding}\n")).collect()
}

/// Everything found in a document, with the check of the problem where there is one.
fn findings(document: &Document) -> Vec<Finding> {
    document.findings(document.problem().map(visitrota_model::check).unwrap_or_default())
}

/// A problem as a new file, and the folder that keeps it while it is needed.
fn saved(problem: &Problem, name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    save(problem, &path).unwrap_or_else(|error| panic!("{name}: {error}"));
    (folder, path)
}
