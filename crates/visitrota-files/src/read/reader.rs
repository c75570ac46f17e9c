//! What every sheet is read with.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use visitrota_model::{Code, Date, Finding, Tally, likely};

use super::unsure::Unsure;
use crate::book::{At, Book};
use crate::cell::Cell;
use crate::directory::Listed;
use crate::doubt::doubt;
use crate::found::Found;
use crate::value::Fault;

/// A book being read: what is known of it so far, and what has been found.
pub(super) struct Reader<'a> {
    pub(super) book: &'a Book,
    pub(super) found: Vec<Found>,
    pub(super) cells: HashMap<String, At>,
    /// The elements of lists of which something could not be read.
    pub(super) vague: HashSet<(String, usize)>,
    /// Sheets and rows in which it is not clear whom a name means.
    pub(super) misnamed: HashSet<(usize, u32)>,
    /// Who and what is listed on which sheet.
    directory: HashMap<&'static str, Listed>,
    /// Whether so much is amiss that nothing can be said of the problem as a whole.
    pub(super) broken: bool,
    /// The first date of the week: dates without a year are near it.
    pub(super) near: Option<Date>,
    pub(super) last_day: Option<Date>,
    /// How much there is of what is found, kept or not.
    pub(super) tally: Tally,
    /// Today's date, where it is known: a week without a year is the nearest to it.
    pub(super) today: Option<Date>,
    /// The rows that make slots and could not be read.
    pub(super) unsure: Vec<Unsure>,
    /// The ids of slots that are there because such rows may make them.
    pub(super) stand_ins: HashSet<String>,
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
            misnamed: HashSet::new(),
            directory: HashMap::new(),
            broken: false,
            near: None,
            last_day: None,
            tally: Tally::default(),
            today: None,
            unsure: Vec::new(),
            stand_ins: HashSet::new(),
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

    /// Asks of a number whether it is meant as it stands.
    pub(super) fn doubt(&mut self, at: At, field: &str, cell: &Cell) {
        if let Some(Fault { code, message, remedy }) = doubt(field, cell) {
            self.report(at, Finding::warning(code, "", message, remedy).with_value(cell.shown()));
        }
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
    /// Takes over what was found about names, and who there is.
    pub(super) fn knows(&mut self, found: Vec<Found>, directory: HashMap<&'static str, Listed>) {
        self.directory = directory;
        for found in found {
            self.misnamed.extend(found.at.and_then(|at| Some((at.sheet, at.row?))));
            self.push(found);
        }
    }

    /// Reports that something is named which does not exist, where a name would do: all there are are told, where they
    /// are few.
    pub(super) fn report_unknown<'k>(
        &mut self,
        at: At,
        noun: &str,
        id: &str,
        known: impl IntoIterator<Item = &'k str>,
        sheets: &[&str],
    ) {
        const FEW: usize = 4;
        let Fault { code, message, mut remedy } = self.unknown(noun, id, known);
        let lists = sheets.iter().filter_map(|sheet| self.directory.get(sheet));
        let called: Vec<(&str, &str)> = lists.flat_map(Listed::called_first).take(FEW + 1).collect();
        let is_told = !remedy.starts_with("Did you mean") && (1..=FEW).contains(&called.len());
        if is_told {
            let ids: Vec<&str> = called.iter().map(|(id, _)| *id).collect();
            remedy.push_str(&format!(" There is {}.", ids.join(", ")));
        }
        let finding = Finding::error(code, "", message, remedy).with_value(id);
        let finding = called.iter().filter(|_| is_told).fold(finding, |finding, (id, name)| finding.naming(id, name));
        self.report(at, finding);
    }
}

/// The ids of a list's elements.
pub(super) fn ids(items: &[Value]) -> impl Iterator<Item = &str> {
    items.iter().filter_map(|item| item.get("id").and_then(Value::as_str))
}
