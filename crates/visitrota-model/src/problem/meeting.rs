//! Where families are met.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{FamilyId, MeetingPointId, PlaceId};

/// Where a family is met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum MeetingPlace {
    /// At home, written `home`.
    Home,
    /// At a meeting point.
    Point(MeetingPointId),
}

impl MeetingPlace {
    /// The word for a family's home in the document.
    pub const HOME: &'static str = "home";

    /// The place of a family that is met here.
    #[must_use]
    pub fn place(&self, family: &FamilyId) -> PlaceId {
        self.point().map_or_else(|| family.place(), MeetingPointId::place)
    }

    /// The meeting point; none where it is at home.
    #[must_use]
    pub fn point(&self) -> Option<&MeetingPointId> {
        match self {
            Self::Home => None,
            Self::Point(point) => Some(point),
        }
    }
}

impl From<String> for MeetingPlace {
    fn from(text: String) -> Self {
        if text == Self::HOME { Self::Home } else { Self::Point(text.into()) }
    }
}

impl From<MeetingPlace> for String {
    fn from(place: MeetingPlace) -> Self {
        match place {
            MeetingPlace::Home => MeetingPlace::HOME.to_owned(),
            MeetingPlace::Point(point) => point.as_str().to_owned(),
        }
    }
}

impl JsonSchema for MeetingPlace {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MeetingPlace".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}
