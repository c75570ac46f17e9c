//! The file of names: who is who, how to reach them, and in which language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use visitrota_model::{Code, Finding, Problem, ReadLimits};

use crate::error::Error;
use crate::listing::{self, Row};

/// The language somebody is written to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Welsh.
    Welsh,
}

impl Language {
    /// Its code, as HTML and calendars have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "" | "en" | "en-gb" | "eng" | "english" | "saesneg" => Some(Self::English),
            "cy" | "cy-gb" | "cym" | "wel" | "welsh" | "cymraeg" => Some(Self::Welsh),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::English => "English",
            Self::Welsh => "Welsh",
        })
    }
}

/// What is known of a volunteer, a family, a prison, a meeting point or a prisoner beside the problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The telephone number, as written.
    pub phone: String,
    /// The language to write in.
    pub language: Language,
    /// Notes for who calls there: the address, a door to knock at, a gate to wait by.
    pub notes: String,
}

/// The contacts of a scheme, by id. The default knows nobody.
///
/// ```
/// use visitrota_report::{Contacts, Language};
///
/// let csv = "id,name,phone,language\nF06,Scourfield,07700 900123,cy\n";
/// let contacts = Contacts::from_csv(csv.as_bytes())?;
/// assert_eq!(contacts.get("F06").map(|contact| contact.language), Some(Language::Welsh));
/// # Ok::<(), visitrota_report::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts(BTreeMap<String, Contact>);

/// The columns; the first must be there.
const COLUMNS: [&str; 5] = ["id", "name", "phone", "language", "notes"];

impl Contacts {
    /// Who has this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Contact> {
        self.0.get(id)
    }

    /// The ids that are nobody's in the problem, in order.
    pub fn strangers(&self, problem: &Problem) -> impl Iterator<Item = &str> {
        let known: BTreeSet<_> = problem.named().map(|(id, _)| id).collect();
        self.0.keys().map(String::as_str).filter(move |id| !known.contains(id))
    }

    /// Reads a file of names: CSV with the columns `id`, `name`, `phone`, `language` (`en` or `cy`) and `notes`, of
    /// which `id` alone must be there, in any order, split by commas or semicolons.
    ///
    /// # Errors
    /// [`Error::Contacts`] with everything that is wrong in it.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_csv_within(bytes, ReadLimits::default())
    }

    /// Reads a file of names as [`from_csv`](Self::from_csv) does, within other limits.
    ///
    /// # Errors
    /// [`Error::Contacts`] with everything that is wrong in it.
    pub fn from_csv_within(bytes: &[u8], limits: ReadLimits) -> Result<Self, Error> {
        let mut found = Vec::new();
        let contacts = read(bytes, limits, &mut found);
        if found.is_empty() { Ok(contacts) } else { Err(Error::Contacts(found)) }
    }
}

fn read(bytes: &[u8], limits: ReadLimits, found: &mut Vec<Finding>) -> Contacts {
    let mut contacts = BTreeMap::new();
    for Row { place, cells } in listing::read(bytes, &COLUMNS, 1, limits, found) {
        let Ok([id, name, phone, language, notes]) = <[String; 5]>::try_from(cells) else { continue };
        if id.is_empty() {
            let remedy = "Give the id of a volunteer, a family, a prison, a meeting point or a prisoner.";
            found.push(Finding::error(Code::EmptyId, &place, "The row has no id.", remedy));
            continue;
        }
        let language = Language::read(&language).unwrap_or_else(|| {
            let message = format!("There are no texts in the language of {id}.");
            let finding = Finding::error(Code::WrongType, &place, message, "Write en (English) or cy (Welsh).");
            found.push(finding.with_value(&language));
            Language::English
        });
        if contacts.contains_key(&id) {
            let message = format!("The id {id} is already in an earlier row.");
            found.push(Finding::error(Code::DuplicateId, &place, message, "Keep one of the two rows."));
            continue;
        }
        contacts.insert(id, Contact { name, phone, language, notes });
    }
    Contacts(contacts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_any_order_and_may_be_missing() {
        let contacts = Contacts::from_csv("\u{feff}Name;ID;Notes\r\nSiân; V1 ;\"blue; door\"\r\n;;\r\n".as_bytes());
        let contacts = contacts.unwrap();
        let contact = contacts.get("V1").unwrap();
        assert_eq!((contact.name.as_str(), contact.notes.as_str()), ("Siân", "blue; door"));
        assert_eq!(contacts.0.len(), 1);
    }

    #[test]
    fn a_file_as_excel_saves_it_is_read() {
        let contacts = Contacts::from_csv(b"id;name\r\n\r\nF1;Si\xe2n\r\n").unwrap();
        assert_eq!(contacts.get("F1").unwrap().name, "Siân");
        let Err(error) = Contacts::from_csv(b"\nid,notes\nF1,\"two\nlines\"\n\n,x\n") else { panic!("no error") };
        let told: Vec<_> = error.findings().iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(told, ["row 5"], "rows are counted as a spreadsheet counts them");
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let csv = "id,nmae,language\nF1,A,fr\n,B,\nF1,C,cy\n";
        let Err(error) = Contacts::from_csv(csv.as_bytes()) else { panic!("no error") };
        let told: Vec<_> = error.findings().iter().map(|finding| (finding.code, finding.path.as_str())).collect();
        let row = |n| ["", "row 1", "row 2", "row 3", "row 4"][n];
        assert_eq!(
            told,
            [
                (Code::UnknownField, row(1)),
                (Code::WrongType, row(2)),
                (Code::EmptyId, row(3)),
                (Code::DuplicateId, row(4))
            ]
        );
    }

    #[test]
    fn garbage_is_no_panic() {
        for bytes in [&b""[..], b"\xff\xfe\x00", b"id\n\"", b"\"\"\"", b"id,id\n1,2", b"{\"id\":1}", b"id\n\xff\n"] {
            let _ = Contacts::from_csv(bytes);
        }
        assert!(Contacts::from_csv(b"").is_err());
    }
}
