//! What is told of a rota: the rules that it breaks.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clause::Clause;

/// A rule that a rota breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Breach {
    /// Which rule; stable from version to version.
    pub code: Clause,
    /// Where the rule stands among the rules of a rota, such as `§4.9`.
    pub paragraph: String,
    /// Which trip, counted from 0 in the rota's order; absent where the rota as a whole breaks the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<usize>,
    /// The rule, in a coordinator's words, naming everyone concerned.
    pub message: String,
}

/// The breaches found so far.
#[derive(Default)]
pub(super) struct Report {
    pub(super) broken: Vec<Breach>,
    /// The trip being read, if any.
    pub(super) trip: Option<usize>,
}

impl Report {
    pub(super) fn add(&mut self, code: Clause, message: impl Into<String>) {
        let paragraph = code.paragraph().to_owned();
        self.broken.push(Breach { code, paragraph, trip: self.trip, message: message.into() });
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, paragraph, trip, message } = self;
        if let Some(trip) = trip {
            write!(f, "trip {}: ", trip + 1)?;
        }
        write!(f, "{message} ({paragraph} {code})")
    }
}
