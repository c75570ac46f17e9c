//! From trips that stand as they are to rows, one for each stop.

use std::collections::HashMap;

use serde_json::json;
use visitrota_model::{Date, Stop, Trip};

use super::cells::{fill, row};
use super::times::moment;
use crate::cell::Cell;
use crate::sheets::LOCKED;

/// The rows of all trips, numbered from 1. What goes for a trip as a whole stands on its first row.
pub(super) fn rows(trips: &[Trip], starts: &HashMap<&str, Date>) -> Result<Vec<Vec<Option<Cell>>>, String> {
    let mut rows = Vec::new();
    for (number, trip) in (1..).zip(trips) {
        let date = starts.get(trip.slot.as_str()).copied();
        let whole = whole(trip)?;
        let stops = trip.stops.iter().map(Some).chain(trip.stops.is_empty().then_some(None));
        for (n, stop) in stops.enumerate() {
            let mut fields = if n == 0 { whole.clone() } else { json!({}) };
            fields["stops"] = serde_json::to_value(stop).map_err(|error| error.to_string())?;
            let mut cells = row(&LOCKED, &fields);
            fill(&LOCKED, &mut cells, "trip", Some(Cell::Number(f64::from(number))));
            let time = |time: fn(&Stop) -> Option<_>| stop.and_then(time).map(|time| moment(date, time));
            fill(&LOCKED, &mut cells, "arrive", time(|stop| stop.arrive));
            fill(&LOCKED, &mut cells, "depart", time(|stop| stop.depart));
            rows.push(cells);
        }
    }
    Ok(rows)
}

/// A trip without its stops, and without what these add up to.
fn whole(trip: &Trip) -> Result<serde_json::Value, String> {
    let minutes = trip.stops.iter().filter_map(|stop| stop.leg_min).map(u64::from).fold(0, u64::saturating_add);
    let metres = trip.stops.iter().filter_map(|stop| stop.leg_metres).map(u64::from).fold(0, u64::saturating_add);
    let mut whole = serde_json::to_value(trip).map_err(|error| error.to_string())?;
    if let Some(fields) = whole.as_object_mut() {
        fields.remove("stops");
        if u64::from(trip.drive_min) == minutes {
            fields.remove("drive_min");
        }
        if trip.metres == metres {
            fields.remove("metres");
        }
    }
    Ok(whole)
}
