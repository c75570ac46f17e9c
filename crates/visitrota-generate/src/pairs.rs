//! Who belongs together, and who is kept apart.

use std::collections::BTreeMap;

use visitrota_model::{Family, Pair, PairRule, PlaceId, Volunteer};

use crate::families::Home;
use crate::land::Town;
use crate::random::Random;
use crate::recipe::Recipe;

/// The pairs. A family knows volunteers of its town, and the last family before it that visits the same prison.
pub(crate) fn pairs(
    recipe: &Recipe,
    homes: &[Home],
    families: &[Family],
    volunteers: &[(Volunteer, Town)],
) -> Vec<Pair> {
    let mut in_town: BTreeMap<Town, Vec<&Volunteer>> = BTreeMap::new();
    for (volunteer, town) in volunteers {
        in_town.entry(*town).or_default().push(volunteer);
    }
    let mut last: BTreeMap<u32, &Family> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (number, (home, family)) in homes.iter().zip(families).enumerate() {
        let mut random = Random::of(recipe.seed, "pairs", &[number as i64]);
        let mut pair = |b: PlaceId, rule| pairs.push(Pair::new(family.id.place(), b, rule));
        let near = in_town.get(&home.town).map_or(&[][..], Vec::as_slice);
        let usual = random.pick(near).filter(|_| random.chance(55));
        if let Some(usual) = usual {
            pair(usual.id.place(), PairRule::Usual);
        }
        let avoided = random.pick(near).filter(|_| random.chance(10));
        if let Some(avoided) = avoided.filter(|avoided| usual != Some(avoided)) {
            pair(avoided.id.place(), PairRule::Never);
        }
        if let Some(other) = last.insert(home.prison, family) {
            match random.below(100) {
                0..2 => pair(other.id.place(), PairRule::Never),
                2..4 => pair(other.id.place(), PairRule::NeverSameSlot),
                _ => {}
            }
        }
    }
    pairs
}
