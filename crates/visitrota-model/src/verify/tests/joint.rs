//! Another week worked out by hand: households that visit together, meeting points, prisoners, hours, promises with
//! times, a locked trip.
//!
//! In `example/joint-…`, every leg is 20 minutes and 20 kilometres. On Saturday D1 meets both households of J1 at the
//! school and takes each home. D2 takes C1 and the two households of J2, children alone, who have one escort in the visit.
//! D3 has taken one household of J3 already: that trip is locked, breaks every rule there is, and has the other household
//! stay behind. Most limits are met exactly. By hand, the score is
//!
//! - 3 visits, 30 000; less 100 + 160 + 61 minutes of driving;
//! - less R7, dropped, 5 000; less the slot of F6, who stays behind, 2 000, and the drivers of F6 and F4, whose chaperone
//!   was to be another, 1 600;
//! - less the times of F2, eleven minutes off on the way out, and F3, hours off on the way back, 600.

use serde_json::Value;

use super::{Edits, broken, documents, edit, read};
use crate::id::PlaceId;
use crate::leg::{Leg, Legs};
use crate::rota::ScoreParts;
use crate::verify::{Verdict, verify};

/// A source by which everything is twenty minutes away, even from itself.
pub(super) struct Twenty;

impl Legs for Twenty {
    fn leg(&self, _: &PlaceId, _: &PlaceId) -> Option<Leg> {
        Some(Leg { minutes: 20, metres: 20_000 })
    }
}

pub(super) fn example() -> Value {
    documents([include_str!("../example/joint-problem.json"), include_str!("../example/joint-rota.json")])
}

#[test]
fn the_households_worked_out_by_hand() {
    let (problem, rota) = read(&example()).unwrap();
    let parts = ScoreParts {
        visits: 30_000,
        driving: 321,
        change_slot: 2_000,
        change_driver: 1_600,
        change_time: 600,
        drop_published: 5_000,
        ..ScoreParts::default()
    };
    let valid = Verdict { broken: Vec::new(), score: parts, served: 3 };
    assert_eq!(verify(&problem, &rota, &Twenty), valid);
    assert_eq!(verify(&problem, &rota, &super::NoLegs), valid);
    assert_eq!(parts.total(), 20_479);
}

#[test]
fn a_locked_trip_stands_to_the_last_figure() {
    for (path, value) in [
        ("/problem/locked/0/metres", "30001"),
        ("/problem/locked/0/stops/1/leg_min", "8"),
        ("/rota/trips/2/stops/4/arrive", r#""2026-10-24T23:01""#),
        ("/rota/trips/2/stops/1/at", r#""M1""#),
        ("/rota/trips/2/chaperone", r#""C1""#),
    ] {
        let broken = broken(&example(), |_| Box::new(Twenty), &[(path, value)]);
        assert!(broken.contains("locked-trip"), "{path}: {broken:?}");
    }
    let both = [("/problem/locked/0/requests", r#"["J3", "R4"]"#), ("/rota/trips/2/requests", r#"["R4", "J3"]"#)];
    let broken = broken(&example(), |_| Box::new(Twenty), &both);
    assert!(!broken.contains("locked-trip"), "{broken:?}");
}

#[test]
fn breaches_are_told_in_plain_words() {
    for (path, value, message) in [
        (
            "/problem/families/0/holds/0/until",
            r#""2026-10-23""#,
            "trip 1: family F1 needs `consent` to visit on Sat 24 Oct 2026, and holds it until Fri 23 Oct 2026 only (§4.2 \
             family-lacks)",
        ),
        (
            "/problem/prisons/0/max_visitors",
            "4",
            "trip 2: request J2 is 5 visitors, the adults who go in with them included; P1 admits 4 at most (§4.4 \
             too-many-visitors)",
        ),
        ("/rota/trips/0/stops/1/at", r#""M2""#, "trip 1: F1 is met at M1, not at M2 (§4.6 meeting-place)"),
        ("/rota/trips/0/stops/1/at", "null", "trip 1: F1 is met at M1, and the stop is not there (§4.6 meeting-place)"),
        (
            "/problem/policy/volunteer_hours/to",
            r#""16:44""#,
            "trip 2: D2 would be home at 16:45, and is called on until 16:44 (§4.10 volunteer-hours)",
        ),
        (
            "/problem/policy/family_hours/from",
            r#""12:26""#,
            "trip 2: family F3 would be fetched at 12:25, and is called on from 12:26 (§4.10 family-hours)",
        ),
        (
            "/problem/requests/0/families/2",
            r#""F7""#,
            "request J1 is served, and its family F7 is not (§5.1 left-behind)",
        ),
        ("/problem/pins/2/driver", r#""D1""#, "family F3 of request J2 is pinned to driver D1, and has D2 (§5.4 pin)"),
        ("/problem/prisoners/1/visits", "0", "prisoner X2 has 1 visit in the week; 0 are left (§5.5 prisoner-visits)"),
    ] {
        let mut documents = example();
        edit(&mut documents, path, serde_json::from_str(value).unwrap());
        let (problem, rota) = read(&documents).unwrap();
        let told = verify(&problem, &rota, &Twenty).broken;
        assert_eq!(told.first().map(ToString::to_string).as_deref(), Some(message));
    }
}

/// Another trip of D3 at the time of the locked one, with a third visit to a slot of two tables.
const SECOND: &str = r#"{
    "driver": "D3", "slot": "S1", "requests": ["R7"], "drive_min": 80, "metres": 80000,
    "stops": [
        {"kind": "leave", "place": "D3", "depart": "2026-10-24T12:30"},
        {"kind": "pickup", "place": "F7", "arrive": "2026-10-24T12:50", "depart": "2026-10-24T12:55", "leg_min": 20, "leg_metres": 20000},
        {"kind": "gate", "place": "P1", "arrive": "2026-10-24T13:15", "depart": "2026-10-24T15:15", "leg_min": 20, "leg_metres": 20000},
        {"kind": "dropoff", "place": "F7", "arrive": "2026-10-24T15:35", "depart": "2026-10-24T15:40", "leg_min": 20, "leg_metres": 20000},
        {"kind": "home", "place": "D3", "arrive": "2026-10-24T16:00", "leg_min": 20, "leg_metres": 20000}
    ]
}"#;

/// What the locked trip breaks where it is not locked.
const UNLOCKED: &[&str] = &[
    "never-together",
    "slot-not-asked",
    "driver-lacks",
    "family-lacks",
    "wrong-leg",
    "wrong-totals",
    "outward-times",
    "return-times",
    "driver-window",
    "volunteer-hours",
    "family-hours",
    "left-behind",
    "max-duty",
    "max-driving",
    "max-km-week",
    "prisoner-visits",
    "wrong-score",
    "not-proven",
];

/// Edits, and the clauses that they break; none: the rules allow them.
pub(super) const EDITS: &[(Edits, &[&str])] = &[
    // §4.1
    (&[("/problem/volunteers/0/max_families", "1")], &["too-many-families"]),
    (
        &[("/rota/trips/0/requests", r#"["J1", "R7"]"#)],
        &[
            "shares-no-car",
            "too-many-families",
            "outward-stops",
            "return-stops",
            "tables",
            "wrong-unmet",
            "wrong-score",
            "bound-too-low",
        ],
    ),
    (&[("/rota/trips/0/requests/1", r#""J3""#)], &["carries-nobody"]),
    (
        &[("/problem/requests/2/families/2", r#""F1""#), ("/rota/trips/0/requests/1", r#""J3""#)],
        &["family-twice", "two-slots", "same-day", "shares-no-car", "too-many-families", "tables", "never-same-slot"],
    ),
    (&[("/problem/pairs/3", r#"{"a": "F1", "b": "F2", "rule": "never"}"#)], &["never-together"]),
    (&[("/problem/pairs/3", r#"{"a": "F1", "b": "F3", "rule": "never"}"#)], &[]),
    // §4.2
    (&[("/problem/families/0/holds/0/until", r#""2026-10-23""#)], &["family-lacks"]),
    (&[("/problem/families/1/holds/1/until", r#""2026-10-23""#)], &["family-lacks"]),
    (&[("/problem/families/3/holds", "[]")], &["family-lacks"]),
    (&[("/problem/families/4/holds", r#"[{"what": "consent", "until": "2000-01-01"}]"#)], &[]),
    (&[("/problem/policy/family_requires/1", r#""list""#)], &[]),
    // §4.3
    (&[("/problem/policy/chaperone_throughout", "false")], &[]),
    (
        &[("/rota/trips/1/stops/1/place", r#""F3""#), ("/rota/trips/1/stops/2/place", r#""C1""#)],
        &["chaperone-throughout", "outward-times", "family-hours"],
    ),
    (
        &[("/rota/trips/1/stops/6/place", r#""C1""#), ("/rota/trips/1/stops/7/place", r#""F3""#)],
        &["chaperone-throughout", "return-times", "family-hours"],
    ),
    (
        &[("/problem/requests/1/families/1", r#""F7""#)],
        &["left-behind", "outward-stops", "return-stops", "pin", "wrong-score", "bound-too-low"],
    ),
    (&[("/problem/policy/children_alone", r#""driver""#)], &["needless-chaperone"]),
    // §4.4
    (&[("/problem/prisons/0/max_visitors", "5")], &[]),
    (&[("/problem/prisons/0/max_visitors", "4")], &["too-many-visitors"]),
    (&[("/problem/prisons/0/max_adults", "2")], &[]),
    (&[("/problem/prisons/0/max_adults", "1")], &["too-many-adults"]),
    (&[("/problem/prisons/0/adult_age", "16")], &[]),
    (&[("/problem/prisons/0/adult_age", "13")], &["too-many-adults"]),
    // Whoever is not in the car counts as well.
    (
        &[("/problem/families/6/members/0/age", "9"), ("/problem/requests/1/families/2", r#""F7""#)],
        &["left-behind", "pin", "too-many-visitors"],
    ),
    // §4.6, §4.7
    (
        &[("/problem/requests/0/options/0/pickup", "null")],
        &["meeting-place", "wrong-leg", "wrong-totals", "outward-times", "wrong-score", "not-proven"],
    ),
    (&[("/problem/requests/0/options/0/dropoff", r#""home""#), ("/problem/requests/0/dropoff", r#""M2""#)], &[]),
    (&[("/problem/requests/0/dropoff", "null")], &["meeting-place"]),
    (&[("/problem/families/0/pickup", r#""home""#)], &[]),
    (&[("/problem/meeting_points", "[]")], &["unknown-id"]),
    (&[("/rota/trips/0/stops/1/at", r#""M2""#)], &["meeting-place"]),
    (&[("/rota/trips/0/stops/1/at", "null")], &["meeting-place"]),
    (&[("/rota/trips/0/stops/3/at", r#""M1""#)], &["meeting-place"]),
    (&[("/rota/trips/1/stops/1/at", r#""M1""#)], &["meeting-place"]),
    (&[("/rota/trips/0/stops/2/leg_min", "20")], &["wrong-leg"]),
    (&[("/problem/families/0/boarding_min", "6")], &["outward-times", "return-times", "ride-time", "family-hours"]),
    // §4.8
    (&[("/problem/families/0/max_ride_min", "24")], &["ride-time"]),
    (&[("/problem/families/0/max_ride_min", "null")], &[]),
    (&[("/problem/families/1/max_ride_min", "null")], &["ride-time"]),
    // §4.9
    (
        &[("/problem/slots/0/start", r#""2026-10-25T02:30""#), ("/problem/slots/0/end", r#""2026-10-25T03:30""#)],
        &[
            "repeated-hour",
            "outward-times",
            "return-times",
            "family-lacks",
            "volunteer-hours",
            "family-hours",
            "wrong-score",
            "not-proven",
        ],
    ),
    // §4.10
    (&[("/problem/policy/volunteer_hours/from", r#""11:46""#)], &["volunteer-hours"]),
    (&[("/problem/policy/volunteer_hours/to", r#""16:44""#)], &["volunteer-hours"]),
    (&[("/problem/policy/volunteer_hours", r#"{"from": "00:00", "to": "24:00"}"#)], &[]),
    (&[("/problem/policy/volunteer_hours", "null")], &[]),
    (&[("/problem/policy/family_hours/from", r#""12:26""#)], &["family-hours"]),
    (&[("/problem/policy/family_hours/to", r#""15:59""#)], &["family-hours"]),
    // §5.1
    (&[("/problem/requests/0/families/2", r#""F7""#)], &["left-behind"]),
    // §5.2
    (&[("/problem/slots/0/tables", "1")], &["tables"]),
    (&[("/problem/slots/1/tables", "0")], &[]),
    (&[("/problem/pairs/3", r#"{"a": "F1", "b": "F4", "rule": "never-same-slot"}"#)], &["never-same-slot"]),
    (&[("/problem/pairs/3", r#"{"a": "X2", "b": "X1", "rule": "never-same-slot"}"#)], &["never-same-slot"]),
    (&[("/problem/pairs/3", r#"{"a": "F5", "b": "F6", "rule": "never-same-slot"}"#)], &[]),
    // §5.4
    (&[("/problem/pins/0/driver", r#""D2""#)], &["pin"]),
    (&[("/problem/pins/0/family", r#""F7""#)], &["pin"]),
    (&[("/problem/pins/0/family", "null")], &[]),
    (&[("/problem/pins/1/slot", r#""S3""#)], &["pin"]),
    (&[("/problem/pins/2/driver", r#""D1""#)], &["pin"]),
    (&[("/problem/pins/3", r#"{"request": "J3", "slot": "S2"}"#)], &[]),
    (&[("/problem/pins/3", r#"{"request": "J3", "driver": "D3"}"#)], &["pin"]),
    (&[("/problem/pins/3", r#"{"request": "J3", "driver": "D3", "family": "F5"}"#)], &[]),
    // §5.5
    (&[("/problem/prisoners/1/visits", "0")], &["prisoner-visits"]),
    (&[("/problem/prisoners/0/visits", "2"), ("/problem/requests/1/prisoner", r#""X1""#)], &["prisoner-twice"]),
    // Slots that touch.
    (&[("/problem/requests/1/prisoner", r#""X3""#)], &["prisoner-visits", "never-same-slot"]),
    (
        &[("/problem/requests/1/prisoner", r#""X3""#), ("/problem/slots/1/start", r#""2026-10-24T14:59""#)],
        &["prisoner-visits", "never-same-slot", "prisoner-twice"],
    ),
    // §5.6
    (&[("/problem/volunteers/2/max_trips", "0")], &[]),
    (&[("/problem/locked", "[]")], UNLOCKED),
    (
        &[("/rota/trips/3", SECOND), ("/problem/locked/1", SECOND), ("/rota/unmet", r#"[{"request": "R4"}]"#)],
        &["tables", "wrong-score", "bound-too-low"],
    ),
    (&[("/problem/locked/1", SECOND), ("/problem/slots/0/tables", "2")], &["locked-trip"]),
    // What is added to locked trips is held against the limits.
    (
        &[("/rota/trips/3", SECOND), ("/rota/unmet", r#"[{"request": "R4"}]"#)],
        &[
            "driver-lacks",
            "driver-window",
            "tables",
            "overlap",
            "max-trips",
            "max-trips-per-day",
            "max-duty",
            "max-driving",
            "max-km-week",
            "wrong-score",
            "bound-too-low",
        ],
    ),
    // §6
    (&[("/problem/published/0/pickup", r#""2026-10-24T12:34""#)], &["wrong-score", "not-proven"]),
    (&[("/problem/published/0/home", r#""2026-10-24T15:24""#)], &["wrong-score", "not-proven"]),
    (&[("/problem/published/0/home", r#""2026-10-24T15:25""#)], &[]),
    (&[("/problem/policy/time_tolerance_min", "11")], &["wrong-score", "bound-too-low"]),
    (&[("/problem/published/2/chaperone", r#""D1""#)], &["wrong-score", "not-proven"]),
    (&[("/problem/published/4/request", r#""R99""#)], &["wrong-score", "bound-too-low"]),
    (&[("/problem/published/6/family", r#""F3""#)], &[]),
    (&[("/problem/policy/weights", r#"{"change_time": 0}"#)], &["wrong-score", "bound-too-low"]),
    (&[("/rota/parts/change_time", "599")], &["wrong-score"]),
];
