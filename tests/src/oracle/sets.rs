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
use super::outing::{Outing, Party, best_of, may_be_added, may_go};
use super::rides;

/// Every trip that might be added to those that are locked, but those to which another of the same people is better in
/// no way worse.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Outing> {
    let volunteers = facts.problem.volunteers.len();
    let mut outings = Vec::new();
    for slot in 0..facts.problem.slots.len() {
        let asked: Vec<usize> = (0..facts.rides.len()).filter(|&ride| may_be_added(facts, ride, slot)).collect();
        for driver in 0..volunteers {
            for chaperone in std::iter::once(None).chain((0..volunteers).map(Some)) {
                of_crew(facts, rides::Crew { driver, chaperone, slot }, &asked, &mut outings);
            }
        }
    }
    outings
}

/// Every trip of a driver, with a chaperone or without, to a slot that these rides ask for.
fn of_crew(facts: &Facts<'_>, who: rides::Crew, asked: &[usize], outings: &mut Vec<Outing>) {
    let groups = groups(facts, who, asked);
    if groups.is_empty() {
        return;
    }
    let crew = Crew::new(facts, who, asked, &groups);
    let (outs, backs) = (out::every(&crew), back::every(&crew));
    for &group in &groups {
        let stops = crew.with_chaperone(group);
        let rides: Vec<usize> = members(group).map(|at| asked[at]).collect();
        let outing = |out: &Half, back: &Half| Outing {
            driver: who.driver,
            chaperone: who.chaperone,
            slot: who.slot,
            rides: rides.clone(),
            drive: out.drive + back.drive,
            metres: out.metres + back.metres,
            busy: crew.busy(out, back),
            escort: crew.escort(out, back),
            late: (out.late | back.late).count_ones() as usize,
            locked: false,
        };
        let ways = outs[stops].iter().flat_map(|out| backs[stops].iter().map(move |back| (out, back)));
        let possible = ways.filter(|(out, back)| crew.everyone_available(group, out, back));
        outings.extend(best_of(possible.map(|(out, back)| outing(out, back)).collect()));
    }
}

/// Every group of these rides that may go with a driver and a chaperone to a slot, roads and times apart. Groups are sets
/// of bits, by the positions of rides here.
fn groups(facts: &Facts<'_>, who: rides::Crew, asked: &[usize]) -> Vec<usize> {
    assert!(asked.len() <= 16, "the oracle tries every set of rides: 16 are too many");
    let rides::Crew { driver, chaperone, slot } = who;
    let most = facts.problem.volunteers[driver].max_families as usize;
    let small = |group: &usize| group.count_ones() as usize <= most;
    let may = |group: &usize| {
        let rides: Vec<usize> = members(*group).map(|at| asked[at]).collect();
        may_go(facts, &Party { driver, chaperone, slot, rides: &rides })
    };
    (1..1 << asked.len()).filter(small).filter(may).collect()
}

/// The positions of the bits of a set.
fn members(set: usize) -> impl Iterator<Item = usize> {
    (0..usize::BITS as usize).filter(move |at| set >> at & 1 == 1)
}
