//! What the problem says, by id, and whom a trip carries.

use std::collections::{BTreeMap, BTreeSet};
use std::num::Saturating;

use super::clause::Clause;
use super::report::Report;
use crate::leg::Legs;
use crate::problem::{Family, PairRule, Prison, Problem, Request, Slot, Volunteer};
use crate::rota::Trip;
use crate::time::{Date, Instant, WallTime};

/// Whole minutes, metres or points. They stop at their ends, so that absurd documents cannot make them overflow.
pub(super) type Whole = Saturating<i64>;

/// A whole number from one of any width.
pub(super) fn whole(number: impl TryInto<i64>) -> Whole {
    Saturating(number.try_into().unwrap_or(i64::MAX))
}

/// The problem, opened at every id.
pub(super) struct Facts<'a> {
    pub(super) problem: &'a Problem,
    pub(super) legs: &'a dyn Legs,
    pub(super) prisons: BTreeMap<&'a str, &'a Prison>,
    pub(super) slots: BTreeMap<&'a str, &'a Slot>,
    pub(super) volunteers: BTreeMap<&'a str, &'a Volunteer>,
    pub(super) families: BTreeMap<&'a str, &'a Family>,
    pub(super) requests: BTreeMap<&'a str, &'a Request>,
    /// Pairs of people who are never in one trip (§4.1).
    pub(super) never: BTreeSet<(&'a str, &'a str)>,
    /// Pairs of families that never share a slot (§5.2).
    pub(super) never_same_slot: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(problem: &'a Problem, legs: &'a dyn Legs) -> Self {
        Self {
            problem,
            legs,
            prisons: by_id(&problem.prisons, |prison| prison.id.as_str()),
            slots: by_id(&problem.slots, |slot| slot.id.as_str()),
            volunteers: by_id(&problem.volunteers, |volunteer| volunteer.id.as_str()),
            families: by_id(&problem.families, |family| family.id.as_str()),
            requests: by_id(&problem.requests, |request| request.id.as_str()),
            never: pairs(problem, PairRule::Never),
            never_same_slot: pairs(problem, PairRule::NeverSameSlot),
        }
    }

    /// The instant that a wall clock shows, in minutes.
    pub(super) fn instant(&self, wall: WallTime) -> Whole {
        Saturating(self.problem.timezone.instant(wall).0)
    }

    /// An instant as people read it: the clock alone on the day of the trip, and the date as well on any other.
    pub(super) fn clock(&self, instant: Whole, day: Date) -> String {
        // Legs of absurd length lead beyond every calendar; the text then shows a far date.
        const FAR: i64 = 1_000_000_000;
        let wall = self.problem.timezone.wall(Instant(instant.0.clamp(-FAR, FAR)));
        if wall.date() == day { wall.clock() } else { format!("{} on {}", wall.clock(), wall.date().long()) }
    }
}

/// Things by their ids; the first counts where an id stands twice.
fn by_id<T>(things: &[T], id: impl Fn(&T) -> &str) -> BTreeMap<&str, &T> {
    things.iter().rev().map(|thing| (id(thing), thing)).collect()
}

fn pairs(problem: &Problem, rule: PairRule) -> BTreeSet<(&str, &str)> {
    let ruled = problem.pairs.iter().filter(|pair| pair.rule == rule && pair.a != pair.b);
    ruled.map(|pair| (pair.a.as_str(), pair.b.as_str())).map(|(a, b)| (a.min(b), a.max(b))).collect()
}

/// Whom a trip carries, where to and who drives: what of it the problem knows.
pub(super) struct Party<'a> {
    pub(super) trip: &'a Trip,
    pub(super) slot: Option<&'a Slot>,
    pub(super) prison: Option<&'a Prison>,
    pub(super) driver: Option<&'a Volunteer>,
    pub(super) chaperone: Option<&'a Volunteer>,
    /// As the trip lists them.
    pub(super) requests: Vec<&'a Request>,
    /// Each once.
    pub(super) families: Vec<&'a Family>,
}

impl<'a> Party<'a> {
    /// Looks up everyone whom the trip names; unknown ids break §4.1.
    pub(super) fn read(facts: &Facts<'a>, trip: &'a Trip, report: &mut Report) -> Self {
        let mut unknown = |what: &str, id: &str| {
            report.add(Clause::UnknownId, format!("the problem knows no {what} {id}"));
        };
        let driver = facts.volunteers.get(trip.driver.as_str()).copied();
        if driver.is_none() {
            unknown("volunteer", trip.driver.as_str());
        }
        let chaperone = trip.chaperone.as_ref().and_then(|id| {
            let chaperone = facts.volunteers.get(id.as_str()).copied();
            if chaperone.is_none() {
                unknown("volunteer", id.as_str());
            }
            chaperone
        });
        let slot = facts.slots.get(trip.slot.as_str()).copied();
        if slot.is_none() {
            unknown("slot", trip.slot.as_str());
        }
        let prison = slot.and_then(|slot| {
            let prison = facts.prisons.get(slot.prison.as_str()).copied();
            if prison.is_none() {
                unknown("prison", slot.prison.as_str());
            }
            prison
        });
        let mut requests = Vec::new();
        let mut families: Vec<&Family> = Vec::new();
        for id in &trip.requests {
            let Some(&request) = facts.requests.get(id.as_str()) else {
                unknown("request", id.as_str());
                continue;
            };
            requests.push(request);
            for id in &request.families {
                match facts.families.get(id.as_str()) {
                    None => unknown("family", id.as_str()),
                    Some(family) if families.iter().any(|known| known.id == family.id) => {}
                    Some(family) => families.push(family),
                }
            }
        }
        Self { trip, slot, prison, driver, chaperone, requests, families }
    }

    /// The date of the visit, which is that of the trip.
    pub(super) fn day(&self) -> Option<Date> {
        self.slot.map(|slot| slot.start.date())
    }
}

/// §4.3: whether nobody of the family is of age, so that an adult of the scheme goes in with it.
pub(super) fn child_only(family: &Family) -> bool {
    !family.members.iter().any(|member| member.age >= 18)
}
