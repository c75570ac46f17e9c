//! A CSV file: read, written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use visitrota_csv::{file, read, written};
use visitrota_fuzz::{fixture, seeds};

fuzz_target!(init: seeds(files), |data: &[u8]| {
    let text = read(data);
    assert!(text.rows.is_sorted_by(|one, two| one.number < two.number), "two rows have one number: {text:?}");
    assert!(text.open_quote.is_none_or(|row| text.rows.iter().any(|other| other.number == row)), "an open quote nowhere");
    let rows: Vec<_> = text.rows.into_iter().map(|row| row.fields).collect();
    let back = read(&file(&written(rows.clone())));
    let back: Vec<_> = back.rows.into_iter().map(|row| row.fields).collect();
    if rows.first().is_some_and(|first| is_plain(first)) {
        assert_eq!(rows, back, "what is written is not read back");
    }
});

/// Whether a first row says that commas part it: headings do.
fn is_plain(row: &[String]) -> bool {
    row.len() > 1 && row.iter().all(|field| field.chars().all(char::is_alphanumeric))
}

fn files() -> Vec<Vec<u8>> {
    ["south-wales/names.csv", "south-wales/sheets/volunteers.csv", "south-wales/sheets/settings.csv"]
        .map(fixture)
        .into_iter()
        .chain([b"sep=;\na;b\n1;\"x\ny\"\n".to_vec(), "\u{feff}a\tb\r\n1\t2\r\n".into(), b"a;b\n1;Si\xe2n\n".to_vec()])
        .collect()
}
