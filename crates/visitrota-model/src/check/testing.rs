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

/// In an edit: take what stands there away.
pub(crate) const GONE: &str = "gone";

/// Changes a document: at each JSON pointer the value is set; `/-` at the end of one adds to a list.
pub(crate) fn edited(edits: &[(&str, Value)]) -> Value {
    let mut document = base();
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
    let json = edited(edits).to_string();
    check(&Problem::from_json(json.as_bytes()).unwrap_or_else(|findings| panic!("{edits:?}: {findings:#?}")))
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
