//! No input makes it panic, and what is no problem is told to be none.

use std::fs;

use visitrota_files::Document;

use crate::reading::Sheets;
use crate::{findings, saved, south_wales};

/// Numbers that look like chance, the same on every machine.
fn noise(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    })
}

fn at(number: u64, length: usize) -> usize {
    usize::try_from(number).expect("31 bits") % length.max(1)
}

#[test]
fn workbooks_with_bytes_changed() {
    let (_folder, path) = saved(&south_wales(), "week.xlsx");
    let sound = fs::read(path).expect("the workbook");
    for seed in 0..60 {
        let mut bytes = sound.clone();
        let mut chance = noise(seed);
        for _ in 0..=seed % 7 {
            let place = at(chance.next().expect("endless"), bytes.len());
            bytes[place] = chance.next().expect("endless").to_le_bytes()[0];
        }
        if seed % 3 == 0 {
            bytes.truncate(at(chance.next().expect("endless"), bytes.len()));
        }
        let document = Document::of(&bytes, None);
        let _ = findings(&document);
    }
    for bytes in [&b"PK"[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old", b"", b"\0\0\0", b"id,name"] {
        let document = Document::of(bytes, None);
        assert!(document.problem().is_none() && !findings(&document).is_empty());
    }
}

#[test]
fn cells_put_in_the_wrong_places() {
    let sound = Sheets::sound();
    let words: Vec<String> = sound
        .0
        .iter()
        .flat_map(|(_, bytes)| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            text.split([',', '\n']).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let odd = [
        "",
        "\"",
        "=A1",
        "-1",
        "1e308",
        "99999999999999999999",
        "NaN",
        "2026-13-45",
        "25:99",
        "not",
        "every",
        "–",
        "(",
        "until",
        "\u{202e}",
        "\u{0}",
        "Sat-",
        "31/2/2026",
        "46361.5",
        "Mon-Sun 0000-2400",
        "1/1/1900 - 31/12/2999",
        "(((",
        "'",
    ];
    let mut chance = noise(7);
    for _ in 0..400 {
        let mut sheets = Sheets::sound();
        for _ in 0..3 {
            let which = at(chance.next().expect("endless"), sheets.0.len());
            let text = String::from_utf8_lossy(&sheets.0[which].1).into_owned();
            let mut cells: Vec<Vec<String>> =
                text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
            let row = at(chance.next().expect("endless"), cells.len());
            let column = at(chance.next().expect("endless"), cells[row].len());
            let pick = at(chance.next().expect("endless"), words.len() + odd.len());
            cells[row][column] = words.get(pick).cloned().unwrap_or_else(|| odd[pick - words.len()].to_owned());
            let lines: Vec<_> = cells.iter().map(|row| row.join(",")).collect();
            sheets.0[which].1 = lines.join("\n").into_bytes();
        }
        let document = sheets.read(Some("2026-11-24"));
        let found = findings(&document);
        assert!(document.problem().is_some() || found.iter().any(visitrota_model::Finding::is_error));
    }
}

#[test]
fn files_of_noise() {
    for seed in 0..40 {
        let bytes: Vec<u8> = noise(seed).take(3_000).map(|number| number.to_le_bytes()[0]).collect();
        let sheets = Sheets::sound().with("volunteers", &bytes).with("settings", &bytes[..1_000]);
        assert!(sheets.read(None).problem().is_none());
    }
    let long = "x,".repeat(200_000);
    assert!(Sheets::sound().with("slots", long).read(None).problem().is_none());
}

#[test]
fn nothing_that_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    Document::read(folder.path().join("nowhere"), None).expect_err("not there");
    let empty = Document::read(folder.path(), None).expect("an empty folder");
    let found = findings(&empty);
    assert!(found.iter().any(|finding| finding.remedy.contains("visitrota init")), "{found:?}");
}

#[test]
fn a_csv_file_without_its_folder() {
    let findings = Document::of(b"who,when\nV1,every Sat\n", None).findings(Vec::new());
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert!(finding.remedy.contains("a folder of CSV files"), "{finding}");
    let findings = Document::of(b"{\"format\": 1,}", None).findings(Vec::new());
    assert!(findings[0].remedy.contains("comma"), "what was meant as JSON is told of as JSON");
}

#[test]
fn what_looks_like_a_path_is_no_panic_and_stays_as_it_is() {
    // Ids and texts of letters of several bytes, and brackets wherever they may stand.
    let odd = [
        "Siân[2]",
        "é[",
        "[é",
        "families[0]é",
        "families[é]",
        "é].",
        "ß[0].ü",
        "[",
        "]",
        "[[",
        "x[",
        "日本[1].本",
        "\u{301}[",
    ];
    for text in odd {
        let sheets = Sheets::sound()
            .with("families", format!("id,lat,lon,adults,children\n{text},51.55,-2.6,1,{text}\n{text},51.5,-2.6,1,3\n"))
            .with("requests", format!("id,family,slots\n{text},{text}x,{text}\n"))
            .with("pairs", format!("a,b,rule\nV1,{text},never\nV1,{text},{text}\n"))
            .with(text.trim_matches(['[', ']', '.']), format!("{text}\n"));
        let found = findings(&sheets.read(None));
        assert!(found.iter().any(|finding| finding.is_error()), "{text}: {found:?}");
        let twice = found.iter().find(|finding| finding.code == visitrota_model::Code::DuplicateId);
        let twice = twice.unwrap_or_else(|| panic!("{text}: {}", crate::told(&found)));
        assert!(twice.message.contains(text), "{text} stays as it is: {}", twice.message);
        assert!(twice.message.contains("families.csv row 2, column \"id\""), "{text}: {}", twice.message);
    }
}
