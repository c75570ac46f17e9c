//! Rows that may make slots, and could not be read.

use crate::book::At;

/// A row that makes slots, and could not be read.
#[derive(Debug)]
pub(super) struct Unsure {
    /// What their ids are, or begin with before a hyphen; any, where that is not known.
    pub(super) id: Option<String>,
    /// Whether they are called so, rather than begin so.
    pub(super) is_whole: bool,
    pub(super) row: At,
}
