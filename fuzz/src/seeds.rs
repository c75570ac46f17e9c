//! What the fuzzer begins with: the fixtures, in the form that a target takes. Nothing of it is kept in the repository.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use visitrota::{Problem, files::Document};
use visitrota_tests::{TINY, random_problem};
use zip::ZipArchive;

use crate::fixed::fixtures;
use crate::parts::joined;

/// Random problems among the seeds.
const RANDOM: u64 = 24;

/// Writes seeds into the folder that the variable `FUZZ_SEEDS` names, if there is one.
pub fn seeds(seeds: impl FnOnce() -> Vec<Vec<u8>>) {
    let Some(folder) = std::env::var_os("FUZZ_SEEDS") else { return };
    for (number, seed) in seeds().iter().enumerate() {
        fs::write(Path::new(&folder).join(format!("seed-{number}")), seed).expect("the folder of seeds can be written");
    }
}

/// A file of the fixtures.
pub fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixtures().join(name)).expect("the fixture is there")
}

/// Every problem of the fixtures, as it stands.
pub fn json_problems() -> Vec<Vec<u8>> {
    let mut found = vec![fixture("south-wales/problem.json"), fixture("clock-change/problem.json")];
    found.extend(small_problems());
    found
}

/// Problems that are planned in no time.
pub fn small_problems() -> Vec<Vec<u8>> {
    let mut found = vec![fixture("tiny/problem.json")];
    let mut files: Vec<_> = fs::read_dir(fixtures().join("regressions"))
        .expect("the fixtures are there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    found.extend(files.iter().map(|file| fs::read(file).expect("the fixture is there")));
    found.extend(
        (0..RANDOM).map(|seed| {
            serde_json::to_vec(&random_problem(seed, &TINY)).expect("every problem can be written as JSON")
        }),
    );
    found
}

/// The small problems that can be kept in sheets, as CSV files in one input each; and the week in South Wales and the
/// template besides.
pub fn folders() -> Vec<Vec<u8>> {
    let mut found = vec![joined_folder(&fixtures().join("south-wales/sheets"))];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let template = folder.path().join("template");
    visitrota::init(&template).expect("a template");
    found.push(joined_folder(&template));
    for (number, problem) in problems().iter().enumerate() {
        let path = folder.path().join(number.to_string());
        if visitrota::save(problem, &path).is_ok() {
            found.push(joined_folder(&path));
        }
    }
    found
}

fn joined_folder(folder: &Path) -> Vec<u8> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?.to_owned();
            Some((name, fs::read(&path).expect("a file")))
        })
        .collect();
    files.sort();
    joined(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// Small problems and the template as workbooks.
pub fn workbooks() -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut found = Vec::new();
    let template = folder.path().join("template.xlsx");
    visitrota::init(&template).expect("a template");
    found.push(fs::read(&template).expect("the template"));
    for (number, problem) in problems().iter().take(8).enumerate() {
        let path = folder.path().join(format!("{number}.xlsx"));
        if visitrota::save(problem, &path).is_ok() {
            found.push(fs::read(&path).expect("the workbook"));
        }
    }
    found
}

/// The files that a workbook packs and that cells come from, as one input, without the drop-downs.
pub fn unpacked(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file in the workbook");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("a file in the workbook");
        let name = file.name().expect("a name in UTF-8").into_owned();
        if ["theme", "docProps", "drawing", "comments", "worksheets/_rels"].iter().any(|part| name.contains(part)) {
            continue;
        }
        let text = String::from_utf8(bytes).expect("XML in UTF-8");
        let text = match (text.split_once("<dataValidations"), text.split_once("</dataValidations>")) {
            (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
            _ => text,
        };
        files.push((name, text.into_bytes()));
    }
    joined(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

fn problems() -> Vec<Problem> {
    let read = |json: Vec<u8>| Document::of(&json, None).into_problem().expect("a fixture is a problem");
    small_problems().into_iter().map(read).collect()
}
