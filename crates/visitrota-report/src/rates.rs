//! What is paid for a mile, by date.

use std::collections::BTreeSet;
use std::fmt;

use visitrota_model::{Code, Date, Finding, ReadLimits};

use crate::error::Error;
use crate::listing::{self, Row, hundredths};

/// What is paid for a mile, by date. The default is the table that comes with the program: the approved mileage
/// allowance payments of HMRC for cars.
///
/// ```
/// use visitrota_report::Rates;
///
/// let rates = Rates::default();
/// let on = |date: &str| rates.on(date.parse().unwrap()).map(|rate| rate.first.to_string());
/// assert_eq!((on("2026-04-05"), on("2026-04-06")), (Some("45".to_owned()), Some("55".to_owned())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates(Vec<Rate>);

/// What is paid for a mile from a date on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The first date.
    pub from: Date,
    /// How many miles of a tax year are paid at the first rate.
    pub first_miles: u32,
    /// For each of these miles.
    pub first: Pence,
    /// For each mile after.
    pub later: Pence,
    /// For each mile with a passenger, besides.
    pub passenger: Pence,
}

/// An amount for a mile: hundredths of a penny.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pence(pub u32);

const TABLE: &str = include_str!("../data/rates.csv");
const COLUMNS: [&str; 5] = ["from", "first_miles", "first_rate", "later_rate", "passenger_rate"];

impl Rates {
    /// Reads a table: CSV with the columns `from` (a date), `first_miles`, `first_rate`, `later_rate` and
    /// `passenger_rate` (pence for a mile).
    ///
    /// # Errors
    /// [`Error::Rates`] with everything that is wrong in it.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_csv_within(bytes, ReadLimits::default())
    }

    /// Reads a table as [`from_csv`](Self::from_csv) does, within other limits.
    ///
    /// # Errors
    /// [`Error::Rates`] with everything that is wrong in it.
    pub fn from_csv_within(bytes: &[u8], limits: ReadLimits) -> Result<Self, Error> {
        let mut found = Vec::new();
        let mut rates: Vec<Rate> = Vec::new();
        let mut dates = BTreeSet::new();
        for row in listing::read(bytes, &COLUMNS, COLUMNS.len(), limits, &mut found) {
            let Some(rate) = rate(&row, &mut found) else { continue };
            if !dates.insert(rate.from) {
                let message = format!("Another row also has rates from {}.", rate.from);
                found.push(Finding::error(Code::DuplicateId, &row.place, message, "Keep one of the two rows."));
            }
            rates.push(rate);
        }
        if rates.is_empty() && found.is_empty() {
            let remedy = format!("Give a row for each date on which rates change: {}.", COLUMNS.join(", "));
            found.push(Finding::error(Code::MissingField, "", "There are no rates.", remedy));
        }
        rates.sort_by_key(|rate| rate.from);
        if found.is_empty() { Ok(Self(rates)) } else { Err(Error::Rates(found)) }
    }

    /// The rates, in order of their dates.
    pub fn iter(&self) -> impl Iterator<Item = Rate> {
        self.0.iter().copied()
    }

    /// The rates on a date, if the table goes back as far.
    #[must_use]
    pub fn on(&self, date: Date) -> Option<Rate> {
        self.0.iter().rev().find(|rate| rate.from <= date).copied()
    }
}

impl Default for Rates {
    fn default() -> Self {
        // A test sees to it that the table can be read.
        Self::from_csv(TABLE.as_bytes()).unwrap_or(Self(Vec::new()))
    }
}

fn rate(Row { place, cells, .. }: &Row, found: &mut Vec<Finding>) -> Option<Rate> {
    let before = found.len();
    let mut wrong = |at: usize, what: &str| {
        let message = format!("The column `{}` is not {what}.", COLUMNS[at]);
        let remedy = "Write a row like 2026-04-06, 10000, 55, 25, 5: a date, miles, and pence per mile.";
        found.push(Finding::error(Code::WrongType, place, message, remedy).with_value(&cells[at]));
    };
    let from = date(&cells[0]);
    if from.is_none() {
        wrong(0, "a date");
    }
    let first_miles = hundredths(&cells[1]).filter(|miles| miles % 100 == 0 && *miles <= 1_000_000_000);
    let first_miles = first_miles.and_then(|miles| u32::try_from(miles / 100).ok());
    if first_miles.is_none() {
        wrong(1, "a whole number of miles");
    }
    let mut pence = |at: usize| {
        // Up to ten pounds for a mile: more is a slip.
        let pence = hundredths(&cells[at]).filter(|pence| *pence <= 100_000).and_then(|pence| pence.try_into().ok());
        if pence.is_none() {
            wrong(at, "an amount in pence with at most two decimals");
        }
        Pence(pence.unwrap_or_default())
    };
    let [first, later, passenger] = [2, 3, 4].map(&mut pence);
    let rate = Rate { from: from?, first_miles: first_miles?, first, later, passenger };
    (found.len() == before).then_some(rate)
}

/// A date as ISO has it, or as a British spreadsheet does: `2026-04-06`, `6/4/2026`.
fn date(text: &str) -> Option<Date> {
    let british = || {
        let mut parts = text.split('/').map(|part| part.trim().parse().ok());
        let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
        Date::new(year, month, day).filter(|_| parts.next().is_none())
    };
    text.parse().ok().or_else(british)
}

impl fmt::Display for Pence {
    /// `55`, `52.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:02}", self.0 / 100, self.0 % 100);
        f.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_comes_along_can_be_read() {
        let rates = Rates::from_csv(TABLE.as_bytes()).unwrap();
        assert_eq!(rates, Rates::default());
        let on =
            |date: &str| rates.on(date.parse().unwrap()).map(|rate| (rate.first_miles, rate.first.0, rate.later.0));
        assert_eq!(on("2002-04-05"), None);
        assert_eq!(on("2011-04-05"), Some((10_000, 4_000, 2_500)));
        assert_eq!(on("2026-04-05"), Some((10_000, 4_500, 2_500)));
        assert_eq!(on("2026-04-06"), Some((10_000, 5_500, 2_500)));
        assert!(rates.0.iter().all(|rate| rate.passenger == Pence(500)));
    }

    #[test]
    fn a_table_as_a_spreadsheet_saves_it() {
        let csv =
            "\u{feff}From;Passenger_rate;First_miles;First_rate;Later_rate\r\n6/4/2026;5;\"10,000\";52.5;25.25\r\n";
        let rates = Rates::from_csv(csv.as_bytes()).unwrap();
        let rate = rates.on("2027-01-01".parse().unwrap()).unwrap();
        assert_eq!((rate.from.to_string().as_str(), rate.first_miles), ("2026-04-06", 10_000));
        assert_eq!([rate.first, rate.later, rate.passenger].map(|pence| pence.to_string()), ["52.5", "25.25", "5"]);
    }

    #[test]
    fn numbers_are_never_guessed() {
        assert_eq!(["7", "0.5", "1,234.25", "12,345,678"].map(hundredths), [700, 50, 123_425, 1_234_567_800].map(Some));
        for text in ["", "9,5", "1,2345", "1234,567", ",123", "1.234", "-1", "+1", " 1", "1e3", "1.2.3", "£5"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let csv = "from,first_miles,first_rate,later_rate,passenger_rate\n31/2/2026,-1,45p,0.123,99999999999999999999\n\
                   2026-04-06,1,1,1,1\n2026-04-06,1,1,1,1\n";
        let Err(error) = Rates::from_csv(csv.as_bytes()) else { panic!("no error") };
        let told: Vec<_> = error.findings().iter().map(|finding| (finding.path.as_str(), finding.code)).collect();
        let wrong = ("row 2", Code::WrongType);
        assert_eq!(told, [wrong, wrong, wrong, wrong, wrong, ("row 4", Code::DuplicateId)]);
        for garbage in ["", "from", "from,first_miles,first_rate,later_rate,passenger_rate\n", "\u{0}", "\"", ";;;\n;;"]
        {
            assert!(Rates::from_csv(garbage.as_bytes()).is_err(), "{garbage}");
        }
    }
}
