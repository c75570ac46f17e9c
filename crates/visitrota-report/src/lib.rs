//! What people hold in hand: the rota page, driver sheets, families' letters and messages, calendars, workbooks and
//! mileage claims; and the rota for programs that read on.
//!
//! Takes a problem, a rota of it, and a file of names where there is one, and makes files of them, as data: whoever
//! calls writes them somewhere. It never replans and never works a time out anew: what it prints stands in the rota.
//! It does no I/O and reads no clock, and the same documents give the same bytes.
//!
//! [`Book`] joins the documents, once, and every paper is made from it; to add a paper is to add a module that reads a
//! book, and a line in [`files`].

pub mod answers;
mod attribution;
mod book;
mod calendar;
mod contacts;
mod error;
mod geojson;
mod html;
mod letters;
mod listing;
mod mileage;
mod miles;
mod name;
mod options;
mod out_file;
mod page;
mod privacy;
mod rates;
mod sheets;
mod table;
mod tables;
mod texts;
pub mod words;

pub use book::{Area, Book, Call, Drive, Host, Load, Placed, Ride, Spot, Tour, Who};
pub use contacts::Contacts;
pub use error::Error;
pub use geojson::geojson;
pub use mileage::TaxYear;
pub use miles::{MilesSoFar, Tenths};
pub use options::Options;
pub use out_file::OutFile;
pub use privacy::Privacy;
pub use rates::{Pence, Rate, Rates};
pub use tables::{csv, json};
pub use visitrota_model::{Contact, Language};

use visitrota_model::{Problem, Rota};

/// Every file of a report, in order of their names.
///
/// # Errors
/// [`Error::Mismatch`] if the rota is none of the problem, [`Error::Earlier`] if an earlier one is of another week,
/// [`Error::Rates`] if there is no rate on the date of a trip, [`Error::Workbook`] if a sheet would be too large.
pub fn files(problem: &Problem, rota: &Rota, options: &Options) -> Result<Vec<OutFile>, Error> {
    let book = Book::new(problem, rota, options)?;
    let mut files = vec![page::file(&book)];
    files.extend(sheets::files(&book));
    files.extend(letters::files(&book));
    files.extend(calendar::files(&book)?);
    files.extend(tables::files(&book)?);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}
