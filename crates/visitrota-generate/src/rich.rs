//! What a scheme may have besides families and slots, added to a plain problem: whatever is not added to stays as it is.

mod holds;
mod households;
mod meeting;
mod prisoners;

use visitrota_model::{Hours, Problem, TimeOfDay};

use crate::families::Home;
use crate::recipe::Recipe;
use crate::week::clock;

/// The problem with a share of everything.
pub(crate) fn enriched(recipe: &Recipe, homes: &[Home], mut problem: Problem) -> Problem {
    let households = households::join(recipe, homes, &mut problem);
    prisoners::add(recipe, homes, &households, &mut problem);
    meeting::add(recipe, homes, &mut problem);
    holds::add(recipe, &mut problem);
    let policy = &mut problem.policy;
    policy.volunteer_hours = hours(clock(6, 30), clock(21, 0));
    policy.family_hours = hours(clock(7, 0), clock(20, 30));
    (policy.max_duty_min, policy.max_driving_min) = (Some(660), Some(330));
    policy.chaperone_throughout = true;
    problem
}

fn hours(from: u32, to: u32) -> Option<Hours> {
    Some(Hours::new(TimeOfDay::new(from)?, TimeOfDay::new(to)?))
}
