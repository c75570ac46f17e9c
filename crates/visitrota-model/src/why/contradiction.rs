//! Pins that contradict each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds::{Bounds, score};
use super::explanation::Block;
use super::judgement::Assignment;
use crate::absent::{NamesById, or_default};
use crate::change::Change;
use crate::id::RequestId;
use crate::patch::Patch;

/// Pins that contradict each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Contradiction {
    /// The pinned requests: without any one of them, the others can be served as pinned.
    pub requests: Vec<RequestId>,
    /// Rules that stop a request that is pinned to what could not be had even by itself.
    #[serde(default, deserialize_with = "or_default")]
    pub blocks: Vec<Block>,
    /// Changes any one of which would let all of the pins hold; or where `others`, these pins by themselves.
    #[serde(default, deserialize_with = "or_default")]
    pub ways_out: Vec<WayOut>,
    /// Whether pins of the problem would contradict each other after any of `ways_out`.
    #[serde(default, deserialize_with = "or_default")]
    pub others: bool,
    /// What dropping each pin would allow, in the order of `requests`.
    #[serde(default, deserialize_with = "or_default")]
    pub dropped: Vec<Dropped>,
    /// The names of those whom its ids are, where they are shown.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "NamesById::is_empty")]
    pub names: NamesById,
}

impl Contradiction {
    /// A contradiction without words and names.
    #[must_use]
    pub fn new(
        requests: Vec<RequestId>,
        blocks: Vec<Block>,
        ways_out: Vec<WayOut>,
        others: bool,
        dropped: Vec<Dropped>,
    ) -> Self {
        Self { requests, blocks, ways_out, others, dropped, names: NamesById::new() }
    }
}

/// Changes that would let pins hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct WayOut {
    /// What they are, in words that go on after "if".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What would change.
    pub changes: Vec<Change>,
    /// The changes as a patch of the problem document.
    pub patch: Patch,
}

impl WayOut {
    /// A way out without words.
    #[must_use]
    pub fn new(changes: Vec<Change>, patch: Patch) -> Self {
        Self { text: None, changes, patch }
    }
}

/// What dropping a request's pin would allow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Dropped {
    /// The request.
    pub request: RequestId,
    /// The best score without its pin; none where other pins still contradict each other.
    #[serde(flatten, with = "score")]
    #[schemars(with = "score::Figure")]
    pub score: Option<Bounds>,
    /// Visits of that rota.
    #[serde(default, deserialize_with = "or_default")]
    pub visits: usize,
    /// Who would still take it, and in which slot; none if it would stay unmet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served: Option<Assignment>,
    /// The pin's removal as a patch of the problem document.
    pub patch: Patch,
}

impl Dropped {
    /// That dropping the pin of this request by this patch leaves other pins that contradict each other.
    #[must_use]
    pub fn new(request: RequestId, patch: Patch) -> Self {
        Self { request, score: None, visits: 0, served: None, patch }
    }
}
