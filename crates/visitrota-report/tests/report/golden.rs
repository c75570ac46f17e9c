//! What people read, held against what they read before.

use crate::{body, named, one, problem, report, rota};
use serde_json::json;
use visitrota_report::files;

/// A page's body, a line for each element.
fn lines(page: &str) -> String {
    body(page).replace("><", ">\n<")
}

#[test]
fn the_page_of_a_short_week() {
    let (mut problem, mut rota) = (problem(), rota());
    rota.trips.retain(|trip| ["V02", "V05"].contains(&trip.driver.as_str()));
    rota.unmet.truncate(2);
    problem.volunteers.retain(|volunteer| ["V02", "V04", "V05"].contains(&volunteer.id.as_str()));
    let files = files(&problem, &rota, &named()).expect("a report");
    insta::assert_snapshot!("page", lines(&one(&files, "rota.html")));
}

#[test]
fn sheets() {
    let files = report(&named());
    insta::assert_snapshot!("sheet-driver", lines(&one(&files, "sheets/sheet-V12-2026-12-04.html")));
    insta::assert_snapshot!("sheet-chaperone", lines(&one(&files, "sheets/sheet-V04-2026-12-02.html")));
}

#[test]
fn letters_and_messages() {
    let files = report(&named());
    insta::assert_snapshot!("letter-english", lines(&one(&files, "letters/letter-F06-R08.html")));
    insta::assert_snapshot!("letter-welsh", lines(&one(&files, "letters/letter-F08-R10.html")));
    insta::assert_snapshot!("messages", lines(&one(&files, "messages.html")));
}

#[test]
fn names_of_files() {
    let names: Vec<_> = report(&named()).into_iter().map(|file| file.name).collect();
    insta::assert_snapshot!("files", names.join("\n"));
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    assert!(report(&named()) == report(&named()));
}

#[test]
fn odd_trips_are_told_with_the_setting_that_rules_them_out() {
    let (problem, mut rota) = (problem(), rota());
    let quiet = one(&files(&problem, &rota, &named()).expect("a report"), "rota.html");
    assert!(!quiet.contains("Odd trips"));
    let what = visitrota_model::Oddity::LeavesEarly;
    let at = rota.trips[1].stops[0].depart;
    // One that is of no trip is passed over.
    let odd = [1, 99].map(|trip| json!({"trip": trip, "what": what, "at": at, "setting": what.setting()}));
    rota.odd = serde_json::from_value(odd.to_vec().into()).expect("odd trips");
    let page = one(&files(&problem, &rota, &named()).expect("a report"), "rota.html");
    assert_eq!(page.matches("would rule it out").count(), 1, "{page}");
    assert!(page.contains("Odd trips") && page.contains("href=\"#trip-2\"") && page.contains("volunteer hours"));
}
