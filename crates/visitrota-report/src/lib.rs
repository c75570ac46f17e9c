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
mod page;
mod privacy;
mod rates;
mod sheets;
mod table;
mod tables;
mod texts;
pub mod words;

pub use book::{Area, Book, Call, Drive, Host, Load, Placed, Ride, Spot, Tour, Who};
pub use contacts::{Contact, Contacts, Language};
pub use error::Error;
pub use geojson::geojson;
pub use mileage::{TaxYear, Tenths};
pub use miles::MilesSoFar;
pub use privacy::Privacy;
pub use rates::{Pence, Rate, Rates};
pub use tables::{csv, json};

use visitrota_model::{Explanation, Instant, Problem, Rota};

/// What a report is made with, besides the problem and the rota.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names, telephone numbers and languages, joined at the last moment.
    pub contacts: Contacts,
    /// What may be shown to whoever reads along.
    pub privacy: Privacy,
    /// Earlier rotas of the same week that calendars were made of, the oldest first: what has changed since is told as
    /// a change, and what has gone is withdrawn.
    pub earlier: Vec<Rota>,
    /// What is paid for a mile.
    pub rates: Rates,
    /// What volunteers have claimed so far in the tax year.
    pub miles_so_far: MilesSoFar,
    /// Why visits are not met, where that was asked: the page then tells it in place of the rota's own reasons.
    pub why: Option<Explanation>,
    /// Whether the links to maps are left out of drivers' sheets: a route link opens a map site, with both places in it.
    pub no_route_links: bool,
    /// When the report is made, for calendars and workbooks to say; unless given, they say the beginning of 1970.
    pub made: Option<Instant>,
}

/// A file as data. No name of a person or a prison is in its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Its name within the report's folder, `/` between the parts; of letters, digits, `-`, `_` and `.` alone.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

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
