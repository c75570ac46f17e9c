//! What the document says, looked up by position instead of by id.

use visitrota::{
    Problem,
    problem::{Family, Hold, Hours, Member, PairRule, PlaceId, RequestId, Restraint, TravelSource, Window},
};

use super::locked;
use super::outing::Outing;
use super::rides::{self, Ride};
use crate::clock::Clock;

/// A span of time, both ends inside.
pub(super) type Span = (i64, i64);

/// A problem, and where its things stand in it.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) problem: &'a Problem,
    pub(super) clock: Clock,
    pub(super) slots: Vec<SlotFacts>,
    /// Every family of every request, those of one request next to each other.
    pub(super) rides: Vec<Ride<'a>>,
    pub(super) volunteer_windows: Vec<Vec<Span>>,
    pub(super) family_windows: Vec<Vec<Span>>,
    /// Where the prisons and the volunteers stand in the travel matrix.
    pub(super) gates: Vec<usize>,
    pub(super) volunteer_homes: Vec<usize>,
    /// The trips that stand as given.
    pub(super) locked: Vec<Outing>,
    /// Minutes with the margin, and metres.
    legs: Vec<Vec<(i64, i64)>>,
}

/// A slot, worked out.
#[derive(Debug)]
pub(super) struct SlotFacts {
    pub(super) prison: usize,
    /// The date, as it is written.
    pub(super) date: String,
    /// When the visit begins and when it ends.
    pub(super) visit: Span,
    pub(super) gate_in: i64,
    pub(super) gate_out: i64,
    /// The hours of that date in which volunteers are called on, and families.
    pub(super) volunteer_hours: Option<Span>,
    pub(super) family_hours: Option<Span>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let clock = Clock::of(problem);
        let TravelSource::Matrix { places, minutes, metres } = &problem.travel.source else {
            panic!("the oracle knows no roads: travel must be of kind `matrix`");
        };
        let margin = problem.travel.margin_pct;
        assert!(margin.fract() == 0.0, "the oracle counts in whole numbers");
        let margin = margin as i64;
        let legs = (minutes.iter().zip(metres))
            .map(|(minutes, metres)| {
                let longer = |minutes: &u32| (i64::from(*minutes) * (100 + margin) + 99) / 100;
                minutes.iter().map(longer).zip(metres.iter().map(|metres| i64::from(*metres))).collect()
            })
            .collect();
        let at = |place: PlaceId| places.iter().position(|listed| *listed == place).expect("a place of the matrix");
        let spans = |windows: &[Window]| -> Vec<Span> {
            windows.iter().map(|window| (clock.instant(window.from), clock.instant(window.to))).collect()
        };
        let mut facts = Self {
            problem,
            clock,
            slots: problem.slots.iter().map(|slot| slot_facts(problem, clock, slot)).collect(),
            rides: rides::all(problem, clock, at),
            volunteer_windows: problem.volunteers.iter().map(|volunteer| spans(&volunteer.available)).collect(),
            family_windows: problem.families.iter().map(|family| spans(&family.available)).collect(),
            gates: problem.prisons.iter().map(|prison| at(prison.id.place())).collect(),
            volunteer_homes: problem.volunteers.iter().map(|volunteer| at(volunteer.id.place())).collect(),
            locked: Vec::new(),
            legs,
        };
        facts.locked = problem.locked.iter().map(|trip| locked::read(&facts, trip)).collect();
        facts
    }

    /// Minutes and metres from one place to another; none from a place to itself.
    pub(super) fn leg(&self, from: usize, to: usize) -> (i64, i64) {
        if from == to { (0, 0) } else { self.legs[from][to] }
    }

    /// Minutes of the breaks taken before the end of so many minutes of driving.
    pub(super) fn breaks(&self, driving: i64) -> i64 {
        let after = i64::from(self.problem.policy.break_after_min);
        let length = i64::from(self.problem.policy.break_min);
        if after == 0 { 0 } else { ((driving + after - 1) / after - 1).max(0) * length }
    }

    pub(super) fn request(&self, id: &RequestId) -> usize {
        self.problem.requests.iter().position(|request| request.id == *id).expect("a request of the problem")
    }

    /// Whether a pair of that rule joins the two, whichever stands first.
    pub(super) fn paired(&self, rule: PairRule, one: &str, other: &str) -> bool {
        self.problem.pairs.iter().any(|pair| {
            let pair_of = (pair.a.as_str(), pair.b.as_str());
            pair.rule == rule && (pair_of == (one, other) || pair_of == (other, one))
        })
    }
}

fn slot_facts(problem: &Problem, clock: Clock, slot: &visitrota::problem::Slot) -> SlotFacts {
    let prison = problem.prisons.iter().position(|prison| prison.id == slot.prison).expect("a prison");
    let date = slot.start.date().to_string();
    let hours = |hours: Option<Hours>| {
        hours.map(|hours| (clock.on(&date, &hours.from.to_string()), clock.on(&date, &hours.to.to_string())))
    };
    let visit = (clock.instant(slot.start), clock.instant(slot.end));
    SlotFacts {
        prison,
        visit,
        gate_in: visit.0 - i64::from(problem.prisons[prison].check_in_min),
        gate_out: visit.1 + i64::from(problem.prisons[prison].check_out_min),
        volunteer_hours: hours(problem.policy.volunteer_hours),
        family_hours: hours(problem.policy.family_hours),
        date,
    }
}

/// Whether one span lies in another.
pub(super) fn within(inner: Span, outer: Span) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

/// Whether no member is aged 18 or over.
pub(super) fn child_only(family: &Family) -> bool {
    !family.members.iter().any(|member| member.age >= 18)
}

/// Whether somebody holds all of these on a date.
pub(super) fn holds(held: &[Hold], asked: &[String], date: &str) -> bool {
    asked.iter().all(|what| {
        let valid = |until: String| date <= until.as_str();
        held.iter().any(|hold| hold.what == *what && hold.until.as_ref().is_none_or(|until| valid(until.to_string())))
    })
}

/// Whether a member takes up one of the car's restraints of a kind.
pub(super) fn takes(member: &Member, kind: Restraint) -> bool {
    let by_age = if member.age <= 1 {
        Restraint::Infant
    } else if member.age <= 3 {
        Restraint::Harness
    } else if member.age <= 11 {
        Restraint::Booster
    } else {
        Restraint::None
    };
    !member.own_restraint && member.restraint.unwrap_or(by_age) == kind
}
