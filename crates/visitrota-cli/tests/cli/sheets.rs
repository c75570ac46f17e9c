//! Sheets: every verb takes them, findings name their cells, and nothing is written over.

use std::fs;
use std::path::Path;

use crate::{Run, run, workspace};

fn with(verb: &str, path: &Path, more: &[&str]) -> Run {
    run([&[verb, path.to_str().expect("UTF-8")], more].concat())
}

#[test]
fn the_same_rota_from_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let workbook = folder.path().join("week.xlsx");
    let sheets = folder.path().join("week");
    let tiny = Path::new("fixtures/tiny/problem.json");
    for to in [&workbook, &sheets] {
        let converted = with("convert", tiny, &[to.to_str().expect("UTF-8")]);
        assert_eq!((converted.code, converted.stdout.as_str()), (Some(0), ""), "{}", converted.stderr);
        assert!(converted.stderr.starts_with("Wrote "), "{}", converted.stderr);
        for verb in ["plan", "check"] {
            let from_json = with(verb, tiny, &["--format", "json"]);
            assert_eq!(with(verb, to, &["--format", "json"]).stdout, from_json.stdout, "{verb}");
        }
        let rota = with("plan", to, &["--format", "json"]).stdout;
        let file = folder.path().join("rota.json");
        fs::write(&file, rota).expect("written");
        assert_eq!(with("verify", to, &[file.to_str().expect("UTF-8")]).code, Some(0));
        let json: serde_json::Value = serde_json::from_str(&with("convert", to, &["-"]).stdout).expect("JSON");
        assert_eq!(json["name"], "A tiny weekend");
    }
    let again = with("convert", tiny, &[workbook.to_str().expect("UTF-8")]);
    assert_eq!(again.code, Some(2), "nothing is written over");
    assert!(again.stderr.contains("already"), "{}", again.stderr);
}

/// Makes the template's examples real rows, of the week of the template.
fn type_over_the_examples(sheets: &Path) {
    for entry in fs::read_dir(sheets).expect("the sheets") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a sheet");
        let real = text.replace("example ", "").replace("week from,,", "week from,2026-12-07,");
        fs::write(&path, real).expect("written");
    }
}

#[test]
fn findings_name_the_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheets = folder.path().join("week");
    assert_eq!(with("init", &sheets, &[]).code, Some(0));
    assert_eq!(with("init", &sheets, &[]).code, Some(2), "nothing is written over");
    let today = ["--today", "2026-11-30"];
    let untouched = with("plan", &sheets, &today);
    assert_eq!(untouched.code, Some(3), "examples are never planned with");
    assert!(untouched.stderr.contains("Start here"), "{}", untouched.stderr);
    type_over_the_examples(&sheets);
    let fine = with("check", &sheets, &today);
    assert_eq!(fine.code, Some(0), "{}", fine.stdout);
    let requests = sheets.join("requests.csv");
    let text = fs::read_to_string(&requests).expect("the requests");
    fs::write(&requests, text.replace("R2,F2", "R2,f2")).expect("written");
    let families = sheets.join("families.csv");
    let text = fs::read_to_string(&families).expect("the families");
    fs::write(&families, text.replace("\"6, 3\"", "two")).expect("written");
    let copy = folder.path().join("copy.xlsx");
    let check = with("check", &sheets, &[&today[..], &["--marked", copy.to_str().expect("UTF-8")]].concat());
    assert_eq!(check.code, Some(3));
    insta::assert_snapshot!("check-sheets", check.stdout.replace(folder.path().to_str().expect("UTF-8"), "[folder]"));
    let marked = with("check", &copy, &today);
    assert!(marked.stdout.contains("sheet families, cell I2"), "{}", marked.stdout);
    let plan = with("plan", &sheets, &today);
    assert_eq!(plan.code, Some(3));
    assert!(plan.stderr.contains("requests.csv row 3, column \"family\" = f2"), "{}", plan.stderr);
    let late = with("check", &workspace().join("fixtures/tiny/problem.json"), &["--today", "soon"]);
    assert_eq!(late.code, Some(2));
}

#[test]
fn phones_of_the_sheets_are_on_papers_only_if_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let sheets = folder.path().join("week");
    assert_eq!(with("init", &sheets, &[]).code, Some(0));
    type_over_the_examples(&sheets);
    let day = ["--today", "2026-11-30"];
    let papers = |out: &str, more: &[&str]| {
        let out = at(out);
        let plan = with("plan", &sheets, &[&day[..], &["--out", &out], more].concat());
        assert_eq!(plan.code, Some(0), "{}", plan.stderr);
        let mut text = String::new();
        for part in ["rota.html", "sheets", "letters"] {
            let path = Path::new(&out).join(part);
            let files = if path.is_dir() {
                fs::read_dir(&path).expect("papers").map(|entry| entry.expect("an entry").path()).collect()
            } else {
                vec![path]
            };
            for file in files.iter().filter(|file| file.exists()) {
                text += &fs::read_to_string(file).expect("a paper");
            }
        }
        text
    };
    let ids = papers("ids", &[]);
    assert!(!ids.contains("07700") && !ids.contains("blue door") && !ids.contains("Adair"));
    let named = papers("named", &["--show", "names"]);
    assert!(named.contains("07700 900789") && named.contains("blue door") && named.contains("Adair"));
    let names = at("names.csv");
    fs::write(&names, "id,name,phone\nF1,Adair,07700 900000\n").expect("written");
    let both = papers("both", &["--show", "names", "--names", &names]);
    assert!(both.contains("07700 900000") && !both.contains("07700 900789") && both.contains("blue door"));

    let json = with("convert", &sheets, &["-"]);
    assert!(json.stderr.contains("phone, language and notes") && !json.stdout.contains("07700"), "{}", json.stderr);
    let workbook = with("convert", &sheets, &[&at("week.xlsx")]);
    assert!(workbook.code == Some(0) && !workbook.stderr.contains("stay behind"), "{}", workbook.stderr);
}
