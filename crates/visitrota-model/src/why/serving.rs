//! What serving a request would mean for the rest of the rota.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds::{Bounds, points_lost, score};
use crate::absent::or_default;
use crate::id::{RequestId, SlotId, VolunteerId};

/// What serving a request would mean for the rest of the rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "ServingFields", into = "ServingFields")]
pub enum Serving {
    /// It can be served, at a price.
    Costs {
        /// The best score of a rota that serves it.
        score: Bounds,
        /// Points that the best rota loses by it: the difference of the two best scores.
        lost: Bounds,
        /// The slot that it would have.
        slot: SlotId,
        /// Who would drive.
        driver: VolunteerId,
        /// Who else would drive, where families who visit together would ride in several cars.
        others: Vec<VolunteerId>,
        /// The requests that the rota at hand serves and that rota does not.
        instead_of: Vec<RequestId>,
    },
    /// It cannot be served while these requests are pinned as they are.
    Pinned {
        /// The pinned requests that contradict it.
        pins: Vec<RequestId>,
    },
    /// Planning ended before that was known.
    Unknown,
}

/// [`Serving`] as it stands in the document: with a slot and a driver where it is known that it can be served.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
struct ServingFields {
    #[serde(flatten, with = "score")]
    #[schemars(with = "score::Figure")]
    score: Option<Bounds>,
    #[serde(flatten, with = "points_lost")]
    #[schemars(with = "points_lost::Figure")]
    lost: Option<Bounds>,
    /// The requests that the rota at hand serves and that rota does not.
    #[serde(default, deserialize_with = "or_default")]
    instead_of: Vec<RequestId>,
    /// The slot that the request would have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slot: Option<SlotId>,
    /// Who would drive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    driver: Option<VolunteerId>,
    /// Who else would drive, where families who visit together would ride in several cars.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    other_drivers: Vec<VolunteerId>,
    /// Where it cannot be served while they are pinned as they are: the pinned requests that contradict it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contradicts_pins: Option<Vec<RequestId>>,
}

impl From<Serving> for ServingFields {
    fn from(serving: Serving) -> Self {
        let unknown = Self {
            score: None,
            lost: None,
            instead_of: Vec::new(),
            slot: None,
            driver: None,
            other_drivers: Vec::new(),
            contradicts_pins: None,
        };
        match serving {
            Serving::Costs { score, lost, slot, driver, others, instead_of } => Self {
                score: Some(score),
                lost: Some(lost),
                instead_of,
                slot: Some(slot),
                driver: Some(driver),
                other_drivers: others,
                contradicts_pins: None,
            },
            Serving::Pinned { pins } => Self { contradicts_pins: Some(pins), ..unknown },
            Serving::Unknown => unknown,
        }
    }
}

impl From<ServingFields> for Serving {
    fn from(fields: ServingFields) -> Self {
        let ServingFields { score, lost, instead_of, slot, driver, other_drivers, contradicts_pins } = fields;
        match (score, lost, slot, driver, contradicts_pins) {
            (_, _, _, _, Some(pins)) => Self::Pinned { pins },
            (Some(score), Some(lost), Some(slot), Some(driver), None) => {
                Self::Costs { score, lost, slot, driver, others: other_drivers, instead_of }
            }
            _ => Self::Unknown,
        }
    }
}
