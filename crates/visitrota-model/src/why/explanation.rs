//! Why visits are not met.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds::{Bounds, best};
use super::served::Served;
use super::serving::Serving;
use crate::absent::{NamesById, is_default, or_default};
use crate::change::Change;
use crate::id::{FamilyId, RequestId, SlotId, VolunteerId};
use crate::patch::Patch;
use crate::rota::Rule;

/// Why the visits that a rota leaves unmet are unmet, and why those served are served as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Explanation {
    /// The best score of the problem.
    #[serde(flatten, with = "best")]
    #[schemars(with = "best::Figure")]
    pub best: Bounds,
    /// What the trips of the rota earn.
    pub score: i64,
    /// How many times the rota breaks a rule: it is explained as it stands all the same.
    #[serde(default, deserialize_with = "or_default")]
    pub broken: usize,
    /// The requests asked about that the rota does not serve, in the problem's order.
    pub unmet: Vec<WhyUnmet>,
    /// The requests asked about that it does.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub served: Vec<Served>,
    /// The names of those whom its ids are, where they are shown.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "NamesById::is_empty")]
    pub names: NamesById,
}

impl Explanation {
    /// An explanation without words and names.
    #[must_use]
    pub fn new(best: Bounds, score: i64, broken: usize, unmet: Vec<WhyUnmet>, served: Vec<Served>) -> Self {
        Self { best, score, broken, unmet, served, names: NamesById::new() }
    }
}

/// Why one request stays unmet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "WhyUnmetFields", into = "WhyUnmetFields")]
#[non_exhaustive]
pub struct WhyUnmet {
    /// The request.
    pub request: RequestId,
    /// Why.
    pub why: WhyNot,
}

impl WhyUnmet {
    /// Why this request stays unmet.
    #[must_use]
    pub fn new(request: RequestId, why: WhyNot) -> Self {
        Self { request, why }
    }
}

/// Why a request stays unmet.
#[derive(Clone, Debug, PartialEq)]
pub enum WhyNot {
    /// No trip could serve it, whatever the rest of the rota.
    ImpossibleAlone {
        /// Which rule stops which drivers in which slot, the rule that stops most first.
        blocks: Vec<Block>,
        /// The smallest change that would make it possible; none where nothing that anybody could change would.
        nearest: Option<Box<Nearest>>,
    },
    /// Trips could serve it, and the rota is better without.
    LostToCompetition(Serving),
}

/// [`WhyUnmet`] as it stands in the document.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
struct WhyUnmetFields {
    /// The request.
    request: RequestId,
    /// Why it stays unmet.
    verdict: WhyNotKind,
    /// `impossible_alone`: which rule stops which drivers in which slot, slot by slot, the rule that stops most first.
    #[serde(default, deserialize_with = "or_default")]
    blocks: Vec<Block>,
    /// `impossible_alone`: the smallest change that would make it possible; absent where nothing that anybody could
    /// change would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nearest: Option<Box<Nearest>>,
    /// `lost_to_competition`: what serving it would mean for the rest of the rota.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    serving: Option<Serving>,
}

/// Why a request stays unmet, in a word.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "WhyNot")]
enum WhyNotKind {
    /// No trip could serve it, whatever the rest of the rota.
    ImpossibleAlone,
    /// Trips could serve it, and the rota is better without.
    LostToCompetition,
}

impl From<WhyUnmet> for WhyUnmetFields {
    fn from(WhyUnmet { request, why }: WhyUnmet) -> Self {
        match why {
            WhyNot::ImpossibleAlone { blocks, nearest } => {
                Self { request, verdict: WhyNotKind::ImpossibleAlone, blocks, nearest, serving: None }
            }
            WhyNot::LostToCompetition(serving) => {
                let (verdict, serving) = (WhyNotKind::LostToCompetition, Some(serving));
                Self { request, verdict, blocks: Vec::new(), nearest: None, serving }
            }
        }
    }
}

impl From<WhyUnmetFields> for WhyUnmet {
    fn from(WhyUnmetFields { request, verdict, blocks, nearest, serving }: WhyUnmetFields) -> Self {
        let why = match verdict {
            WhyNotKind::ImpossibleAlone => WhyNot::ImpossibleAlone { blocks, nearest },
            WhyNotKind::LostToCompetition => WhyNot::LostToCompetition(serving.unwrap_or(Serving::Unknown)),
        };
        Self { request, why }
    }
}

/// A rule that stops drivers from serving a request in a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Block {
    /// The slot; absent where the request asks for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<SlotId>,
    /// The rule.
    pub rule: Rule,
    /// Whom it stops; nobody where there is no driver at all.
    #[serde(default, deserialize_with = "or_default")]
    pub volunteers: Vec<VolunteerId>,
}

impl Block {
    /// That this rule stops these drivers in this slot.
    #[must_use]
    pub fn new(slot: Option<SlotId>, rule: Rule, volunteers: Vec<VolunteerId>) -> Self {
        Self { slot, rule, volunteers }
    }
}

/// The smallest change that would make a request possible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Nearest {
    /// What it is, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What would change; each change is needed, and is as small as can be.
    pub changes: Vec<Change>,
    /// The slot in which the request could then be served.
    pub slot: SlotId,
    /// By whom.
    pub driver: VolunteerId,
    /// The second adult, if one must ride.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chaperone: Option<VolunteerId>,
    /// Of families who visit together: whom that driver would take, where the others would ride in another car. Empty
    /// where the driver would take all.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub families: Vec<FamilyId>,
    /// The changes as a patch of the problem document.
    pub patch: Patch,
}

impl Nearest {
    /// That after these changes this driver could take the request to this slot, with all of its families and without a
    /// chaperone.
    #[must_use]
    pub fn new(changes: Vec<Change>, patch: Patch, slot: SlotId, driver: VolunteerId) -> Self {
        Self { text: None, changes, slot, driver, chaperone: None, families: Vec::new(), patch }
    }
}
