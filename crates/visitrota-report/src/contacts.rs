//! The file of names: who is who, how to reach them, and in which language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use visitrota_model::{Code, Finding, Problem};

use crate::error::Error;

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

/// What is known of a volunteer, a family or a prison beside the problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The telephone number, as written.
    pub phone: String,
    /// The language to write in.
    pub language: Language,
    /// Notes for who meets them: the address, a door to knock at.
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
        let Problem { prisons, volunteers, families, .. } = problem;
        let known = prisons.iter().map(|prison| prison.id.as_str());
        let known = known.chain(volunteers.iter().map(|volunteer| volunteer.id.as_str()));
        let known: BTreeSet<_> = known.chain(families.iter().map(|family| family.id.as_str())).collect();
        self.0.keys().map(String::as_str).filter(move |id| !known.contains(id))
    }

    /// Reads a file of names: CSV with the columns `id`, `name`, `phone`, `language` (`en` or `cy`) and `notes`, of
    /// which `id` alone must be there, in any order, split by commas or semicolons.
    ///
    /// # Errors
    /// [`Error::Contacts`] with everything that is wrong in it.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, Error> {
        let mut found = Vec::new();
        let contacts = read(bytes, &mut found);
        if found.is_empty() { Ok(contacts) } else { Err(Error::Contacts(found)) }
    }
}

fn read(bytes: &[u8], found: &mut Vec<Finding>) -> Contacts {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let many = |byte| head.iter().filter(|b| **b == byte).count();
    let delimiter = if many(b';') > many(b',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let mut contacts = BTreeMap::new();
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => {
            found.push(unreadable(&error));
            return Contacts::default();
        }
    };
    let mut places = [None; COLUMNS.len()];
    for (at, heading) in headings.iter().enumerate() {
        match COLUMNS.iter().position(|column| heading.eq_ignore_ascii_case(column)) {
            Some(column) if places[column].is_none() => places[column] = Some(at),
            Some(_) => found.push(Finding::error(
                Code::FieldConflict,
                "row 1",
                format!("The column `{heading}` stands twice."),
                "Take one of them out.",
            )),
            None if heading.is_empty() => {}
            None => found.push(Finding::error(
                Code::UnknownField,
                "row 1",
                format!("Nobody knows a column `{heading}`."),
                format!("The columns are {}.", COLUMNS.join(", ")),
            )),
        }
    }
    let [Some(_), ..] = places else {
        let message = "There is no column `id`.";
        let remedy = format!("The first row names the columns: {}.", COLUMNS.join(", "));
        found.push(Finding::error(Code::MissingField, "row 1", message, remedy));
        return Contacts::default();
    };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                found.push(unreadable(&error));
                continue;
            }
        };
        let row = record.position().map_or(0, csv::Position::line);
        let row = format!("row {row}");
        let cell = |column: usize| places[column].and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        let [id, name, phone, language, notes] = [0, 1, 2, 3, 4].map(cell);
        if record.iter().all(str::is_empty) {
            continue;
        }
        if id.is_empty() {
            let remedy = "Give the id of a volunteer, a family or a prison.";
            found.push(Finding::error(Code::EmptyId, &row, "The row has no id.", remedy));
            continue;
        }
        let language = Language::read(&language).unwrap_or_else(|| {
            let message = format!("There are no texts in the language of {id}.");
            let finding = Finding::error(Code::WrongType, &row, message, "Write en (English) or cy (Welsh).");
            found.push(finding.with_value(&language));
            Language::English
        });
        if contacts.contains_key(&id) {
            let message = format!("The id {id} stands in an earlier row as well.");
            found.push(Finding::error(Code::DuplicateId, &row, message, "Leave one row of the two."));
            continue;
        }
        contacts.insert(id, Contact { name, phone, language, notes });
    }
    Contacts(contacts)
}

fn unreadable(error: &csv::Error) -> Finding {
    let row = error.position().map_or_else(String::new, |at| format!("row {}", at.line()));
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "The text is not in UTF-8.".to_owned(),
        _ => format!("This cannot be read: {error}."),
    };
    Finding::error(Code::WrongType, row, message, "Save the file as CSV in UTF-8.")
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
