//! What families hold: a consent, a place on a prison's contact list.

use visitrota_model::{Hold, Problem};

use crate::random::Random;
use crate::recipe::Recipe;
use crate::week::WEEK;

const CONSENT: &str = "consent";
const LISTED: &str = "listed";

/// Has every family hold a consent, and what half of the prisons require of visitors; a few lack it, or hold it only
/// until the week's Thursday.
pub(super) fn add(recipe: &Recipe, problem: &mut Problem) {
    problem.policy.family_requires = vec![CONSENT.to_owned()];
    for (number, prison) in problem.prisons.iter_mut().enumerate() {
        if Random::of(recipe.seed, "visitors hold", &[number as i64]).chance(50) {
            prison.visitor_requires = vec![LISTED.to_owned()];
        }
    }
    for (number, family) in problem.families.iter_mut().enumerate() {
        let mut random = Random::of(recipe.seed, "family holds", &[number as i64]);
        for (what, per_cent, lasts) in [(CONSENT, 99, 60), (LISTED, 98, 100)] {
            let held = random.chance(per_cent);
            let lasts = random.chance(lasts);
            let last_day = if random.chance(3) { 3 } else { random.within(7, 365) };
            if held {
                let hold = Hold::new(what);
                family.holds.push(if lasts { hold } else { hold.until(WEEK.date(last_day)) });
            }
        }
    }
}
