//! Every trip of a problem: who may go with whom, to which slot (§4.1 to §4.5 of the rules of a rota).

use visitrota::{ChildrenAlone, Family, PairRule, PlaceId, Restraint, Role, Volunteer};

use super::facts::{Facts, Span, child_only, holds, takes};
use super::journey;

/// A trip that keeps the rules of a trip: everything about it that a rota depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outing {
    pub(super) driver: usize,
    pub(super) chaperone: Option<usize>,
    pub(super) slot: usize,
    pub(super) requests: Vec<usize>,
    pub(super) drive: i64,
    pub(super) metres: i64,
    /// From leaving the driver's home to arriving there again.
    pub(super) busy: Span,
    /// From arriving at the chaperone's home to arriving there again.
    pub(super) escort: Option<Span>,
}

/// Those who might go on a trip.
pub(super) struct Party<'a> {
    pub(super) driver: usize,
    pub(super) chaperone: Option<usize>,
    pub(super) slot: usize,
    pub(super) requests: &'a [usize],
    /// The requests' families, in their order.
    pub(super) families: Vec<usize>,
}

/// Every trip: every driver, chaperone or none, slot, and non-empty set of requests.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Outing> {
    let problem = facts.problem;
    let requests = problem.requests.len();
    assert!(requests <= 16, "the oracle tries every set of requests: 16 are too many");
    let chaperones: Vec<_> = std::iter::once(None).chain((0..problem.volunteers.len()).map(Some)).collect();
    let mut outings = Vec::new();
    for set in 1_u32..1 << requests {
        let requests: Vec<usize> = (0..requests).filter(|&request| set >> request & 1 == 1).collect();
        for slot in 0..problem.slots.len() {
            for driver in 0..problem.volunteers.len() {
                for &chaperone in &chaperones {
                    let families = requests.iter().map(|&request| facts.family_of[request]).collect();
                    let party = Party { driver, chaperone, slot, requests: &requests, families };
                    if may_go(facts, &party) {
                        outings.extend(best_of(journey::every(facts, &party)));
                    }
                }
            }
        }
    }
    outings
}

/// Of trips of the same people, those to which no other is at least as good in everything that a rota depends on.
pub(super) fn best_of(outings: Vec<Outing>) -> Vec<Outing> {
    let within = |inner: Span, outer: Span| outer.0 <= inner.0 && inner.1 <= outer.1;
    let as_good = |a: &Outing, b: &Outing| {
        a.drive <= b.drive
            && a.metres <= b.metres
            && within(a.busy, b.busy)
            && a.escort.zip(b.escort).is_none_or(|(a, b)| within(a, b))
    };
    let mut best: Vec<Outing> = Vec::new();
    for outing in outings {
        if !best.iter().any(|other| as_good(other, &outing)) {
            best.retain(|other| !as_good(&outing, other));
            best.push(outing);
        }
    }
    best
}

pub(super) fn may_go(facts: &Facts<'_>, party: &Party<'_>) -> bool {
    let problem = facts.problem;
    let driver = &problem.volunteers[party.driver];
    let chaperone = party.chaperone.map(|chaperone| &problem.volunteers[chaperone]);
    let families: Vec<&Family> = party.families.iter().map(|&family| &problem.families[family]).collect();
    who(facts, party, driver, chaperone, &families)
        && permissions(facts, party, driver, chaperone, &families)
        && children(facts, party, driver, chaperone, &families)
        && visitors(facts, party, &families)
        && car(driver, chaperone, &families)
}

/// §4.1
fn who(
    facts: &Facts<'_>,
    party: &Party<'_>,
    driver: &Volunteer,
    chaperone: Option<&Volunteer>,
    families: &[&Family],
) -> bool {
    let slot = &facts.problem.slots[party.slot].id;
    let asked = |&request: &usize| facts.problem.requests[request].options.iter().any(|option| option.slot == *slot);
    let mut everyone: Vec<PlaceId> = families.iter().map(|family| family.id.place()).collect();
    let families_once = (1..everyone.len()).all(|at| !everyone[..at].contains(&everyone[at]));
    everyone.push(driver.id.place());
    everyone.extend(chaperone.map(|chaperone| chaperone.id.place()));
    let kept_apart =
        |(at, one): (usize, &PlaceId)| everyone[..at].iter().any(|other| facts.paired(PairRule::Never, one, other));
    driver.roles.contains(&Role::Driver)
        && driver.car.is_some()
        && families_once
        && party.requests.iter().all(asked)
        && !everyone.iter().enumerate().any(kept_apart)
        && (families.len() == 1 || families.iter().all(|family| family.shares_car))
        && families.len() <= driver.max_families as usize
}

/// §4.2
fn permissions(
    facts: &Facts<'_>,
    party: &Party<'_>,
    driver: &Volunteer,
    chaperone: Option<&Volunteer>,
    families: &[&Family],
) -> bool {
    let policy = &facts.problem.policy;
    let date = &facts.slots[party.slot].date;
    let suits = |chaperone: &Volunteer| {
        chaperone.roles.contains(&Role::Chaperone)
            && chaperone.id != driver.id
            && holds(chaperone, &policy.chaperone_requires, date)
    };
    holds(driver, &policy.driver_requires, date)
        && chaperone.is_none_or(suits)
        && families.iter().all(|family| holds(driver, &family.needs, date))
}

/// §4.3
fn children(
    facts: &Facts<'_>,
    party: &Party<'_>,
    driver: &Volunteer,
    chaperone: Option<&Volunteer>,
    families: &[&Family],
) -> bool {
    let policy = &facts.problem.policy;
    let slot = &facts.slots[party.slot];
    let alone = families.iter().filter(|family| child_only(family)).count();
    let rides = alone > 0 && policy.children_alone == ChildrenAlone::Chaperone;
    if chaperone.is_some() != rides || (alone > 0 && policy.children_alone == ChildrenAlone::Never) {
        return false;
    }
    let adults = if chaperone.is_some() { 2 } else { 1 };
    let escorts = |volunteer: &Volunteer| {
        holds(volunteer, &policy.child_only_requires, &slot.date)
            && holds(volunteer, &facts.problem.prisons[slot.prison].escort_requires, &slot.date)
    };
    alone <= adults && (alone == 0 || (escorts(driver) && chaperone.is_none_or(escorts)))
}

/// §4.4
fn visitors(facts: &Facts<'_>, party: &Party<'_>, families: &[&Family]) -> bool {
    let prison = &facts.problem.prisons[facts.slots[party.slot].prison];
    families.iter().all(|family| {
        let escort = usize::from(child_only(family));
        let adults = family.members.iter().filter(|member| member.age >= prison.adult_age).count();
        family.members.len() + escort <= prison.max_visitors as usize && adults + escort <= prison.max_adults as usize
    })
}

/// §4.5
fn car(driver: &Volunteer, chaperone: Option<&Volunteer>, families: &[&Family]) -> bool {
    let Some(car) = driver.car else { return false };
    let members = || families.iter().flat_map(|family| &family.members);
    let in_wheelchair = members().filter(|member| member.wheelchair).count();
    let seated = members().count() - in_wheelchair + usize::from(chaperone.is_some());
    let restraints =
        [(Restraint::Infant, car.infant), (Restraint::Harness, car.harness), (Restraint::Booster, car.booster)];
    seated <= car.seats as usize
        && in_wheelchair <= car.wheelchair as usize
        && restraints
            .into_iter()
            .all(|(kind, carried)| members().filter(|member| takes(member, kind)).count() <= carried as usize)
}
