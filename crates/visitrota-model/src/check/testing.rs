//! What the tests of reading and checking share: a small sound problem, and edits of it.

use serde_json::{Value, json};

use super::check;
use crate::finding::{Code, Finding, Severity};
use crate::problem::Problem;

/// A problem of invented people in which nothing is to be found.
pub(crate) fn base() -> Value {
    json!({
        "format": "visitrota/1",
        "name": "a week in December",
        "week": {"from": "2026-12-01", "to": "2026-12-07"},
        "policy": {"child_only_requires": ["first-aid"]},
        "travel": {"kind": "estimate", "margin_pct": 20},
        "prisons": [
            {"id": "P1", "name": "the prison", "lat": 51.63, "lon": -2.47, "max_visitors": 4, "escort_requires": ["cleared"]}
        ],
        "slots": [
            {"id": "S1", "prison": "P1", "start": "2026-12-05T14:00", "end": "2026-12-05T15:00", "tables": 4},
            {"id": "S2", "prison": "P1", "start": "2026-12-06T14:00", "end": "2026-12-06T15:00"}
        ],
        "volunteers": [
            {
                "id": "V1", "lat": 51.48, "lon": -3.18, "roles": ["driver"],
                "car": {"seats": 4, "infant": 1, "booster": 2},
                "available": [{"from": "2026-12-05T08:00", "to": "2026-12-05T20:00"}],
                "max_duty_min": 600,
                "holds": [
                    {"what": "dbs", "until": "2027-03-01"}, {"what": "insurance"}, {"what": "licence"},
                    {"what": "first-aid"}, {"what": "cleared"}, {"what": "welsh"}
                ]
            },
            {
                "id": "V2", "lat": 51.60, "lon": -3.00, "roles": ["chaperone"],
                "available": [{"from": "2026-12-05T08:00", "to": "2026-12-06T20:00"}],
                "holds": [{"what": "dbs"}, {"what": "first-aid"}, {"what": "cleared"}]
            }
        ],
        "families": [
            {"id": "F1", "lat": 51.62, "lon": -3.94, "members": [{"age": 34}, {"age": 5}], "needs": ["welsh"]},
            {
                "id": "F2", "lat": 51.59, "lon": -2.99, "members": [{"age": 1}, {"age": 9}],
                "available": [{"from": "2026-12-05T09:00", "to": "2026-12-05T19:00"}]
            }
        ],
        "requests": [
            {"id": "R1", "family": "F1", "options": [{"slot": "S1"}, {"slot": "S2", "rank": 1}]},
            {"id": "R2", "family": "F2", "options": [{"slot": "S1", "rank": 0}], "weeks_waiting": 3},
            {"id": "R3", "family": "F1", "options": [{"slot": "S2"}, {"slot": "S1"}]}
        ],
        "pairs": [{"a": "F1", "b": "V1", "rule": "usual"}, {"a": "F1", "b": "F2", "rule": "never-same-slot"}],
        "pins": [{"request": "R1", "slot": "S1", "driver": "V1"}],
        "published": [{"request": "R1", "slot": "S2", "driver": "V1"}]
    })
}

/// The same with everything besides: households that visit together, meeting points, prisoners, hours, consents, promises
/// with times, a locked trip.
pub(crate) fn rich() -> Value {
    let mut document = base();
    let mut set = |pointer: &str, value: Value| *document.pointer_mut(pointer).unwrap() = value;
    set(
        "/policy",
        json!({
            "child_only_requires": ["first-aid"], "family_requires": ["consent"], "chaperone_throughout": true,
            "volunteer_hours": {"from": "06:00", "to": "24:00"}, "family_hours": {"from": "07:00", "to": "21:30"}
        }),
    );
    set(
        "/prisons",
        json!([
            {
                "id": "P1", "lat": 51.63, "lon": -2.47, "max_visitors": 4, "escort_requires": ["cleared"],
                "visitor_requires": ["list"]
            },
            {"id": "P2", "lat": 51.63, "lon": -2.49}
        ]),
    );
    set(
        "/slots",
        json!([
            {"id": "S1", "prison": "P1", "start": "2026-12-05T14:00", "end": "2026-12-05T15:00", "tables": 4},
            {"id": "S2", "prison": "P1", "start": "2026-12-06T14:00", "end": "2026-12-06T15:00"},
            {"id": "S3", "prison": "P2", "start": "2026-12-06T14:00", "end": "2026-12-06T15:00"}
        ]),
    );
    let holds = json!([{"what": "consent"}, {"what": "list", "until": "2026-12-06"}]);
    set(
        "/families",
        json!([
            {
                "id": "F1", "lat": 51.62, "lon": -3.94, "members": [{"age": 34}, {"age": 5}], "needs": ["welsh"],
                "holds": holds, "pickup": "M1", "dropoff": "home"
            },
            {
                "id": "F2", "lat": 51.59, "lon": -2.99, "members": [{"age": 1}, {"age": 9}], "holds": holds,
                "available": [{"from": "2026-12-05T09:00", "to": "2026-12-05T19:00"}]
            },
            {"id": "F3", "lat": 51.59, "lon": -2.98, "members": [{"age": 60}], "holds": holds},
            {"id": "F4", "lat": 51.59, "lon": -2.97, "members": [{"age": 61}]}
        ]),
    );
    set(
        "/requests",
        json!([
            {"id": "R1", "families": ["F1", "F3"], "prisoner": "X1", "options": [{"slot": "S1", "pickup": "M2"}, {"slot": "S2", "rank": 1}]},
            {"id": "R2", "family": "F2", "prisoner": "X2", "options": [{"slot": "S1", "rank": 0}], "dropoff": "M2"},
            {"id": "R3", "family": "F1", "options": [{"slot": "S2"}, {"slot": "S1"}]},
            {"id": "R4", "families": ["F4", "F2"], "prisoner": "X3", "options": [{"slot": "S3"}]}
        ]),
    );
    set("/pairs", json!([{"a": "F1", "b": "V1", "rule": "usual"}, {"a": "X1", "b": "X2", "rule": "never-same-slot"}]));
    set("/pins", json!([{"request": "R1", "slot": "S1"}, {"request": "R1", "driver": "V1", "family": "F3"}]));
    set(
        "/published",
        json!([
            {"request": "R1", "family": "F1", "slot": "S2", "driver": "V1", "pickup": "2026-12-06T11:00"},
            {"request": "R1", "family": "F3", "slot": "S2", "driver": "V1", "chaperone": "V2", "home": "2026-12-06T17:00"},
            {"request": "R2", "slot": "S1", "driver": "V1"}
        ]),
    );
    let stop = |kind: &str, place: &str, arrive: Value, depart: Value| json!({"kind": kind, "place": place, "arrive": arrive, "depart": depart, "leg_min": 1, "leg_metres": 1});
    let at = |time: &str| json!(format!("2026-12-06T{time}"));
    let locked = json!([{
        "driver": "V2", "slot": "S3", "requests": ["R4"], "drive_min": 4, "metres": 4,
        "stops": [
            stop("leave", "V2", json!(null), at("10:00")),
            stop("pickup", "F4", at("10:10"), at("10:15")),
            stop("gate", "P2", at("13:00"), at("15:15")),
            stop("dropoff", "F4", at("16:00"), at("16:05")),
            stop("home", "V2", at("16:30"), json!(null))
        ]
    }]);
    if let Some(fields) = document.as_object_mut() {
        fields.insert(
            "meeting_points".to_owned(),
            json!([
                {"id": "M1", "name": "the school", "lat": 51.61, "lon": -3.9},
                {"id": "M2", "name": "the station", "lat": 51.6, "lon": -3.0}
            ]),
        );
        fields.insert(
            "prisoners".to_owned(),
            json!([
                {"id": "X1", "prison": "P1", "visits": 1},
                {"id": "X2", "prison": "P1"},
                {"id": "X3", "name": "their brother", "prison": "P2", "visits": 0}
            ]),
        );
        fields.insert("locked".to_owned(), locked);
    }
    document
}

/// In an edit: take what stands there away.
pub(crate) const GONE: &str = "gone";

/// Changes the sound problem: at each JSON pointer the value is set; `/-` at the end of one adds to a list.
pub(crate) fn edited(edits: &[(&str, Value)]) -> Value {
    changed(base(), edits)
}

/// Changes a document as [`edited`] does.
pub(crate) fn changed(mut document: Value, edits: &[(&str, Value)]) -> Value {
    for (pointer, value) in edits {
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        let value = value.clone();
        match document.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
            Value::Object(fields) if value == GONE => drop(fields.shift_remove(field)),
            Value::Object(fields) => drop(fields.insert(field.to_owned(), value)),
            Value::Array(items) if field == "-" => items.push(value),
            Value::Array(items) => items[field.parse::<usize>().unwrap()] = value,
            _ => panic!("nothing to edit at {pointer}"),
        }
    }
    document
}

/// The findings of an edited document that can be read.
pub(crate) fn checked(edits: &[(&str, Value)]) -> Vec<Finding> {
    found_in(&edited(edits))
}

/// The findings of a document that can be read.
pub(crate) fn found_in(document: &Value) -> Vec<Finding> {
    let json = document.to_string();
    check(&Problem::from_json(json.as_bytes()).unwrap_or_else(|findings| panic!("{json}: {findings:#?}")))
}

/// A finding as tests expect it.
pub(crate) type Expected<'a> = (Severity, Code, &'a str);

/// Expects the findings of a document after edits, in order.
pub(crate) fn expect(edits: &[(&str, Value)], expected: &[Expected<'_>]) {
    same(&checked(edits), expected, edits);
}

pub(crate) fn same(findings: &[Finding], expected: &[Expected<'_>], edits: &[(&str, Value)]) {
    let got: Vec<Expected<'_>> = findings.iter().map(|f| (f.severity, f.code, f.path.as_str())).collect();
    assert_eq!(got, expected, "{edits:?}: {findings:#?}");
    for finding in findings {
        assert!(finding.message.ends_with('.') && finding.remedy.ends_with(['.', '?']), "{finding}");
    }
}
