//! Patches: each fits what it was made for, and nothing else.

use super::*;
use crate::change::{Fitting, Limit};
use crate::problem::{Hours, MeetingPlace, MeetingPoint, Prisoner, Role};

fn tiny() -> Problem {
    let mut tiny = Problem::from_json(include_bytes!("../../../../fixtures/tiny/problem.json")).unwrap();
    let pin = |slot: &str| Pin { request: "R1".into(), slot: Some(slot.into()), driver: None, family: None };
    tiny.pins = vec![pin("sat-am"), pin("sun-pm")];
    (tiny.families[0].lat, tiny.families[0].lon) = (Some(53.1), Some(-3.0));
    tiny.volunteers[0].max_duty_min = Some(500);
    let point = |id: &str| MeetingPoint { id: id.into(), name: String::new(), lat: None, lon: None, postcode: None };
    tiny.meeting_points = vec![point("M1"), point("M2")];
    let prison = tiny.prisons[0].id.clone();
    tiny.prisoners = vec![Prisoner { id: "X1".into(), name: String::new(), prison, visits: Some(1) }];
    tiny.requests[1].families.push("F1".into());
    tiny.policy.volunteer_hours = Some(hours("08:00", "20:00"));
    tiny
}

fn hours(from: &str, to: &str) -> Hours {
    Hours { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

/// What somebody may have done to the problem since.
type Edit = fn(&mut Problem);

/// One change of each kind, and the same thing changed by hand.
fn changes() -> Vec<(Change, Edit)> {
    let tiny = tiny();
    let was = tiny.volunteers[0].available[0];
    let window = Window { from: "2026-12-05T07:00".parse().unwrap(), to: was.to };
    let new = Volunteer { id: "new".into(), roles: vec![Role::Driver], ..tiny.volunteers[1].clone() };
    let volunteer = || "V1".into();
    vec![
        (Change::Widen { person: "V1".into(), was, window }, |problem| {
            let window = &mut problem.volunteers[0].available[0];
            window.to = window.from;
        }),
        (Change::Free { person: "V1".into(), window }, |problem| {
            problem.volunteers[0].available.pop();
        }),
        (Change::Free { person: "F1".into(), window }, |problem| {
            problem.families[0].available = problem.volunteers[0].available.clone();
        }),
        (
            Change::Hold { volunteer: volunteer(), what: "dbs".to_owned(), was: None, until: was.from.date() },
            |problem| problem.volunteers[0].holds[0].until = Some(problem.week.from),
        ),
        (
            Change::Consent { family: "F1".into(), what: "consent".to_owned(), was: None, until: was.from.date() },
            |problem| problem.families[0].holds.push(Hold { what: "consent".to_owned(), until: None }),
        ),
        (Change::Visits { prisoner: "X1".into(), was: 1, to: 2 }, |problem| problem.prisoners[0].visits = Some(0)),
        (
            Change::Meet { request: "R1".into(), slot: None, way: Way::Out, at: MeetingPlace::Point("M1".into()) },
            |problem| problem.requests[0].pickup = Some(MeetingPlace::Point("M2".into())),
        ),
        (
            Change::Meet {
                request: "R1".into(),
                slot: Some("sat-am".into()),
                way: Way::Back,
                at: MeetingPlace::Point("M1".into()),
            },
            |problem| problem.requests[0].options[0].dropoff = Some(MeetingPlace::Home),
        ),
        (Change::Hours { families: false, was: hours("08:00", "20:00"), to: hours("07:00", "21:00") }, |problem| {
            problem.policy.volunteer_hours = None;
        }),
        (Change::Without { request: "R2".into(), family: "F1".into() }, |problem| {
            problem.requests[1].families.push("F3".into());
        }),
        (Change::Fit { volunteer: volunteer(), fitting: Fitting::Infant, was: 0, to: 1 }, |problem| {
            problem.volunteers[0].car.as_mut().unwrap().infant = 2;
        }),
        (Change::Stretch { volunteer: volunteer(), limit: Limit::Trips, was: 1, to: 2 }, |problem| {
            problem.volunteers[0].max_trips = 6;
        }),
        (Change::Stretch { volunteer: volunteer(), limit: Limit::Duty, was: 500, to: 520 }, |problem| {
            problem.volunteers[0].max_duty_min = None;
        }),
        // She gives none: the scheme's limit is hers.
        (Change::Stretch { volunteer: "V2".into(), limit: Limit::Driving, was: 330, to: 345 }, |problem| {
            problem.volunteers[1].max_driving_min = Some(340);
        }),
        (Change::Ride { family: "F1".into(), was: 60, to: 70 }, |problem| {
            problem.families[0].max_ride_min = Some(90);
        }),
        (Change::Tables { slot: "sat-am".into(), was: 2, to: 3 }, |problem| problem.slots[0].tables = Some(6)),
        (Change::Admit { prison: "ASH".into(), adults: true, was: 3, to: 4 }, |problem| {
            problem.prisons[0].max_adults = 5;
        }),
        (Change::Ask { request: "R1".into(), slot: "sat-pm".into(), rank: 2 }, |problem| {
            problem.requests[0].options.pop();
        }),
        (Change::Share { family: "F2".into() }, |problem| problem.families[1].shares_car = true),
        (Change::Recruit { volunteer: Box::new(new), near: "F1".into() }, |problem| {
            problem.families[0].lat = Some(52.0);
        }),
        (Change::Unpin { request: "R1".into() }, |problem| problem.pins[1].driver = Some("V1".into())),
    ]
}

#[test]
fn a_patch_fits_what_it_was_made_for_and_nothing_else() {
    let tiny = tiny();
    for (change, by_hand) in changes() {
        let patch = patch(std::slice::from_ref(&change), &tiny).unwrap();
        let first = serde_json::to_value(&patch.operations.0[0]).unwrap();
        assert_eq!(first["op"], "test", "{change:?}");
        let once = apply(&tiny, &patch).unwrap();
        assert_ne!(once, tiny, "{change:?}");
        assert_eq!(apply(&once, &patch).unwrap_err()[0].code, Code::PatchFails, "{change:?} twice");
        let mut edited = tiny.clone();
        by_hand(&mut edited);
        assert_ne!(edited, tiny, "{change:?}");
        assert!(apply(&edited, &patch).is_err(), "{change:?} after the same thing was changed by hand");
    }
}

#[test]
fn changes_of_one_thing_build_on_each_other() {
    let tiny = tiny();
    let more = |limit| Change::Stretch { volunteer: "V1".into(), limit, was: 1, to: 2 };
    let window = |from: &str, to: &str| Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
    let free = |from, to| Change::Free { person: "V1".into(), window: window(from, to) };
    let both = [
        more(Limit::Trips),
        more(Limit::TripsPerDay),
        free("2026-12-05T19:00", "2026-12-05T20:00"),
        free("2026-12-05T21:00", "2026-12-05T22:00"),
    ];
    let after = apply(&tiny, &patch(&both, &tiny).unwrap()).unwrap();
    let volunteer = &after.volunteers[0];
    assert_eq!((volunteer.max_trips, volunteer.max_trips_per_day, volunteer.available.len()), (2, 2, 4));
}

#[test]
fn somebody_new_is_the_first_where_there_is_nobody() {
    let mut nobody = tiny();
    let recruit = |(change, _): (Change, fn(&mut Problem))| matches!(change, Change::Recruit { .. }).then_some(change);
    let change = changes().into_iter().find_map(recruit).unwrap();
    nobody.volunteers.clear();
    let patch = patch(&[change], &nobody).unwrap();
    let one = apply(&nobody, &patch).unwrap();
    assert_eq!(one.volunteers.len(), 1);
    assert!(apply(&one, &patch).is_err());
}

#[test]
fn a_patch_that_would_copy_without_end_is_refused_before_it_does() {
    let tiny = tiny();
    let read =
        |operations: &[Value]| read_patch(json!(operations).to_string().as_bytes(), ReadLimits::default()).unwrap();
    let copy = |from: &str, path: &str| json!({ "op": "copy", "from": from, "path": path });
    let wide: Vec<_> = (0..64).map(|n| copy("/families", &format!("/families/0/x{n}"))).collect();
    let deep: Vec<_> = (0..200).map(|n| copy("/families/0", &format!("/families/0{}", "/x".repeat(n + 1)))).collect();
    let far: Vec<_> =
        (0..30).map(|n| copy("/families/0", &format!("/families/0{}", "/x".repeat(1 << n.min(6))))).collect();
    let text = json!({ "op": "add", "path": "/name", "value": "x".repeat(60_000) });
    let long: Vec<_> = std::iter::once(text).chain((0..5_000).map(|n| copy("/name", &format!("/names/{n}")))).collect();
    let long: Vec<_> = std::iter::once(json!({ "op": "add", "path": "/names", "value": [] })).chain(long).collect();
    for (what, operations) in [("wide", wide), ("deep", deep), ("far", far), ("long", long)] {
        let findings = apply(&tiny, &read(&operations)).unwrap_err();
        let code = if ["wide", "long"].contains(&what) { Code::TooLarge } else { Code::PatchFails };
        assert_eq!(findings[0].code, code, "{what}: {findings:?}");
        assert!(what == "far" || findings[0].path.starts_with("operation "), "{what}: {findings:?}");
    }
    let many = format!("[{}0]", "0,".repeat(2_000_001));
    assert_eq!(read_patch(many.as_bytes(), ReadLimits::default()).unwrap_err()[0].code, Code::TooLarge);
}

#[test]
fn a_visit_without_one_household() {
    let mut three = tiny();
    let request = three.requests[1].id.clone();
    let driver = three.volunteers[0].id.clone();
    let pin = |family: &str| Pin {
        request: request.clone(),
        slot: None,
        driver: Some(driver.clone()),
        family: Some(family.into()),
    };
    three.requests[1].families = ["F1", "F2", "F3"].map(Into::into).to_vec();
    three.pins = vec![pin("F1"), pin("F2")];
    let without = |family: &str| Change::Without { request: request.clone(), family: family.into() };
    let after = |problem: &Problem, family: &str| Some(apply(problem, &patch(&[without(family)], problem)?).unwrap());
    let two = after(&three, "F2").unwrap();
    assert_eq!(two.requests[1].families, ["F1", "F3"].map(Into::into));
    assert_eq!(two.pins, [pin("F1")]);
    let one = after(&two, "F1").unwrap();
    assert_eq!((one.requests[1].families.as_slice(), one.pins.len()), (&["F3".into()][..], 0));
    assert!(after(&one, "F3").is_none() && after(&two, "F2").is_none());
}

#[test]
fn hours_are_widened_no_more_than_is_needed() {
    let zone = tiny().timezone;
    let widened = |to| Change::Hours { families: true, was: hours("08:00", "20:00"), to };
    let both = widened(hours("07:58", "20:01"));
    assert_eq!(both.spare(zone), [2, 1]);
    let less = [widened(hours("07:59", "20:01")), widened(hours("07:58", "20:00"))];
    assert_eq!(both.smaller(zone), less);
    assert!(less.iter().all(|less| both.covers(less) && !less.covers(&both)));
}
