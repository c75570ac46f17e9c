//! A sheet of rides as CSV: what is read names nobody whom the problem does not know, and can be held against the rules.
#![no_main]

use libfuzzer_sys::fuzz_target;
use visitrota::report::{self, Book};
use visitrota::{Error, Rota};
use visitrota_fuzz::{fixture, held_against_rules, seeds, south_wales};

fuzz_target!(init: seeds(rides), |data: &[u8]| {
    let problem = south_wales();
    // What begins as something else has targets of its own.
    if data.starts_with(b"PK") || data.trim_ascii_start().starts_with(b"{") {
        return;
    }
    match visitrota::read_rota(data, "mine", problem) {
        Ok(rota) => {
            for trip in &rota.trips {
                assert!(problem.volunteers.iter().any(|who| who.id == trip.driver), "an unknown driver: {trip:?}");
                assert!(problem.slots.iter().any(|slot| slot.id == trip.slot), "an unknown slot: {trip:?}");
                assert!(!trip.requests.is_empty(), "a trip for nobody: {trip:?}");
            }
            held_against_rules(problem, &rota);
            assert_eq!(Some(rota), visitrota::read_rota(data, "mine", problem).ok(), "other rides when read again");
        }
        Err(Error::Invalid { findings }) => assert!(!findings.is_empty(), "refused, and no word why"),
        Err(error) => panic!("{error}"),
    }
});

fn rides() -> Vec<Vec<u8>> {
    let rota = Rota::from_json(&fixture("south-wales/rota.json")).expect("a rota");
    let options = report::Options::default();
    let book = Book::new(south_wales(), &rota, &options).expect("a rota of the problem");
    vec![
        report::csv(&book).into_bytes(),
        b"trip;driver;slot;request;chaperone\n1;V03;sat-family;R08;V04\n2;V03;sat-family;R01;\n".to_vec(),
        b"driver,slot,family\nceri hathersage,sat-family,Scourfield\n".to_vec(),
    ]
}
