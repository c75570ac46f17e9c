//! What can be found in a problem with errors: the elements at fault are left out, with all that name them, and of the
//! rest is told what is so whatever they turn out to be.

use std::collections::BTreeSet;

use visitrota_model::{Finding, Problem};

use super::left_over::{Stop, Sure, left_over};

/// An element of a list of the problem: the list's name, and its number.
type Element = (String, usize);

/// So often the rest is looked over: what names an element that is left out is left out as well, and so on.
const MOST_ROUNDS: usize = 6;

/// The planner's findings about the rest. These elements could not be read, and this was found in all; nothing where an
/// error is about the problem as a whole. Once `stop` says so, what was found by then.
pub(super) fn check(problem: &Problem, unread: &[Element], found: &[Finding], stop: Stop<'_>) -> Vec<Finding> {
    let mut lost: BTreeSet<Element> = unread.iter().cloned().collect();
    let mut errors: Vec<Finding> = found.iter().filter(|finding| finding.is_error()).cloned().collect();
    // What was found in all has the numbers of all.
    let mut rest = Rest::of(problem, &BTreeSet::new());
    for _ in 0..MOST_ROUNDS {
        for error in &errors {
            let (list, Some(at)) = Finding::element(&error.path) else { return Vec::new() };
            let Some(at) = rest.place(list, at) else { return Vec::new() };
            lost.insert((list.to_owned(), at));
        }
        rest = Rest::of(problem, &lost);
        if lost.iter().any(|(list, _)| rest.places.iter().all(|(known, _)| known != list)) {
            return Vec::new();
        }
        let about = visitrota_model::check(&rest.problem);
        errors = about.iter().filter(|finding| finding.is_error()).cloned().collect();
        if errors.is_empty() {
            return rest.findings(&about, sure(&lost), stop);
        }
    }
    Vec::new()
}

/// What is sure without these elements. Whatever forbids something may be left out: then less is forbidden.
fn sure(lost: &BTreeSet<Element>) -> Sure {
    let any = |lists: &[&str]| lost.iter().any(|(list, _)| lists.contains(&list.as_str()));
    Sure {
        // Somebody of whom too little is known may be the one who can.
        requests: !any(&["volunteers"]),
        // They may be asked for by somebody of whom too little is known.
        volunteers: !any(&["prisons", "meeting_points", "prisoners", "slots", "families", "requests"]),
    }
}

/// A problem without some elements, and the numbers that the others had.
struct Rest {
    problem: Problem,
    /// By list, the numbers that its elements had.
    places: Vec<(&'static str, Vec<usize>)>,
}

impl Rest {
    fn of(problem: &Problem, lost: &BTreeSet<Element>) -> Self {
        let mut rest = problem.clone();
        let mut places = Vec::new();
        macro_rules! keep {
            ($list:ident) => {
                let list = stringify!($list);
                let is_kept = |at: &usize| !lost.contains(&(list.to_owned(), *at));
                let kept: Vec<usize> = (0..rest.$list.len()).filter(is_kept).collect();
                rest.$list = kept.iter().filter_map(|at| problem.$list.get(*at).cloned()).collect();
                places.push((list, kept));
            };
        }
        keep!(prisons);
        keep!(meeting_points);
        keep!(prisoners);
        keep!(slots);
        keep!(volunteers);
        keep!(families);
        keep!(requests);
        keep!(pairs);
        keep!(pins);
        keep!(published);
        Self { problem: rest, places }
    }

    /// The number that an element of the rest had.
    fn place(&self, list: &str, at: usize) -> Option<usize> {
        let (_, places) = self.places.iter().find(|(name, _)| *name == list)?;
        places.get(at).copied()
    }

    /// What the planner finds, by the numbers that elements had.
    fn findings(&self, found: &[Finding], sure: Sure, stop: Stop<'_>) -> Vec<Finding> {
        let mut findings = left_over(&self.problem, found, sure, stop);
        for finding in &mut findings {
            if let (list, Some(at)) = Finding::element(&finding.path)
                && let Some(place) = self.place(list, at)
            {
                finding.path = finding.path.replacen(&format!("{list}[{at}]"), &format!("{list}[{place}]"), 1);
            }
        }
        findings
    }
}
