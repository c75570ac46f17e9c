//! Volunteers and families whom no trip can take: counted first, then told of one by one, with the likely word.

use visitrota::{Code, Finding, Problem, check, load};

fn tiny() -> Problem {
    load(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json")).expect("a problem")
}

fn of(findings: &[Finding], code: Code) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.code == code).collect()
}

#[test]
fn a_misspelt_permission_is_told_of_with_the_word_that_is_meant() {
    let mut problem = tiny();
    let driver = problem.volunteers.iter().position(|volunteer| volunteer.drives().is_some()).expect("a driver");
    let volunteer = &mut problem.volunteers[driver];
    let id = volunteer.id.clone();
    volunteer.name = "Mrs Example".to_owned();
    volunteer
        .holds
        .iter_mut()
        .filter(|hold| hold.what == "licence")
        .for_each(|hold| "licenc".clone_into(&mut hold.what));
    let findings = check(&problem);
    assert_eq!(findings[0].code, Code::LeftOut, "{findings:#?}");
    assert!(findings[0].message.contains(id.as_str()) && findings[0].told().contains("Mrs Example"), "{}", findings[0]);
    let path = format!("volunteers[{driver}]");
    let idle = of(&findings, Code::IdleVolunteer);
    let told = idle.iter().find(|finding| finding.path == path).expect("told of");
    assert!(told.message.contains("can drive nobody"), "{told}");
    assert!(told.message.contains("holds `licenc`, and `licence` is asked for"), "{told}");
    assert!(!told.message.contains("Mrs Example") && told.told().contains(&format!("{id} Mrs Example")), "{told}");
}

#[test]
fn nobody_with_a_trip_in_the_best_rota_is_told_to_have_none() {
    for fixture in ["tiny", "south-wales"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/");
        let problem = load(format!("{folder}{fixture}/problem.json")).expect("a problem");
        let rota = visitrota::plan(&problem, &visitrota::Options::default()).expect("a rota");
        let findings = check(&problem);
        for finding in of(&findings, Code::IdleVolunteer) {
            let goes = rota.trips.iter().flat_map(|trip| [Some(&trip.driver), trip.chaperone.as_ref()]).flatten();
            let told = finding.value.clone().unwrap_or_default();
            assert!(goes.into_iter().all(|id| id.as_str() != told), "{finding}");
        }
    }
}
