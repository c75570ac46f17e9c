//! Answers about households who visit together, meeting points, consents, hours and locked trips.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use serde_json::{Value, json};
use visitrota::{
    Options, Problem, Questions, Rota, advise,
    answers::{Change, Explanation, Limit, Nearest, WhyNot},
    apply, explain, fill_in_times, judge, plan,
    problem::Way,
    rota::Rule,
    standby, verify,
};

/// Two households who visit together, two drivers with a seat each, a visit at ten: each place is ten minutes from the
/// prison, and five from any other.
fn two_households() -> Value {
    let places = ["P", "V1", "V2", "F1", "F2", "F3", "M"];
    let leg = |from: &str, to: &str| if from == to { 0 } else { 5 + 5 * i64::from(from == "P" || to == "P") };
    let minutes: Vec<Vec<i64>> = places.iter().map(|from| places.iter().map(|to| leg(from, to)).collect()).collect();
    let metres: Vec<Vec<i64>> = minutes.iter().map(|row| row.iter().map(|minutes| 1000 * minutes).collect()).collect();
    let day =
        |from: &str, to: &str| json!([{ "from": format!("2026-12-05T{from}"), "to": format!("2026-12-05T{to}") }]);
    let driver = |id: &str| {
        json!({
            "id": id, "roles": ["driver"], "car": { "seats": 1 }, "available": day("08:00", "18:00"),
            "holds": [{ "what": "dbs" }], "max_families": 3,
        })
    };
    let family = |id: &str| json!({ "id": id, "members": [{ "age": 30 }], "boarding_min": 0 });
    json!({
        "format": "visitrota/1",
        "week": { "from": "2026-12-05", "to": "2026-12-06" },
        "policy": { "driver_requires": ["dbs"] },
        "travel": { "kind": "matrix", "places": places, "minutes": minutes, "metres": metres },
        "prisons": [{ "id": "P", "check_in_min": 0, "check_out_min": 0 }],
        "meeting_points": [{ "id": "M" }],
        "prisoners": [{ "id": "X", "prison": "P", "visits": 1 }],
        "slots": [{ "id": "S", "prison": "P", "start": "2026-12-05T10:00", "end": "2026-12-05T11:00", "tables": 1 }],
        "volunteers": [driver("V1"), driver("V2")],
        "families": [family("F1"), family("F2"), family("F3")],
        "requests": [{ "id": "R", "families": ["F1", "F2"], "prisoner": "X", "options": [{ "slot": "S" }] }],
        "pairs": [],
        "pins": [],
    })
}

fn problem(edit: impl FnOnce(&mut Value)) -> Problem {
    let mut document = two_households();
    edit(&mut document);
    serde_json::from_value(document).unwrap()
}

fn best(problem: &Problem) -> Rota {
    plan(problem, &Options::default()).unwrap()
}

fn explained(problem: &Problem, rota: &Rota, requests: &[&str]) -> Explanation {
    let questions = Questions { requests: requests.iter().map(|&id| id.into()).collect() };
    explain(problem, rota, &questions, &Options::default()).unwrap()
}

/// The nearest miss of the visit, which the planner bears out.
fn nearest(problem: &Problem) -> Nearest {
    let rota = best(problem);
    assert!(rota.trips.is_empty(), "{rota:?}");
    let explanation = explained(problem, &rota, &[]);
    let WhyNot::ImpossibleAlone { blocks, nearest } = &explanation.unmet[0].why else { panic!("{explanation:?}") };
    assert!(!blocks.is_empty());
    let nearest = *nearest.clone().unwrap();
    let after = best(&apply(problem, &nearest.patch).unwrap());
    assert_eq!(after.unmet, [], "{nearest:?}");
    nearest
}

#[test]
fn two_cars_take_what_one_does_not() {
    let problem = problem(|_| {});
    let rota = best(&problem);
    assert_eq!((rota.trips.len(), rota.unmet.len()), (2, 0));
    let explanation = explained(&problem, &rota, &["R"]);
    let [served] = explanation.served.as_slice() else { panic!("{explanation:?}") };
    assert_eq!((served.trip, served.other_trips.as_slice()), (0, [1].as_slice()));
    // Without either trip there is no visit: both go.
    assert_eq!(served.parts.visits, 10_000);
    assert_eq!(served.parts.driving, 60);
}

#[test]
fn one_driver_cannot_take_two_households_in_turn() {
    let alone = problem(|document| document["volunteers"].as_array_mut().unwrap().truncate(1));
    let nearest = nearest(&alone);
    assert!(matches!(nearest.changes[..], [Change::Fit { was: 1, to: 2, .. }]), "{nearest:?}");
    assert_eq!(nearest.families, []);
    let explanation = explained(&alone, &best(&alone), &[]);
    let WhyNot::ImpossibleAlone { blocks, .. } = &explanation.unmet[0].why else { panic!("{explanation:?}") };
    assert_eq!(blocks[0].rule, Rule::Seats);
}

#[test]
fn a_second_car_may_be_nearer_than_a_larger_one() {
    let nearest = nearest(&problem(|document| document["volunteers"][1]["holds"] = json!([])));
    assert!(
        matches!(&nearest.changes[..], [Change::Hold { volunteer, .. }] if *volunteer == "V2".into()),
        "{nearest:?}"
    );
    assert_eq!((nearest.driver.as_str(), nearest.families.len()), ("V2", 1));
}

#[test]
fn households_who_are_never_in_one_car_go_in_two() {
    let nearest = nearest(&problem(|document| {
        document["volunteers"][1]["max_trips"] = 0.into();
        document["volunteers"][0]["car"]["seats"] = 4.into();
        document["pairs"] = json!([{ "a": "F1", "b": "F2", "rule": "never" }]);
    }));
    assert!(matches!(nearest.changes[..], [Change::Stretch { limit: Limit::Trips, to: 1, .. }]), "{nearest:?}");
}

#[test]
fn a_household_whom_nobody_may_take_stays_behind() {
    let nearest = nearest(&problem(|document| {
        let never = |volunteer: &str| json!({ "a": "F2", "b": volunteer, "rule": "never" });
        document["pairs"] = json!([never("V1"), never("V2")]);
    }));
    assert!(matches!(&nearest.changes[..], [Change::Without { family, .. }] if *family == "F2".into()), "{nearest:?}");
}

#[test]
fn each_household_needs_its_consent() {
    let problem = problem(|document| {
        document["policy"]["family_requires"] = json!(["consent"]);
        document["families"][0]["holds"] = json!([{ "what": "consent" }]);
        document["families"][1]["holds"] = json!([{ "what": "consent", "until": "2026-12-01" }]);
    });
    let nearest = nearest(&problem);
    assert!(matches!(&nearest.changes[..], [Change::Consent { family, was: Some(_), .. }] if *family == "F2".into()));
    // The two cars that there are take them then.
    assert_eq!(nearest.families.len(), 1);
    let advice = advise(&problem, 3, &Options::default()).unwrap();
    let first = &advice.suggestions[0];
    assert_eq!((&first.changes, first.gain_visits), (&nearest.changes, 1), "{advice:?}");
}

#[test]
fn a_prisoner_without_visits_is_asked_for_one_more() {
    let nearest = nearest(&problem(|document| document["prisoners"][0]["visits"] = 0.into()));
    assert!(matches!(nearest.changes[..], [Change::Visits { was: 0, to: 1, .. }]), "{nearest:?}");
}

#[test]
fn a_visit_more_of_a_prisoner_is_advised() {
    let problem = problem(|document| {
        document["slots"].as_array_mut().unwrap().push(json!({
            "id": "T", "prison": "P", "start": "2026-12-05T14:00", "end": "2026-12-05T15:00",
        }));
        let another = json!({ "id": "Q", "family": "F3", "prisoner": "X", "options": [{ "slot": "T" }] });
        document["requests"].as_array_mut().unwrap().push(another);
        document["volunteers"][0]["max_trips"] = 2.into();
        document["volunteers"][0]["max_trips_per_day"] = 2.into();
    });
    let advice = advise(&problem, 5, &Options::default()).unwrap();
    let more = |changes: &[Change]| matches!(changes, [Change::Visits { was: 1, to: 2, .. }]);
    assert!(advice.suggestions.iter().any(|suggestion| more(&suggestion.changes)), "{advice:?}");
}

#[test]
fn a_meeting_place_that_is_too_far_is_given_up_for_home() {
    let nearest = nearest(&problem(|document| {
        document["travel"]["minutes"][6] = json!([150, 5, 5, 5, 5, 5, 0]);
        document["requests"][0]["pickup"] = "M".into();
        document["volunteers"][0]["available"][0]["from"] = "2026-12-05T09:30".into();
        document["volunteers"][1]["available"][0]["from"] = "2026-12-05T09:30".into();
        document["volunteers"][0]["car"]["seats"] = 4.into();
    }));
    assert!(matches!(&nearest.changes[..], [Change::Meet { way: Way::Out, .. }]), "{nearest:?}");
}

#[test]
fn hours_that_are_too_short_are_widened_to_the_minute() {
    let nearest = nearest(&problem(|document| {
        document["policy"]["volunteer_hours"] = json!({ "from": "09:46", "to": "20:00" });
    }));
    let [Change::Hours { families: false, to, .. }] = &nearest.changes[..] else { panic!("{nearest:?}") };
    assert_eq!((to.from.to_string(), to.to.to_string()), ("09:45".to_owned(), "20:00".to_owned()));
}

#[test]
fn whoever_has_no_limit_of_their_own_is_stretched_beyond_the_schemes() {
    let nearest = nearest(&problem(|document| {
        document["policy"]["max_driving_min"] = 10.into();
        document["volunteers"][0]["car"]["seats"] = 4.into();
    }));
    let [Change::Stretch { limit: Limit::Driving, was: 10, to, .. }] = nearest.changes[..] else {
        panic!("{nearest:?}")
    };
    assert!(to > 10);
}

/// The problem with a locked trip: V1 takes F3 to another slot at the same time.
fn with_a_locked_trip() -> Problem {
    let mut problem = problem(|document| {
        document["slots"].as_array_mut().unwrap().push(json!({
            "id": "T", "prison": "P", "start": "2026-12-05T10:00", "end": "2026-12-05T11:00",
        }));
        document["requests"].as_array_mut().unwrap().push(json!({
            "id": "Q", "family": "F3", "options": [{ "slot": "T" }],
        }));
    });
    let mut alone = problem.clone();
    alone.requests.retain(|request| request.id == "Q".into());
    alone.volunteers.truncate(1);
    problem.locked = best(&alone).trips;
    assert_eq!(problem.locked.len(), 1);
    problem
}

#[test]
fn a_locked_trip_is_no_choice_and_nobody_stands_in_for_it() {
    let problem = with_a_locked_trip();
    let rota = best(&problem);
    assert_eq!(rota.trips, problem.locked);
    let explanation = explained(&problem, &rota, &["Q", "R"]);
    assert!(explanation.served[0].locked && explanation.served[0].tight.is_empty());
    // V1 is out: V2 would need another seat.
    let WhyNot::ImpossibleAlone { nearest: Some(nearest), .. } = &explanation.unmet[0].why else {
        panic!("{explanation:?}")
    };
    assert_eq!(nearest.driver, "V2".into());
    let standby = standby(&problem, &rota, &Options::default()).unwrap();
    assert!(standby.trips[0].locked && standby.trips[0].stand_ins.is_empty() && !standby.trips[0].is_fragile());
}

#[test]
fn a_rota_of_rides_gets_its_times_household_by_household() {
    let problem = with_a_locked_trip();
    let mut with_others = problem.clone();
    let others = ["W1", "W2"].map(|id| {
        let mut volunteer = problem.volunteers[1].clone();
        volunteer.id = id.into();
        volunteer
    });
    with_others.volunteers.extend(others);
    let mut document = serde_json::to_value(&with_others).unwrap();
    for id in ["W1", "W2"] {
        document["travel"]["places"].as_array_mut().unwrap().push(id.into());
    }
    for table in ["minutes", "metres"] {
        let rows = document["travel"][table].as_array_mut().unwrap();
        let like = rows[2].clone();
        rows.extend([like.clone(), like]);
        for row in rows {
            let like = row[2].clone();
            row.as_array_mut().unwrap().extend([like.clone(), like]);
        }
    }
    let problem: Problem = serde_json::from_value(document).unwrap();
    let sheet = "driver,slot,request,family\nV1,T,Q,F3\nW1,S,R,F1\nV2,S,R,F2\n";
    let written = visitrota::read_rota(sheet.as_bytes(), "rides.csv", &problem).unwrap();
    assert_eq!(visitrota::check_rota(&problem, &written), []);
    let filled = fill_in_times(&problem, &written, &Options::default()).unwrap();
    let verdict = verify(&problem, &filled).unwrap();
    assert_eq!(verdict.broken, [], "{filled:?}");
    assert!(problem.locked.iter().all(|locked| filled.trips.contains(locked)));
    let judgement = judge(&problem, &filled, &Options::default()).unwrap();
    assert_eq!((judgement.repair.as_ref().unwrap().kept, judgement.repair.unwrap().moved), (2, Vec::new()));
    // W2 could take either household, with the other where it is.
    let standby = standby(&problem, &filled, &Options::default()).unwrap();
    let able = |at: usize| standby.trips[at].stand_ins.iter().map(|stand_in| stand_in.volunteer.as_str()).collect();
    let able: [Vec<&str>; 3] = [able(0), able(1), able(2)];
    assert_eq!(able, [vec![], vec!["W2"], vec!["W2"]]);
    // A household that is left behind is taken by the repair, which leaves the other where it is.
    let half =
        visitrota::read_rota(b"driver,slot,request,family\nV1,T,Q,F3\nW1,S,R,F1\n", "rides.csv", &problem).unwrap();
    let half = fill_in_times(&problem, &half, &Options::default()).unwrap();
    let repair = judge(&problem, &half, &Options::default()).unwrap().repair.unwrap();
    let [moved] = repair.moved.as_slice() else { panic!("{:?}", repair.moved) };
    assert_eq!((moved.family.as_ref().map(|family| family.as_str()), &moved.was), (Some("F2"), &None));
}
