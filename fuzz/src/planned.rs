//! What must hold of every rota that was planned, and of every rota that was read.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::time::Duration;

use visitrota::report::{self, Book};
use visitrota::{
    Checks, Error, Finding, Options, Problem, Rota,
    answers::Verdict,
    rota::{Status, Trip},
};

/// Plans a problem without errors and holds the rota against the rules; `None` where there is none for a good reason.
pub fn planned(problem: &Problem) -> Option<Rota> {
    let found = visitrota::check(problem, &Checks::default());
    let errors = visitrota::check(problem, &Checks::document()).iter().any(Finding::is_error);
    assert_eq!(errors, found.iter().any(Finding::is_error), "the two checks differ: {found:?}");
    let options = Options::default().threads(NonZeroUsize::MIN).work_limit(100_000).time_limit(Duration::from_secs(5));
    let rota = match visitrota::plan(problem, &options) {
        Ok(rota) => rota,
        Err(Error::Invalid { findings }) => {
            assert!(errors, "checked as sound, and refused: {findings:?}");
            return None;
        }
        Err(Error::ImpossiblePins { .. } | Error::Stopped { .. }) if !errors => return None,
        Err(error) => panic!("{error}"),
    };
    assert!(!errors, "planned in spite of errors: {found:?}");
    let verdict = held_against_rules(problem, &rota);
    assert!(verdict.broken.is_empty(), "planned, and breaks the rules: {:?}", verdict.broken);
    assert_eq!(verdict.score.total(), rota.score, "the score is another");
    assert!(rota.bound.is_none_or(|bound| bound >= rota.score), "better than the bound");
    assert!(rota.status != Status::Optimal || rota.bound == Some(rota.score), "optimal without a proof");
    let faults = visitrota::check_rota(problem, &rota);
    assert!(!faults.iter().any(Finding::is_error), "planned, and faulty: {faults:?}");
    if rota.status == Status::Optimal {
        let reordered = visitrota::plan(&reversed(problem), &options).expect("planned in one order");
        assert_eq!(sorted(&rota), sorted(&reordered), "in another order of the lists the rota is another");
    }
    Some(rota)
}

/// The problem with its lists the other way round; the order of what somebody asks for or holds has a meaning.
fn reversed(problem: &Problem) -> Problem {
    let mut reversed = problem.clone();
    reversed.prisons.reverse();
    reversed.slots.reverse();
    reversed.volunteers.reverse();
    reversed.families.reverse();
    reversed.requests.reverse();
    reversed.pairs.reverse();
    reversed.pins.reverse();
    reversed.published.reverse();
    reversed
}

/// The rota with its lists in order of what they name; they follow the problem's.
fn sorted(rota: &Rota) -> Rota {
    let mut sorted = rota.clone();
    sorted.trips.sort_by(|one, two| (&one.driver, &one.slot).cmp(&(&two.driver, &two.slot)));
    sorted.unmet.sort_by(|one, two| one.request.cmp(&two.request));
    sorted.kept_free.sort_by_key(|kept| format!("{kept:?}"));
    sorted
}

/// What the verifier finds; it finds the same of the rota as it is read back.
pub fn held_against_rules(problem: &Problem, rota: &Rota) -> Verdict {
    let json = serde_json::to_vec(rota).expect("every rota can be written");
    let back = Rota::from_json(&json).unwrap_or_else(|findings| panic!("written, and not read: {findings:?}"));
    assert_eq!(*rota, back, "JSON keeps another rota");
    let verdict = visitrota::verify(problem, rota).expect("the problem is sound");
    assert_eq!(verdict, visitrota::verify(problem, &back).expect("the problem is sound"), "the verdict is another");
    verdict
}

/// Makes papers of a rota. Of one that keeps every rule they can be made, and the sheet of rides among them is the
/// same rota when it is read.
pub fn papers(problem: &Problem, rota: &Rota, keeps_rules: bool) {
    let options = report::Options::default();
    match report::files(problem, rota, &options) {
        Ok(_) => {}
        Err(report::Error::Mismatch(findings)) => {
            assert!(!keeps_rules, "a rota of the problem, and none: {findings:?}")
        }
        // Rates begin at a date, and sheets have an end.
        Err(report::Error::Rates(_) | report::Error::Workbook(_)) => {}
        Err(error) => panic!("{error}"),
    }
    let Ok(book) = Book::new(problem, rota, &options) else { return };
    let _ = report::geojson(&book);
    if keeps_rules {
        let rides = report::csv(&book);
        match visitrota::read_rota(rides.as_bytes(), "rides", problem) {
            Ok(back) => assert_eq!(who_goes(rota), who_goes(&back), "rides are others when read back:\n{rides}"),
            Err(error) if rota.trips.is_empty() => drop(error),
            Err(Error::Invalid { findings }) => panic!("rides cannot be read back: {findings:?}\n{rides}"),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Who goes with whom to what; the order in which a trip lists its families means nothing.
fn who_goes(rota: &Rota) -> Vec<String> {
    let of = |trip: &Trip| {
        let requests: BTreeSet<_> = trip.requests.iter().collect();
        format!("{:?}", (&trip.driver, &trip.chaperone, &trip.slot, requests))
    };
    rota.trips.iter().map(of).collect()
}
