//! Papers: a folder of them, whole or not at all.

use std::fs;
use std::path::Path;

use crate::{run, run_on};

const ROTA: &str = "fixtures/south-wales/rota.json";
const PROBLEM: &str = "fixtures/south-wales/problem.json";

fn report(out: &Path, more: &[&str]) -> crate::Run {
    let out = out.to_str().expect("UTF-8");
    run([&["report", ROTA, "--problem", PROBLEM, "--out", out], more].concat())
}

#[test]
fn the_papers_are_written_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("papers");
    let made = report(&out, &["--names", "fixtures/south-wales/names.csv"]);
    assert_eq!((made.code, made.stdout.as_str()), (Some(0), ""));
    assert_eq!(made.stderr, format!("Wrote {}: 89 files.\n", out.display()));
    assert!(fs::read_to_string(out.join("rota.html")).expect("the page").contains("Mair Wintle"));
    assert!(out.join("sheets/sheet-V12-2026-12-04.html").exists());
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing lies about");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&out).expect("there").permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn nothing_is_lost_and_no_old_sheet_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("papers");
    fs::create_dir(&out).expect("made");
    assert_eq!(report(&out, &[]).code, Some(0), "an empty folder is as good as none");
    let again = report(&out, &[]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("it is not empty"), "{}", again.stderr);
    let file = folder.path().join("file");
    fs::write(&file, "mine").expect("written");
    let refused = report(&file, &[]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("it is not a folder"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(&file).expect("there"), "mine");
    assert!(report(&folder.path().join("no/where"), &[]).stderr.contains("no such directory"));
}

#[test]
fn plan_makes_the_same_papers() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    assert_eq!(report(&one, &[]).code, Some(0));
    let planned = run(["plan", PROBLEM, "--out", two.to_str().expect("UTF-8")]);
    assert_eq!(planned.code, Some(0));
    assert!(planned.stderr.ends_with(&format!("Wrote {}: 89 files.\n", two.display())), "{}", planned.stderr);
    let read = |folder: &Path| fs::read(folder.join("sheets.html")).expect("there");
    assert!(read(&one) == read(&two), "the fixture's rota is what is planned");
}

#[test]
fn what_is_wrong_is_told_and_no_folder_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("papers");
    let names = folder.path().join("names.csv");
    fs::write(&names, "id,nmae\nV01,Mair\n").expect("written");
    let faulty = report(&out, &["--names", names.to_str().expect("UTF-8")]);
    assert_eq!(faulty.code, Some(3));
    assert!(faulty.stderr.contains("error[unknown-field] row 1"), "{}", faulty.stderr);

    let other = run(["report", ROTA, "--problem", "fixtures/tiny/problem.json", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(other.code, Some(3));
    assert!(other.stderr.contains("names the volunteer V06, and there is none of that id."), "{}", other.stderr);

    let both = run_on(b"{}", ["report", "-", "--problem", "-", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(both.code, Some(2));
    assert_eq!(run(["plan", PROBLEM, "--show", "names"]).code, Some(2), "nothing to show it on");
    assert!(!out.exists());
}

#[test]
fn doubts_are_told_without_naming_a_prison() {
    let folder = tempfile::tempdir().expect("a folder");
    let names = folder.path().join("names.csv");
    fs::write(&names, "id,name\nV99,Nobody\n").expect("written");
    let rota = fs::read_to_string(crate::workspace().join(ROTA)).expect("a rota");
    // Somebody changed a time by hand.
    let rota = rota.replacen("T10:42", "T10:52", 1);
    let out = folder.path().join("papers");
    let (out, names) = (out.to_str().expect("UTF-8"), names.to_str().expect("UTF-8"));
    let made = run_on(rota.as_bytes(), ["report", "-", "--problem", PROBLEM, "--out", out, "--names", names]);
    assert_eq!(made.code, Some(0));
    assert!(made.stderr.contains("The file of names has the id V99, which is not in the problem."), "{}", made.stderr);
    assert!(made.stderr.contains("The rota breaks a rule: `visitrota verify` has the details."), "{}", made.stderr);
    assert!(!made.stderr.contains("Eastwood"), "{}", made.stderr);
}

#[test]
fn programs_read_on_from_standard_output() {
    let of = |format: &str, more: &[&str]| {
        let read = run([&["report", ROTA, "--problem", PROBLEM, "--format", format], more].concat());
        assert_eq!((read.code, read.stderr.as_str()), (Some(0), ""), "{format}");
        read.stdout
    };
    let csv = of("csv", &[]);
    assert!(csv.starts_with("trip,date,driver,") && csv.lines().count() == 22, "{csv}");
    assert_eq!(csv, run(["plan", PROBLEM, "--format", "csv"]).stdout);
    assert!(of("csv", &["--names", "fixtures/south-wales/names.csv"]).contains("Ceri Hathersage"));
    for (format, field) in [("json", "rides"), ("geojson", "features")] {
        let json: serde_json::Value = serde_json::from_str(&of(format, &[])).expect("JSON");
        assert!(json[field].as_array().is_some_and(|list| !list.is_empty()), "{format}");
    }
    assert_ne!(of("geojson", &[]), of("geojson", &["--show", "homes"]));
    assert_eq!(of("text", &[]), run(["plan", PROBLEM]).stdout);
    let neither = run(["report", ROTA, "--problem", PROBLEM]);
    assert_eq!(neither.code, Some(2));
    assert_eq!(run(["report", ROTA, "--problem", PROBLEM, "--format", "text", "--show", "homes"]).code, Some(2));
    // A faulty document is told to programs as JSON.
    let faulty = run(["report", ROTA, "--problem", "fixtures/tiny/problem.json", "--format", "json"]);
    assert_eq!(faulty.code, Some(3));
    assert!(faulty.stdout.contains("\"findings\""), "{}", faulty.stdout);
}

#[test]
fn calendars_follow_an_earlier_rota_and_claims_the_files_beside() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        path.into_os_string().into_string().expect("UTF-8")
    };
    let rota = fs::read_to_string(crate::workspace().join(ROTA)).expect("a rota");
    let earlier = file("earlier.json", &rota.replacen("T10:42", "T10:52", 1));
    let miles = file("miles.csv", "id,miles\nV01,9950\nZZ,1\n");
    let rates = file("rates.csv", "from,first_miles,first_rate,later_rate,passenger_rate\n6/4/2026,10000,60,20,0\n");
    let out = folder.path().join("papers");
    let made = report(&out, &["--previous", &earlier, "--miles-so-far", &miles, "--rates", &rates]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    assert!(made.stderr.contains("The file of miles has the id ZZ, which is not in the problem."), "{}", made.stderr);
    let read = |name: &str| fs::read_to_string(out.join(name)).expect("there");
    assert_eq!(read("calendars/all.ics").matches("SEQUENCE:1").count(), 1);
    assert!(!read("calendars/all.ics").contains("DTSTAMP:1970"));
    // 69.2 miles: 50.0 at 60p and 19.2 at 20p.
    assert!(read("tables/mileage.csv").contains(",69.2,50.0,60,19.2,20,3,192.8,0,33.84,10019.2,"));

    let other = folder.path().join("other");
    let refused = report(&other, &["--previous", "fixtures/clock-change/rota.json"]);
    assert_eq!(refused.code, Some(3));
    assert!(refused.stderr.contains("The trip is not in the week 2026-11-30 to 2026-12-06."));
    let faulty = file("faulty.csv", "id,miles\nV01,a lot\n");
    assert!(report(&other, &["--miles-so-far", &faulty]).stderr.contains("error[wrong-type] row 2 = a lot"));
    assert!(!other.exists());
}

#[test]
fn the_rides_of_a_report_read_back_as_the_rota_that_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("papers");
    let made = report(&out, &[]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let score = |rota: &str| {
        let verified = run(["verify", PROBLEM, rota]);
        assert_eq!((verified.code, verified.stderr.as_str()), (Some(0), ""), "no column of ours is strange");
        let score = verified.stdout.lines().find(|line| line.trim_start().starts_with("score"));
        score.expect("a score").to_owned()
    };
    let expected = score(ROTA);
    for file in ["rota.xlsx", "tables/rides.csv", "tables"] {
        assert_eq!(score(out.join(file).to_str().expect("UTF-8")), expected, "{file}");
    }
}
