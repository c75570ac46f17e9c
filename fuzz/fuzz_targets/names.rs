//! A file of names: read, written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use visitrota::Problem;
use visitrota::report::{Contacts, Error};
use visitrota_csv::{file, written};
use visitrota_fuzz::{fixture, seeds, tiny};

fuzz_target!(init: seeds(|| vec![fixture("south-wales/names.csv")]), |data: &[u8]| {
    let contacts = match Contacts::from_csv(data) {
        Ok(contacts) => contacts,
        Err(Error::Contacts(findings)) => return assert!(!findings.is_empty(), "refused, and no word why"),
        Err(error) => panic!("{error}"),
    };
    let nobody = Problem::new(tiny().week);
    let row = |id: &str| {
        let of = contacts.get(id).expect("whoever is listed is there");
        [id, &of.name, &of.phone, of.language.code(), &of.notes].map(guarded)
    };
    let headings = ["id", "name", "phone", "language", "notes"].map(str::to_owned);
    let rows = std::iter::once(headings).chain(contacts.strangers(&nobody).map(row));
    let back = Contacts::from_csv(&file(&written(rows))).expect("what is written is read");
    // Each row tells a language now, given or not: the contacts are compared, not which were given.
    let all = |of: &Contacts| of.strangers(&nobody).map(|id| (id.to_owned(), of.get(id).cloned())).collect::<Vec<_>>();
    assert_eq!(all(&contacts), all(&back), "what is written is not read back");
});

/// With the apostrophe that is taken off before what would be a formula, if there is one already.
fn guarded(text: &str) -> String {
    let is_guard = text.starts_with('\'') && text[1..].starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_guard { format!("'{text}") } else { text.to_owned() }
}
