//! Rates and miles so far: read, written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use visitrota::Problem;
use visitrota::report::{Error, MilesSoFar, Rates};
use visitrota_csv::{file, written};
use visitrota_fuzz::{seeds, tiny};

fuzz_target!(init: seeds(tables), |data: &[u8]| {
    match Rates::from_csv(data) {
        Ok(rates) => same_rates(&rates),
        Err(Error::Rates(findings)) => assert!(!findings.is_empty(), "refused, and no word why"),
        Err(error) => panic!("{error}"),
    }
    match MilesSoFar::from_csv(data) {
        Ok(miles) => same_miles(&miles),
        Err(Error::Miles(findings)) => assert!(!findings.is_empty(), "refused, and no word why"),
        Err(error) => panic!("{error}"),
    }
});

fn same_rates(rates: &Rates) {
    let headings = ["from", "first_miles", "first_rate", "later_rate", "passenger_rate"].map(str::to_owned);
    let rows = rates.iter().map(|rate| {
        let [first, later, passenger] = [rate.first, rate.later, rate.passenger].map(|pence| pence.to_string());
        [rate.from.to_string(), rate.first_miles.to_string(), first, later, passenger]
    });
    let back = Rates::from_csv(&file(&written(std::iter::once(headings).chain(rows))));
    assert_eq!(Some(rates), back.as_ref().ok(), "what is written is not read back");
    for rate in rates.iter() {
        assert_eq!(rates.on(rate.from), Some(rate), "another rate on its first date");
    }
}

fn same_miles(miles: &MilesSoFar) {
    let nobody = Problem::new(tiny().week);
    let rows = miles.strangers(&nobody).map(|id| {
        let tenths = miles.of(&id.into()).0;
        let is_guard = id.starts_with('\'') && id[1..].starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        [if is_guard { format!("'{id}") } else { id.to_owned() }, format!("{}.{}", tenths / 10, tenths % 10)]
    });
    let rows = std::iter::once(["id", "miles"].map(str::to_owned)).chain(rows);
    let back = MilesSoFar::from_csv(&file(&written(rows)));
    assert_eq!(Some(miles), back.as_ref().ok(), "what is written is not read back");
}

fn tables() -> Vec<Vec<u8>> {
    let rates = "from,first_miles,first_rate,later_rate,passenger_rate\n2011-04-06,10000,45,25,5\n2026-04-06,\"10,000\",55,25.5,5\n";
    vec![rates.into(), b"id,miles\nV01,\"9,950.5\"\nV02,12\n".to_vec()]
}
