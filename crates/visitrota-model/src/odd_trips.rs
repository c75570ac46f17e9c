//! Trips that keep every rule given, and that people would hardly want.

use std::collections::HashMap;

use crate::problem::{Family, Problem, Slot};
use crate::rota::{OddTrip, Oddity, Rota, StopKind, Trip};
use crate::time::{Date, WallTime};

/// The odd trips of a rota, in its order: those that leave before 06:30, end after 21:00, last over 10 hours, are over 5
/// hours of driving, or call on a child before 07:00. A trip may be odd in several ways; one without stops is odd in none,
/// nor is a locked one, which no setting rules out.
#[must_use]
pub fn odd_trips(problem: &Problem, rota: &Rota) -> Vec<OddTrip> {
    let slots: HashMap<&str, &Slot> = problem.slots.iter().map(|slot| (slot.id.as_str(), slot)).collect();
    let families: HashMap<&str, &Family> = problem.families.iter().map(|family| (family.id.as_str(), family)).collect();
    let mut odd = Vec::new();
    for (n, trip) in rota.trips.iter().enumerate() {
        if let Some(slot) = slots.get(trip.slot.as_str()).filter(|_| !problem.is_locked(trip)) {
            odd.extend(of_trip(problem, n, trip, slot.start.date(), &families));
        }
    }
    odd
}

fn of_trip(
    problem: &Problem,
    n: usize,
    trip: &Trip,
    date: Date,
    families: &HashMap<&str, &Family>,
) -> impl Iterator<Item = OddTrip> {
    let odd = |what: Oddity| OddTrip { trip: n, what, at: None, minutes: None, family: None, setting: what.setting() };
    let at = |what, at: WallTime| OddTrip { at: Some(at), ..odd(what) };
    let long = |what, minutes: u32| OddTrip { minutes: Some(minutes), ..odd(what) };
    let leaves = trip.stops.first().and_then(|stop| stop.depart);
    let ends = trip.stops.last().and_then(|stop| stop.arrive);
    let lasts = leaves.zip(ends).and_then(|(leaves, ends)| {
        let minutes = problem.timezone.instant(ends).0 - problem.timezone.instant(leaves).0;
        u32::try_from(minutes).ok()
    });
    let early = leaves.filter(|leaves| *leaves < date.at(Oddity::EARLIEST));
    let late = ends.filter(|ends| *ends > date.at(Oddity::LATEST));
    let child = trip.stops.iter().find_map(|stop| {
        let family = families.get(stop.place.as_str()).filter(|_| stop.kind == StopKind::Pickup)?;
        let is_child = family.members.iter().any(|member| member.age < Family::GROWN_UP);
        let arrive = stop.arrive.filter(|arrive| is_child && *arrive < date.at(Oddity::EARLIEST_CHILD))?;
        Some(OddTrip { family: Some(family.id.clone()), ..at(Oddity::CallsEarly, arrive) })
    });
    let drives = !trip.stops.is_empty() && trip.drive_min > Oddity::LONGEST_DRIVE;
    [
        early.map(|early| at(Oddity::LeavesEarly, early)),
        child,
        late.map(|late| at(Oddity::EndsLate, late)),
        lasts.filter(|lasts| *lasts > Oddity::LONGEST).map(|lasts| long(Oddity::LastsLong, lasts)),
        drives.then(|| long(Oddity::DrivesLong, trip.drive_min)),
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::testing::rich;

    /// What is odd in a trip of the family F2, with these times, and this much driving.
    fn odd(leaves: &str, pickup: &str, ends: &str, drive_min: u32) -> Vec<Value> {
        odd_where(Locked::No, leaves, pickup, ends, drive_min)
    }

    #[derive(PartialEq)]
    enum Locked {
        No,
        Yes,
    }

    fn odd_where(locked: Locked, leaves: &str, pickup: &str, ends: &str, drive_min: u32) -> Vec<Value> {
        let mut problem: Problem = serde_json::from_value(rich()).unwrap();
        let stop = |kind: &str, place: &str, arrive: Value, depart: Value| json!({"kind": kind, "place": place, "arrive": arrive, "depart": depart});
        let rota = json!({"format": "visitrota-rota/1", "trips": [
            {"driver": "V2", "slot": "S3", "requests": ["R4"], "stops": []},
            {"driver": "V1", "slot": "S1", "requests": ["R2"], "drive_min": drive_min, "stops": [
                stop("leave", "V1", json!(null), json!(leaves)),
                stop("pickup", "F2", json!(pickup), json!(pickup)),
                stop("gate", "P1", json!("2026-12-05T13:15"), json!("2026-12-05T15:15")),
                stop("dropoff", "F2", json!("2026-12-05T16:00"), json!("2026-12-05T16:05")),
                stop("home", "V1", json!(ends), json!(null))
            ]}
        ]});
        let rota: Rota = serde_json::from_value(rota).unwrap();
        if locked == Locked::Yes {
            problem.locked = rota.trips.clone();
        }
        odd_trips(&problem, &rota).iter().map(|odd| serde_json::to_value(odd).unwrap()).collect()
    }

    #[test]
    fn nothing_is_odd_up_to_the_limits() {
        assert!(odd("2026-12-05T11:00", "2026-12-05T11:30", "2026-12-05T21:00", 300).is_empty());
        assert!(odd("2026-12-05T06:30", "2026-12-05T07:00", "2026-12-05T16:30", 300).is_empty());
    }

    #[test]
    fn a_locked_trip_is_not_odd() {
        let times = ("2026-12-05T06:20", "2026-12-05T06:50", "2026-12-05T21:30");
        assert!(odd_where(Locked::Yes, times.0, times.1, times.2, 301).is_empty());
        assert_eq!(odd_where(Locked::No, times.0, times.1, times.2, 301).len(), 5);
    }

    #[test]
    fn each_oddity_names_the_setting_that_rules_it_out() {
        assert_eq!(
            odd("2026-12-05T06:20", "2026-12-05T06:50", "2026-12-05T16:00", 301),
            [
                json!({"trip": 1, "what": "leaves_early", "at": "2026-12-05T06:20", "setting": "volunteer_hours"}),
                json!({
                    "trip": 1, "what": "calls_early", "at": "2026-12-05T06:50", "family": "F2", "setting": "family_hours"
                }),
                json!({"trip": 1, "what": "drives_long", "minutes": 301, "setting": "max_driving_min"}),
            ]
        );
        assert_eq!(
            odd("2026-12-05T11:00", "2026-12-05T11:30", "2026-12-05T21:01", 60),
            [
                json!({"trip": 1, "what": "ends_late", "at": "2026-12-05T21:01", "setting": "volunteer_hours"}),
                json!({"trip": 1, "what": "lasts_long", "minutes": 601, "setting": "max_duty_min"}),
            ]
        );
        // The day before, and the day after.
        let over_night = odd("2026-12-04T22:00", "2026-12-04T22:30", "2026-12-06T01:00", 60);
        assert_eq!(over_night.len(), 4, "{over_night:?}");
    }
}
