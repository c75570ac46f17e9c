//! Windows that touch or overlap. A trip lies within one window, so none reaches over the seam: likely that is not meant.

use super::times::touches;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Problem, Window};

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    for (n, volunteer) in problem.volunteers.iter().enumerate() {
        let who = format!("The volunteer {}", volunteer.id);
        seams(problem, &format!("volunteers[{n}]"), &who, &volunteer.available, found);
    }
    for (n, family) in problem.families.iter().enumerate() {
        seams(problem, &format!("families[{n}]"), &format!("The family {}", family.id), &family.available, found);
    }
}

fn seams(problem: &Problem, path: &str, who: &str, windows: &[Window], found: &mut Findings) {
    let instant = |time| problem.timezone.instant(time).0;
    let proper = |window: &Window| instant(window.from) < instant(window.to) && touches(problem.week, window);
    let mut order: Vec<(usize, &Window)> = windows.iter().enumerate().filter(|(_, window)| proper(window)).collect();
    order.sort_by_key(|(k, window)| (instant(window.from), instant(window.to), *k));
    // Of those before, the one that ends last.
    let mut before: Option<&Window> = None;
    for (k, window) in order {
        let Window { from, to } = *window;
        if let Some(before) = before.filter(|before| instant(before.to) >= instant(from)) {
            let begun = before.from;
            let (message, remedy) = if instant(before.to) < instant(to) {
                let message = format!(
                    "{who} has a window that ends at {} and one that begins at {from}. A trip lies within one, so none \
                     reaches over the seam.",
                    before.to
                );
                (message, format!("Give one window from {begun} to {to}; if a pause is meant, part the two."))
            } else {
                let message =
                    format!("{who} has a window from {from} to {to} within that from {begun} to {}.", before.to);
                (message, "Take it away, or mend its times.".to_owned())
            };
            let path = format!("{path}.available[{k}].from");
            found.push(Finding::warning(Code::WindowsTouch, path, message, remedy).with_value(from));
        }
        if before.is_none_or(|before| instant(before.to) < instant(to)) {
            before = Some(window);
        }
    }
}
