//! What cannot be meant: edits of a sound problem that give it odd times, dates, legs and places.

use serde_json::{Value, json};

use super::{ERROR, WARNING};
use crate::check::check_week;
use crate::check::testing::{checked, edited, expect};
use crate::finding::{Code, Finding, Mention};
use crate::problem::Problem;

/// The one finding of an edited problem.
fn only(edits: &[(&str, Value)]) -> Finding {
    let findings = checked(edits);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.into_iter().next().unwrap()
}

fn slot(start: &str, end: &str) -> [(&'static str, Value); 1] {
    let slot = json!({"id": "S1", "prison": "P1", "start": start, "end": end});
    [("/slots/0", slot)]
}

#[test]
fn slots_in_the_night() {
    for (start, end, path, meant) in [
        ("2026-12-05T02:15", "2026-12-05T03:45", "slots[0].start", Some("2026-12-05T14:15")),
        ("2026-12-05T00:30", "2026-12-05T01:30", "slots[0].start", Some("2026-12-05T12:30")),
        ("2026-12-05T22:00", "2026-12-05T23:00", "slots[0].start", None),
        ("2026-12-05T20:00", "2026-12-06T00:30", "slots[0].end", None),
        ("2026-12-05T13:00", "2026-12-06T14:30", "slots[0].end", Some("2026-12-05T14:30")),
        ("2026-12-05T10:00", "2026-12-05T19:00", "slots[0].end", None),
        ("2026-12-05T13:30", "2026-12-06T02:30", "slots[0].end", Some("2026-12-05T14:30")),
    ] {
        let finding = only(&slot(start, end));
        assert_eq!((finding.code, finding.path.as_str()), (Code::OddSlot, path), "{finding}");
        assert_eq!(meant.is_some_and(|meant| finding.remedy.contains(meant)), meant.is_some(), "{finding}");
    }
    for (start, end) in [
        ("2026-12-05T08:00", "2026-12-05T16:00"),
        ("2026-12-05T19:00", "2026-12-05T21:00"),
        ("2026-12-05T07:00", "2026-12-05T08:00"),
    ] {
        expect(&slot(start, end), &[]);
    }
}

#[test]
fn one_session_as_two_slots() {
    let again = json!({"id": "sat", "prison": "P1", "start": "2026-12-05T14:00", "end": "2026-12-05T15:00"});
    let finding = only(&[("/slots/-", again)]);
    assert_eq!((finding.code, finding.path.as_str()), (Code::SlotTwice, "slots[2].start"));
    assert_eq!(&*finding.mentions, [Mention::Place("slots[0]".to_owned())]);
    let elsewhere = [
        ("/prisons/-", json!({"id": "P2", "lat": 51.6, "lon": -2.5})),
        ("/slots/-", json!({"id": "S3", "prison": "P2", "start": "2026-12-05T14:00", "end": "2026-12-05T15:00"})),
    ];
    expect(&elsewhere, &[]);
}

#[test]
fn legs_that_nobody_drives() {
    let all = ["P1", "V1", "V2", "F1", "F2"];
    let legs = |minutes: u32, metres: u32| {
        let square = |entry: u32| json!(vec![vec![entry; 5]; 5]);
        let mut minutes_table = square(20);
        let mut metres_table = square(15_000);
        minutes_table[1][3] = json!(minutes);
        metres_table[1][3] = json!(metres);
        [("/travel", json!({"kind": "matrix", "places": all, "minutes": minutes_table, "metres": metres_table}))]
    };
    for (minutes, metres, path, hint) in [
        (1_380, 21_000, "travel.minutes[1][3]", "seconds"),
        (26, 21, "travel.metres[1][3]", "kilometres"),
        (1, 60_000, "travel.minutes[1][3]", "hours"),
        (240, 15_000, "travel.minutes[1][3]", "Mend"),
        (2, 15_000, "travel.minutes[1][3]", "Mend"),
    ] {
        let finding = only(&legs(minutes, metres));
        assert_eq!((finding.code, finding.path.as_str()), (Code::OddLeg, path), "{finding}");
        assert!(finding.message.contains("km/h") && finding.remedy.contains(hint), "{finding}");
    }
    // A way on foot, no way at all, the same place, a motorway with minutes rounded down.
    for (minutes, metres) in [(6, 300), (1_000_000, 1_000_000_000), (0, 0), (27, 60_000)] {
        expect(&legs(minutes, metres), &[]);
    }
    let square = |entry: u32| json!(vec![vec![entry; 5]; 5]);
    let many = json!({"kind": "matrix", "places": all, "minutes": square(1_200), "metres": square(15_000)});
    assert!(only(&[("/travel", many)]).message.contains("20 of 20 legs"));
    let line = json!({
        "kind": "straight-line", "minutes_factor": 0.05, "minutes_power": 1, "km_factor": 1.3, "km_power": 1
    });
    expect(&[("/travel", line)], &[(WARNING, Code::OddLeg, "travel.minutes_factor")]);
}

#[test]
fn a_lost_minus() {
    for (edit, meant) in [
        (("/families/0/lon", json!(3.94)), "is -3.94 meant?"),
        (("/prisons/0/lon", json!(2.47)), "is -2.47 meant?"),
        (("/volunteers/1/lon", json!(3.0)), "is -3 meant?"),
    ] {
        let finding = only(&[edit]);
        assert_eq!(finding.code, Code::FarAway);
        assert!(finding.message.contains("in the sea") && finding.remedy.contains(meant), "{finding}");
    }
    // On land, but far from everybody, and near them with a minus.
    let reading = |field: &'static str, lon: f64| (field, json!(lon));
    let near = [
        reading("/prisons/0/lon", -0.95),
        reading("/volunteers/0/lon", -0.9),
        reading("/volunteers/1/lon", -0.85),
        reading("/families/1/lon", -0.9),
    ];
    let mut edits = near.to_vec();
    edits.push(reading("/families/0/lon", 0.97));
    edits.push(("/families/0/lat", json!(51.4)));
    assert!(only(&edits).remedy.contains("is -0.97 meant?"));
    // Far from every other place, whatever its sign.
    let finding = only(&[("/families/0/lat", json!(57.48)), ("/families/0/lon", json!(-4.22))]);
    assert!(finding.message.contains("from every other place"), "{finding}");
    let inverness = [
        ("/families/0/lat", json!(null)),
        ("/families/0/lon", json!(null)),
        ("/families/0/postcode", json!("IV2 3BW")),
    ];
    let findings = checked(&inverness);
    let finding = findings.iter().find(|finding| finding.code == Code::FarAway).unwrap();
    assert!(finding.message.contains("the postcode IV2 3BW, about"), "{finding}");
    // Where families are met, as where they live.
    let point = json!({"id": "M1", "lat": 51.6, "lon": 3.94});
    let finding = only(&[("/meeting_points", json!([point])), ("/families/0/pickup", json!("M1"))]);
    assert!(finding.path.as_str() == "meeting_points[0]" && finding.remedy.contains("is -3.94 meant?"), "{finding}");
}

#[test]
fn dates_that_cannot_be_meant() {
    expect(
        &[("/volunteers/0/holds/0/until", json!("2208-03-01"))],
        &[(WARNING, Code::OddDate, "volunteers[0].holds[0].until")],
    );
    expect(
        &[("/families/0/holds", json!([{"what": "consent", "until": "1927-01-31"}]))],
        &[(WARNING, Code::OddDate, "families[0].holds[0].until")],
    );
    let findings = checked(&[("/week", json!({"from": "2062-12-01", "to": "2062-12-07"}))]);
    let week = findings.iter().find(|finding| finding.path == "week.from").unwrap();
    assert!(week.message.contains("36 years") && week.remedy.contains("2026"), "{week}");
}

#[test]
fn a_week_long_past_or_years_ahead() {
    let problem: Problem = serde_json::from_value(edited(&[])).unwrap();
    let told = |today: &str| check_week(&problem, today.parse().unwrap());
    for today in ["2026-11-30", "2026-12-05", "2027-02-01", "2026-06-01"] {
        assert_eq!(told(today), None, "{today}");
    }
    let past = told("2027-12-01").unwrap();
    assert_eq!((past.code, past.path.as_str()), (Code::OddDate, "week.from"));
    assert!(past.message.contains("began") && past.remedy.contains("2027"), "{past}");
    assert!(told("2024-02-01").is_some_and(|ahead| ahead.message.contains("3 years from now")));
}

#[test]
fn clocks_without_summer_time() {
    for zone in ["GMT", "UTC", "Etc/GMT", "Etc/GMT-1"] {
        expect(&[("/timezone", json!(zone))], &[(WARNING, Code::OddTimezone, "timezone")]);
    }
    for zone in ["Europe/London", "Europe/Dublin", "Asia/Kolkata"] {
        expect(&[("/timezone", json!(zone))], &[]);
    }
}

#[test]
fn likely_ids_have_the_same_numbers() {
    let unknown = only(&[("/requests/1/family", json!("F23"))]);
    assert!(!unknown.remedy.contains("F2"), "{unknown}");
    expect(&[("/requests/1/family", json!("F02"))], &[(ERROR, Code::UnknownId, "requests[1].family")]);
    assert_eq!(only(&[("/requests/1/family", json!("F02"))]).remedy, "Did you mean F2?");
}

#[test]
fn windows_that_touch_are_told_of_with_their_seam() {
    let windows = |spans: &[(&str, &str)]| {
        let window =
            |(from, to): &(&str, &str)| json!({"from": format!("2026-12-{from}"), "to": format!("2026-12-{to}")});
        json!(spans.iter().map(window).collect::<Vec<_>>())
    };
    for (spans, path) in [
        (&[("05T08:00", "05T13:00"), ("05T13:00", "05T20:00")][..], "available[1].from"),
        (&[("05T12:00", "05T20:00"), ("05T08:00", "05T13:00")], "available[0].from"),
        (&[("05T08:00", "06T00:00"), ("06T00:00", "06T13:00")], "available[1].from"),
        (&[("05T08:00", "05T20:00"), ("05T09:00", "05T10:00"), ("05T21:00", "05T22:00")], "available[1].from"),
    ] {
        for who in ["volunteers", "families"] {
            let path = format!("{who}[1].{path}");
            let pointer = format!("/{who}/1/available");
            expect(&[(pointer.as_str(), windows(spans))], &[(WARNING, Code::WindowsTouch, path.as_str())]);
        }
    }
    let apart = windows(&[("05T08:00", "05T13:00"), ("05T13:01", "05T20:00")]);
    expect(&[("/volunteers/1/available", apart)], &[]);
    let noon = windows(&[("05T08:00", "05T13:00"), ("05T13:00", "05T20:00")]);
    let told = checked(&[("/volunteers/1/available", noon)]).remove(0);
    assert!(told.message.contains("ends at 2026-12-05T13:00"), "{told}");
    assert!(told.remedy.contains("from 2026-12-05T08:00 to 2026-12-05T20:00"), "{told}");
}
