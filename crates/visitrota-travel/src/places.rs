//! The places of a problem, in the order of their indices.

use std::collections::{HashMap, HashSet};

use visitrota_model::{PlaceId, Position, Problem, Way};

use crate::error::TravelError;
use crate::sphere::Point;

/// A place of a problem, by its position: prisons first, then volunteers, then families, then meeting points, each in
/// the problem's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIndex(pub u32);

/// A place of a problem, as the document has it.
#[derive(Debug)]
pub(crate) struct Spot {
    pub(crate) id: PlaceId,
    /// Whether somebody may be met there: a matrix need not have a place where nobody is.
    pub(crate) used: bool,
    position: Option<Position>,
}

/// Prisons, then volunteers, then families, then meeting points.
pub(crate) fn spots(problem: &Problem) -> Vec<Spot> {
    let met = met(problem);
    let spot = |id: PlaceId, used, position| Spot { id, used, position };
    let prisons = problem.prisons.iter().map(|prison| spot(prison.id.place(), true, prison.position()));
    let volunteers = problem.volunteers.iter().map(|who| spot(who.id.place(), true, who.position()));
    let families = problem.families.iter().map(|who| {
        let place = who.id.place();
        let used = met.contains(&place);
        spot(place, used, who.position())
    });
    let points = problem.meeting_points.iter().map(|point| {
        let place = point.id.place();
        let used = met.contains(&place);
        spot(place, used, point.position())
    });
    prisons.chain(volunteers).chain(families).chain(points).collect()
}

/// The homes and meeting points where some option of some request has a family met.
fn met(problem: &Problem) -> HashSet<PlaceId> {
    let families: HashMap<_, _> = problem.families.iter().map(|family| (&family.id, family)).collect();
    let mut met = HashSet::new();
    for request in &problem.requests {
        for family in request.families.iter().filter_map(|id| families.get(id)) {
            for option in &request.options {
                for way in [Way::Out, Way::Back] {
                    met.insert(request.meeting_place(Some(option), family, way).place(&family.id));
                }
            }
        }
    }
    met
}

/// Where each place stands in a list.
pub(crate) fn index<'a>(
    places: impl IntoIterator<Item = &'a PlaceId>,
    wherein: &'static str,
) -> Result<HashMap<PlaceId, PlaceIndex>, TravelError> {
    let mut index = HashMap::new();
    for (place, n) in places.into_iter().zip(0..) {
        if index.insert(place.clone(), PlaceIndex(n)).is_some() {
            return Err(TravelError::DuplicateId { place: place.clone(), wherein });
        }
    }
    Ok(index)
}

/// Where on the globe the places are.
pub(crate) fn points(spots: &[Spot]) -> Result<Vec<Point>, TravelError> {
    let point = |spot: &Spot| spot.position.and_then(|Position { lat, lon, .. }| Point::new(lat, lon));
    let points: Vec<_> = spots.iter().filter_map(point).collect();
    if points.len() < spots.len() {
        let places = spots.iter().filter(|spot| point(spot).is_none()).map(|spot| spot.id.clone()).collect();
        return Err(TravelError::NoCoordinates { places });
    }
    Ok(points)
}
