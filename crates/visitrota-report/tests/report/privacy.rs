//! What must not be read: as little is told to each as can be.

use crate::{after_school, body, content, named, one, pages, problem, report, text};
use visitrota_model::Standby;
use visitrota_report::words::why::called;
use visitrota_report::{Options, Privacy, answers, files};

#[test]
fn nobody_is_named_unless_asked() {
    let problem = problem();
    for file in report(&Options::default()) {
        for name in problem.volunteers.iter().map(|v| &v.name).chain(problem.families.iter().map(|f| &f.name)) {
            assert!(!content(&file).contains(name.as_str()), "{name} in {}", file.name);
        }
    }
    let shown = Options { privacy: Privacy { names: true, ..Privacy::default() }, ..Options::default() };
    assert!(one(&report(&shown), "rota.html").contains("Mair Wintle"));
}

#[test]
fn the_prison_is_named_to_drivers_alone() {
    for options in [Options::default(), named()] {
        let files = report(&options);
        for file in files.iter().filter(|file| !file.name.ends_with(".html")) {
            assert!(!content(file).contains("Eastwood") && !file.name.contains("Eastwood"), "{}", file.name);
        }
        for file in pages(files) {
            let page = text(&file);
            let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
            assert!(!title.contains("Eastwood") && !file.name.contains("Eastwood"), "{}", file.name);
            assert_eq!(page.contains("Eastwood"), file.name.contains("sheet"), "{}", file.name);
        }
    }
    let shown = Options { privacy: Privacy { prisons: true, ..Privacy::default() }, ..Options::default() };
    let files = report(&shown);
    for name in ["rota.html", "letters/letter-F06-R08.html"] {
        assert!(one(&files, name).contains("HMP Eastwood Park"), "{name}");
    }
}

#[test]
fn a_family_is_not_told_of_a_prison() {
    for file in report(&named()).iter().filter(|file| file.name.contains("letter") || file.name.contains("message")) {
        let told = body(text(file)).to_lowercase();
        for word in told.split(|c: char| !c.is_alphabetic()) {
            assert!(
                !["prison", "hmp", "ewi", "eastwood", "carchar", "gate"].contains(&word),
                "{word} in {}",
                file.name
            );
        }
    }
}

#[test]
fn homes_are_on_the_page_only_roughly() {
    // Two homes in one square of the rounding make the same page.
    let page = |lat: f64, homes| {
        let mut problem = problem();
        for family in &mut problem.families {
            family.lat = Some(lat);
            family.postcode = Some("CF10 3AT".to_owned());
        }
        let options = Options { privacy: Privacy { homes, ..Privacy::default() }, ..Options::default() };
        one(&files(&problem, &crate::rota(), &options).expect("a report"), "rota.html")
    };
    assert!(page(51.61, false) == page(51.62, false));
    assert!(page(51.61, true) != page(51.62, true));
    assert!(!page(51.61, false).contains("3AT") && page(51.61, false).contains(", families from CF10<"));
    assert!(page(51.61, true).contains("CF10 3AT"));
}

#[test]
fn a_sheet_is_about_its_own_trips() {
    let files = report(&named());
    let sheet = one(&files, "sheets/sheet-V02-2026-12-01.html");
    let about: Vec<_> = problem().families.iter().map(|f| f.id.to_string()).filter(|id| sheet.contains(id)).collect();
    assert_eq!(about, ["F01"]);
    let about: Vec<_> = problem().volunteers.iter().map(|v| v.id.to_string()).filter(|id| sheet.contains(id)).collect();
    assert_eq!(about, ["V02"]);
    // A chaperone is told neither where the family lives nor how to ring them.
    let chaperone = one(&files, "sheets/sheet-V04-2026-12-02.html");
    assert!(chaperone.contains("F05") && chaperone.contains("07700 900007"));
    assert!(!chaperone.contains("geo:") && !chaperone.contains("07700 9001"));
}

#[test]
fn links_hold_coordinates_alone() {
    for file in pages(report(&named())) {
        for link in text(&file).split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let coordinates =
                |rest: &str| rest.replace("%2C", "").replace("%3B", "").chars().all(|c| "0123456789.,-".contains(c));
            let osm = "https://www.openstreetmap.org/directions?engine=fossgis_osrm_car&amp;route=";
            let fine = link.starts_with('#')
                || link.strip_prefix("geo:").is_some_and(coordinates)
                || link.strip_prefix(osm).is_some_and(coordinates);
            assert!(fine, "{link} in {}", file.name);
        }
        for word in ["src=", "@import", "url(", "fetch(", "http-equiv=\"refresh"] {
            assert!(!text(&file).contains(word), "{word} in {}", file.name);
        }
    }
}

#[test]
fn answers_name_nobody_unless_asked() {
    let problem = problem();
    let id = problem.volunteers[0].id.as_str();
    assert_eq!(called(&problem, Privacy::default(), id), id);
    assert_eq!(called(&problem, Privacy::ALL, id), format!("{id} {}", problem.volunteers[0].name));
    let answer = |privacy| answers::standby(&problem, Standby::new(0, Vec::new()), privacy).names;
    assert!(answer(Privacy::default()).is_empty());
    let named = answer(Privacy { names: true, ..Privacy::default() });
    assert_eq!(named[id], problem.volunteers[0].name);
    assert!(!named.contains_key(problem.prisons[0].id.as_str()));
}

#[test]
fn no_sheet_links_to_a_map_where_routes_are_not_to_be_linked() {
    let bare = Options { no_route_links: true, ..named() };
    for file in pages(report(&bare)) {
        assert!(!text(&file).contains("href=\"geo:") && !text(&file).contains("openstreetmap"), "{}", file.name);
    }
    assert!(one(&report(&bare), "sheets.html").contains("51."), "the coordinates are there all the same");
}

#[test]
fn a_letter_tells_of_no_other_family() {
    let problem = after_school::problem();
    let others = |own: &str| {
        let others = problem.families.iter().filter(|family| family.id.as_str() != own);
        others.flat_map(|family| [family.id.to_string(), family.name.clone()]).collect::<Vec<_>>()
    };
    for options in [after_school::named(Privacy::ALL), after_school::named(Privacy::default()), Options::default()] {
        let files = after_school::report(&options);
        for (own, letter) in [("F1", "F1-R1"), ("F2", "F2-R1"), ("F3", "F3-R1"), ("F4", "F4-R2")] {
            let letter = after_school::read(&one(&files, &format!("letters/letter-{letter}.html")));
            for word in others(own) {
                assert!(!letter.contains(&word), "{word} in the letter to {own}");
            }
            for word in ["other", "joint", "together", "trip", "SCH", "STN"] {
                assert!(!letter.contains(word) || options.contacts == Default::default(), "{word} in {letter}");
            }
            let messages = one(&files, "messages.html");
            let message = messages.split("<section").find(|one| one.contains(&format!("<bdi>{own}</bdi>")));
            let message = message.expect("a message");
            for word in others(own) {
                assert!(!message.contains(&word), "{word} in the message to {own}");
            }
        }
        // Nor of where another is met.
        assert!(!one(&files, "letters/letter-F3-R1.html").contains("Ysgol"));
        assert!(!one(&files, "letters/letter-F1-R1.html").contains("station"));
    }
}

#[test]
fn a_driver_is_told_of_those_in_the_car() {
    let files = after_school::report(&after_school::named(Privacy::ALL));
    let told = |name: &str| after_school::read(&one(&files, &format!("sheets/sheet-{name}-2026-12-04.html")));
    let first = told("V1");
    assert!(
        first.contains("F1 Adair and F2 Birtle visit together, at one table. Others of the visit come by another car.")
    );
    for word in ["F3", "Corrin", "V2", "Ben", "V3", "Cath", "Quay Street", "F4", "F5"] {
        assert!(!first.contains(word), "{word} in {first}");
    }
    for name in ["V2", "V3"] {
        let second = told(name);
        assert!(second.contains("F3 Corrin: others of the visit come by another car."), "{second}");
        for word in ["F1", "Adair", "F2", "Birtle", "V1", "Ann", "SCH", "Ysgol", "STN"] {
            assert!(!second.contains(word), "{word} in {second}");
        }
    }
}

#[test]
fn a_home_at_which_the_car_does_not_call_is_not_told() {
    let mut problem = after_school::problem();
    for family in &mut problem.families {
        family.postcode = Some(format!("NP1{} 1AA", family.id.as_str().trim_start_matches('F')));
    }
    problem.meeting_points[0].postcode = Some("NP20 9ZZ".to_owned());
    let files = files(&problem, &after_school::rota(), &after_school::named(Privacy::default())).expect("a report");
    let sheet = one(&files, "sheets/sheet-V1-2026-12-04.html");
    let told = after_school::read(&sheet);
    // F2 is met at the school and brought back to the station.
    for word in ["11 Chapel Row", "NP12", "51.65000", "-3.12000"] {
        assert!(!sheet.contains(word), "{word} in {told}");
    }
    // F1 is met at the school and brought home: the door is told where it is knocked at.
    let lines: Vec<_> = told.lines().filter(|line| line.contains("F1 Adair") && line.contains(" | ")).collect();
    assert!(lines[0].contains("SCH Ysgol Glan Nant, telephone 01632 960301") && lines[0].contains("NP20 9ZZ"));
    assert!(!lines[0].contains("Mill Lane") && !lines[0].contains("NP11"), "{lines:#?}");
    assert!(lines[1].contains("4 Mill Lane") && lines[1].contains("NP11 1AA"), "{lines:#?}");
    assert!(told.contains("by the bus bay") && told.matches("by the bus bay").count() == 1);
    // A chaperone is told meeting points, but no home.
    let mut rota = after_school::rota();
    for stop in rota.trips[1].stops.iter_mut().filter(|stop| stop.place.as_str() == "F3") {
        stop.at = Some("STN".into());
    }
    let files = visitrota_report::files(&problem, &rota, &after_school::named(Privacy::default())).expect("a report");
    let chaperone = one(&files, "sheets/sheet-V3-2026-12-04.html");
    assert!(after_school::read(&chaperone).contains("gets in at STN Newport station"));
    assert!(!chaperone.contains("geo:") && !chaperone.contains("Quay Street") && !chaperone.contains("07700 90031"));
}

#[test]
fn nobody_reads_who_is_visited() {
    let problem = after_school::problem();
    for privacy in [Privacy::default(), Privacy { names: true, homes: true, prisons: false }, Privacy::ALL] {
        for file in after_school::report(&after_school::named(privacy)) {
            let told = content(&file);
            for prisoner in &problem.prisoners {
                assert!(!told.contains(&prisoner.name), "{} in {}", prisoner.name, file.name);
                let apart = |c: char| !c.is_ascii_alphanumeric();
                let id = prisoner.id.as_str();
                let shown = body(&told).split(apart).any(|word| word == id);
                assert!(!shown && !file.name.split(apart).any(|word| word == id), "{id} in {}", file.name);
            }
        }
    }
}

#[test]
fn a_prisoner_is_named_in_answers_where_prisons_and_people_are() {
    let (problem, rota) = (after_school::problem(), after_school::rota());
    let name = |privacy| called(&problem, privacy, "N2");
    assert_eq!(name(Privacy { names: true, ..Privacy::default() }), "N2");
    assert_eq!(name(Privacy { prisons: true, ..Privacy::default() }), "N2");
    assert_eq!(name(Privacy::ALL), "N2 Rhys Ottery");
    assert_eq!(called(&problem, Privacy::default(), "SCH"), "SCH");
    assert_eq!(called(&problem, Privacy { names: true, ..Privacy::default() }, "SCH"), "SCH Ysgol Glan Nant");
    let told =
        |options: &Options, id: &str| visitrota_report::Book::new(&problem, &rota, options).expect("a book").called(id);
    // On a page not even the id, unless it names prisons.
    assert_eq!(told(&after_school::named(Privacy { names: true, ..Privacy::default() }), "N1"), "the prisoner");
    let prisons = Privacy { prisons: true, ..Privacy::default() };
    assert_eq!(told(&after_school::named(prisons), "N1"), "N1 Dafydd Selwood");
    assert_eq!(told(&Options { privacy: prisons, ..Options::default() }, "N1"), "N1");
}

#[test]
fn meeting_points_are_named_where_it_is_needed() {
    let files = after_school::report(&Options::default());
    for file in &files {
        let needed = file.name.contains("sheet") || file.name.contains("letter") || file.name == "messages.html";
        let told = content(file);
        assert!(needed || (!told.contains("Ysgol") && !told.contains("taxi rank")), "{}", file.name);
        assert!(!file.name.contains("SCH") && !file.name.contains("Ysgol"), "{}", file.name);
        let title = told.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
        assert!(!title.contains("SCH") && !title.contains("Ysgol"), "{title}");
    }
    let page = after_school::read(&one(&files, "rota.html"));
    assert!(page.contains("picks up F1 (R1, 2 people) at SCH |"), "{page}");
    let shown = Options { privacy: Privacy { names: true, ..Privacy::default() }, ..Options::default() };
    let page = after_school::read(&one(&after_school::report(&shown), "rota.html"));
    assert!(page.contains("at SCH Ysgol Glan Nant |"), "{page}");
    // Calendars name no place at all.
    for file in
        after_school::report(&after_school::named(Privacy::ALL)).iter().filter(|file| file.name.ends_with("ics"))
    {
        let told = text(file).replace("\r\n ", "");
        assert!(!told.contains("Ysgol") && !told.contains("station"), "{}", file.name);
        let titles = told.lines().filter(|line| line.starts_with("SUMMARY"));
        assert!(titles.clone().count() > 0 && titles.clone().all(|title| !title.contains("SCH")), "{}", file.name);
    }
}

#[test]
fn meeting_points_are_on_the_page_only_roughly() {
    let page = |lat: f64, homes| {
        let mut problem = after_school::problem();
        problem.meeting_points[0].lat = Some(lat);
        problem.meeting_points[0].postcode = Some("CF10 3AT".to_owned());
        let options = Options { privacy: Privacy { homes, ..Privacy::default() }, ..Options::default() };
        one(&files(&problem, &after_school::rota(), &options).expect("a report"), "rota.html")
    };
    assert!(page(51.59, false) == page(51.595, false));
    assert!(page(51.59, true) != page(51.595, true));
    assert!(page(51.59, false).contains(", families from CF10<") && !page(51.59, false).contains("3AT"));
    assert!(page(51.59, false).contains("Homes and meeting points are shown roughly"));
}
