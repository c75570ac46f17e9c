//! Why visits are met as they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds::{Bounds, points_lost, score};
use crate::absent::{is_default, or_default};
use crate::id::{RequestId, SlotId, VolunteerId};
use crate::rota::ScoreParts;

/// Why a request is served as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Served {
    /// The request.
    pub request: RequestId,
    /// Its trip, counted from 0 in the rota's order.
    pub trip: usize,
    /// Its other trips, where families who visit together ride in several cars.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub other_trips: Vec<usize>,
    /// Whether a locked trip serves it: that stands as it is, and nothing is used up or otherwise.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub locked: bool,
    /// What its trips add to the score, by the score's parts: what the rota would score less without them. A joint visit
    /// that would not be whole without them goes with all of its trips.
    pub parts: ScoreParts,
    /// What of its trips is used up, so that they are as they are.
    #[serde(default, deserialize_with = "or_default")]
    pub tight: Vec<Tight>,
    /// The best rota in which another driver takes it, or one of its families.
    #[serde(default, deserialize_with = "or_default")]
    pub other_driver: Alternative,
    /// The best rota in which it has another slot.
    #[serde(default, deserialize_with = "or_default")]
    pub other_slot: Alternative,
}

impl Served {
    /// That this trip serves a request and adds this to the score, with nothing used up and no alternative.
    #[must_use]
    pub fn new(request: RequestId, trip: usize, parts: ScoreParts) -> Self {
        Self {
            request,
            trip,
            other_trips: Vec::new(),
            locked: false,
            parts,
            tight: Vec::new(),
            other_driver: Alternative::None,
            other_slot: Alternative::None,
        }
    }
}

/// Something that is used up to the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "tight", rename_all = "snake_case")]
pub enum Tight {
    /// The slot's tables.
    Tables {
        /// The slot.
        slot: SlotId,
        /// How many there are, and are taken.
        tables: u32,
    },
    /// The seats of the car.
    Seats {
        /// How many there are.
        seats: u32,
    },
    /// The families that the driver takes at once.
    Families {
        /// How many.
        families: u32,
    },
    /// The trips of a volunteer in the week.
    Trips {
        /// Who.
        volunteer: VolunteerId,
        /// How many.
        trips: u32,
    },
    /// The driver's minutes from home to home on the date, within half an hour.
    Duty {
        /// Minutes that are left.
        left: u32,
    },
    /// A volunteer's window, within half an hour of the trip's beginning or end.
    Window {
        /// Who.
        volunteer: VolunteerId,
        /// Minutes to spare before.
        before: u32,
        /// Minutes to spare after.
        after: u32,
    },
}

/// The best that can be had otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "AlternativeFields", into = "AlternativeFields")]
pub enum Alternative {
    /// There is this.
    Costs {
        /// Who would drive.
        driver: VolunteerId,
        /// The slot.
        slot: SlotId,
        /// The best score with it.
        score: Bounds,
        /// Points that the best rota loses by it.
        lost: Bounds,
    },
    /// There is none.
    #[default]
    None,
    /// Planning ended before that was known.
    Unknown,
}

/// [`Alternative`] as it stands in the document.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
struct AlternativeFields {
    /// Whether there is one; null where planning ended before that was known.
    #[serde(default)]
    possible: Option<bool>,
    /// Who would drive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    driver: Option<VolunteerId>,
    /// The slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slot: Option<SlotId>,
    #[serde(flatten, with = "score")]
    #[schemars(with = "score::Figure")]
    score: Option<Bounds>,
    #[serde(flatten, with = "points_lost")]
    #[schemars(with = "points_lost::Figure")]
    lost: Option<Bounds>,
}

impl From<Alternative> for AlternativeFields {
    fn from(alternative: Alternative) -> Self {
        let none = Self { possible: Some(false), driver: None, slot: None, score: None, lost: None };
        match alternative {
            Alternative::Costs { driver, slot, score, lost } => Self {
                possible: Some(true),
                driver: Some(driver),
                slot: Some(slot),
                score: Some(score),
                lost: Some(lost),
            },
            Alternative::None => none,
            Alternative::Unknown => Self { possible: None, ..none },
        }
    }
}

impl From<AlternativeFields> for Alternative {
    fn from(AlternativeFields { possible, driver, slot, score, lost }: AlternativeFields) -> Self {
        match (driver, slot, score, lost) {
            (Some(driver), Some(slot), Some(score), Some(lost)) => Self::Costs { driver, slot, score, lost },
            _ if possible == Some(false) => Self::None,
            _ => Self::Unknown,
        }
    }
}
