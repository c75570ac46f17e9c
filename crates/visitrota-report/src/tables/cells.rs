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
