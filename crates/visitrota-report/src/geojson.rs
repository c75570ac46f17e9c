//! A rota as GeoJSON (RFC 7946), for maps: each trip a line, each stop a point.
//!
//! Homes and meeting points are told roughly, unless they are to be shown; nobody is named.

use serde_json::{Value, json};
use visitrota_postcodes::ATTRIBUTION;

use crate::attribution::by_postcode;
use crate::book::{Book, Call, Host, Spot, Tour};
use visitrota_model::StopKind;

/// A rota as GeoJSON: a line for each trip, with straight lines between its stops, and a point for each stop.
///
/// What has no coordinates in the problem has no geometry here. Where places are known by postcodes alone, the member
/// `attribution` says whose their positions are.
#[must_use]
pub fn geojson(book: &Book) -> Value {
    let features: Vec<_> = book.tours().iter().flat_map(|tour| of(book, tour)).collect();
    let mut collection = json!({ "type": "FeatureCollection", "features": features });
    if by_postcode(book.tours()) {
        collection["attribution"] = json!(ATTRIBUTION);
    }
    collection
}

fn of(book: &Book, tour: &Tour) -> Vec<Value> {
    let mut features = vec![line(book, tour)];
    features.extend(tour.calls.iter().map(|call| {
        let geometry = position(book, call).map(|at| json!({ "type": "Point", "coordinates": at }));
        feature(
            geometry,
            &json!({
                "what": "stop",
                "trip": tour.number,
                "kind": call.kind,
                "place": call.host.id(),
                "at": call.point.map(|point| &point.id),
                "arrive": (call.kind != StopKind::Leave).then(|| call.arrive.to_string()),
                "depart": (call.kind != StopKind::Home).then(|| call.depart.to_string()),
            }),
        )
    }));
    features
}

fn line(book: &Book, tour: &Tour) -> Value {
    let positions: Option<Vec<_>> = tour.calls.iter().map(|call| position(book, call)).collect();
    let positions = positions.filter(|positions| positions.len() > 1);
    let geometry = positions.map(|positions| json!({ "type": "LineString", "coordinates": positions }));
    let requests: Vec<_> = tour.requests().into_iter().map(|request| request.id.as_str()).collect();
    let families: Vec<_> = tour.rides.iter().map(|ride| ride.family.id.as_str()).collect();
    feature(
        geometry,
        &json!({
            "what": "trip",
            "trip": tour.number,
            "date": tour.date().to_string(),
            "driver": tour.driver.id,
            "chaperone": tour.chaperone.map(|chaperone| &chaperone.id),
            "slot": tour.slot.id,
            "requests": requests,
            "families": families,
            "locked": tour.locked,
            "leaves": tour.leaves().to_string(),
            "back": tour.back().to_string(),
            "drive_min": tour.trip.drive_min,
            "metres": tour.trip.metres,
        }),
    )
}

fn feature(geometry: Option<Value>, properties: &Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

/// Longitude and latitude, as GeoJSON has them.
fn position(book: &Book, call: &Call) -> Option<[f64; 2]> {
    let exact = matches!(call.host, Host::Prison(_)) || book.privacy().homes;
    let Spot { lat, lon } = call.placed().area(exact).spot?;
    // No -0.0.
    Some([lon + 0.0, lat + 0.0])
}
