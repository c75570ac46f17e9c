//! Rotas in: our own document, or a sheet of rides that somebody filled in.

use std::fs;
use std::path::Path;

use visitrota_model::{Code, Finding, Problem, Rota, RotaFormat, Status, Trip};

use crate::book::{Book, Form};
use crate::document::{begins_as_json, book, bytes, contents};
use crate::error::Error;
use crate::read::{Found, rides};
use crate::sheets::RIDES;
use crate::workbook;

/// Reads a rota: a JSON document, or a sheet with a row for each family's ride and the columns `driver`, `slot` and
/// `request` or `family`, with `chaperone` and `trip` where they are needed: a CSV file, a folder that holds
/// `rides.csv`, or a workbook with a sheet rides, such as reports hold. Volunteers and families go by their ids or by
/// the names that the problem has for them. Trips from a sheet have no stops.
///
/// # Errors
/// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not understood.
pub fn rota(path: impl AsRef<Path>, problem: &Problem) -> Result<Rota, Error> {
    let path = path.as_ref();
    let failed = |source| Error::Read { path: path.to_owned(), source };
    if fs::metadata(path).map_err(failed)?.is_dir() {
        return of_csv(contents(path)?, problem).map_err(|findings| Error::Invalid { findings });
    }
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    rota_of(&bytes(path)?, &name, problem).map_err(|findings| Error::Invalid { findings })
}

/// The rota in these bytes, which messages call `name` where they are a CSV file: see [`rota`].
///
/// # Errors
/// Everything in it that is not understood.
pub fn rota_of(bytes: &[u8], name: &str, problem: &Problem) -> Result<Rota, Vec<Finding>> {
    match workbook::kind(bytes) {
        Some(kind) => {
            let sheets = workbook::read(kind, bytes).map_err(|why| {
                let message = format!("This workbook cannot be read: {why}.");
                let remedy = "Open it in the program that made it, and save it as .xlsx or .ods without a password.";
                vec![Finding::error(Code::UnreadableSheet, "", message, remedy)]
            })?;
            of_book(Book { form: Form::Workbook, sheets }, Vec::new(), problem)
        }
        None if begins_as_json(bytes) && !bytes.trim_ascii_start().starts_with(b"\"") => Rota::from_json(bytes),
        None => of_csv(vec![(name.to_owned(), bytes.to_vec())], problem),
    }
}

fn of_csv(files: Vec<(String, Vec<u8>)>, problem: &Problem) -> Result<Rota, Vec<Finding>> {
    let (book, found) = book(files);
    of_book(book, found, problem)
}

fn of_book(mut book: Book, found: Vec<Found>, problem: &Problem) -> Result<Rota, Vec<Finding>> {
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
        Some(at) => Finding { path: book.name(at), ..found.finding },
        None => found.finding,
    };
    trips.map(|trips| of_trips(trips, problem)).map_err(|found| found.into_iter().map(told).collect())
}

/// A rota of which nothing is known but its trips.
fn of_trips(trips: Vec<Trip>, problem: &Problem) -> Rota {
    Rota {
        format: RotaFormat::V1,
        problem: problem.name.clone(),
        status: Status::default(),
        score: 0,
        bound: None,
        parts: None,
        trips,
        unmet: Vec::new(),
        kept_free: Vec::new(),
        made_by: None,
    }
}
