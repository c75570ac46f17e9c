//! Problems whose places have postcodes and no coordinates.

use serde_json::{Value, json};

use crate::{fixture, run_on};

/// The tiny problem without a travel table, everybody at a postcode, and one family at this.
fn at_postcodes(postcode: &str) -> Vec<u8> {
    let mut problem: Value = serde_json::from_str(&fixture("tiny")).expect("JSON");
    problem["travel"] = json!({ "kind": "estimate" });
    for list in ["prisons", "volunteers", "families"] {
        for place in problem[list].as_array_mut().expect("a list") {
            place["postcode"] = json!("GL12 8DB");
        }
    }
    problem["families"][0]["postcode"] = json!(postcode);
    problem.to_string().into_bytes()
}

#[test]
fn a_week_is_planned_by_postcodes_alone_and_what_is_rough_is_said_once() {
    let planned = run_on(&at_postcodes("bs37 5np"), ["plan", "-"]);
    assert_eq!(planned.code, Some(0), "{}", planned.stderr);
    let checked = run_on(&at_postcodes("bs37 5np"), ["check", "-"]);
    assert_eq!(checked.stdout.matches("rough-place").count(), 1, "{}", checked.stdout);
    assert!(checked.stdout.contains("8 places are known only roughly"), "{}", checked.stdout);
}

#[test]
fn a_postcode_that_does_not_exist_is_refused_with_the_nearest_that_does() {
    for (postcode, told) in [("GLI2 8DB", "GL12 8DB"), ("BT7 1NN", "Northern Ireland"), ("GY1 1AA", "Guernsey")] {
        let planned = run_on(&at_postcodes(postcode), ["plan", "-"]);
        assert_eq!(planned.code, Some(3), "{}", planned.stdout);
        assert!(planned.stderr.contains(told), "{postcode}: {}", planned.stderr);
    }
}
