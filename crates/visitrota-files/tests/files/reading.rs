//! Sheets as people keep them: what is read, and what is told of it.

use std::fs;

use visitrota_files::Document;
use visitrota_model::{Date, Finding, Problem, Window};

use crate::{findings, told};

/// A folder of CSV files.
pub(crate) struct Sheets(pub(crate) Vec<(String, Vec<u8>)>);

/// The smallest sound week: one of everything that is needed.
const SOUND: &[(&str, &str)] = &[
    ("settings", "setting,value\nweek from,30/11/2026\n"),
    ("prisons", "id,name,lat,lon\nEWI,HMP Eastwood Park,51.634,-2.467\n"),
    ("slots", "id,date,start,end\nsat,5/12/2026,14:00,15:00\nsun,6 Dec 2026,2pm,3.30pm\n"),
    ("volunteers", "id,lat,lon,roles,seats,booster,holds\nV1,51.6,-2.5,driver,4,2,\"dbs, insurance, licence\"\n"),
    ("availability", "who,when,from,to\nV1,weekend,08:00,19:00\n"),
    ("families", "id,lat,lon,adults,children\nF1,51.55,-2.6,1,\"6, 4\"\n"),
    ("requests", "id,family,slots\nR1,F1,\"sat, sun\"\n"),
];

impl Sheets {
    pub(crate) fn sound() -> Self {
        Self(SOUND.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    }

    /// The sheets with one of them put in another's place, or added.
    pub(crate) fn with(mut self, name: &str, text: impl AsRef<[u8]>) -> Self {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), text.as_ref().to_vec()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(other, _)| other != name);
        self
    }

    pub(crate) fn read(&self, today: Option<&str>) -> Document {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in &self.0 {
            fs::write(folder.path().join(format!("{name}.csv")), bytes).expect("written");
        }
        let today: Option<Date> = today.map(|today| today.parse().expect("a date"));
        Document::read(folder.path(), today).expect("read")
    }

    #[track_caller]
    pub(crate) fn problem(&self) -> Problem {
        let document = self.read(None);
        let found = findings(&document);
        assert!(!found.iter().any(Finding::is_error), "{}", told(&found));
        document.into_problem().expect("a problem")
    }
}

#[test]
fn only_what_is_needed_must_be_there() {
    let document = Sheets::sound().read(None);
    assert_eq!(told(&findings(&document)), "");
    let problem = document.problem().expect("a problem");
    assert_eq!(problem.week.to.to_string(), "2026-12-06");
    assert_eq!(problem.prisons[0].check_in_min, 45);
    let times: Vec<_> = problem.slots.iter().map(|slot| (slot.start.to_string(), slot.end.to_string())).collect();
    assert_eq!(times[1], ("2026-12-06T14:00".to_owned(), "2026-12-06T15:30".to_owned()));
    let ages: Vec<_> = problem.families[0].members.iter().map(|member| member.age).collect();
    assert_eq!(ages, [30, 6, 4]);
}

#[test]
fn quirks_of_spreadsheets() {
    let plain = Sheets::sound().problem();
    for (name, text) in [
        ("settings", "\u{feff}Setting;Value\r\n Week From ;46356\r\n".as_bytes().to_vec()),
        ("settings", b"SETTING\tVALUE\t\t\n\n\t\t\nweek_from\t2026-11-30T00:00:00\t\t\n".to_vec()),
        ("settings", b"sep=;\nsetting;value\nWeek-from;30-Nov-2026;;;\n;;;\n".to_vec()),
        ("slots", b"ID ,Date,START,End,\nsat,46361,0.583333333333333,0.625,\nsun,46362.0,1400,15.30,\n,,,,\n".to_vec()),
        (
            "slots",
            "id,date,start,end,notes\nsat,\u{a0}Sat 5 Dec 2026\u{a0},14.00,15:00:00,ring\nsun,6/12/26,2 pm,1530,\n"
                .into(),
        ),
        (
            "volunteers",
            "id;lat;lon;roles;seats;booster;holds\nV1;51,6;-2,5;Driver;4,0;2.0;dbs; \n"
                .replace("dbs;", "\"dbs; insurance; licence\";")
                .into_bytes(),
        ),
        ("availability", "Volunteer,Day\nV1,Sat-Sun 8am – 7pm\n".into()),
        ("availability", "who,when,from,to\nV1,every Sat,0.3333333333,19\nV1,Sundays 8.00 until 19.00,,\n".into()),
    ] {
        let sheets = Sheets::sound().with(name, &text);
        assert_eq!(sheets.problem(), plain, "{}", String::from_utf8_lossy(&text));
    }
    let named = Sheets::sound().with("prisons", b"id;name;lat;lon\nEWI;Caf\xe9 Prison;51.634;-2.467\n").problem();
    assert_eq!(named.prisons[0].name, "Café Prison");
}

fn windows(rows: &str) -> Vec<String> {
    let problem = Sheets::sound().with("availability", format!("who,when,from,to\n{rows}\n")).problem();
    let shown = |Window { from, to, .. }: &Window| format!("{from} {to}").replace("2026-", "");
    problem.volunteers[0].available.iter().map(shown).collect()
}

#[test]
fn patterns_of_days_less_what_is_taken_away() {
    assert_eq!(
        windows("V1,Mon-Fri 9am-5pm\nV1,not Tue\nV1,not 3 Dec,12:00,13:00\nV1,not Fri after 4pm"),
        [
            "11-30T09:00 11-30T17:00",
            "12-02T09:00 12-02T17:00",
            "12-03T09:00 12-03T12:00",
            "12-03T13:00 12-03T17:00",
            "12-04T09:00 12-04T16:00",
        ]
    );
    assert_eq!(windows("V1,always"), ["11-30T00:00 12-07T00:00"]);
    assert_eq!(windows("V1,5/12/2026,22:00,6/12/2026 02:00"), ["12-05T22:00 12-06T02:00"]);
    assert_eq!(windows("V1,,5/12/2026 09:00,17:00"), ["12-05T09:00 12-05T17:00"]);
    assert_eq!(windows("V1,4 Dec - 5 Dec,09:00,24:00"), ["12-04T09:00 12-05T00:00", "12-05T09:00 12-06T00:00"]);
    // A family that names only what it cannot can the rest of the week.
    let problem = Sheets::sound().with("availability", "who,when\nV1,weekend\nF1,not Sat\n").problem();
    let free: Vec<_> = problem.families[0].available.iter().map(|w| format!("{} {}", w.from, w.to)).collect();
    assert_eq!(free, ["2026-11-30T00:00 2026-12-05T00:00", "2026-12-06T00:00 2026-12-07T00:00"]);
}

#[test]
fn postcodes_by_the_sheet_of_places() {
    let prisons = "id,postcode\nEWI,gl128db\n";
    let sheets = Sheets::sound().with("prisons", prisons).with("places", "postcode,lat,lon\nGL12 8DB,51.634,-2.467\n");
    let problem = sheets.problem();
    assert_eq!((problem.prisons[0].lat, problem.prisons[0].lon), (Some(51.634), Some(-2.467)));
    assert_eq!(problem.prisons[0].postcode.as_deref(), Some("gl128db"));
}

#[test]
fn postcodes_by_the_table_in_the_program() {
    let prisons = "id,postcode\nEWI,gl128db\n";
    let document = Sheets::sound().with("prisons", prisons).read(None);
    let problem = document.problem().unwrap_or_else(|| panic!("{}", told(&findings(&document))));
    // The document keeps the postcode, and nothing is made up beside it.
    assert_eq!((problem.prisons[0].lat, problem.prisons[0].lon), (None, None));
    let position = problem.prisons[0].position().map(|position| (position.lat, position.lon));
    assert_eq!(position, Some((51.61772, -2.41521)));
    let told = told(&document.findings(visitrota_model::check(problem)));
    assert!(told.contains("warning[rough-place]") && told.contains("1.4 km"), "{told}");
    // What the sheet has comes first, and what neither has is told of at its cell with the nearest that exists.
    let places = "postcode,lat,lon\nBT1 1AA,54.6,-5.93\n";
    let problem = Sheets::sound().with("prisons", "id,postcode\nEWI,bt11aa\n").with("places", places).problem();
    assert_eq!(problem.prisons[0].lat, Some(54.6));
    let told = |postcode: &str| {
        let prisons = format!("id,postcode\nEWI,{postcode}\n");
        self::told(&findings(&Sheets::sound().with("prisons", prisons).read(None)))
    };
    let nowhere = told("GLI2 8DB");
    assert!(
        nowhere.contains("prisons.csv row 2, column \"postcode\"") && nowhere.contains("Did you mean GL12 8DB?"),
        "{nowhere}"
    );
    assert!(told("IM1 1AA").contains("the Isle of Man"), "{}", told("IM1 1AA"));
}

fn slots(sessions: &str, blocked: &str) -> Vec<String> {
    let sheets = Sheets::sound()
        .with("sessions", format!("id,prison,day,start,end,tables,from,to,every\n{sessions}\n"))
        .with("blocked dates", format!("prison,date,to\n{blocked}\n"))
        .with("slots", "id,start,end\n")
        .with("requests", "id,family,slots\nR1,F1,\n");
    let document = sheets.read(None);
    let problem = document.problem().unwrap_or_else(|| panic!("{}", told(&findings(&document))));
    problem.slots.iter().map(|slot| format!("{} {}", slot.id, slot.start)).collect()
}

#[test]
fn timetables_make_slots() {
    assert_eq!(
        slots(",,\"Tue, Sat\",14:00,15:00,3,,,", ""),
        ["EWI-tue-1400 2026-12-01T14:00", "EWI-sat-1400 2026-12-05T14:00"]
    );
    // A name given to several days is told apart by the dates.
    assert_eq!(
        slots("day,EWI,Tue & Wed,14:00,15:00,,,,", ""),
        ["day-2026-12-01 2026-12-01T14:00", "day-2026-12-02 2026-12-02T14:00"]
    );
    let weekly = "a,EWI,Sat,10:00,11:00,,,,\nb,EWI,Sat,14:00,15:00,,,,\nc,EWI,Sun,14:00,15:00,,,,";
    // A session on a date takes the place of all of that day's.
    assert_eq!(
        slots(&format!("{weekly}\nonce,EWI,5/12/2026,12:00,13:00,,,,"), ""),
        ["once 2026-12-05T12:00", "c 2026-12-06T14:00"]
    );
    assert_eq!(slots(weekly, "EWI,5 Dec,"), ["c 2026-12-06T14:00"]);
    assert_eq!(slots(weekly, ",1 Dec,5 Dec"), ["c 2026-12-06T14:00"]);
    // From and to, and every other week.
    assert_eq!(
        slots("a,EWI,Sat,10:00,11:00,,6/12/2026,,\nb,EWI,Sun,10:00,11:00,,6/12/2026,,", ""),
        ["b 2026-12-06T10:00"]
    );
    assert_eq!(
        slots("a,EWI,Sat,10:00,11:00,,,4/12/2026,\nb,EWI,Fri,10:00,11:00,,,4/12/2026,", ""),
        ["b 2026-12-04T10:00"]
    );
    let alternate = |from: &str| slots(&format!("a,EWI,Sat,10:00,11:00,,{from},,2"), "");
    assert_eq!(alternate("21/11/2026"), ["a 2026-12-05T10:00"]);
    assert_eq!(alternate("16/11/2026"), ["a 2026-12-05T10:00"]);
    assert_eq!(alternate("28/11/2026"), [""; 0]);
}

#[test]
fn slots_that_cannot_be_booked() {
    let prisons = "id,lat,lon,lead days,booking window\nEWI,51.634,-2.467,3,28\n";
    let sheets = Sheets::sound().with("prisons", prisons);
    let told_on = |today| told(&findings(&sheets.read(Some(today))));
    assert_eq!(told_on("2026-11-30"), "");
    // From Tuesday, Wednesday to Friday lie between: Saturday can be had. From Wednesday it cannot.
    assert_eq!(told_on("2026-12-01"), "");
    let late = told_on("2026-12-02");
    assert!(late.contains("warning[not-bookable] slots.csv row 2, column \"start\""), "{late}");
    assert!(
        late.contains(
            "sat on Sat 5 Dec 2026 can no longer be booked: today is Wed 2 Dec 2026, and with 3 working days' notice"
        ),
        "{late}"
    );
    assert!(late.contains("the first possible date is Tue 8 Dec 2026"), "{late}");
    assert!(told_on("2026-11-01").contains("cannot be booked yet"), "{}", told_on("2026-11-01"));
    assert_eq!(told(&findings(&sheets.read(None))), "");
}

#[test]
fn an_id_that_stands_twice_is_told_of_beside_a_cell_that_cannot_be_read() {
    let families = "id,lat,lon,adults,children\nF1,51.55,-2.6,1,\"6, x4\"\nF1,51.5,-2.6,1,8\n";
    let found = findings(&Sheets::sound().with("families", families).read(None));
    let paths: Vec<_> = found.iter().map(|finding| finding.path.as_str()).collect();
    assert_eq!(paths, ["families.csv row 2, column \"children\"", "families.csv row 3, column \"id\""]);
}
