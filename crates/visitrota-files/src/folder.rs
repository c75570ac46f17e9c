//! A folder of CSV files: what in it is read, what cannot be, and what is passed over though it looks like a sheet.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use visitrota_model::{Code, Finding, Measure, ReadLimits, likely};

use crate::cell::plain;
use crate::error::Error;
use crate::file;
use crate::sheets::Spec;

/// What a folder holds.
pub(crate) struct Contents {
    /// The CSV files, by their names without `.csv`; but those that end in `.tsv` with it.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// The files that cannot be read, as errors, and those that are passed over, as warnings.
    pub(crate) found: Vec<Finding>,
}

/// What people's programs put behind a name, or beside it.
const ENDINGS: &[&str] = &[
    "csv", "tsv", "tab", "txt", "xls", "xlsx", "xlsm", "xlsb", "ods", "numbers", "json", "zip", "gz", "bak", "backup",
    "old", "orig", "tmp", "copy", "kopie", "of", "final", "new", "sheet", "export",
];
/// What the names of CSV files may end in whose fields are parted by tabs.
pub(crate) const TSV: &str = ".tsv";
/// Of these, those of tables.
const TABLES: &[&str] = &["csv", "tsv", "tab", "txt", "xls", "xlsx", "xlsm", "xlsb", "ods", "numbers"];

/// The CSV files in a folder, in order of their names.
pub(crate) fn contents(path: &Path, known: &[&Spec], limits: ReadLimits) -> Result<Contents, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    let mut contents = Contents { files: Vec::new(), found: Vec::new() };
    let mut length = 0;
    for path in paths {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        if is_left_by_a_program(&path, &name) {
            continue;
        }
        let is_csv = ends_in(&path, "csv") || ends_in(&path, "tsv");
        let (true, Some(stem)) = (is_csv, stem(&path)) else {
            contents.found.extend(passed_over(&name, known));
            continue;
        };
        match csv(&path, &name, limits) {
            Ok(bytes) => {
                length += bytes.len() as u64;
                limits
                    .hold(Measure::Bytes, length)
                    .map_err(|large| Error::Invalid { findings: vec![large.at(&name).finding()] })?;
                contents.files.push((stem, bytes));
            }
            Err(finding) => contents.found.push(finding),
        }
    }
    Ok(contents)
}

/// Whether a file holds nothing that anybody wrote: it shows that another is open, or what its system keeps about it.
fn is_left_by_a_program(path: &Path, name: &str) -> bool {
    let of_system = name.strip_prefix("._").is_some_and(|of| path.with_file_name(of).exists());
    of_system || name.starts_with(".~lock.") || name.starts_with("~$")
}

/// What is in a file that is called as a sheet is, or why it cannot be had. Its kind is looked at before it is opened:
/// a pipe would have the program wait for ever, and a device may be endless.
fn csv(path: &Path, name: &str, limits: ReadLimits) -> Result<Vec<u8>, Finding> {
    let unreadable = |why: &str, remedy: &str| {
        let message = format!("The file {name} cannot be read: {why}.");
        Finding::error(Code::UnreadableSheet, name, message, remedy)
    };
    let there = match fs::metadata(path) {
        Ok(there) => there,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let remedy = "Put the file itself there, or delete the link.";
            return Err(unreadable("it is a link that leads nowhere", remedy));
        }
        Err(error) => return Err(unreadable(&error.kind().to_string(), "Put the file itself there, or delete it.")),
    };
    if there.is_dir() {
        return Err(unreadable("it is a folder", "Put a CSV file with that name there, or rename the folder."));
    }
    if !there.is_file() {
        return Err(unreadable("it is a device or a pipe, not a file", "Put a CSV file there, or delete it."));
    }
    file::bytes(path, limits).map_err(|error| match error {
        Error::Invalid { findings } => {
            findings.into_iter().next().map_or_else(|| unreadable("it is too long", ""), |finding| finding.at(name))
        }
        Error::Read { source, .. } if source.kind() == ErrorKind::PermissionDenied => {
            unreadable("you have no permission to read it", "Give yourself permission to read it, or delete it.")
        }
        Error::Read { source, .. } => unreadable(&source.kind().to_string(), "Copy it again, or delete it."),
        error => unreadable(&error.to_string(), "Copy it again, or delete it."),
    })
}

/// That a file is no sheet, where its name nearly is a sheet's: `pairs.csv.txt`, `Pairs (1).xlsx`.
fn passed_over(name: &str, known: &[&Spec]) -> Option<Finding> {
    let lower = name.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_table = words().any(|word| TABLES.contains(&word));
    let stem: String =
        words().filter(|word| !ENDINGS.contains(word) && !word.chars().all(|c| c.is_ascii_digit())).collect();
    let called = |spec: &&&Spec| std::iter::once(&spec.name).chain(spec.also).any(|name| plain(name) == stem);
    let nearly = |spec: &&&Spec| is_table && likely(&stem, [spec.name]).is_some();
    let meant = known.iter().find(called).or_else(|| known.iter().find(nearly));
    let message = format!("{name} is ignored: a sheet is a file whose name ends in .csv.");
    let remedy = match meant {
        Some(meant) => {
            format!("If it is the sheet {0}, save it as CSV with the name {0}.csv. If not, rename it.", meant.name)
        }
        None if words().any(|word| word == "csv") => {
            "If it is a sheet, give it the name of the sheet with .csv at the end. If not, rename it.".to_owned()
        }
        None => return None,
    };
    Some(Finding::warning(Code::UnknownField, name, message, remedy))
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|other| other.eq_ignore_ascii_case(ending))
}

/// A file's name without its ending, but for one that tells how its cells are parted.
pub(crate) fn stem(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    Some(if ends_in(path, "tsv") { stem + TSV } else { stem })
}
