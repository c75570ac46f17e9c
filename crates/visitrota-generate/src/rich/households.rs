//! Households that visit together: brothers and sisters who live apart.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Family, FamilyId, PairRule, Prison, Problem, Request, SlotId, WallTime};

use crate::families::Home;
use crate::random::Random;
use crate::recipe::Recipe;

/// Of each family that visits with another, the one whose visit it is.
pub(super) type Households = BTreeMap<FamilyId, FamilyId>;

/// Among how many of the families after it one looks for company.
const NEAR: usize = 8;

/// Makes one request in ten or so that of two or three households, whose own requests are taken away.
pub(super) fn join(recipe: &Recipe, homes: &[Home], problem: &mut Problem) -> Households {
    let starts: BTreeMap<SlotId, WallTime> = problem.slots.iter().map(|slot| (slot.id.clone(), slot.start)).collect();
    let apart: BTreeSet<(&str, &str)> = problem
        .pairs
        .iter()
        .filter(|pair| pair.rule == PairRule::NeverSameSlot)
        .flat_map(|pair| [(pair.a.as_str(), pair.b.as_str()), (pair.b.as_str(), pair.a.as_str())])
        .collect();
    let mut first: BTreeMap<FamilyId, usize> = BTreeMap::new();
    for (n, request) in problem.requests.iter().enumerate() {
        for family in &request.families {
            first.entry(family.clone()).or_insert(n);
        }
    }
    // A family goes along with one shortly before it that visits the same prison.
    let mut of_prison: BTreeMap<u32, Vec<&Family>> = BTreeMap::new();
    for (home, family) in homes.iter().zip(&problem.families) {
        of_prison.entry(home.prison).or_default().push(family);
    }
    let mut households = Households::new();
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for (number, families) in of_prison {
        let Some(prison) = problem.prisons.get(number as usize) else { continue };
        for (n, leader) in families.iter().enumerate() {
            let mut random = Random::of(recipe.seed, "households", &[number.into(), n as i64]);
            let wanted = random.one_of([1, 1, 2]);
            if !random.chance(12) || households.contains_key(&leader.id) {
                continue;
            }
            let Some(request) = first.get(&leader.id).and_then(|n| problem.requests.get_mut(*n)) else { continue };
            let mut party = vec![*leader];
            for family in families.iter().skip(n + 1).take(NEAR) {
                let alone = !households.contains_key(&family.id);
                let met = |one: &&Family| apart.contains(&(one.id.as_str(), family.id.as_str()));
                if party.len() > wanted || !alone || party.iter().any(met) || !admitted(prison, &party, family) {
                    continue;
                }
                if shared(request, family, &starts) {
                    party.push(family);
                    request.families.push(family.id.clone());
                    households.insert(family.id.clone(), leader.id.clone());
                    gone.extend(first.get(&family.id).copied());
                }
            }
        }
    }
    let mut at = 0..;
    problem.requests.retain(|_| at.next().is_none_or(|n| !gone.contains(&n)));
    households
}

/// Whether the prison admits a family to the visit of others.
fn admitted(prison: &Prison, party: &[&Family], more: &Family) -> bool {
    let families = || party.iter().copied().chain([more]);
    let members = || families().flat_map(|family| &family.members);
    let escorts = families().filter(|family| family.child_only()).count();
    let adults = members().filter(|member| member.age >= prison.adult_age).count();
    members().count() + escorts <= prison.max_visitors as usize && adults + escorts <= prison.max_adults as usize
}

/// Leaves the slots for which a family is free too, if there are any.
fn shared(request: &mut Request, family: &Family, starts: &BTreeMap<SlotId, WallTime>) -> bool {
    let free = |slot: &SlotId| {
        let date = starts.get(slot).map(|start| start.date());
        family.available.is_empty() || family.available.iter().any(|window| Some(window.from.date()) == date)
    };
    let some = request.options.iter().any(|option| free(&option.slot));
    if some {
        request.options.retain(|option| free(&option.slot));
        for (rank, option) in (0..).zip(&mut request.options) {
            option.rank = rank;
        }
    }
    some
}
