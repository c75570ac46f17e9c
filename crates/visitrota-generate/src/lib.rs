//! Problems of invented people, of any size, each decided by a seed: to try the planner on and to measure it by.
//!
//! ```
//! use visitrota_generate::{Recipe, Size, generate};
//!
//! let problem = generate(&Recipe::from(Size::Region).families(80).seed(7));
//! assert_eq!(problem.families.len(), 80);
//! assert_eq!(problem, generate(&Recipe::from(Size::Region).families(80).seed(7)));
//! ```
//!
//! **The land is invented.** It has as many prisons as are asked for, [36 km apart](Recipe::prisons) or so, and towns
//! without end. Half of the families live within 70 minutes' drive of their prison, nearly all within two hours.
//! Volunteers live in the families' towns, whichever prison these visit, so neighbouring prisons share them. Such a
//! land has no estuaries of ours: travel is `straight-line`, by the general curve of the travel estimate.
//!
//! **The people are of every kind that the rules know**: children who travel alone, infants, wheelchairs, families that
//! ride with others or not, checks that run out in the week, drivers with limits of every sort. A few visits can be met
//! by nobody, and some lose to others, as in life. There are no pins, and nothing was published.
//!
//! **A [rich](Recipe::rich) problem** has more: schools and stations where families are met, prisoners who have few visits
//! left or are kept apart, visits of two or three households together, consents that run out, hours of the day, and
//! chaperones who stay for as long as children are in the car.
//!
//! The same recipe gives the same document, to the byte, on every machine: whatever is drawn is drawn in whole numbers,
//! and coordinates are rounded. Each thing is drawn by itself, so more volunteers change nothing about the families.
//!
//! This crate does no I/O, reads no clock and never panics.

mod families;
mod land;
mod names;
mod pairs;
mod prisons;
mod random;
mod recipe;
mod requests;
mod rich;
#[cfg(test)]
mod tests;
mod volunteers;
mod week;

use visitrota_model::{Policy, Problem, Travel, TravelSource};

pub use recipe::{Recipe, Size};

/// The problem of a recipe.
///
/// It has no errors; its warnings are those of real weeks, such as a request that nobody can serve.
#[must_use]
pub fn generate(recipe: &Recipe) -> Problem {
    let prisons = prisons::prisons(recipe);
    let slots = prisons::slots(recipe, &prisons);
    let homes = families::homes(recipe);
    let families = families::families(recipe, &homes);
    let volunteers = volunteers::volunteers(recipe, &homes);
    let requests = requests::requests(recipe, &homes, &families, &slots);
    let pairs = pairs::pairs(recipe, &homes, &families, &volunteers);
    let mut plain = Problem::new(week::WEEK.dates());
    plain.name = recipe.to_string();
    plain.policy = policy(recipe);
    plain.travel = travel();
    plain.prisons = prisons;
    plain.slots = slots.into_iter().flatten().collect();
    plain.volunteers = volunteers.into_iter().map(|(volunteer, _)| volunteer).collect();
    plain.families = families;
    plain.requests = requests;
    plain.pairs = pairs;
    if recipe.rich { rich::enriched(recipe, &homes, plain) } else { plain }
}

/// The rules of the scheme. A minibus is filled on a longer way round.
fn policy(recipe: &Recipe) -> Policy {
    let mut policy = Policy::default();
    policy.child_only_requires = vec!["safeguarding".to_owned()];
    if recipe.minibuses > 0 {
        (policy.detour_min, policy.detour_pct) = (45, 40);
    }
    policy
}

/// The general curve of the travel estimate, whose estuaries are not of this land.
fn travel() -> Travel {
    TravelSource::StraightLine { minutes_factor: 3.02, minutes_power: 0.775, km_factor: 1.6, km_power: 0.962 }.into()
}
