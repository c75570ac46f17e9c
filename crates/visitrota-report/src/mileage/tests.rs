//! Money: of trips whose metres and dates are chosen.

use serde_json::json;
use visitrota_model::{Problem, Rota};

use super::*;
use crate::{MilesSoFar, Options};

/// A volunteer with trips on some dates, so many metres each way; two people ride from the driver's door.
fn documents(week: [&str; 2], trips: &[(&str, u32)]) -> (Problem, Rota) {
    let id = |at: usize| format!("t{at}");
    let slots = trips.iter().enumerate().map(|(at, (date, _))| {
        json!({ "id": id(at), "prison": "P", "start": format!("{date}T14:00"), "end": format!("{date}T15:00") })
    });
    let slots: Vec<_> = slots.collect();
    let requests = trips
        .iter()
        .enumerate()
        .map(|(at, _)| json!({ "id": id(at), "family": "F", "options": [{ "slot": id(at), "rank": 0 }] }));
    let problem = json!({
        "format": "visitrota/1",
        "week": { "from": week[0], "to": week[1] },
        "prisons": [{ "id": "P", "name": "P" }],
        "slots": slots,
        "volunteers": [{ "id": "V", "name": "V", "roles": ["driver"], "car": { "seats": 4 }, "available": [] }],
        "families": [{ "id": "F", "name": "F", "members": [{ "age": 40 }, { "age": 12 }] }],
        "requests": requests.collect::<Vec<_>>(),
    });
    let trips = trips.iter().enumerate().map(|(at, (date, metres))| {
        let time = |clock: &str| format!("{date}T{clock}");
        json!({
            "driver": "V", "slot": id(at), "requests": [id(at)], "drive_min": 120, "metres": 2 * u64::from(*metres),
            "stops": [
                { "kind": "leave", "place": "V", "depart": time("12:00") },
                { "kind": "pickup", "place": "F", "arrive": time("12:00"), "depart": time("12:05"),
                  "leg_min": 0, "leg_metres": 0 },
                { "kind": "gate", "place": "P", "arrive": time("13:15"), "depart": time("15:15"),
                  "leg_min": 60, "leg_metres": metres },
                { "kind": "dropoff", "place": "F", "arrive": time("16:15"), "depart": time("16:20"),
                  "leg_min": 60, "leg_metres": metres },
                { "kind": "home", "place": "V", "arrive": time("16:20"), "leg_min": 0, "leg_metres": 0 },
            ],
        })
    });
    let rota = json!({
        "format": "visitrota-rota/1", "status": "feasible", "score": 0, "trips": trips.collect::<Vec<_>>(),
    });
    let bytes = |document: &serde_json::Value| document.to_string().into_bytes();
    (Problem::from_json(&bytes(&problem)).unwrap(), Rota::from_json(&bytes(&rota)).unwrap())
}

/// Each line of each claim: tax year, miles at either rate, the rates, pence, and the miles of the year after.
fn told(week: [&str; 2], trips: &[(&str, u32)], so_far: &str) -> Vec<String> {
    let (problem, rota) = documents(week, trips);
    let miles_so_far = MilesSoFar::from_csv(format!("id,miles\n{so_far}\n").as_bytes()).unwrap();
    let options = Options { miles_so_far, ..Options::default() };
    let book = Book::new(&problem, &rota, &options).unwrap();
    let claims = claims(&book).unwrap();
    let tell = |line: &Line| {
        let Line { tax_year, first, later, rate, pence, total, .. } = *line;
        let (first, later, total) = (first.0, later.0, total.0);
        format!("{tax_year}: {first} at {} + {later} at {}: {pence}p, {total}", rate.first, rate.later)
    };
    claims.iter().flat_map(|claim| &claim.lines).map(tell).collect()
}

const WEEK: [&str; 2] = ["2026-06-01", "2026-06-07"];
/// 50 miles, to the metre.
const FIFTY_MILES: u32 = 80_467;

#[test]
fn metres_are_rounded_to_tenths_of_a_mile_once() {
    let tenths = |metres| Tenths::of_metres(metres).0;
    assert_eq!([0, 80, 81, 1_609, 16_093, 160_934].map(tenths), [0, 0, 1, 10, 100, 1_000]);
    // 1,689.8112 m are 10.5 tenths.
    assert_eq!([1_689, 1_690].map(tenths), [10, 11]);
    assert_eq!(tenths(u64::MAX), 114_622_753_579_778_789);
}

#[test]
fn the_tax_year_begins_on_the_sixth_of_april() {
    let year = |date: &str| TaxYear::of(date.parse().unwrap()).to_string();
    let dates = ["2026-01-01", "2026-04-05", "2026-04-06", "2026-12-31", "2100-04-05", "2099-04-06"];
    assert_eq!(dates.map(year), ["2025-26", "2025-26", "2026-27", "2026-27", "2099-00", "2099-00"]);
}

#[test]
fn miles_and_passengers_are_paid() {
    // 100 miles at 55p, and two people for 100 miles at 5p.
    assert_eq!(told(WEEK, &[("2026-06-02", FIFTY_MILES)], ""), ["2026-27: 1000 at 55 + 0 at 25: 6500p, 1000"]);
    // 0.1 miles: 5.5p and 1p, together 6.5p.
    assert_eq!(told(WEEK, &[("2026-06-02", 80)], ""), ["2026-27: 1 at 55 + 0 at 25: 7p, 1"]);
    assert_eq!(told(WEEK, &[("2026-06-02", 0)], ""), ["2026-27: 0 at 55 + 0 at 25: 0p, 0"]);
}

#[test]
fn the_rate_and_the_year_change_at_midnight() {
    let week = ["2026-03-31", "2026-04-07"];
    let trips = [("2026-04-05", FIFTY_MILES), ("2026-04-06", FIFTY_MILES), ("2026-04-07", FIFTY_MILES)];
    assert_eq!(
        told(week, &trips, "V,9950"),
        [
            "2025-26: 500 at 45 + 500 at 25: 4500p, 100500",
            "2026-27: 1000 at 55 + 0 at 25: 6500p, 1000",
            "2026-27: 1000 at 55 + 0 at 25: 6500p, 2000",
        ]
    );
}

#[test]
fn a_claim_that_crosses_the_limit_is_split() {
    let trips = [("2026-06-05", FIFTY_MILES), ("2026-06-02", FIFTY_MILES), ("2026-06-03", FIFTY_MILES)];
    // In order of time, not of the rota.
    assert_eq!(
        told(WEEK, &trips, "V,\"9,849.9\""),
        [
            "2026-27: 1000 at 55 + 0 at 25: 6500p, 99499",
            "2026-27: 501 at 55 + 499 at 25: 5003p, 100499",
            "2026-27: 0 at 55 + 1000 at 25: 3500p, 101499",
        ]
    );
    let exactly = told(WEEK, &trips[..1], "V,9900");
    assert_eq!(exactly, ["2026-27: 1000 at 55 + 0 at 25: 6500p, 100000"]);
    assert_eq!(told(WEEK, &trips[..1], "V,10000"), ["2026-27: 0 at 55 + 1000 at 25: 3500p, 101000"]);
    assert_eq!(told(WEEK, &trips[..1], "W,10000"), ["2026-27: 1000 at 55 + 0 at 25: 6500p, 1000"]);
}

#[test]
fn the_next_week_begins_where_this_one_ends() {
    let after = |week: [&str; 2], trips: &[(&str, u32)]| {
        let (problem, rota) = documents(week, trips);
        let miles_so_far = MilesSoFar::from_csv(b"id,miles\nV,100\nW,20.5\n").unwrap();
        let options = Options { miles_so_far, ..Options::default() };
        let book = Book::new(&problem, &rota, &options).unwrap();
        so_far(&book, &claims(&book).unwrap()).into_iter().map(|(id, miles)| (id, miles.0)).collect::<Vec<_>>()
    };
    let of = |id: &str, tenths| (id.to_owned(), tenths);
    assert_eq!(after(WEEK, &[("2026-06-02", FIFTY_MILES)]), [of("V", 2_000), of("W", 205)]);
    assert_eq!(after(["2026-03-31", "2026-04-06"], &[("2026-04-06", FIFTY_MILES)]), [of("V", 1_000)]);
    assert_eq!(after(["2026-03-31", "2026-04-06"], &[("2026-04-05", FIFTY_MILES)]), []);
}

#[test]
fn a_date_before_the_table_is_told() {
    let (problem, rota) = documents(["2001-12-03", "2001-12-09"], &[("2001-12-04", 1), ("2001-12-05", 1)]);
    let options = Options::default();
    let Err(error) = claims(&Book::new(&problem, &rota, &options).unwrap()) else { panic!("no error") };
    assert!(error.to_string().contains("no rate for 2001-12-04"), "{error}");
}
