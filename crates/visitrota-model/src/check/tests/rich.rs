//! What can be found of households, meeting points, prisoners, hours, consents, promises and locked trips.

use serde_json::{Value, json};

use super::super::testing::{Expected, GONE, changed, found_in, rich, same};
use super::{ERROR, WARNING};
use crate::finding::Code;

fn expect(edits: &[(&str, Value)], expected: &[Expected<'_>]) {
    same(&found_in(&changed(rich(), edits)), expected, edits);
}

#[test]
fn nothing_is_found_in_a_sound_problem() {
    expect(&[], &[]);
}

#[test]
fn ids() {
    let unknown = |path| (ERROR, Code::UnknownId, path);
    expect(
        &[("/prisoners/1/id", json!("M1"))],
        &[
            (ERROR, Code::DuplicateId, "prisoners[1].id"),
            (WARNING, Code::Unused, "prisoners[1].id"),
            unknown("requests[1].prisoner"),
            unknown("pairs[1].b"),
        ],
    );
    expect(
        &[("/meeting_points/-", json!({"id": "home", "lat": 51.6, "lon": -3.0}))],
        &[(ERROR, Code::ReservedId, "meeting_points[2].id"), (WARNING, Code::Unused, "meeting_points[2].id")],
    );
    expect(&[("/prisoners/2/prison", json!("P9"))], &[unknown("prisoners[2].prison")]);
    expect(
        &[("/requests/1/prisoner", json!("X9"))],
        &[(WARNING, Code::Unused, "prisoners[1].id"), unknown("requests[1].prisoner")],
    );
    expect(
        &[("/requests/0/families/1", json!("F9"))],
        &[
            unknown("requests[0].families[1]"),
            (ERROR, Code::ImpossiblePin, "pins[1].family"),
            (WARNING, Code::UnknownId, "published[1].family"),
        ],
    );
    for pointer in ["/families/1/pickup", "/families/1/dropoff", "/requests/0/pickup", "/requests/0/options/0/dropoff"]
    {
        let path = pointer.replacen('/', "", 1).replace("/0", "[0]").replace("/1", "[1]").replace('/', ".");
        expect(&[(pointer, json!("F1"))], &[(ERROR, Code::UnknownId, path.as_str())]);
    }
    expect(&[("/pins/1/family", json!("F9"))], &[unknown("pins[1].family")]);
    expect(&[("/published/1/family", json!("F9"))], &[(WARNING, Code::UnknownId, "published[1].family")]);
    expect(&[("/published/1/chaperone", json!("V9"))], &[(WARNING, Code::UnknownId, "published[1].chaperone")]);
}

#[test]
fn requests() {
    expect(
        &[("/requests/0/families/-", json!("F1"))],
        &[
            (WARNING, Code::OverVisitorsCap, "requests[0].options[0].slot"),
            (ERROR, Code::FieldConflict, "requests[0].families[2]"),
        ],
    );
    expect(
        &[("/requests/1/options/-", json!({"slot": "S3"}))],
        &[(ERROR, Code::WrongPrison, "requests[1].options[1].slot")],
    );
    expect(
        &[("/prisons/0/max_visitors", json!(2))],
        &[
            (WARNING, Code::OverVisitorsCap, "requests[0].options[0].slot"),
            (WARNING, Code::OverVisitorsCap, "requests[1].options[0].slot"),
        ],
    );
    expect(&[("/prisons/0/max_adults", json!(1))], &[(WARNING, Code::OverVisitorsCap, "requests[0].options[0].slot")]);
    // A locked trip may go to any slot.
    expect(&[("/requests/3/options", json!([]))], &[]);
    expect(&[("/policy/children_alone", json!("never"))], &[(WARNING, Code::NobodyCanServe, "requests[1].family")]);
}

#[test]
fn consents() {
    let no_holds = ("/families/0/holds", json!([]));
    expect(
        std::slice::from_ref(&no_holds),
        &[
            (WARNING, Code::NobodyCanServe, "requests[0].families[0]"),
            (WARNING, Code::NobodyCanServe, "requests[2].family"),
        ],
    );
    expect(
        &[("/families/0/holds/0/until", json!("2026-12-05"))],
        &[(WARNING, Code::PermissionRunsOut, "families[0].holds[0].until")],
    );
    expect(&[("/families/1/holds/0/until", json!("2026-12-05"))], &[]);
    expect(
        &[("/families/1/holds/0/until", json!("2026-12-04"))],
        &[
            (WARNING, Code::PermissionRunsOut, "families[1].holds[0].until"),
            (WARNING, Code::NobodyCanServe, "requests[1].family"),
        ],
    );
    expect(&[("/families/0/holds/-", json!({"what": "consent", "until": "2026-12-04"}))], &[]);
    // A slip of the pen is told once.
    expect(
        &[("/policy/family_requires", json!(["Consent"]))],
        &[(WARNING, Code::NobodyHolds, "policy.family_requires[0]")],
    );
    expect(
        &[("/prisons/0/visitor_requires/0", json!("photograph"))],
        &[(WARNING, Code::NobodyHolds, "prisons[0].visitor_requires[0]")],
    );
}

#[test]
fn hours() {
    expect(
        &[("/policy/volunteer_hours/to", json!("06:00"))],
        &[(ERROR, Code::ReversedTimes, "policy.volunteer_hours.to")],
    );
    expect(
        &[("/policy/family_hours/from", json!("13:16"))],
        &[
            (WARNING, Code::OutsideHours, "slots[0].start"),
            (WARNING, Code::OutsideHours, "slots[1].start"),
            (WARNING, Code::OutsideHours, "slots[2].start"),
        ],
    );
    expect(&[("/slots/0/end", json!("2026-12-05T21:16"))], &[(WARNING, Code::OutsideHours, "slots[0].end")]);
    let window = |from: &str, to: &str| json!({"from": from, "to": to});
    expect(
        &[("/families/1/available/-", window("2026-12-06T05:00", "2026-12-06T07:00"))],
        &[(WARNING, Code::OutsideHours, "families[1].available[1]")],
    );
    expect(&[("/families/1/available/-", window("2026-12-05T22:00", "2026-12-06T07:01"))], &[]);
    expect(
        &[("/volunteers/0/available/-", window("2026-12-06T00:00", "2026-12-06T05:00"))],
        &[(WARNING, Code::OutsideHours, "volunteers[0].available[1]")],
    );
}

#[test]
fn prisoners_and_meeting_points() {
    expect(&[("/prisoners/1/visits", json!(0))], &[(WARNING, Code::NoVisitLeft, "prisoners[1].visits")]);
    expect(
        &[("/pins/-", json!({"request": "R2"})), ("/requests/1/prisoner", json!("X1"))],
        &[(WARNING, Code::NoVisitLeft, "prisoners[0].visits"), (WARNING, Code::Unused, "prisoners[1].id")],
    );
    expect(&[("/families/0/pickup", json!(GONE))], &[(WARNING, Code::Unused, "meeting_points[0].id")]);
    expect(&[("/meeting_points/1/lat", json!(GONE))], &[(ERROR, Code::NoCoordinates, "meeting_points[1].lat")]);
    expect(
        &[("/meeting_points/1/lat", json!(-3.0)), ("/meeting_points/1/lon", json!(51.6))],
        &[(WARNING, Code::FarAway, "meeting_points[1]")],
    );
    expect(&[("/meeting_points/1/lon", json!(181))], &[(ERROR, Code::OutOfRange, "meeting_points[1].lon")]);
}

#[test]
fn a_matrix_has_the_places_where_somebody_is_met() {
    let matrix = |places: &[&str]| {
        let (minutes, metres) =
            (vec![vec![10; places.len()]; places.len()], vec![vec![9_000; places.len()]; places.len()]);
        [("/travel", json!({"kind": "matrix", "places": places, "minutes": minutes, "metres": metres}))]
    };
    // F3 and F4 are met at home, F1 and F2 dropped off there or picked up.
    expect(&matrix(&["P1", "P2", "V1", "V2", "M1", "M2", "F1", "F2", "F3", "F4"]), &[]);
    let mut edits = matrix(&["P1", "P2", "V1", "V2", "M1", "M2", "F2", "F3", "F4"]).to_vec();
    expect(&edits, &[(ERROR, Code::BadMatrix, "travel.places")]);
    edits.push(("/families/0/dropoff", json!("M1")));
    expect(&edits, &[]);
    edits.push(("/requests/2/pickup", json!("home")));
    expect(&edits, &[(ERROR, Code::BadMatrix, "travel.places")]);
    let edits = matrix(&["P1", "P2", "V1", "V2", "M2", "F1", "F2", "F3", "F4"]);
    expect(&edits, &[(ERROR, Code::BadMatrix, "travel.places")]);
}

#[test]
fn pairs() {
    for (a, b, rule) in [
        ("X1", "X1", "never-same-slot"),
        ("X1", "F1", "never-same-slot"),
        ("X1", "F1", "never"),
        ("X1", "V1", "usual"),
        ("M1", "F1", "never"),
        ("F1", "F3", "never-same-slot"),
    ] {
        expect(&[("/pairs/-", json!({"a": a, "b": b, "rule": rule}))], &[(ERROR, Code::OddPair, "pairs[2]")]);
    }
    expect(&[("/pairs/-", json!({"a": "F1", "b": "F3", "rule": "never"}))], &[]);
}

#[test]
fn pins() {
    let pin = |pin: Value| ("/pins/-", pin);
    let impossible = |path| [(ERROR, Code::ImpossiblePin, path)];
    expect(&[("/pins/1/family", json!("F2"))], &impossible("pins[1].family"));
    expect(&[pin(json!({"request": "R1", "family": "F1"}))], &[(WARNING, Code::FieldConflict, "pins[2].family")]);
    let second = |driver: &str, family: Value| pin(json!({"request": "R1", "driver": driver, "family": family}));
    let also_drives = [
        ("/volunteers/1/roles", json!(["driver", "chaperone"])),
        ("/volunteers/1/car", json!({"seats": 4, "booster": 1, "infant": 1})),
        (
            "/volunteers/1/holds",
            json!(["dbs", "insurance", "licence", "first-aid", "cleared"].map(|what| json!({"what": what}))),
        ),
    ];
    let with = |edit| [also_drives.as_slice(), &[edit]].concat();
    expect(&with(second("V2", json!("F1"))), &[]);
    expect(&with(second("V2", json!("F3"))), &impossible("pins[2].driver"));
    expect(&with(second("V2", json!(null))), &impossible("pins[2].driver"));
    expect(&[pin(json!({"request": "R3", "slot": "S1"}))], &impossible("pins[2].slot"));
    expect(&[("/pairs/-", json!({"a": "F3", "b": "V1", "rule": "never"}))], &impossible("pins[1].driver"));
    expect(&[("/pairs/-", json!({"a": "F1", "b": "V2", "rule": "never"}))], &[]);
    let never = ("/pairs/-", json!({"a": "F1", "b": "F3", "rule": "never"}));
    expect(&[never.clone(), pin(json!({"request": "R1", "driver": "V1"}))], &impossible("pins[2].driver"));
    expect(&[never, pin(json!({"request": "R1", "driver": "V1", "family": "F3"}))], &[]);
}

#[test]
fn published() {
    expect(&[("/published/0/family", json!(GONE))], &[(ERROR, Code::MissingField, "published[0].family")]);
    expect(&[("/published/0/family", json!("F2"))], &[(WARNING, Code::UnknownId, "published[0].family")]);
    expect(&[("/published/0/family", json!("F3"))], &[(ERROR, Code::FieldConflict, "published[1].request")]);
    expect(&[("/published/0/pickup", json!("2026-12-06T14:01"))], &[(WARNING, Code::OddTime, "published[0].pickup")]);
    expect(&[("/published/0/pickup", json!("2026-12-05T11:00"))], &[(WARNING, Code::OddTime, "published[0].pickup")]);
    expect(&[("/published/1/home", json!("2026-12-06T14:59"))], &[(WARNING, Code::OddTime, "published[1].home")]);
}

#[test]
fn locked_trips() {
    let wrong = |path| [(ERROR, Code::LockedTrip, path)];
    let unknown = |path| (ERROR, Code::UnknownId, path);
    let stop = |k: usize, field: &str| format!("/locked/0/stops/{k}/{field}");
    expect(
        &[("/locked/0/driver", json!("V9"))],
        &[
            unknown("locked[0].driver"),
            (ERROR, Code::LockedTrip, "locked[0].stops[0].place"),
            (ERROR, Code::LockedTrip, "locked[0].stops[4].place"),
        ],
    );
    expect(&[("/locked/0/slot", json!("S9"))], &[unknown("locked[0].slot")]);
    expect(&[("/locked/0/requests/-", json!("R9"))], &[unknown("locked[0].requests[1]")]);
    expect(&[(stop(1, "at").as_str(), json!("M9"))], &[unknown("locked[0].stops[1].at")]);
    expect(&[(stop(1, "at").as_str(), json!("M1"))], &[]);
    expect(&[("/locked/0/requests/-", json!("R4"))], &wrong("locked[0].requests[1]"));
    expect(
        &[("/locked/0/chaperone", json!("V2"))],
        &[
            (ERROR, Code::LockedTrip, "locked[0].chaperone"),
            (ERROR, Code::LockedTrip, "locked[0].stops"),
            (ERROR, Code::LockedTrip, "locked[0].stops"),
        ],
    );
    for (k, field, value, path) in [
        (0, "kind", json!("pickup"), "locked[0].stops[0].kind"),
        (0, "depart", json!(GONE), "locked[0].stops[0].depart"),
        (4, "place", json!("V1"), "locked[0].stops[4].place"),
        (2, "place", json!("P1"), "locked[0].stops[2].place"),
        (2, "arrive", json!(null), "locked[0].stops[2].arrive"),
        (2, "depart", json!("2026-12-06T12:59"), "locked[0].stops[2].depart"),
    ] {
        let found = found_in(&changed(rich(), &[(stop(k, field).as_str(), value)]));
        let told = found.iter().any(|finding| finding.code == Code::LockedTrip && finding.path == path);
        assert!(told && found.iter().all(|finding| finding.code == Code::LockedTrip), "{path}: {found:#?}");
    }
    expect(
        &[(stop(2, "kind").as_str(), json!("dropoff"))],
        &[(ERROR, Code::LockedTrip, "locked[0].stops"), (ERROR, Code::LockedTrip, "locked[0].stops[2].place")],
    );
    expect(
        &[(stop(3, "place").as_str(), json!("F2"))],
        &[(ERROR, Code::LockedTrip, "locked[0].stops[3].place"), (ERROR, Code::LockedTrip, "locked[0].stops")],
    );
    expect(
        &[("/locked/0/stops", json!([]))],
        &[(ERROR, Code::LockedTrip, "locked[0].requests[0]"), (ERROR, Code::LockedTrip, "locked[0].stops")],
    );
    expect(
        &[("/locked/0/drive_min", json!(1_000_001))],
        &[(ERROR, Code::OutOfRange, "locked[0].drive_min"), (WARNING, Code::LockedTrip, "locked[0].drive_min")],
    );
    expect(
        &[("/locked/0/metres", json!(1_000_000_001))],
        &[(ERROR, Code::OutOfRange, "locked[0].metres"), (WARNING, Code::LockedTrip, "locked[0].metres")],
    );
}

#[test]
fn locked_trips_among_themselves_and_with_pins() {
    let trip = || rich()["locked"][0].clone();
    expect(&[("/locked/-", trip())], &[(ERROR, Code::LockedTrip, "locked[1]")]);
    let mut other = trip();
    other["stops"][1]["depart"] = json!("2026-12-06T10:16");
    expect(&[("/locked/-", other.clone())], &[(ERROR, Code::LockedTrip, "locked[1].requests[0]")]);
    other["slot"] = json!("S2");
    other["stops"][2]["place"] = json!("P1");
    expect(&[("/locked/-", other)], &[(ERROR, Code::LockedTrip, "locked[1].requests[0]")]);
    let pin = |pin: Value| ("/pins/-", pin);
    expect(&[pin(json!({"request": "R4", "slot": "S3", "driver": "V2", "family": "F4"}))], &[]);
    expect(&[pin(json!({"request": "R4", "slot": "S2"}))], &[(ERROR, Code::LockedTrip, "pins[2].slot")]);
    expect(
        &[pin(json!({"request": "R4", "driver": "V1", "family": "F4"}))],
        &[(ERROR, Code::LockedTrip, "pins[2].driver")],
    );
    // Whoever stays behind may still ride with another, who drives.
    expect(&[pin(json!({"request": "R4", "driver": "V1", "family": "F2"}))], &[]);
    expect(
        &[pin(json!({"request": "R4", "driver": "V2", "family": "F2"}))],
        &[(ERROR, Code::ImpossiblePin, "pins[2].driver")],
    );
}
