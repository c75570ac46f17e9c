//! Who is visited.

use std::collections::BTreeMap;

use visitrota_model::{FamilyId, Pair, PairRule, PlaceId, Prisoner, PrisonerId, Problem};

use super::households::Households;
use crate::families::Home;
use crate::names;
use crate::random::Random;
use crate::recipe::Recipe;

/// Adds the prisoners whom two families in three visit, and some who are kept apart. Now and then two families visit one
/// by themselves.
pub(super) fn add(recipe: &Recipe, homes: &[Home], households: &Households, problem: &mut Problem) {
    let mut of_family: BTreeMap<FamilyId, PrisonerId> = BTreeMap::new();
    let mut last: BTreeMap<u32, PrisonerId> = BTreeMap::new();
    let mut prisoners = Vec::new();
    for (number, (home, family)) in homes.iter().zip(&problem.families).enumerate() {
        let mut random = Random::of(recipe.seed, "prisoner", &[number as i64]);
        let told = random.chance(66);
        let another = random.chance(10);
        let visits = random.one_of([None, None, None, Some(1), Some(1), Some(2), Some(2), Some(3)]);
        let apart = random.chance(8);
        let name = names::volunteer(&mut random);
        let together = households.get(&family.id).and_then(|leader| of_family.get(leader));
        let before = last.get(&home.prison);
        // Whoever visits with others visits somebody.
        let leads = households.values().any(|leader| *leader == family.id);
        let prisoner = match (together, before) {
            (Some(prisoner), _) => Some(prisoner.clone()),
            (None, Some(before)) if another && !leads => Some(before.clone()),
            _ if told || leads => {
                let id = PrisonerId::from(format!("PR{}", number + 1));
                if let Some(before) = before.filter(|_| apart) {
                    let [a, b] = [before, &id].map(|id| PlaceId::from(id.as_str()));
                    problem.pairs.push(Pair::new(a, b, PairRule::NeverSameSlot));
                }
                let Some(prison) = problem.prisons.get(home.prison as usize) else { continue };
                let mut prisoner = Prisoner::new(id.clone(), prison.id.clone());
                (prisoner.name, prisoner.visits) = (name, visits);
                prisoners.push(prisoner);
                last.insert(home.prison, id.clone());
                Some(id)
            }
            _ => None,
        };
        if let Some(prisoner) = prisoner {
            of_family.insert(family.id.clone(), prisoner);
        }
    }
    for request in &mut problem.requests {
        request.prisoner = request.families.first().and_then(|family| of_family.get(family)).cloned();
    }
    problem.prisoners = prisoners;
}
