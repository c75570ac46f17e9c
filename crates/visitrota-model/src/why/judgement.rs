//! How far a rota made by hand is from the best, and what would mend it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds::{Bounds, best};
use crate::absent::or_default;
use crate::id::{FamilyId, RequestId, SlotId, VolunteerId};
use crate::rota::Rota;

/// A rota made by hand, judged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Judgement {
    /// The best score of the problem; none where planning ended before anything was known of it.
    #[serde(flatten, with = "best")]
    #[schemars(with = "best::Figure")]
    pub best: Option<Bounds>,
    /// The cheapest valid rota that keeps most of the one judged; none where planning ended before there was one.
    #[serde(default)]
    pub repair: Option<Repair>,
}

impl Judgement {
    /// A judgement.
    #[must_use]
    pub fn new(best: Option<Bounds>, repair: Option<Repair>) -> Self {
        Self { best, repair }
    }
}

/// The rota that keeps most of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Repair {
    /// The rota, valid, with its score.
    pub rota: Rota,
    /// Requests of which every family keeps its slot, its driver and its chaperone.
    pub kept: usize,
    /// What differs, in the problem's order.
    #[serde(default, deserialize_with = "or_default")]
    pub moved: Vec<Moved>,
}

impl Repair {
    /// The rota that keeps most of another, and what differs.
    #[must_use]
    pub fn new(rota: Rota, kept: usize, moved: Vec<Moved>) -> Self {
        Self { rota, kept, moved }
    }
}

/// A ride that is otherwise in a repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Moved {
    /// The request.
    pub request: RequestId,
    /// Of families who visit together: whose ride it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// Its slot and driver in the rota judged, if it was served.
    #[serde(default)]
    pub was: Option<Assignment>,
    /// Its slot and driver in the repair, if it is served.
    #[serde(default)]
    pub to: Option<Assignment>,
    /// Its chaperone before and after, where slot and driver are the same and the chaperone is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chaperones: Option<Chaperones>,
}

impl Moved {
    /// That the ride of a request has another slot, another driver or both.
    #[must_use]
    pub fn new(request: RequestId, was: Option<Assignment>, to: Option<Assignment>) -> Self {
        Self { request, family: None, was, to, chaperones: None }
    }
}

/// In which slot a request is served, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Assignment {
    /// The slot.
    pub slot: SlotId,
    /// Who drives.
    pub driver: VolunteerId,
}

impl Assignment {
    /// A request is served in this slot by this driver.
    #[must_use]
    pub fn new(slot: SlotId, driver: VolunteerId) -> Self {
        Self { slot, driver }
    }
}

/// The chaperone of a ride before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Chaperones {
    /// Who rode along; none where nobody did.
    #[serde(default)]
    pub was: Option<VolunteerId>,
    /// Who would.
    #[serde(default)]
    pub to: Option<VolunteerId>,
}

impl Chaperones {
    /// One chaperone in place of another.
    #[must_use]
    pub fn new(was: Option<VolunteerId>, to: Option<VolunteerId>) -> Self {
        Self { was, to }
    }
}
