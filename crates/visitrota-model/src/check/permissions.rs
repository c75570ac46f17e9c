//! Checks, permissions and skills: that somebody holds each one needed, and that it lasts the week.

use std::collections::{HashMap, HashSet};

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{ChildrenAlone, Family, Problem, Role, Volunteer};
use crate::time::Date;

/// How long a permission lasts; always is longest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Day(Date),
    Always,
}

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let dates = problem.slots.iter().map(|slot| slot.start.date());
    let (Some(first), Some(last)) = (dates.clone().min(), dates.max()) else { return };
    let needed = Needed::new(problem, index);
    nobody_holds(problem, index, &needed, first, found);
    runs_out(problem, &needed, first, last, found);
}

/// What is called for in this week, by role.
struct Needed<'a> {
    chaperones_ride: bool,
    children_alone: bool,
    of_drivers: HashSet<&'a str>,
    of_chaperones: HashSet<&'a str>,
}

impl<'a> Needed<'a> {
    fn new(problem: &'a Problem, index: &Index<'a>) -> Self {
        let policy = &problem.policy;
        let alone = policy.children_alone;
        let children_alone =
            alone != ChildrenAlone::Never && index.asking(problem).any(|(_, family)| family.child_only());
        let chaperones_ride = children_alone && alone == ChildrenAlone::Chaperone;
        let needs = index.asking(problem).flat_map(|(_, family)| &family.needs);
        let escort = problem.prisons.iter().flat_map(|prison| &prison.escort_requires);
        let escort = || escort.clone().chain(&policy.child_only_requires).filter(|_| children_alone);
        let of_chaperones = policy.chaperone_requires.iter().chain(escort()).filter(|_| chaperones_ride);
        Self {
            chaperones_ride,
            children_alone,
            of_drivers: policy.driver_requires.iter().chain(needs).chain(escort()).map(String::as_str).collect(),
            of_chaperones: of_chaperones.map(String::as_str).collect(),
        }
    }

    fn of(&self, volunteer: &Volunteer, what: &str) -> bool {
        volunteer.roles.contains(&Role::Driver) && self.of_drivers.contains(what)
            || volunteer.roles.contains(&Role::Chaperone) && self.of_chaperones.contains(what)
    }
}

/// The permissions of all volunteers of a role, each with the longest that anyone holds it.
fn held(problem: &Problem, role: Role) -> HashMap<&str, Until> {
    let mut held = HashMap::new();
    for volunteer in problem.volunteers.iter().filter(|volunteer| volunteer.roles.contains(&role)) {
        for (what, until) in longest(volunteer) {
            let best = held.entry(what).or_insert(until);
            *best = until.max(*best);
        }
    }
    held
}

/// The permissions of a volunteer, each with its end, in the document's order.
fn longest(volunteer: &Volunteer) -> impl Iterator<Item = (&str, Until)> {
    volunteer.holds.iter().map(|hold| (hold.what.as_str(), hold.until.map_or(Until::Always, Until::Day)))
}

fn nobody_holds(problem: &Problem, index: &Index<'_>, needed: &Needed<'_>, first: Date, found: &mut Findings) {
    let policy = &problem.policy;
    let (drivers, chaperones) = (held(problem, Role::Driver), held(problem, Role::Chaperone));
    let any = |role| problem.volunteers.iter().any(|volunteer| volunteer.roles.contains(&role));
    let known = || problem.volunteers.iter().flat_map(|v| &v.holds).map(|hold| hold.what.as_str());
    let mut lacking = |role: Role, path: &str, whats: &[String], who: &str| {
        let (held, noun) = match role {
            Role::Driver => (&drivers, "driver"),
            Role::Chaperone => (&chaperones, "chaperone"),
        };
        // That there is nobody of the role at all is told elsewhere.
        for (n, what) in whats.iter().enumerate().filter(|_| any(role)) {
            if held.get(what.as_str()).is_none_or(|until| *until < Until::Day(first)) {
                let message =
                    format!("{who} calls for `{what}`, which no {noun} holds from {first} on, when visits start.");
                let remedy = match index.meant(what, known().filter(|known| known != what)) {
                    Some(meant) => format!("Did you mean `{meant}`? Else add it to `holds` of those who have it."),
                    None => "Add it to `holds` of those who have it, or do not call for it.".to_owned(),
                };
                let path = format!("{path}[{n}]");
                found.push(Finding::warning(Code::NobodyHolds, path, message, remedy).with_value(what));
            }
        }
    };
    lacking(Role::Driver, "policy.driver_requires", &policy.driver_requires, "The policy");
    if needed.chaperones_ride {
        lacking(Role::Chaperone, "policy.chaperone_requires", &policy.chaperone_requires, "The policy");
    }
    if needed.children_alone {
        lacking(Role::Driver, "policy.child_only_requires", &policy.child_only_requires, "The policy");
        for (n, prison) in problem.prisons.iter().enumerate() {
            let path = format!("prisons[{n}].escort_requires");
            lacking(Role::Driver, &path, &prison.escort_requires, &format!("The prison {}", prison.id));
        }
    }
    for (n, family) in index.asking(problem) {
        let Family { id, needs, .. } = family;
        lacking(Role::Driver, &format!("families[{n}].needs"), needs, &format!("The family {id}"));
    }
}

fn runs_out(problem: &Problem, needed: &Needed<'_>, first: Date, last: Date, found: &mut Findings) {
    for (n, volunteer) in problem.volunteers.iter().enumerate() {
        for (k, hold) in volunteer.holds.iter().enumerate() {
            let Some(until) = hold.until.filter(|&until| until < last && needed.of(volunteer, &hold.what)) else {
                continue;
            };
            let renewed = longest(volunteer).any(|(what, end)| what == hold.what && end > Until::Day(until));
            if renewed {
                continue;
            }
            let (id, what, day) = (&volunteer.id, &hold.what, until.long());
            let message = if until < first {
                format!(
                    "`{what}` of volunteer {id} ran out: its last day was {day}, before the first visit on {first}."
                )
            } else {
                format!("`{what}` of volunteer {id} runs out: its last day is {day}; visits go on to {last}.")
            };
            let remedy = "Renew it, and give the new `until`; on later days they are not planned for what asks for it.";
            let path = format!("volunteers[{n}].holds[{k}].until");
            found.push(Finding::warning(Code::PermissionRunsOut, path, message, remedy).with_value(until));
        }
    }
}
