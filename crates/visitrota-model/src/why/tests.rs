use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;

#[track_caller]
fn stands_as<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(answer: &T, document: Value) {
    assert_eq!(serde_json::to_value(answer).unwrap(), document);
    assert_eq!(&serde_json::from_value::<T>(document).unwrap(), answer);
}

fn costs(score: Bounds, lost: Bounds) -> Serving {
    let (slot, driver) = ("sat-am".into(), "V1".into());
    Serving::Costs { score, lost, slot, driver, others: Vec::new(), instead_of: vec!["R2".into()] }
}

#[test]
fn what_is_proven_is_a_number() {
    stands_as(
        &costs(90.into(), 0.into()),
        json!({ "score": 90, "points_lost": 0, "instead_of": ["R2"], "slot": "sat-am", "driver": "V1" }),
    );
}

#[test]
fn what_is_not_proven_has_bounds_as_far_as_they_are_known() {
    stands_as(
        &costs(Bounds { least: 80, most: 90 }, Bounds { least: 0, most: i64::MAX }),
        json!({
            "score": null, "score_at_least": 80, "score_at_most": 90,
            "points_lost": null, "points_lost_at_least": 0,
            "instead_of": ["R2"], "slot": "sat-am", "driver": "V1",
        }),
    );
}

#[test]
fn what_cannot_be_served_or_is_not_known_has_no_score() {
    let none = json!({ "score": null, "points_lost": null, "instead_of": [] });
    stands_as(&Serving::Unknown, none.clone());
    let mut pinned = none;
    pinned["contradicts_pins"] = json!(["R3"]);
    stands_as(&Serving::Pinned { pins: vec!["R3".into()] }, pinned);
}

#[test]
fn alternatives_say_whether_they_are_possible() {
    stands_as(&Alternative::None, json!({ "possible": false, "score": null, "points_lost": null }));
    stands_as(&Alternative::Unknown, json!({ "possible": null, "score": null, "points_lost": null }));
    let (driver, slot) = ("V1".into(), "sat-am".into());
    stands_as(
        &Alternative::Costs { driver, slot, score: 7.into(), lost: 2.into() },
        json!({ "possible": true, "driver": "V1", "slot": "sat-am", "score": 7, "points_lost": 2 }),
    );
}

#[test]
fn an_explanation_needs_its_best_score_and_null_is_absent_elsewhere() {
    let explanation = Explanation::new(9.into(), 9, 0, Vec::new(), Vec::new());
    stands_as(&explanation, json!({ "best": 9, "score": 9, "broken": 0, "unmet": [] }));
    let nulls = json!({
        "best": 9, "best_at_least": null, "best_at_most": null,
        "score": 9, "broken": null, "unmet": [], "served": null, "names": null,
    });
    assert_eq!(serde_json::from_value::<Explanation>(nulls).unwrap(), explanation);
    let error = serde_json::from_value::<Explanation>(json!({ "score": 9, "unmet": [] })).unwrap_err();
    assert!(error.to_string().contains("missing field `best`"), "{error}");
}

#[test]
fn values_of_patches_may_be_null() {
    let patch = json!([{ "op": "test", "path": "/families/0/max_ride_min", "value": null }]);
    let way = WayOut::new(Vec::new(), serde_json::from_value(patch.clone()).unwrap());
    stands_as(&way, json!({ "changes": [], "patch": patch }));
}
