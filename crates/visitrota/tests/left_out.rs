//! Volunteers and families whom no trip can take: counted first, then told of one by one, with the likely word.

use visitrota::{Checks, Finding, Problem, answers::Code, load};

/// Everything there is to find.
fn check(problem: &Problem) -> Vec<Finding> {
    visitrota::check(problem, &Checks::default())
}

/// What the planner knows where the first family could not be read.
fn draft(problem: &Problem) -> Vec<Finding> {
    visitrota::check(problem, &Checks::default().unread(vec![("families".to_owned(), 0)]))
}

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
    assert!(
        findings[0].message.contains(id.as_str()) && findings[0].told().0.contains("Mrs Example"),
        "{}",
        findings[0]
    );
    let path = format!("volunteers[{driver}]");
    let idle = of(&findings, Code::IdleVolunteer);
    let told = idle.iter().find(|finding| finding.path == path).expect("told of");
    assert!(told.message.contains("can drive nobody"), "{told}");
    assert!(told.message.contains("holds `licenc`, and `licence` is asked for"), "{told}");
    assert!(!told.message.contains("Mrs Example") && told.told().0.contains(&format!("{id} Mrs Example")), "{told}");
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

/// The tiny week, with a driver whom no trip can take.
fn with_an_idle_driver() -> Problem {
    let mut problem = tiny();
    let driver = problem.volunteers.iter_mut().find(|volunteer| volunteer.drives().is_some()).expect("a driver");
    driver.holds.retain(|hold| hold.what != "licence");
    problem
}

#[test]
fn an_error_hides_nobody_whom_it_does_not_concern() {
    let sound = check(&with_an_idle_driver());
    let idle = of(&sound, Code::IdleVolunteer);
    assert!(!idle.is_empty(), "{sound:#?}");
    // A family and its request are in error, and who lacks what is asked of every driver is told of all the same.
    let mut problem = with_an_idle_driver();
    problem.families[0].members.clear();
    let findings = check(&problem);
    assert!(findings.iter().any(Finding::is_error), "{findings:#?}");
    assert!(of(&findings, Code::IdleVolunteer).contains(&idle[0]), "{findings:#?}");
    assert!(of(&findings, Code::NobodyCanServe).len() <= of(&sound, Code::NobodyCanServe).len(), "{findings:#?}");
    // With an error of the week nothing is sure.
    let mut problem = with_an_idle_driver();
    std::mem::swap(&mut problem.week.from, &mut problem.week.to);
    let findings = check(&problem);
    assert!(of(&findings, Code::LeftOut).is_empty(), "{findings:#?}");
}

#[test]
fn requests_of_a_problem_with_errors_keep_their_numbers() {
    let mut problem = tiny();
    for volunteer in &mut problem.volunteers {
        volunteer.holds.clear();
    }
    let alone = of(&check(&problem), Code::NobodyCanServe).last().map(|finding| (*finding).clone()).expect("a request");
    let family = problem.requests[0].families[0].clone();
    let others = problem.requests.iter().filter(|request| request.families.contains(&family)).count();
    assert!(others < problem.requests.len(), "another family asks as well");
    problem.families.iter_mut().filter(|one| one.id == family).for_each(|one| one.members.clear());
    let findings = check(&problem);
    assert!(of(&findings, Code::NobodyCanServe).contains(&&alone), "{findings:#?}\n{alone:#?}");
}

#[test]
fn requests_are_told_of_with_the_names_of_families() {
    let mut problem = tiny();
    for volunteer in &mut problem.volunteers {
        volunteer.holds.clear();
    }
    let family = problem.requests[0].families[0].clone();
    problem.families.iter_mut().filter(|one| one.id == family).for_each(|one| "Examples".clone_into(&mut one.name));
    let findings = check(&problem);
    let told = of(&findings, Code::NobodyCanServe);
    assert!(told[0].message.contains(&format!("of {family},")), "{}", told[0]);
    assert!(told[0].told().0.contains(&format!("of {family} Examples,")), "{}", told[0].told().0);
}

#[test]
fn of_a_draft_the_sound_part_is_told_of_whatever_else_is_wrong() {
    let mut problem = tiny();
    problem.volunteers[0].holds.retain(|hold| hold.what != "licence");
    let last = problem.families.len() - 1;
    problem.families[last].members.clear();
    // The first family could not be read, and the last has an error.
    let findings = draft(&problem);
    let unserved = of(&findings, Code::NobodyCanServe);
    assert!(!of(&findings, Code::LeftOut).is_empty(), "{findings:#?}");
    assert!(unserved.iter().all(|finding| finding.path != format!("requests[{last}]")), "{unserved:#?}");
    // As much as without the error.
    let mut sound = tiny();
    sound.volunteers[0].holds.retain(|hold| hold.what != "licence");
    assert!(!of(&draft(&sound), Code::LeftOut).is_empty());
}
