//! One small week worked out by hand, and everything that can be wrong with it.
//!
//! In `example/`, three trips of two days. On Saturday C1 drives F4 to P3 and is home 30 minutes, the turnaround, before
//! V1 fetches them as chaperone of F1, two children alone, and F2; the way to P1 is 140 minutes of driving, with a break,
//! and so is the way back. On Sunday V2 leaves with F3 at midnight, and the clocks go forward on the way: 285 minutes
//! later it is 05:45. Most limits are met exactly. By hand, the score is
//!
//! - 4 visits, 40 000; 3 and 26 (of 30) weeks of waiting, 14 500; extra points, 70 − 30;
//! - less one slot of rank 1, 100; less F2 without its usual V2, 200; less 60 + 285 + 481 minutes of driving;
//! - less load: C1 1 + 2, V1 2, V2 0, at 50 points; less the slot of R4, 2 000, and the driver of R3, 800, changed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

mod joint;

use super::*;
use crate::id::PlaceId;
use crate::leg::Leg;
use crate::problem::{Travel, TravelSource};
use crate::rota::ScoreParts;

struct Matrix(Travel);

impl Legs for Matrix {
    fn leg(&self, from: &PlaceId, to: &PlaceId) -> Option<Leg> {
        let TravelSource::Matrix { places, minutes, metres } = &self.0.source else { return None };
        let [from, to] = [from, to].map(|id| places.iter().position(|place| place == id));
        Some(Leg { minutes: *minutes.get(from?)?.get(to?)?, metres: *metres.get(from?)?.get(to?)? })
    }
}

/// A source that knows no leg.
struct NoLegs;

impl Legs for NoLegs {
    fn leg(&self, _: &PlaceId, _: &PlaceId) -> Option<Leg> {
        None
    }
}

/// A problem and its rota as one document, for edits of either.
fn documents(texts: [&str; 2]) -> Value {
    let [problem, rota] = texts.map(|text| serde_json::from_str::<Value>(text).unwrap());
    json!({ "problem": problem, "rota": rota })
}

fn example() -> Value {
    documents([include_str!("example/problem.json"), include_str!("example/rota.json")])
}

fn read(documents: &Value) -> Option<(Problem, Rota)> {
    let problem = serde_json::from_value(documents["problem"].clone()).ok()?;
    Some((problem, serde_json::from_value(documents["rota"].clone()).ok()?))
}

/// The documents with the value at a path set; in a list, the place after the last is a new one.
fn edit(documents: &mut Value, path: &str, value: Value) {
    let (parent, last) = path.rsplit_once('/').unwrap();
    match documents.pointer_mut(parent).unwrap() {
        Value::Array(list) if last.parse() == Ok(list.len()) => list.push(value),
        Value::Array(list) => list[last.parse::<usize>().unwrap()] = value,
        parent => parent[last] = value,
    }
}

/// What is broken once the edits are made.
fn broken(
    documents: &Value,
    legs: impl Fn(&Problem) -> Box<dyn Legs>,
    edits: &[(&str, &str)],
) -> BTreeSet<&'static str> {
    let mut documents = documents.clone();
    for (path, value) in edits {
        edit(&mut documents, path, serde_json::from_str(value).unwrap());
    }
    let (problem, rota) = read(&documents).unwrap_or_else(|| panic!("{edits:?} cannot be read"));
    verify(&problem, &rota, &*legs(&problem)).broken.iter().map(|breach| breach.code.as_str()).collect()
}

#[test]
fn the_week_worked_out_by_hand() {
    let (problem, rota) = read(&example()).unwrap();
    let parts = ScoreParts {
        visits: 40_000,
        waiting: 14_500,
        extra: 40,
        slot_rank: 100,
        new_volunteer: 200,
        driving: 826,
        load: 250,
        change_slot: 2_000,
        change_driver: 800,
        change_time: 0,
        drop_published: 5_000,
    };
    let valid = Verdict { broken: Vec::new(), score: parts, served: 4 };
    assert_eq!(verify(&problem, &rota, &Matrix(problem.travel.clone())), valid);
    assert_eq!(verify(&problem, &rota, &NoLegs), valid);
    assert_eq!(parts.total(), 45_364);
}

/// One edit, and the clauses that it breaks; none: the rules allow it.
const ONE: &[(&str, &str, &[&str])] = &[
    // §4.1
    ("/problem/volunteers/0/roles", r#"["chaperone"]"#, &["not-a-driver"]),
    ("/problem/volunteers/1/car", "null", &["not-a-driver"]),
    ("/problem/requests/0/options/1/slot", r#""S2""#, &["slot-not-asked", "wrong-score", "bound-too-low"]),
    (
        "/problem/requests/2/family",
        r#""F9""#,
        &["unknown-id", "carries-nobody", "outward-stops", "return-stops", "pin", "wrong-unmet", "wrong-score"],
    ),
    ("/problem/slots/1/prison", r#""P9""#, &["unknown-id", "malformed-stops"]),
    ("/problem/slots/1/id", r#""S9""#, &["unknown-id"]),
    ("/problem/pairs/4", r#"{"a": "F2", "b": "F1", "rule": "never"}"#, &["never-together"]),
    ("/problem/pairs/4", r#"{"a": "V1", "b": "F2", "rule": "never"}"#, &["never-together"]),
    ("/problem/pairs/4", r#"{"a": "F2", "b": "C1", "rule": "never"}"#, &["never-together"]),
    ("/problem/pairs/4", r#"{"a": "C1", "b": "V1", "rule": "never"}"#, &["never-together"]),
    ("/problem/pairs/4", r#"{"a": "F3", "b": "F3", "rule": "never"}"#, &[]),
    ("/problem/families/1/shares_car", "false", &["shares-no-car"]),
    ("/problem/volunteers/0/max_families", "1", &["too-many-families"]),
    ("/rota/trips/2/driver", r#""V9""#, &["unknown-id", "malformed-stops"]),
    ("/rota/trips/1/requests/2", r#""R9""#, &["unknown-id"]),
    (
        "/rota/trips/3",
        r#"{"driver": "V2", "slot": "S2", "requests": [], "drive_min": 0, "metres": 0, "stops": []}"#,
        &["carries-nobody", "max-trips", "max-trips-per-day", "malformed-stops", "wrong-score"],
    ),
    // §4.2
    ("/problem/policy/driver_requires", r#"["dbs", "first aid"]"#, &["driver-lacks"]),
    ("/problem/volunteers/0/holds/0/until", r#""2026-03-27""#, &["driver-lacks"]),
    ("/problem/volunteers/0/holds/5", r#"{"what": "dbs", "until": "2026-03-01"}"#, &[]),
    ("/problem/families/0/needs", r#"["hoist"]"#, &["driver-lacks"]),
    ("/problem/volunteers/2/roles", r#"["driver"]"#, &["not-a-chaperone"]),
    ("/problem/policy/chaperone_requires", r#"["dbs", "first aid"]"#, &["chaperone-lacks"]),
    ("/rota/trips/1/chaperone", r#""V9""#, &["unknown-id", "outward-stops", "return-stops", "wrong-score"]),
    ("/rota/trips/1/chaperone", r#""V1""#, &["not-a-chaperone", "outward-stops", "return-stops", "wrong-score"]),
    // §4.3
    ("/problem/policy/children_alone", r#""never""#, &["children-alone", "needless-chaperone"]),
    ("/problem/policy/children_alone", r#""driver""#, &["needless-chaperone"]),
    ("/problem/families/0/members/1/age", "18", &["needless-chaperone"]),
    ("/problem/families/2/members/0/age", "17", &["no-chaperone", "escort-lacks"]),
    ("/problem/policy/child_only_requires", r#"["hoist"]"#, &["escort-lacks"]),
    ("/problem/volunteers/2/holds/4/until", r#""2026-03-27""#, &["escort-lacks"]),
    ("/problem/families/1/members/0/age", "17", &[]),
    // §4.4
    ("/problem/families/0/members/2", r#"{"age": 12}"#, &["too-many-visitors", "seats"]),
    ("/problem/prisons/0/max_visitors", "2", &["too-many-visitors"]),
    ("/problem/prisons/0/max_adults", "0", &["too-many-adults"]),
    ("/problem/prisons/0/adult_age", "15", &["too-many-adults"]),
    ("/problem/prisons/0/adult_age", "35", &[]),
    // §4.5
    ("/problem/volunteers/0/car/seats", "4", &["seats"]),
    ("/problem/volunteers/2/car/wheelchair", "0", &["wheelchair-spaces"]),
    ("/problem/volunteers/0/car/harness", "0", &["restraints"]),
    ("/problem/families/0/members/1/restraint", r#""booster""#, &["restraints"]),
    ("/problem/families/2/members/1/own_restraint", "false", &["restraints"]),
    // §3, §4.6 and §4.7
    (
        "/problem/travel/minutes/5/6",
        "11",
        &[
            "wrong-leg",
            "wrong-totals",
            "outward-times",
            "driver-window",
            "chaperone-window",
            "overlap",
            "max-duty",
            "max-driving",
            "wrong-score",
        ],
    ),
    ("/problem/travel/metres/4/8", "14999", &["wrong-leg", "wrong-totals"]),
    ("/problem/prisons/1/check_in_min", "44", &["outward-times"]),
    ("/problem/prisons/1/check_out_min", "14", &["return-times"]),
    ("/problem/families/2/boarding_min", "9", &["outward-times", "return-times"]),
    ("/problem/policy/break_after_min", "140", &["outward-times", "return-times"]),
    ("/problem/policy/break_after_min", "0", &["outward-times", "return-times"]),
    ("/problem/policy/break_min", "0", &["outward-times", "return-times"]),
    ("/problem/timezone", r#""UTC""#, &["outward-times"]),
    ("/rota/trips/1/stops/3/arrive", r#""2026-03-28T11:16""#, &["outward-times"]),
    ("/rota/trips/1/stops/4/depart", r#""2026-03-28T15:44""#, &["return-times"]),
    ("/rota/trips/1/stops/8/arrive", r#""2026-03-29T18:35""#, &["return-times"]),
    (
        "/rota/trips/1/stops/2/place",
        r#""F3""#,
        &["wrong-leg", "wrong-totals", "outward-stops", "wrong-score", "max-driving", "max-km-week"],
    ),
    ("/rota/trips/1/stops/5/place", r#""F1""#, &["wrong-leg", "wrong-totals", "return-stops", "wrong-score"]),
    ("/rota/trips/2/stops/3/kind", r#""pickup""#, &["return-stops"]),
    (
        "/rota/trips/2/stops/4",
        r#"{"kind": "dropoff", "place": "F3"}"#,
        &["malformed-stops", "wrong-totals", "wrong-score"],
    ),
    // §4.8
    ("/problem/families/0/max_ride_min", "144", &["ride-time"]),
    ("/problem/policy/detour_min", "15", &[]),
    ("/problem/policy/detour_min", "14", &[]),
    ("/problem/policy/detour_pct", "0", &[]),
    // §4.9
    ("/problem/volunteers/0/available/0/from", r#""2026-03-28T10:31""#, &["driver-window"]),
    ("/problem/volunteers/0/available/0/to", r#""2026-03-28T18:34""#, &["driver-window"]),
    ("/problem/volunteers/1/available", "[]", &["driver-window"]),
    ("/problem/volunteers/2/available/1/from", r#""2026-03-28T10:41""#, &["chaperone-window"]),
    ("/problem/volunteers/2/available/1/to", r#""2026-03-28T18:24""#, &["chaperone-window"]),
    ("/problem/families/0/available/0/from", r#""2026-03-28T10:51""#, &["family-window"]),
    ("/problem/families/0/available/0/to", r#""2026-03-28T18:09""#, &["family-window"]),
    // §5.1
    (
        "/problem/requests/3/family",
        r#""F1""#,
        &["outward-stops", "return-stops", "no-chaperone", "same-day", "seats", "restraints"],
    ),
    // §5.2
    ("/problem/slots/0/tables", "1", &["tables"]),
    ("/problem/pairs/3", r#"{"a": "F2", "b": "F1", "rule": "never-same-slot"}"#, &["never-same-slot"]),
    // §5.3
    ("/problem/policy/turnaround_min", "31", &["overlap"]),
    ("/problem/volunteers/2/max_trips", "1", &["max-trips"]),
    ("/problem/volunteers/2/max_trips_per_day", "1", &["max-trips-per-day"]),
    ("/problem/volunteers/1/max_duty_min", "695", &["max-duty"]),
    ("/problem/volunteers/2/max_duty_min", "180", &[]),
    ("/problem/volunteers/0/max_driving_min", "284", &["max-driving"]),
    ("/problem/volunteers/2/max_driving_min", "60", &[]),
    // The scheme's limits are for those who give none.
    ("/problem/policy/max_duty_min", "100", &["max-duty"]),
    ("/problem/policy/max_duty_min", "1000", &[]),
    ("/problem/policy/max_driving_min", "30", &["max-driving"]),
    ("/problem/policy/max_driving_min", "1000", &[]),
    ("/problem/volunteers/0/max_km_week", "284", &["max-km-week"]),
    ("/problem/volunteers/2/max_km_week", "60", &[]),
    // §5.4
    ("/problem/pins/0/slot", r#""S3""#, &["pin"]),
    ("/problem/pins/0/driver", r#""V2""#, &["pin"]),
    ("/problem/pins/1/request", r#""R5""#, &["pin"]),
    // §6
    ("/problem/policy/weights", r#"{"max_weeks": 25}"#, &["wrong-score"]),
    ("/problem/volunteers/2/recent_trips", "0", &["wrong-score", "bound-too-low"]),
    ("/problem/pairs/1/a", r#""V1""#, &["wrong-score", "bound-too-low"]),
    ("/problem/published/1/slot", r#""S3""#, &["wrong-score", "bound-too-low"]),
    ("/problem/policy/weights", r#"{"drop_published": 4999}"#, &["wrong-score"]),
    // What was published of a request that is no more is passed over.
    ("/problem/published/2/request", r#""R99""#, &["wrong-score", "bound-too-low"]),
    ("/rota/score", "45365", &["wrong-score"]),
    ("/rota/parts/load", "249", &["wrong-score"]),
    ("/rota/parts", "null", &[]),
    ("/rota/bound", "45363", &["bound-too-low"]),
    ("/rota/bound", "null", &[]),
    ("/rota/status", r#""optimal""#, &["not-proven"]),
    // §7
    ("/rota/problem", r#""three counties""#, &["other-problem"]),
    ("/rota/trips/0/drive_min", "61", &["wrong-totals"]),
    ("/rota/trips/0/metres", "59999", &["wrong-totals"]),
    ("/rota/trips/0/stops/1/leg_min", "11", &["wrong-leg"]),
    ("/rota/trips/0/stops/1/leg_metres", "null", &["malformed-stops"]),
    ("/rota/trips/0/stops/0/leg_min", "0", &["malformed-stops"]),
    ("/rota/trips/0/stops/1/arrive", "null", &["malformed-stops"]),
    ("/rota/trips/0/stops/0/arrive", r#""2026-03-28T07:10""#, &["malformed-stops"]),
    ("/rota/trips/0/stops/2/kind", r#""pickup""#, &["malformed-stops"]),
    ("/rota/trips/0/stops/1/kind", r#""gate""#, &["malformed-stops"]),
    ("/rota/unmet", "[]", &["wrong-unmet"]),
    ("/rota/unmet/1", r#"{"request": "R5"}"#, &["wrong-unmet"]),
    ("/rota/unmet/1", r#"{"request": "R1"}"#, &["wrong-unmet"]),
    ("/rota/unmet/1", r#"{"request": "R9"}"#, &["wrong-unmet"]),
];

type Edits = &'static [(&'static str, &'static str)];

/// Edits that show what they should only together.
const SEVERAL: &[(Edits, &[&str])] = &[
    // §4.8
    (&[("/problem/policy/detour_min", "15"), ("/problem/policy/detour_pct", "14")], &[]),
    (&[("/problem/policy/detour_min", "14"), ("/problem/policy/detour_pct", "14")], &["ride-time"]),
    // §6
    (&[("/rota/status", r#""optimal""#), ("/rota/bound", "45364")], &[]),
    (&[("/rota/status", r#""optimal""#), ("/rota/bound", "null")], &["not-proven"]),
    // §4.3
    (
        &[
            ("/problem/policy/children_alone", r#""driver""#),
            ("/problem/families/1/members/0/age", "17"),
            ("/rota/trips/1/chaperone", "null"),
        ],
        &["too-few-adults", "outward-stops", "return-stops", "wrong-score"],
    ),
    (
        &[
            ("/problem/requests/4/family", r#""F3""#),
            ("/problem/families/1/members/0/age", "17"),
            ("/problem/families/2/members/0/age", "17"),
            ("/rota/trips/1/requests/2", r#""R5""#),
        ],
        &[
            "too-few-adults",
            "too-many-families",
            "shares-no-car",
            "seats",
            "outward-stops",
            "return-stops",
            "no-chaperone",
            "escort-lacks",
            "tables",
            "wrong-unmet",
            "wrong-score",
            "bound-too-low",
        ],
    ),
    // §4.1, §5.1
    (
        &[("/rota/trips/1/requests/1", r#""R1""#)],
        &["family-twice", "served-twice", "outward-stops", "return-stops", "wrong-unmet", "wrong-score"],
    ),
];

#[test]
fn every_rule_is_held() {
    let matrix = |problem: &Problem| -> Box<dyn Legs> { Box::new(Matrix(problem.travel.clone())) };
    let mut untried: BTreeSet<_> = Clause::ALL.iter().map(|clause| clause.as_str()).collect();
    let mut wrong = Vec::new();
    let mut hold =
        |documents: &Value, legs: fn(&Problem) -> Box<dyn Legs>, edits: Vec<_>, expected: &[&'static str]| {
            let expected: BTreeSet<_> = expected.iter().copied().collect();
            let broken = broken(documents, legs, &edits);
            untried = &untried - &expected;
            if broken != expected {
                wrong.push(format!("{edits:?}: {broken:?} for {expected:?}"));
            }
        };
    let example = example();
    ONE.iter().for_each(|(path, value, expected)| hold(&example, matrix, vec![(*path, *value)], expected));
    SEVERAL.iter().for_each(|(edits, expected)| hold(&example, matrix, edits.to_vec(), expected));
    let joint = joint::example();
    joint::EDITS
        .iter()
        .for_each(|(edits, expected)| hold(&joint, |_| Box::new(joint::Twenty), edits.to_vec(), expected));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(untried, BTreeSet::new(), "clauses that no edit breaks");
}

#[test]
fn breaches_are_told_in_plain_words() {
    for (path, value, message) in [
        (
            "/problem/volunteers/0/available/0/to",
            r#""2026-03-28T18:30""#,
            "trip 2: V1 would be home at 18:35, after the window that ends at 18:30 (§4.9 driver-window)",
        ),
        (
            "/problem/families/0/available/0/from",
            r#""2026-03-28T11:00""#,
            "trip 2: family F1 would be fetched at 10:50, before the window that begins at 11:00 (§4.9 family-window)",
        ),
        (
            "/problem/families/0/max_ride_min",
            "144",
            "trip 2: family F1 rides 145 min home; the most is 144 (§4.8 ride-time)",
        ),
        (
            "/problem/volunteers/0/holds/0/until",
            r#""2026-03-27""#,
            "trip 2: V1 needs `dbs` to drive on Sat 28 Mar 2026, and holds it until Fri 27 Mar 2026 only (§4.2 driver-lacks)",
        ),
        (
            "/rota/trips/1/stops/8/arrive",
            r#""2026-03-29T18:35""#,
            "trip 2: the car must reach V1 at 18:35; the rota says 18:35 on Sun 29 Mar 2026 (§4.7 return-times)",
        ),
        ("/problem/slots/0/tables", "1", "slot S1 has 2 visits; there are tables for 1 (§5.2 tables)"),
        (
            "/problem/policy/turnaround_min",
            "31",
            "C1 is out for slot S3 until 10:10 and for slot S1 from 10:40; 31 min lie between trips (§5.3 overlap)",
        ),
    ] {
        let mut documents = example();
        edit(&mut documents, path, serde_json::from_str(value).unwrap());
        let (problem, rota) = read(&documents).unwrap();
        let verdict = verify(&problem, &rota, &Matrix(problem.travel.clone()));
        let messages: Vec<_> = verdict.broken.iter().map(Breach::to_string).collect();
        assert_eq!(messages, [message]);
    }
}

/// The paths of all that stands in a document.
fn paths(value: &Value, path: &str, into: &mut Vec<String>) {
    into.push(path.to_owned());
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(at, v)| paths(v, &format!("{path}/{at}"), into)),
        Value::Object(map) => map.iter().for_each(|(key, v)| paths(v, &format!("{path}/{key}"), into)),
        _ => {}
    }
}

/// Verifies an example with anything put in any place of a document, as far as it can still be read.
fn anything_anywhere(example: &Value, document: &str, mut then: impl FnMut(&str, &Value, &Rota, &Verdict)) {
    let anything = [
        json!(null),
        json!(0),
        json!(7),
        json!(u32::MAX),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(true),
        json!(""),
        json!("F1"),
        json!("V2"),
        json!("M2"),
        json!("2999-12-31T23:59"),
        json!("2026-03-29"),
        json!("home"),
        json!([]),
    ];
    let mut all = Vec::new();
    paths(&example[document], "", &mut all);
    for path in all.iter().filter(|path| !path.is_empty()) {
        for value in &anything {
            let mut documents = example.clone();
            edit(&mut documents[document], path, value.clone());
            let Some((problem, rota)) = read(&documents) else { continue };
            then(path, value, &rota, &verify(&problem, &rota, &NoLegs));
            then(path, value, &rota, &verify(&problem, &rota, &Matrix(problem.travel.clone())));
        }
    }
}

#[test]
fn no_problem_is_too_odd() {
    for example in [example(), joint::example()] {
        anything_anywhere(&example, "problem", |_, _, _, _| {});
    }
}

#[test]
fn nothing_in_a_rota_goes_unread() {
    // A higher bound is no less valid, and these may be left out.
    let free = ["/bound", "/parts", "/problem"];
    for example in [example(), joint::example()] {
        let (_, valid) = read(&example).unwrap();
        let mut slips = Vec::new();
        anything_anywhere(&example, "rota", |path, value, rota, verdict| {
            if *rota != valid && verdict.broken.is_empty() && !free.contains(&path) {
                slips.push(format!("{path} = {value}"));
            }
        });
        assert_eq!(slips, Vec::<String>::new());
    }
}
