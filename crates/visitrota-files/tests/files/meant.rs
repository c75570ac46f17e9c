//! Who and what is meant by what people write: names for ids, words in capitals, parts of a hundred; and what is found
//! besides, where part of a problem cannot be read.

use visitrota_model::{Code, Finding};

use crate::reading::Sheets;
use crate::{findings, told};

const FAMILIES: &str = "id,name,lat,lon,adults,children,pickup\nF1,Cadwell,51.55,-2.6,1,\"6, 4\",Bus station\n\
                        F2,Drury,51.56,-2.6,1,,home\nF3,Drury,51.56,-2.7,1,,home\n";

fn named() -> Sheets {
    let volunteers = "id,name,lat,lon,roles,seats,booster,holds\n\
                      V1,Siân Pryce,51.6,-2.5,driver,4,2,\"dbs, insurance, licence\"\n";
    let requests = "id,family,slots\nR1,Cadwell,\"sat, sun\"\nR2,F2,sat\nR3,F3 (Drury),sun\n";
    Sheets::sound()
        .with("meeting points", "id,name,lat,lon\nM1,Bus station,51.5,-2.6\n")
        .with("volunteers", volunteers)
        .with("families", FAMILIES)
        .with("requests", requests)
}

#[test]
fn a_name_does_where_an_id_is_asked_for() {
    let document = named()
        .with("availability", "who,when,from,to\nSIÂN  pryce,weekend,08:00,19:00\nF2 - Drury,Sat,,\n")
        .with("sessions", "id,prison,day,start,end\nnew,hmp eastwood park,Fri,10:00,11:00\n")
        .with("blocked dates", "prison,date\nHMP Eastwood Park,2/12/2026\n")
        .with("pins", "request,slot,driver,family\nR1,sat,Siân Pryce,Cadwell\n")
        .with("published", "request,slot,driver,family\nR1,sat,V1 Siân Pryce,F1: Cadwell\n")
        .with("pairs", "a,b,rule\nCadwell,Siân Pryce,usual\n");
    let problem = document.problem();
    assert_eq!(problem.requests[0].families[0].as_str(), "F1");
    assert_eq!(problem.requests[2].families[0].as_str(), "F3");
    assert_eq!(serde_json::to_value(&problem.families[0].pickup).unwrap(), "M1");
    assert_eq!(problem.volunteers[0].available.len(), 2);
    assert_eq!(problem.families[1].available.len(), 1);
    assert_eq!(problem.slots[2].prison.as_str(), "EWI");
    let pin = &problem.pins[0];
    assert_eq!((pin.driver.as_ref().unwrap().as_str(), pin.family.as_ref().unwrap().as_str()), ("V1", "F1"));
    assert_eq!(problem.published[0].driver.as_str(), "V1");
    assert_eq!((problem.pairs[0].a.as_str(), problem.pairs[0].b.as_str()), ("F1", "V1"));
}

#[test]
fn a_name_that_several_have_is_nobodys() {
    for (name, text) in [
        ("requests", "id,family,slots\nR1,Drury,sat\n"),
        ("availability", "who,when\nV1,weekend\nDrury,Sat\n"),
        ("people", "family,age\nDrury,30\n"),
    ] {
        let found = findings(&named().with(name, text).read(None));
        let errors: Vec<&Finding> = found.iter().filter(|finding| finding.is_error()).collect();
        assert!(errors.iter().any(|finding| finding.code == Code::UnknownId), "{name}: {}", told(&found));
    }
}

#[test]
fn what_is_held_is_read_without_regard_to_capitals() {
    let volunteers = |holds: &str| {
        let text = format!("id,lat,lon,roles,seats,booster,holds\nV1,51.6,-2.5,driver,4,2,\"{holds}\"\n");
        let problem = Sheets::sound().with("volunteers", text).problem();
        problem.volunteers[0].holds.iter().map(|hold| hold.what.clone()).collect::<Vec<_>>()
    };
    assert_eq!(volunteers("DBS until 1/3/2028, Insurance; LICENCE"), ["dbs", "insurance", "licence"]);
    assert_eq!(volunteers("DBS, Welsh"), ["DBS".to_lowercase(), "Welsh".to_owned()]);
    assert_eq!(volunteers("\"\"DBS\"\", licence"), ["DBS", "licence"]);
    // The policy's own words are as the settings have them.
    let settings = "setting,value\nweek from,30/11/2026\ndriver requires,\"First Aid, DBS\"\n";
    let volunteers = "id,lat,lon,roles,seats,booster,holds\nV1,51.6,-2.5,driver,4,2,\"first-aid, dbs\"\n";
    let problem = Sheets::sound().with("settings", settings).with("volunteers", volunteers).problem();
    let holds: Vec<_> = problem.volunteers[0].holds.iter().map(|hold| hold.what.as_str()).collect();
    assert_eq!(holds, ["First Aid", "DBS"]);
}

#[test]
fn what_a_document_spells_otherwise_stays_so_in_its_sheets() {
    let mut problem = Sheets::sound().problem();
    "DBS".clone_into(&mut problem.volunteers[0].holds[0].what);
    for name in ["week.xlsx", "week"] {
        let (_folder, path) = crate::saved(&problem, name);
        assert_eq!(crate::problem(&path), problem, "{name}");
    }
}

#[test]
fn a_locked_trip_keeps_its_session_on_a_blocked_date() {
    let document = Sheets::sound()
        .with("sessions", "id,day,start,end\nfri,Fri,10:00,11:00\n")
        .with("blocked dates", "date\n4/12/2026\n")
        .with("locked", "trip,driver,slot,requests\n1,V1,fri,R1\n")
        .read(None);
    let found = findings(&document);
    assert!(!found.iter().any(|finding| finding.code == Code::UnknownId), "{}", told(&found));
    assert!(found.iter().any(|finding| finding.code == Code::NotBookable), "{}", told(&found));
}

#[test]
fn an_error_in_one_sheet_hides_no_warning_of_another() {
    let document = Sheets::sound()
        .with("slots", "id,date,start,end\nsat,5/12/2026,02:00,03:00\nsun,6 Dec 2026,2pm,3.30pm\n")
        .with("requests", "id,family,slots,weeks waiting\nR1,F1,\"sat, sun\",a few\n")
        .read(None);
    let found = findings(&document);
    assert!(found.iter().any(|finding| finding.code == Code::WrongType), "{}", told(&found));
    assert!(found.iter().any(|finding| finding.code == Code::OddSlot), "{}", told(&found));
    assert!(document.problem().is_none());
    let (draft, unread) = document.draft().expect("a draft");
    assert_eq!((draft.families.len(), unread), (1, &[("requests".to_owned(), 0)][..]));
    // Where the week is not known, nothing can be said.
    assert!(Sheets::sound().with("settings", "setting,value\nweek from,soon\n").read(None).draft().is_none());
}

#[test]
fn a_week_without_its_year_hides_nothing() {
    let settings = "setting,value\nweek from,Mon 30th Nov\nweek to,Sun 6 Dec\n";
    let sheets = Sheets::sound()
        .with("settings", settings)
        .with("availability", "who,when\nV1,Sat 5 Dec\n")
        .with("slots", "id,date,start,end\nsat,5 Dec,02:00,03:00\nsun,Sun 6th December,2pm,3.30pm\n");
    let found = findings(&sheets.read(Some("2026-11-20")));
    let told = told(&found);
    let errors: Vec<_> = found.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.len() == 1 && errors[0].remedy.contains("Mon 30 Nov 2026"), "{told}");
    assert!(found.iter().any(|finding| finding.code == Code::OddSlot), "{told}");
    // Without today's date, nobody knows the year.
    assert!(sheets.read(None).draft().is_none());
}

#[test]
fn part_of_a_name_is_asked_about() {
    let told = |who: &str| {
        let availability = format!("who,when\nV1,weekend\n{who},Sat\n");
        told(&findings(&named().with("availability", availability).read(None)))
    };
    for (who, remedy) in [
        ("Siân", "Did you mean V1?"),
        ("Sian Pryce", "Did you mean V1?"),
        ("Mrs Drury", "There is F1, F2"),
        ("V12", "There is"),
    ] {
        assert!(told(who).contains(remedy), "{who}: {}", told(who));
    }
    let blocked = Sheets::sound().with("blocked dates", "prison,date\nASH,2/12/2026\n").read(None);
    let told = self::told(&findings(&blocked));
    assert!(told.contains("There is EWI."), "{told}");
}

#[test]
fn a_number_among_words_is_named() {
    for (cell, remedy) in [("1 (Nan)", "Write 1, if"), ("two", "Write 2, if"), ("new", "Give a whole number")] {
        let families = format!("id,lat,lon,adults,children\nF1,51.55,-2.6,{cell},\"6, 4\"\n");
        let told = told(&findings(&Sheets::sound().with("families", families).read(None)));
        assert!(told.contains(remedy), "{cell}: {told}");
    }
}

#[test]
fn nobody_is_without_windows_while_some_are_nobodys() {
    let idle = |rows: &str| {
        let slots = "id,date,start,end\nsat,5/12/2026,14:00,soon\nsun,6 Dec 2026,2pm,3.30pm\n";
        let sheets = named().with("availability", format!("who,when\n{rows}\n")).with("slots", slots);
        let document = sheets.read(None);
        assert!(document.problem().is_none());
        findings(&document).iter().any(|finding| finding.code == Code::IdleVolunteer)
    };
    assert!(idle("F2,Sat"));
    assert!(!idle("Siân,Sat"));
}

#[test]
fn a_session_that_cannot_be_read_still_has_its_slots() {
    let read = |sessions: &str, requests: &str| {
        Sheets::sound()
            .with("sessions", format!("id,day,start,end,tables,from,every\n{sessions}\n"))
            .with("requests", format!("id,family,slots\n{requests}\n"))
            .with("pins", "request,slot\nR1,sat pm\n")
            .read(Some("2026-12-01"))
    };
    for bad in
        ["sat pm,Sat,2pm,3pm,varies,,", "sat pm,Sat,2pm for 2.15,,,,", "sat pm,Sat,2pm,3pm,,30/11/2026,fortnightly"]
    {
        let document = read(bad, "R1,F1,sat pm\nR2,F1,wed");
        let found = findings(&document);
        let errors: Vec<&Finding> = found.iter().filter(|finding| finding.is_error()).collect();
        let at = |sheet: &str| errors.iter().filter(|finding| finding.path.starts_with(sheet)).count();
        assert_eq!((at("sessions"), at("pins")), (1, 0), "{bad}: {}", told(&found));
        let requests: Vec<_> = found.iter().filter(|finding| finding.path.starts_with("requests.csv")).collect();
        assert!(requests.iter().all(|one| one.path.contains("row 3")) && !requests.is_empty(), "{}", told(&found));
    }
    // Where it has no id of its own, its slots begin with the prison's.
    let found = findings(&read(",Sat,2pm,3pm,varies,,", "R1,F1,EWI-sat-1400\nR2,F1,sun"));
    let told = told(&found);
    assert!(!told.contains("EWI-sat-1400") && told.contains("sat pm"), "{told}");
}

#[test]
fn slots_in_capitals_and_with_or_between_them() {
    let sheets = Sheets::sound()
        .with("requests", "id,family,slots\nR1,F1,Sat or SUN\n")
        .with("pins", "request,slot\nR1,SUN\n")
        .with("published", "request,slot,driver\nR1,Sun,V1\n")
        .with("locked", "trip,driver,slot,requests\n");
    let problem = sheets.problem();
    let options: Vec<_> = problem.requests[0].options.iter().map(|one| (one.slot.as_str(), one.rank)).collect();
    assert_eq!(options, [("sat", 0), ("sun", 1)]);
    assert_eq!(problem.pins[0].slot.as_ref().map(|slot| slot.as_str()), Some("sun"));
    assert_eq!(problem.published[0].slot.as_str(), "sun");
    let rota = crate::rota_of(b"driver,slot,request\nV1,SUN,R1\n", "rides", &problem);
    assert_eq!(rota.expect("a rota").trips[0].slot.as_str(), "sun");
}

#[test]
fn an_unknown_slot_is_told_with_those_that_there_are() {
    let document = Sheets::sound().with("requests", "id,family,slots\nR1,F1,\"Sat 12 Dec 2pm, sat\"\n").read(None);
    let problem = document.problem().expect("a problem");
    let found = findings(&document);
    let unknown = found.iter().find(|finding| finding.code == Code::UnknownId).expect("an unknown slot");
    assert!(unknown.remedy.contains("There are sat, sun."), "{unknown}");
    assert_eq!(problem.slots.len(), 2);
}

#[test]
fn several_in_a_cell_for_one_are_all_told() {
    let problem = named().problem();
    let found = crate::rota_of(b"driver,slot,family\nV1,sat,Cadwell & F2\n", "rides", &problem).expect_err("two");
    let [one] = &found[..] else { panic!("{}", told(&found)) };
    assert!(one.message.contains("F1 and F2") && one.remedy.contains("a row of its own"), "{one}");
}

#[test]
fn one_fault_of_a_row_hides_no_other() {
    let families = "id,name,lat,lon,adults,children,max ride min\nF1,Cadwell,51.55,-2.6,1,,\nF2,Drury,,,some,,\n";
    let document = named()
        .with("families", families)
        .with("requests", "id,family,slots\nR1,F1,sat\nR2,F2,sat\n")
        .with("availability", "who,when\nV1,weekend\nNobody,whenever\n")
        .with("pins", "request,slot,driver\nR1,Wed,Siân\n");
    let found = findings(&document.read(None));
    let at = |path: &str| found.iter().any(|finding| finding.is_error() && finding.path == path);
    for path in [
        "families.csv row 3, column \"adults\"",
        "availability.csv row 3, column \"who\"",
        "availability.csv row 3, column \"when\"",
        "pins.csv row 2, column \"slot\"",
        "pins.csv row 2, column \"driver\"",
    ] {
        assert!(at(path), "{path}: {}", told(&found));
    }
    assert!(found.iter().any(|finding| finding.code == Code::NoCoordinates), "{}", told(&found));
}

#[test]
fn consent_is_asked_for_in_its_own_column() {
    let settings = "setting,value\nweek from,30/11/2026\nfamily requires,consent\n";
    let requests = "id,family,slots\nR1,F1,sat\nR2,F2,sun\n";
    let families = |consent: &str| {
        let text =
            format!("id,lat,lon,adults,children,consent\nF1,51.55,-2.6,1,\"6, 4\",{consent}\nF2,51.5,-2.6,1,,yes\n");
        let document =
            Sheets::sound().with("settings", settings).with("families", text).with("requests", requests).read(None);
        told(&findings(&document))
    };
    let lacking = families("no");
    assert!(lacking.contains("in the column consent of F1") && !lacking.contains("`holds`"), "{lacking}");
    let given = families("given");
    assert!(given.contains("Give yes, no, or the date"), "{given}");
}

#[test]
fn what_is_told_of_hours_is_told_where_they_stand() {
    for (sessions, cell, shown) in [
        ("day,start,end\nSat 2-3.30am,,\n", "column \"day\"", "Sat 2-3.30am"),
        ("day,start,end\nSat,2-3.30am,\n", "column \"start\"", "2-3.30am"),
    ] {
        let found = findings(&Sheets::sound().with("sessions", sessions).read(None));
        let odd =
            found.iter().find(|finding| finding.code == Code::OddSlot).unwrap_or_else(|| panic!("{}", told(&found)));
        assert!(odd.path.ends_with(cell) && odd.value.as_deref() == Some(shown), "{odd}");
    }
}

#[test]
fn hours_in_the_night_are_asked_about() {
    let asked = |row: &str| {
        let text = format!("who,when,from,to\n{row}\n");
        let found = findings(&Sheets::sound().with("availability", text).read(None));
        found.iter().any(|finding| finding.code == Code::OddTime && finding.message.contains("02:00 to 13:00"))
    };
    assert!(asked("V1,Sat 2-1,,") && asked("V1,Sat,2,1"));
    for clear in [
        "V1,Sat 2-4,,",
        "V1,Sat 02:00-13:00,,",
        "V1,Sat 2am-1pm,,",
        "V1,Sat 10-6,,",
        "V1,Sat 8-1,,",
        "V1,Sat,02:00,13:00",
    ] {
        assert!(!asked(clear), "{clear}");
    }
}

#[test]
fn nobody_is_a_word_for_an_empty_cell() {
    let problem = Sheets::sound()
        .with("published", "request,slot,driver,chaperone\nR1,sat,V1,none\n")
        .with("pins", "request,slot,driver\nR1,any,Any\n")
        .problem();
    assert_eq!((problem.published[0].chaperone.as_ref(), problem.pins[0].slot.as_ref()), (None, None));
    assert_eq!(problem.pins[0].driver, None);
}
