//! Fields that may be left out of a document: `null` is read as if they were.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// The names of people, prisons and meeting points by their ids, where an answer shows them.
pub type NamesById = BTreeMap<String, String>;

/// Reads a field whose `null` means what its absence means.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(field: D) -> Result<T, D::Error> {
    Option::deserialize(field).map(Option::unwrap_or_default)
}

/// Whether a field says no more than its absence.
pub(crate) fn is_default<T: Default + PartialEq>(field: &T) -> bool {
    *field == T::default()
}
