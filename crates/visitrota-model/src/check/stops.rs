//! The stops of a locked trip, as far as a plan relies on them: they begin and end with its driver, the gate stands once
//! among them, everybody carried is fetched before it and brought back after it, and times go forward.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::limit::{LEG_METRES, LEG_MINUTES};
use crate::problem::Problem;
use crate::rota::{Stop, StopKind, Trip};
use crate::time::Zone;

const REMEDY: &str = "Give the trip as it stands in the rota that it is from.";

pub(super) fn check(problem: &Problem, index: &Index<'_>, n: usize, trip: &Trip, found: &mut Findings) {
    let who = format!("The locked trip of {}", trip.driver);
    numbers(&who, n, trip, found);
    let mut wrong = |path: &str, message: String| {
        found.push(Finding::error(Code::LockedTrip, format!("locked[{n}].{path}"), message, REMEDY));
    };
    if trip.stops.is_empty() {
        wrong("stops", format!("{who} has no stops."));
        return;
    }
    shape(index, &who, trip, &mut wrong);
    people(index, &who, trip, &mut wrong);
    times(problem.timezone, &who, &trip.stops, &mut wrong);
    totals(&who, n, trip, found);
}

/// Its minutes and metres: they are added up with others.
fn numbers(who: &str, n: usize, trip: &Trip, found: &mut Findings) {
    let mut most = |field: &str, value: u64, most: u32| {
        if value > u64::from(most) {
            let message = format!("{who}: `{field}` is {value}, and may be {most} at most.");
            let remedy = format!("Give a number from 0 to {most}.");
            let path = format!("locked[{n}].{field}");
            found.push(Finding::error(Code::OutOfRange, path, message, remedy).with_value(value));
        }
    };
    most("drive_min", trip.drive_min.into(), LEG_MINUTES);
    most("metres", trip.metres, LEG_METRES);
    for (k, stop) in trip.stops.iter().enumerate() {
        most(&format!("stops[{k}].leg_min"), stop.leg_min.unwrap_or_default().into(), LEG_MINUTES);
        most(&format!("stops[{k}].leg_metres"), stop.leg_metres.unwrap_or_default().into(), LEG_METRES);
    }
}

/// That its minutes and metres are those of its legs, where these are given: they count as given all the same.
fn totals(who: &str, n: usize, trip: &Trip, found: &mut Findings) {
    let legs = trip.stops.iter().skip(1);
    let minutes: Option<Vec<u64>> = legs.clone().map(|stop| stop.leg_min.map(u64::from)).collect();
    let metres: Option<Vec<u64>> = legs.map(|stop| stop.leg_metres.map(u64::from)).collect();
    for (field, given, legs) in [("drive_min", trip.drive_min.into(), minutes), ("metres", trip.metres, metres)] {
        let Some(sum) = legs.map(|legs| legs.into_iter().fold(0, u64::saturating_add)) else { continue };
        if sum != given {
            let message = format!("{who}: `{field}` is {given}, and its legs make {sum}. It counts as {given}.");
            let path = format!("locked[{n}].{field}");
            found.push(Finding::warning(Code::LockedTrip, path, message, REMEDY).with_value(given));
        }
    }
}

/// Leaving home, the gate once, home again.
fn shape(index: &Index<'_>, who: &str, trip: &Trip, wrong: &mut impl FnMut(&str, String)) {
    let last = trip.stops.len() - 1;
    for (k, kind, word) in [(0, StopKind::Leave, "leave"), (last, StopKind::Home, "home")] {
        let Some(stop) = trip.stops.get(k) else { continue };
        if stop.kind != kind {
            let end = if k == 0 { "begin" } else { "end" };
            wrong(&format!("stops[{k}].kind"), format!("{who}: its stops do not {end} with one of kind `{word}`."));
        } else if stop.place.as_str() != trip.driver.as_str() {
            let message = format!("{who}: the stop of kind `{word}` is not its driver's, but of {}.", stop.place);
            wrong(&format!("stops[{k}].place"), message);
        }
    }
    for (k, stop) in trip.stops.iter().enumerate() {
        let inside = k > 0 && k < last;
        if inside && matches!(stop.kind, StopKind::Leave | StopKind::Home) {
            wrong(&format!("stops[{k}].kind"), format!("{who} leaves or ends in the middle, at {}.", stop.place));
        }
    }
    let gates: Vec<_> = trip.stops.iter().enumerate().filter(|(_, stop)| stop.kind == StopKind::Gate).collect();
    match gates.as_slice() {
        [(k, gate)] => {
            let slot = index.slot(&trip.slot).filter(|slot| slot.prison.as_str() != gate.place.as_str());
            if let Some(slot) = slot {
                let message =
                    format!("{who} is to the slot {} at {}, and its gate is {}.", slot.id, slot.prison, gate.place);
                wrong(&format!("stops[{k}].place"), message);
            }
        }
        several => {
            let message = format!("{who} has {} stops of kind `gate`; it is at the gate once.", several.len());
            wrong("stops", message);
        }
    }
}

/// Whom it carries: each is picked up once before the gate and dropped off once after it, and nobody else.
fn people(index: &Index<'_>, who: &str, trip: &Trip, wrong: &mut impl FnMut(&str, String)) {
    let requests = trip.requests.iter().filter_map(|id| index.requests.get(id.as_str()));
    let mut aboard: BTreeSet<_> =
        requests.flat_map(|request| request.families_in(trip)).map(|id| id.as_str()).collect();
    aboard.extend(trip.chaperone.as_ref().map(|id| id.as_str()));
    let gate = trip.stops.iter().position(|stop| stop.kind == StopKind::Gate);
    let mut seen: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    for (k, stop) in trip.stops.iter().enumerate() {
        let pickup = match stop.kind {
            StopKind::Pickup => true,
            StopKind::Dropoff => false,
            StopKind::Leave | StopKind::Gate | StopKind::Home => continue,
        };
        let place = stop.place.as_str();
        if !aboard.contains(place) {
            wrong(&format!("stops[{k}].place"), format!("{who} has a stop of {place}, who is not of the trip."));
        } else if gate.is_some_and(|gate| pickup != (k < gate)) {
            let message = format!("{who}: pick-ups come before the gate and drop-offs after it, and {place} is amiss.");
            wrong(&format!("stops[{k}].kind"), message);
        } else {
            *seen.entry((place, pickup)).or_default() += 1;
        }
    }
    for place in aboard {
        for (pickup, word) in [(true, "pickup"), (false, "dropoff")] {
            let times = seen.get(&(place, pickup)).copied().unwrap_or_default();
            if times != 1 {
                let message =
                    format!("{who} carries {place}, who has {times} stops of kind `{word}` where one belongs.");
                wrong("stops", message);
            }
        }
    }
}

/// That there is a time wherever one belongs, and that no time is before the one before it.
fn times(zone: Zone, who: &str, stops: &[Stop], wrong: &mut impl FnMut(&str, String)) {
    let mut before: Option<i64> = None;
    for (k, stop) in stops.iter().enumerate() {
        let (first, last) = (k == 0, k + 1 == stops.len());
        for (field, time, belongs) in [("arrive", stop.arrive, !first), ("depart", stop.depart, !last)] {
            let path = format!("stops[{k}].{field}");
            match time {
                None if belongs => wrong(&path, format!("{who}: the stop of {} lacks `{field}`.", stop.place)),
                Some(time) if belongs => {
                    let instant = zone.instant(time).0;
                    if before.is_some_and(|before| instant < before) {
                        wrong(
                            &path,
                            format!("{who}: at {}, `{field}` is {time}, before the time before it.", stop.place),
                        );
                    }
                    before = Some(instant);
                }
                _ => {}
            }
        }
    }
}
