//! Problems and templates out, and never over something that is there.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;

use visitrota_model::{Contact, Problem, ReadLimits};

use crate::cell::Cell;
use crate::disk::{NewFile, NewFolder};
use crate::document::{Document, of_csv};
use crate::error::Error;
use crate::write::{self, Draft};
use crate::xlsx;

/// What we wrote ourselves is read back whatever its size.
const UNLIMITED: ReadLimits = ReadLimits::times(NonZeroU32::MAX);

/// What is written, by its name.
enum Form {
    Json(NewFile),
    Xlsx(NewFile),
    Folder(NewFolder),
}

/// What a name is for, if nothing is there yet.
fn form(path: &Path) -> Result<Form, Error> {
    let refused = |why: &str| Err(Error::Write { path: path.to_owned(), why: why.to_owned() });
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("json") => Ok(Form::Json(NewFile::new(path)?)),
        Some("xlsx") => Ok(Form::Xlsx(NewFile::new(path)?)),
        Some("ods") => refused("workbooks are written as .xlsx, which LibreOffice opens and can save as .ods"),
        Some("xls" | "xlsm" | "xlsb") => refused("workbooks are written as .xlsx"),
        Some("csv") => refused("a problem is several CSV files: give a folder name"),
        _ => Ok(Form::Folder(NewFolder::new(path)?)),
    }
}

/// Writes a problem: as JSON, as a workbook or as a folder of CSV files, as its name has it (`.json`, `.xlsx`, any
/// other). Reading it back gives the same problem: that is made sure of before anything is written.
///
/// # Errors
/// [`Error::Write`] if something is there already, or the problem cannot be kept in that form, or the disk refuses.
pub fn save(problem: &Problem, path: impl AsRef<Path>) -> Result<(), Error> {
    save_with_contacts(problem, &BTreeMap::new(), path)
}

/// Writes a problem as [`save`] does, with how people are reached ([`Document::contacts`]) where it is written to sheets.
///
/// # Errors
/// [`Error::Write`] as for [`save`].
pub fn save_with_contacts(
    problem: &Problem,
    contacts: &BTreeMap<String, Contact>,
    path: impl AsRef<Path>,
) -> Result<(), Error> {
    let path = path.as_ref();
    let refused = |why: String| Error::Write { path: path.to_owned(), why };
    match form(path)? {
        Form::Json(file) => {
            let json = serde_json::to_string_pretty(problem).map_err(|error| refused(error.to_string()))?;
            file.write((json + "\n").as_bytes())
        }
        Form::Xlsx(file) => {
            let drafts = write::sheets(problem, contacts).map_err(refused)?;
            let bytes = xlsx::written(&drafts).map_err(|error| refused(error.to_string()))?;
            same(problem, contacts, &Document::of_within(&bytes, None, UNLIMITED)).map_err(refused)?;
            file.write(&bytes)
        }
        Form::Folder(folder) => {
            let drafts = write::sheets(problem, contacts).map_err(refused)?;
            let files = csv_files(&drafts);
            same(problem, contacts, &of_csv(files.clone(), None, UNLIMITED)).map_err(refused)?;
            write_csv(&folder, &files)
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
    let drafts = write::template();
    match form(path)? {
        Form::Json(_) => Err(refused("a template is a workbook (.xlsx) or a folder".to_owned())),
        Form::Xlsx(file) => file.write(&xlsx::template(&drafts).map_err(|error| refused(error.to_string()))?),
        Form::Folder(folder) => write_csv(&folder, &csv_files(&drafts)),
    }
}

/// That what is read back is the problem, in every field.
fn same(problem: &Problem, contacts: &BTreeMap<String, Contact>, read: &Document) -> Result<(), String> {
    match read.problem() {
        Some(back) if back == problem && read.contacts() == contacts => Ok(()),
        Some(_) => Err("sheets cannot hold this problem as it is; JSON can".to_owned()),
        None => {
            let findings = read.findings(Vec::new());
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

fn write_csv(folder: &NewFolder, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let named: Vec<_> = files.iter().map(|(name, bytes)| (format!("{name}.csv"), bytes)).collect();
    folder.write(named.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}
