//! Places far from all others, in the sea, or with degrees swapped: likely not where they are meant to be.

use super::coast::{is_east_of_britain, is_far_east_of_britain};
use super::counted::list;
use super::place::Place;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::Position;

/// A place further than this from the middle of all is hardly meant.
const FAR_KM: f64 = 1_000.0;
/// So is one further than this from every other.
const ALONE_KM: f64 = 300.0;
/// Further than this from every other, a place is the likelier without its minus, if it is then so many times nearer.
const LOST_MINUS_KM: f64 = 80.0;
const LOST_MINUS_TIMES: f64 = 4.0;
/// One nearer than this to another, and not far out at sea, is among its own.
const AMONG_ITS_OWN_KM: f64 = 40.0;
/// Among more places than this, no place is held against every other: it takes long, and is no scheme's.
const MOST_COMPARED: usize = 2_000;

pub(super) fn check(places: &[Place<'_>], found: &mut Findings) {
    let positions: Vec<_> = places.iter().map(Place::position).collect();
    let points: Vec<_> = positions.iter().flatten().map(|position| (position.lat, position.lon)).collect();
    // Of two places far apart, either may be the wrong one.
    let middle = (points.len() > 2)
        .then(|| Some((median(points.iter().map(|point| point.0))?, median(points.iter().map(|point| point.1))?)))
        .flatten();
    let compared = points.len() > 2 && points.len() <= MOST_COMPARED;
    let placed = places.iter().zip(&positions).filter_map(|(place, position)| Some((place, (*position)?)));
    for (n, (place, Position { lat, lon, by_postcode })) in placed.enumerate() {
        let km = middle.map_or(0.0, |middle| great_circle_km(middle, (lat, lon)));
        let from_others = |point: (f64, f64)| {
            let others = points.iter().enumerate().filter(move |(other, _)| *other != n);
            others.map(move |(_, other)| great_circle_km(point, *other))
        };
        let nearest = |point| from_others(point).min_by(f64::total_cmp).unwrap_or(f64::INFINITY);
        let is_alone = compared && !from_others((lat, lon)).any(|km| km <= LOST_MINUS_KM);
        let alone = if is_alone { nearest((lat, lon)) } else { 0.0 };
        // One just off a beach may be rough, and among its own; it is elsewhere with a minus.
        let nearer_mirrored = || {
            let here = nearest((lat, lon));
            points.len() <= 2 || here > AMONG_ITS_OWN_KM && nearest((lat, -lon)) * LOST_MINUS_TIMES < here
        };
        let in_the_sea = || {
            let few = points.len() <= MOST_COMPARED;
            few && (is_far_east_of_britain(lat, lon) || is_east_of_britain(lat, lon) && nearer_mirrored())
        };
        let lost_minus = || lon > 0.0 && is_alone && nearest((lat, -lon)) * LOST_MINUS_TIMES < alone;
        let (what, remedy) = if !in_britain(lat, lon) && in_britain(lon, lat) {
            let what = "which look swapped: the other way round they lie in Britain";
            (what.to_owned(), "Swap `lat` and `lon`.".to_owned())
        } else if lat == 0.0 && lon == 0.0 {
            let what = "a point in the Gulf of Guinea that stands for unknown places";
            (what.to_owned(), "Give the place's own.".to_owned())
        } else if in_the_sea() && in_britain(lat, -lon) {
            let what = "which lie in the sea east of Britain, or beyond it";
            (what.to_owned(), format!("Has `lon` lost its minus: is -{lon} meant?"))
        } else if lost_minus() {
            let what = format!("about {alone:.0} km from every other place");
            (what, format!("Has `lon` lost its minus: is -{lon} meant? It is then near others."))
        } else if km > FAR_KM {
            (format!("about {km:.0} km from the middle of all places"), "Mend them, if they are wrong.".to_owned())
        } else if alone > ALONE_KM {
            (format!("about {alone:.0} km from every other place"), "Mend them, if they are wrong.".to_owned())
        } else {
            continue;
        };
        let (has, value) = match place.postcode.filter(|_| by_postcode.is_some()) {
            Some(postcode) => (format!("the postcode {postcode}"), postcode.to_owned()),
            None => {
                let at = list([format!("lat {lat}"), format!("lon {lon}")]);
                (format!("the coordinates {at}"), format!("{lat}, {lon}"))
            }
        };
        let message = format!("{} has {has}, {what}.", place.who);
        found.push(Finding::warning(Code::FarAway, place.path.as_str(), message, remedy).with_value(value));
    }
}

fn in_britain(lat: f64, lon: f64) -> bool {
    (49.0..=61.0).contains(&lat) && (-9.0..=2.5).contains(&lon)
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Kilometres between two places, each by its degrees north and east.
pub(super) fn great_circle_km((lat, lon): (f64, f64), (to_lat, to_lon): (f64, f64)) -> f64 {
    const EARTH_KM: f64 = 6371.0088;
    let (a, b) = (lat.to_radians(), to_lat.to_radians());
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let square = half(b - a) + a.cos() * b.cos() * half((to_lon - lon).to_radians());
    2.0 * EARTH_KM * square.sqrt().min(1.0).asin()
}
