//! What a workbook's file tells of its cells that the library which reads them does not: formulas saved without their
//! values, formulas that give errors, and rows, columns and sheets that are hidden.

mod ods;
mod xlsx;

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use crate::book::Hidden;
use crate::cell::Cell;

/// So many cells and spans of each kind are kept: nobody reads of more, and none is read as something else.
const MOST: usize = 10_000;

/// What is not seen of a sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unseen {
    /// The cells that hold an error, or a formula without its value, by row and column.
    pub(crate) odd: BTreeMap<(u32, u32), Cell>,
    pub(crate) hidden: Hidden,
}

impl Unseen {
    fn odd(&mut self, at: (u32, u32), cell: Cell) {
        if self.odd.len() < MOST {
            self.odd.insert(at, cell);
        }
    }
}

/// What has been seen of the files of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Eye {
    xlsx: xlsx::Eye,
    ods: ods::Eye,
}

impl Eye {
    /// A file of the workbook begins.
    pub(crate) fn part(&mut self, name: &str) {
        self.xlsx.part(name);
    }

    pub(crate) fn begins(&mut self, tag: &BytesStart<'_>) {
        self.xlsx.begins(tag);
        self.ods.begins(tag);
    }

    pub(crate) fn says(&mut self, text: &str) {
        self.xlsx.says(text);
        self.ods.says(text);
    }

    pub(crate) fn ends(&mut self, name: &str) {
        self.xlsx.ends(name);
        self.ods.ends(name);
    }

    /// What is not seen of each sheet, by its name.
    pub(crate) fn sheets(self) -> BTreeMap<String, Unseen> {
        let mut sheets = self.ods.sheets;
        sheets.extend(self.xlsx.sheets());
        sheets
    }
}

/// An attribute's value, by its name.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    value_where(tag, |other| other == name)
}

fn value_where(tag: &BytesStart<'_>, is: impl Fn(&str) -> bool) -> Option<String> {
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        if is(attribute.key.as_ref()) {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return Some(value.map_or_else(|_| attribute.value.to_string(), Into::into));
        }
    }
    None
}

/// Adds a row or column to spans of them.
fn add(spans: &mut Vec<(u32, u32)>, from: u32, to: u32) {
    let room = spans.len() < MOST;
    match spans.last_mut() {
        Some((_, last)) if last.checked_add(1) == Some(from) => *last = to,
        _ if room => spans.push((from, to)),
        _ => {}
    }
}
