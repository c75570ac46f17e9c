//! Times: the week, the slots in it, and when people can be out.

use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::limit::WEEK_DAYS;
use crate::problem::{Problem, Week, Window};
use crate::time::{WallTime, Zone};

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    let mut times = Times { zone: problem.timezone, week: sound_week(problem.week, found), found };
    for (n, slot) in problem.slots.iter().enumerate() {
        let (path, who) = (format!("slots[{n}]"), format!("The slot {}", slot.id));
        times.shown(&format!("{path}.start"), &who, slot.start);
        times.shown(&format!("{path}.end"), &who, slot.end);
        if times.zone.instant(slot.end) <= times.zone.instant(slot.start) {
            let message = format!("{who} ends at {}, which is not after its start at {}.", slot.end, slot.start);
            times.error(Code::ReversedTimes, format!("{path}.end"), message, "Mend one of the two.", slot.end);
        }
        if let Some(week) = times.week.filter(|week| !week.contains(slot.start.date())) {
            let message =
                format!("{who} starts at {}, outside the week from {} to {}.", slot.start, week.from, week.to);
            let remedy = "Mend its start, lengthen the week, or take the slot away.";
            times.error(Code::SlotOutsideWeek, format!("{path}.start"), message, remedy, slot.start);
        }
    }
    for (n, published) in problem.published.iter().enumerate() {
        let who = format!("What was published for {}", published.request);
        for (field, time) in [("pickup", published.pickup), ("home", published.home)] {
            if let Some(time) = time {
                times.shown(&format!("published[{n}].{field}"), &who, time);
            }
        }
    }
    for (n, volunteer) in problem.volunteers.iter().enumerate() {
        times.windows(&format!("volunteers[{n}]"), &format!("The volunteer {}", volunteer.id), &volunteer.available);
    }
    for (n, family) in problem.families.iter().enumerate() {
        times.windows(&format!("families[{n}]"), &format!("The family {}", family.id), &family.available);
    }
}

/// The week, if it is one.
fn sound_week(week: Week, found: &mut Findings) -> Option<Week> {
    let days = week.to.days_since(week.from) + 1;
    let (code, message, remedy) = if days < 1 {
        let message = format!("The week ends on {}, before it begins on {}.", week.to, week.from);
        (Code::ReversedTimes, message, "Swap the two dates, or mend one.".to_owned())
    } else if days > WEEK_DAYS {
        let message = format!("The week from {} to {} has {days} days.", week.from, week.to);
        (Code::OutOfRange, message, format!("Plan {WEEK_DAYS} days at most; a week at a time is usual."))
    } else {
        return Some(week);
    };
    found.push(Finding::error(code, "week.to", message, remedy).with_value(week.to));
    None
}

/// Whether a window has any day in common with the week.
pub(super) fn touches(week: Week, window: &Window) -> bool {
    window.from.date() <= week.to && week.from <= window.to.date()
}

struct Times<'a> {
    zone: Zone,
    week: Option<Week>,
    found: &'a mut Findings,
}

impl Times<'_> {
    fn error(&mut self, code: Code, path: String, message: String, remedy: &str, value: WallTime) {
        self.found.push(Finding::error(code, path, message, remedy).with_value(value));
    }

    fn warning(&mut self, code: Code, path: String, message: String, remedy: &str, value: WallTime) {
        self.found.push(Finding::warning(code, path, message, remedy).with_value(value));
    }

    fn windows(&mut self, path: &str, who: &str, windows: &[Window]) {
        for (k, window) in windows.iter().enumerate() {
            let path = format!("{path}.available[{k}]");
            self.shown(&format!("{path}.from"), who, window.from);
            self.shown(&format!("{path}.to"), who, window.to);
            let Window { from, to } = window;
            let (begins, ends) = (self.zone.instant(*from), self.zone.instant(*to));
            if ends < begins {
                let message = format!("{who} is available to {to}, which is before {from}, when the window begins.");
                let remedy = "Swap the two times, or mend one; a window may reach past midnight into the next date.";
                self.error(Code::ReversedTimes, format!("{path}.to"), message, remedy, *to);
            } else if ends == begins {
                let message = format!("{who} is available from {from} to {to}: no trip is that short.");
                self.warning(Code::ReversedTimes, format!("{path}.to"), message, "Mend one of the two times.", *to);
            } else if let Some(week) = self.week.filter(|&week| !touches(week, window)) {
                let (first, last) = (week.from, week.to);
                let message = format!("{who} is available from {from} to {to}, outside the week of {first} to {last}.");
                let remedy = "Mend the dates, or take the window away.";
                self.warning(Code::WindowOutsideWeek, path, message, remedy, *from);
            }
        }
    }

    fn shown(&mut self, path: &str, who: &str, time: WallTime) {
        if !self.zone.shows(time) {
            let read = self.zone.wall(self.zone.instant(time));
            let message =
                format!("{who}: no clock shows {time}, since the clocks go forward over it; it is read as {read}.");
            self.warning(Code::SkippedTime, path.to_owned(), message, "Give a time before or after the change.", time);
        }
    }
}
