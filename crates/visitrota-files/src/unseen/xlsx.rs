//! The files of an `.xlsx` workbook.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::sheet::{MOST, Unseen, add, value, value_where};
use crate::cell::Cell;

/// So many letters of a formula are shown.
const SHOWN: usize = 60;

/// A formula with a nought stored beside it, in a workbook that asks to be calculated when it is opened: whatever wrote
/// it could not calculate.
#[derive(Clone, Debug)]
struct Nought {
    at: (u32, u32),
    formula: String,
}

/// One sheet's file.
#[derive(Clone, Debug, Default)]
struct Part {
    unseen: Unseen,
    noughts: Vec<Nought>,
}

/// A cell that is open.
#[derive(Debug)]
struct Open {
    at: (u32, u32),
    /// What kind of value it says it has.
    kind: Option<String>,
    formula: Option<String>,
    value: String,
    /// Whether the text that comes is the formula.
    in_formula: bool,
}

#[derive(Debug, Default)]
pub(super) struct Eye {
    name: String,
    /// Whether that file is a sheet.
    in_sheet: bool,
    /// The sheets in the workbook: name, id, whether hidden.
    listed: Vec<(String, String, bool)>,
    /// Their files, by these ids.
    targets: BTreeMap<String, String>,
    parts: BTreeMap<String, Part>,
    /// Whether the workbook asks to be calculated when it is opened.
    calculates: bool,
    /// The next row and column where a cell does not say where it is.
    next: (u32, u32),
    open: Option<Open>,
}

impl Eye {
    pub(super) fn part(&mut self, name: &str) {
        name.clone_into(&mut self.name);
        self.in_sheet = false;
        self.open = None;
        self.next = (0, 0);
    }

    pub(super) fn begins(&mut self, tag: &BytesStart<'_>) {
        let local = tag.local_name();
        self.in_sheet |= local.as_ref() == "worksheet";
        if self.in_sheet {
            return self.of_sheet(tag, local.as_ref());
        }
        match local.as_ref() {
            "sheet" if self.name.ends_with("workbook.xml") => {
                let hidden = value(tag, "state").is_some_and(|state| state != "visible");
                let id = value_where(tag, |name| name.ends_with(":id")).unwrap_or_default();
                self.listed.push((value(tag, "name").unwrap_or_default(), id, hidden));
            }
            "calcPr" => self.calculates |= is_true(value(tag, "fullCalcOnLoad")),
            "Relationship" if self.name.ends_with("workbook.xml.rels") => {
                if let (Some(id), Some(target)) = (value(tag, "Id"), value(tag, "Target")) {
                    let target = target.trim_start_matches('/');
                    let within = if target.starts_with("xl/") { "" } else { "xl/" };
                    self.targets.insert(id, format!("{within}{target}"));
                }
            }
            _ => {}
        }
    }

    fn of_sheet(&mut self, tag: &BytesStart<'_>, local: &str) {
        let part = self.parts.entry(self.name.clone()).or_default();
        match local {
            "col" if is_true(value(tag, "hidden")) => {
                let number = |name| value(tag, name).and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
                if let (Some(from), Some(to)) = (number("min"), number("max")) {
                    add(&mut part.unseen.hidden.columns, from, to);
                }
            }
            "row" => {
                let row = value(tag, "r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1));
                self.next = (row.unwrap_or(self.next.0), 0);
                if is_true(value(tag, "hidden")) {
                    add(&mut part.unseen.hidden.rows, self.next.0, self.next.0);
                }
            }
            "c" => {
                let at = value(tag, "r").and_then(|name| place(&name)).unwrap_or(self.next);
                self.next = (at.0, at.1.saturating_add(1));
                let kind = value(tag, "t");
                self.open = Some(Open { at, kind, formula: None, value: String::new(), in_formula: false });
            }
            "f" => {
                if let Some(open) = &mut self.open {
                    open.formula.get_or_insert_with(String::new);
                    open.in_formula = true;
                }
            }
            _ => {}
        }
    }

    pub(super) fn says(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        let into = if open.in_formula { open.formula.get_or_insert_with(String::new) } else { &mut open.value };
        let left = SHOWN.saturating_sub(into.chars().count());
        into.extend(text.chars().take(left));
    }

    pub(super) fn ends(&mut self, name: &str) {
        match name.rsplit(':').next().unwrap_or_default() {
            "f" => {
                if let Some(open) = &mut self.open {
                    open.in_formula = false;
                }
            }
            "row" => self.next = (self.next.0.saturating_add(1), 0),
            "c" => {
                let Some(Open { at, kind, formula: Some(formula), value, .. }) = self.open.take() else { return };
                let Some(part) = self.parts.get_mut(&self.name) else { return };
                // A formula that gives an empty text has that for its value.
                let is_text = kind.as_deref() == Some("str");
                let value = value.trim();
                if value.is_empty() && !is_text {
                    part.unseen.odd(at, Cell::Uncalculated(format!("={formula}")));
                } else if value == "0" && matches!(kind.as_deref(), None | Some("n")) && part.noughts.len() < MOST {
                    part.noughts.push(Nought { at, formula });
                }
            }
            _ => {}
        }
    }

    pub(super) fn sheets(self) -> BTreeMap<String, Unseen> {
        let mut sheets = BTreeMap::new();
        for (name, id, is_hidden) in self.listed {
            let part = self.targets.get(&id).and_then(|target| self.parts.get(target)).cloned().unwrap_or_default();
            let mut unseen = part.unseen;
            unseen.hidden.sheet = is_hidden;
            for Nought { at, formula } in part.noughts.into_iter().filter(|_| self.calculates) {
                unseen.odd(at, Cell::Uncalculated(format!("={formula}")));
            }
            sheets.insert(name, unseen);
        }
        sheets
    }
}

fn is_true(value: Option<String>) -> bool {
    value.is_some_and(|value| value == "1" || value == "true")
}

/// The row and column of a cell's name, from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let (row, column) = crate::book::place(name)?;
    Some((u32::try_from(row.checked_sub(1)?).ok()?, u32::try_from(column.checked_sub(1)?).ok()?))
}
