//! What is proven of a best score, and how it stands in documents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is proven of a best score: no rota scores more than `most`, and one scores `least`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    /// The score of a rota that there is.
    pub least: i64,
    /// What no rota exceeds.
    pub most: i64,
}

impl From<i64> for Bounds {
    /// What is known exactly.
    fn from(exactly: i64) -> Self {
        Self { least: exactly, most: exactly }
    }
}

/// What a field of bounds can be read from.
pub(super) trait Known: Sized {
    fn known(bounds: Option<Bounds>) -> Option<Self>;
}

impl Known for Bounds {
    fn known(bounds: Option<Bounds>) -> Option<Self> {
        bounds
    }
}

impl Known for Option<Bounds> {
    fn known(bounds: Option<Bounds>) -> Option<Self> {
        Some(bounds)
    }
}

/// Bounds as they stand in a document: one number where it is proven; where it is not, that is `null`, and what is
/// proven of it stands beside.
macro_rules! figure {
    ($module:ident, $exact:literal, $least:literal, $most:literal, $what:literal) => {
        pub(super) mod $module {
            use schemars::JsonSchema;
            use serde::de::Error;
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            use super::{Bounds, Known};

            #[derive(Serialize, Deserialize, JsonSchema)]
            #[schemars(inline)]
            pub(in crate::why) struct Figure {
                #[doc = $what]
                #[doc = "Null where planning ended before that was known."]
                #[serde(rename = $exact, default)]
                exactly: Option<i64>,
                #[doc = "Where that is not known: it is no less."]
                #[serde(rename = $least, default, skip_serializing_if = "Option::is_none")]
                least: Option<i64>,
                #[doc = "Where that is not known: it is no more; absent where that is not known either."]
                #[serde(rename = $most, default, skip_serializing_if = "Option::is_none")]
                most: Option<i64>,
            }

            pub(in crate::why) fn serialize<T, S>(bounds: &T, serializer: S) -> Result<S::Ok, S::Error>
            where
                T: Copy + Into<Option<Bounds>>,
                S: Serializer,
            {
                let figure = match (*bounds).into() {
                    Some(Bounds { least, most }) if least == most => {
                        Figure { exactly: Some(least), least: None, most: None }
                    }
                    Some(Bounds { least, most }) => {
                        Figure { exactly: None, least: Some(least), most: Some(most).filter(|most| *most < i64::MAX) }
                    }
                    None => Figure { exactly: None, least: None, most: None },
                };
                figure.serialize(serializer)
            }

            pub(in crate::why) fn deserialize<'de, T: Known, D: Deserializer<'de>>(reader: D) -> Result<T, D::Error> {
                let Figure { exactly, least, most } = Figure::deserialize(reader)?;
                let bounds = match (exactly, least) {
                    (Some(exactly), _) => Some(Bounds::from(exactly)),
                    (None, Some(least)) => Some(Bounds { least, most: most.unwrap_or(i64::MAX) }),
                    (None, None) => None,
                };
                T::known(bounds).ok_or_else(|| D::Error::missing_field($exact))
            }
        }
    };
}

figure!(best, "best", "best_at_least", "best_at_most", "The proven best score of the problem.");
figure!(score, "score", "score_at_least", "score_at_most", "The proven best score of such a rota.");
figure!(
    points_lost,
    "points_lost",
    "points_lost_at_least",
    "points_lost_at_most",
    "What that is below the proven best score of all."
);
