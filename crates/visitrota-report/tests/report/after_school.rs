//! Two days after school: a joint visit in two cars, families met at a school and a station, a trip that is locked.

use visitrota_model::{MeetingPointId, Problem, Rota, StopKind};
use visitrota_report::{Book, Contacts, Error, Options, OutFile, Privacy, csv, files, geojson};

use crate::{body, fixture_of, one};

pub(crate) fn problem() -> Problem {
    Problem::from_json(&fixture_of("after-school", "problem.json")).expect("a problem")
}

pub(crate) fn rota() -> Rota {
    Rota::from_json(&fixture_of("after-school", "rota.json")).expect("a rota")
}

/// With the file of names.
pub(crate) fn named(privacy: Privacy) -> Options {
    let contacts = Contacts::from_csv(&fixture_of("after-school", "names.csv")).expect("names");
    Options { contacts, privacy, ..Options::default() }
}

pub(crate) fn report(options: &Options) -> Vec<OutFile> {
    files(&problem(), &rota(), options).expect("a report")
}

/// What can be read on a page, a line for each element that is no part of a line.
pub(crate) fn read(page: &str) -> String {
    let mut text = body(page).to_owned();
    for tag in ["<tr", "<p", "<h1", "<h2", "<h3", "<h4", "<li", "<section", "<article", "<blockquote", "<svg"] {
        text = text.replace(tag, &format!("\n{tag}"));
    }
    let mut told = String::new();
    for part in text.replace("</td>", " | ").replace("<br>", " / ").split('<') {
        told.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let lines = told.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn sheets() {
    let files = report(&named(Privacy::default()));
    insta::assert_snapshot!("school-driver", read(&one(&files, "sheets/sheet-V1-2026-12-04.html")));
    insta::assert_snapshot!("school-other-driver", read(&one(&files, "sheets/sheet-V2-2026-12-04.html")));
    insta::assert_snapshot!("school-chaperone", read(&one(&files, "sheets/sheet-V3-2026-12-04.html")));
    let locked = read(&one(&files, "sheets/sheet-V2-2026-12-05.html"));
    assert!(locked.contains("Trip 3: you drive stands as it is"), "{locked}");
}

#[test]
fn letters_and_messages() {
    let files = report(&named(Privacy::default()));
    let mut told = String::new();
    for name in ["letter-F1-R1", "letter-F2-R1", "letter-F3-R1"] {
        told += &format!("{}\n\n", read(&one(&files, &format!("letters/{name}.html"))));
    }
    insta::assert_snapshot!("school-letters", told + &read(&one(&files, "messages.html")));
}

#[test]
fn every_way_of_being_met_has_a_message_of_its_own() {
    let told = |from: bool, to: bool| {
        let mut rota = rota();
        for stop in rota.trips[2].stops.iter_mut().filter(|stop| stop.place.as_str() == "F4") {
            let met = if stop.kind == StopKind::Pickup { from } else { to };
            stop.at = met.then(|| MeetingPointId::from("SCH"));
        }
        let files = files(&problem(), &rota, &named(Privacy::default())).expect("a report");
        let messages = read(&one(&files, "messages.html"));
        let message = messages.lines().last().expect("a message").to_owned();
        let letter = read(&one(&files, "letters/letter-F4-R2.html"));
        (message.contains("ready at Ysgol Glan Nant"), message.contains("home at about"), letter)
    };
    let (met, home, letter) = told(false, false);
    assert!(!met && home && letter.contains("home again") && letter.contains("You will be home at about"));
    let (met, home, letter) = told(true, false);
    assert!(met && home && letter.contains("Please be ready at Ysgol Glan Nant at") && letter.contains("home again"));
    let (met, home, letter) = told(false, true);
    assert!(!met && !home && letter.contains("You will be back at Ysgol Glan Nant") && !letter.contains("home"));
    let (met, home, letter) = told(true, true);
    assert!(met && !home && !letter.contains("home"));
}

#[test]
fn the_page() {
    let page = read(&one(&report(&named(Privacy::default())), "rota.html"));
    insta::assert_snapshot!("school-page", page);
}

#[test]
fn calendars_tell_meeting_points_by_their_ids() {
    let files = report(&named(Privacy::ALL));
    let calendar = one(&files, "calendars/calendar-V1.ics").replace("\r\n ", "");
    let description = calendar.lines().find(|line| line.starts_with("DESCRIPTION")).expect("a description");
    let stops = description.trim_end().trim_start_matches("DESCRIPTION:").split("\\n").collect::<Vec<_>>();
    assert_eq!(
        stops,
        [
            "13:28 leave home",
            "13:38 pick up F1 at SCH",
            "13:43 pick up F2 at SCH",
            "14:45 at the gate",
            "16:45 leave the gate",
            "17:41 drop off F2 at STN",
            "17:53 drop off F1",
            "18:04 home",
        ]
    );
}

#[test]
fn a_joint_visit_is_counted_once() {
    let (problem, rota, options) = (problem(), rota(), named(Privacy::default()));
    let book = Book::new(&problem, &rota, &options).expect("a book");
    assert_eq!((book.met(), book.unmet().len()), (2, 1));
    let told = csv(&book);
    insta::assert_snapshot!("school-rides", told);
    let files = report(&options);
    insta::assert_snapshot!("school-summary", one(&files, "tables/summary.csv").trim_start_matches('\u{feff}'));
    let unmet = one(&files, "tables/unmet.csv");
    assert!(unmet.contains("R3,F4 F5,Denholt,2,2,1,fri-1530"), "{unmet}");
}

#[test]
fn a_family_that_stays_behind_comes_by_no_other_car() {
    let (mut problem, mut rota) = (problem(), rota());
    rota.trips.remove(1);
    problem.locked = vec![rota.trips[0].clone()];
    let options = named(Privacy::default());
    let files = files(&problem, &rota, &options).expect("a report");
    let page = read(&one(&files, "rota.html"));
    assert!(page.contains("R1 is one visit of 3 families; F3 Corrin stay behind."), "{page}");
    let sheet = read(&one(&files, "sheets/sheet-V1-2026-12-04.html"));
    assert!(sheet.contains("visit together, at one table.") && !sheet.contains("another car"), "{sheet}");
    assert!(!files.iter().any(|file| file.name.contains("F3")), "there is no letter");
    assert_eq!(Book::new(&problem, &rota, &options).expect("a book").met(), 2);
}

#[test]
fn locked_trips_are_told_apart() {
    let (problem, rota, options) = (problem(), rota(), named(Privacy::default()));
    let book = Book::new(&problem, &rota, &options).expect("a book");
    assert_eq!(book.tours().iter().map(|tour| tour.locked).collect::<Vec<_>>(), [false, false, true]);
    let page = one(&report(&options), "rota.html");
    assert_eq!(page.matches("stands as it is").count(), 1);
    let mut moved = rota.clone();
    moved.trips[2].metres += 1;
    assert!(!Book::new(&problem, &moved, &options).expect("a book").tours()[2].locked);
}

#[test]
fn geojson_tells_where_stops_are() {
    let (problem, rota, options) = (problem(), rota(), Options::default());
    let map = geojson(&Book::new(&problem, &rota, &options).expect("a book"));
    assert_eq!(map["features"][0]["properties"]["families"], serde_json::json!(["F1", "F2"]));
    assert_eq!(map["features"][0]["properties"]["requests"], serde_json::json!(["R1"]));
    let stops = map["features"].as_array().expect("features").iter().filter(|one| one["properties"]["trip"] == 1);
    let at: Vec<_> = stops.map(|stop| stop["properties"]["at"].as_str().unwrap_or("-")).collect();
    assert_eq!(at, ["-", "-", "SCH", "SCH", "-", "STN", "-", "-"]);
}

#[test]
fn a_visit_whose_families_are_picked_up_apart_is_one_in_geojson() {
    let (problem, mut rota, options) = (problem(), rota(), Options::default());
    let trip = &mut rota.trips[0];
    trip.requests.push("R2".into());
    // F4 boards when F1 does, and so before F2.
    for at in [2, 6] {
        let mut stop = trip.stops[if at == 2 { 1 } else { 5 }].clone();
        stop.place = "F4".into();
        trip.stops.insert(at, stop);
    }
    rota.trips.truncate(2);
    let map = geojson(&Book::new(&problem, &rota, &options).expect("a book"));
    assert_eq!(map["features"][0]["properties"]["families"], serde_json::json!(["F1", "F4", "F2"]));
    assert_eq!(map["features"][0]["properties"]["requests"], serde_json::json!(["R1", "R2"]));
}

#[test]
fn what_does_not_go_together_is_told() {
    let mut rota = rota();
    // A point that is not there, a family that is not brought back, and a joint request of which nobody rides.
    rota.trips[0].stops[1].at = Some("SHC".into());
    rota.trips[0].stops.retain(|stop| stop.place.as_str() != "F2" || stop.kind == StopKind::Pickup);
    rota.trips[2].requests.push("R1".into());
    let Err(error @ Error::Mismatch(_)) = files(&problem(), &rota, &Options::default()) else { panic!("no mismatch") };
    let told: Vec<_> = error.findings().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].contains("trips[0].stops[1].at") && told[0].contains("SHC"), "{told:#?}");
    assert!(told[1].contains("The family F2 is not both picked up and dropped off"), "{told:#?}");
    assert!(told[2].contains("No family of request R1 is picked up and dropped off"), "{told:#?}");
}
