//! What people type, and what it is taken for.

use visitrota_model::{Code, Finding, Severity, Window};

use crate::reading::Sheets;
use crate::{findings, told};

fn availability(rows: &str) -> Vec<String> {
    let problem = Sheets::sound().with("availability", format!("who,when,from,to\n{rows}\n")).problem();
    let short = |window: &Window| {
        let time = |time: String| time.strip_prefix("2026-").unwrap_or(&time).to_owned();
        format!("{} {}", time(window.from.to_string()), time(window.to.to_string()))
    };
    problem.volunteers[0].available.iter().map(short).collect()
}

#[track_caller]
fn one(found: &[Finding], code: Code) -> &Finding {
    let mut of_code = found.iter().filter(|finding| finding.code == code);
    let (Some(one), None) = (of_code.next(), of_code.next()) else { panic!("{}", told(found)) };
    one
}

#[test]
fn hours_of_two_cells() {
    for (rows, meant) in [
        ("V1,Sat,2,4pm", "12-05T14:00 12-05T16:00"),
        ("V1,Sat,10,4pm", "12-05T10:00 12-05T16:00"),
        ("V1,Sat,9,6", "12-05T09:00 12-05T18:00"),
        ("V1,Sat,07:30,19:00", "12-05T07:30 12-05T19:00"),
        ("V1,Sat,after 1,", "12-05T13:00 12-06T00:00"),
        ("V1,Sat,,5", "12-05T00:00 12-05T17:00"),
        ("V1,Sat,all day,", "12-05T00:00 12-06T00:00"),
        ("V1,Sat,12 noon,6.30pm", "12-05T12:00 12-05T18:30"),
    ] {
        assert_eq!(availability(rows), [meant], "{rows}");
    }
}

#[test]
fn windows_that_touch_are_one() {
    assert_eq!(availability("V1,Sat,08:00,13:00\nV1,Sat,13:00,18:00"), ["12-05T08:00 12-05T18:00"]);
    assert_eq!(availability("V1,Sat,12:00,18:00\nV1,5 Dec,08:00,13:00"), ["12-05T08:00 12-05T18:00"]);
    assert_eq!(availability("V1,Sat,08:00,13:00\nV1,Sat,13:01,18:00").len(), 2);
    assert_eq!(availability("V1,5 Dec apart,08:00,13:00\nV1,5 Dec apart,13:00,18:00").len(), 2);
}

#[test]
fn windows_of_a_document_stay_as_they_are_in_its_sheets() {
    let mut problem = Sheets::sound().with("availability", "who,when,from,to\nV1,Sat,08:00,13:00\n").problem();
    let window = problem.volunteers[0].available[0];
    problem.volunteers[0].available.push(Window::new(window.to, window.to.date().at(18 * 60)));
    for name in ["week.xlsx", "week"] {
        let (_folder, path) = crate::saved(&problem, name);
        assert_eq!(crate::problem(&path), problem, "{name}");
    }
}

#[test]
fn numbers_and_words_beside_them() {
    let problem = Sheets::sound()
        .with("settings", "setting,value\nweek from,30/11/2026\ntravel margin pct,20%\ndetour pct,25%\n")
        .with("prisons", "id,latitude,long,check out min,lead days\nEWI,51.634,-2.467,15 mins,3 days\n")
        .with(
            "volunteers",
            "id,lat,lon,roles,seats,booster,max trips,max duty min,max km week,holds\n\
             V1,\"51.6, -2.5\",,driver/chaperone,4 seats,2,2 per week,9 hours,no limit,\"dbs until June 2027, insurance, licence\"\n\
             V2,51.6,-2.5,driver & chaperone,4,n/a,-,,,\"dbs, insurance, licence\"\nV3,51.6,-2.5,both,4,,,,,n/a\n",
        )
        .with("slots", "id,date,start,end,tables\nsat,Sat 5 Dec,2-3pm,,no limit\nsun,6 Dec,10am,12 noon,4 tables\n")
        .with("families", "id,lat,lon,adults,children,pickup\nF1,51.55,-2.6,1,\"18 months, 6yrs\",n/a\n")
        .with("requests", "id,family,slots,weeks waiting\nR1,F1,\"sat, sun\",6 weeks\n")
        .problem();
    assert_eq!(problem.prisons[0].check_out_min, 15);
    let [first, second, third] = problem.volunteers.as_slice() else { panic!("three volunteers") };
    assert_eq!((first.max_trips, second.max_trips), (2, 1));
    assert_eq!((first.max_duty_min, first.max_km_week), (Some(540), None));
    assert_eq!(first.roles, third.roles);
    assert_eq!(first.roles, second.roles);
    assert!(third.holds.is_empty());
    let times: Vec<_> =
        problem.slots.iter().map(|slot| (slot.start.to_string(), slot.end.to_string(), slot.tables)).collect();
    assert_eq!(times[0], ("2026-12-05T14:00".to_owned(), "2026-12-05T15:00".to_owned(), None));
    assert_eq!(times[1], ("2026-12-06T10:00".to_owned(), "2026-12-06T12:00".to_owned(), Some(4)));
    let ages: Vec<_> = problem.families[0].members.iter().map(|member| member.age).collect();
    assert_eq!(ages, [30, 1, 6]);
    assert_eq!(problem.requests[0].weeks_waiting, 6);
}

#[test]
fn units_that_are_not_the_columns_are_asked_about() {
    let prisons = "id,lat,lon,check out min,lead days\nEWI,51.634,-2.467,15 secs,3 weeks\n";
    let found = findings(&Sheets::sound().with("prisons", prisons).read(None));
    assert_eq!(found.iter().filter(|finding| finding.is_error()).count(), 2, "{}", told(&found));
    let volunteers = "id,lat,lon,roles,seats,holds,max trips\nV1,\"51.6, -2.5\",-2.5,driver,4 + driver,dbs,no limit\n";
    let found = findings(&Sheets::sound().with("volunteers", volunteers).read(None));
    let columns: Vec<_> =
        found.iter().filter(|finding| finding.is_error()).map(|finding| finding.path.as_str()).collect();
    let at = |column: &str| format!("volunteers.csv row 2, column \"{column}\"");
    for column in ["lat", "lon", "seats", "max trips"] {
        assert!(columns.contains(&at(column).as_str()), "{column}: {}", told(&found));
    }
}

#[test]
fn a_number_that_may_be_an_age_or_how_many() {
    let of = |children: &str| {
        let families = format!("id,lat,lon,adults,children\nF1,51.55,-2.6,1,{children}\n");
        findings(&Sheets::sound().with("families", families).read(None))
    };
    for children in ["0", "2", "4"] {
        let found = of(children);
        let asked = one(&found, Code::AgeOrNumber);
        assert_eq!(
            (asked.severity, asked.path.as_str()),
            (Severity::Warning, "families.csv row 2, column \"children\"")
        );
    }
    for clear in ["8", "2 years", "\"2, 1\"", "18 months", ""] {
        assert!(!of(clear).iter().any(|finding| finding.code == Code::AgeOrNumber), "{clear}");
    }
}

#[test]
fn a_date_without_a_year() {
    let found = findings(&Sheets::sound().with("settings", "setting,value\nweek from,Mon 30th November\n").read(None));
    let asked = found.iter().find(|finding| finding.path == "settings.csv row 2, column \"value\"").expect("asked");
    assert!(asked.message.contains("has no year"), "{asked}");
    let problem = Sheets::sound()
        .with("settings", "setting,value\nweek from,30/11/2026\nweek to,Sun 6th Dec\n")
        .with("slots", "id,date,start,end\nsat,Sat 5th Dec,14:00,15:00\nsun,6/12,2pm,3.30pm\n")
        .problem();
    assert_eq!(problem.week.to.to_string(), "2026-12-06");
    assert_eq!(problem.slots[0].start.to_string(), "2026-12-05T14:00");
}

#[test]
fn a_timetable_with_hours_and_weeks_of_the_month() {
    let slots = |sessions: &str| -> Vec<String> {
        let problem = Sheets::sound()
            .without("slots")
            .with("sessions", sessions)
            .with("requests", "id,family,slots\nR1,F1,sat\n")
            .problem();
        problem.slots.iter().map(|slot| format!("{} {} {}", slot.id, slot.start, slot.end)).collect()
    };
    let sat = "sat 2026-12-05T14:00 2026-12-05T16:00";
    assert_eq!(slots("id,day,start,end\nsat,Sat,2-4pm,\n"), [sat]);
    assert_eq!(slots("id,day,start,end\nsat,Sat,2pm,4:00\n"), [sat]);
    assert_eq!(slots("id,day\nsat,Sat 2-4pm\n"), [sat]);
    assert_eq!(slots("id,day,start,end\nsat,1st Sat of the month,2pm,4pm\nwed,2nd Wed of the month,2pm,4pm\n"), [sat]);
    let without = Sheets::sound().without("slots").with("sessions", "id,day\nsat,Sat\n").read(None);
    assert!(
        findings(&without).iter().any(|finding| finding.code == Code::MissingField),
        "{}",
        told(&findings(&without))
    );
}

#[test]
fn what_a_blocked_date_closes() {
    let sheets = |blocked: &str| {
        Sheets::sound()
            .without("slots")
            .with("sessions", "id,day,start,end\nsat,Sat,14:00,15:00\nsun,Sun,14:00,15:00\nfri,Fri,14:00,15:00\n")
            .with("blocked dates", format!("prison,date,to,reason\n,{blocked},full\n"))
    };
    let tables = |blocked: &str| {
        let problem = sheets(blocked).problem();
        problem.slots.iter().map(|slot| format!("{} {:?}", slot.id, slot.tables)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(tables("5 Dec,"), "fri None, sat Some(0), sun None");
    assert_eq!(tables("4-5 Dec,"), "sat Some(0), sun None", "what nobody asks for is left out");
    assert_eq!(tables("5/12/2026,6/12/2026"), "fri None, sat Some(0), sun Some(0)");
    assert_eq!(tables("first Sat of the month,"), "fri None, sat Some(0), sun None");
    assert_eq!(tables("5 Dec 9am-noon,"), "fri None, sat None, sun None");
    assert_eq!(tables("5 Dec 2.30-4pm,"), "fri None, sat Some(0), sun None");
    let found = findings(&sheets("5 Dec,").read(None));
    let told_of = one(&found, Code::NotBookable);
    assert_eq!((told_of.severity, told_of.path.as_str()), (Severity::Warning, "sessions.csv row 2"));
    assert!(told_of.message.contains("blocked dates.csv row 2"), "{told_of}");
    let dated = sheets("5 Dec,").with("sessions", "id,day,start,end\nsun,Sun,14:00,15:00\nxmas,5 Dec,10:00,11:00\n");
    let found = findings(&dated.with("requests", "id,family,slots\nR1,F1,sun\n").read(None));
    assert!(one(&found, Code::NotBookable).message.contains("xmas"), "{}", told(&found));
    let replaced = sheets("5 Dec,").with("sessions", "id,day,start,end\nsat,Sat,14:00,15:00\nxmas,5 Dec,10:00,11:00\n");
    let found = findings(&replaced.with("requests", "id,family,slots\nR1,F1,sat\n").read(None));
    assert!(!found.iter().any(Finding::is_error), "what is blocked is no error: {}", told(&found));
    let single = Sheets::sound().with("blocked dates", "prison,date\n,5 Dec\n");
    assert_eq!(single.problem().slots[0].tables, Some(0));
}

#[test]
fn accents_in_both_forms_are_one() {
    let problem = Sheets::sound()
        .with("families", "id,name,lat,lon,adults\nSia\u{302}n,Siân,51.55,-2.6,1\n")
        .with("requests", "id,family,slots\nR1,Siân,\"sat, sun\"\n")
        .problem();
    assert_eq!(problem.requests[0].families[0].as_str(), "Siân");
    let mut other = problem;
    other.families[0].name = "Sia\u{302}n".to_owned();
    for name in ["week.xlsx", "week"] {
        let (_folder, path) = crate::saved(&other, name);
        assert_eq!(crate::problem(&path), other, "{name}");
    }
}

#[test]
fn files_by_other_names() {
    let problem = Sheets::sound().problem();
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in Sheets::sound().0 {
        let text = String::from_utf8(bytes).expect("text");
        let (name, text) = match name.as_str() {
            "settings" => ("settings.tsv".to_owned(), text.replace(',', "\t")),
            name => (format!("Week 49 - {name}.csv"), text),
        };
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    assert_eq!(crate::problem(folder.path()), problem);
    std::fs::write(folder.path().join("settings.tsv"), "setting\tvalue\nweek from\tsoon\n").expect("written");
    let document = visitrota_files::Document::read(folder.path(), None).expect("read");
    assert_eq!(findings(&document)[0].path, "settings.tsv row 2, column \"value\"");
}

#[test]
fn minutes_that_may_be_hours_are_asked_about() {
    let sheets = Sheets::sound()
        .with(
            "settings",
            "setting,value\nweek from,30/11/2026\nmax duty,11\nbreak after,2\ntravel margin,0.2\nbreak,15\n",
        )
        .with(
            "volunteers",
            "id,lat,lon,roles,seats,booster,max duty min,max driving min,holds\n\
             V1,51.6,-2.5,driver,4,2,9,3 min,\"dbs, insurance, licence\"\n",
        )
        .with("families", "id,lat,lon,adults,children,max ride min,boarding min\nF1,51.55,-2.6,1,\"6, 4\",1,2\n");
    let found = findings(&sheets.read(None));
    let asked: Vec<_> = found
        .iter()
        .filter(|finding| finding.code == Code::OutOfRange && finding.message.contains("It is taken for"))
        .map(|finding| (finding.severity, finding.path.as_str(), finding.value.as_deref().unwrap_or_default()))
        .collect();
    let expected = [
        ("settings.csv row 3, column \"value\"", "11"),
        ("settings.csv row 4, column \"value\"", "2"),
        ("settings.csv row 5, column \"value\"", "0.2"),
        ("volunteers.csv row 2, column \"max duty min\"", "9"),
        ("families.csv row 2, column \"max ride min\"", "1"),
    ];
    assert_eq!(asked, expected.map(|(path, value)| (Severity::Warning, path, value)), "{}", told(&found));
    assert_eq!(sheets.problem().policy.max_duty_min, Some(11));
}

#[test]
fn another_unit_is_offered_in_that_of_the_column() {
    let prisons = "id,lat,lon,booking window (days),lead days\nEWI,51.634,-2.467,4 weeks,1 week\n";
    let told = told(&findings(&Sheets::sound().with("prisons", prisons).read(None)));
    assert!(told.contains("write 28") && told.contains("write 5"), "{told}");
}
