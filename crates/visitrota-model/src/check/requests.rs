//! Requests: that each can be met by some slot and some volunteer.

use std::collections::HashSet;

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{ChildrenAlone, Problem, Role};

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let no_escort = no_escort(problem);
    for (n, request) in problem.requests.iter().enumerate() {
        let id = &request.id;
        let mut seen = HashSet::new();
        for (k, option) in request.options.iter().enumerate().filter(|(_, option)| !seen.insert(&option.slot)) {
            let message = format!("The request {id} lists the slot {} twice.", option.slot);
            let path = format!("requests[{n}].options[{k}].slot");
            let remedy = "Keep one of the two, with the rank that is meant.";
            found.push(Finding::error(Code::DuplicateOption, path, message, remedy).with_value(&option.slot));
        }
        if !request.options.iter().any(|option| index.slot(&option.slot).is_some()) {
            let message = match request.options.as_slice() {
                [] => format!("The request {id} lists no slot."),
                _ => format!("None of the slots that the request {id} lists exists."),
            };
            let remedy = "List slots that would do, or take the request away.";
            found.push(Finding::error(Code::NoSlotExists, format!("requests[{n}].options"), message, remedy));
        }
        let Some(family) = index.families_of(request).find(|f| f.child_only() && !f.members.is_empty()) else {
            continue;
        };
        if let Some((why, remedy)) = no_escort {
            let message =
                format!("Nobody can serve the request {id}: the family {} is child-only, and {why}.", family.id);
            let path = format!("requests[{n}].family");
            found.push(Finding::warning(Code::NobodyCanServe, path, message, remedy).with_value(&family.id));
        }
    }
}

/// Why child-only families cannot be carried at all, and what would help.
fn no_escort(problem: &Problem) -> Option<(&'static str, &'static str)> {
    let chaperones = problem.volunteers.iter().filter(|volunteer| volunteer.roles.contains(&Role::Chaperone));
    match problem.policy.children_alone {
        ChildrenAlone::Driver => None,
        ChildrenAlone::Never => Some((
            "the policy's `children_alone` is `never`, so that such families are not carried",
            "Add an adult of the family, or let `children_alone` be `chaperone` or `driver`.",
        )),
        ChildrenAlone::Chaperone if chaperones.clone().next().is_none() => Some((
            "the policy's `children_alone` is `chaperone`, and no volunteer is one",
            "Give the role `chaperone` to those who would ride along.",
        )),
        ChildrenAlone::Chaperone => None,
    }
}
