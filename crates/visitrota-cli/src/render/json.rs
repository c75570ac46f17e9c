//! Documents for programs.

use serde::Serialize;

use crate::failure::Failure;

/// A document for programs.
pub(crate) fn json(document: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| text + "\n").map_err(|error| Failure::Internal(format!("JSON: {error}")))
}
