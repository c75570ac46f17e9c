//! Tables: a heading, rows, and what each cell is; written as CSV, as JSON and as a sheet of a workbook.

mod comma;
mod object;
mod sheet;

use visitrota_model::{Date, WallTime};

pub(crate) use comma::csv;
pub(crate) use object::json;
pub(crate) use sheet::workbook;

use crate::miles::Tenths;
use crate::rates::Pence;

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// What a sheet of it is called.
    pub(crate) name: &'static str,
    /// What stands at the head of each printed page.
    pub(crate) title: String,
    pub(crate) headings: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// A last row that adds up, on paper alone: a program adds up by itself.
    pub(crate) total: Option<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(u64),
    /// Miles.
    Miles(Tenths),
    /// A rate in pence.
    Rate(Pence),
    /// Pounds, as pence.
    Money(u64),
    Date(Date),
    /// A time; on paper the clock alone.
    Time(WallTime),
    /// Hours, as minutes; told to a tenth of an hour.
    Hours(u64),
}

impl Table {
    pub(crate) fn new(name: &'static str, headings: &[&'static str]) -> Self {
        Self { name, title: name.to_owned(), headings: headings.to_vec(), rows: Vec::new(), total: None }
    }

    /// What programs call the columns: `First rate (p)` is `first_rate_p`.
    pub(crate) fn keys(&self) -> impl Iterator<Item = String> {
        self.headings.iter().map(|heading| {
            let lower = heading.to_lowercase();
            lower
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join("_")
        })
    }
}

impl Cell {
    pub(crate) fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    pub(crate) fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(crate) fn count(number: usize) -> Self {
        Self::Number(number as u64)
    }

    /// The number in it, and in how many decimals it is told.
    fn number(&self) -> Option<(u64, u32)> {
        match *self {
            Self::Number(number) => Some((number, 0)),
            Self::Miles(Tenths(tenths)) => Some((tenths, 1)),
            Self::Rate(Pence(hundredths)) => Some((hundredths.into(), 2)),
            Self::Money(pence) => Some((pence, 2)),
            // Six minutes are a tenth of an hour.
            Self::Hours(minutes) => Some((minutes.saturating_add(3) / 6, 1)),
            Self::Empty | Self::Text(_) | Self::Date(_) | Self::Time(_) => None,
        }
    }

    /// As programs read it.
    pub(crate) fn plain(&self) -> String {
        if let Self::Rate(pence) = self {
            return pence.to_string();
        }
        if let Some((number, decimals)) = self.number() {
            let one = 10_u64.pow(decimals);
            let whole = number / one;
            return match usize::try_from(decimals).unwrap_or_default() {
                0 => whole.to_string(),
                width => format!("{whole}.{:0width$}", number % one),
            };
        }
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => time.to_string(),
            _ => String::new(),
        }
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that a spreadsheet may take for more than a text.
    pub(super) const SLY: [&str; 6] = ["=1+1", "+44 7700", "-x", "@SUM(A1)", "\t=1", "a, \"b\"\nc"];

    pub(super) fn table() -> Table {
        let mut table = Table::new("Things", &["What", "First rate (p)", "At gate"]);
        let time = Cell::Time("2026-03-29T07:05".parse().unwrap());
        table.rows.extend(SLY.map(|text| vec![Cell::text(text), Cell::Empty, Cell::Empty]));
        table.rows.push(vec![Cell::Money(1_205), Cell::Rate(Pence(5_250)), time]);
        table.rows.push(vec![Cell::Miles(Tenths(7)), Cell::Hours(93), Cell::Date("2026-03-29".parse().unwrap())]);
        table
    }

    #[test]
    fn cells_are_told_in_whole_decimals() {
        let told = |cell: Cell| cell.plain();
        assert_eq!([0, 5, 100, 1_234_567].map(|pence| told(Cell::Money(pence))), ["0.00", "0.05", "1.00", "12345.67"]);
        assert_eq!([0, 2, 3, 90].map(|minutes| told(Cell::Hours(minutes))), ["0.0", "0.0", "0.1", "1.5"]);
        assert_eq!(told(Cell::Miles(Tenths(u64::MAX))), "1844674407370955161.5");
        assert_eq!(table().keys().collect::<Vec<_>>(), ["what", "first_rate_p", "at_gate"]);
    }
}
