//! Rotas in: our own document, or a sheet of rides that somebody filled in.

use std::fs;
use std::path::Path;

use visitrota_model::{Finding, Problem, ReadLimits, Rota, Trip};

use crate::book::{At, Book, Form};
use crate::document::{begins_as_json, book};
use crate::error::Error;
use crate::file;
use crate::folder::{Contents, contents, stem};
use crate::found::Found;
use crate::read::{Rides, rides, spans};
use crate::sheets::RIDES;
use crate::workbook;

/// A rota as it was read, and where its trips stand.
#[derive(Clone, Debug, PartialEq)]
pub struct RotaDocument {
    /// The rota.
    pub rota: Rota,
    /// What people call the rows of each trip, in the trips' order: `rides.csv rows 3 and 4`. Nothing of a JSON document.
    pub places: Vec<String>,
    /// Warnings: what of a sheet is hidden, or passed over.
    pub findings: Vec<Finding>,
}

impl RotaDocument {
    /// Reads a rota: a JSON document, or a sheet with a row for each family's ride and the columns `driver`, `slot` and
    /// `request` or `family`, with `chaperone` and `trip` where they are needed: a CSV file, a folder that holds
    /// `rides.csv`, or a workbook with a sheet rides, such as reports hold. Volunteers, families and requests go by
    /// their ids or by the names that the problem has for them. Trips from a sheet have no stops; but where a joint
    /// request rides in several cars, each of them has the pick-ups of all whom it carries, without times, so that it is
    /// known who rides in which.
    ///
    /// # Errors
    /// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not understood.
    pub fn read(path: impl AsRef<Path>, problem: &Problem, limits: ReadLimits) -> Result<Self, Error> {
        let path = path.as_ref();
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let invalid = |findings| Error::Invalid { findings };
        if fs::metadata(path).map_err(failed)?.is_dir() {
            let Contents { files, mut found } = contents(path, &[&RIDES], limits)?;
            if found.iter().any(Finding::is_error) {
                return Err(invalid(found));
            }
            return match of_csv(files, problem, limits) {
                Ok(mut document) => {
                    document.findings.extend(found);
                    Ok(document)
                }
                Err(findings) => {
                    found.splice(0..0, findings);
                    Err(invalid(found))
                }
            };
        }
        let name = stem(path).unwrap_or_default();
        Self::of(&file::bytes(path, limits)?, &name, problem, limits).map_err(invalid)
    }

    /// The rota in these bytes, which messages call `name` where they are a CSV file: see [`read`](Self::read).
    ///
    /// # Errors
    /// Everything in it that is not understood.
    pub fn of(bytes: &[u8], name: &str, problem: &Problem, limits: ReadLimits) -> Result<Self, Vec<Finding>> {
        match workbook::kind(bytes) {
            Some(kind) => {
                let sheets = workbook::read(kind, bytes, limits).map_err(|finding| vec![finding])?;
                of_book(Book { form: Form::Workbook, sheets, limits }, Vec::new(), problem)
            }
            None if begins_as_json(bytes) && !bytes.trim_ascii_start().starts_with(b"\"") => {
                Rota::from_json_within(bytes, limits).map(|rota| Self {
                    rota,
                    places: Vec::new(),
                    findings: Vec::new(),
                })
            }
            None => of_csv(vec![(name.to_owned(), bytes.to_vec())], problem, limits),
        }
    }
}

fn of_csv(files: Vec<(String, Vec<u8>)>, problem: &Problem, limits: ReadLimits) -> Result<RotaDocument, Vec<Finding>> {
    let (book, found) = book(files, limits).map_err(|large| vec![large])?;
    of_book(book, found, problem)
}

fn of_book(mut book: Book, found: Vec<Found>, problem: &Problem) -> Result<RotaDocument, Vec<Finding>> {
    // A single sheet is the one that is meant, whatever it is called.
    let called = match book.sheets.as_mut_slice() {
        [sheet] => Some(std::mem::replace(&mut sheet.name, RIDES.name.to_owned())),
        _ => None,
    };
    let trips = if found.is_empty() { rides(&book, problem) } else { Err(found) };
    if let ([sheet], Some(called)) = (book.sheets.as_mut_slice(), called) {
        sheet.name = called;
    }
    let told = |found: Found| match found.at {
        Some(at) => found.finding.at(book.name(at)),
        None => found.finding,
    };
    let Rides { sheet, trips, rows, found } = trips.map_err(|found| found.into_iter().map(told).collect::<Vec<_>>())?;
    let findings = found.into_iter().map(told).collect();
    let sheet = book.name(At { sheet, row: None, column: None });
    let comma = if book.form == Form::Workbook { "," } else { "" };
    let number = |row: u32| (u64::from(row) + 1).to_string();
    let places = rows.iter().map(|rows| format!("{sheet}{comma} {}", spans("row", "rows", rows, number)));
    Ok(RotaDocument { places: places.collect(), rota: of_trips(trips, problem), findings })
}

/// A rota of which nothing is known but its trips.
fn of_trips(trips: Vec<Trip>, problem: &Problem) -> Rota {
    let mut rota = Rota::new(trips);
    rota.problem = problem.name.clone();
    rota
}
