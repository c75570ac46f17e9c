//! What the drop-downs of a workbook offer.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, DataType, Reader, SheetVisible, Xlsx};
use visitrota_files::Document;

use crate::template::template;
use crate::{findings, saved, south_wales, told};

/// What a list offers, by the sheets that it is of.
fn offered(workbook: &Path, of: &str) -> Vec<String> {
    let bytes = std::fs::read(workbook).expect("the workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let hidden = book.sheets_metadata().iter().find(|sheet| sheet.name == "lists").expect("the lists").visible;
    assert_eq!(hidden, SheetVisible::Hidden);
    let lists = book.worksheet_range("lists").expect("the lists");
    let headings = lists.rows().next().expect("headings");
    let column = headings.iter().position(|cell| *cell == Data::String(of.to_owned())).expect(of);
    let texts = lists.rows().skip(1).filter_map(|row| row.get(column + 2)?.as_string());
    texts.filter(|text| !text.is_empty()).collect()
}

fn xml(workbook: &Path, sheet: u32) -> String {
    let mut zip = zip::ZipArchive::new(File::open(workbook).expect("the workbook")).expect("a workbook");
    let mut text = String::new();
    let name = format!("xl/worksheets/sheet{sheet}.xml");
    zip.by_name(&name).expect("the sheet").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn ids_and_names_together() {
    let mut problem = south_wales();
    problem.families[0].name = "Adair, Mrs".to_owned();
    let (_folder, path) = saved(&problem, "week.xlsx");
    let people = offered(&path, "volunteers, families");
    let volunteer = &problem.volunteers[0];
    assert_eq!(people[0], format!("{} {}", volunteer.id, volunteer.name));
    assert_eq!(people.len(), problem.volunteers.len() + problem.families.len());
    assert_eq!(people[problem.volunteers.len()], problem.families[0].id.to_string(), "a comma would part it");
    assert_eq!(offered(&path, "sessions, slots").len(), problem.slots.len());
    let prison = &problem.prisons[0];
    assert_eq!(offered(&path, "prisons"), [format!("{} {}", prison.id, prison.name)]);
    let document = Document::read(&path, None).expect("read");
    assert!(!told(&findings(&document)).contains("lists"), "it is ours, and nobody reads it");
}

#[test]
fn examples_are_not_offered_and_no_list_is_long() {
    let (_folder, path) = template("week.xlsx");
    for of in ["volunteers, families", "prisons", "sessions, slots", "requests"] {
        assert!(offered(&path, of).is_empty(), "{of}");
    }
    assert_eq!(offered(&path, "home, meeting points"), ["home"]);
    // The seventh sheet is volunteers.
    assert!(xml(&path, 7).contains("errorStyle=\"warning\""), "`15 mins` may be typed");
    // The eighth sheet is availability, the fifteenth pins.
    for sheet in [8, 15] {
        let xml = xml(&path, sheet);
        assert!(xml.contains("<formula1>OFFSET(lists!"), "{xml}");
        assert!(xml.contains("example"), "examples are struck out for as long as they are: {xml}");
    }
}

#[test]
fn every_sheet_is_a_page() {
    let (_folder, path) = template("week.xlsx");
    for sheet in 1..=20 {
        let xml = xml(&path, sheet);
        assert!(xml.contains("orientation=\"landscape\"") && !xml.contains("fitToHeight=\"0\""), "{sheet}: {xml}");
        assert!(xml.contains("fitToPage=\"1\"") && xml.contains("&amp;A"), "{sheet}: {xml}");
    }
    assert!(xml(&path, 21).contains("fitToHeight=\"0\""), "the notes are long");
}
