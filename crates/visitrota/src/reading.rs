//! The verbs of files: problems and rotas read and written.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use visitrota_files::{Document, RotaDocument};
use visitrota_model::{Contact, Date, Problem, ReadLimits, Rota};

use crate::error::Error;

/// Reads a problem: a JSON document, a folder of CSV files, or a workbook (`.xlsx` or `.ods`).
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/south-wales/problem.json");
/// use visitrota::{Error, load};
///
/// let problem = load(file)?;
/// assert!(!problem.families.is_empty());
/// assert!(matches!(load("no-such-file.xlsx"), Err(Error::Read { .. })));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not of the form of a problem.
pub fn load(path: impl AsRef<Path>) -> Result<Problem, Error> {
    open(path, None)?.into_problem().map_err(|findings| Error::Invalid { findings })
}

/// Reads a problem as [`load`] does, and keeps what was found on the way, and where everything came from:
/// [`Document::findings`] names the cells of a spreadsheet in the findings of [`check`](crate::check()). With today's date, it
/// also lists slots that can no longer be booked, if the sheets say when prisons take bookings.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Checks, check, open};
///
/// let document = open(file, None)?;
/// let found = document.problem().map(|problem| check(problem, &Checks::document())).unwrap_or_default();
/// for finding in document.findings(found) {
///     println!("{}: {}", finding.path, finding.message);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Read`] if it cannot be read.
pub fn open(path: impl AsRef<Path>, today: Option<Date>) -> Result<Document, Error> {
    open_within(path, today, ReadLimits::default())
}

/// Reads a problem as [`open`] does, within other limits: the usual ones are far beyond any scheme's files.
///
/// # Errors
/// [`Error::Read`] if it cannot be read.
pub fn open_within(path: impl AsRef<Path>, today: Option<Date>, limits: ReadLimits) -> Result<Document, Error> {
    Ok(Document::read_within(path, today, limits)?)
}

/// Writes a problem: as JSON, as a workbook or as a folder of CSV files, as its name has it (`.json`, `.xlsx`, any
/// other). Nothing that is there is written over, and [`load`] gives the same problem back.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Error, load, save};
///
/// let problem = load(file)?;
/// // What is there already stays as it is.
/// assert!(matches!(save(&problem, file), Err(Error::Write { .. })));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Write`] if something is there already, or the problem cannot be kept in that form, or the disk refuses.
pub fn save(problem: &Problem, path: impl AsRef<Path>) -> Result<(), Error> {
    Ok(visitrota_files::save(problem, path)?)
}

/// Writes a problem as [`save`] does, with how people are reached ([`Document::contacts`](crate::files::Document::contacts))
/// where it is written to sheets.
///
/// # Errors
/// As for [`save`].
pub fn save_with_contacts(
    problem: &Problem,
    contacts: &BTreeMap<String, Contact>,
    path: impl AsRef<Path>,
) -> Result<(), Error> {
    Ok(visitrota_files::save_with_contacts(problem, contacts, path)?)
}

/// Writes a template to fill in, with examples and notes: a workbook (`.xlsx`), or a folder of CSV files.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("visitrota-init-{}", std::process::id()));
/// let template = folder.join("week.xlsx");
/// # std::fs::create_dir_all(&folder)?;
/// visitrota::init(&template)?;
/// assert!(template.exists());
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Write`] if something is there already, or the disk refuses.
pub fn init(path: impl AsRef<Path>) -> Result<(), Error> {
    Ok(visitrota_files::init(path)?)
}

/// Reads a rota of a problem: our own document, or a sheet of rides that somebody filled in. Trips from a sheet have no
/// stops: [`fill_in_times`](crate::fill_in_times) gives them.
///
/// The sheet has a row for each family's ride with the columns `driver`, `slot` and `request` (or `family`), and
/// `chaperone` and `trip` where they are needed. It is a CSV file, `rides.csv` in a folder, or a sheet rides of a
/// workbook, such as a report's `rota.xlsx`.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/");
/// use visitrota::{load, load_rota, verify};
///
/// let problem = load(format!("{file}problem.json"))?;
/// # let kept = std::env::temp_dir().join(format!("visitrota-rota-{}.json", std::process::id()));
/// # std::fs::write(&kept, visitrota::plan(&problem, &visitrota::Options::default())?.to_value().to_string())?;
/// let rota = load_rota(&kept, &problem)?;
/// assert!(verify(&problem, &rota)?.is_valid());
/// # std::fs::remove_file(kept)?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not understood.
pub fn load_rota(path: impl AsRef<Path>, problem: &Problem) -> Result<Rota, Error> {
    open_rota_within(path, problem, ReadLimits::default()).map(|document| document.rota)
}

/// Reads a rota of a problem as [`load_rota`] does, within other limits, and keeps where its trips stand.
///
/// # Errors
/// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not understood.
pub fn open_rota_within(path: impl AsRef<Path>, problem: &Problem, limits: ReadLimits) -> Result<RotaDocument, Error> {
    Ok(RotaDocument::read(path, problem, limits)?)
}

/// Reads a rota of a problem as [`load_rota`] does, from bytes; messages call a CSV file `name`.
/// [`RotaDocument::of`] does it within other limits.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, fill_in_times, load, read_rota};
///
/// let problem = load(file)?;
/// let sheet = "driver,slot,request\nV1,sat-am,R1\n";
/// let rota = fill_in_times(&problem, &read_rota(sheet.as_bytes(), "rides.csv", &problem)?, &Options::default())?;
/// assert_eq!(rota.trips[0].driver.as_str(), "V1");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if it is not understood.
pub fn read_rota(bytes: &[u8], name: &str, problem: &Problem) -> Result<Rota, Error> {
    let read = RotaDocument::of(bytes, name, problem, ReadLimits::default());
    read.map(|document| document.rota).map_err(|findings| Error::Invalid { findings })
}

/// Everything in a file, or in what is written into a pipe.
///
/// # Errors
/// [`Error::Read`] if it cannot be read, or is no file; [`Error::Invalid`] if it is longer than is read.
pub fn read_file(path: impl AsRef<Path>, limits: ReadLimits) -> Result<Vec<u8>, Error> {
    Ok(visitrota_files::bytes(path, limits)?)
}

/// Everything that can be read from somewhere, such as standard input, which messages call `name`.
///
/// # Errors
/// [`Error::Read`] if it cannot be read; [`Error::Invalid`] if it is longer than is read.
pub fn read_all(source: impl Read, name: &str, limits: ReadLimits) -> Result<Vec<u8>, Error> {
    let bytes = visitrota_files::bytes_of(source, limits);
    Ok(bytes.map_err(|source| Error::Read { path: name.into(), source })??)
}
