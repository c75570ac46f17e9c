//! How far planning has come.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far planning has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "progress", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Progress {
    /// Looking for valid trips.
    Trips,
    /// There is a better rota, or a better bound.
    Rota {
        /// The points of the best rota so far; 0 for an empty one.
        score: i64,
        /// An upper bound on the points of every rota.
        bound: i64,
        /// How many valid trips have been found so far.
        trips: usize,
    },
    /// Of several questions, each a plan of its own, so many are answered.
    Answers {
        /// Answered.
        done: usize,
        /// Asked.
        of: usize,
    },
}
