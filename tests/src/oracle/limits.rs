//! What the trips of a rota may not do together (§5 of the rules of a rota).
//!
//! What locked trips use among themselves is never a breach (§5.6): each limit is the greater of itself and what they
//! use.

use std::collections::BTreeSet;

use visitrota::problem::{PairRule, Pin, RequestId};

use super::facts::{Facts, Span};
use super::outing::Outing;

/// What is asked of a rota: the pins that it keeps (§5.4).
pub(super) struct Pinned<'a> {
    /// What is said of requests that are served.
    pub(super) pins: Vec<&'a Pin>,
    /// The requests that must be served.
    pub(super) served: BTreeSet<&'a RequestId>,
    /// Whether any such rota will do, the best or not.
    pub(super) any: bool,
}

impl Pinned<'_> {
    /// Whether a trip keeps what is said of the rides in it.
    pub(super) fn kept_by(&self, facts: &Facts<'_>, outing: &Outing) -> bool {
        let (slot, driver) = (&facts.problem.slots[outing.slot].id, &facts.problem.volunteers[outing.driver].id);
        outing.rides.iter().all(|&ride| {
            let (request, family) = (&facts.request_of(ride).id, &facts.family_of(ride).id);
            self.pins.iter().filter(|pin| pin.request == *request).all(|pin| {
                let speaks_of_it = pin.family.as_ref().is_none_or(|only| only == family);
                pin.slot.as_ref().is_none_or(|pinned| pinned == slot)
                    && (!speaks_of_it || pin.driver.as_ref().is_none_or(|pinned| pinned == driver))
            })
        })
    }

    /// The rides that there must be, besides those of locked trips, as a set of bits. Of a request that is locked a family
    /// may stay behind, if no pin names its driver.
    pub(super) fn must_ride(&self, facts: &Facts<'_>) -> usize {
        let is_locked = |ride: &usize| facts.locked.iter().any(|outing| outing.rides.contains(ride));
        let must = |&ride: &usize| {
            let (request, family) = (&facts.request_of(ride).id, &facts.family_of(ride).id);
            let asked = |pin: &&Pin| pin.driver.is_some() && pin.family.as_ref().is_none_or(|only| only == family);
            let named = || self.pins.iter().filter(|pin| pin.request == *request).any(asked);
            let whole = || !facts.rides_of(facts.rides[ride].request).any(|other| is_locked(&other));
            !is_locked(&ride) && self.served.contains(request) && (whole() || named())
        };
        (0..facts.rides.len()).filter(must).map(|ride| 1 << ride).sum()
    }
}

/// §5.1 to §5.3 and §5.5: whether a trip keeps the rules beside the chosen ones, which keep them among themselves. That
/// requests are served whole is for the search to see to.
pub(super) fn fits(facts: &Facts<'_>, chosen: &[&Outing], outing: &Outing) -> bool {
    let all: Vec<&Outing> = chosen.iter().copied().chain([outing]).collect();
    requests_fit(facts, chosen, outing)
        && families_fit(facts, &all, outing)
        && slot_fits(facts, &all, outing)
        && prisoners_fit(facts, &all, outing)
        && outing.crew().all(|volunteer| volunteer_fits(facts, &all, outing, volunteer))
}

/// §5.1: all families of a request go to the same slot.
fn requests_fit(facts: &Facts<'_>, chosen: &[&Outing], outing: &Outing) -> bool {
    let request = |&ride: &usize| facts.rides[ride].request;
    let shared =
        |other: &Outing| outing.rides.iter().any(|one| other.rides.iter().map(request).any(|r| r == request(one)));
    chosen.iter().all(|other| other.slot == outing.slot || !shared(other))
}

/// §5.1: a family visits once a date.
fn families_fit(facts: &Facts<'_>, all: &[&Outing], outing: &Outing) -> bool {
    let date = |outing: &Outing| &facts.slots[outing.slot].date;
    let family = |ride: usize| facts.rides[ride].family;
    outing.rides.iter().all(|&ride| {
        let visits = |other: &Outing| other.rides.iter().filter(|&&one| family(one) == family(ride)).count();
        let that_date = || all.iter().copied().filter(|other| date(other) == date(outing));
        let locked: usize = that_date().filter(|other| other.locked).map(visits).sum();
        that_date().map(visits).sum::<usize>() <= locked.max(1)
    })
}

/// A request that is served, where, and whether a locked trip carries a family of it.
struct Visit {
    request: usize,
    slot: usize,
    locked: bool,
}

fn visits(facts: &Facts<'_>, all: &[&Outing]) -> Vec<Visit> {
    let mut visits: Vec<Visit> = Vec::new();
    for outing in all {
        for request in outing.rides.iter().map(|&ride| facts.rides[ride].request) {
            match visits.iter_mut().find(|visit| visit.request == request) {
                Some(visit) => visit.locked |= outing.locked,
                None => visits.push(Visit { request, slot: outing.slot, locked: outing.locked }),
            }
        }
    }
    visits
}

/// §5.2
fn slot_fits(facts: &Facts<'_>, all: &[&Outing], outing: &Outing) -> bool {
    let there = |visit: &Visit| visit.slot == outing.slot;
    let visits: Vec<Visit> = visits(facts, all).into_iter().filter(there).collect();
    let locked = visits.iter().filter(|visit| visit.locked).count();
    let tables = facts.problem.slots[outing.slot].tables;
    tables.is_none_or(|tables| visits.len() <= locked.max(tables as usize))
        && prisoners_apart(facts, &visits)
        && families_apart(facts, all, outing)
}

fn prisoners_apart(facts: &Facts<'_>, visits: &[Visit]) -> bool {
    let prisoner = |visit: &Visit| facts.problem.requests[visit.request].prisoner.as_ref();
    let apart = |one: &Visit, other: &Visit| {
        !(one.locked && other.locked)
            && prisoner(one)
                .zip(prisoner(other))
                .is_some_and(|(one, other)| facts.paired(PairRule::NeverSameSlot, one.as_str(), other.as_str()))
    };
    visits.iter().enumerate().all(|(at, one)| !visits[..at].iter().any(|other| apart(one, other)))
}

fn families_apart(facts: &Facts<'_>, all: &[&Outing], outing: &Outing) -> bool {
    let there = all.iter().filter(|other| other.slot == outing.slot);
    let present: Vec<(&str, bool)> = there
        .flat_map(|other| other.rides.iter().map(|&ride| (facts.family_of(ride).id.as_str(), other.locked)))
        .collect();
    let apart = |one: &(&str, bool), other: &(&str, bool)| {
        !(one.1 && other.1) && facts.paired(PairRule::NeverSameSlot, one.0, other.0)
    };
    present.iter().enumerate().all(|(at, one)| !present[..at].iter().any(|other| apart(one, other)))
}

/// §5.5
fn prisoners_fit(facts: &Facts<'_>, all: &[&Outing], outing: &Outing) -> bool {
    let visits = visits(facts, all);
    outing.rides.iter().all(|&ride| {
        let Some(prisoner) = &facts.request_of(ride).prisoner else { return true };
        let known = facts.problem.prisoners.iter().find(|known| known.id == *prisoner);
        let theirs = |visit: &&Visit| facts.problem.requests[visit.request].prisoner.as_ref() == Some(prisoner);
        let theirs: Vec<&Visit> = visits.iter().filter(theirs).collect();
        let locked = theirs.iter().filter(|visit| visit.locked).count();
        let most = known.and_then(|known| known.visits);
        let at_once = |one: &Visit, other: &Visit| {
            let (a, b) = (facts.slots[one.slot].visit, facts.slots[other.slot].visit);
            !(one.locked && other.locked) && (one.slot == other.slot || (a.0 < b.1 && b.0 < a.1))
        };
        most.is_none_or(|most| theirs.len() <= locked.max(most as usize))
            && (1..theirs.len()).all(|at| !theirs[..at].iter().any(|other| at_once(theirs[at], other)))
    })
}

/// How much of something all these trips use, and whether that is within a limit or within what the locked ones use.
fn within_limit<'a>(trips: impl Iterator<Item = &'a Outing>, used: impl Fn(&Outing) -> i64, most: Option<i64>) -> bool {
    let (mut all, mut locked) = (0, 0);
    for trip in trips {
        all += used(trip);
        locked += if trip.locked { used(trip) } else { 0 };
    }
    most.is_none_or(|most| all <= most.max(locked))
}

/// §5.3
fn volunteer_fits(facts: &Facts<'_>, all: &[&Outing], outing: &Outing, volunteer: usize) -> bool {
    let (limits, policy) = (&facts.problem.volunteers[volunteer], &facts.problem.policy);
    let turnaround = i64::from(policy.turnaround_min);
    let busy: Vec<(Span, bool)> = all.iter().filter_map(|other| Some((other.busy(volunteer)?, other.locked))).collect();
    let overlap = |&(a, locked): &(Span, bool), &(b, other): &(Span, bool)| {
        a.0 < b.1 + turnaround && b.0 < a.1 + turnaround && !(locked && other)
    };
    if (1..busy.len()).any(|at| busy[..at].iter().any(|other| overlap(&busy[at], other))) {
        return false;
    }
    let theirs = || all.iter().copied().filter(|other| other.busy(volunteer).is_some());
    let that_date = |other: &&Outing| facts.slots[other.slot].date == facts.slots[outing.slot].date;
    let driven = || theirs().filter(|other| other.driver == volunteer);
    let duty = |other: &Outing| other.busy.1 - other.busy.0;
    within_limit(theirs(), |_| 1, Some(limits.max_trips.into()))
        && within_limit(theirs().filter(that_date), |_| 1, Some(limits.max_trips_per_day.into()))
        && within_limit(driven().filter(that_date), duty, limits.max_duty_min.or(policy.max_duty_min).map(i64::from))
        && within_limit(
            driven().filter(that_date),
            |other| other.drive,
            limits.max_driving_min.or(policy.max_driving_min).map(i64::from),
        )
        && within_limit(driven(), |other| other.metres, limits.max_km_week.map(|most| 1000 * i64::from(most)))
}
