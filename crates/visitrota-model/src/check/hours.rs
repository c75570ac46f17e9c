//! The hours of the scheme: that they are hours, and that slots and windows lie within them.

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Hours, Problem, Window};
use crate::time::{Date, Zone};

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let policy = &problem.policy;
    let volunteers = sound("volunteer_hours", policy.volunteer_hours, found);
    let families = sound("family_hours", policy.family_hours, found);
    slots(problem, index, volunteers, families, found);
    if let Some(hours) = volunteers {
        for (n, volunteer) in problem.volunteers.iter().enumerate() {
            let who = format!("The volunteer {}", volunteer.id);
            let named = Named { path: format!("volunteers[{n}]"), who, field: "volunteer_hours" };
            windows(problem, &named, &volunteer.available, hours, found);
        }
    }
    if let Some(hours) = families {
        for (n, family) in problem.families.iter().enumerate() {
            let who = format!("The family {}", family.id);
            let named = Named { path: format!("families[{n}]"), who, field: "family_hours" };
            windows(problem, &named, &family.available, hours, found);
        }
    }
}

/// Hours, if they begin before they end.
fn sound(field: &str, hours: Option<Hours>, found: &mut Findings) -> Option<Hours> {
    let Hours { from, to } = hours?;
    if from < to {
        return hours;
    }
    let message = format!("The policy's `{field}` end at {to}, which is not after {from}, when they begin.");
    let remedy = "Swap the two, or mend one; hours lie within one date, and end at 24:00 at the latest.";
    found.push(Finding::error(Code::ReversedTimes, format!("policy.{field}.to"), message, remedy).with_value(to));
    None
}

/// Slots whose visitors are at the gate before or after the hours: nobody can be carried there.
fn slots(
    problem: &Problem,
    index: &Index<'_>,
    volunteers: Option<Hours>,
    families: Option<Hours>,
    found: &mut Findings,
) {
    let zone = problem.timezone;
    for (n, slot) in problem.slots.iter().enumerate() {
        let Some(prison) = index.prison_of(slot) else { continue };
        let gate_in = zone.instant(slot.start).0 - i64::from(prison.check_in_min);
        let gate_out = zone.instant(slot.end).0 + i64::from(prison.check_out_min);
        for (field, hours) in [("volunteer_hours", volunteers), ("family_hours", families)] {
            let Some(hours) = hours else { continue };
            let [opens, closes] = [hours.from, hours.to].map(|time| zone.instant(time.on(slot.start.date())).0);
            let (end, when, value) = if gate_in < opens {
                (
                    "start",
                    format!("are at the gate before {}, when the policy's `{field}` begin", hours.from),
                    slot.start,
                )
            } else if gate_out > closes {
                ("end", format!("leave the gate after {}, when the policy's `{field}` end", hours.to), slot.end)
            } else {
                continue;
            };
            let message = format!("Nobody can be carried to the slot {}: its visitors {when}.", slot.id);
            let remedy = "Mend the slot or the hours, or take the slot away.";
            let path = format!("slots[{n}].{end}");
            found.push(Finding::warning(Code::OutsideHours, path, message, remedy).with_value(value));
            break;
        }
    }
}

/// Whose windows they are, and the policy's field of their hours.
struct Named {
    path: String,
    who: String,
    field: &'static str,
}

/// Windows in which nobody is called on.
fn windows(problem: &Problem, named: &Named, windows: &[Window], hours: Hours, found: &mut Findings) {
    let Named { path, who, field } = named;
    for (k, window) in windows.iter().enumerate() {
        // One that does not touch the week, or is none, is told of elsewhere.
        let week = problem.week;
        let (first, last) = (window.from.date().max(week.from), window.to.date().min(week.to));
        if window.to <= window.from || last < first {
            continue;
        }
        // On any whole date inside, the hours are too.
        let days = [first, first.plus_days(1).min(last), last];
        if days.iter().any(|day| meets(problem.timezone, window, hours, *day)) {
            continue;
        }
        let Window { from, to } = window;
        let message = format!(
            "{who} is available from {from} to {to}, and is called on from {} to {} only (the policy's `{field}`).",
            hours.from, hours.to
        );
        let remedy = "Mend the window or the hours, or take the window away.";
        let path = format!("{path}.available[{k}]");
        found.push(Finding::warning(Code::OutsideHours, path, message, remedy).with_value(from));
    }
}

/// Whether a window and the hours of a date have some time in common.
fn meets(zone: Zone, window: &Window, hours: Hours, day: Date) -> bool {
    let [opens, closes] = [hours.from, hours.to].map(|time| zone.instant(time.on(day)));
    zone.instant(window.from) < closes && opens < zone.instant(window.to)
}
