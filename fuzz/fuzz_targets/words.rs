//! What people write in one cell of a sheet: days and hours, dates, ages, what somebody holds, lists. An input names the
//! cell: `when: every Sat 08:00-18:00`.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use visitrota::{
    files::Document,
    problem::{Date, WallTime, Zone},
};
use visitrota_csv::{file, written};
use visitrota_fuzz::{Folder, read_and_checked, seeds};

/// The smallest sound week: the headings and one row of each sheet.
const SHEETS: [(&str, &[&str], &[&str]); 8] = [
    ("settings", &["setting", "value"], &["week from", "30/11/2026"]),
    (
        "prisons",
        &["id", "name", "lat", "lon", "closed", "lead days"],
        &["EWI", "HMP Eastwood Park", "51.634", "-2.467", "", ""],
    ),
    ("slots", &["id", "date", "start", "end"], &["sat", "5/12/2026", "14:00", "15:00"]),
    (
        "volunteers",
        &["id", "lat", "lon", "roles", "seats", "booster", "holds"],
        &["V1", "51.6", "-2.5", "driver", "4", "2", "dbs, insurance, licence"],
    ),
    ("availability", &["who", "when", "from", "to"], &["V1", "weekend", "08:00", "19:00"]),
    ("families", &["id", "lat", "lon", "adults", "children", "needs"], &["F1", "51.55", "-2.6", "1", "6, 4", ""]),
    ("requests", &["id", "family", "slots"], &["R1", "F1", "sat"]),
    ("sessions", &["prison", "day", "start", "end"], &["EWI", "Sun", "10:00", "11:00"]),
];

/// The cells that an input may fill: what it calls each, its sheet and its column.
const CELLS: [(&str, &str, &str); 14] = [
    ("when", "availability", "when"),
    ("from", "availability", "from"),
    ("to", "availability", "to"),
    ("date", "slots", "date"),
    ("start", "slots", "start"),
    ("end", "slots", "end"),
    ("day", "sessions", "day"),
    ("lat", "prisons", "lat"),
    ("roles", "volunteers", "roles"),
    ("holds", "volunteers", "holds"),
    ("seats", "volunteers", "seats"),
    ("children", "families", "children"),
    ("slots", "requests", "slots"),
    ("week", "settings", "value"),
];

fuzz_target!(init: seeds(cells), |data: &[u8]| -> Corpus {
    let Some((cell, text)) = str::from_utf8(data).ok().and_then(|text| text.split_once(": ")) else { return Corpus::Reject };
    same_again::<WallTime>(text);
    same_again::<Date>(text);
    same_again::<Zone>(text);
    let Some((_, sheet, column)) = CELLS.iter().find(|(name, ..)| *name == cell) else { return Corpus::Reject };
    // `availability` gives its hours in one cell or in two.
    let bare = *column == "when" && text.contains(|c: char| c.is_ascii_digit());
    let bytes = |name: &str, headings: &[&str], row: &[&str]| {
        let fill_in = |(heading, there): (&&str, &&str)| match () {
            () if name == *sheet && heading == column => text.to_owned(),
            () if bare && name == "availability" && *heading != "who" => String::new(),
            () => (*there).to_owned(),
        };
        let row: Vec<String> = headings.iter().zip(row).map(fill_in).collect();
        file(&written([headings.iter().map(|&heading| heading.to_owned()).collect(), row]))
    };
    static FOLDER: LazyLock<Folder> = LazyLock::new(|| Folder::of([]));
    for (name, headings, row) in SHEETS {
        FOLDER.put(name, &bytes(name, headings, row));
    }
    let read = || Document::read(FOLDER.path(), "2026-11-30".parse().ok()).expect("the folder can be read");
    read_and_checked(read);
    Corpus::Keep
});

/// What can be read is the same when it is written and read again.
fn same_again<T: FromStr + Display + Debug + PartialEq>(text: &str) {
    if let Ok(one) = text.parse::<T>() {
        assert_eq!(Some(&one), one.to_string().parse().as_ref().ok(), "{text} is another when written");
    }
}

fn cells() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (cell, texts) in [
        (
            "when",
            &["every Sat 08:00–18:00", "Saturdays 8am-6pm", "Mon-Fri 9am-5pm", "not 5 Dec", "weekend", "5 Dec"][..],
        ),
        (
            "when",
            &["each Saturday from 8am until 6pm", "Sat between 8:00 and 18:00", "sat: 0800-1800", "30 Nov to 3 Dec"],
        ),
        ("date", &["5/12/2026", "Saturday, 5 December, 2026", "December 5th 2026", "5-Dec-26", "2026-12-05", "46361"]),
        ("start", &["14:00", "2pm", "2.30 pm", "noon", "1400", "2026-12-05T14:00", "0.5"]),
        ("end", &["15:00", "midnight", "24:00", "3 o'clock"]),
        ("from", &["8", "08:00", "8am", "5 Dec 08:00"]),
        ("to", &["24:00", "6 Dec 01:00", "19"]),
        ("day", &["Sat", "Sat, Sun", "weekend", "every day", "first Sat"]),
        ("lat", &["51.634", "51,6", "-0"]),
        ("roles", &["driver", "driver, chaperone", "driver; chaperone"]),
        (
            "holds",
            &["dbs until 5 Dec 2026, insurance, licence", "dbs (until 1/1/27); insurance", "\"a, b\" until 5/12/26"],
        ),
        ("seats", &["4", "4.0", "1e1"]),
        ("children", &["6, 4", "6 and 4", "none", "0", "4;6"]),
        ("slots", &["sat", "sat, (2) x", "sat; sun", "sat (1)"]),
        ("week", &["30/11/2026", "2026-03-23", "30 Nov"]),
    ] {
        found.extend(texts.iter().map(|text| format!("{cell}: {text}").into_bytes()));
    }
    found
}
