//! What must not be read: as little is told to each as can be.

use crate::{body, content, named, one, pages, problem, report, text};
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
    assert!(!page(51.61, false).contains("3AT") && page(51.61, false).contains(", from CF10<"));
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
    let chaperone = one(&files, "sheets/sheet-V04-2026-12-01.html");
    assert!(chaperone.contains("F08") && chaperone.contains("07700 900005"));
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
    let (problem, rota) = (problem(), crate::rota());
    let id = problem.volunteers[0].id.as_str();
    assert_eq!(called(&problem, Privacy::default(), id), id);
    assert_eq!(called(&problem, Privacy::ALL, id), format!("{id} {}", problem.volunteers[0].name));
    let answer = || answers::standby(&rota, &Standby { broken: 0, trips: Vec::new() });
    assert!(answers::with_names(answer(), &problem, Privacy::default()).get("names").is_none());
    let named = answers::with_names(answer(), &problem, Privacy { names: true, ..Privacy::default() });
    assert_eq!(named["names"][id], problem.volunteers[0].name);
    assert!(named["names"].get(problem.prisons[0].id.as_str()).is_none());
}

#[test]
fn no_sheet_links_to_a_map_where_routes_are_not_to_be_linked() {
    let bare = Options { no_route_links: true, ..named() };
    for file in pages(report(&bare)) {
        assert!(!text(&file).contains("href=\"geo:") && !text(&file).contains("openstreetmap"), "{}", file.name);
    }
    assert!(one(&report(&bare), "sheets.html").contains("51."), "the coordinates are there all the same");
}
