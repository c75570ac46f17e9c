//! Checking a problem: everything that can be found wrong in it without planning.
//!
//! An error is a contradiction, or a want of something without which no rota can be planned; a warning is something
//! that can be planned, and yet is hardly meant. One file holds one subject; each finding names everyone concerned.

mod cars;
mod coast;
mod consents;
mod counted;
mod far_away;
mod hours;
mod ids;
mod index;
mod lacking;
mod legs;
mod limits;
mod locked;
mod odd_dates;
mod odd_slots;
mod pairs;
mod permissions;
mod pins;
mod place;
mod places;
mod postcodes;
mod prisoners;
mod published;
mod references;
mod requests;
mod rota;
mod seams;
mod space;
mod stops;
#[cfg(test)]
pub(crate) mod testing;
mod times;
mod travel;
mod volunteers;

use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::Problem;
use index::Index;

pub use lacking::{lacking, lacking_for_some, lacks_what_all_need};
pub use odd_dates::check_week;
pub use rota::check_rota;

/// Everything wrong, or odd, in a problem, in the document's order. A problem with an error is not planned.
#[must_use]
pub fn check(problem: &Problem) -> Vec<Finding> {
    let index = Index::new(problem);
    let mut found = Findings::default();
    nothing_to_plan(problem, &mut found);
    ids::check(problem, &index, &mut found);
    limits::check(problem, &mut found);
    times::check(problem, &mut found);
    odd_dates::check(problem, &mut found);
    odd_slots::check(problem, &mut found);
    seams::check(problem, &mut found);
    hours::check(problem, &index, &mut found);
    travel::check(problem, &index, &mut found);
    legs::check(problem, &mut found);
    places::check(problem, &mut found);
    volunteers::check(problem, &mut found);
    permissions::check(problem, &index, &mut found);
    consents::check(problem, &index, &mut found);
    cars::check(problem, &index, &mut found);
    requests::check(problem, &index, &mut found);
    prisoners::check(problem, &index, &mut found);
    pairs::check(problem, &index, &mut found);
    pins::check(problem, &index, &mut found);
    published::check(problem, &index, &mut found);
    locked::check(problem, &index, &mut found);
    let mut found = found.into_vec();
    in_document_order(&mut found);
    found
}

/// Puts findings in the order of the document's fields, and of the elements of each.
#[doc(hidden)]
pub fn in_document_order(findings: &mut [Finding]) {
    const FIELDS: &[&str] = &[
        "",
        "format",
        "name",
        "week",
        "timezone",
        "policy",
        "travel",
        "prisons",
        "meeting_points",
        "prisoners",
        "slots",
        "volunteers",
        "families",
        "requests",
        "pairs",
        "pins",
        "published",
        "locked",
    ];
    findings.sort_by_key(|finding| {
        let (field, number) = Finding::element(&finding.path);
        (FIELDS.iter().position(|known| *known == field).unwrap_or(FIELDS.len()), number)
    });
}

/// An empty sheet helps nobody: better to say that something is missing.
fn nothing_to_plan(problem: &Problem, found: &mut Findings) {
    for (field, none, what) in [
        ("slots", problem.slots.is_empty(), "visiting slots"),
        ("volunteers", problem.volunteers.is_empty(), "volunteers"),
        ("requests", problem.requests.is_empty(), "requests"),
    ] {
        if none {
            let message = format!("There is nothing to plan: the week has no {what}.");
            found.push(Finding::error(Code::NothingToPlan, field, message, format!("Give some {what}.")));
        }
    }
}

#[cfg(test)]
mod tests;
