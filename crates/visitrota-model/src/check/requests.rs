//! Requests: that each can be met, by some slot and some volunteer.

use std::collections::HashSet;

use super::index::{Index, family_path};
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{ChildrenAlone, Problem, Request, Role};

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let no_escort = no_escort(problem);
    for (n, request) in problem.requests.iter().enumerate() {
        families(n, request, found);
        options(index, n, request, found);
        at_their_prison(index, n, request, found);
        if index.is_locked(request) {
            continue;
        }
        for (k, id) in request.families.iter().enumerate() {
            let family = index.families.get(id.as_str());
            if let Some((why, remedy)) = no_escort
                && family.is_some_and(|family| family.child_only() && !family.members.is_empty())
            {
                let message =
                    format!("Nobody can serve the request {}: the family {id} is child-only, and {why}.", request.id);
                let path = family_path(n, request, k);
                found.push(Finding::warning(Code::NobodyCanServe, path, message, remedy).with_value(id));
                break;
            }
        }
    }
}

/// That a request names at least one family, and each once.
fn families(n: usize, request: &Request, found: &mut Findings) {
    let id = &request.id;
    if request.families.is_empty() {
        let message = format!("The request {id} names no family.");
        let path = format!("requests[{n}].families");
        let remedy = "Name who asks, or take the request away.";
        found.push(Finding::error(Code::MissingField, path, message, remedy));
    }
    let mut seen = HashSet::new();
    for (k, family) in request.families.iter().enumerate().filter(|(_, family)| !seen.insert(*family)) {
        let message = format!("The request {id} names the family {family} twice.");
        let path = family_path(n, request, k);
        let remedy = "Name each household once; one that visits alone is `family`.";
        found.push(Finding::error(Code::FieldConflict, path, message, remedy).with_value(family));
    }
}

/// That a request lists slots that exist, each once.
fn options(index: &Index<'_>, n: usize, request: &Request, found: &mut Findings) {
    let id = &request.id;
    let mut seen = HashSet::new();
    for (k, option) in request.options.iter().enumerate().filter(|(_, option)| !seen.insert(&option.slot)) {
        let message = format!("The request {id} lists the slot {} twice.", option.slot);
        let path = format!("requests[{n}].options[{k}].slot");
        let remedy = "Keep one of the two, with the rank that is meant.";
        found.push(Finding::error(Code::DuplicateOption, path, message, remedy).with_value(&option.slot));
    }
    if !request.options.iter().any(|option| index.slot(&option.slot).is_some()) && !index.is_locked(request) {
        let message = match request.options.as_slice() {
            [] => format!("The request {id} lists no slot."),
            _ => format!("None of the slots that the request {id} lists exists."),
        };
        let remedy = "List slots that would do, or take the request away.";
        found.push(Finding::error(Code::NoSlotExists, format!("requests[{n}].options"), message, remedy));
    }
}

/// That every option of a request is where its prisoner is.
fn at_their_prison(index: &Index<'_>, n: usize, request: &Request, found: &mut Findings) {
    let prisoner = request.prisoner.as_ref().and_then(|id| index.prisoners.get(id.as_str()));
    let Some(prisoner) = prisoner.filter(|prisoner| index.prisons.contains_key(prisoner.prison.as_str())) else {
        return;
    };
    for (k, option) in request.options.iter().enumerate() {
        let Some(slot) = index.slot(&option.slot).filter(|slot| slot.prison != prisoner.prison) else { continue };
        let message = format!(
            "The request {} visits {}, who is at {}, and lists the slot {} at {}.",
            request.id, prisoner.id, prisoner.prison, slot.id, slot.prison
        );
        let path = format!("requests[{n}].options[{k}].slot");
        let remedy = format!("List slots at {}, or mend the `prison` of {}.", prisoner.prison, prisoner.id);
        found.push(Finding::error(Code::WrongPrison, path, message, remedy).with_value(&slot.id));
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
