//! Tables: the workbook and its CSV, claims, and what programs read.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use visitrota_report::{Book, MilesSoFar, Options, OutFile, Privacy, Rates, csv, files, geojson, json};

use crate::{content, named, one, problem, report, rota};

fn table(files: &[OutFile], name: &str) -> String {
    one(files, &format!("tables/{name}.csv")).trim_start_matches('\u{feff}').to_owned()
}

#[test]
fn tables_as_csv() {
    let files = report(&named());
    for name in ["trips", "rides", "unmet", "mileage", "claims", "summary", "miles-so-far"] {
        insta::assert_snapshot!(format!("table-{name}"), table(&files, name));
    }
}

#[test]
fn the_workbook_holds_what_the_tables_do() {
    let files = report(&named());
    let file = files.iter().find(|file| file.name == "rota.xlsx").expect("the workbook");
    let mut workbook = Xlsx::new(Cursor::new(&file.bytes)).expect("a workbook");
    assert_eq!(workbook.sheet_names(), ["Trips", "Rides", "Unmet", "Mileage", "Claims", "Summary"]);
    for (name, range) in workbook.worksheets() {
        let lines = table(&files, &name.to_lowercase());
        let mut reader = csv_of(&lines);
        let keys = reader.headers().expect("keys").len();
        assert_eq!(range.width(), keys, "{name}");
        assert_eq!(range.height(), reader.records().count() + 1, "{name}");
        assert!(range.rows().next().expect("headings").iter().all(|cell| matches!(cell, Data::String(_))), "{name}");
        assert!(workbook.worksheet_formula(&name).expect("a sheet").used_cells().next().is_none(), "{name}");
    }
    let trips = workbook.worksheet_range("Trips").expect("trips");
    let Some(Data::DateTime(date)) = trips.get_value((1, 1)) else { panic!("no date") };
    assert_eq!(date.to_ymd_hms_milli(), (2026, 12, 1, 0, 0, 0, 0));
}

fn csv_of(text: &str) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(text.as_bytes())
}

#[test]
fn names_that_begin_like_formulas_stay_names() {
    let mut problem = problem();
    for family in &mut problem.families {
        family.name = "=HYPERLINK(\"http://example.org\",\"x\")".to_owned();
    }
    for volunteer in &mut problem.volunteers {
        volunteer.name = "@SUM(1+1)".to_owned();
    }
    let privacy = Privacy { names: true, ..Privacy::default() };
    let files = files(&problem, &rota(), &Options { privacy, ..Options::default() }).expect("a report");
    for name in ["trips", "rides", "unmet", "mileage", "claims"] {
        let lines = table(&files, name);
        let sly = |cell: &str| cell.starts_with(['=', '@', '+', '-']);
        assert!(csv_of(&lines).records().all(|record| !record.expect("a record").iter().any(sly)), "{name}");
    }
    for file in files.iter().filter(|file| file.name.ends_with(".xlsx")) {
        let mut workbook = Xlsx::new(Cursor::new(&file.bytes)).expect("a workbook");
        for name in workbook.sheet_names() {
            assert!(workbook.worksheet_formula(&name).expect("a sheet").used_cells().next().is_none(), "{name}");
        }
    }
}

#[test]
fn a_claim_is_about_its_driver_alone() {
    let files = report(&named());
    let file = files.iter().find(|file| file.name == "claims/claim-V12.xlsx").expect("a claim");
    insta::assert_snapshot!("claim", content(file));
    for word in ["F0", "F1", "F2", "R0", "R1", "R2", "V01", "EWI"] {
        assert!(!content(file).contains(word), "{word}");
    }
}

#[test]
fn claims_follow_the_table_and_the_miles_so_far() {
    let rates = Rates::from_csv(b"from,first_miles,first_rate,later_rate,passenger_rate\n1/1/2020,100,10,1,0\n");
    let options = Options {
        rates: rates.expect("rates"),
        miles_so_far: MilesSoFar::from_csv(b"id,miles\nV01,50\nX,7\n").expect("miles"),
        ..Options::default()
    };
    let files = report(&options);
    insta::assert_snapshot!("table-claims-other-rates", table(&files, "claims"));
    // What comes out goes in again the next week.
    let rates = Rates::from_csv(one(&files, "tables/rates.csv").as_bytes()).expect("rates");
    assert_eq!(rates, options.rates);
    let table = one(&report(&Options::default()), "tables/rates.csv");
    assert!(table.ends_with(include_str!("../../data/rates.csv")), "{table}");
    let again = one(&files, "tables/miles-so-far.csv");
    assert!(MilesSoFar::from_csv(again.as_bytes()).is_ok() && again.contains("\nX,7.0\n"));
}

#[test]
fn programs_read_on() {
    let (problem, rota) = (problem(), rota());
    let options = named();
    let book = Book::new(&problem, &rota, &options).expect("a book");
    assert_eq!(csv(&book), table(&report(&options), "rides"));
    let json = json(&book).expect("JSON");
    let tables: Vec<_> = json.as_object().expect("an object").keys().collect();
    assert_eq!(tables, ["trips", "rides", "unmet", "mileage", "claims", "summary"]);
    // Two households make one of the visits.
    assert_eq!(json["rides"].as_array().map(Vec::len), Some(book.met() + 1));
    assert!(json["trips"][0]["miles"].is_number() && json["trips"][0]["leaves"].is_string());
}

#[test]
fn geojson_tells_homes_roughly_unless_asked() {
    let map = |homes, lat| {
        let (mut problem, mut rota) = (problem(), rota());
        rota.trips.truncate(1);
        for family in &mut problem.families {
            family.lat = Some(lat);
        }
        let options = Options { privacy: Privacy { homes, ..Privacy::default() }, ..Options::default() };
        geojson(&Book::new(&problem, &rota, &options).expect("a book"))
    };
    insta::assert_snapshot!("geojson", format!("{:#}", map(false, 51.61)));
    assert_eq!(map(false, 51.61), map(false, 51.62));
    assert_ne!(map(true, 51.61), map(true, 51.62));
    // Without coordinates there is nothing to draw, and the trip is told all the same.
    let without = map(false, f64::NAN);
    assert!(without["features"][0]["geometry"].is_null() && without["features"][0]["properties"]["driver"].is_string());
}
