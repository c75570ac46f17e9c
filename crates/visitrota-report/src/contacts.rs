//! The file of names: who is who, how to reach them, and in which language.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Code, Contact, Finding, Language, Problem, ReadLimits};

use crate::error::Error;
use crate::listing::{self, Row};
use crate::privacy::Privacy;

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
pub struct Contacts {
    known: BTreeMap<String, Contact>,
    /// Those whose language is given.
    spoken: BTreeSet<String>,
}

/// The columns; the first must be there.
const COLUMNS: [&str; 5] = ["id", "name", "phone", "language", "notes"];
/// Other headings of theirs, as forms and lists have them.
const ALSO: [&[&str]; 5] = [
    &["family id", "volunteer id", "code", "ref", "reference"],
    &["full name", "names"],
    &["mobile", "mobile number", "telephone", "telephone number", "phone number", "tel", "contact number"],
    &["preferred language"],
    &["note", "comment", "comments", "address"],
];

impl Contacts {
    /// Who has this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Contact> {
        self.known.get(id)
    }

    /// The ids that are nobody's in the problem, in order.
    pub fn strangers(&self, problem: &Problem) -> impl Iterator<Item = &str> {
        let known: BTreeSet<_> = problem.named().map(|(id, _)| id).collect();
        self.known.keys().map(String::as_str).filter(move |id| !known.contains(id))
    }

    /// These contacts, and behind them what a workbook says of people: where there is no telephone number and no note
    /// here, those, if names may be shown; and its language for whom none is given here. Names are the problem's.
    #[must_use]
    pub fn before<'c>(
        mut self,
        workbook: impl IntoIterator<Item = (&'c String, &'c Contact)>,
        privacy: Privacy,
    ) -> Self {
        for (id, behind) in workbook {
            let contact = self.known.entry(id.clone()).or_default();
            if !self.spoken.contains(id) {
                contact.language = behind.language;
            }
            if contact.phone.is_empty() && privacy.names {
                contact.phone.clone_from(&behind.phone);
            }
            if contact.notes.is_empty() && privacy.names {
                contact.notes.clone_from(&behind.notes);
            }
        }
        self
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
    let (mut contacts, mut spoken) = (BTreeMap::new(), BTreeSet::new());
    for row in listing::read_also(bytes, &COLUMNS, &ALSO, 1, limits, found) {
        let (of_phone, of_language) = (row.at(2, "phone"), row.at(3, "language"));
        let Row { place, cells, .. } = row;
        let Ok([id, name, phone, language, notes]) = <[String; 5]>::try_from(cells) else { continue };
        if id.is_empty() {
            let remedy = "Give the id of a volunteer, a family, a prison, a meeting point or a prisoner.";
            found.push(Finding::error(Code::EmptyId, &place, "The row has no id.", remedy));
            continue;
        }
        let mut at = |place: String, finding: Finding| found.push(finding.at(place));
        if !language.is_empty() {
            spoken.insert(id.clone());
        }
        let language = Language::read(&language, &id).unwrap_or_else(|finding| {
            at(of_language, finding);
            Language::English
        });
        let phone = Contact::read_phone(&phone).unwrap_or_else(|finding| {
            at(of_phone, finding);
            String::new()
        });
        if contacts.contains_key(&id) {
            let message = format!("The id {id} is already in an earlier row.");
            found.push(Finding::error(Code::DuplicateId, &place, message, "Keep one of the two rows."));
            continue;
        }
        contacts.insert(id, Contact { name, phone, language, notes });
    }
    Contacts { known: contacts, spoken }
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
        assert_eq!(contacts.known.len(), 1);
    }

    #[test]
    fn what_a_file_lacks_comes_from_the_sheets() {
        let file = || Contacts::from_csv(b"id,name,language\nF1,Adair,\nF2,Corrin,en\n").unwrap();
        let welsh = Contact { language: Language::Welsh, phone: "01633 496 0000".to_owned(), ..Contact::default() };
        let sheets = ["F1", "F2", "F3"].map(|id| (id.to_owned(), welsh.clone()));
        let joined = |privacy| file().before(sheets.iter().map(|(id, contact)| (id, contact)), privacy);
        let (shown, hidden) = (joined(Privacy::ALL), joined(Privacy::default()));
        let of = |contacts: &Contacts, id: &str| {
            (contacts.get(id).unwrap().language, contacts.get(id).unwrap().phone.clone())
        };
        assert_eq!(of(&shown, "F1"), (Language::Welsh, welsh.phone.clone()));
        assert_eq!(of(&shown, "F2").0, Language::English, "the file says so");
        assert_eq!(of(&hidden, "F1"), (Language::Welsh, String::new()));
        assert_eq!(of(&hidden, "F3"), (Language::Welsh, String::new()));
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
                (Code::WrongType, "row 2, column \"language\""),
                (Code::EmptyId, row(3)),
                (Code::DuplicateId, row(4))
            ]
        );
    }

    #[track_caller]
    fn told(csv: &str) -> Vec<(Code, String)> {
        let Err(error) = Contacts::from_csv(csv.as_bytes()) else { panic!("no error") };
        error.findings().iter().map(|finding| (finding.code, finding.path.clone())).collect()
    }

    #[test]
    fn numbers_as_spreadsheets_leave_them() {
        let csv = "Volunteer ID,Full name,Mobile\nV1,Siân,=\"07700900123\"\nV2,Ann,7700900124\nV3,Bo,n/a\n";
        let contacts = Contacts::from_csv(csv.as_bytes()).unwrap();
        let phone = |id| contacts.get(id).map(|contact| contact.phone.as_str());
        assert_eq!([phone("V1"), phone("V2"), phone("V3")], ["07700900123", "07700900124", ""].map(Some));
        let csv = "id,name,phone\nV1,Siân,4.47701E+11\nV2,Ann,77009\n";
        let at = |row| (Code::WrongType, format!("row {row}, column \"phone\""));
        assert_eq!(told(csv), [at(2), at(3)]);
    }

    #[test]
    fn nothing_is_dropped_or_taken_for_what_it_is_not() {
        let lost = |row, column: &str| (Code::MissingField, format!("row {row}, column {column}"));
        assert_eq!(told("id,name,\nF1,Cadwell,07700900123\nF2,Drury,\n"), [lost(2, "C")]);
        assert_eq!(told("id,name,notes\nF1,Cadwell, Mrs,rings\n"), [lost(2, "D")]);
        let odd = |row| (Code::WrongType, format!("row {row}, column \"name\""));
        assert_eq!(told("id,name\nF1,#N/A\nF2,\"=HYPERLINK(\"\"x\"\")\"\n"), [odd(2), odd(3)]);
        let ours = Contacts::from_csv(b"id,name,notes\nF1,'=x,-1+2\n").unwrap();
        assert_eq!(ours.get("F1").map(|contact| contact.name.as_str()), Some("=x"), "as our own tables have it");
    }

    #[test]
    fn garbage_is_no_panic() {
        for bytes in [&b""[..], b"\xff\xfe\x00", b"id\n\"", b"\"\"\"", b"id,id\n1,2", b"{\"id\":1}", b"id\n\xff\n"] {
            let _ = Contacts::from_csv(bytes);
        }
        assert!(Contacts::from_csv(b"").is_err());
    }
}
