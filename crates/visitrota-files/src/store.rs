//! Writing: whole or not at all, and never over something that is there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use visitrota_model::Problem;

use crate::cell::Cell;
use crate::document::{Document, of_csv};
use crate::error::Error;
use crate::write::{self, Draft};
use crate::xlsx;

/// What kind of file a name is for.
enum Form {
    Json,
    Xlsx,
    Folder,
}

fn form(path: &Path) -> Result<Form, Error> {
    let refused = |why: &str| Err(Error::Write { path: path.to_owned(), why: why.to_owned() });
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("json") => Ok(Form::Json),
        Some("xlsx") => Ok(Form::Xlsx),
        Some("ods") => refused("workbooks are written as .xlsx, which LibreOffice opens and can save as .ods"),
        Some("xls" | "xlsm" | "xlsb") => refused("workbooks are written as .xlsx"),
        Some("csv") => refused("a problem is several CSV files: give the name of a folder"),
        _ => Ok(Form::Folder),
    }
}

/// Writes a problem: as JSON, as a workbook or as a folder of CSV files, as its name has it (`.json`, `.xlsx`, any
/// other). Reading it back gives the same problem: that is made sure of before anything is written.
///
/// # Errors
/// [`Error::Write`] if something is there already, or the problem cannot be kept in that form, or the disk refuses.
pub fn save(problem: &Problem, path: impl AsRef<Path>) -> Result<(), Error> {
    let path = path.as_ref();
    let refused = |why: String| Error::Write { path: path.to_owned(), why };
    check_free(path)?;
    match form(path)? {
        Form::Json => {
            let json = serde_json::to_string_pretty(problem).map_err(|error| refused(error.to_string()))?;
            new_file(path, (json + "\n").as_bytes())
        }
        Form::Xlsx => {
            let drafts = write::sheets(problem).map_err(refused)?;
            let bytes = xlsx::written(&drafts, false).map_err(|error| refused(error.to_string()))?;
            same(problem, Document::of(&bytes, None)).map_err(refused)?;
            new_file(path, &bytes)
        }
        Form::Folder => {
            let drafts = write::sheets(problem).map_err(refused)?;
            let files = csv_files(&drafts);
            same(problem, of_csv(files.clone(), None)).map_err(refused)?;
            new_folder(path, &files)
        }
    }
}

/// Writes a template to fill in: a workbook or a folder of CSV files, as its name has it. It has every sheet with its
/// headings and a few rows of an invented example, and notes on what everything means; the workbook has drop-downs
/// besides.
///
/// # Errors
/// [`Error::Write`] if something is there already, or the disk refuses.
pub fn init(path: impl AsRef<Path>) -> Result<(), Error> {
    let path = path.as_ref();
    let refused = |why: String| Error::Write { path: path.to_owned(), why };
    check_free(path)?;
    let drafts = write::template();
    match form(path)? {
        Form::Json => Err(refused("a template is a workbook (.xlsx) or a folder".to_owned())),
        Form::Xlsx => new_file(path, &xlsx::written(&drafts, true).map_err(|error| refused(error.to_string()))?),
        Form::Folder => new_folder(path, &csv_files(&drafts)),
    }
}

/// That what is read back is the problem, in every field.
fn same(problem: &Problem, read: Document) -> Result<(), String> {
    match read.into_problem() {
        Ok(back) if back == *problem => Ok(()),
        Ok(_) => Err("sheets cannot hold this problem as it is; JSON can".to_owned()),
        Err(findings) => {
            let first = findings.iter().find(|finding| finding.is_error()).map(ToString::to_string).unwrap_or_default();
            Err(format!("sheets cannot hold this problem as it is; JSON can: {first}"))
        }
    }
}

fn csv_files(drafts: &[Draft]) -> Vec<(String, Vec<u8>)> {
    let file = |draft: &Draft| {
        let headings = draft.headings.iter().map(|heading| (*heading).to_owned()).collect();
        let shown = |cell: &Option<Cell>| cell.as_ref().map(Cell::shown).unwrap_or_default();
        let rows = draft.rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>());
        let rows = std::iter::once(headings).chain(rows);
        (draft.name.to_owned(), visitrota_csv::file(&visitrota_csv::written(rows)))
    };
    drafts.iter().map(file).collect()
}

/// That nothing would be written over: the path is free, or is an empty folder for a folder.
fn check_free(path: &Path) -> Result<(), Error> {
    let empty_folder = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    let there = fs::symlink_metadata(path).is_ok();
    if !there || matches!(form(path)?, Form::Folder) && empty_folder() {
        return Ok(());
    }
    let why = "something of that name is there already, and is not written over".to_owned();
    Err(Error::Write { path: path.to_owned(), why })
}

/// The folder in which a path stands.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Writes a new file, its owner's alone to read, since it tells who visits whom.
pub(crate) fn new_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let write = || {
        let mut file = NamedTempFile::new_in(parent(path))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map(drop).map_err(|error| error.error)
    };
    write().map_err(|error: io::Error| refused(path, &error))
}

/// Writes a new folder of CSV files, its owner's alone to look into.
fn new_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let write = || {
        let folder = tempfile::tempdir_in(parent(path))?;
        for (name, bytes) in files {
            let mut file = fs::File::create_new(folder.path().join(format!("{name}.csv")))?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        if fs::symlink_metadata(path).is_ok() {
            // It is empty: where it is not, this fails.
            fs::remove_dir(path)?;
        }
        let made: PathBuf = folder.keep();
        fs::rename(&made, path).inspect_err(|_| drop(fs::remove_dir_all(&made)))
    };
    write().map_err(|error: io::Error| refused(path, &error))
}

/// Why the disk did not take it.
fn refused(path: &Path, error: &io::Error) -> Error {
    let why = if parent(path).is_dir() { error.kind().to_string() } else { "there is no such directory".to_owned() };
    Error::Write { path: path.to_owned(), why }
}
