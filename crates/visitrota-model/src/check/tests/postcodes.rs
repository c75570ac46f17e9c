//! Postcodes in place of coordinates, and beside them.

use serde_json::json;

use super::{ERROR, WARNING};
use crate::check::testing::{GONE, checked, expect};
use crate::finding::Code;

/// The edits that leave a prison nothing but a postcode.
pub(super) fn by_postcode(postcode: &str) -> [(&'static str, serde_json::Value); 3] {
    [("/prisons/0/lat", json!(GONE)), ("/prisons/0/lon", json!(GONE)), ("/prisons/0/postcode", json!(postcode))]
}

#[test]
fn a_postcode_does_in_place_of_coordinates() {
    let rough = [(WARNING, Code::RoughPlace, "")];
    expect(&by_postcode("gl128db"), &rough);
    let told = checked(&by_postcode("gl128db")).remove(0).to_string();
    assert!(told.contains("1 place is") && told.contains("within 1.4 km"), "{told}");
    // Where there is no such sector, the district does, and is told of.
    let told = checked(&by_postcode("GL12 1DB"));
    assert!(told[0].message.contains("within 3 km"), "{told:#?}");
    expect(&by_postcode("GL12 1DB"), &[rough[0], (WARNING, Code::OddPostcode, "prisons[0].postcode")]);
    assert!(told[1].message.contains("no sector GL12 1:") && told[1].remedy.contains("GL12 8"), "{told:#?}");
    expect(&by_postcode("GL12"), &rough);
    expect(&[("/prisons/0/postcode", json!("nowhere"))], &[]);
    let half = [("/prisons/0/lat", json!(GONE)), ("/prisons/0/postcode", json!("GL12 8DB"))];
    expect(&half, &[(ERROR, Code::NoCoordinates, "prisons[0].lat")]);
}

#[test]
fn a_postcode_agrees_with_the_coordinates_beside_it() {
    expect(&[("/prisons/0/postcode", json!("GL12 8DB"))], &[]);
    let odd = |path| [(WARNING, Code::OddPostcode, path)];
    expect(&[("/prisons/0/postcode", json!("CF10 3AT"))], &odd("prisons[0].postcode"));
    expect(&[("/volunteers/1/postcode", json!("AB10"))], &odd("volunteers[1].postcode"));
    let told = checked(&[("/families/0/postcode", json!("CF10 3AT"))]).remove(0);
    assert!(told.message.contains("about 55 km"), "{told}");
}

#[test]
fn a_postcode_that_exists_nowhere_is_an_error_with_the_nearest() {
    for (postcode, told) in [
        ("GLI2 8DB", "Did you mean GL12 8DB?"),
        ("GL12 8D", "Did you mean GL12 8?"),
        ("bt1 1aa", "Northern Ireland"),
        ("JE2 3AB", "Jersey"),
        ("GY1 1AA", "Guernsey"),
        ("IM1 1AA", "the Isle of Man"),
        ("to be told", "is no postcode"),
    ] {
        let edits = by_postcode(postcode);
        expect(&edits, &[(ERROR, Code::NoCoordinates, "prisons[0].postcode")]);
        let finding = checked(&edits).remove(0).to_string();
        assert!(finding.contains(told) && finding.contains("lat"), "{finding}");
    }
}
