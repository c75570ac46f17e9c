//! How people are reached, and what they consent to, in their own rows.

use std::fs;

use visitrota_files::{Document, save_with_contacts};
use visitrota_model::{Code, Contact, Finding, Language};

use crate::reading::Sheets;
use crate::{findings, told};

const VOLUNTEERS: &str = "id,name,Mobile,lat,lon,roles,seats,booster,holds,notes\n\
    V1,Siân Okesby,7700900123,51.6,-2.5,driver,4,2,\"dbs, insurance, licence\",Rings first\n";
const FAMILIES: &str = "id,name,phone,preferred language,lat,lon,adults,children,notes\n\
    F1,Adair,+447700900456,Cymraeg,51.55,-2.6,1,\"6, 4\",\"The blue door, left\"\n";

fn sheets() -> Sheets {
    Sheets::sound().with("volunteers", VOLUNTEERS).with("families", FAMILIES)
}

#[track_caller]
fn only(found: &[Finding]) -> &Finding {
    let [only] = found else { panic!("{}", told(found)) };
    only
}

#[test]
fn phones_languages_and_notes_are_kept_beside_the_problem() {
    let document = sheets().read(None);
    let contacts = document.contacts();
    let contact = |id: &str| contacts.get(id).cloned().unwrap_or_default();
    assert_eq!(
        contact("V1"),
        Contact {
            name: "Siân Okesby".to_owned(),
            phone: "07700900123".to_owned(),
            language: Language::English,
            notes: "Rings first".to_owned()
        }
    );
    assert_eq!((contact("F1").language, contact("F1").phone.as_str()), (Language::Welsh, "+447700900456"));
    assert_eq!(contacts.len(), 2, "nothing is said of the prison");
    let json = serde_json::to_string(document.problem().expect("a problem")).expect("JSON");
    assert!(!json.contains("0900") && !json.contains("blue door"), "{json}");
}

#[test]
fn from_sheets_to_sheets_nothing_is_lost() {
    let prisons = "id,name,lat,lon,notes\nEWI,HMP Eastwood Park,51.634,-2.467,=not a formula\n";
    let document = sheets().with("prisons", prisons).read(None);
    assert_eq!(document.contacts().len(), 3);
    for name in ["week", "week.xlsx"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        save_with_contacts(document.problem().expect("a problem"), document.contacts(), &path).expect("saved");
        let back = Document::read(&path, None).expect("read");
        assert_eq!((back.problem(), back.contacts()), (document.problem(), document.contacts()), "{name}");
        assert!(back.left_behind().expect("what JSON lacks").message.contains("3 rows"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("week.json");
    save_with_contacts(document.problem().expect("a problem"), document.contacts(), &path).expect("saved");
    assert!(!fs::read_to_string(&path).expect("JSON").contains("blue door"));
    assert_eq!(Document::read(&path, None).expect("read").left_behind(), None);
}

#[test]
fn what_nobody_could_dial_or_read_is_told_of_by_cell() {
    for (from, to, column) in [
        ("7700900123", "4.47701E+11", "Mobile"),
        ("7700900123", "77009", "Mobile"),
        ("+447700900456", "ask Nan", "phone"),
    ] {
        let document = Sheets::sound()
            .with("volunteers", VOLUNTEERS.replace(from, to))
            .with("families", FAMILIES.replace(from, to))
            .read(None);
        let found = findings(&document);
        let wrong = only(&found);
        assert!(wrong.is_error() && wrong.path.ends_with(&format!("row 2, column \"{column}\"")), "{wrong}");
        assert_eq!(wrong.value.as_deref(), Some(to));
        assert!(document.problem().is_none());
    }
    let document = sheets().with("families", FAMILIES.replace("Cymraeg", "fr")).read(None);
    assert!(only(&findings(&document)).remedy.contains("cy (Welsh)"));
}

fn family(consent: &str, holds: &str) -> Sheets {
    let text = format!("id,lat,lon,adults,children,consent,holds\nF1,51.55,-2.6,1,\"6, 4\",{consent},{holds}\n");
    Sheets::sound().with("families", text)
}

fn held(consent: &str, holds: &str) -> Vec<String> {
    let problem = family(consent, holds).problem();
    let holds = problem.families[0].holds.iter();
    holds
        .map(|hold| match hold.until {
            Some(until) => format!("{} {until}", hold.what),
            None => hold.what.clone(),
        })
        .collect()
}

#[test]
fn consent_is_one_more_thing_that_is_held() {
    for (consent, holds, wanted) in [
        ("yes", "", &["consent"][..]),
        ("Y", "on the list", &["on the list", "consent"]),
        ("31/3/2027", "", &["consent 2027-03-31"]),
        ("until 31 March 2027", "", &["consent 2027-03-31"]),
        ("yes until 31/3/2027", "", &["consent 2027-03-31"]),
        ("no", "on the list", &["on the list"]),
        ("", "consent until 31/3/2027", &["consent 2027-03-31"]),
        ("31/3/2027", "consent until 31/3/2027", &["consent 2027-03-31"]),
        ("yes", "consent", &["consent"]),
    ] {
        assert_eq!(held(consent, holds), wanted, "{consent} {holds}");
    }
}

#[test]
fn consent_said_twice_and_otherwise_is_an_error() {
    for (consent, holds, code) in [
        ("no", "consent", Code::FieldConflict),
        ("31/3/2027", "consent", Code::FieldConflict),
        ("31/3/2027", "Consent until 1/4/2027", Code::FieldConflict),
        ("when asked", "", Code::WrongType),
    ] {
        let document = family(consent, holds).read(None);
        let found = findings(&document);
        let wrong = only(&found);
        assert_eq!(
            (wrong.code, wrong.path.as_str()),
            (code, "families.csv row 2, column \"consent\""),
            "{consent} {holds}"
        );
        assert_eq!(wrong.value.as_deref(), Some(consent), "{wrong}");
    }
}
