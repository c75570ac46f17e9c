//! Volunteers: that each can be used as described.

use super::times::touches;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Problem, Role, Volunteer};

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    for (n, volunteer) in problem.volunteers.iter().enumerate() {
        let path = format!("volunteers[{n}]");
        let id = &volunteer.id;
        if volunteer.roles.contains(&Role::Driver) && volunteer.car.is_none() {
            let message = format!("The volunteer {id} is a driver, and has no car.");
            let remedy = "Add their `car` with its `seats`, or take the role away.";
            found.push(Finding::error(Code::DriverWithoutCar, format!("{path}.car"), message, remedy));
        }
        if let Some((field, why, remedy)) = idle(problem, volunteer) {
            let message = format!("The volunteer {id} can make no trip: {why}.");
            found.push(Finding::warning(Code::IdleVolunteer, format!("{path}.{field}"), message, remedy));
        }
    }
    let drives = |volunteer: &Volunteer| volunteer.roles.contains(&Role::Driver);
    if !problem.volunteers.is_empty() && !problem.volunteers.iter().any(drives) {
        let message = "No volunteer is a driver, so no request can be served.";
        let remedy = "Give the role `driver`, and a car, to those who drive.";
        found.push(Finding::warning(Code::NobodyCanServe, "volunteers", message, remedy));
    }
}

/// Why a volunteer can make no trip, and in which field that stands.
fn idle(problem: &Problem, volunteer: &Volunteer) -> Option<(&'static str, &'static str, &'static str)> {
    if volunteer.roles.is_empty() {
        Some(("roles", "they have no role", "Give them the role `driver`, `chaperone` or both."))
    } else if volunteer.available.is_empty() {
        Some(("available", "they have no window", "Add when they can be out, or take them away for this week."))
    } else if !volunteer.available.iter().any(|window| touches(problem.week, window)) {
        Some(("available", "none of their windows is in the week", "Add a window, or take them away for this week."))
    } else if volunteer.max_trips == 0 {
        Some(("max_trips", "at most 0 are allowed", "Allow at least 1, or take them away for this week."))
    } else if volunteer.max_trips_per_day == 0 {
        Some(("max_trips_per_day", "at most 0 a day are allowed", "Allow at least 1, or take them away for this week."))
    } else {
        None
    }
}
