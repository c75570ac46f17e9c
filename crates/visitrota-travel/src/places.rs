//! The places of a problem, in the order of their indices.

use std::collections::HashMap;

use visitrota_model::{PlaceId, Problem};

use crate::error::TravelError;
use crate::sphere::Point;

/// A place of a problem, by its position: prisons first, then volunteers, then families, each in the problem's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIndex(pub u32);

/// A place of a problem, as the document has it.
#[derive(Debug)]
pub(crate) struct Spot {
    pub(crate) id: PlaceId,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// Prisons, then volunteers, then families.
pub(crate) fn spots(problem: &Problem) -> Vec<Spot> {
    let prisons = problem.prisons.iter().map(|prison| Spot { id: prison.id.place(), lat: prison.lat, lon: prison.lon });
    let volunteers = problem.volunteers.iter().map(|who| Spot { id: who.id.place(), lat: who.lat, lon: who.lon });
    let families = problem.families.iter().map(|who| Spot { id: who.id.place(), lat: who.lat, lon: who.lon });
    prisons.chain(volunteers).chain(families).collect()
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
    let point = |spot: &Spot| Point::new(spot.lat?, spot.lon?);
    let points: Vec<_> = spots.iter().filter_map(point).collect();
    if points.len() < spots.len() {
        let places = spots.iter().filter(|spot| point(spot).is_none()).map(|spot| spot.id.clone()).collect();
        return Err(TravelError::NoCoordinates { places });
    }
    Ok(points)
}
