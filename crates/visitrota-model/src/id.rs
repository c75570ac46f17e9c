//! Ids: what the documents call prisons, slots, people and requests.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $example:literal) => {
        $(#[$doc])*
        #[derive(
            Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
        #[schemars(inline, extend("examples" = [$example]))]
        pub struct $name(String);

        impl $name {
            /// The id as it stands in the document.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: Into<String>> From<T> for $name {
            fn from(id: T) -> Self {
                Self(id.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

id!(
    /// A prison's id.
    PrisonId, "ashcombe"
);
id!(
    /// A visiting slot's id.
    SlotId, "sat-am"
);
id!(
    /// A volunteer's id.
    VolunteerId, "V1"
);
id!(
    /// A family's id.
    FamilyId, "F1"
);
id!(
    /// A request's id.
    RequestId, "R1"
);
id!(
    /// A meeting point's id.
    MeetingPointId, "M1"
);
id!(
    /// A prisoner's id.
    PrisonerId, "P1"
);
id!(
    /// The id of a prison, a meeting point, a prisoner, a volunteer or a family: they share one space of ids, so that a
    /// place on the road is named by whose it is.
    PlaceId, "V1"
);

macro_rules! place {
    ($($id:ident),*) => {$(
        impl $id {
            /// The place of that id: the prison's gate, the meeting point or the person's home.
            #[must_use]
            pub fn place(&self) -> PlaceId {
                PlaceId(self.0.clone())
            }
        }
    )*};
}

place!(PrisonId, MeetingPointId, VolunteerId, FamilyId);
