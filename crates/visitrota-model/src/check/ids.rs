//! Ids: each stands once.

use std::collections::HashMap;

use super::index::Index;
use super::references;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{MeetingPlace, Problem};

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let mut places = Vec::new();
    macro_rules! take {
        ($list:ident, $noun:literal) => {
            for (n, item) in problem.$list.iter().enumerate() {
                places.push(($noun, format!(concat!(stringify!($list), "[{}].id"), n), item.id.as_str()));
            }
        };
    }
    take!(prisons, "prison");
    take!(meeting_points, "meeting point");
    take!(prisoners, "prisoner");
    take!(volunteers, "volunteer");
    take!(families, "family");
    for (noun, path, id) in places.iter().filter(|(.., id)| *id == MeetingPlace::HOME) {
        let message = format!("A {noun} has the id `{id}`, which stands for a family's own home.");
        let remedy = "Give it another id, there and wherever it is named.";
        found.push(Finding::error(Code::ReservedId, path.as_str(), message, remedy).with_value(id));
    }
    unique(places.into_iter(), found);
    let named = |noun, field: &'static str| move |(n, id)| (noun, format!("{field}[{n}].id"), id);
    let slots = problem.slots.iter().map(|slot| slot.id.as_str());
    unique(slots.enumerate().map(named("slot", "slots")), found);
    let requests = problem.requests.iter().map(|request| request.id.as_str());
    unique(requests.enumerate().map(named("request", "requests")), found);
    references::check(problem, index, found);
}

/// Finds empty ids, and ids that stand twice in one space of ids.
fn unique<'a>(ids: impl Iterator<Item = (&'static str, String, &'a str)>, found: &mut Findings) {
    let mut seen: HashMap<&str, (&str, String)> = HashMap::new();
    for (noun, path, id) in ids {
        if id.trim().is_empty() {
            let message = format!("A {noun} has an empty id.");
            found.push(Finding::error(Code::EmptyId, path, message, "Give it an id of its own."));
            continue;
        }
        if let Some((other, first)) = seen.get(id) {
            let message = if *other == noun {
                format!("Two {noun} entries have the id {id}: this one, and {first}.")
            } else {
                format!("This {noun} and a {other} ({first}) have the same id, {id}.")
            };
            let remedy = "Give one of them another id, there and wherever it is named; or take one away.";
            let finding = Finding::error(Code::DuplicateId, path, message, remedy).with_value(id);
            found.push(finding.mentioning(first.as_str()));
        } else {
            seen.insert(id, (noun, path));
        }
    }
}
