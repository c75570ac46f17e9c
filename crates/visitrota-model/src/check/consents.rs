//! Consents and entries in lists: that families hold what their visits ask for, and that it lasts the week.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::list;
use super::index::{Index, family_path};
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Family, Hold, Problem, Request, Slot};
use crate::time::Date;

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let unheld = nobody_holds(problem, index, found);
    runs_out(problem, index, found);
    never_met(problem, index, &unheld, found);
}

/// What no family that asks for a visit holds, at any time: maybe a slip of the pen.
fn nobody_holds<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) -> BTreeSet<&'a str> {
    let asking = || index.asking(problem).map(|(_, family)| family);
    let known: BTreeSet<_> = asking().flat_map(|family| &family.holds).map(|hold| hold.what.as_str()).collect();
    let mut unheld = BTreeSet::new();
    let mut lacking = |path: &str, whats: &'a [String], who: &str| {
        let missing = whats.iter().enumerate().filter(|(_, what)| !known.contains(what.as_str()));
        for (n, what) in missing.filter(|_| asking().next().is_some()) {
            let message = format!("{who} calls for `{what}`, which no family that asks for a visit holds.");
            let remedy = match index.meant(what, known.iter().copied()) {
                Some(meant) => format!("Did you mean `{meant}`? Else add it to `holds` of the families that have it."),
                None => "Add it to `holds` of the families that have it, or do not call for it.".to_owned(),
            };
            let path = format!("{path}[{n}]");
            found.push(Finding::warning(Code::NobodyHolds, path, message, remedy).with_value(what));
            unheld.insert(what.as_str());
        }
    };
    lacking("policy.family_requires", &problem.policy.family_requires, "The policy");
    for (n, prison) in problem.prisons.iter().enumerate() {
        let path = format!("prisons[{n}].visitor_requires");
        lacking(&path, &prison.visitor_requires, &format!("The prison {}", prison.id));
    }
    unheld
}

/// What a visit in a slot asks of a family.
fn required<'a>(problem: &'a Problem, index: &Index<'a>, slot: &Slot) -> impl Iterator<Item = &'a str> + use<'a> {
    let of_prison = index.prison_of(slot).map_or(&[][..], |prison| &prison.visitor_requires);
    problem.policy.family_requires.iter().chain(of_prison).map(String::as_str)
}

/// Holds of families that end before their last possible visit.
fn runs_out(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    // For each family and what is asked of it, the first and the last date on which that is.
    let mut needed: BTreeMap<(&str, &str), (Date, Date)> = BTreeMap::new();
    for request in problem.requests.iter().filter(|request| !index.is_locked(request)) {
        for slot in request.options.iter().filter_map(|option| index.slot(&option.slot)) {
            let date = slot.start.date();
            for family in &request.families {
                for what in required(problem, index, slot) {
                    let (first, last) = needed.entry((family.as_str(), what)).or_insert((date, date));
                    (*first, *last) = (date.min(*first), date.max(*last));
                }
            }
        }
    }
    for (n, family) in problem.families.iter().enumerate() {
        for (k, hold) in family.holds.iter().enumerate() {
            let (id, what) = (&family.id, &hold.what);
            let Some((first, last)) = needed.get(&(id.as_str(), what.as_str())).copied() else { continue };
            let Some(until) = hold.until.filter(|until| *until < last) else { continue };
            let longer = |other: &Hold| other.until.is_none_or(|end| end > until);
            if family.holds.iter().any(|other| other.what == *what && longer(other)) {
                continue;
            }
            let day = until.long();
            let message = if until < first {
                format!(
                    "`{what}` of the family {id} ran out: its last day was {day}, before its first visit on {first}."
                )
            } else {
                format!("`{what}` of the family {id} runs out: its last day is {day}; it may visit until {last}.")
            };
            let remedy = "Renew it, and give the new `until`; on later days no visit of theirs is planned.";
            let path = format!("families[{n}].holds[{k}].until");
            found.push(Finding::warning(Code::PermissionRunsOut, path, message, remedy).with_value(until));
        }
    }
}

/// Requests one of whose families lacks something on every date asked for.
fn never_met(problem: &Problem, index: &Index<'_>, unheld: &BTreeSet<&str>, found: &mut Findings) {
    for (n, request) in problem.requests.iter().enumerate().filter(|(_, request)| !index.is_locked(request)) {
        for (k, id) in request.families.iter().enumerate() {
            let Some(family) = index.families.get(id.as_str()) else { continue };
            let Some(lacks) = lacks_always(problem, index, request, family) else { continue };
            let lacks: Vec<_> = lacks.difference(unheld).map(|what| format!("`{what}`")).collect();
            if lacks.is_empty() {
                continue;
            }
            let message = format!(
                "The request {} can never be met: the family {id} does not hold {} on the days of its slots.",
                request.id,
                list(lacks)
            );
            let remedy = format!("Add it to `holds` of {id} once it is there, or ask for later slots.");
            let path = family_path(n, request, k);
            found.push(Finding::warning(Code::NobodyCanServe, path, message, remedy).with_value(id));
        }
    }
}

/// What a family lacks for one slot or another of a request, if it lacks something for each.
fn lacks_always<'a>(
    problem: &'a Problem,
    index: &Index<'a>,
    request: &Request,
    family: &Family,
) -> Option<BTreeSet<&'a str>> {
    let mut all = BTreeSet::new();
    for slot in request.options.iter().filter_map(|option| index.slot(&option.slot)) {
        let date = slot.start.date();
        let lacking: Vec<_> = required(problem, index, slot).filter(|what| !family.holds_on(what, date)).collect();
        if lacking.is_empty() {
            return None;
        }
        all.extend(lacking);
    }
    (!all.is_empty()).then_some(all)
}
