//! Numbers within limits that keep every later sum far from overflow.

use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::limit::{AGE, COUNT, MINUTES, PER_CENT, POINTS, WEIGHT};
use crate::problem::Problem;

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    let policy = &problem.policy;
    let weights = &policy.weights;
    let mut most = |path: &str, who: &str, fields: &[(&str, Option<u32>, u32)]| {
        for &(field, value, most) in fields {
            if let Some(value) = value.filter(|&value| value > most) {
                let message = format!("{who}: `{field}` is {value}, and may be {most} at most.");
                let remedy = format!("Give a number from 0 to {most}.");
                let path = format!("{path}.{field}");
                found.push(Finding::error(Code::OutOfRange, path, message, remedy).with_value(value));
            }
        }
    };
    most(
        "policy",
        "The policy",
        &[
            ("break_after_min", Some(policy.break_after_min), MINUTES),
            ("break_min", Some(policy.break_min), MINUTES),
            ("turnaround_min", Some(policy.turnaround_min), MINUTES),
            ("detour_min", Some(policy.detour_min), MINUTES),
            ("detour_pct", Some(policy.detour_pct), PER_CENT),
            ("max_duty_min", policy.max_duty_min, MINUTES),
            ("max_driving_min", policy.max_driving_min, MINUTES),
            ("time_tolerance_min", Some(policy.time_tolerance_min), MINUTES),
        ],
    );
    most(
        "policy.weights",
        "The weights",
        &[
            ("visit", Some(weights.visit), WEIGHT),
            ("per_week_waiting", Some(weights.per_week_waiting), WEIGHT),
            ("max_weeks", Some(weights.max_weeks), COUNT),
            ("slot_rank", Some(weights.slot_rank), WEIGHT),
            ("new_volunteer", Some(weights.new_volunteer), WEIGHT),
            ("load", Some(weights.load), WEIGHT),
            ("drive_min", Some(weights.drive_min), WEIGHT),
            ("change_slot", Some(weights.change_slot), WEIGHT),
            ("change_driver", Some(weights.change_driver), WEIGHT),
            ("change_time", Some(weights.change_time), WEIGHT),
            ("drop_published", Some(weights.drop_published), WEIGHT),
        ],
    );
    for (n, prison) in problem.prisons.iter().enumerate() {
        most(
            &format!("prisons[{n}]"),
            &format!("The prison {}", prison.id),
            &[
                ("check_in_min", Some(prison.check_in_min), MINUTES),
                ("check_out_min", Some(prison.check_out_min), MINUTES),
                ("adult_age", Some(prison.adult_age.into()), AGE.into()),
            ],
        );
    }
    for (n, volunteer) in problem.volunteers.iter().enumerate() {
        most(
            &format!("volunteers[{n}]"),
            &format!("The volunteer {}", volunteer.id),
            &[
                ("max_duty_min", volunteer.max_duty_min, MINUTES),
                ("max_driving_min", volunteer.max_driving_min, MINUTES),
                ("recent_trips", Some(volunteer.recent_trips), COUNT),
            ],
        );
    }
    for (n, family) in problem.families.iter().enumerate() {
        let who = format!("The family {}", family.id);
        let ride =
            [("boarding_min", Some(family.boarding_min), MINUTES), ("max_ride_min", family.max_ride_min, MINUTES)];
        most(&format!("families[{n}]"), &who, &ride);
        for (k, member) in family.members.iter().enumerate() {
            most(&format!("families[{n}].members[{k}]"), &who, &[("age", Some(member.age.into()), AGE.into())]);
        }
    }
    for (n, request) in problem.requests.iter().enumerate() {
        let who = format!("The request {}", request.id);
        most(&format!("requests[{n}]"), &who, &[("weeks_waiting", Some(request.weeks_waiting), COUNT)]);
        for (k, option) in request.options.iter().enumerate() {
            most(&format!("requests[{n}].options[{k}]"), &who, &[("rank", Some(option.rank), COUNT)]);
        }
    }
    for (n, request) in problem.requests.iter().enumerate() {
        if !(-POINTS..=POINTS).contains(&request.extra_points) {
            let (id, points) = (&request.id, request.extra_points);
            let message = format!("The request {id}: `extra_points` is {points}, beyond {POINTS} points either way.");
            let remedy = format!("Give a number from -{POINTS} to {POINTS}.");
            let path = format!("requests[{n}].extra_points");
            found.push(Finding::error(Code::OutOfRange, path, message, remedy).with_value(points));
        }
    }
}
