//! Documents that are out to do harm, or do not go together.

use crate::{after_school, body, named, pages, problem, rota, text};
use visitrota_model::{Problem, Rota, VolunteerId};
use visitrota_report::{Contacts, Error, Options, Privacy, files};

const HARM: [&str; 5] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style></title><svg onload='alert(1)'>",
    "\u{202e}right to left\u{2066} مريم 👩\u{200d}👧",
    "a\u{0}b\u{7}c&lt;{{7*7}}",
];

#[test]
fn hostile_names_stay_names() {
    let mut problem = problem();
    for (at, family) in problem.families.iter_mut().enumerate() {
        family.name = HARM[at % HARM.len()].to_owned();
    }
    for (at, volunteer) in problem.volunteers.iter_mut().enumerate() {
        volunteer.name = HARM[at % HARM.len()].to_owned();
    }
    problem.prisons[0].name = HARM[0].to_owned();
    problem.name = HARM[2].to_owned();
    let mut rota = rota();
    rota.problem = HARM[1].to_owned();
    let privacy = Privacy { names: true, prisons: true, homes: true };
    let files = files(&problem, &rota, &Options { privacy, ..Options::default() }).expect("a report");
    for file in pages(files) {
        let page = text(&file);
        assert_eq!(page.matches("<script").count(), usize::from(file.name == "rota.html"), "{}", file.name);
        assert_eq!(page.matches("<title").count(), 1, "{}", file.name);
        assert_eq!(page.matches("<style").count(), 1, "{}", file.name);
        assert!(!page.contains("<img") && !page.contains("<svg onload"), "{}", file.name);
        assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{}", file.name);
        assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"));
        if body(page).contains('\u{202e}') {
            let apart = page.matches("<bdi>\u{202e}").count();
            let plain = ["<option", "<blockquote", "<p>", "<h1"].iter().any(|tag| page.contains(tag));
            assert!(apart > 0 || plain, "{}", file.name);
        }
    }
}

#[test]
fn hostile_meeting_points_stay_names() {
    for harm in HARM {
        let mut problem = after_school::problem();
        for point in &mut problem.meeting_points {
            point.name = harm.to_owned();
        }
        let privacy = Privacy { names: true, prisons: true, homes: true };
        let options = Options { privacy, ..Options::default() };
        let files = files(&problem, &after_school::rota(), &options).expect("a report");
        for file in pages(files) {
            let page = text(&file);
            assert_eq!(page.matches("<script").count(), usize::from(file.name == "rota.html"), "{}", file.name);
            assert!(!page.contains("<img") && !page.contains("<svg onload"), "{}", file.name);
            assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{}", file.name);
        }
    }
}

#[test]
fn ids_make_no_paths() {
    let mut problem = serde_json::to_string(&problem()).expect("JSON");
    let mut rota = serde_json::to_string(&rota()).expect("JSON");
    for json in [&mut problem, &mut rota] {
        *json = json
            .replace("\"V01\"", "\"../../V01\"")
            .replace("\"V03\"", "\"v02\"")
            .replace("\"F06\"", "\"CON\\\\<F06>\"");
    }
    let problem = Problem::from_json(problem.as_bytes()).expect("a problem");
    let rota = Rota::from_json(rota.as_bytes()).expect("a rota");
    let mut taken = std::collections::BTreeSet::new();
    for file in files(&problem, &rota, &Options::default()).expect("a report") {
        // Some file systems take `a` and `A` for the same.
        assert!(taken.insert(file.name.to_lowercase()), "{} twice", file.name);
        let parts: Vec<_> = file.name.split('/').collect();
        assert!(parts.len() <= 2, "{}", file.name);
        let fine = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        assert!(parts.iter().all(|part| part.chars().all(fine) && !part.starts_with('.')), "{}", file.name);
    }
}

#[test]
fn a_rota_of_another_problem_is_told_as_a_whole() {
    let mut rota = rota();
    rota.trips[0].driver = VolunteerId::from("V99");
    rota.trips[1].stops.clear();
    rota.unmet[0].request = "R99".into();
    let Err(error @ Error::Mismatch(_)) = files(&problem(), &rota, &named()) else { panic!("no mismatch") };
    let places: Vec<_> = error.findings().iter().map(|finding| finding.path.as_str()).collect();
    assert!(places.contains(&"trips[0].driver") && places.contains(&"unmet[0].request"), "{places:?}");
    assert!(places.iter().any(|place| place.starts_with("trips[1].stops")), "{places:?}");
}

#[test]
fn no_spoilt_rota_is_a_panic() {
    for (problem, whole, trip) in [(problem(), rota(), 2), (after_school::problem(), after_school::rota(), 0)] {
        spoil(&problem, &whole, trip);
    }
}

fn spoil(problem: &Problem, whole: &Rota, trip: usize) {
    let mut spoilt = Vec::new();
    for at in 0..whole.trips[trip].stops.len() {
        let mut rota = whole.clone();
        rota.trips[trip].stops.remove(at);
        spoilt.push(rota);
        let mut rota = whole.clone();
        let stop = &mut rota.trips[trip].stops[at];
        (stop.arrive, stop.depart, stop.leg_min) = (None, None, None);
        spoilt.push(rota);
        let mut rota = whole.clone();
        rota.trips[trip].stops[at].at = Some("STN".into());
        spoilt.push(rota);
        let mut rota = whole.clone();
        rota.trips[trip].stops[at].leg_min = Some(u32::MAX);
        rota.trips[trip].stops[at].leg_metres = Some(u32::MAX);
        rota.trips[trip].metres = u64::MAX;
        rota.trips[trip].drive_min = u32::MAX;
        rota.trips[trip].stops.reverse();
        spoilt.push(rota);
    }
    let mut rota = whole.clone();
    for trip in &mut rota.trips {
        for (at, stop) in trip.stops.iter_mut().enumerate() {
            let late = if at % 2 == 0 { "2999-12-31T23:59" } else { "1900-01-01T00:00" };
            stop.arrive = Some(late.parse().expect("a time"));
            stop.leg_min = Some(u32::MAX);
        }
        (trip.metres, trip.drive_min) = (u64::MAX, u32::MAX);
    }
    rota.score = i64::MIN;
    rota.bound = Some(i64::MAX);
    spoilt.push(rota);
    let mut bare = whole.clone();
    (bare.trips, bare.unmet) = (Vec::new(), Vec::new());
    spoilt.push(bare);
    for rota in &spoilt {
        let _ = files(problem, rota, &Options::default());
    }
}

#[test]
fn without_coordinates_there_is_no_map_and_it_says_so() {
    let mut problem = problem();
    for volunteer in &mut problem.volunteers {
        volunteer.lat = None;
    }
    for family in &mut problem.families {
        family.lon = Some(f64::NAN);
    }
    for point in &mut problem.meeting_points {
        point.lat = None;
    }
    let page =
        |problem: &Problem| crate::one(&files(problem, &rota(), &Options::default()).expect("a report"), "rota.html");
    assert!(page(&problem).contains("Not on the maps, because they have no coordinates: F01, "));
    problem.prisons[0].lat = None;
    let page = page(&problem);
    assert!(page.contains("There is no map because the problem has no coordinates.") && !page.contains("<figure"));
}

#[test]
fn a_phone_book_alone_names_nobody() {
    let contacts = Contacts::from_csv(b"id,phone\nF06,07700 900199\n").expect("names");
    let files = files(&problem(), &rota(), &Options { contacts, ..Options::default() }).expect("a report");
    let letter = crate::one(&files, "letters/letter-F06-R08.html");
    assert!(letter.contains("Hello,") && !letter.contains("Dear"));
    assert!(crate::one(&files, "messages.html").contains("07700 900199"));
}
