//! Places: that each has coordinates or a postcode where they are needed, and that these are likely its own.

use super::place::{Place, in_range};
use super::{far_away, postcodes};
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::limit::{LATITUDE, LONGITUDE};
use crate::problem::{Problem, TravelSource};

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
    for place in &places {
        within(place, "lat", place.lat, LATITUDE, found);
        within(place, "lon", place.lon, LONGITUDE, found);
        if let Some(kind) = kind {
            missing(place, kind, found);
        }
    }
    postcodes::check(&places, kind.is_some(), found);
    far_away::check(&places, found);
}

fn within(place: &Place<'_>, field: &str, value: Option<f64>, most: i32, found: &mut Findings) {
    if let Some(value) = value.filter(|&value| !in_range(value, most)) {
        let message = format!("{}: `{field}` is {value}; it must be from -{most} to {most} degrees.", place.who);
        let path = format!("{}.{field}", place.path);
        let remedy = "Give degrees with a decimal point, WGS84: in Britain `lat` is from 49 to 61, `lon` from -9 to 2.";
        found.push(Finding::error(Code::OutOfRange, path, message, remedy).with_value(value));
    }
}

fn missing(place: &Place<'_>, kind: &str, found: &mut Findings) {
    let Place { path, who, lat, lon, postcode } = place;
    let postcode = postcode.filter(|postcode| !postcode.trim().is_empty());
    let (path, lacks) = match (lat, lon, postcode) {
        (Some(_), Some(_), _) => return,
        (None, Some(_), _) => (format!("{path}.lat"), "no `lat`"),
        (Some(_), None, _) => (format!("{path}.lon"), "no `lon`"),
        (None, None, None) => (path.clone(), "no postcode and no coordinates"),
        // Whether there is such a postcode, the postcodes' own check says.
        (None, None, Some(_)) => return,
    };
    let message = format!("{who} has {lacks}; driving times (`{kind}`) are worked out from them.");
    let remedy = "Give a `postcode`, or `lat` and `lon`; only where travel is a `matrix` may both be left out.";
    found.push(Finding::error(Code::NoCoordinates, path, message, remedy));
}
