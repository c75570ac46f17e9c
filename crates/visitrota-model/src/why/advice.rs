//! What would help a scheme.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds::{Bounds, score};
use crate::absent::{NamesById, or_default};
use crate::change::Change;
use crate::patch::Patch;

/// What would help a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Advice {
    /// The best score of the problem as it is: `score` in the document.
    #[serde(flatten, with = "score")]
    #[schemars(with = "score::Figure")]
    pub best: Bounds,
    /// Visits of the best rota as it is.
    pub visits: usize,
    /// What would help most, each with its exact gain: what those who are there could do, the most helpful first, and
    /// then new people.
    #[serde(rename = "advice")]
    pub suggestions: Vec<Suggestion>,
    /// Changes that were weighed: those that are not suggested gain no more than the last that is, or nothing.
    #[serde(default, deserialize_with = "or_default")]
    pub weighed: usize,
    /// Changes that were not weighed to the end before planning ended.
    #[serde(default, deserialize_with = "or_default")]
    pub unknown: usize,
    /// The names of those whom its ids are, where they are shown.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "NamesById::is_empty")]
    pub names: NamesById,
}

impl Advice {
    /// Advice without words and names.
    #[must_use]
    pub fn new(best: Bounds, visits: usize, suggestions: Vec<Suggestion>, weighed: usize, unknown: usize) -> Self {
        Self { best, visits, suggestions, weighed, unknown, names: NamesById::new() }
    }
}

/// A change that would help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Suggestion {
    /// What it is and gains, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What would change: one thing, as people see it.
    pub changes: Vec<Change>,
    /// The changes as a patch of the problem document.
    pub patch: Patch,
    /// The proven best score after it.
    pub score: i64,
    /// Points gained: the difference of two proven best scores.
    pub gain_points: i64,
    /// Visits more in the best rota after it than in that before.
    pub gain_visits: i64,
}

impl Suggestion {
    /// A suggestion without words.
    #[must_use]
    pub fn new(changes: Vec<Change>, patch: Patch, score: i64, gain_points: i64, gain_visits: i64) -> Self {
        Self { text: None, changes, patch, score, gain_points, gain_visits }
    }
}
