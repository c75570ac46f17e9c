//! Dates that can hardly be meant: permissions for lifetimes, a week years away, clocks without summer time.

use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Hold, Problem, Window};
use crate::time::Date;

/// No permission is given for longer, nor kept on a list so long after it ran out.
const HOLD_YEARS: i64 = 20;
/// A week further from today, or from every window, is hardly the one meant.
const WEEK_DAYS_AWAY: i64 = 300;

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    week(problem, found);
    timezone(problem, found);
    for (n, volunteer) in problem.volunteers.iter().enumerate() {
        let who = format!("the volunteer {}", volunteer.id);
        holds(problem, &format!("volunteers[{n}]"), &who, &volunteer.holds, found);
    }
    for (n, family) in problem.families.iter().enumerate() {
        holds(problem, &format!("families[{n}]"), &format!("the family {}", family.id), &family.holds, found);
    }
}

/// That the week is not long past, nor years ahead. Nothing where it is neither.
#[must_use]
pub fn check_week(problem: &Problem, today: Date) -> Option<Finding> {
    let from = problem.week.from;
    let days = from.days_since(today);
    let (when, number) = if days > WEEK_DAYS_AWAY {
        ("begins", format!("{} from now", away(days)))
    } else if -problem.week.to.days_since(today) > WEEK_DAYS_AWAY {
        ("began", format!("{} ago", away(days)))
    } else {
        return None;
    };
    let message = format!("The week {when} on {}, about {number}: today is {}.", from.long(), today.long());
    Some(Finding::warning(Code::OddDate, "week.from", message, remedy(from, today)).with_value(from))
}

/// A week that none of many dates is anywhere near.
fn week(problem: &Problem, found: &mut Findings) {
    let from = problem.week.from;
    let windows = problem.volunteers.iter().flat_map(|volunteer| &volunteer.available);
    let windows = windows.chain(problem.families.iter().flat_map(|family| &family.available));
    let slots = problem.slots.iter().map(|slot| slot.start.date());
    let dates = windows.map(|Window { from, .. }| from.date()).chain(slots);
    let Some(nearest) = dates.min_by_key(|date| date.days_since(from).abs()) else { return };
    let days = nearest.days_since(from);
    if days.abs() > WEEK_DAYS_AWAY {
        let message = format!(
            "The week begins on {}, about {} from the nearest date of a slot or a window, {}.",
            from.long(),
            away(days),
            nearest.long()
        );
        found.push(Finding::warning(Code::OddDate, "week.from", message, remedy(from, nearest)).with_value(from));
    }
}

fn remedy(from: Date, near: Date) -> String {
    let in_year = |year: u32| Some((year, nearest_day(from, year)?));
    let years = [near.year().saturating_sub(1), near.year(), near.year() + 1];
    let meant = years.into_iter().filter_map(in_year).min_by_key(|(_, date)| date.days_since(near).abs());
    match meant {
        Some((year, _)) if year != from.year() => format!("Is a week of {year} meant? If it is right, leave it."),
        _ => "Mend the week; if it is right, leave it.".to_owned(),
    }
}

/// The same day of another year.
fn nearest_day(date: Date, year: u32) -> Option<Date> {
    let text = date.to_string();
    format!("{year:04}{}", text.get(4..)?).parse().ok()
}

/// Days in words.
fn away(days: i64) -> String {
    match (days.abs() + 182) / 365 {
        0 | 1 => "a year".to_owned(),
        years => format!("{years} years"),
    }
}

fn timezone(problem: &Problem, found: &mut Findings) {
    let zone = problem.timezone;
    if zone.is_fixed_offset() {
        let message = format!(
            "The timezone {zone} knows no summer time: in summer its clocks are an hour behind those on the wall in \
             Britain."
        );
        let remedy = "Is Europe/London meant?";
        found.push(Finding::warning(Code::OddTimezone, "timezone", message, remedy).with_value(zone));
    }
}

fn holds(problem: &Problem, path: &str, who: &str, holds: &[Hold], found: &mut Findings) {
    for (k, Hold { what, until }) in holds.iter().enumerate() {
        let Some(until) = until else { continue };
        let years = until.days_since(problem.week.to) / 365;
        let (message, remedy) = if years >= HOLD_YEARS {
            let message = format!("`{what}` of {who} lasts until {}: {years} years.", until.long());
            (message, "Mend the year; what always holds has no `until`.")
        } else if years <= -HOLD_YEARS {
            let message = format!("`{what}` of {who} ran out on {}, {} years ago.", until.long(), -years);
            (message, "Mend the year, or take it away.")
        } else {
            continue;
        };
        let path = format!("{path}.holds[{k}].until");
        found.push(Finding::warning(Code::OddDate, path, message, remedy).with_value(until));
    }
}
