//! Findings with the cells that they are about.

use std::collections::HashMap;

use visitrota_model::Finding;

use crate::book::At;

/// A finding, and where it is, if it is at a place that exists.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) finding: Finding,
    pub(crate) at: Option<At>,
}

/// Which cell each field of the problem came from, by its path.
#[derive(Debug, Default)]
pub(crate) struct Sources(pub(crate) HashMap<String, At>);

impl Sources {
    /// The cell of a field, or of the innermost thing around it that has a place.
    pub(crate) fn of(&self, path: &str) -> Option<At> {
        let mut path = path;
        // What is said of the whole is about no sheet.
        while !path.is_empty() {
            if let Some(at) = self.0.get(path) {
                return Some(*at);
            }
            path = path.rsplit_once(['.', '['])?.0;
        }
        None
    }
}

/// A finding of the model with the cell that it is about.
pub(crate) fn located(finding: Finding, sources: &Sources) -> Found {
    let at = sources.of(&finding.path);
    Found { finding, at }
}
