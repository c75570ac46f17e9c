//! What the problem says, by id.

use std::collections::{BTreeMap, BTreeSet};
use std::num::Saturating;

use crate::id::PlaceId;
use crate::leg::{Leg, Legs};
use crate::problem::{Family, PairRule, Prison, Prisoner, Problem, Request, Slot, Volunteer};
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
    legs: &'a dyn Legs,
    pub(super) prisons: BTreeMap<&'a str, &'a Prison>,
    pub(super) points: BTreeSet<&'a str>,
    pub(super) prisoners: BTreeMap<&'a str, &'a Prisoner>,
    pub(super) slots: BTreeMap<&'a str, &'a Slot>,
    pub(super) volunteers: BTreeMap<&'a str, &'a Volunteer>,
    pub(super) families: BTreeMap<&'a str, &'a Family>,
    pub(super) requests: BTreeMap<&'a str, &'a Request>,
    /// Pairs of people who are never in one trip (§4.1).
    pub(super) never: BTreeSet<(&'a str, &'a str)>,
    /// Pairs of families, or of prisoners, that never share a slot (§5.2).
    pub(super) never_same_slot: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(problem: &'a Problem, legs: &'a dyn Legs) -> Self {
        Self {
            problem,
            legs,
            prisons: by_id(&problem.prisons, |prison| prison.id.as_str()),
            points: problem.meeting_points.iter().map(|point| point.id.as_str()).collect(),
            prisoners: by_id(&problem.prisoners, |prisoner| prisoner.id.as_str()),
            slots: by_id(&problem.slots, |slot| slot.id.as_str()),
            volunteers: by_id(&problem.volunteers, |volunteer| volunteer.id.as_str()),
            families: by_id(&problem.families, |family| family.id.as_str()),
            requests: by_id(&problem.requests, |request| request.id.as_str()),
            never: pairs(problem, PairRule::Never),
            never_same_slot: pairs(problem, PairRule::NeverSameSlot),
        }
    }

    /// §3: the leg from one place to another, where the travel source knows it; from a place to itself it is nothing,
    /// whatever the source.
    pub(super) fn leg(&self, from: &PlaceId, to: &PlaceId) -> Option<Leg> {
        if from == to { Some(Leg { minutes: 0, metres: 0 }) } else { self.legs.leg(from, to) }
    }

    /// The instant that a wall clock shows, in minutes.
    pub(super) fn instant(&self, wall: WallTime) -> Whole {
        Saturating(self.problem.timezone.instant(wall).0)
    }

    /// An instant as people read it: the clock alone on the day of the trip, and the date as well on any other.
    pub(super) fn clock(&self, instant: Whole, day: Date) -> String {
        let wall = self.wall(instant);
        if wall.date() == day { wall.clock() } else { format!("{} on {}", wall.clock(), wall.date().long()) }
    }

    /// §4.9: whether an instant is in the second showing of an hour, which a written time cannot mean.
    pub(super) fn shown_before(&self, instant: Whole) -> bool {
        self.instant(self.wall(instant)) < instant && instant.0 < FAR
    }

    fn wall(&self, instant: Whole) -> WallTime {
        self.problem.timezone.wall(Instant(instant.0.clamp(-FAR, FAR)))
    }
}

/// Legs of absurd length lead beyond every calendar; texts then show this far date.
const FAR: i64 = 1_000_000_000;

/// Things by their ids; the first counts where an id stands twice.
fn by_id<T>(things: &[T], id: impl Fn(&T) -> &str) -> BTreeMap<&str, &T> {
    things.iter().rev().map(|thing| (id(thing), thing)).collect()
}

fn pairs(problem: &Problem, rule: PairRule) -> BTreeSet<(&str, &str)> {
    let ruled = problem.pairs.iter().filter(|pair| pair.rule == rule && pair.a != pair.b);
    ruled.map(|pair| (pair.a.as_str(), pair.b.as_str())).map(|(a, b)| (a.min(b), a.max(b))).collect()
}

/// §4.3: whether nobody of the family is of age, so that an adult of the scheme goes in with it.
pub(super) fn child_only(family: &Family) -> bool {
    !family.members.iter().any(|member| member.age >= 18)
}
