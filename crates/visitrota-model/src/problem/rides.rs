//! What is asked for, and what is already settled: requests, pairs, pins, what was announced.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::meeting::MeetingPlace;
use super::people::Family;
use crate::id::{FamilyId, PlaceId, PrisonerId, RequestId, SlotId, VolunteerId};
use crate::limit;
use crate::rota::{Stop, StopKind, Trip};
use crate::time::WallTime;

/// One visit asked for: by one family, or by several who visit one prisoner together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RequestFields", into = "RequestFields")]
#[non_exhaustive]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Who asks: one family, or the households of a joint request.
    pub families: Vec<FamilyId>,
    /// The slots that would do.
    pub options: Vec<SlotOption>,
    /// Who is visited; absent = not told.
    pub prisoner: Option<PrisonerId>,
    /// Where the families are collected, before what they say of themselves.
    pub pickup: Option<MeetingPlace>,
    /// Where the families are brought back to, before what they say of themselves.
    pub dropoff: Option<MeetingPlace>,
    /// Weeks since the family's last visit, or since it first asked.
    pub weeks_waiting: u32,
    /// Points for this visit besides, or off it where negative.
    pub extra_points: i32,
}

/// [`Request`] as it stands in the document: with `family`, or with `families`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, transform = family_or_families)]
struct RequestFields {
    /// Its id.
    #[schemars(length(min = 1))]
    id: RequestId,
    /// Who asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    family: Option<FamilyId>,
    /// Who asks, of a joint request: two households or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 2))]
    families: Option<Vec<FamilyId>>,
    /// The slots that would do.
    options: Vec<SlotOption>,
    /// Who is visited; absent = not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prisoner: Option<PrisonerId>,
    /// Where the families are collected, before what they say of themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pickup: Option<MeetingPlace>,
    /// Where the families are brought back to, before what they say of themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dropoff: Option<MeetingPlace>,
    /// Weeks since the family's last visit, or since it first asked.
    #[serde(default)]
    #[schemars(range(max = limit::COUNT))]
    weeks_waiting: u32,
    /// Points for this visit besides, or off it where negative.
    #[serde(default)]
    #[schemars(range(min = -limit::POINTS, max = limit::POINTS))]
    extra_points: i32,
}

/// Says in the schema that a request has either `family` or `families`.
fn family_or_families(schema: &mut schemars::Schema) {
    let both = "A request has one `family`, or the `families` of a joint visit.";
    let neither = "Who asks; for several households who visit together, give `families`.";
    let rule = json!([{
        "if": {"properties": {"families": {"not": {"type": "null"}}}, "required": ["families"]},
        "then": {"properties": {"family": {"type": "null", "description": both}}},
        "else": {"properties": {"family": {"type": "string", "description": neither}}, "required": ["family"]},
    }]);
    schema.insert("allOf".to_owned(), rule);
}

impl TryFrom<RequestFields> for Request {
    type Error = String;

    fn try_from(fields: RequestFields) -> Result<Self, String> {
        let RequestFields { id, family, families, options, prisoner, pickup, dropoff, weeks_waiting, extra_points } =
            fields;
        let families = match (family, families) {
            (Some(family), None) => vec![family],
            (None, Some(families)) if families.len() > 1 => families,
            (None, Some(_)) => return Err(format!("request {id} has fewer than two `families`")),
            (Some(_), Some(_)) => return Err(format!("request {id} has both `family` and `families`")),
            (None, None) => return Err(format!("request {id} lacks `family`")),
        };
        Ok(Self { id, families, options, prisoner, pickup, dropoff, weeks_waiting, extra_points })
    }
}

impl From<Request> for RequestFields {
    fn from(request: Request) -> Self {
        let Request { id, families, options, prisoner, pickup, dropoff, weeks_waiting, extra_points } = request;
        let (family, families) = match <[FamilyId; 1]>::try_from(families) {
            Ok([family]) => (Some(family), None),
            Err(families) => (None, Some(families)),
        };
        Self { id, family, families, options, prisoner, pickup, dropoff, weeks_waiting, extra_points }
    }
}

/// A slot that would do for a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SlotOption {
    /// The slot.
    pub slot: SlotId,
    /// 0 = the family's first choice.
    #[serde(default)]
    #[schemars(range(max = limit::COUNT))]
    pub rank: u32,
    /// Where the families are collected for this slot, before all else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup: Option<MeetingPlace>,
    /// Where the families are brought back to after this slot, before all else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropoff: Option<MeetingPlace>,
}

/// The two ways of an outing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To the prison: the family is picked up.
    Out,
    /// Home again: the family is dropped off.
    Back,
}

/// A rule about two people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Pair {
    /// One of them.
    pub a: PlaceId,
    /// The other.
    pub b: PlaceId,
    /// The rule.
    pub rule: PairRule,
}

/// The rules about two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PairRule {
    /// The volunteer usually takes the family.
    Usual,
    /// Never in one trip: any two of families and volunteers.
    Never,
    /// Two families, or two prisoners, that never have visits in the same slot.
    NeverSameSlot,
}

/// What the rota must do: serve a request, in this slot and by this driver where named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Pin {
    /// The request.
    pub request: RequestId,
    /// The slot it must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<SlotId>,
    /// The driver that its families, or `family` alone where that is named, must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub driver: Option<VolunteerId>,
    /// Of a joint request: the family that must have the driver; absent = all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
}

/// What was already announced to a family: an entry for each ride.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Published {
    /// The request.
    pub request: RequestId,
    /// The slot announced.
    pub slot: SlotId,
    /// The driver announced.
    pub driver: VolunteerId,
    /// The chaperone announced; absent = none was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chaperone: Option<VolunteerId>,
    /// Of a joint request: whose ride it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// When the car was to be at the family's stop outward; absent = no time was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup: Option<WallTime>,
    /// When the car was to be at the family's stop on the return; absent = no time was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<WallTime>,
}

impl Way {
    /// The field of a family, a request or an option that says where families are met on this way.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Out => "pickup",
            Self::Back => "dropoff",
        }
    }
}

impl Request {
    /// Whether several families make the visit together.
    #[must_use]
    pub fn is_joint(&self) -> bool {
        self.families.len() > 1
    }

    /// Those of its families whom a trip that names it carries: of a joint request those whose stops the trip has.
    pub fn families_in<'a>(&'a self, trip: &'a Trip) -> impl Iterator<Item = &'a FamilyId> {
        let calls_at = |family: &FamilyId| {
            let at = |stop: &Stop| stop.kind == StopKind::Pickup && stop.place.as_str() == family.as_str();
            trip.stops.iter().any(at)
        };
        let named = trip.requests.contains(&self.id);
        self.families.iter().filter(move |family| named && (!self.is_joint() || calls_at(family)))
    }

    /// The option for a slot, if the slot would do.
    #[must_use]
    pub fn option(&self, slot: &SlotId) -> Option<&SlotOption> {
        self.options.iter().find(|option| option.slot == *slot)
    }

    /// Where one of its families is met for an option of its, or for those that do not say: as the option says, else
    /// the request, else the family; else at home.
    #[must_use]
    pub fn meeting_place<'a>(
        &'a self,
        option: Option<&'a SlotOption>,
        family: &'a Family,
        way: Way,
    ) -> &'a MeetingPlace {
        let (of_option, of_request, of_family) = match way {
            Way::Out => (option.map(|option| &option.pickup), &self.pickup, &family.pickup),
            Way::Back => (option.map(|option| &option.dropoff), &self.dropoff, &family.dropoff),
        };
        let of_option = of_option.and_then(Option::as_ref);
        of_option.or(of_request.as_ref()).or(of_family.as_ref()).unwrap_or(&MeetingPlace::Home)
    }
}

impl Published {
    /// The family whose ride it is: the one named, else the request's only one. None where the request has several and
    /// none is named.
    #[must_use]
    pub fn family_of<'a>(&'a self, request: &'a Request) -> Option<&'a FamilyId> {
        match (&self.family, request.families.as_slice()) {
            (Some(family), _) => Some(family),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}
