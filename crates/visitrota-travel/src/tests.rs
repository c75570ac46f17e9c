//! The travel table as its users see it.

use serde_json::{Value, json};

use super::*;

/// A problem of one prison and so many families, who all ask for a visit.
fn problem(travel: Value, places: &[(f64, f64)]) -> Problem {
    let mut families: Vec<_> = places
        .iter()
        .enumerate()
        .map(|(n, (lat, lon))| json!({"id": format!("F{n}"), "lat": lat, "lon": lon, "members": [{"age": 7}]}))
        .collect();
    let mut prison = families.remove(0);
    prison["id"] = json!("P1");
    prison.as_object_mut().unwrap().remove("members");
    let week = json!({"from": "2026-11-30", "to": "2026-12-06"});
    let slot = json!({"id": "S1", "prison": "P1", "start": "2026-12-05T10:00", "end": "2026-12-05T11:00"});
    let request = |family: &Value| json!({"id": family["id"], "family": family["id"], "options": [{"slot": "S1"}]});
    let requests: Vec<_> = families.iter().map(request).collect();
    let document = json!({"format": "visitrota/1", "week": week, "travel": travel, "prisons": [prison],
        "slots": [slot], "families": families, "requests": requests});
    serde_json::from_value(document).unwrap()
}

/// Places all over England and Wales, deterministically scattered.
fn scattered(count: u32) -> Vec<(f64, f64)> {
    let share = |n: u32, step: f64| (f64::from(n) * step).fract();
    (1..=count).map(|n| (50.2 + 4.5 * share(n, 0.754_877_666), -5.3 + 6.6 * share(n, 0.569_840_29))).collect()
}

fn all(count: usize) -> Vec<PlaceIndex> {
    (0..).take(count).map(PlaceIndex).collect()
}

/// Asserts what `at_least` promises.
fn check_bound(travel: &TravelTable, count: usize) {
    let places = all(count);
    for &a in &places {
        for &b in &places {
            assert!(travel.at_least(a, b) <= travel.leg(a, b).minutes, "{a:?} to {b:?}");
            for &c in &places {
                let (direct, by) = (travel.at_least(a, c), travel.at_least(a, b) + travel.at_least(b, c));
                assert!(direct <= by, "{a:?} by {b:?} to {c:?}: {direct} > {by}");
            }
        }
    }
}

fn straight_line(minutes_factor: f64, minutes_power: f64, margin_pct: f64) -> Value {
    json!({"kind": "straight-line", "minutes_factor": minutes_factor, "minutes_power": minutes_power,
        "km_factor": 1.3, "km_power": 1.0, "margin_pct": margin_pct})
}

const EASTWOOD_PARK: (f64, f64) = (51.63445, -2.46738);
const CARDIFF: (f64, f64) = (51.4785, -3.177);
const ABERYSTWYTH: (f64, f64) = (52.4153, -4.0829);

#[test]
fn prisons_then_volunteers_then_families() {
    let mut problem = problem(json!({"kind": "estimate"}), &[EASTWOOD_PARK, CARDIFF]);
    problem.volunteers = serde_json::from_value(json!([
        {"id": "V1", "lat": 51.5, "lon": -2.6, "roles": [], "available": []}
    ]))
    .unwrap();
    let travel = TravelTable::new(&problem).unwrap();
    let at = |id: &str| travel.place(&id.into());
    assert_eq!([at("P1"), at("V1"), at("F1")], [0, 1, 2].map(|n| Some(PlaceIndex(n))));
    assert_eq!(at("F9"), None);
    assert_eq!(Legs::leg(&travel, &"V1".into(), &"F1".into()), Some(travel.leg(PlaceIndex(1), PlaceIndex(2))));
    assert_eq!(Legs::leg(&travel, &"V1".into(), &"F9".into()), None);
    // Indices of some larger problem: nothing to say, but no panic.
    assert_eq!(travel.leg(PlaceIndex(0), PlaceIndex(3)), Leg::default());
    assert_eq!(travel.at_least(PlaceIndex(u32::MAX), PlaceIndex(0)), 0);
}

#[test]
fn the_estimate_and_its_margin() {
    let places = [EASTWOOD_PARK, CARDIFF, ABERYSTWYTH];
    for (margin_pct, cardiff, aberystwyth) in [(0.0, 65, 159), (20.0, 78, 191)] {
        let travel = json!({"kind": "estimate", "margin_pct": margin_pct});
        let travel = TravelTable::new(&problem(travel, &places)).unwrap();
        let leg = travel.leg(PlaceIndex(1), PlaceIndex(0));
        assert_eq!((leg.minutes, (leg.metres + 500) / 1000), (cardiff, 72));
        assert_eq!(travel.leg(PlaceIndex(2), PlaceIndex(0)).minutes, aberystwyth);
    }
}

#[test]
fn straight_lines() {
    // g = 22.015838 km from Eastwood Park to the second place, worked out apart from this program: 32.32 minutes and
    // 28,620.6 m. The third is 0.56 m away.
    let places = [EASTWOOD_PARK, (51.4535, -2.5966), (51.634_455, -2.46738)];
    let travel = TravelTable::new(&problem(straight_line(2.0, 0.9, 10.0), &places)).unwrap();
    let [gate, far, near] = [0, 1, 2].map(PlaceIndex);
    assert_eq!(travel.leg(gate, far), Leg { minutes: 37, metres: 28_621 });
    assert_eq!(travel.leg(gate, near), Leg::default());
}

#[test]
fn formulas_are_the_same_tabulated_or_not_and_both_ways() {
    let places = scattered(60);
    for travel in [json!({"kind": "estimate", "margin_pct": 15.0}), straight_line(1.9, 0.85, 0.0)] {
        let problem = problem(travel, &places);
        let tabulated = TravelTable::new(&problem).unwrap();
        let on_demand = TravelTable::with_most_tabulated(&problem, 0).unwrap();
        for &from in &all(60) {
            for &to in &all(60) {
                assert_eq!(tabulated.leg(from, to), on_demand.leg(from, to));
                assert_eq!(tabulated.leg(from, to), tabulated.leg(to, from));
                assert_eq!(tabulated.at_least(from, to), on_demand.at_least(from, to));
            }
        }
        check_bound(&on_demand, 60);
    }
}

#[test]
fn the_bound_of_a_straight_line_is_the_leg() {
    let places = scattered(60);
    for (power, margin_pct) in [(1.0, 0.0), (0.7, 25.0), (1e-3, 12.5)] {
        let travel = TravelTable::new(&problem(straight_line(1.3, power, margin_pct), &places)).unwrap();
        check_bound(&travel, 60);
        for &place in &all(60) {
            assert_eq!(travel.at_least(place, PlaceIndex(7)), travel.leg(place, PlaceIndex(7)).minutes);
        }
    }
}

#[test]
fn no_free_steps_undercut_the_bound() {
    // Rows of six places 0.8 m apart, 3.3 km from one another; at each row's end, 0.7 km to the east, another row, listed
    // from its far end; and two places that are 1.1 m apart.
    let row = |n: u32| 51.0 + 0.03 * f64::from(n / 6);
    let step = |n: u32| 1.1e-5 * f64::from(n % 6);
    let mut places: Vec<_> = (0..30).map(|n| (row(n), -3.0 + step(n))).collect();
    places.extend((0..30).map(|n| (row(n), -2.99 - step(n))));
    places.extend([(51.2, -3.1), (51.200_01, -3.1)]);
    // The last one: a margin under which 2 + 2 minutes stay 4, and 4 become 5.
    for (factor, power, margin_pct) in
        [(1.0, 1.0, 0.0), (3.0, 0.775, 20.0), (20.0, 1.0, 0.0), (500.0, 1.0, 0.0), (0.5995, 1.0, 4e-8)]
    {
        let travel = TravelTable::new(&problem(straight_line(factor, power, margin_pct), &places)).unwrap();
        check_bound(&travel, places.len());
    }
    let travel = TravelTable::new(&problem(json!({"kind": "estimate"}), &places)).unwrap();
    check_bound(&travel, places.len());
    assert!(travel.at_least(PlaceIndex(0), PlaceIndex(29)) + 1 >= travel.leg(PlaceIndex(0), PlaceIndex(29)).minutes);
}

#[test]
fn minutes_that_grow_faster_than_distance() {
    let places = scattered(40);
    let problem = problem(straight_line(0.05, 1.5, 0.0), &places);
    let travel = TravelTable::new(&problem).unwrap();
    check_bound(&travel, 40);
    assert!(all(40).iter().any(|&to| {
        let least = travel.at_least(PlaceIndex(0), to);
        0 < least && least < travel.leg(PlaceIndex(0), to).minutes
    }));
    check_bound(&TravelTable::with_most_tabulated(&problem, 0).unwrap(), 40);
}

/// A matrix of places F2, F1, P1 and one that the problem does not have.
fn matrix(minutes: Value) -> Value {
    let metres = json!([[0, 1, 2, 3], [10, 0, 12, 13], [20, 21, 0, 23], [30, 31, 32, 0]]);
    json!({"kind": "matrix", "places": ["F2", "F1", "P1", "X"], "minutes": minutes, "metres": metres})
}

#[test]
fn a_matrix_in_an_order_of_its_own() {
    let minutes = json!([[0, 9, 15, 1], [8, 0, 7, 1], [14, 6, 0, 1], [1, 1, 1, 0]]);
    let travel = TravelTable::new(&problem(matrix(minutes), &[CARDIFF; 3])).unwrap();
    let [p1, f1, f2] = [0, 1, 2].map(PlaceIndex);
    assert_eq!(travel.leg(p1, f1), Leg { minutes: 6, metres: 21 });
    assert_eq!(travel.leg(f1, p1), Leg { minutes: 7, metres: 12 });
    assert_eq!(travel.leg(f2, p1), Leg { minutes: 15, metres: 2 });
    assert_eq!(travel.at_least(f2, p1), 15);
    check_bound(&travel, 3);
}

#[test]
fn a_matrix_that_breaks_the_triangle_inequality() {
    // From F2 to P1 it is 30 minutes, but 16 by F1; with the margin 33 and 18 (9.9 and 7.7 rounded up).
    let minutes = json!([[0, 9, 30, 1], [8, 0, 7, 1], [14, 6, 0, 1], [1, 1, 1, 0]]);
    let mut travel = matrix(minutes);
    travel["margin_pct"] = json!(10.0);
    let travel = TravelTable::new(&problem(travel, &[CARDIFF; 3])).unwrap();
    assert_eq!(travel.leg(PlaceIndex(2), PlaceIndex(0)).minutes, 33);
    assert_eq!(travel.at_least(PlaceIndex(2), PlaceIndex(0)), 18);
    check_bound(&travel, 3);
}

#[test]
fn a_matrix_needs_no_coordinates() {
    let mut problem = problem(matrix(json!(vec![[0; 4]; 4])), &[CARDIFF; 3]);
    problem.prisons[0].lat = None;
    assert!(TravelTable::new(&problem).is_ok());
    problem.travel = Default::default();
    let error = TravelTable::new(&problem).unwrap_err();
    assert_eq!(error, TravelError::NoCoordinates { places: vec!["P1".into()] });
}

#[test]
fn matrices_of_the_wrong_shape() {
    let error =
        |travel: Value, places: &[(f64, f64)]| TravelTable::new(&problem(travel, places)).unwrap_err().to_string();
    let good = json!(vec![[0; 4]; 4]);
    assert_eq!(
        error(matrix(good.clone()), &[CARDIFF; 5]),
        "travel.places lacks `F3`, `F4`; add each with its row and column"
    );
    assert_eq!(
        error(matrix(json!(vec![[0; 4]])), &[CARDIFF; 3]),
        "travel.minutes has 1 rows for 4 places; give one row for each of travel.places"
    );
    assert_eq!(
        error(matrix(json!([vec![0; 4], vec![0; 3], vec![0; 4], vec![0; 4]])), &[CARDIFF; 3]),
        "the row of travel.minutes from `F1` has 3 entries for 4 places; give one for each"
    );
    let mut twice = matrix(good);
    twice["places"][3] = json!("F1");
    assert_eq!(error(twice, &[CARDIFF; 3]), "the id `F1` stands twice in travel.places; rename or remove one");
}

#[test]
fn problems_that_nobody_checked() {
    let mut twice = problem(json!({"kind": "estimate"}), &[CARDIFF; 3]);
    twice.families[0].id = "P1".into();
    assert!(matches!(TravelTable::new(&twice), Err(TravelError::DuplicateId { .. })));

    let mut odd = problem(json!({"kind": "estimate"}), &[CARDIFF; 4]);
    odd.families[0].lat = Some(f64::NAN);
    odd.families[2].lon = Some(1e300);
    let error = TravelTable::new(&odd).unwrap_err();
    assert_eq!(error, TravelError::NoCoordinates { places: vec!["F1".into(), "F3".into()] });

    let mut margin = problem(json!({"kind": "estimate"}), &[CARDIFF; 3]);
    margin.travel.margin_pct = f64::NAN;
    assert!(matches!(TravelTable::new(&margin), Err(TravelError::BadNumber { field: "margin_pct", .. })));

    let mut nobody = problem(json!({"kind": "estimate"}), &[CARDIFF]);
    nobody.prisons.clear();
    assert!(TravelTable::new(&nobody).is_ok());

    let huge = problem(straight_line(1e300, 200.0, 1e300), &scattered(5));
    assert_eq!(TravelTable::new(&huge).unwrap().leg(PlaceIndex(0), PlaceIndex(1)).minutes, u32::MAX);
}

#[test]
fn servers_are_not_asked() {
    for kind in ["osrm", "valhalla"] {
        let travel = json!({"kind": kind, "url": "http://127.0.0.1:5000"});
        let error = TravelTable::new(&problem(travel, &[CARDIFF; 2])).unwrap_err();
        assert_eq!(error, TravelError::Server { kind });
    }
}

#[test]
fn thirty_thousand_places_take_little_room() {
    let problem = problem(json!({"kind": "estimate"}), &scattered(30_000));
    let travel = TravelTable::new(&problem).unwrap();
    assert!(matches!(travel.source, Source::Roads(_)));
    assert!(
        travel.leg(PlaceIndex(0), PlaceIndex(29_999)).minutes >= travel.at_least(PlaceIndex(0), PlaceIndex(29_999))
    );
}

#[test]
fn a_matrix_needs_no_place_where_nobody_is_met() {
    let mut problem = problem(matrix(json!(vec![[7; 4]; 4])), &[CARDIFF; 3]);
    let point = |id: &str| json!({"id": id});
    problem.meeting_points = serde_json::from_value(json!([point("F2x"), point("M")])).unwrap();
    // Whoever asks for nothing is met nowhere, nor is anybody at a point that none is told of.
    assert!(TravelTable::new(&problem).is_ok());
    problem.requests[0].pickup = Some(visitrota_model::MeetingPlace::Point("M".into()));
    assert_eq!(TravelTable::new(&problem).unwrap_err(), TravelError::NotInMatrix { places: vec!["M".into()] });
}

#[test]
fn a_place_is_no_way_from_itself() {
    let travel = TravelTable::new(&problem(matrix(json!(vec![[7; 4]; 4])), &[CARDIFF; 3])).unwrap();
    assert_eq!(travel.leg(PlaceIndex(1), PlaceIndex(1)), Leg::default());
    assert_eq!(travel.leg(PlaceIndex(1), PlaceIndex(2)).minutes, 7);
}
