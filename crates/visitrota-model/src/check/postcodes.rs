//! Postcodes: that they exist, that they are where the coordinates beside them are, and what is known by them alone.

use visitrota_postcodes::{Precision, Unknown, locate, nearest, no_such_sector};

use super::far_away::great_circle_km;
use super::place::Place;
use crate::finding::{Code, Finding};
use crate::findings::Findings;

/// So many postcodes that do not exist are held against all that do; where there are more, the cause is another.
const MOST_HINTS: u32 = 200;
/// Of the largest sector the middle is hardly further than this from any place in it; of a district, not much more.
const FURTHEST_SECTOR_KM: f64 = 30.0;
const FURTHEST_DISTRICT_KM: f64 = 50.0;

/// Every postcode; where coordinates are needed, what stands in for them must exist.
pub(super) fn check(places: &[Place<'_>], needed: bool, found: &mut Findings) {
    let mut hints_left = MOST_HINTS;
    for place in places {
        let Some(postcode) = place.postcode.filter(|postcode| !postcode.trim().is_empty()) else { continue };
        match (locate(postcode), place.lat.zip(place.lon)) {
            (Ok(located), Some(given)) => {
                let furthest = match located.precision {
                    Precision::Sector => FURTHEST_SECTOR_KM,
                    _ => FURTHEST_DISTRICT_KM,
                };
                let km = great_circle_km((located.lat, located.lon), given);
                if km > furthest {
                    found.push(elsewhere(place, postcode, km));
                }
            }
            (Ok(_), None) if needed && place.lat.is_none() && place.lon.is_none() => {
                found.extend(wrong_sector(place, postcode));
            }
            (Err(unknown), None) if needed && place.lat.is_none() && place.lon.is_none() => {
                found.push(nowhere(place, postcode, unknown, &mut hints_left));
            }
            _ => {}
        }
    }
    if needed {
        found.extend(approximate(places));
    }
}

/// A postcode that is not where the place is said to be.
fn elsewhere(place: &Place<'_>, postcode: &str, km: f64) -> Finding {
    let message = format!("{} has the postcode {postcode}, which is about {km:.0} km from its lat and lon.", place.who);
    let remedy = "Mend whichever is wrong: travel is worked out from lat and lon, and papers show the postcode.";
    Finding::warning(Code::OddPostcode, format!("{}.postcode", place.path), message, remedy).with_value(postcode)
}

/// A full postcode whose district exists, and not its sector: likely one digit is wrong.
fn wrong_sector(place: &Place<'_>, postcode: &str) -> Option<Finding> {
    let (sector, near) = no_such_sector(postcode)?;
    let district = sector.split(' ').next().unwrap_or_default();
    let message = format!(
        "{} has the postcode {postcode}, and there is no sector {sector}: it is taken to be in the middle of {district}.",
        place.who
    );
    let remedy = match near.as_slice() {
        [] => "Mend it, or give `lat` and `lon`.".to_owned(),
        [one] => format!("Mend it (the sector there is {one}), or give `lat` and `lon`."),
        near => format!("Mend it (the sectors there are {}), or give `lat` and `lon`.", near.join(", ")),
    };
    let path = format!("{}.postcode", place.path);
    Some(Finding::warning(Code::OddPostcode, path, message, remedy).with_value(postcode))
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
fn approximate(places: &[Place<'_>]) -> Option<Finding> {
    let known: Vec<Precision> = places.iter().filter_map(|place| place.position()?.by_postcode).collect();
    let told = |precision: Precision, what: &str| {
        let count = known.iter().filter(|known| **known == precision).count();
        let km = precision.typical_km();
        (count > 0).then(|| format!("{count} by postcode {what} (typically within {km} km)"))
    };
    let counts = [told(Precision::Sector, "sector"), told(Precision::District, "district")];
    let counts = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let places = match known.len() {
        0 => return None,
        1 => "1 place is".to_owned(),
        sum => format!("{sum} places are"),
    };
    let message = format!("{places} known only roughly: {counts}; in the country it may be more.");
    let remedy = "Times and distances follow from that. Where it matters, at a prison above all, give `lat` and `lon`.";
    Some(Finding::warning(Code::RoughPlace, "", message, remedy))
}
