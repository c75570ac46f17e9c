//! Small files that would become large, broken ones that would never end: each is refused at once, with its limit.

use std::io::{Cursor, Write};
use std::num::NonZeroU32;

use visitrota_files::Document;
use visitrota_model::{Code, Finding, ReadLimits};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::reading::Sheets;
use crate::{rota_of, south_wales, told};

/// An archive of these files, the first of them not packed.
pub(crate) fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (number, (name, text)) in files.iter().enumerate() {
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let options = if number == 0 { plain } else { packed.compression_level(Some(1)) };
        zip.start_file(*name, options).expect("a file");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// An `.ods` workbook of these sheets.
pub(crate) fn ods(sheets: &str) -> Vec<u8> {
    ods_of(&format!("<o><office:spreadsheet>{sheets}</office:spreadsheet></o>"))
}

fn ods_of(content: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", "<manifest:manifest/>".to_owned()),
        ("content.xml", content.to_owned()),
    ])
}

fn sheet(rows: &str) -> String {
    format!(r#"<table:table table:name="settings">{rows}</table:table>"#)
}

pub(crate) fn row(cells: &str, attributes: &str) -> String {
    format!("<table:table-row {attributes}>{cells}</table:table-row>")
}

pub(crate) fn cell(text: &str, attributes: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>"#)
}

/// An `.xlsx` workbook of one sheet, with these texts and styles, called a sheet so many times.
fn xlsx(rows: &str, texts: &str, styles: &str, times: usize) -> Vec<u8> {
    let sheets: String = (0..times).map(|n| format!(r#"<sheet name="s{n}" sheetId="{}" r:id="r1"/>"#, n + 1)).collect();
    let relation = |kind: &str, target: &str| {
        format!(r#"<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}"/></Relationships>"#)
    };
    archive(&[
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relation("relationships/officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/sharedStrings.xml", format!("<sst>{texts}</sst>")),
        ("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{rows}</worksheet>")),
    ])
}

fn cells(rows: &str) -> String {
    format!("<sheetData>{rows}</sheetData>")
}

#[track_caller]
fn refused(what: &str, findings: &[Finding], code: Code) {
    let [finding] = findings else { panic!("{what}: {}", told(findings)) };
    assert!(finding.is_error() && finding.code == code, "{what}: {finding}");
    if code == Code::TooLarge {
        assert!(finding.remedy.contains("--size-limit"), "{what}: {finding}");
    }
}

#[track_caller]
fn refused_bytes(what: &str, bytes: &[u8], code: Code) {
    assert!(bytes.len() < 4_000_000, "{what} is no small file: {} bytes", bytes.len());
    let document = Document::of(bytes, None);
    assert!(document.problem().is_none(), "{what}");
    refused(what, &document.findings(Vec::new()), code);
    // As a rota it is no other file.
    refused(what, &rota_of(bytes, what, &south_wales()).expect_err(what), code);
}

#[test]
fn what_is_repeated_or_counted_in_an_ods_workbook() {
    let far = r#"table:number-columns-repeated="16000""#;
    let million = r#"table:number-rows-repeated="1000000""#;
    let x = cell("x", "");
    let spaces = r#"<text:s text:c="30000"/>"#.repeat(1_000);
    let three =
        ["a", "b", "c"].map(|name| format!(r#"<table:table table:name="{name}">{}</table:table>"#, row(&x, million)));
    for (what, sheets) in [
        ("rows", sheet(&row(&x.repeat(100), r#"table:number-rows-repeated="99999999""#))),
        ("columns", sheet(&row(&cell("x", far), "").repeat(1_000))),
        ("empty columns", sheet(&row(&format!("<table:table-cell {far}/><table:table-cell/>"), "").repeat(1_000))),
        ("sheets of many rows", three.concat()),
        ("many sheets", sheet("").replace("settings", "s").repeat(300)),
        ("far out", sheet(&[row(&x, ""), row("<table:table-cell/>", million), row(&cell("x", far), "")].concat())),
        ("spaces", sheet(&row(&cell(r#"<text:s text:c="2147483647"/>"#, ""), ""))),
        ("many spaces", sheet(&row(&cell(&spaces, ""), ""))),
        ("endless spaces", sheet(&row(&cell(r#"<text:s text:c="99999999999999999999"/>"#, ""), ""))),
        ("a long text", sheet(&row(&cell(&"x".repeat(30_000), ""), r#"table:number-rows-repeated="9999""#))),
        ("a long formula", sheet(&row(&cell("", &format!(r#"table:formula="{}""#, "x".repeat(30_000))), million))),
    ] {
        refused_bytes(what, &ods(&sheets), Code::TooLarge);
    }
    let findings = Document::of(&ods(&sheet(&[row(&x, million), row(&cell("x", far), "")].concat())), None);
    let findings = findings.findings(Vec::new());
    assert!(findings[0].path.contains("sheet settings, down to row 1000001"), "{}", told(&findings));
    assert!(findings[0].remedy.contains("far from the rest"), "{}", told(&findings));
}

#[test]
fn an_ods_workbook_that_ends_too_soon_or_stands_within_itself() {
    for (what, content) in [
        ("in a sheet", r#"<o><table:table table:name="a"><table:table-row></table:table-row>"#),
        (
            "in a note",
            r#"<o><table:table table:name="a"><table:table-row><table:table-cell office:value-type="string"><office:annotation>"#,
        ),
        ("crossed", r#"<o><table:table table:name="a"></o></table:table>"#),
        ("in itself", r#"<o><table:table table:name="a"><table:table/></table:table></o>"#),
    ] {
        refused_bytes(what, &ods_of(content), Code::UnreadableSheet);
    }
    refused_bytes("twice", &ods(&sheet("").repeat(2)), Code::FieldConflict);
    refused_bytes("deep", &ods(&"<a>".repeat(100_000)), Code::UnreadableSheet);
}

#[test]
fn empty_rows_and_columns_of_a_spreadsheet_program_are_no_harm() {
    let rest = r#"<table:table-cell table:number-columns-repeated="16382"/>"#;
    let empty = row(r#"<table:table-cell table:number-columns-repeated="16384"/>"#, "");
    let rows = [
        row(&[cell("setting", ""), cell("value", ""), rest.to_owned()].concat(), ""),
        empty.repeat(3_000),
        row(&[cell("week from", ""), cell("30/11/2026", "")].concat(), ""),
        row("<table:table-cell/>", r#"table:number-rows-repeated="1045574""#),
    ];
    let document = Document::of(&ods(&sheet(&rows.concat())), None);
    let week = document.problem().map(|problem| problem.week.from.to_string());
    assert_eq!(week.as_deref(), Some("2026-11-30"), "{}", told(&document.findings(Vec::new())));
}

#[test]
fn what_little_stands_for_much_in_an_xlsx_workbook() {
    let shared = r#"<row><c t="s"><v>0</v></c></row>"#;
    let long = format!("<si><t>{}</t></si>", "x".repeat(32_000));
    let rich = format!("<si>{}</si>", format!("<r><t>{}</t></r>", "x".repeat(30_000)).repeat(3));
    let format = |xfs: usize| {
        format!(
            r#"<numFmts><numFmt formatCode="{}"/></numFmts><cellXfs>{}</cellXfs>"#,
            "0".repeat(30_000),
            "<xf/>".repeat(xfs)
        )
    };
    let none = || cells("");
    for (what, bytes) in [
        ("a text that many cells share", xlsx(&cells(&shared.repeat(3_000)), &long, "", 1)),
        ("a text longer than a cell's", xlsx(&cells(shared), &rich, "", 1)),
        ("many cells", xlsx(&cells(&"<row><c><v>1</v></c></row>".repeat(2_000_001)), "", "", 1)),
        ("styles that each hold a long format", xlsx(&none(), "", &format(3_000), 1)),
        ("a sheet called a hundred thousand sheets", xlsx(&none(), "", "", 100_000)),
    ] {
        refused_bytes(what, &bytes, Code::TooLarge);
    }
    for count in ["2000001", "9223372036854775807", "99999999999999999999"] {
        let mut bytes = xlsx(&none(), "", "", 1);
        let texts = format!(r#"<sst uniqueCount="{count}"/>"#);
        bytes = replaced(&bytes, "xl/sharedStrings.xml", &texts);
        refused_bytes("a count of texts told ahead", &bytes, Code::TooLarge);
    }
    let sheet = xlsx(&cells(&"<row><c/></row>".repeat(300_000)), "", "", 150);
    refused_bytes("one sheet under many names", &sheet, Code::UnreadableSheet);
}

/// A workbook with one of its files put in another's place.
fn replaced(bytes: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = old.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let files = names.iter().map(|file| {
        let content = std::io::read_to_string(old.by_name(file).expect("a file")).expect("text");
        (file.as_str(), if file == name { text.to_owned() } else { content })
    });
    archive(&files.collect::<Vec<_>>())
}

#[test]
fn places_that_no_sheet_has_and_two_values_in_one_cell() {
    for place in ["ZZZZZZZZZZ1", "XFE1", "A0", "A99999999999", "é1"] {
        let rows = cells(&format!(r#"<row><c r="{place}"><v>1</v></c></row>"#));
        refused_bytes(place, &xlsx(&rows, "", "", 1), Code::UnreadableSheet);
    }
    let dimension = format!(r#"<dimension ref="B2:A1"/>{}"#, cells(""));
    refused_bytes("a sheet that ends before it begins", &xlsx(&dimension, "", "", 1), Code::UnreadableSheet);
    let twice = cells(r#"<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#);
    refused_bytes("two values", &xlsx(&twice, "", "", 1), Code::FieldConflict);
    // A mark far out takes no room.
    let far = cells(r#"<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>"#);
    let findings = Document::of(&xlsx(&far, "", "", 1), None).findings(Vec::new());
    assert!(!findings.iter().any(|finding| finding.code == Code::TooLarge), "{}", told(&findings));
}

#[test]
fn sizes_that_are_not_so() {
    let sound = xlsx(&cells(&"<row/>".repeat(1_000)), "", "", 1);
    let entry = sound.windows(4).rposition(|window| window == b"PK\x01\x02").expect("the list of files");
    let size = entry + 24..entry + 28;
    for claimed in [0_u32, 10, 1 << 20] {
        let mut lie = sound.clone();
        lie[size.clone()].copy_from_slice(&claimed.to_le_bytes());
        refused_bytes("a size", &lie, Code::UnreadableSheet);
    }
    let mut lie = sound.clone();
    lie[size].copy_from_slice(&(1_u32 << 31).to_le_bytes());
    refused_bytes("a size beyond the limit", &lie, Code::TooLarge);
    let many: Vec<_> = (0..3_000).map(|n| (format!("{n}.xml"), String::new())).collect();
    let many: Vec<_> = many.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    refused_bytes("many files", &archive(&many), Code::TooLarge);
}

#[test]
fn csv_files_of_too_much() {
    for (what, text) in [
        ("fields", ",".repeat(2_000_001)),
        ("rows", "\n".repeat(2_000_001)),
        ("a long field", format!("setting,value\nweek from,{}\n", "é".repeat(32_768))),
        ("a field that does not end", format!("setting,value\n\"{}", "a\n".repeat(20_000))),
    ] {
        let document = Sheets::sound().with("settings", &text).read(None);
        refused(what, &document.findings(Vec::new()), Code::TooLarge);
    }
    let half = ",".repeat(1_200_000);
    let document = Sheets::sound().with("pairs", &half).with("pins", &half).read(None);
    refused("two files together", &document.findings(Vec::new()), Code::TooLarge);
}

#[test]
fn rows_that_make_much_of_themselves() {
    let year = "setting,value\nweek from,1/1/2026\nweek to,31/12/2026\n";
    let available = format!("who,when\n{}", "V1,every day 9-5\n".repeat(2_000));
    let sessions = format!("day,start,end\n{}", "every day,9:00,10:00\n".repeat(2_000));
    for (what, name, text) in [("windows", "availability", &available), ("slots", "sessions", &sessions)] {
        let document = Sheets::sound().with("settings", year).with(name, text).read(None);
        let findings = document.findings(Vec::new());
        assert!(findings.iter().any(|finding| finding.code == Code::TooLarge), "{what}: {}", told(&findings));
    }
    // Of faults beyond counting the first are told, and how many others there are.
    let faults = format!("id,lat,lon,adults\n{}", "F,x,y,z\n".repeat(20_000));
    let findings = Sheets::sound().with("families", &faults).read(None).findings(Vec::new());
    assert!(findings.len() < 21_000, "{}", findings.len());
    assert!(findings.iter().any(|finding| finding.message.contains("more errors")), "the others are counted");
}

#[test]
fn limits_can_be_raised() {
    let text = format!("setting,value\nweek from,30/11/2026\nname,{}\n", "x".repeat(40_000));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("settings.csv"), text).expect("written");
    let read = |times: u32| {
        let limits = ReadLimits::times(NonZeroU32::new(times).expect("a number"));
        Document::read_within(folder.path(), None, limits).expect("read").findings(Vec::new())
    };
    refused("a long name", &read(1), Code::TooLarge);
    assert!(!read(2).iter().any(|finding| finding.code == Code::TooLarge), "{}", told(&read(2)));
}
