//! Where the minutes and metres of a leg come from.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::id::PlaceId;
use crate::limit;

/// Where the minutes and metres of a leg come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "TravelFields", into = "TravelFields")]
#[non_exhaustive]
pub struct Travel {
    /// The source.
    pub source: TravelSource,
    /// Per cent by which every leg's minutes are lengthened, rounded up.
    pub margin_pct: f64,
}

impl Default for Travel {
    fn default() -> Self {
        Self { source: TravelSource::Estimate, margin_pct: 0.0 }
    }
}

/// The kinds of travel source.
#[derive(Clone, Debug, PartialEq)]
pub enum TravelSource {
    /// Fitted road times and distances, worked out offline from coordinates.
    Estimate,
    /// A table of every leg.
    Matrix {
        /// Whose place each row and column is.
        places: Vec<PlaceId>,
        /// Minutes, `minutes[from][to]`.
        minutes: Vec<Vec<u32>>,
        /// Metres, `metres[from][to]`.
        metres: Vec<Vec<u32>>,
    },
    /// A power law of the great-circle distance.
    StraightLine {
        /// Minutes at one kilometre.
        minutes_factor: f64,
        /// How minutes grow with distance.
        minutes_power: f64,
        /// Road kilometres at one kilometre.
        km_factor: f64,
        /// How road kilometres grow with distance.
        km_power: f64,
    },
    /// An OSRM routing server.
    Osrm {
        /// Its address.
        url: String,
    },
    /// A Valhalla routing server.
    Valhalla {
        /// Its address.
        url: String,
    },
}

/// [`Travel`] as it stands in the document: which fields are needed depends on `kind`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, transform = fields_by_kind)]
struct TravelFields {
    /// Which source; it decides which of the other fields are needed.
    kind: TravelKind,
    /// `matrix`: whose place each row and column is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    places: Option<Vec<PlaceId>>,
    /// `matrix`: minutes, row = from, column = to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(inner(inner(range(max = limit::LEG_MINUTES))))]
    minutes: Option<Vec<Vec<u32>>>,
    /// `matrix`: metres, row = from, column = to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(inner(inner(range(max = limit::LEG_METRES))))]
    metres: Option<Vec<Vec<u32>>>,
    /// `straight-line`: minutes at one kilometre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    minutes_factor: Option<f64>,
    /// `straight-line`: how minutes grow with distance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    minutes_power: Option<f64>,
    /// `straight-line`: road kilometres at one kilometre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    km_factor: Option<f64>,
    /// `straight-line`: how road kilometres grow with distance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    km_power: Option<f64>,
    /// `osrm`, `valhalla`: the server's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Any kind: per cent by which every leg's minutes are lengthened, rounded up.
    #[serde(default)]
    #[schemars(range(min = 0, max = limit::PER_CENT))]
    margin_pct: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
enum TravelKind {
    Estimate,
    Matrix,
    StraightLine,
    Osrm,
    Valhalla,
}

impl TravelKind {
    const ALL: [Self; 5] = [Self::Estimate, Self::Matrix, Self::StraightLine, Self::Osrm, Self::Valhalla];

    /// Its name, and the fields that it needs; it has no use for those of others.
    fn needs(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Estimate => ("estimate", &[]),
            Self::Matrix => ("matrix", &["places", "minutes", "metres"]),
            Self::StraightLine => ("straight-line", &["minutes_factor", "minutes_power", "km_factor", "km_power"]),
            Self::Osrm => ("osrm", &["url"]),
            Self::Valhalla => ("valhalla", &["url"]),
        }
    }
}

/// Says in the schema what [`TravelKind::needs`] says of each kind.
fn fields_by_kind(schema: &mut schemars::Schema) {
    let all: BTreeSet<_> = TravelKind::ALL.into_iter().flat_map(|kind| kind.needs().1).collect();
    let rules = TravelKind::ALL.map(|kind| {
        let (name, needed) = kind.needs();
        let idle = all.iter().filter(|field| !needed.contains(field));
        let idle: serde_json::Map<_, _> = idle.map(|field| ((**field).to_owned(), json!({"type": "null"}))).collect();
        let when = json!({"properties": {"kind": {"const": name}}, "required": ["kind"]});
        json!({"if": when, "then": {"required": needed, "properties": idle}})
    });
    schema.insert("allOf".to_owned(), rules.to_vec().into());
}

impl TravelFields {
    const NONE: Self = Self {
        kind: TravelKind::Estimate,
        places: None,
        minutes: None,
        metres: None,
        minutes_factor: None,
        minutes_power: None,
        km_factor: None,
        km_power: None,
        url: None,
        margin_pct: 0.0,
    };
}

impl TryFrom<TravelFields> for Travel {
    type Error = String;

    fn try_from(fields: TravelFields) -> Result<Self, String> {
        let TravelFields {
            kind,
            places,
            minutes,
            metres,
            minutes_factor,
            minutes_power,
            km_factor,
            km_power,
            url,
            margin_pct,
        } = fields;
        let given: Vec<_> = [
            ("places", places.is_some()),
            ("minutes", minutes.is_some()),
            ("metres", metres.is_some()),
            ("minutes_factor", minutes_factor.is_some()),
            ("minutes_power", minutes_power.is_some()),
            ("km_factor", km_factor.is_some()),
            ("km_power", km_power.is_some()),
            ("url", url.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, given)| given.then_some(field))
        .collect();
        let (name, needed) = kind.needs();
        let missing: Vec<_> = needed.iter().copied().filter(|field| !given.contains(field)).collect();
        if !missing.is_empty() {
            return Err(format!("travel of kind `{name}` lacks {}", missing.join(", ")));
        }
        let idle: Vec<_> = given.into_iter().filter(|field| !needed.contains(field)).collect();
        if !idle.is_empty() {
            return Err(format!("travel of kind `{name}` has no use for {}", idle.join(", ")));
        }
        let source = match (kind, places, minutes, metres, url) {
            (TravelKind::Matrix, Some(places), Some(minutes), Some(metres), _) => {
                TravelSource::Matrix { places, minutes, metres }
            }
            (TravelKind::Osrm, _, _, _, Some(url)) => TravelSource::Osrm { url },
            (TravelKind::Valhalla, _, _, _, Some(url)) => TravelSource::Valhalla { url },
            _ => match (minutes_factor, minutes_power, km_factor, km_power) {
                (Some(minutes_factor), Some(minutes_power), Some(km_factor), Some(km_power)) => {
                    TravelSource::StraightLine { minutes_factor, minutes_power, km_factor, km_power }
                }
                _ => TravelSource::Estimate,
            },
        };
        Ok(Self { source, margin_pct })
    }
}

impl From<Travel> for TravelFields {
    fn from(Travel { source, margin_pct }: Travel) -> Self {
        let none = Self { margin_pct, ..Self::NONE };
        match source {
            TravelSource::Estimate => none,
            TravelSource::Matrix { places, minutes, metres } => Self {
                kind: TravelKind::Matrix,
                places: Some(places),
                minutes: Some(minutes),
                metres: Some(metres),
                ..none
            },
            TravelSource::StraightLine { minutes_factor, minutes_power, km_factor, km_power } => Self {
                kind: TravelKind::StraightLine,
                minutes_factor: Some(minutes_factor),
                minutes_power: Some(minutes_power),
                km_factor: Some(km_factor),
                km_power: Some(km_power),
                ..none
            },
            TravelSource::Osrm { url } => Self { kind: TravelKind::Osrm, url: Some(url), ..none },
            TravelSource::Valhalla { url } => Self { kind: TravelKind::Valhalla, url: Some(url), ..none },
        }
    }
}
