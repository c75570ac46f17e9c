//! Everything that can be found in a problem.

mod checks;
mod left_over;
mod rest;

pub use checks::Checks;

use visitrota_model::{Code, Finding, Problem, in_document_order};

use crate::options::Clock;
use crate::threads::Threads;
use left_over::{Sure, left_over};

/// The errors and warnings in a problem, in the order of the document and each once, as far as is asked for: see
/// [`Checks`].
///
/// Where only the planner knows, that is the requests that no trip could serve and the volunteers whom no trip could
/// take, with what stops them; who is left out is counted first. If there are errors, these are told all the same as far
/// as the errors have no part in them.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Checks, check, load};
///
/// let problem = load(file)?;
/// for finding in check(&problem, &Checks::default()) {
///     println!("{}: {} {}", finding.path, finding.message, finding.remedy);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn check(problem: &Problem, checks: &Checks) -> Vec<Finding> {
    // The limit is for all of it together.
    let clock = checks.planned.as_ref().map(|options| (options, options.watch()));
    let about = visitrota_model::check(problem);
    let of_today = checks.today.and_then(|today| visitrota_model::check_week(problem, today));
    let mut findings: Vec<Finding> = of_today.into_iter().collect();
    let planned = clock.map_or_else(Vec::new, |(options, clock)| {
        let look = || planned(problem, checks, &about, &clock);
        // Without threads of its own it works on those at hand.
        let threads = Threads::of(options);
        threads.and_then(|threads| threads.work(|| Ok(look()))).unwrap_or_else(|_| look())
    });
    // Of a draft, what the document shows is told by whoever could not read all of it.
    if checks.unread.is_none() {
        findings.extend(about);
    }
    findings.extend(planned);
    in_document_order(&mut findings);
    let mut told: Vec<Finding> = Vec::new();
    findings.into_iter().for_each(|finding| {
        if !told.iter().rev().take_while(|other| other.path == finding.path).any(|other| *other == finding) {
            told.push(finding);
        }
    });
    told
}

/// What only the planner knows, beside what the document shows; if it had to end before it knew all, that too.
fn planned(problem: &Problem, checks: &Checks, about: &[Finding], clock: &Clock) -> Vec<Finding> {
    let stop = || clock.is_over();
    let is_draft = checks.unread.is_some();
    let mut findings = if is_draft || about.iter().any(Finding::is_error) {
        rest::check(problem, checks.unread.as_deref().unwrap_or_default(), about, &stop)
    } else {
        left_over(problem, about, Sure::ALL, &stop)
    };
    if stop() {
        let message = "Looking for who can take part in no trip ended early: there may be more of them.";
        let remedy = "Allow it more time.";
        findings.push(Finding::warning(Code::CheckEnded, "", message, remedy));
    }
    findings
}
