//! Every trip of a problem whose groups are large, without trying every order of stops.
//!
//! For each driver, chaperone and slot, a dynamic programme over sets of stops finds the best ways there and back for
//! every group at once (Held and Karp 1962). Of the ways of one group to one stop, those are kept to which no other is
//! at least as good in everything that the rest of the way, or a rota, depends on.

mod back;
mod crew;
mod out;
mod walk;

use self::crew::Crew;
use self::walk::Half;
use super::facts::Facts;
use super::outing::{Outing, Party, best_of, may_go};

/// Every trip, but those to which another of the same people is better in no way worse.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Outing> {
    let volunteers = facts.problem.volunteers.len();
    let mut outings = Vec::new();
    for slot in 0..facts.problem.slots.len() {
        for driver in 0..volunteers {
            for chaperone in std::iter::once(None).chain((0..volunteers).map(Some)) {
                of_crew(facts, driver, chaperone, slot, &mut outings);
            }
        }
    }
    outings
}

/// Every trip of a driver, with a chaperone or without, to a slot.
fn of_crew(facts: &Facts<'_>, driver: usize, chaperone: Option<usize>, slot: usize, outings: &mut Vec<Outing>) {
    let asked = asked(facts, slot);
    let groups = groups(facts, driver, chaperone, slot, &asked);
    if groups.is_empty() {
        return;
    }
    let crew = Crew::new(facts, driver, chaperone, slot, &asked, &groups);
    let (outs, backs) = (out::every(&crew), back::every(&crew));
    for &group in &groups {
        let stops = crew.with_chaperone(group);
        let requests: Vec<usize> = members(group).map(|at| asked[at]).collect();
        let outing = |out: &Half, back: &Half| Outing {
            driver,
            chaperone,
            slot,
            requests: requests.clone(),
            drive: out.drive + back.drive,
            metres: out.metres + back.metres,
            busy: crew.busy(out, back),
            escort: crew.escort(out, back),
        };
        let ways = outs[stops].iter().flat_map(|out| backs[stops].iter().map(move |back| (out, back)));
        let possible = ways.filter(|(out, back)| crew.everyone_available(group, out, back));
        outings.extend(best_of(possible.map(|(out, back)| outing(out, back)).collect()));
    }
}

/// The requests that ask for a slot. Groups are sets of bits by their positions here.
fn asked(facts: &Facts<'_>, slot: usize) -> Vec<usize> {
    let problem = facts.problem;
    let asks =
        |request: &usize| problem.requests[*request].options.iter().any(|option| option.slot == problem.slots[slot].id);
    (0..problem.requests.len()).filter(asks).collect()
}

/// Every group that may go with a driver and a chaperone to a slot, roads and times apart.
fn groups(facts: &Facts<'_>, driver: usize, chaperone: Option<usize>, slot: usize, asked: &[usize]) -> Vec<usize> {
    assert!(asked.len() <= 16, "the oracle tries every set of requests: 16 are too many");
    let most = facts.problem.volunteers[driver].max_families as usize;
    let small = |group: &usize| group.count_ones() as usize <= most;
    let may = |group: &usize| {
        let requests: Vec<usize> = members(*group).map(|at| asked[at]).collect();
        let families = requests.iter().map(|&request| facts.family_of[request]).collect();
        may_go(facts, &Party { driver, chaperone, slot, requests: &requests, families })
    };
    (1..1 << asked.len()).filter(small).filter(may).collect()
}

/// The positions of the bits of a set.
fn members(set: usize) -> impl Iterator<Item = usize> {
    (0..usize::BITS as usize).filter(move |at| set >> at & 1 == 1)
}
