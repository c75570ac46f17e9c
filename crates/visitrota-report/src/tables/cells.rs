//! What several tables have in common.

use crate::book::{Book, Who};
use crate::table::Cell;

/// Id and name.
pub(super) fn person(who: Who) -> [Cell; 2] {
    [Cell::text(who.id), Cell::maybe(who.name)]
}

pub(super) fn title(book: &Book, what: &str) -> String {
    let week = book.problem().week;
    format!("{what}, {} to {}", week.from.long(), week.to.long())
}

/// Several people's ids, as a request has them, and their names.
pub(super) fn people(all: &[Who]) -> [Cell; 2] {
    let ids: Vec<_> = all.iter().map(|who| who.id).collect();
    let names: Vec<_> = all.iter().filter_map(|who| who.name).collect();
    [Cell::text(ids.join(" ")), Cell::maybe((!names.is_empty()).then(|| names.join("; ")))]
}
