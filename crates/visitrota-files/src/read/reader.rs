//! What every sheet is read with.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use visitrota_model::{Code, Date, Finding, Tally, likely};

use crate::book::{At, Book};
use crate::cell::Cell;
use crate::found::Found;
use crate::value::Fault;

use super::names::Names;

/// A book being read: what is known of it so far, and what has been found.
pub(super) struct Reader<'a> {
    pub(super) book: &'a Book,
    pub(super) found: Vec<Found>,
    pub(super) cells: HashMap<String, At>,
    /// The elements of lists of which something could not be read.
    pub(super) vague: HashSet<(String, usize)>,
    /// Whether so much is amiss that nothing can be said of the problem as a whole.
    pub(super) broken: bool,
    /// The first date of the week: dates without a year are near it.
    pub(super) near: Option<Date>,
    pub(super) last_day: Option<Date>,
    /// How much there is of what is found, kept or not.
    pub(super) tally: Tally,
    /// Today's date, where it is known: a week without a year is the nearest to it.
    pub(super) today: Option<Date>,
    /// How many more ids are compared with all others to find the one meant.
    hints_left: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        Self {
            book,
            found: Vec::new(),
            cells: HashMap::new(),
            vague: HashSet::new(),
            broken: false,
            near: None,
            last_day: None,
            tally: Tally::default(),
            today: None,
            hints_left: 200,
        }
    }
}

impl Reader<'_> {
    pub(super) fn report(&mut self, at: At, finding: Finding) {
        self.push(Found { finding, at: Some(at) });
    }

    pub(super) fn push(&mut self, found: Found) {
        if self.tally.keeps(&found.finding) {
            self.found.push(found);
        }
    }

    /// Reports a fault in a cell.
    pub(super) fn fault(&mut self, at: At, fault: Fault) {
        let shown = self.book.cell(at).map(Cell::shown);
        let finding = Finding::error(fault.code, "", fault.message, fault.remedy);
        let finding = match shown {
            Some(shown) => finding.with_value(shown),
            None => finding,
        };
        self.report(at, finding);
    }

    /// Reports that a value must be there.
    pub(super) fn missing(&mut self, at: At, column: &str, note: &str) {
        let message = format!("The {column} is missing.");
        self.report(at, Finding::error(Code::MissingField, "", message, format!("Give it: {note}")));
    }

    /// Whether one more of what does not exist is held against all that does.
    pub(super) fn hint(&mut self) -> bool {
        let left = self.hints_left.checked_sub(1);
        self.hints_left = left.unwrap_or_default();
        left.is_some()
    }

    /// That something is named which does not exist.
    pub(super) fn unknown<'k>(&mut self, noun: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> Fault {
        // To compare it with all others takes long, and where hundreds are unknown the cause is another.
        let meant = if self.hint() { likely(id, known) } else { None };
        let remedy = match meant {
            Some(meant) => format!("Did you mean {meant}?"),
            None => format!("Correct the id, or add the {noun} to its sheet."),
        };
        Fault::new(Code::UnknownId, format!("There is no {noun} with the id {id}."), remedy)
    }
}

impl Reader<'_> {
    /// The same where people may have written a name.
    pub(super) fn unknown_by<'k>(
        &mut self,
        noun: &str,
        id: &str,
        known: impl IntoIterator<Item = &'k str>,
        names: &Names,
    ) -> Fault {
        let fault = self.unknown(noun, id, known);
        if fault.remedy.starts_with("Did you mean") {
            return fault;
        }
        let remedy = match (names.likely(id), names.few()) {
            (Some(meant), _) => format!("Did you mean {meant}?"),
            (None, Some(few)) => format!("{} There is {few}.", fault.remedy),
            (None, None) => return fault,
        };
        Fault { remedy, ..fault }
    }
}

/// The ids of a list's elements.
pub(super) fn ids(items: &[Value]) -> impl Iterator<Item = &str> {
    items.iter().filter_map(|item| item.get("id").and_then(Value::as_str))
}
