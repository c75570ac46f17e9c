//! Places that are known by their postcodes alone: papers say so, and whose the table is.

use serde_json::json;
use visitrota_model::Problem;
use visitrota_postcodes::ATTRIBUTION;
use visitrota_report::{Book, Options, files, geojson};

use crate::{one, problem, rota};

/// The week with families known by a postcode alone.
fn by_postcode() -> Problem {
    let mut problem = problem();
    for family in &mut problem.families {
        (family.lat, family.lon, family.postcode) = (None, None, Some("CF10 3AT".to_owned()));
    }
    problem
}

fn papers(problem: &Problem, name: &str) -> String {
    one(&files(problem, &rota(), &Options::default()).expect("a report"), name)
}

#[test]
fn the_foot_of_papers_has_the_lines_of_attribution_where_positions_are_from_the_table() {
    for name in ["rota.html", "sheets.html", "sheets/sheet-V02-2026-12-01.html"] {
        let (with, without) = (papers(&by_postcode(), name), papers(&problem(), name));
        for line in ATTRIBUTION {
            assert!(with.contains(line), "{line} is not in {name}");
            assert!(!without.contains(line), "{line} is in {name}");
        }
    }
    // Letters show no position.
    assert!(!papers(&by_postcode(), "letters.html").contains(ATTRIBUTION[0]));
}

#[test]
fn nobody_is_led_to_the_middle_of_a_sector() {
    let sheet = papers(&by_postcode(), "sheets/sheet-V02-2026-12-01.html");
    assert!(sheet.contains("CF10 3AT") && sheet.contains("position known by postcode only"));
    for degrees in ["51.47918", "-3.18340"] {
        assert!(!sheet.contains(degrees), "{degrees}");
    }
}

#[test]
fn maps_show_the_middle_of_the_sector_roughly_and_say_so() {
    let page = papers(&by_postcode(), "rota.html");
    assert!(page.contains("Of some places only the postcode is known"));
    assert!(!page.contains("3AT"));
    let (problem, rota, options) = (by_postcode(), rota(), Options::default());
    let told = geojson(&Book::new(&problem, &rota, &options).expect("a book"));
    assert_eq!(told["attribution"], json!(ATTRIBUTION));
    assert!(told.to_string().contains("[-3.2,51.5]"), "{told}");
    let problem = self::problem();
    let told = geojson(&Book::new(&problem, &rota, &options).expect("a book"));
    assert_eq!(told.get("attribution"), None);
}
