//! Rotas as people write them down.

use visitrota_files::RotaDocument;
use visitrota_model::{Problem, ReadLimits, StopKind};

use crate::{rota_of, south_wales, told};

/// The trips of a sheet: driver, chaperone, slot, requests.
#[track_caller]
fn trips(csv: &str, problem: &Problem) -> Vec<String> {
    let rota = rota_of(csv.as_bytes(), "mine", problem).unwrap_or_else(|findings| panic!("{}", told(&findings)));
    assert!(rota.trips.iter().all(|trip| trip.stops.is_empty()));
    let shown = |trip: &visitrota_model::Trip| {
        let chaperone = trip.chaperone.as_ref().map_or("-", |chaperone| chaperone.as_str());
        let requests: Vec<&str> = trip.requests.iter().map(|request| request.as_str()).collect();
        format!("{} {chaperone} {} {}", trip.driver, trip.slot, requests.join("+"))
    };
    rota.trips.iter().map(shown).collect()
}

#[test]
fn rows_of_one_driver_to_one_slot_are_one_trip() {
    let problem = south_wales();
    let csv = "Slot,Driver,Request,Notes\nsat-family,V03,R08,\nwed-1530,V09,R19,phone first\nsat-family,V03,R01,\n";
    assert_eq!(trips(csv, &problem), ["V03 - sat-family R08+R01", "V09 - wed-1530 R19"]);
}

#[test]
fn trips_are_told_apart_by_their_numbers() {
    let problem = south_wales();
    let csv =
        "trip;driver;slot;request;chaperone\n1;V03;sat-family;R08;V04\n2;V03;sat-family;R01;\n1;V03;sat-family;R02;\n";
    assert_eq!(trips(csv, &problem), ["V03 V04 sat-family R08+R02", "V03 - sat-family R01"]);
}

#[test]
fn people_go_by_their_names_and_a_family_by_its_only_request() {
    let problem = south_wales();
    let csv = "driver,slot,family\nceri hathersage,sat-family,Scourfield\n";
    assert_eq!(trips(csv, &problem), ["V03 - sat-family R08"]);
}

/// The findings of a sheet, told by its cells.
#[track_caller]
fn faults(csv: &str) -> Vec<String> {
    let findings = rota_of(csv.as_bytes(), "mine", &south_wales()).expect_err("it is faulty");
    findings.iter().map(|finding| format!("{}: {} {}", finding.path, finding.message, finding.remedy)).collect()
}

#[test]
fn what_is_wrong_is_told_by_its_cell() {
    let cases: &[(&str, &[&str])] = &[
        ("slot,request\nsat-family,R08\n", &["mine.csv row 1: The column driver is missing"]),
        (
            "driver,slot,request\nV3,sat-family,R08\n",
            &["mine.csv row 2, column \"driver\": There is no volunteer with the id V3"],
        ),
        (
            "driver,slot,request\nV03,sat-famly,R08\n,sat-family,R88\n",
            &[
                "mine.csv row 2, column \"slot\": There is no slot with the id sat-famly. Did you mean sat-family?",
                "mine.csv row 3, column \"driver\": The driver is missing.",
                "mine.csv row 3, column \"request\": There is no request with the id R88.",
            ],
        ),
        ("driver,slot,request\nV03,sat-family,\n", &["mine.csv row 2, column \"request\": The request is missing."]),
        (
            "driver,slot,request,chaperone\nV03,sat-family,R08,V04\nV03,sat-family,R01,V05\n",
            &["mine.csv row 3, column \"chaperone\": V03 takes V04 along on another row of this trip, and V05 here."],
        ),
        ("driver,slot,request\nV03,\"sat-family,R08\n", &["mine.csv row 2: A quotation mark opens in this row"]),
    ];
    for (csv, expected) in cases {
        let faults = faults(csv);
        assert_eq!(faults.len(), expected.len(), "{csv}: {faults:?}");
        for (fault, expected) in faults.iter().zip(*expected) {
            assert!(fault.starts_with(expected), "{csv}: {fault}");
        }
    }
}

#[test]
fn a_family_with_several_requests_must_be_told_apart() {
    let problem = south_wales();
    let mut families: Vec<&str> =
        problem.requests.iter().filter_map(|request| Some(request.families.first()?.as_str())).collect();
    families.sort_unstable();
    let twice = families.windows(2).find(|pair| pair[0] == pair[1]).expect("a family asks twice")[0];
    let asked = problem
        .requests
        .iter()
        .find(|request| request.families.iter().any(|family| family.as_str() == twice))
        .expect("it asks");
    let slot = &asked.options[0].slot;
    let csv = format!("driver,slot,family\nV03,{slot},{twice}\n");
    let asking = |request: &&visitrota_model::Request| {
        request.families.iter().any(|family| family.as_str() == twice)
            && request.options.iter().any(|option| option.slot == *slot)
    };
    if problem.requests.iter().filter(asking).count() == 1 {
        assert_eq!(trips(&csv, &problem), [format!("V03 - {slot} {}", asked.id)]);
    } else {
        assert!(faults(&csv)[0].contains("which is meant this row does not say"));
    }
}

/// South Wales, with F13 and F16 on one visit to `sat-1530`.
fn joint() -> Problem {
    let mut problem = south_wales();
    let request = problem.requests.iter_mut().find(|request| request.id.as_str() == "R16").expect("R16");
    request.families = vec!["F13".into(), "F16".into()];
    problem
}

/// The requests of each trip of a sheet, and whom the stops name.
#[track_caller]
fn carried(csv: &str) -> Vec<String> {
    let rota = rota_of(csv.as_bytes(), "mine", &joint()).unwrap_or_else(|findings| panic!("{}", told(&findings)));
    let shown = |trip: &visitrota_model::Trip| {
        let requests: Vec<&str> = trip.requests.iter().map(|request| request.as_str()).collect();
        let places: Vec<&str> = trip.stops.iter().map(|stop| stop.place.as_str()).collect();
        assert!(trip.stops.iter().all(|stop| stop.kind == StopKind::Pickup && stop.arrive.or(stop.depart).is_none()));
        format!("{} {}: {}", trip.driver, requests.join("+"), places.join(" "))
    };
    rota.trips.iter().map(shown).collect()
}

#[test]
fn households_of_one_visit_have_a_row_each() {
    let together = ["V03 R16: "];
    assert_eq!(carried("driver,slot,request,family\nV03,sat-1530,R16,F13\nV03,sat-1530,R16,F16\n"), together);
    assert_eq!(carried("driver,slot,request\nV03,sat-1530,R16\n"), together, "all of its families");
    // Which of its visits F13 makes to that slot, the slot says.
    assert_eq!(carried("driver,slot,family\nV03,sat-1530,F13\nV03,sat-1530,F16\n"), together);
    assert_eq!(
        carried("driver,slot,request,family\nV03,sat-1530,R16,F16\nV03,sat-1530,R24,\nV12,sat-1530,R16,F13\n"),
        ["V03 R16+R24: F16 F21", "V12 R16: F13"],
        "of a visit in two cars the pick-ups tell who rides in which"
    );
    assert_eq!(carried("driver,slot,request\nV03,sat-1530,R24\nV03,sat-1530,R24\n"), ["V03 R24+R24: "]);
}

#[test]
fn a_family_of_another_visit_is_told_of() {
    let csv = "driver,slot,request,family\nV03,sat-1530,R16,F01\n";
    let findings = rota_of(csv.as_bytes(), "mine", &joint()).expect_err("F01 does not make that visit");
    let found = told(&findings);
    assert!(found.contains("column \"family\"") && found.contains("belongs to F13 and F16"), "{found}");
}

#[test]
fn a_name_that_is_not_its_ids() {
    let sound = "driver,driver name,slot,request\nV03,CERI Hathersage,sat-family,R08\nV09,,wed-1530,R19\n";
    assert_eq!(trips(sound, &south_wales()).len(), 2);
    for name in ["Mair Wintle", "Somebody Else"] {
        let told = faults(&format!("{sound}V03,{name},sat-family,R01\n"));
        let [one] = told.as_slice() else { panic!("{told:?}") };
        assert!(one.starts_with("mine.csv row 4, column \"driver name\": The driver of this row is V03"), "{one}");
        assert!(one.contains(&format!("the name beside it is {name}")), "{one}");
    }
    // Names from a file of names are nobody's here, and say nothing.
    let others = "driver,driver name,slot,request\nV03,C. H.,sat-family,R08\nV09,B. B.,wed-1530,R19\n";
    assert_eq!(trips(others, &south_wales()).len(), 2);
}

#[test]
fn each_trip_knows_its_rows() {
    let csv = "Slot,Driver,Request\n\nsat-family,V03,R08\nwed-1530,V09,R19\nsat-family,V03,R01\n";
    let document = RotaDocument::of(csv.as_bytes(), "mine", &south_wales(), ReadLimits::default());
    let document = document.unwrap_or_else(|found| panic!("{}", told(&found)));
    assert_eq!(document.places, ["mine.csv rows 3 and 5", "mine.csv row 4"]);
}

#[test]
fn what_is_passed_over_is_told() {
    let csv = "driver,slot,request,escort,at gate\nV03,sat-family,R08,Ann,14:00\n";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rides.tsv");
    std::fs::write(&path, csv).expect("written");
    let document = RotaDocument::read(&path, &south_wales(), ReadLimits::default()).expect("a rota");
    let told = told(&document.findings);
    assert!(told.contains("The column \"escort\" is ignored") && !told.contains("at gate"), "{told}");
    assert!(told.contains("rides.tsv row 1") && document.places == ["rides.tsv row 2"], "{told}");
}
