//! Everything that can be found in a problem, with what only the planner knows.

mod left_over;
mod rest;

use visitrota_model::{Finding, Problem, in_document_order};

use left_over::{Sure, left_over};

/// Every error and warning in a problem: those that the document shows and, if it has no errors, the requests that no
/// trip could serve and the volunteers whom no trip could take, with what stops them. Who is left out is counted first.
/// If there are errors, these are told all the same as far as the errors have no part in them.
#[must_use]
pub fn check(problem: &Problem) -> Vec<Finding> {
    let mut findings = visitrota_model::check(problem);
    if findings.iter().any(Finding::is_error) {
        findings.extend(rest::check(problem, &[], &findings));
    } else {
        findings.extend(left_over(problem, &findings, Sure::ALL));
    }
    in_document_order(&mut findings);
    findings
}

/// What only the planner knows of a problem of which something could not be read: of some elements of its lists, each by
/// the list's name and its number, as [`Document::draft`](crate::files::Document::draft) gives them.
#[must_use]
pub fn check_draft(problem: &Problem, unread: &[(String, usize)]) -> Vec<Finding> {
    rest::check(problem, unread, &visitrota_model::check(problem))
}
