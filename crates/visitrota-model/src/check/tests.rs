//! One case for each thing that can be found: edits of a sound problem, and what is then found in it.

mod odd;
mod postcodes;
mod rich;

use serde_json::{Value, json};

use super::testing::{GONE, base, checked, edited, expect};
use crate::finding::{Code, Severity};
use crate::problem::Problem;

const ERROR: Severity = Severity::Error;
const WARNING: Severity = Severity::Warning;

#[test]
fn nothing_is_found_in_a_sound_problem() {
    expect(&[], &[]);
}

#[test]
fn ids() {
    expect(&[("/volunteers/1/id", json!("F1"))], &[(ERROR, Code::DuplicateId, "families[0].id")]);
    expect(&[("/volunteers/1/id", json!("V1"))], &[(ERROR, Code::DuplicateId, "volunteers[1].id")]);
    expect(&[("/requests/2/id", json!("R2"))], &[(ERROR, Code::DuplicateId, "requests[2].id")]);
    expect(
        &[("/slots/1/id", json!("S1")), ("/requests/0/options/1/slot", json!("S3"))],
        &[
            (ERROR, Code::DuplicateId, "slots[1].id"),
            (ERROR, Code::UnknownId, "requests[0].options[1].slot"),
            (ERROR, Code::UnknownId, "requests[2].options[0].slot"),
            (WARNING, Code::UnknownId, "published[0].slot"),
        ],
    );
    expect(&[("/volunteers/1/id", json!(" "))], &[(ERROR, Code::EmptyId, "volunteers[1].id")]);
    expect(&[("/slots/0/prison", json!("P9"))], &[(ERROR, Code::UnknownId, "slots[0].prison")]);
    expect(&[("/pairs/0/b", json!("V9"))], &[(ERROR, Code::UnknownId, "pairs[0].b")]);
    expect(
        &[("/pins/0", json!({"request": "R9", "slot": "S9", "driver": "F1"}))],
        &[
            (ERROR, Code::UnknownId, "pins[0].request"),
            (ERROR, Code::UnknownId, "pins[0].slot"),
            (ERROR, Code::UnknownId, "pins[0].driver"),
        ],
    );
    expect(
        &[("/published/0", json!({"request": "R9", "slot": "S9", "driver": "V9"}))],
        &[
            (WARNING, Code::UnknownId, "published[0].request"),
            (WARNING, Code::UnknownId, "published[0].slot"),
            (WARNING, Code::UnknownId, "published[0].driver"),
        ],
    );
}

#[test]
fn an_unknown_id_names_the_one_meant() {
    let [finding] = &checked(&[("/requests/1/family", json!("f-2"))])[..] else { panic!() };
    assert_eq!(finding.message, "The request R2 names the family f-2, and there is none of that id.");
    assert_eq!(finding.remedy, "Did you mean F2?");
    let [finding] = &checked(&[("/requests/1/family", json!("V2"))])[..] else { panic!() };
    assert_eq!(finding.message, "The request R2 names V2 as a family, but V2 is a volunteer.");
}

#[test]
fn times() {
    expect(
        &[("/week", json!({"from": "2026-12-07", "to": "2026-12-01"})), ("/volunteers/1/available", json!([]))],
        &[
            (ERROR, Code::ReversedTimes, "week.to"),
            (WARNING, Code::IdleVolunteer, "volunteers[0].available"),
            (WARNING, Code::IdleVolunteer, "volunteers[1].available"),
        ],
    );
    expect(&[("/week/to", json!("2028-01-01"))], &[(ERROR, Code::OutOfRange, "week.to")]);
    expect(&[("/slots/0/end", json!("2026-12-05T14:00"))], &[(ERROR, Code::ReversedTimes, "slots[0].end")]);
    expect(&[("/week/to", json!("2026-12-05"))], &[(ERROR, Code::SlotOutsideWeek, "slots[1].start")]);
    let window = |from: &str, to: &str| json!({"from": from, "to": to});
    expect(
        &[("/families/1/available/-", window("2026-12-05T18:00", "2026-12-05T08:00"))],
        &[(ERROR, Code::ReversedTimes, "families[1].available[1].to")],
    );
    expect(
        &[("/families/1/available/-", window("2026-12-05T18:00", "2026-12-05T18:00"))],
        &[(WARNING, Code::ReversedTimes, "families[1].available[1].to")],
    );
    expect(
        &[("/volunteers/0/available/-", window("2026-12-12T08:00", "2026-12-12T18:00"))],
        &[(WARNING, Code::WindowOutsideWeek, "volunteers[0].available[1]")],
    );
    // In Auckland the clocks go forward in September.
    expect(
        &[
            ("/timezone", json!("Pacific/Auckland")),
            ("/week/from", json!("2026-09-25")),
            ("/volunteers/0/available/-", window("2026-09-27T02:30", "2026-09-27T18:00")),
        ],
        &[(WARNING, Code::SkippedTime, "volunteers[0].available[1].from")],
    );
}

#[test]
fn volunteers() {
    expect(&[("/volunteers/0/car", json!(GONE))], &[(ERROR, Code::DriverWithoutCar, "volunteers[0].car")]);
    expect(&[("/volunteers/0/max_trips", json!(0))], &[(WARNING, Code::IdleVolunteer, "volunteers[0].max_trips")]);
    expect(
        &[("/volunteers/1/max_trips_per_day", json!(0))],
        &[(WARNING, Code::IdleVolunteer, "volunteers[1].max_trips_per_day")],
    );
    let roleless = json!({"id": "V3", "lat": 51.6, "lon": -3.0, "roles": [], "available": []});
    expect(&[("/volunteers/-", roleless)], &[(WARNING, Code::IdleVolunteer, "volunteers[2].roles")]);
    expect(
        &[("/volunteers/0/roles", json!(["chaperone"])), ("/pins", json!([]))],
        &[(WARNING, Code::NobodyCanServe, "volunteers")],
    );
}

#[test]
fn permissions() {
    expect(
        &[("/volunteers/0/holds/0/until", json!("2026-12-05"))],
        &[(WARNING, Code::PermissionRunsOut, "volunteers[0].holds[0].until")],
    );
    // Valid to the last slot of the week; renewed; run out, and called for by nobody.
    expect(&[("/volunteers/0/holds/0/until", json!("2026-12-06"))], &[]);
    expect(&[("/volunteers/0/holds/-", json!({"what": "dbs", "until": "2026-12-04"}))], &[]);
    expect(&[("/volunteers/0/holds/-", json!({"what": "midas", "until": "2026-12-05"}))], &[]);
    expect(
        &[("/volunteers/0/holds/0/until", json!("2026-11-30"))],
        &[
            (WARNING, Code::NobodyHolds, "policy.driver_requires[0]"),
            (WARNING, Code::PermissionRunsOut, "volunteers[0].holds[0].until"),
        ],
    );
    expect(
        &[("/policy/driver_requires", json!(["Licence"]))],
        &[(WARNING, Code::NobodyHolds, "policy.driver_requires[0]")],
    );
    expect(&[("/families/0/needs", json!(["bsl"]))], &[(WARNING, Code::NobodyHolds, "families[0].needs[0]")]);
    expect(
        &[("/prisons/0/escort_requires/-", json!("vetted"))],
        &[(WARNING, Code::NobodyHolds, "prisons[0].escort_requires[1]")],
    );
    expect(
        &[("/policy/chaperone_requires", json!(["patience"]))],
        &[(WARNING, Code::NobodyHolds, "policy.chaperone_requires[0]")],
    );
    // Nobody escorts where no family is child-only.
    expect(&[("/prisons/0/escort_requires/-", json!("vetted")), ("/families/1/members/-", json!({"age": 40}))], &[]);
}

#[test]
fn families_and_cars() {
    expect(&[("/families/0/members", json!([]))], &[(ERROR, Code::NoMembers, "families[0].members")]);
    for (edit, message) in [
        (
            ("/families/1/members", json!([{"age": 0}, {"age": 1}])),
            "The family F2 (it needs 3 seats and 2 infant seats, the chaperone's among them) fits no car: the most \
             infant seats in one car is 1.",
        ),
        (
            ("/families/0/members/-", json!({"age": 30, "wheelchair": true})),
            "The family F1 (it needs 2 seats, 1 wheelchair space and 1 booster seat) fits no car: the most wheelchair \
             spaces in one car is 0.",
        ),
    ] {
        let [finding] = &checked(std::slice::from_ref(&edit))[..] else { panic!("{edit:?}") };
        assert_eq!((finding.code, finding.message.as_str()), (Code::FitsNoCar, message));
    }
    // Their own seat needs none of the car's.
    expect(&[("/families/1/members", json!([{"age": 0, "own_restraint": true}, {"age": 1}]))], &[]);
    // Each need is met in some car, and all in none.
    let mut second = base()["volunteers"][0].clone();
    second["id"] = json!("V3");
    second["car"] = json!({"seats": 4, "harness": 1});
    let findings =
        checked(&[("/volunteers/-", second), ("/families/0/members", json!([{"age": 30}, {"age": 3}, {"age": 5}]))]);
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert!(finding.message.contains("no car has all of them"), "{finding}");
    assert_eq!(finding.remedy, "Maybe add 1 harness seat to one of V1 and V3.");
}

#[test]
fn visitors_caps() {
    expect(
        &[("/prisons/0/max_visitors", json!(2))],
        &[(WARNING, Code::OverVisitorsCap, "requests[1].options[0].slot")],
    );
    expect(
        &[("/prisons/0/max_adults", json!(1)), ("/prisons/0/adult_age", json!(9))],
        &[(WARNING, Code::OverVisitorsCap, "requests[1].options[0].slot")],
    );
}

#[test]
fn requests() {
    expect(&[("/requests/1/options", json!([]))], &[(ERROR, Code::NoSlotExists, "requests[1].options")]);
    expect(
        &[("/requests/1/options/0/slot", json!("S9"))],
        &[(ERROR, Code::UnknownId, "requests[1].options[0].slot"), (ERROR, Code::NoSlotExists, "requests[1].options")],
    );
    expect(
        &[("/requests/1/options/-", json!({"slot": "S1", "rank": 2}))],
        &[(ERROR, Code::DuplicateOption, "requests[1].options[1].slot")],
    );
    expect(&[("/policy/children_alone", json!("never"))], &[(WARNING, Code::NobodyCanServe, "requests[1].family")]);
    expect(
        &[("/volunteers/1/roles", json!(["driver"])), ("/volunteers/1/car", json!({"seats": 4}))],
        &[(WARNING, Code::NobodyCanServe, "requests[1].family")],
    );
}

#[test]
fn nothing_to_plan() {
    expect(
        &[("/slots", json!([])), ("/requests", json!([])), ("/pins", json!([])), ("/published", json!([]))],
        &[(ERROR, Code::NothingToPlan, "slots"), (ERROR, Code::NothingToPlan, "requests")],
    );
    expect(
        &[("/volunteers", json!([])), ("/pairs", json!([])), ("/pins", json!([])), ("/published", json!([]))],
        &[(ERROR, Code::NothingToPlan, "volunteers"), (WARNING, Code::NobodyCanServe, "requests[1].family")],
    );
}

#[test]
fn pairs() {
    let odd = |severity| [(severity, Code::OddPair, "pairs[2]")];
    for (a, b, rule, severity) in [
        ("F1", "F2", "usual", ERROR),
        ("V1", "V2", "usual", ERROR),
        ("P1", "F1", "usual", ERROR),
        ("V1", "P1", "never", ERROR),
        ("F1", "F1", "never", ERROR),
        ("F1", "V1", "never-same-slot", ERROR),
        ("F2", "F1", "never-same-slot", WARNING),
        ("V1", "F1", "usual", WARNING),
    ] {
        expect(&[("/pairs/-", json!({"a": a, "b": b, "rule": rule}))], &odd(severity));
    }
    for (a, b, rule) in [("V2", "F2", "usual"), ("V1", "V2", "never"), ("F2", "F1", "never")] {
        expect(&[("/pairs/-", json!({"a": a, "b": b, "rule": rule}))], &[]);
    }
    expect(
        &[("/pairs/-", json!({"a": "F1", "b": "V1", "rule": "never"}))],
        &[(WARNING, Code::OddPair, "pairs[2]"), (ERROR, Code::ImpossiblePin, "pins[0].driver")],
    );
}

#[test]
fn pins() {
    let pin = |pin: Value| ("/pins/-", pin);
    for (edit, path) in [
        (pin(json!({"request": "R2", "slot": "S2"})), "pins[1].slot"),
        (pin(json!({"request": "R2", "driver": "V2"})), "pins[1].driver"),
        (pin(json!({"request": "R1", "slot": "S2"})), "pins[1].slot"),
        (pin(json!({"request": "R3", "slot": "S1"})), "pins[1].slot"),
    ] {
        expect(&[edit], &[(ERROR, Code::ImpossiblePin, path)]);
    }
    expect(&[pin(json!({"request": "R3", "slot": "S2"})), pin(json!({"request": "R1", "driver": "V1"}))], &[]);
    expect(
        &[("/published/-", json!({"request": "R1", "slot": "S1", "driver": "V1"}))],
        &[(ERROR, Code::FieldConflict, "published[1].request")],
    );
}

#[test]
fn travel() {
    let square = |n: usize| json!(vec![vec![10; n]; n]);
    let metres = |n: usize| json!(vec![vec![9_000; n]; n]);
    let matrix = |places: &[&str], minutes: Value, metres: Value| {
        ("/travel", json!({"kind": "matrix", "places": places, "minutes": minutes, "metres": metres}))
    };
    let all = ["P1", "V1", "V2", "F1", "F2"];
    expect(&[matrix(&all, square(5), metres(5)), ("/prisons/0/lat", json!(GONE))], &[]);
    expect(&[matrix(&all[..4], square(4), metres(4))], &[(ERROR, Code::BadMatrix, "travel.places")]);
    expect(
        &[matrix(&["P1", "V1", "V2", "F1", "F2", "V1"], square(6), metres(6))],
        &[(ERROR, Code::BadMatrix, "travel.places[5]")],
    );
    expect(
        &[matrix(&all, square(5), metres(4))],
        &[
            (ERROR, Code::BadMatrix, "travel.metres"),
            (ERROR, Code::BadMatrix, "travel.metres[0]"),
            (ERROR, Code::BadMatrix, "travel.metres[1]"),
            (ERROR, Code::BadMatrix, "travel.metres[2]"),
            (ERROR, Code::BadMatrix, "travel.metres[3]"),
        ],
    );
    let mut minutes = square(5);
    minutes[1][3] = json!(2_000_000);
    expect(&[matrix(&all, minutes, metres(5))], &[(ERROR, Code::OutOfRange, "travel.minutes[1][3]")]);
    let url = "http://localhost:5000";
    expect(&[("/travel", json!({"kind": "osrm", "url": url}))], &[(ERROR, Code::TravelUnavailable, "travel.kind")]);
    expect(&[("/travel", json!({"kind": "valhalla", "url": url}))], &[(ERROR, Code::TravelUnavailable, "travel.kind")]);
    let line = |minutes_factor: f64, minutes_power: f64| {
        let (km_factor, km_power) = (1.6, 0.96);
        json!({
            "kind": "straight-line", "minutes_factor": minutes_factor, "minutes_power": minutes_power,
            "km_factor": km_factor, "km_power": km_power
        })
    };
    expect(&[("/travel", line(3.02, 0.775))], &[]);
    expect(&[("/travel", line(-1.0, 0.775))], &[(ERROR, Code::OutOfRange, "travel.minutes_factor")]);
    expect(&[("/travel", line(3.0, 7.0))], &[(ERROR, Code::OutOfRange, "travel.minutes_power")]);
    expect(&[("/travel/margin_pct", json!(-1))], &[(ERROR, Code::OutOfRange, "travel.margin_pct")]);
    expect(&[("/travel/margin_pct", json!(1001))], &[(ERROR, Code::OutOfRange, "travel.margin_pct")]);
}

#[test]
fn places() {
    let none = |path| [(ERROR, Code::NoCoordinates, path)];
    expect(&[("/families/0/lat", json!(GONE))], &none("families[0].lat"));
    expect(&[("/families/0/lon", json!(null))], &none("families[0].lon"));
    expect(&[("/prisons/0/lat", json!(GONE)), ("/prisons/0/lon", json!(GONE))], &none("prisons[0]"));
    expect(&postcodes::by_postcode(" "), &none("prisons[0]"));
    expect(&[("/families/0/lat", json!(91))], &[(ERROR, Code::OutOfRange, "families[0].lat")]);
    let far = [(WARNING, Code::FarAway, "families[0]")];
    expect(&[("/families/0/lat", json!(-3.94)), ("/families/0/lon", json!(51.62))], &far);
    expect(&[("/families/0/lat", json!(0)), ("/families/0/lon", json!(0.0))], &far);
    expect(&[("/families/0/lon", json!(-33.94))], &far);
    expect(&[("/families/0/lon", json!(-5.2))], &[]);
    let mut problem: Problem = serde_json::from_value(base()).unwrap();
    problem.families[0].lat = Some(f64::NAN);
    problem.travel.margin_pct = f64::INFINITY;
    let codes: Vec<_> = super::check(&problem).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::OutOfRange; 2]);
}

#[test]
fn limits() {
    for (pointer, value, path) in [
        ("/policy/break_min", 100_001, "policy.break_min"),
        ("/policy/detour_pct", 1_001, "policy.detour_pct"),
        ("/policy/max_duty_min", 100_001, "policy.max_duty_min"),
        ("/policy/max_driving_min", 100_001, "policy.max_driving_min"),
        ("/policy/weights", 1_000_001, "policy.weights.visit"),
        ("/prisons/0/check_in_min", 100_001, "prisons[0].check_in_min"),
        ("/prisons/0/adult_age", 121, "prisons[0].adult_age"),
        ("/volunteers/0/max_duty_min", 100_001, "volunteers[0].max_duty_min"),
        ("/volunteers/0/recent_trips", 100_001, "volunteers[0].recent_trips"),
        ("/families/0/max_ride_min", 100_001, "families[0].max_ride_min"),
        ("/families/0/members/0/age", 121, "families[0].members[0].age"),
        ("/requests/0/weeks_waiting", 100_001, "requests[0].weeks_waiting"),
        ("/requests/0/extra_points", -1_000_000_001, "requests[0].extra_points"),
        ("/requests/0/options/0/rank", 100_001, "requests[0].options[0].rank"),
    ] {
        let value = if pointer.ends_with("weights") { json!({"visit": value}) } else { json!(value) };
        expect(&[(pointer, value)], &[(ERROR, Code::OutOfRange, path)]);
    }
}

#[test]
fn findings_stand_in_the_documents_order() {
    let document = edited(&[
        ("/published/0/slot", json!("S9")),
        ("/requests/2/family", json!("F9")),
        ("/requests/1/extra_points", json!(2_000_000_000)),
        ("/prisons/0/lat", json!(GONE)),
        ("/week/to", json!("2026-11-01")),
    ]);
    let findings = super::check(&serde_json::from_value(document).unwrap());
    let paths: Vec<_> = findings.iter().map(|finding| finding.path.as_str()).collect();
    let last = ["requests[1].extra_points", "requests[2].family", "published[0].slot"];
    assert_eq!(paths[..2], ["week.to", "prisons[0].lat"]);
    assert_eq!(paths[paths.len() - 3..], last);
}
