//! The template: what it says as it is, and what becomes of its examples.

use std::fs;
use std::path::{Path, PathBuf};

use visitrota_files::{Document, init, save};
use visitrota_model::{Code, Finding, Problem};

use crate::{findings, told};

/// The template as a folder, and what keeps it.
pub(crate) fn template(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    init(&path).expect("written");
    (folder, path)
}

fn change(folder: &Path, sheet: &str, change: impl Fn(&str) -> String) {
    let path = folder.join(sheet).with_extension("csv");
    let text = fs::read_to_string(&path).expect("the sheet");
    let changed = change(&text);
    assert_ne!(text, changed, "{sheet}");
    fs::write(&path, changed).expect("written");
}

fn read(path: &Path) -> (Vec<Finding>, Option<Problem>) {
    let document = Document::read(path, None).expect("read");
    (findings(&document), document.problem().cloned())
}

fn first_date(settings: &str) -> String {
    settings.replace("week from,,", "week from,7/12/2026,")
}

#[track_caller]
fn of_code(found: &[Finding], code: Code) -> Vec<&Finding> {
    found.iter().filter(|finding| finding.code == code).collect()
}

#[test]
fn as_it_is_it_says_where_to_begin() {
    for name in ["week", "week.xlsx"] {
        let (_folder, path) = template(name);
        let (found, problem) = read(&path);
        assert_eq!((problem, found.len()), (None, 1), "{name}: {}", told(&found));
        let only = &found[0];
        assert!(only.is_error() && only.code == Code::Examples, "{only}");
        assert!(only.remedy.contains("settings") && only.remedy.contains("Start here"), "{only}");
    }
}

#[test]
fn what_is_wrong_in_the_settings_is_told_all_the_same() {
    let (_folder, path) = template("week");
    change(&path, "settings", |text| first_date(text).replace("turnaround,30 min", "turnaround,a while"));
    let (found, _) = read(&path);
    assert_eq!(found.len(), 2, "{}", told(&found));
    assert!(told(&found).contains("a while"), "{}", told(&found));
}

/// The sheets whose rows are examples.
const WITH_EXAMPLES: [&str; 15] = [
    "prisons",
    "sessions",
    "blocked dates",
    "slots",
    "volunteers",
    "availability",
    "families",
    "people",
    "meeting points",
    "prisoners",
    "requests",
    "pairs",
    "pins",
    "published",
    "places",
];

#[test]
fn examples_that_were_typed_over_are_a_sound_problem() {
    let (_folder, path) = template("week");
    change(&path, "settings", first_date);
    for sheet in WITH_EXAMPLES {
        change(&path, sheet, |text| text.replace("example ", ""));
    }
    let (found, problem) = read(&path);
    assert!(found.is_empty(), "{}", told(&found));
    let problem = problem.expect("a problem");
    assert_eq!((problem.slots.len(), problem.volunteers.len(), problem.requests.len()), (3, 2, 2));
    // Saturday is taken away from V1, and the family with its adult counted has three members.
    assert_eq!((problem.volunteers[0].available.len(), problem.families[0].members.len()), (2, 3));
    for form in ["again", "again.xlsx", "again.json"] {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join(form);
        save(&problem, &copy).expect("saved");
        assert_eq!(read(&copy).1.as_ref(), Some(&problem), "{form}");
    }
}

#[test]
fn examples_left_beside_real_rows_take_no_part() {
    let (_folder, path) = template("week");
    change(&path, "settings", first_date);
    for sheet in ["prisons", "slots", "volunteers", "availability", "families", "people", "requests"] {
        // Each example, and the same as a real row below it.
        change(&path, sheet, |text| {
            let rows = text.lines().skip(1).filter(|row| !row.contains("SCHOOL") && !row.contains("P1"));
            let real: String = rows.map(|row| format!("{}\n", row.replace("example ", ""))).collect();
            text.to_owned() + &real.replace("not Sat 12 Dec", "not Wed 9 Dec")
        });
    }
    change(&path, "places", |text| text.replace("example AC", "AC"));
    let (found, problem) = read(&path);
    let problem = problem.unwrap_or_else(|| panic!("{}", told(&found)));
    assert_eq!((problem.volunteers.len(), problem.requests.len(), problem.published.len()), (2, 1, 0));
    assert!(problem.volunteers.iter().all(|volunteer| !volunteer.id.as_str().starts_with("example")));
    let [left] = of_code(&found, Code::Examples)[..] else { panic!("{}", told(&found)) };
    assert!(!left.is_error() && left.message.contains("rows are examples"), "{left}");
    assert!(left.message.contains("sheets prisons, sessions, ") && left.message.contains("pins, "), "{left}");
    assert!(!left.message.contains("places"), "{left}");
}

#[test]
fn an_example_half_typed_over_is_asked_about() {
    let (_folder, path) = template("week");
    change(&path, "settings", first_date);
    change(&path, "volunteers", |text| text.replace("Ann Fellgate", "Siân Okesby"));
    let (found, problem) = read(&path);
    assert!(problem.is_none());
    let [changed, _] = of_code(&found, Code::Examples)[..] else { panic!("{}", told(&found)) };
    assert!(changed.is_error() && changed.path == "volunteers.csv row 2, column \"id\"", "{changed}");
    assert_eq!(changed.value.as_deref(), Some("example V1"));
}

#[test]
fn examples_as_excel_saves_them_are_still_examples() {
    let (_folder, path) = template("week");
    change(&path, "availability", |text| text.replace("2026-12-13,06:30,18:00", "13/12/2026,6:30,18:00:00"));
    change(&path, "places", |text| text.replace("51.6,", "51.60,"));
    let (found, _) = read(&path);
    assert_eq!(found.len(), 1, "{}", told(&found));
}

#[test]
fn an_id_that_begins_as_examples_do_is_kept() {
    let (_folder, path) = template("week");
    change(&path, "settings", first_date);
    for sheet in WITH_EXAMPLES {
        change(&path, sheet, |text| text.replace("example ", ""));
    }
    let mut problem = read(&path).1.expect("a problem");
    problem.volunteers[0].id = "Example 1".into();
    for form in ["again", "again.xlsx"] {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join(form);
        save(&problem, &copy).expect("saved");
        assert_eq!(read(&copy).1.map(|problem| problem.volunteers.len()), Some(2), "{form}");
    }
}

#[test]
fn one_setting_on_both_sheets_names_both_cells() {
    let (_folder, path) = template("week");
    change(&path, "settings", |text| format!("{}detour,25 min\n", first_date(text)));
    let (found, _) = read(&path);
    let [both] = of_code(&found, Code::FieldConflict)[..] else { panic!("{}", told(&found)) };
    assert!(both.path.starts_with("more settings.csv row "), "{both}");
    assert!(both.message.contains("settings.csv row 19"), "{both}");
}

#[test]
fn a_setting_does_on_either_sheet_by_its_old_name_or_its_new() {
    let sheets = crate::reading::Sheets::sound;
    let more = "setting,value\nmax duty,11 h\nmax driving,5 h 30 min\nbreak after,100\nturnaround,1h\n";
    let policy = sheets().with("more settings", more).problem().policy;
    assert_eq!((policy.max_duty_min, policy.max_driving_min), (Some(660), Some(330)));
    assert_eq!((policy.break_after_min, policy.turnaround_min), (100, 60));
    let old = "setting,value\nweek from,30/11/2026\nmax duty min,600\nbreak min,20\ntravel margin pct,20%\n";
    let problem = sheets().with("settings", old).problem();
    assert_eq!((problem.policy.max_duty_min, problem.policy.break_min), (Some(600), 20));
    assert!((problem.travel.margin_pct - 20.0).abs() < 1e-9);
}

#[test]
fn what_a_coordinator_understands_comes_first() {
    let (_folder, path) = template("week");
    let text = |sheet: &str| fs::read_to_string(path.join(sheet).with_extension("csv")).expect("the sheet");
    let settings = text("settings");
    for row in [
        "week from,,",
        "max duty,11 h,",
        "max driving,5 h 30 min,",
        "family requires,consent,",
        "volunteer hours,06:30-21:00",
    ] {
        assert!(settings.contains(row), "{settings}");
    }
    assert!(!settings.contains("weight") && !settings.contains("timezone"), "{settings}");
    let more = text("more settings");
    assert!(more.contains("weight visit,10000,") && more.contains("timezone,Europe/London,"), "{more}");
    assert!(text("families").contains("children's ages"));
    let start = text("Start here");
    for says in
        ["visitrota check week.xlsx", "visitrota plan week.xlsx", "rota.html", "the name does", "Nothing leaves"]
    {
        assert!(start.contains(says), "{start}");
    }
}

#[test]
fn what_is_forgotten_of_an_example_is_told_of() {
    let (_folder, path) = template("week");
    change(&path, "settings", first_date);
    for sheet in ["prisons", "volunteers", "families", "meeting points"] {
        change(&path, sheet, |text| text.replace("example ", ""));
    }
    let (found, _) = read(&path);
    let unknown = of_code(&found, Code::NoCoordinates);
    assert_eq!(unknown.len(), 7, "{}", told(&found));
}

#[test]
fn what_is_left_of_an_example_typed_over_is_asked_about() {
    let (_folder, path) = template("week");
    change(&path, "settings", first_date);
    change(&path, "prisons", |text| text.replace("example ASH,HMP Ashcombe", "DOV,HMP Dovegate"));
    change(&path, "families", |text| text.replace("example F1,Adair", "K1,Kerrow"));
    change(&path, "places", |text| text.replace("example ", ""));
    let (found, _) = read(&path);
    let asked: Vec<_> =
        of_code(&found, Code::Examples).into_iter().filter(|one| one.message.contains("left")).collect();
    let [prison, family] = asked[..] else { panic!("{}", told(&found)) };
    assert!(!prison.is_error() && prison.path.starts_with("prisons.csv row 2"), "{prison}");
    assert!(prison.message.contains("escort requires") && prison.message.contains("notes"), "{prison}");
    assert!(family.path.starts_with("families.csv row 2, column \"phone\""), "{family}");
}
