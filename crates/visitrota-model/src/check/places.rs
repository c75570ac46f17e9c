//! Places: that each has coordinates or a postcode where they are needed, and that these are likely its own.

use visitrota_postcodes::{Precision, Unknown, locate, nearest};

use super::far_away;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::limit::{LATITUDE, LONGITUDE};
use crate::problem::{Position, Problem, TravelSource};

/// So many places that are known by a district alone are named.
const MOST_NAMED: usize = 5;
/// So many postcodes that do not exist are held against all that do; where there are more, the cause is another.
const MOST_HINTS: u32 = 200;

/// A prison, meeting point, volunteer or family, as far as it is a place.
pub(super) struct Place<'a> {
    pub(super) path: String,
    pub(super) who: String,
    lat: Option<f64>,
    lon: Option<f64>,
    pub(super) postcode: Option<&'a str>,
}

impl Place<'_> {
    /// Where it is, and how that is known; nothing where its degrees are none.
    pub(super) fn position(&self) -> Option<Position> {
        let position = Position::of(self.lat, self.lon, self.postcode)?;
        (in_range(position.lat, LATITUDE) && in_range(position.lon, LONGITUDE)).then_some(position)
    }
}

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    let mut places = Vec::new();
    macro_rules! take {
        ($list:ident, $noun:literal) => {
            for (n, item) in problem.$list.iter().enumerate() {
                places.push(Place {
                    path: format!(concat!(stringify!($list), "[{}]"), n),
                    who: format!(concat!("The ", $noun, " {}"), item.id),
                    lat: item.lat,
                    lon: item.lon,
                    postcode: item.postcode.as_deref(),
                });
            }
        };
    }
    take!(prisons, "prison");
    take!(meeting_points, "meeting point");
    take!(volunteers, "volunteer");
    take!(families, "family");
    let kind = match problem.travel.source {
        TravelSource::Matrix { .. } => None,
        TravelSource::Estimate => Some("estimate"),
        TravelSource::StraightLine { .. } => Some("straight-line"),
        TravelSource::Osrm { .. } => Some("osrm"),
        TravelSource::Valhalla { .. } => Some("valhalla"),
    };
    let mut hints_left = MOST_HINTS;
    for place in &places {
        within(place, "lat", place.lat, LATITUDE, found);
        within(place, "lon", place.lon, LONGITUDE, found);
        if let Some(kind) = kind {
            missing(place, kind, &mut hints_left, found);
        }
    }
    if kind.is_some() {
        approximate(&places, found);
    }
    far_away::check(&places, found);
}

fn in_range(value: f64, most: i32) -> bool {
    value.abs() <= f64::from(most)
}

fn within(place: &Place<'_>, field: &str, value: Option<f64>, most: i32, found: &mut Findings) {
    if let Some(value) = value.filter(|&value| !in_range(value, most)) {
        let message = format!("{}: `{field}` is {value}; it must be from -{most} to {most} degrees.", place.who);
        let path = format!("{}.{field}", place.path);
        let remedy = "Give degrees with a decimal point, WGS84: in Britain `lat` is from 49 to 61, `lon` from -9 to 2.";
        found.push(Finding::error(Code::OutOfRange, path, message, remedy).with_value(value));
    }
}

fn missing(place: &Place<'_>, kind: &str, hints_left: &mut u32, found: &mut Findings) {
    let Place { path, who, lat, lon, postcode } = place;
    let postcode = postcode.filter(|postcode| !postcode.trim().is_empty());
    let (path, lacks) = match (lat, lon, postcode) {
        (Some(_), Some(_), _) => return,
        (None, Some(_), _) => (format!("{path}.lat"), "no `lat`"),
        (Some(_), None, _) => (format!("{path}.lon"), "no `lon`"),
        (None, None, None) => (path.clone(), "no coordinates"),
        (None, None, Some(postcode)) => {
            if let Err(unknown) = locate(postcode) {
                found.push(nowhere(place, postcode, unknown, hints_left));
            }
            return;
        }
    };
    let message = format!("{who} has {lacks}; travel of kind `{kind}` is worked out from them.");
    let remedy = "Give `lat` and `lon`, or a `postcode` alone, or travel of kind `matrix`.";
    found.push(Finding::error(Code::NoCoordinates, path, message, remedy));
}

/// A postcode that says nothing of where a place is.
fn nowhere(place: &Place<'_>, postcode: &str, unknown: Unknown, hints_left: &mut u32) -> Finding {
    let message = format!("{} has no coordinates, and {postcode} {unknown}.", place.who);
    let near = match hints_left.checked_sub(1) {
        Some(left) if unknown == Unknown::Nowhere => {
            *hints_left = left;
            nearest(postcode)
        }
        _ => Vec::new(),
    };
    let remedy = match near.as_slice() {
        [] => "Give `lat` and `lon`.".to_owned(),
        near => format!("Did you mean {}? If not, give `lat` and `lon`.", near.join(" or ")),
    };
    Finding::error(Code::NoCoordinates, format!("{}.postcode", place.path), message, remedy).with_value(postcode)
}

/// What is known by postcodes alone is said once, for all places together.
fn approximate(places: &[Place<'_>], found: &mut Findings) {
    let known: Vec<_> = places
        .iter()
        .filter_map(|place| {
            let precision = place.position()?.by_postcode?;
            Some((place, precision))
        })
        .collect();
    let (sectors, districts): (Vec<_>, Vec<_>) =
        known.into_iter().partition(|(_, precision)| *precision == Precision::Sector);
    let told = |count: usize, what: &str, precision: Precision| {
        let km = precision.typical_km();
        (count > 0).then(|| format!("{count} by postcode {what} (typically within {km} km)"))
    };
    let sum = sectors.len() + districts.len();
    if sum == 0 {
        return;
    }
    // Where a full postcode has no sector, it may be a slip: so it is named.
    let named = districts
        .iter()
        .filter_map(|(place, _)| Some(format!("{} ({})", place.who.trim_start_matches("The "), place.postcode?)));
    let named: Vec<_> = named.take(MOST_NAMED).collect();
    let named = match (districts.len(), named.len()) {
        (0, _) => String::new(),
        (all, told) if all == told => format!(" By the district: {}.", named.join(", ")),
        (all, told) => format!(" By the district: {} and {} more.", named.join(", "), all - told),
    };
    let counts =
        [told(sectors.len(), "sector", Precision::Sector), told(districts.len(), "district", Precision::District)];
    let counts = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let places = if sum == 1 { "1 place is".to_owned() } else { format!("{sum} places are") };
    let message = format!("{places} known only roughly: {counts}; in the country it may be more.{named}");
    let remedy = "Times and distances follow from that. Where it matters, at a prison above all, give `lat` and `lon`.";
    found.push(Finding::warning(Code::RoughPlace, "", message, remedy));
}
