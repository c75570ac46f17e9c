//! Every trip of a problem: who may go with whom, to which slot (§4.1 to §4.5 of the rules of a rota).

use std::collections::BTreeSet;

use visitrota::problem::{ChildrenAlone, Family, PairRule, Request, Restraint, Role, Volunteer};

use super::facts::{Facts, SlotFacts, Span, child_only, holds, takes, within};
use super::journey;
use super::rides::Crew;

/// A trip: everything about it that a rota depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outing {
    pub(super) driver: usize,
    pub(super) chaperone: Option<usize>,
    pub(super) slot: usize,
    pub(super) rides: Vec<usize>,
    pub(super) drive: i64,
    pub(super) metres: i64,
    /// From leaving the driver's home to arriving there again.
    pub(super) busy: Span,
    /// From arriving at the chaperone's home to arriving there again.
    pub(super) escort: Option<Span>,
    /// How many of its families are called on at another time than they were told, if all else is as told.
    pub(super) late: usize,
    /// Whether it stands as given; else it keeps the rules of a trip.
    pub(super) locked: bool,
}

impl Outing {
    /// Those who make it.
    pub(super) fn crew(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.driver).chain(self.chaperone)
    }

    /// When a volunteer is busy with it, if they are on it.
    pub(super) fn busy(&self, volunteer: usize) -> Option<Span> {
        if self.driver == volunteer {
            Some(self.busy)
        } else {
            self.escort.filter(|_| self.chaperone == Some(volunteer))
        }
    }
}

/// Those who might go on a trip.
pub(super) struct Party<'a> {
    pub(super) driver: usize,
    pub(super) chaperone: Option<usize>,
    pub(super) slot: usize,
    pub(super) rides: &'a [usize],
}

impl Party<'_> {
    pub(super) fn crew(&self) -> Crew {
        Crew { driver: self.driver, chaperone: self.chaperone, slot: self.slot }
    }
}

/// Every trip that might be added to those that are locked: every driver, chaperone or none, slot, and non-empty set of
/// rides.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Outing> {
    let problem = facts.problem;
    let count = facts.rides.len();
    assert!(count <= 16, "the oracle tries every set of rides: 16 are too many");
    let chaperones: Vec<_> = std::iter::once(None).chain((0..problem.volunteers.len()).map(Some)).collect();
    let mut outings = Vec::new();
    for set in 1_u32..1 << count {
        let rides: Vec<usize> = (0..count).filter(|&ride| set >> ride & 1 == 1).collect();
        for slot in 0..problem.slots.len() {
            if !rides.iter().all(|&ride| may_be_added(facts, ride, slot)) {
                continue;
            }
            for driver in 0..problem.volunteers.len() {
                for &chaperone in &chaperones {
                    let party = Party { driver, chaperone, slot, rides: &rides };
                    if may_go(facts, &party) {
                        outings.extend(best_of(journey::every(facts, &party)));
                    }
                }
            }
        }
    }
    outings
}

/// Whether a ride is on no locked trip, and its request asks for a slot.
pub(super) fn may_be_added(facts: &Facts<'_>, ride: usize, slot: usize) -> bool {
    facts.asks(ride, slot) && !facts.locked.iter().any(|trip| trip.rides.contains(&ride))
}

/// Of trips of the same people, those to which no other is at least as good in everything that a rota depends on.
pub(super) fn best_of(outings: Vec<Outing>) -> Vec<Outing> {
    let as_good = |a: &Outing, b: &Outing| {
        a.drive <= b.drive
            && a.metres <= b.metres
            && a.late <= b.late
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
    let families: Vec<&Family> = party.rides.iter().map(|&ride| facts.family_of(ride)).collect();
    who(facts, party, driver, chaperone, &families)
        && permissions(facts, party, driver, chaperone, &families)
        && children(facts, party, driver, chaperone, &families)
        && party.rides.iter().all(|&ride| visitors(facts, party.slot, facts.request_of(ride)))
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
    let mut everyone: Vec<&str> = families.iter().map(|family| family.id.as_str()).collect();
    let families_once = (1..everyone.len()).all(|at| !everyone[..at].contains(&everyone[at]));
    everyone.push(driver.id.as_str());
    everyone.extend(chaperone.map(|chaperone| chaperone.id.as_str()));
    let kept_apart =
        |(at, one): (usize, &&str)| everyone[..at].iter().any(|other| facts.paired(PairRule::Never, one, other));
    driver.roles.contains(&Role::Driver)
        && driver.car.is_some()
        && families.len() <= driver.max_families as usize
        && families_once
        && party.rides.iter().all(|&ride| facts.asks(ride, party.slot))
        && !everyone.iter().enumerate().any(kept_apart)
        && party.rides.iter().all(|&one| party.rides.iter().all(|&other| may_share(facts, one, other)))
}

/// §4.1: whether two families may be in one car, as far as it depends on them.
fn may_share(facts: &Facts<'_>, one: usize, other: usize) -> bool {
    let shares = |ride: usize| facts.family_of(ride).shares_car;
    facts.rides[one].request == facts.rides[other].request || (shares(one) && shares(other))
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
    let SlotFacts { date, prison, .. } = &facts.slots[party.slot];
    let suits = |chaperone: &Volunteer| {
        chaperone.roles.contains(&Role::Chaperone)
            && chaperone.id != driver.id
            && holds(&chaperone.holds, &policy.chaperone_requires, date)
    };
    let visits = |family: &Family| {
        holds(&driver.holds, &family.needs, date)
            && holds(&family.holds, &policy.family_requires, date)
            && holds(&family.holds, &facts.problem.prisons[*prison].visitor_requires, date)
    };
    holds(&driver.holds, &policy.driver_requires, date)
        && chaperone.is_none_or(suits)
        && families.iter().all(|family| visits(family))
}

/// §4.3, but for the order in which people board.
fn children(
    facts: &Facts<'_>,
    party: &Party<'_>,
    driver: &Volunteer,
    chaperone: Option<&Volunteer>,
    families: &[&Family],
) -> bool {
    let policy = &facts.problem.policy;
    let slot = &facts.slots[party.slot];
    let alone = families.iter().zip(party.rides).filter(|(family, _)| child_only(family));
    let visits: BTreeSet<usize> = alone.map(|(_, &ride)| facts.rides[ride].request).collect();
    let rides = !visits.is_empty() && policy.children_alone == ChildrenAlone::Chaperone;
    if chaperone.is_some() != rides || (!visits.is_empty() && policy.children_alone == ChildrenAlone::Never) {
        return false;
    }
    let adults = if chaperone.is_some() { 2 } else { 1 };
    let escorts = |volunteer: &Volunteer| {
        holds(&volunteer.holds, &policy.child_only_requires, &slot.date)
            && holds(&volunteer.holds, &facts.problem.prisons[slot.prison].escort_requires, &slot.date)
    };
    visits.len() <= adults && (visits.is_empty() || (escorts(driver) && chaperone.is_none_or(escorts)))
}

/// §4.4, over all families of a request.
fn visitors(facts: &Facts<'_>, slot: usize, request: &Request) -> bool {
    let prison = &facts.problem.prisons[facts.slots[slot].prison];
    let (mut visitors, mut adults) = (0, 0);
    for family in facts.problem.families.iter().filter(|family| request.families.contains(&family.id)) {
        let escort = usize::from(child_only(family));
        visitors += family.members.len() + escort;
        adults += family.members.iter().filter(|member| member.age >= prison.adult_age).count() + escort;
    }
    visitors <= prison.max_visitors as usize && adults <= prison.max_adults as usize
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
