//! The travel source: that it can be used, and that a matrix holds every place.

use std::collections::HashMap;

use super::counted::{count, list};
use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::id::PlaceId;
use crate::limit::{LEG_METRES, LEG_MINUTES, PER_CENT};
use crate::problem::{Problem, TravelSource};

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let travel = &problem.travel;
    if !(0.0..=f64::from(PER_CENT)).contains(&travel.margin_pct) {
        let message = format!("The travel margin is {} per cent; it must be from 0 to {PER_CENT}.", travel.margin_pct);
        let remedy = "Give the per cent by which journeys may take longer, such as 20.";
        found
            .push(Finding::error(Code::OutOfRange, "travel.margin_pct", message, remedy).with_value(travel.margin_pct));
    }
    match &travel.source {
        TravelSource::Estimate => {}
        TravelSource::Matrix { places, minutes, metres } => {
            matrix_places(problem, index, places, found);
            table("minutes", minutes, places, LEG_MINUTES, found);
            table("metres", metres, places, LEG_METRES, found);
        }
        &TravelSource::StraightLine { minutes_factor, minutes_power, km_factor, km_power } => {
            let (minutes, metres) = (f64::from(LEG_MINUTES), f64::from(LEG_METRES));
            power_law("minutes", minutes_factor, minutes_power, minutes, found);
            power_law("km", km_factor, km_power, metres / 1000.0, found);
        }
        TravelSource::Osrm { url } => server("osrm", url, found),
        TravelSource::Valhalla { url } => server("valhalla", url, found),
    }
}

fn server(kind: &str, url: &str, found: &mut Findings) {
    let message = format!("Travel of kind `{kind}` asks a routing server, and this program has no client for one.");
    let remedy = "Give travel of kind `matrix` with the server's minutes and metres, or of kind `estimate`.";
    found.push(Finding::error(Code::TravelUnavailable, "travel.kind", message, remedy).with_value(url));
}

/// Factor and power of `factor · kilometres ^ power`, which is to stay in bounds wherever on Earth two places are.
fn power_law(name: &str, factor: f64, power: f64, most: f64, found: &mut Findings) {
    /// Kilometres between a place and its antipode.
    const FURTHEST: f64 = 20_016.0;
    let before = found.len();
    for (field, value) in [("factor", factor), ("power", power)] {
        if !(value.is_finite() && value >= 0.0) {
            let message = format!("The straight-line {name}_{field} is {value}; it must be 0 or more.");
            let path = format!("travel.{name}_{field}");
            found.push(Finding::error(Code::OutOfRange, path, message, "Give a number such as 1.").with_value(value));
        }
    }
    let furthest = factor * FURTHEST.powf(power);
    if found.len() == before && furthest > most {
        let message = format!(
            "With {name}_factor {factor} and {name}_power {power}, {FURTHEST} km would come to {furthest:.0} {name}; \
             the most is {most}."
        );
        let path = format!("travel.{name}_power");
        found.push(Finding::error(Code::OutOfRange, path, message, "Give a lower factor or power.").with_value(power));
    }
}

fn matrix_places(problem: &Problem, index: &Index<'_>, places: &[PlaceId], found: &mut Findings) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (n, place) in places.iter().enumerate() {
        if let Some(first) = first.get(place.as_str()) {
            let message = format!("The matrix has {place} twice: as number {} and number {}.", first + 1, n + 1);
            let path = format!("travel.places[{n}]");
            let remedy = "Take one of the two away, with its row and column.";
            found.push(Finding::error(Code::BadMatrix, path, message, remedy).with_value(place));
        } else {
            first.insert(place.as_str(), n);
        }
    }
    let prisons = problem.prisons.iter().map(|prison| prison.id.as_str());
    let volunteers = problem.volunteers.iter().map(|volunteer| volunteer.id.as_str());
    let met = index.met(problem);
    let points = problem.meeting_points.iter().filter(|point| met.contains(&point.id.place()));
    let families = problem.families.iter().filter(|family| met.contains(&family.id.place()));
    let points = points.map(|point| point.id.as_str());
    let all = prisons.chain(volunteers).chain(points).chain(families.map(|family| family.id.as_str()));
    let missing: Vec<_> = all.filter(|id| !id.is_empty() && !first.contains_key(id)).collect();
    if !missing.is_empty() {
        let message = format!("The matrix lacks {}: {}.", count(missing.len(), "place"), missing.join(", "));
        let remedy = "Add a row and a column for each: prisons, volunteers, and the homes and meeting points where families are met.";
        found.push(Finding::error(Code::BadMatrix, "travel.places", message, remedy).with_value(list(&missing)));
    }
}

/// That one table of a matrix is square, and its entries in bounds.
fn table(field: &str, rows: &[Vec<u32>], places: &[PlaceId], most: u32, found: &mut Findings) {
    let size = places.len();
    let columns = count(size, "place");
    let remedy = "Give a row for each place in the order of `places`, and in each row a number for each.";
    if rows.len() != size {
        let message = format!("The table of {field} has {} for {columns}.", count(rows.len(), "row"));
        let path = format!("travel.{field}");
        found.push(Finding::error(Code::BadMatrix, path, message, remedy).with_value(rows.len()));
    }
    for (n, row) in rows.iter().enumerate() {
        let from =
            places.get(n).map_or_else(|| format!("row {}", n + 1), |place| format!("row {} (from {place})", n + 1));
        if row.len() != size {
            let message = format!("In the table of {field}, {from} has {} for {columns}.", count(row.len(), "number"));
            let path = format!("travel.{field}[{n}]");
            found.push(Finding::error(Code::BadMatrix, path, message, remedy).with_value(row.len()));
        }
        for (k, &entry) in row.iter().enumerate().filter(|(_, entry)| **entry > most) {
            let to = places.get(k).map_or_else(|| format!("column {}", k + 1), |place| format!("to {place}"));
            let message = format!("In the table of {field}, {from} {to} is {entry}; the most is {most}.");
            let path = format!("travel.{field}[{n}][{k}]");
            let remedy = "Mend the number; for a journey that cannot be made give the most.";
            found.push(Finding::error(Code::OutOfRange, path, message, remedy).with_value(entry));
        }
    }
}
