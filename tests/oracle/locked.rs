//! What locked trips do among themselves binds nobody who joins them (§5.6): too rare among random problems.

use serde_json::{Value, json};
use visitrota::{Options, Problem};
use visitrota_tests::{Oracle, as_the_oracle, sound};

/// One driver has taken two families to their visits, `R1` and `R2`; `R1` has a second household, `F3`, whom another
/// driver may bring, and whom it would please to be brought as it was told.
fn two_visits_that_stand() -> Value {
    let stop = |kind: &str, place: &str, arrive: &str, depart: &str| {
        let time = |time: &str| if time.is_empty() { Value::Null } else { format!("2026-06-06T{time}").into() };
        let leg = |number: u32| if arrive.is_empty() { Value::Null } else { number.into() };
        json!({
            "kind": kind, "place": place, "arrive": time(arrive), "depart": time(depart),
            "leg_min": leg(10), "leg_metres": leg(9000),
        })
    };
    let always = json!([{ "from": "2026-06-06T00:00", "to": "2026-06-06T23:59" }]);
    let driver = |id: &str| json!({ "id": id, "roles": ["driver"], "car": { "seats": 4 }, "available": always });
    let family = |id: &str| json!({ "id": id, "members": [{ "age": 30 }], "shares_car": true });
    json!({
        "format": "visitrota/1",
        "week": { "from": "2026-06-06", "to": "2026-06-06" },
        "policy": { "driver_requires": [] },
        "travel": {
            "kind": "matrix", "places": ["P", "V1", "V2", "F1", "F2", "F3"],
            "minutes": vec![vec![10; 6]; 6], "metres": vec![vec![9000; 6]; 6],
        },
        "prisons": [{ "id": "P" }],
        "prisoners": [{ "id": "X1", "prison": "P" }, { "id": "X2", "prison": "P" }],
        "slots": [{ "id": "S", "prison": "P", "start": "2026-06-06T12:00", "end": "2026-06-06T13:00" }],
        "volunteers": [driver("V1"), driver("V2")],
        "families": [family("F1"), family("F2"), family("F3")],
        "requests": [
            { "id": "R1", "families": ["F1", "F3"], "prisoner": "X1", "options": [{ "slot": "S" }] },
            { "id": "R2", "family": "F2", "prisoner": "X2", "options": [{ "slot": "S" }] },
        ],
        "published": [{ "request": "R1", "family": "F3", "slot": "S", "driver": "V2" }],
        "locked": [{
            "driver": "V1", "slot": "S", "requests": ["R1", "R2"], "drive_min": 60, "metres": 54000,
            "stops": [
                stop("leave", "V1", "", "10:35"), stop("pickup", "F1", "10:45", "10:50"),
                stop("pickup", "F2", "11:00", "11:05"), stop("gate", "P", "11:15", "13:15"),
                stop("dropoff", "F2", "13:25", "13:30"), stop("dropoff", "F1", "13:40", "13:45"),
                stop("home", "V1", "13:55", ""),
            ],
        }],
    })
}

/// Two visits, less 60 minutes of the trip that stands.
const NOBODY_ADDED: i64 = 20_000 - 60;
/// The other household comes for 40 minutes of driving, where it was told of another slot and driver otherwise.
const JOINED: i64 = NOBODY_ADDED - 40;
const LEFT_BEHIND: i64 = NOBODY_ADDED - 2_800;

fn scores(document: Value, expected: i64) {
    let document = document.to_string();
    let problem = Problem::from_json(document.as_bytes()).expect("a problem");
    assert!(sound(&problem));
    let oracles = [Oracle::new(&problem), Oracle::by_sets(&problem)];
    for oracle in &oracles {
        assert_eq!(oracle.best(), Some(expected));
    }
    for few_trips in [0, 2_000] {
        let held = as_the_oracle(&problem, &oracles[0], &Options::default().few_trips(few_trips));
        assert!(held.is_ok(), "{held:?}");
    }
}

#[test]
fn a_household_joins_a_visit_that_stands() {
    scores(two_visits_that_stand(), JOINED);
}

#[test]
fn prisoners_who_never_share_a_slot_share_it_already() {
    let mut document = two_visits_that_stand();
    document["pairs"] = json!([{ "a": "X1", "b": "X2", "rule": "never-same-slot" }]);
    scores(document, JOINED);
}

#[test]
fn families_who_never_share_a_slot_share_it_already() {
    let mut document = two_visits_that_stand();
    document["pairs"] = json!([{ "a": "F1", "b": "F2", "rule": "never-same-slot" }]);
    scores(document.clone(), JOINED);
    // With the household itself it is another matter.
    document["pairs"] = json!([{ "a": "F3", "b": "F2", "rule": "never-same-slot" }]);
    scores(document, LEFT_BEHIND);
}

#[test]
fn a_prisoner_has_two_visits_at_one_time_already() {
    let mut document = two_visits_that_stand();
    document["requests"][1]["prisoner"] = "X1".into();
    document["prisoners"] = json!([{ "id": "X1", "prison": "P", "visits": 0 }]);
    scores(document, JOINED);
}
