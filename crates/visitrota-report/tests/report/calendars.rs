//! Calendars, read by a parser that is not ours.

use std::collections::BTreeMap;
use std::path::Path;

use ical::IcalParser;
use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use ical::property::Property;
use visitrota_model::{Problem, Rota, VolunteerId};
use visitrota_report::{Error, Options, OutFile, Privacy, files};

use crate::{named, one, problem, report, rota, text};

fn parsed(file: &str) -> IcalCalendar {
    let mut calendars: Vec<_> = IcalParser::new(file.as_bytes()).collect();
    assert_eq!(calendars.len(), 1);
    calendars.remove(0).expect("a calendar")
}

/// The values of properties that stand once, by their names.
fn values(properties: &[Property]) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for Property { name, value, .. } in properties {
        let twice = values.insert(name.clone(), value.clone().unwrap_or_default());
        assert!(twice.is_none(), "{name} stands twice");
    }
    values
}

fn events(file: &str) -> Vec<BTreeMap<String, String>> {
    parsed(file).events.iter().map(|IcalEvent { properties, .. }| values(properties)).collect()
}

/// Sequence and status of each event, by its UID.
fn stages(file: &str) -> BTreeMap<String, (String, String)> {
    let stage =
        |event: BTreeMap<String, String>| (event["UID"].clone(), (event["SEQUENCE"].clone(), event["STATUS"].clone()));
    events(file).into_iter().map(stage).collect()
}

fn calendars(files: &[OutFile]) -> impl Iterator<Item = &OutFile> {
    files.iter().filter(|file| file.name.ends_with(".ics"))
}

#[test]
fn a_drivers_calendar() {
    insta::assert_snapshot!("calendar", one(&report(&named()), "calendars/calendar-V12.ics").replace('\r', ""));
}

#[test]
fn every_calendar_is_sound() {
    for options in [Options::default(), named(), Options { privacy: everything(), ..Options::default() }] {
        for file in calendars(&report(&options)) {
            let text = text(file);
            assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{}", file.name);
            let calendar = parsed(text);
            assert_eq!(values(&calendar.properties)["METHOD"], "PUBLISH");
            assert_eq!(calendar.timezones.len(), 1, "{}", file.name);
            assert_eq!(values(&calendar.timezones[0].properties)["TZID"], "Europe/London");
            assert_eq!(calendar.timezones[0].transitions.len(), 1, "no change of clocks in the week");
            for event in &calendar.events {
                let zoned = |property: &&Property| {
                    let zone = ("TZID".to_owned(), vec!["Europe/London".to_owned()]);
                    property.params.as_deref().unwrap_or_default().contains(&zone)
                };
                let zoned: Vec<_> = event.properties.iter().filter(zoned).map(|p| p.name.as_str()).collect();
                assert_eq!(zoned, ["DTSTART", "DTEND"]);
                let event = values(&event.properties);
                assert!(event["DTSTART"] < event["DTEND"]);
                assert_eq!(event["DTSTAMP"], "19700101T000000Z");
                assert_eq!((event["SEQUENCE"].as_str(), event["STATUS"].as_str()), ("0", "CONFIRMED"));
            }
        }
    }
}

fn everything() -> Privacy {
    Privacy { names: true, prisons: true, homes: true }
}

#[test]
fn everybodys_calendar_holds_what_each_of_theirs_does() {
    let files = report(&Options::default());
    let mut each: Vec<_> = calendars(&files).filter(|file| file.name != "calendars/all.ics").collect::<Vec<_>>();
    let mut uids: Vec<_> = each.drain(..).flat_map(|file| stages(text(file)).into_keys()).collect();
    uids.sort();
    let all: Vec<_> = stages(&one(&files, "calendars/all.ics")).into_keys().collect();
    assert_eq!(uids, all);
    let along = rota().trips.iter().filter(|trip| trip.chaperone.is_some()).count();
    assert_eq!(all.len(), rota().trips.len() + along);
}

#[test]
fn titles_are_neutral_unless_asked() {
    let title = |options: &Options| {
        let events = events(&one(&report(options), "calendars/calendar-V03.ics"));
        (events[0]["SUMMARY"].clone(), events[0].get("LOCATION").cloned())
    };
    let (title_, location) = title(&named());
    assert!(title_.starts_with("Driving – trip ") && location.is_none(), "{title_}");
    let shown = Options { privacy: Privacy { prisons: true, ..Privacy::default() }, ..Options::default() };
    let (title, location) = title(&shown);
    assert!(title.starts_with("Driving to HMP Eastwood Park – trip "), "{title}");
    assert_eq!(location.as_deref(), Some("HMP Eastwood Park"));
}

#[test]
fn hostile_names_stay_values() {
    let mut problem = problem();
    problem.prisons[0].name = "A\\;B,C:\"D\r\nEND:VEVENT\u{0}\u{85}🚗".to_owned();
    let options = Options { privacy: everything(), ..Options::default() };
    for file in calendars(&files(&problem, &rota(), &options).expect("a report")) {
        assert!(text(file).chars().all(|c| !c.is_control() || "\r\n".contains(c)), "{}", file.name);
        for event in events(text(file)) {
            assert_eq!(event["LOCATION"], "A\\\\\\;B\\,C:\"D\\nEND:VEVENT  🚗");
        }
    }
}

#[test]
fn changes_are_counted_and_withdrawn_trips_are_told() {
    let (problem, first) = (problem(), rota());
    let calendar = |now: &Rota, earlier: &[&Rota]| {
        let earlier = earlier.iter().copied().cloned().collect();
        files(&problem, now, &Options { earlier, ..Options::default() }).expect("a report")
    };
    let stages_of = |files: &[OutFile], name: &str| stages(&one(files, name)).into_values().collect::<Vec<_>>();
    let stage = |sequence: &str, status: &str| (sequence.to_owned(), status.to_owned());

    // The same rota again: nothing has changed, and the UIDs are the same.
    let same = calendar(&first, &[&first]);
    assert_eq!(stages(&one(&same, "calendars/all.ics")), stages(&one(&calendar(&first, &[]), "calendars/all.ics")));
    assert!(!same.iter().any(|file| file.name.contains("withdrawn")));

    // The last trip goes, and one before it begins earlier.
    let mut second = first.clone();
    let gone = second.trips.pop().expect("a trip");
    let moved = second.trips[0].driver.clone();
    second.trips[0].stops[0].depart = Some(first.trips[0].stops[0].depart.expect("a time").date().midnight());
    let files = calendar(&second, &[&first]);
    let of = |who: &VolunteerId| format!("calendars/calendar-{who}.ics");
    assert!(stages_of(&files, &of(&moved)).contains(&stage("1", "CONFIRMED")));
    assert!(stages_of(&files, &of(&gone.driver)).contains(&stage("1", "CANCELLED")));
    let withdrawn = one(&files, &format!("calendars/withdrawn-{}.ics", gone.driver));
    assert_eq!(values(&parsed(&withdrawn).properties)["METHOD"], "CANCEL");
    assert_eq!(stages(&withdrawn).into_values().collect::<Vec<_>>(), [stage("1", "CANCELLED")]);
    assert!(events(&withdrawn)[0]["SUMMARY"].starts_with("Cancelled: Driving – trip "));
    assert!(files.iter().any(|file| file.name == "calendars/all-withdrawn.ics"));

    // It comes back as it was: a third stage of the same entry. What changed before is not forgotten.
    let third = calendar(&first, &[&first, &second]);
    assert!(stages_of(&third, &of(&gone.driver)).contains(&stage("2", "CONFIRMED")));
    assert!(stages_of(&third, &of(&moved)).contains(&stage("2", "CONFIRMED")));
    assert!(!third.iter().any(|file| file.name.contains("withdrawn")));

    // Somebody else drives: withdrawn for the one, new for the other.
    let mut other = first.clone();
    let last = other.trips.last_mut().expect("a trip");
    last.driver = VolunteerId::from("V16");
    for stop in &mut last.stops {
        if stop.place.as_str() == gone.driver.as_str() {
            stop.place = "V16".into();
        }
    }
    let files = calendar(&other, &[&first]);
    assert!(stages_of(&files, "calendars/calendar-V16.ics").contains(&stage("0", "CONFIRMED")));
    assert!(stages_of(&files, &of(&gone.driver)).contains(&stage("1", "CANCELLED")));
}

#[test]
fn a_trip_that_gains_a_family_is_the_same_entry() {
    let mut earlier = rota();
    earlier.trips[0].requests.truncate(0);
    let options = Options { earlier: vec![earlier], ..Options::default() };
    let stages = stages(&one(&report(&options), "calendars/all.ics"));
    assert!(stages.values().all(|(_, status)| status == "CONFIRMED"));
    assert!(stages.values().any(|(sequence, _)| sequence == "1"));
}

#[test]
fn uids_tell_nothing() {
    let mut problem = serde_json::to_string(&problem()).expect("JSON");
    let mut rota = serde_json::to_string(&rota()).expect("JSON");
    for json in [&mut problem, &mut rota] {
        *json = json.replace("\"V03\"", "\"Ceri-Hathersage\"").replace("sat-family", "eastwood-sat");
    }
    let problem = Problem::from_json(problem.as_bytes()).expect("a problem");
    let rota = Rota::from_json(rota.as_bytes()).expect("a rota");
    let files = files(&problem, &rota, &Options::default()).expect("a report");
    for uid in calendars(&files).flat_map(|file| stages(text(file)).into_keys()) {
        let hex = uid.strip_suffix("@visitrota").expect("ours");
        assert!(hex.len() == 32 && hex.chars().all(|c| c.is_ascii_hexdigit()), "{uid}");
    }
}

#[test]
fn an_earlier_rota_of_another_week_is_refused() {
    let mut earlier = rota();
    for stop in &mut earlier.trips[1].stops {
        stop.arrive = stop.arrive.map(|_| "2026-11-25T10:00".parse().expect("a time"));
    }
    let options = Options { earlier: vec![rota(), earlier], ..Options::default() };
    let Err(error @ Error::Earlier(_)) = files(&problem(), &rota(), &options) else { panic!("no error") };
    let places: Vec<_> = error.findings().iter().map(|finding| finding.path.as_str()).collect();
    assert_eq!(places, ["earlier[1].trips[1]"]);
}

#[test]
fn the_night_the_clocks_go_forward() {
    let fixture = |name: &str| {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/clock-change").join(name)).expect(name)
    };
    let problem = Problem::from_json(&fixture("problem.json")).expect("a problem");
    let rota = Rota::from_json(&fixture("rota.json")).expect("a rota");
    let files = files(&problem, &rota, &Options::default()).expect("a report");
    insta::assert_snapshot!("calendar-clock-change", one(&files, "calendars/calendar-V1.ics").replace('\r', ""));
    // Leaving at 00:25 GMT, home at 19:05 BST: 17 h 40 min and not an hour more, and 3 h 30 min of the other trip.
    let summary = one(&files, "tables/summary.csv");
    insta::assert_snapshot!("summary-clock-change", summary.trim_start_matches('\u{feff}'));
}
