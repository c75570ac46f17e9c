//! Checking a problem: everything that can be found wrong in it without planning.
//!
//! An error is a contradiction, or a want of something without which no rota can be planned; a warning is something
//! that can be planned, and yet is hardly meant. One file holds one subject; each finding names everyone concerned.

mod cars;
mod ids;
mod limits;
mod pairs;
mod permissions;
mod pins;
mod places;
mod requests;
mod rota;
#[cfg(test)]
pub(crate) mod testing;
mod times;
mod travel;
mod volunteers;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::nearest::likely;
use crate::problem::{Family, Prison, Problem, Request, Slot, Volunteer};

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
    travel::check(problem, &mut found);
    places::check(problem, &mut found);
    volunteers::check(problem, &mut found);
    permissions::check(problem, &index, &mut found);
    cars::check(problem, &index, &mut found);
    requests::check(problem, &index, &mut found);
    pairs::check(problem, &index, &mut found);
    pins::check(problem, &index, &mut found);
    let mut found = found.into_vec();
    in_document_order(&mut found);
    found
}

/// Puts findings in the order of the document's fields, and of the elements of each.
pub(crate) fn in_document_order(findings: &mut [Finding]) {
    const FIELDS: &[&str] = &[
        "",
        "format",
        "name",
        "week",
        "timezone",
        "policy",
        "travel",
        "prisons",
        "slots",
        "volunteers",
        "families",
        "requests",
        "pairs",
        "pins",
        "published",
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

/// Everything of a problem by its id; of those that share an id, the first.
struct Index<'a> {
    prisons: HashMap<&'a str, &'a Prison>,
    slots: HashMap<&'a str, &'a Slot>,
    volunteers: HashMap<&'a str, &'a Volunteer>,
    families: HashMap<&'a str, &'a Family>,
    requests: HashMap<&'a str, &'a Request>,
    /// The families that ask for a visit.
    asking: HashSet<&'a str>,
    /// How many more ids are compared with all others to find the one meant: it takes long, and where hundreds are
    /// unknown the cause is another.
    hints_left: Cell<u32>,
}

impl<'a> Index<'a> {
    fn new(problem: &'a Problem) -> Self {
        fn by_id<'a, T>(items: &'a [T], id: impl Fn(&'a T) -> &'a str) -> HashMap<&'a str, &'a T> {
            items.iter().rev().map(|item| (id(item), item)).collect()
        }
        Self {
            prisons: by_id(&problem.prisons, |prison| prison.id.as_str()),
            slots: by_id(&problem.slots, |slot| slot.id.as_str()),
            volunteers: by_id(&problem.volunteers, |volunteer| volunteer.id.as_str()),
            families: by_id(&problem.families, |family| family.id.as_str()),
            requests: by_id(&problem.requests, |request| request.id.as_str()),
            asking: problem.requests.iter().map(|request| request.family.as_str()).collect(),
            hints_left: Cell::new(200),
        }
    }

    fn slot(&self, id: &crate::id::SlotId) -> Option<&'a Slot> {
        self.slots.get(id.as_str()).copied()
    }

    fn prison_of(&self, slot: &Slot) -> Option<&'a Prison> {
        self.prisons.get(slot.prison.as_str()).copied()
    }

    fn family_of(&self, request: &Request) -> Option<&'a Family> {
        self.families.get(request.family.as_str()).copied()
    }

    /// The families that ask for a visit, with their positions.
    fn asking<'s>(&'s self, problem: &'a Problem) -> impl Iterator<Item = (usize, &'a Family)> + use<'a, 's> {
        problem.families.iter().enumerate().filter(|(_, family)| self.asking.contains(family.id.as_str()))
    }

    /// The known id that was likely meant by an unknown one.
    fn meant(&self, id: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let left = self.hints_left.get().checked_sub(1)?;
        self.hints_left.set(left);
        likely(id, known)
    }
}

/// `V01, V02 and V03`, or the first few of many.
fn list(items: impl IntoIterator<Item = impl Display>) -> String {
    const MOST: usize = 5;
    let all: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    match all.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) if all.len() <= MOST => format!("{} and {last}", rest.join(", ")),
        Some(_) => {
            let first: Vec<_> = all.iter().take(MOST - 1).cloned().collect();
            format!("{} and {} more", first.join(", "), all.len() - first.len())
        }
    }
}

/// `1 seat`, `2 seats`.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
