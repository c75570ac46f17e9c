//! What is not seen of a sheet, and what its file is read with.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use crate::book::Hidden;
use crate::cell::Cell;

/// So many cells and spans of each kind are kept: nobody reads of more, and none is read as something else.
pub(super) const MOST: usize = 10_000;

/// What is not seen of a sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unseen {
    /// The cells that hold an error, or a formula without its value, by row and column.
    pub(crate) odd: BTreeMap<(u32, u32), Cell>,
    pub(crate) hidden: Hidden,
}

impl Unseen {
    /// Keeps an odd cell.
    pub(super) fn odd(&mut self, at: (u32, u32), cell: Cell) {
        if self.odd.len() < MOST {
            self.odd.insert(at, cell);
        }
    }
}

/// An attribute's value, by its name.
pub(super) fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    value_where(tag, |other| other == name)
}

pub(super) fn value_where(tag: &BytesStart<'_>, is: impl Fn(&str) -> bool) -> Option<String> {
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        if is(attribute.key.as_ref()) {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return Some(value.map_or_else(|_| attribute.value.to_string(), Into::into));
        }
    }
    None
}

/// Adds a row or column to spans of them.
pub(super) fn add(spans: &mut Vec<(u32, u32)>, from: u32, to: u32) {
    let room = spans.len() < MOST;
    match spans.last_mut() {
        Some((_, last)) if last.checked_add(1) == Some(from) => *last = to,
        _ if room => spans.push((from, to)),
        _ => {}
    }
}
