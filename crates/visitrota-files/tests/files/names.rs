//! Names where ids are asked for.

use visitrota_model::{Code, Finding};

use crate::reading::Sheets;
use crate::{findings, rota_of, told};

/// A week in which everybody has a name, with `{A}` and the like where cells ask for ids.
const WEEK: &[(&str, &str)] = &[
    ("settings", "setting,value\nweek from,30/11/2026\n"),
    ("prisons", "id,name,lat,lon\nEWI,HMP Eastwood Park,51.634,-2.467\nASH,HMP Ashfield,51.478,-2.440\n"),
    ("meeting points", "id,name,lat,lon\nSCH,Ysgol Glan Nant,51.56,-2.57\n"),
    ("prisoners", "id,name,prison\nP1,Mari Selwood,{EWI}\nP2,Nia Ottery,{EWI}\n"),
    ("sessions", "prison,day,start,end\n{ASH},Sat,09:00,10:00\n"),
    ("blocked dates", "prison,date\n{ASH},4/12/2026\n"),
    ("slots", "id,prison,date,start,end\nsat,{EWI},5/12/2026,14:00,15:00\nsun,{EWI},6/12/2026,14:00,15:00\n"),
    (
        "volunteers",
        "id,name,lat,lon,roles,seats,booster,holds\n\
         V1,Ann Fellgate,51.6,-2.5,driver,4,2,\"dbs, insurance, licence\"\n\
         V2,Siân Okesby,51.61,-2.52,chaperone,,,dbs\n",
    ),
    ("availability", "who,when,from,to\n{V1},weekend,08:00,20:00\n{V2},weekend,08:00,20:00\n{F1},Sat,08:00,20:00\n"),
    (
        "families",
        "id,name,lat,lon,adults,children's ages,pickup,dropoff\n\
         F1,Adair,51.55,-2.6,,,{SCH},home\nF2,Corrin,51.57,-2.55,1,6,,\n",
    ),
    ("people", "family,age\n{F1},30\n{F1},7\n"),
    (
        "requests",
        "id,family,slots,prisoner\nR1,{F1}; {F2},\"sat (from {SCH} to home), sun (3)\",{P1}\nR2,{F2},sun,{P2}\n",
    ),
    ("pairs", "a,b,rule\n{F1},{V1},usual\n{P1},{P2},never-same-slot\n"),
    ("pins", "request,slot,driver,family\n{R2},sun,{V1},{F2}\n"),
    ("published", "request,slot,driver,chaperone,family\n{R1},sat,{V1},{V2},{F1}\n{R1},sat,{V1},,{F2}\n"),
];

/// The week with a text in each place, by the id that is meant.
fn week(written: impl Fn(&str, &str) -> String) -> Sheets {
    let names = [
        ("EWI", "HMP Eastwood Park"),
        ("ASH", "HMP Ashfield"),
        ("SCH", "Ysgol Glan Nant"),
        ("P1", "Mari Selwood"),
        ("P2", "Nia Ottery"),
        ("V1", "Ann Fellgate"),
        ("V2", "Siân Okesby"),
        ("F1", "Adair"),
        ("F2", "Corrin"),
        ("R1", "Adair and Corrin"),
        ("R2", "Corrin"),
    ];
    let text = |text: &str| {
        let put = |text: String, (id, name): &(&str, &str)| text.replace(&format!("{{{id}}}"), &written(id, name));
        names.iter().fold(text.to_owned(), put)
    };
    let none = WEEK.iter().map(|(name, _)| *name).fold(Sheets::sound(), Sheets::without);
    WEEK.iter().fold(none, |sheets, (name, of)| sheets.with(name, text(of)))
}

#[test]
fn names_do_wherever_ids_do() {
    let by_ids = week(|id, _| id.to_owned()).problem();
    let but = |ids: &[&str], id: &str, text: String| if ids.contains(&id) { id.to_owned() } else { text };
    // F2 has two requests.
    assert_eq!(week(|id, name| but(&["R2"], id, name.to_owned())).problem(), by_ids);
    assert_eq!(week(|id, name| but(&["R2"], id, name.to_uppercase())).problem(), by_ids);
    assert_eq!(week(|id, name| format!("{id} {name}")).problem(), by_ids);
    // A meeting place of a slot stands in brackets itself.
    assert_eq!(week(|id, name| but(&["SCH"], id, format!("{name} ({id})"))).problem(), by_ids);
}

#[test]
fn a_request_goes_by_the_only_family_that_makes_it() {
    let pins = |text: &str| week(|id, _| id.to_owned()).with("pins", text).read(None);
    for request in ["Adair", "F1", "F1 Adair", "Adair (F1)", "R1 Adair", "R1 F1 Adair"] {
        let problem = pins(&format!("request,slot\n{request},sat\n")).into_problem().expect(request);
        assert_eq!(problem.pins[0].request.as_str(), "R1", "{request}");
    }
    let found = findings(&pins("request,slot\nCorrin,sat\n"));
    assert!(found.iter().any(|finding| finding.message == "Corrin may be any of R1, R2."), "{}", told(&found));
}

#[test]
fn households_may_be_joined_by_and() {
    let requests = |cell: &str| {
        let text = format!("id,family,slots\nR1,{cell},sat\nR2,F2,sun\n");
        let week = week(|id, _| id.to_owned()).with("requests", text);
        let document = week.without("published").without("pins").read(None);
        let problem = document.into_problem().unwrap_or_else(|found| panic!("{cell}: {}", told(&found)));
        problem.requests[0].families.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    for cell in ["F1 and F2", "Adair & Corrin", "F1 + F2", "\"Adair, Corrin\"", "F1 Adair; F2 Corrin"] {
        assert_eq!(requests(cell), ["F1", "F2"], "{cell}");
    }
}

#[test]
fn a_list_parts_names_wherever_each_part_is_somebody() {
    let requests = |families: &str, cell: &str| {
        let families = format!("id,name,lat,lon,adults\n{families}");
        let text = format!("id,family,slots\nR1,{cell},sat\n");
        let week = week(|id, _| id.to_owned()).with("families", families).with("requests", text);
        let week = ["published", "pins", "people", "pairs", "availability"].into_iter().fold(week, Sheets::without);
        let document = week.with("availability", "who,when\nV1,weekend\n").read(None);
        let problem = document.into_problem().unwrap_or_else(|found| panic!("{cell}: {}", told(&found)));
        problem.requests[0].families.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let three = "F1,Price,51.55,-2.6,1\nF2,Evans,51.55,-2.6,1\nF3,Price-Evans,51.55,-2.6,1\n\
                 F4,Smith & Jones,51.55,-2.6,1\n";
    for cell in ["\"Price, Evans\"", "Price; Evans", "Price & Evans", "\"\"\"F1\"\"; Evans\""] {
        assert_eq!(requests(three, cell), ["F1", "F2"], "{cell}");
    }
    assert_eq!(requests(three, "Price-Evans"), ["F3"]);
    assert_eq!(requests(three, "Smith & Jones and Price"), ["F4", "F1"]);
}

#[test]
fn what_says_nothing_is_nobody() {
    let volunteers = "id,name,lat,lon,roles,seats,booster,holds\n\
                      V1,Ann Fellgate,51.6,-2.5,driver,4,2,\"dbs, insurance, licence\"\nV2,n/a,51.6,-2.5,chaperone,,,dbs\n";
    let published = "request,slot,driver,chaperone,family\nR1,sat,V1,n/a,F1\n";
    let problem = week(|id, _| id.to_owned()).with("volunteers", volunteers).with("published", published).problem();
    assert_eq!(problem.published[0].chaperone, None);
}

#[test]
fn names_stand_in_no_words_for_programs() {
    for driver in ["Ann Felgate", "Fellgate", "V1 Siân Okesby"] {
        let found = found_in("pins", &format!("request,slot,driver\nR2,sun,{driver}\n"));
        assert!(!found.is_empty(), "{driver}");
        for finding in found {
            let words = format!("{} {}", finding.message, finding.remedy).replace(driver, "");
            assert!(!words.contains("Ann Fellgate"), "{words}");
            assert!(format!("{} {}", finding.told().0, finding.told().1).contains("V1 Ann Fellgate"), "{finding}");
        }
    }
}

/// What is found of the week with another sheet, at the cells of that sheet.
fn found_in(sheet: &str, text: &str) -> Vec<Finding> {
    let document = week(|id, _| id.to_owned()).with(sheet, text).read(None);
    findings(&document).into_iter().filter(|finding| finding.path.starts_with(sheet)).collect()
}

#[test]
fn who_is_not_clear_is_asked_about() {
    for (driver, code, says) in [
        ("Ann Felgate", Code::UnknownId, "Did you mean V1?"),
        ("Fellgate", Code::UnknownId, "Did you mean V1?"),
        ("V1 Siân Okesby", Code::FieldConflict, "Give V1 alone, or V2."),
        ("V3", Code::UnknownId, "names the volunteer V3"),
        ("\"\"\"Ann Fellgate\"\"\"", Code::UnknownId, "Ann Fellgate"),
    ] {
        let found = found_in("pins", &format!("request,slot,driver\nR2,sun,{driver}\n"));
        let [finding] = &found[..] else { panic!("{driver}: {}", told(&found)) };
        assert_eq!((finding.code, finding.path.as_str()), (code, "pins.csv row 2, column \"driver\""), "{driver}");
        assert!(format!("{} {}", finding.message, finding.remedy).contains(says), "{finding}");
    }
}

#[test]
fn rides_may_have_names() {
    let problem = week(|id, _| id.to_owned()).problem();
    let rota = |text: &str| rota_of(text.as_bytes(), "rides", &problem);
    let trips = |text: &str| rota(text).unwrap_or_else(|found| panic!("{}", told(&found))).trips;
    let by_ids = trips("driver,slot,request,family,chaperone\nV1,sat,R1,F1,V2\nV1,sat,R1,F2,V2\n");
    let by_names = "driver,slot,request,family,chaperone\n\
                    Ann Fellgate,sat,R1,Adair,Siân Okesby\nV1 Ann Fellgate,sat,R1,F2 Corrin,V2\n";
    assert_eq!(trips(by_names), by_ids);
    let found = rota("driver,slot,request\nAnn Felgate,sat,R1\n").expect_err("nobody of that name");
    assert!(told(&found).contains("Did you mean V1?"), "{}", told(&found));
    let found = rota("driver,slot,request,family name\nV1,sat,R2,Adair\n").expect_err("R2 is of F2");
    assert!(told(&found).contains("belongs to F2, and the name beside it is Adair"), "{}", told(&found));
}
