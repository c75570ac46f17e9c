//! The problem document: one week of one transport scheme.
//!
//! The types mirror the document field by field, with its defaults. What a single type cannot say (an id that names
//! nobody, a window that ends before it begins) is found by [`check`](crate::check()).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::id::{FamilyId, PlaceId, PrisonId, RequestId, SlotId, VolunteerId};
use crate::limit;
use crate::time::{Date, WallTime, Zone};

/// Version 1 of the problem document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ProblemFormat {
    /// `visitrota/1`
    #[default]
    #[serde(rename = "visitrota/1")]
    V1,
}

/// One week of one transport scheme: volunteers, families, prisons, visiting slots and requests.
///
/// Durations are whole minutes, distances whole metres, scores whole points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Always `visitrota/1`.
    pub format: ProblemFormat,
    /// Free text; a rota names the problem by it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The dates of the week; every slot starts on one of them.
    pub week: Week,
    /// The zone of every wall-clock time in the document.
    #[serde(default)]
    pub timezone: Zone,
    /// The scheme's rules and weights.
    #[serde(default)]
    pub policy: Policy,
    /// Where times and distances come from.
    #[serde(default)]
    pub travel: Travel,
    /// The prisons visited.
    #[serde(default)]
    pub prisons: Vec<Prison>,
    /// The visiting slots of the week.
    #[serde(default)]
    pub slots: Vec<Slot>,
    /// Drivers and chaperones.
    #[serde(default)]
    pub volunteers: Vec<Volunteer>,
    /// The families to be carried.
    #[serde(default)]
    pub families: Vec<Family>,
    /// The visits asked for.
    #[serde(default)]
    pub requests: Vec<Request>,
    /// Who belongs together, and who is kept apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Pair>,
    /// What the rota must do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// What was already announced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<Published>,
}

/// The first and the last date of the week, both inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Week {
    /// The first date.
    pub from: Date,
    /// The last date.
    pub to: Date,
}

/// The scheme's rules and weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// What every driver holds on the day.
    pub driver_requires: Vec<String>,
    /// What every chaperone holds on the day.
    pub chaperone_requires: Vec<String>,
    /// What driver and chaperone of a trip with a child-only family hold besides.
    pub child_only_requires: Vec<String>,
    /// Who goes with a child-only family.
    pub children_alone: ChildrenAlone,
    /// A break falls due whenever this many minutes of driving are exceeded; 0 = none.
    #[schemars(range(max = limit::MINUTES))]
    pub break_after_min: u32,
    /// Minutes of a break; 0 = none.
    #[schemars(range(max = limit::MINUTES))]
    pub break_min: u32,
    /// Minutes between two trips of one volunteer.
    #[schemars(range(max = limit::MINUTES))]
    pub turnaround_min: u32,
    /// How many minutes longer than direct a family may ride, …
    #[schemars(range(max = limit::MINUTES))]
    pub detour_min: u32,
    /// … or how many per cent of the direct time, whichever is more.
    #[schemars(range(max = limit::PER_CENT))]
    pub detour_pct: u32,
    /// The most minutes from home to home on one date, for drivers who give none of their own; absent = no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_duty_min: Option<u32>,
    /// The most minutes of driving on one date, for drivers who give none of their own; absent = no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_driving_min: Option<u32>,
    /// The weights of the score.
    pub weights: Weights,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            driver_requires: ["dbs", "insurance", "licence"].map(String::from).to_vec(),
            chaperone_requires: vec!["dbs".to_owned()],
            child_only_requires: Vec::new(),
            children_alone: ChildrenAlone::Chaperone,
            break_after_min: 120,
            break_min: 15,
            turnaround_min: 30,
            detour_min: 20,
            detour_pct: 20,
            max_duty_min: None,
            max_driving_min: None,
            weights: Weights::default(),
        }
    }
}

/// Who goes with a child-only family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChildrenAlone {
    /// A second adult rides.
    #[default]
    Chaperone,
    /// The driver alone may.
    Driver,
    /// Child-only families are not carried.
    Never,
}

/// The weights of the score, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// For each visit.
    #[schemars(range(max = limit::WEIGHT))]
    pub visit: u32,
    /// For each visit and week that it has waited.
    #[schemars(range(max = limit::WEIGHT))]
    pub per_week_waiting: u32,
    /// At most this many weeks of waiting count.
    #[schemars(range(max = limit::COUNT))]
    pub max_weeks: u32,
    /// Off for each step down a family's list of slots.
    #[schemars(range(max = limit::WEIGHT))]
    pub slot_rank: u32,
    /// Off for a family with usual volunteers that rides with none of them.
    #[schemars(range(max = limit::WEIGHT))]
    pub new_volunteer: u32,
    /// Off for a volunteer's trip, times the trips that volunteer has made before.
    #[schemars(range(max = limit::WEIGHT))]
    pub load: u32,
    /// Off for each minute of driving.
    #[schemars(range(max = limit::WEIGHT))]
    pub drive_min: u32,
    /// Off for a published visit that moves to another slot.
    #[schemars(range(max = limit::WEIGHT))]
    pub change_slot: u32,
    /// Off for a published visit that moves to another driver.
    #[schemars(range(max = limit::WEIGHT))]
    pub change_driver: u32,
    /// Off for a published visit that is not met.
    #[schemars(range(max = limit::WEIGHT))]
    pub drop_published: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            visit: 10_000,
            per_week_waiting: 500,
            max_weeks: 26,
            slot_rank: 100,
            new_volunteer: 200,
            load: 50,
            drive_min: 1,
            change_slot: 2_000,
            change_driver: 800,
            drop_published: 5_000,
        }
    }
}

/// Where the minutes and metres of a leg come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "TravelFields", into = "TravelFields")]
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

/// A prison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prison {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: PrisonId,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Degrees north of the gate, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LATITUDE, max = limit::LATITUDE))]
    pub lat: Option<f64>,
    /// Degrees east of the gate, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LONGITUDE, max = limit::LONGITUDE))]
    pub lon: Option<f64>,
    /// In place of coordinates where a places table is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Minutes before a slot's start at which visitors arrive at the gate.
    #[serde(default = "defaults::check_in_min")]
    #[schemars(range(max = limit::MINUTES))]
    pub check_in_min: u32,
    /// Minutes after a slot's end at which visitors leave the gate.
    #[serde(default = "defaults::check_out_min")]
    #[schemars(range(max = limit::MINUTES))]
    pub check_out_min: u32,
    /// The age from which a visitor counts as an adult here.
    #[serde(default = "defaults::adult_age")]
    #[schemars(range(max = limit::AGE))]
    pub adult_age: u8,
    /// The most visitors at a family's visit.
    #[serde(default = "defaults::max_visitors")]
    pub max_visitors: u32,
    /// The most adults among them.
    #[serde(default = "defaults::max_adults")]
    pub max_adults: u32,
    /// What an adult who goes in with a child-only family holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escort_requires: Vec<String>,
}

/// A visiting slot at a prison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: SlotId,
    /// Where.
    pub prison: PrisonId,
    /// When the visit starts.
    pub start: WallTime,
    /// When the visit ends.
    pub end: WallTime,
    /// Families at once; absent = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tables: Option<u32>,
}

/// A volunteer: driver, chaperone or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Volunteer {
    /// Their id.
    #[schemars(length(min = 1))]
    pub id: VolunteerId,
    /// Their name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Degrees north of their home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LATITUDE, max = limit::LATITUDE))]
    pub lat: Option<f64>,
    /// Degrees east of their home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LONGITUDE, max = limit::LONGITUDE))]
    pub lon: Option<f64>,
    /// In place of coordinates where a places table is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// What they do.
    pub roles: Vec<Role>,
    /// Their car; a driver has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub car: Option<Car>,
    /// When they can be out; a whole trip lies inside one window.
    pub available: Vec<Window>,
    /// The most trips in the week.
    #[serde(default = "defaults::max_trips")]
    pub max_trips: u32,
    /// The most trips on one date.
    #[serde(default = "defaults::max_trips")]
    pub max_trips_per_day: u32,
    /// The most minutes from home to home on one date, as driver; absent = the policy's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_duty_min: Option<u32>,
    /// The most minutes of driving on one date; absent = the policy's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_driving_min: Option<u32>,
    /// The most kilometres of driving in the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_km_week: Option<u32>,
    /// The most families in one trip of theirs.
    #[serde(default = "defaults::max_families")]
    pub max_families: u32,
    /// The checks, permissions and skills they hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
    /// Trips they made in the weeks before, for fairness.
    #[serde(default)]
    #[schemars(range(max = limit::COUNT))]
    pub recent_trips: u32,
}

/// What a volunteer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Drives a car of their own.
    Driver,
    /// Rides along with children who travel without an adult of their family.
    Chaperone,
}

/// A car, as it is fitted out for the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Car {
    /// Seats without the driver's.
    pub seats: u32,
    /// Infant seats carried.
    #[serde(default)]
    pub infant: u32,
    /// Harness seats carried.
    #[serde(default)]
    pub harness: u32,
    /// Booster seats carried.
    #[serde(default)]
    pub booster: u32,
    /// Spaces for a wheelchair with its user.
    #[serde(default)]
    pub wheelchair: u32,
}

/// A span of time, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Its beginning.
    pub from: WallTime,
    /// Its end.
    pub to: WallTime,
}

/// A check, permission or skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Which.
    pub what: String,
    /// The last date on which it is valid; absent = always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A family that visits together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: FamilyId,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Degrees north of its home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LATITUDE, max = limit::LATITUDE))]
    pub lat: Option<f64>,
    /// Degrees east of its home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LONGITUDE, max = limit::LONGITUDE))]
    pub lon: Option<f64>,
    /// In place of coordinates where a places table is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Everyone of it who visits.
    pub members: Vec<Member>,
    /// Whether it rides with other families.
    #[serde(default)]
    pub shares_car: bool,
    /// Minutes the car stays at its home, to board or to alight.
    #[serde(default = "defaults::boarding_min")]
    #[schemars(range(max = limit::MINUTES))]
    pub boarding_min: u32,
    /// The most minutes of a ride, each way; absent = direct plus the policy's detour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_ride_min: Option<u32>,
    /// When it can be away from home; none given = always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub available: Vec<Window>,
    /// What a driver must hold to carry it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

/// A member of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Age in years.
    #[schemars(range(max = limit::AGE))]
    pub age: u8,
    /// The restraint needed in a car; absent = it follows from age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restraint: Option<Restraint>,
    /// Whether they bring their own restraint.
    #[serde(default)]
    pub own_restraint: bool,
    /// Whether they ride in a wheelchair.
    #[serde(default)]
    pub wheelchair: bool,
}

/// What holds somebody in a car besides the belt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Restraint {
    /// An infant seat.
    Infant,
    /// A harness seat.
    Harness,
    /// A booster seat.
    Booster,
    /// The belt alone.
    None,
}

/// One visit asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: RequestId,
    /// Who asks.
    pub family: FamilyId,
    /// The slots that would do.
    pub options: Vec<SlotOption>,
    /// Weeks since the family's last visit, or since it first asked.
    #[serde(default)]
    #[schemars(range(max = limit::COUNT))]
    pub weeks_waiting: u32,
    /// Points for this visit besides, or off it where negative.
    #[serde(default)]
    #[schemars(range(min = -limit::POINTS, max = limit::POINTS))]
    pub extra_points: i32,
}

/// A slot that would do for a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotOption {
    /// The slot.
    pub slot: SlotId,
    /// 0 = the family's first choice.
    #[serde(default)]
    #[schemars(range(max = limit::COUNT))]
    pub rank: u32,
}

/// A rule about two people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
    /// Two families that never visit in the same slot.
    NeverSameSlot,
}

/// What the rota must do: serve a request, in this slot and by this driver where named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// The request.
    pub request: RequestId,
    /// The slot it must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<SlotId>,
    /// The driver it must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub driver: Option<VolunteerId>,
}

/// What was already announced to a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The request.
    pub request: RequestId,
    /// The slot announced.
    pub slot: SlotId,
    /// The driver announced.
    pub driver: VolunteerId,
}

impl Policy {
    /// The most minutes from home to home that a driver has on one date: their own limit, else the scheme's.
    #[must_use]
    pub fn max_duty_of(&self, driver: &Volunteer) -> Option<u32> {
        driver.max_duty_min.or(self.max_duty_min)
    }

    /// The most minutes of driving that a driver has on one date: their own limit, else the scheme's.
    #[must_use]
    pub fn max_driving_of(&self, driver: &Volunteer) -> Option<u32> {
        driver.max_driving_min.or(self.max_driving_min)
    }
}

impl Volunteer {
    /// Whether they drive: they have the role and a car.
    #[must_use]
    pub fn drives(&self) -> Option<Car> {
        self.car.filter(|_| self.roles.contains(&Role::Driver))
    }

    /// Whether a check, permission or skill of theirs is valid on a date.
    #[must_use]
    pub fn holds_on(&self, what: &str, date: Date) -> bool {
        self.holds.iter().any(|hold| hold.what == what && hold.until.is_none_or(|until| date <= until))
    }
}

impl Family {
    /// The age from which a member can answer for the family on the way.
    pub const GROWN_UP: u8 = 18;

    /// Whether no member is of age, so that an adult of the scheme goes in with them.
    #[must_use]
    pub fn child_only(&self) -> bool {
        self.members.iter().all(|member| member.age < Self::GROWN_UP)
    }
}

impl Member {
    /// The restraint they need: as given, else by age (0–1 infant, 2–3 harness, 4–11 booster, from 12 none).
    #[must_use]
    pub fn restraint(&self) -> Restraint {
        self.restraint.unwrap_or(match self.age {
            0..=1 => Restraint::Infant,
            2..=3 => Restraint::Harness,
            4..=11 => Restraint::Booster,
            _ => Restraint::None,
        })
    }
}

impl Week {
    /// Whether a date is one of the week's.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
}

/// Defaults that are not the type's own.
mod defaults {
    pub(super) fn check_in_min() -> u32 {
        45
    }
    pub(super) fn check_out_min() -> u32 {
        15
    }
    pub(super) fn adult_age() -> u8 {
        18
    }
    pub(super) fn max_visitors() -> u32 {
        6
    }
    pub(super) fn max_adults() -> u32 {
        3
    }
    pub(super) fn max_trips() -> u32 {
        1
    }
    pub(super) fn max_families() -> u32 {
        2
    }
    pub(super) fn boarding_min() -> u32 {
        5
    }
}
