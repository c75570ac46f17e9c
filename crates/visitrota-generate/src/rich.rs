//! What a scheme may have besides families and slots, added to a plain problem: whatever is not added to stays as it is.

mod holds;
mod households;
mod meeting;
mod prisoners;

use visitrota_model::{Hours, Policy, Problem, TimeOfDay};

use crate::families::Home;
use crate::recipe::Recipe;
use crate::week::clock;

/// The problem with a share of everything.
pub(crate) fn enriched(recipe: &Recipe, homes: &[Home], mut problem: Problem) -> Problem {
    let households = households::join(recipe, homes, &mut problem);
    prisoners::add(recipe, homes, &households, &mut problem);
    meeting::add(recipe, homes, &mut problem);
    holds::add(recipe, &mut problem);
    problem.policy = Policy {
        volunteer_hours: hours(clock(6, 30), clock(21, 0)),
        family_hours: hours(clock(7, 0), clock(20, 30)),
        max_duty_min: Some(660),
        max_driving_min: Some(330),
        chaperone_throughout: true,
        ..problem.policy
    };
    problem
}

fn hours(from: u32, to: u32) -> Option<Hours> {
    Some(Hours { from: TimeOfDay::new(from)?, to: TimeOfDay::new(to)? })
}
