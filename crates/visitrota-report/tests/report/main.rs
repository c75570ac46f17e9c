//! Reports of the week in South Wales, and of two days after school: what people read, and what they must not.

mod after_school;
mod calendars;
mod golden;
mod postcodes;
mod privacy;
mod robust;
mod tables;

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx};
use visitrota_model::{Problem, Rota};
use visitrota_report::{Contacts, Options, OutFile, Privacy, files};

fn fixture(name: &str) -> Vec<u8> {
    fixture_of("south-wales", name)
}

fn fixture_of(folder: &str, name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder).join(name);
    std::fs::read(path).expect("the fixture is there")
}

fn problem() -> Problem {
    Problem::from_json(&fixture("problem.json")).expect("a problem")
}

fn rota() -> Rota {
    Rota::from_json(&fixture("rota.json")).expect("a rota")
}

/// With the file of names.
fn named() -> Options {
    let contacts = Contacts::from_csv(&fixture("names.csv")).expect("names");
    Options { contacts, privacy: Privacy::default(), ..Options::default() }
}

fn report(options: &Options) -> Vec<OutFile> {
    files(&problem(), &rota(), options).expect("a report")
}

/// The pages among the files.
fn pages(files: Vec<OutFile>) -> Vec<OutFile> {
    files.into_iter().filter(|file| file.name.ends_with(".html")).collect()
}

/// Everything that can be read in a file: of a workbook, its cells.
fn content(file: &OutFile) -> String {
    if !file.name.ends_with(".xlsx") {
        return text(file).to_owned();
    }
    let mut workbook = Xlsx::new(Cursor::new(&file.bytes)).expect("a workbook");
    let cells = |(name, range): (String, Range<Data>)| {
        let cells: Vec<_> = range.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
        format!("{name}\n{}\n", cells.join("\n"))
    };
    workbook.worksheets().into_iter().map(cells).collect()
}

fn text(file: &OutFile) -> &str {
    std::str::from_utf8(&file.bytes).expect("UTF-8")
}

fn one(files: &[OutFile], name: &str) -> String {
    let file = files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("there is no {name}"));
    text(file).to_owned()
}

/// What of a page is about people: its body without the script.
fn body(page: &str) -> &str {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    body.split_once("<script>").map_or(body, |(body, _)| body)
}
