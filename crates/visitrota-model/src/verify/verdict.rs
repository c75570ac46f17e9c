//! What the verifier finds of a rota, and how it stands in documents.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::report::Breach;
use crate::absent::{NamesById, or_default};
use crate::rota::ScoreParts;
use crate::why::Judgement;

/// What the verifier finds of a rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "VerdictFields", into = "VerdictFields")]
#[non_exhaustive]
pub struct Verdict {
    /// The rules broken: locked trips that are missing, then trip by trip in the rota's order, then those of the rota as a
    /// whole; none = the rota is valid.
    pub broken: Vec<Breach>,
    /// The score that the rota's trips earn, recomputed.
    pub score: ScoreParts,
    /// Requests served.
    pub served: usize,
}

impl Verdict {
    pub(super) fn new(broken: Vec<Breach>, score: ScoreParts, served: usize) -> Self {
        Self { broken, score, served }
    }

    /// Whether the rota keeps every rule.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.broken.is_empty()
    }
}

/// [`Verdict`] as it stands in the document.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
struct VerdictFields {
    /// Whether the rota keeps every rule.
    valid: bool,
    /// The rules broken: locked trips that are missing, then trip by trip in the rota's order, then those of the rota as a
    /// whole; none = the rota is valid.
    #[serde(default, deserialize_with = "or_default")]
    broken: Vec<Breach>,
    /// The score that the rota's trips earn, recomputed.
    score: i64,
    /// What the score is made of.
    parts: ScoreParts,
    /// Requests served.
    served: usize,
}

impl From<Verdict> for VerdictFields {
    fn from(verdict: Verdict) -> Self {
        let valid = verdict.is_valid();
        let Verdict { broken, score: parts, served } = verdict;
        Self { valid, broken, score: parts.total(), parts, served }
    }
}

impl From<VerdictFields> for Verdict {
    fn from(VerdictFields { valid: _, broken, score: _, parts, served }: VerdictFields) -> Self {
        Self { broken, score: parts, served }
    }
}

/// What the verifier finds of a rota, and how far it is from the best where that was asked for.
// A `Verdict` alone can be read from its document, and a `Judgement`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Verification {
    /// What the verifier finds.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// How far the rota is from the best; none where that was not asked for. One that knows nothing reads as none.
    #[serde(flatten, deserialize_with = "known")]
    pub judgement: Option<Judgement>,
    /// The names of those whom its ids are, where they are shown.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "NamesById::is_empty")]
    pub names: NamesById,
}

impl Verification {
    /// A verdict, and how far the rota is from the best, without names.
    #[must_use]
    pub fn new(verdict: Verdict, judgement: Option<Judgement>) -> Self {
        Self { verdict, judgement, names: NamesById::new() }
    }
}

/// A judgement that knows something.
fn known<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Judgement>, D::Error> {
    let judgement = Judgement::deserialize(reader)?;
    Ok((judgement != Judgement::default()).then_some(judgement))
}
