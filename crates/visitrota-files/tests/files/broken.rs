//! Broken spreadsheets: each gets the right cell named, in a folder and in a workbook, and nothing else is blamed.

use rust_xlsxwriter::Workbook;
use visitrota_files::Document;
use visitrota_model::{Code, Finding};

use crate::reading::Sheets;
use crate::{findings, told};

/// A sheet that is broken, and what must be told of it.
struct Broken {
    sheet: &'static str,
    text: &'static str,
    /// The row, its column's letter and its heading; no row or no letter where none is to blame.
    at: (u32, &'static str, &'static str),
    code: Code,
    /// Words that the finding says.
    says: &'static str,
}

const fn broken(
    sheet: &'static str,
    text: &'static str,
    at: (u32, &'static str, &'static str),
    code: Code,
    says: &'static str,
) -> Broken {
    Broken { sheet, text, at, code, says }
}

use Code::*;

const TABLE: &[Broken] = &[
    // Settings.
    broken("settings", "setting,value\nweek from,\n", (2, "B", "value"), MissingField, "week from"),
    broken("settings", "setting,value\nweek from,next week\n", (2, "B", "value"), WrongType, "next week"),
    broken("settings", "setting,value\nweek from,31/11/2026\n", (2, "B", "value"), WrongType, "no such date"),
    broken("settings", "setting,value\nweek from,11/30/2026\n", (2, "B", "value"), WrongType, "day first"),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\nweek to,29/11/2026\n",
        (3, "B", "value"),
        ReversedTimes,
        "before it begins",
    ),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\ndetour mim,30\n",
        (3, "A", "setting"),
        UnknownField,
        "Did you mean detour?",
    ),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\ndetour min,half an hour\n",
        (3, "B", "value"),
        WrongType,
        "half an hour",
    ),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\nchildren alone,chaperon\n",
        (3, "B", "value"),
        WrongType,
        "Did you mean chaperone?",
    ),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\nweight visit,2000000\n",
        (3, "B", "value"),
        OutOfRange,
        "1000000",
    ),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\ntimezone,Europe/Lundon\n",
        (3, "B", "value"),
        WrongType,
        "Europe/London",
    ),
    broken("settings", "setting,value\nweek from,30/11/2026\ntravel,osrm\n", (3, "B", "value"), MissingField, "url"),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\nweek from,30/11/2026\n",
        (3, "A", "setting"),
        FieldConflict,
        "twice",
    ),
    // Headings.
    broken(
        "volunteers",
        "id,lat,lon,rolls,seats,booster,holds\nV1,51.6,-2.5,driver,4,2,\"dbs, insurance, licence\"\n",
        (1, "D", "rolls"),
        UnknownField,
        "Did you mean roles?",
    ),
    broken(
        "families",
        "id,lat,lon,adults,childern\nF1,51.55,-2.6,1,\"6, 4\"\n",
        (1, "E", "childern"),
        UnknownField,
        "Did you mean children's ages?",
    ),
    broken(
        "slots",
        "id,id,date,start,end\nsat,x,5/12/2026,14:00,15:00\nsun,x,6/12/2026,14:00,15:00\n",
        (1, "B", "id"),
        FieldConflict,
        "twice",
    ),
    broken("requests", "id,slots\nR1,sat\n", (1, "", ""), MissingField, "family"),
    // Prisons and slots.
    broken("prisons", "id,name,lat,lon\n,HMP Eastwood Park,51.634,-2.467\n", (2, "A", "id"), MissingField, "id"),
    broken(
        "prisons",
        "id,name,lat,lon\nEWI,HMP Eastwood Park,51.634 N,-2.467\n",
        (2, "C", "lat"),
        WrongType,
        "51.634 N",
    ),
    broken(
        "prisons",
        "id,name,lat,lon\nEWI,HMP Eastwood Park,151.634,-2.467\n",
        (2, "C", "lat"),
        OutOfRange,
        "151.634",
    ),
    broken("prisons", "id,name,lat,lon\nEWI,HMP Eastwood Park,51.634,\n", (2, "D", "lon"), NoCoordinates, "lon"),
    broken("prisons", "id,postcode\nEWI,GLI2 8DB\n", (2, "B", "postcode"), NoCoordinates, "GL12 8DB"),
    broken("prisons", "id,lat,lon,lead days\nEWI,51.634,-2.467,three\n", (2, "D", "lead days"), WrongType, "three"),
    broken(
        "slots",
        "id,date,start,end\nsat,5/12/2026,14:00,15:00\nsun,6/12/2026,2 o'clock,15:00\n",
        (3, "C", "start"),
        WrongType,
        "2 o'clock",
    ),
    broken(
        "slots",
        "id,date,start,end\nsat,5/12/2026,14:00,15:00\nsun,6/12/2026,14:00,13:00\n",
        (3, "D", "end"),
        ReversedTimes,
        "not after",
    ),
    broken(
        "slots",
        "id,date,start,end\nsat,5/12/2026,14:00,15:00\nsun,13/12/2026,14:00,15:00\n",
        (3, "C", "start"),
        SlotOutsideWeek,
        "outside the week",
    ),
    broken(
        "slots",
        "id,date,start,end\nsat,Sun 5 Dec 2026,14:00,15:00\nsun,6/12/2026,14:00,15:00\n",
        (2, "B", "date"),
        FieldConflict,
        "Sat 5 Dec 2026",
    ),
    broken(
        "slots",
        "id,date,start,end\nsat,5/12/2026,14:00,15:00\n\n\nsat,6/12/2026,14:00,15:00\nsun,6/12/2026,14:00,15:00\n",
        (5, "A", "id"),
        DuplicateId,
        "Two slot",
    ),
    broken(
        "slots",
        "id,date,start,end,prison\nsat,5/12/2026,14:00,15:00,EWI\nsun,6/12/2026,14:00,15:00,EWY\n",
        (3, "E", "prison"),
        UnknownId,
        "Did you mean EWI?",
    ),
    broken(
        "slots",
        "id,date,start,end\nsat,5/12/2026,14:00,15:00\nsun,,14:00,15:00\n",
        (3, "B", "date"),
        MissingField,
        "date",
    ),
    // Volunteers and when they can.
    broken(
        "volunteers",
        "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,diver,4,\"dbs, insurance, licence\"\n",
        (2, "D", "roles"),
        WrongType,
        "Did you mean driver?",
    ),
    broken(
        "volunteers",
        "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,,4,\"dbs, insurance, licence\"\n",
        (2, "D", "roles"),
        MissingField,
        "roles",
    ),
    broken(
        "volunteers",
        "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,driver,four,\"dbs, insurance, licence\"\n",
        (2, "E", "seats"),
        WrongType,
        "four",
    ),
    broken(
        "volunteers",
        "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,driver,4.5,\"dbs, insurance, licence\"\n",
        (2, "E", "seats"),
        WrongType,
        "4.5",
    ),
    broken(
        "volunteers",
        "id,lat,lon,roles,seats,booster,holds\nV1,51.6,-2.5,driver,,2,\"dbs, insurance, licence\"\n",
        (2, "E", "seats"),
        MissingField,
        "seats",
    ),
    broken(
        "volunteers",
        "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,driver,4,\"dbs until summer, insurance, licence\"\n",
        (2, "F", "holds"),
        WrongType,
        "summer",
    ),
    broken(
        "volunteers",
        "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,driver,4,\"dbs, insurance, licence\"\nEWI,51.6,-2.5,driver,4,\"dbs, insurance, licence\"\n",
        (3, "A", "id"),
        DuplicateId,
        "EWI",
    ),
    broken(
        "availability",
        "who,when,from,to\nV1,weekend,08:00,19:00\nv1,Sat,08:00,19:00\n",
        (3, "A", "who"),
        UnknownId,
        "Did you mean V1?",
    ),
    broken(
        "availability",
        "who,when,from,to\nV1,every now and then,08:00,19:00\n",
        (2, "B", "when"),
        WrongType,
        "every now and then",
    ),
    broken(
        "availability",
        "who,when,from,to\nV1,weekend,08:00,7 in the evening\n",
        (2, "D", "to"),
        WrongType,
        "7 in the evening",
    ),
    broken("availability", "who,when,from,to\nV1,5/12/2026,19:00,08:00\n", (2, "D", "to"), ReversedTimes, "before"),
    broken(
        "availability",
        "who,when,from,to\nV1,Sat 8-19,08:00,19:00\n",
        (2, "C", "from"),
        FieldConflict,
        "in the column when and here",
    ),
    broken("availability", "who,when,from,to\nV1,not Sat,,\n", (2, "", ""), MissingField, "every day"),
    broken(
        "availability",
        "who,when,from,to\nV1,weekend,,\nF1,Sat,,\nF1,not 5 Dec,,\n",
        (4, "", ""),
        WindowOutsideWeek,
        "no free time",
    ),
    // Families and people.
    broken(
        "families",
        "id,lat,lon,adults,children\nF1,51.55,-2.6,1,two\n",
        (2, "E", "children"),
        WrongType,
        "the age of each child",
    ),
    broken(
        "families",
        "id,lat,lon,adults,children\nF1,51.55,-2.6,1,\"6, 19\"\n",
        (2, "E", "children"),
        OutOfRange,
        "19",
    ),
    broken("families", "id,lat,lon,adults,children\nF1,51.55,-2.6,,\n", (2, "E", "children"), NoMembers, "F1"),
    broken(
        "families",
        "id,lat,lon,adults,children,shares car\nF1,51.55,-2.6,1,6,perhaps\n",
        (2, "F", "shares car"),
        WrongType,
        "yes or no",
    ),
    broken("people", "family,age\nF1,6\n", (2, "D", "adults"), FieldConflict, "on the sheet people"),
    broken("people", "family,age\nF11,6\n", (2, "A", "family"), UnknownId, "Correct the id"),
    broken("people", "family,age\nF9,130\n", (2, "A", "family"), UnknownId, "F9"),
    // Requests and what hangs on them.
    broken("requests", "id,family,slots\nR1,f1,sat\n", (2, "B", "family"), UnknownId, "Did you mean F1?"),
    broken("requests", "id,family,slots\nR1,F1,\"sat, sunn\"\n", (2, "C", "slots"), UnknownId, "Did you mean sun?"),
    broken("requests", "id,family,slots\nR1,F1,\n", (2, "C", "slots"), NoSlotExists, "R1"),
    broken("requests", "id,family,slots,weeks waiting\nR1,F1,sat,-3\n", (2, "D", "weeks waiting"), OutOfRange, "-3"),
    broken("pairs", "a,b,rule\nF1,V1,usually\n", (2, "C", "rule"), WrongType, "Did you mean usual?"),
    broken("pairs", "a,b,rule\nF1,V7,never\n", (2, "B", "b"), UnknownId, "V7"),
    broken("pins", "request,slot,driver\nR1,tue,\n", (2, "B", "slot"), UnknownId, "tue"),
    broken("pins", "request,slot,driver\nR1,sat,\nR1,sun,\n", (3, "B", "slot"), ImpossiblePin, "two slots"),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\nvolunteer hours,from 06:30\n",
        (3, "B", "value"),
        WrongType,
        "06:30-21:00",
    ),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\nchaperone throughout,always and ever\n",
        (3, "B", "value"),
        WrongType,
        "yes or no",
    ),
    broken("requests", "id,family,slots\nR1,\"F1; F2\",sat\n", (2, "B", "family"), UnknownId, "F2"),
    broken("requests", "id,family,slots\nR1,F1,\"sat (from), sun\"\n", (2, "C", "slots"), WrongType, "meeting place"),
    broken(
        "families",
        "id,lat,lon,adults,holds\nF1,51.55,-2.6,1,consent until soon\n",
        (2, "E", "holds"),
        WrongType,
        "soon",
    ),
    broken("meeting points", "id,postcode\nM1,BT1 1AA\n", (2, "B", "postcode"), NoCoordinates, "Northern Ireland"),
    broken("meeting points", "id,lat,lon\n,51.6,-2.5\n", (2, "A", "id"), MissingField, "id"),
    broken("prisoners", "id,visits\nP1,two\n", (2, "B", "visits"), WrongType, "two"),
    broken(
        "published",
        "request,slot,driver,pickup\nR1,sat,V1,after lunch\n",
        (2, "D", "pickup"),
        WrongType,
        "after lunch",
    ),
    broken("locked", "driver,slot\nV1,sat\n", (1, "", ""), MissingField, "trip"),
    broken("locked", "trip,driver,slot\n1,V1,sat\n", (2, "", ""), MissingField, "requests"),
    broken("locked", "trip,driver,slot,requests\n1,V1,sat,R1\n1,V2,,\n", (3, "B", "driver"), FieldConflict, "driver"),
    broken(
        "locked",
        "trip,driver,slot,requests,stop,place\n1,V1,sat,R1,leave,\n",
        (2, "F", "place"),
        MissingField,
        "Whose stop",
    ),
    broken(
        "locked",
        "trip,driver,slot,requests,stop,place,arrive\n1,V1,sat,R1,gate,EWI,1 o'clock\n",
        (2, "G", "arrive"),
        WrongType,
        "1 o'clock",
    ),
    broken(
        "locked",
        "trip,driver,slot,requests,stop,place\n1,V1,sat,R1,stop,EWI\n",
        (2, "E", "stop"),
        WrongType,
        "leave, pickup, gate",
    ),
    // The times have no date without the slot: it alone is wrong.
    broken(
        "locked",
        "trip,driver,slot,requests,stop,place,depart,arrive\n\
         1,V1,satt,R1,leave,V1,11:00,\n1,,,,gate,EWI,12:00,12:00\n1,,,,home,V1,,18:00\n",
        (2, "C", "slot"),
        UnknownId,
        "Did you mean sat?",
    ),
    broken(
        "settings",
        "setting,value\nweek from,30/11/2026\nfamily hours,20:00-07:00\n",
        (3, "B", "value"),
        ReversedTimes,
        "20:00",
    ),
    broken("families", "id,lat,lon,adults,pickup\nF1,51.55,-2.6,1,SCHOOL\n", (2, "E", "pickup"), UnknownId, "SCHOOL"),
    broken("requests", "id,family,slots\nR1,F1,sat (to SCHOOL)\n", (2, "C", "slots"), UnknownId, "SCHOOL"),
    broken("requests", "id,family,slots,dropoff\nR1,F1,sat,SCHOOL\n", (2, "D", "dropoff"), UnknownId, "SCHOOL"),
    broken("requests", "id,family,slots,prisoner\nR1,F1,sat,P1\n", (2, "D", "prisoner"), UnknownId, "P1"),
    broken("prisoners", "id,prison\nP1,EWY\n", (2, "B", "prison"), UnknownId, "EWI"),
    broken("prisoners", "id\nEWI\n", (2, "A", "id"), DuplicateId, "EWI"),
    broken("pins", "request,slot,driver,family\nR1,sat,V1,F2\n", (2, "D", "family"), UnknownId, "F2"),
    // Timetables, places and travel.
    broken("sessions", "prison,day,start,end\nEWI,Saturn,14:00,15:00\n", (2, "B", "day"), WrongType, "Saturn"),
    broken("sessions", "prison,day,start,end,every\nEWI,Sat,14:00,15:00,2\n", (2, "", ""), MissingField, "first week"),
    broken("sessions", "prison,day,start,end\nEWI,Sat,14:00,13:00\n", (2, "D", "end"), ReversedTimes, "not after"),
    broken("blocked dates", "prison,date\nEWX,5/12/2026\n", (2, "A", "prison"), UnknownId, "Did you mean EWI?"),
    broken(
        "blocked dates",
        "prison,date,to\nEWI,5/12/2026,4/12/2026\n",
        (2, "C", "to"),
        ReversedTimes,
        "is before the first",
    ),
    broken("places", "postcode,lat,lon\nGL12 8DB,51.634,west\n", (2, "C", "lon"), WrongType, "west"),
    broken("availabilty", "who,when\nV1,Sat\n", (0, "", ""), UnknownField, "ignored"),
];

fn place(workbook: bool, Broken { sheet, at: (row, letter, heading), .. }: &Broken) -> String {
    let sheet = if *sheet == "people" && *letter == "D" { "families" } else { sheet };
    match (workbook, row, *letter) {
        (false, 0, _) => format!("{sheet}.csv"),
        (true, 0, _) => format!("sheet {sheet}"),
        (false, _, "") => format!("{sheet}.csv row {row}"),
        (true, _, "") => format!("sheet {sheet}, row {row}"),
        (false, ..) => format!("{sheet}.csv row {row}, column \"{heading}\""),
        (true, ..) => format!("sheet {sheet}, cell {letter}{row}"),
    }
}

/// The same sheets as one workbook, every cell a text.
fn workbook(Sheets(sheets): &Sheets) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, bytes) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        // Empty lines are rows here as well: the reader of CSV passes over them.
        let text = text.replace("\n\n\n", "\n,\n,\n");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        for (row, record) in (0..).zip(reader.records()) {
            for (column, field) in (0..).zip(record.expect("a record").iter()) {
                sheet.write_string(row, column, field).expect("written");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn each_gets_the_right_cell_named() {
    assert!(TABLE.len() >= 50, "{}", TABLE.len());
    let mut wrong = String::new();
    for (number, row) in TABLE.iter().enumerate() {
        let sheets = Sheets::sound().with(row.sheet, row.text);
        for (is_book, document) in [(false, sheets.read(None)), (true, Document::of(&workbook(&sheets), None))] {
            let found = findings(&document);
            let place = place(is_book, row);
            let is = |finding: &Finding| {
                let text = format!("{} {}", finding.message, finding.remedy);
                finding.path == place && finding.code == row.code && text.contains(row.says)
            };
            let others = found.iter().filter(|finding| finding.is_error() && finding.path != place).count();
            if !found.iter().any(is) || others > 0 {
                wrong.push_str(&format!(
                    "{number}: {}, wanted {} {place} {:?}:\n{}\n",
                    row.sheet,
                    row.code,
                    row.says,
                    told(&found)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn all_at_once() {
    let sheets = Sheets::sound()
        .with("volunteers", "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,diver,four,dbs until summer\n")
        .with("requests", "id,family,slots\nR1,F2,son\n")
        .without("prisons");
    let found = findings(&sheets.read(None));
    let errors: Vec<_> =
        found.iter().filter(|finding| finding.is_error()).map(|finding| finding.path.as_str()).collect();
    for place in [
        "slots.csv row 2",
        "volunteers.csv row 2, column \"roles\"",
        "volunteers.csv row 2, column \"seats\"",
        "volunteers.csv row 2, column \"holds\"",
        "requests.csv row 2, column \"family\"",
        "requests.csv row 2, column \"slots\"",
    ] {
        assert!(errors.contains(&place), "{place} is not in {}", told(&found));
    }
}

#[test]
fn dates_that_a_workbook_made_of_ids_and_errors_of_formulas() {
    let mut book = Workbook::new();
    for (name, bytes) in &Sheets::sound().without("slots").0 {
        let one = Sheets(vec![(name.clone(), bytes.clone())]);
        let text = String::from_utf8(one.0[0].1.clone()).expect("UTF-8");
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        for (row, record) in (0..).zip(reader.records()) {
            for (column, field) in (0..).zip(record.expect("a record").iter()) {
                sheet.write_string(row, column, field).expect("written");
            }
        }
    }
    let slots = book.add_worksheet();
    slots.set_name("slots").expect("a name");
    let date = rust_xlsxwriter::Format::new().set_num_format("d mmm");
    let time = rust_xlsxwriter::Format::new().set_num_format("hh:mm");
    for (column, heading) in (0..).zip(["id", "date", "start", "end"]) {
        slots.write_string(0, column, heading).expect("written");
    }
    slots.write_number_with_format(1, 0, 46361.0, &date).expect("written");
    slots.write_number_with_format(1, 1, 46361.0, &date).expect("written");
    slots.write_number_with_format(1, 2, 0.5, &time).expect("written");
    let formula = rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!");
    slots.write_formula(1, 3, formula).expect("written");
    let document = Document::of(&book.save_to_buffer().expect("a workbook"), None);
    let found = findings(&document);
    let at =
        |place: &str| found.iter().find(|finding| finding.path == place).unwrap_or_else(|| panic!("{}", told(&found)));
    assert!(at("sheet slots, cell A2").message.contains("This cell holds a date or time"));
    assert!(at("sheet slots, cell D2").message.contains("#DIV/0!"), "{}", told(&found));
}

#[test]
fn a_copy_has_the_wrong_cells_marked() {
    let sheets = Sheets::sound().with("families", "id,lat,lon,adults,children\nF1,51.55,-2.6,1,two\n");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("marked.xlsx");
    let document = sheets.read(None);
    document.mark(Vec::new(), &copy).expect("written");
    document.mark(Vec::new(), &copy).expect_err("nothing is written over");
    // The copy says the same, with the same cell to blame; the note stands in its comments.
    let again = Document::read(&copy, None).expect("read");
    assert_eq!(findings(&again)[0].path, "sheet families, cell E2");
    let bytes = std::fs::read(&copy).expect("the copy");
    let mut archive = zip(&bytes);
    assert!(archive.any(|name| name.contains("comments")), "a note");
    Document::of(b"{}", None).mark(Vec::new(), folder.path().join("b.xlsx")).expect_err("JSON has no cells");
}

/// The names of the files in an archive, read from its directory at the end.
fn zip(bytes: &[u8]) -> impl Iterator<Item = String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    text.split("PK\u{1}\u{2}").skip(1).map(str::to_owned).collect::<Vec<_>>().into_iter()
}
