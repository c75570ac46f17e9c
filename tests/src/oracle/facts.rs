//! What the document says, looked up by position instead of by id.

use visitrota::{Family, Member, PairRule, PlaceId, Problem, RequestId, Restraint, TravelSource, Volunteer, Window};

use super::outing::Outing;
use crate::clock::Clock;

/// A span of time, both ends inside.
pub(super) type Span = (i64, i64);

/// A problem, and where its things stand in it.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) problem: &'a Problem,
    pub(super) clock: Clock,
    pub(super) slots: Vec<SlotFacts>,
    /// For each request, its family.
    pub(super) family_of: Vec<usize>,
    pub(super) volunteer_windows: Vec<Vec<Span>>,
    pub(super) family_windows: Vec<Vec<Span>>,
    /// Where the prisons, the volunteers and the families stand in the travel matrix.
    pub(super) gates: Vec<usize>,
    pub(super) volunteer_homes: Vec<usize>,
    pub(super) family_homes: Vec<usize>,
    /// Minutes with the margin, and metres.
    legs: Vec<Vec<(i64, i64)>>,
}

/// A slot, worked out.
#[derive(Debug)]
pub(super) struct SlotFacts {
    pub(super) prison: usize,
    /// The date, as it is written.
    pub(super) date: String,
    pub(super) gate_in: i64,
    pub(super) gate_out: i64,
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
        let slots = problem.slots.iter().map(|slot| {
            let prison = problem.prisons.iter().position(|prison| prison.id == slot.prison).expect("a prison");
            SlotFacts {
                prison,
                date: slot.start.date().to_string(),
                gate_in: clock.instant(slot.start) - i64::from(problem.prisons[prison].check_in_min),
                gate_out: clock.instant(slot.end) + i64::from(problem.prisons[prison].check_out_min),
            }
        });
        let family_of = problem
            .requests
            .iter()
            .map(|request| problem.families.iter().position(|family| family.id == request.family).expect("a family"));
        Self {
            problem,
            clock,
            slots: slots.collect(),
            family_of: family_of.collect(),
            volunteer_windows: problem.volunteers.iter().map(|volunteer| spans(&volunteer.available)).collect(),
            family_windows: problem.families.iter().map(|family| spans(&family.available)).collect(),
            gates: problem.prisons.iter().map(|prison| at(prison.id.place())).collect(),
            volunteer_homes: problem.volunteers.iter().map(|volunteer| at(volunteer.id.place())).collect(),
            family_homes: problem.families.iter().map(|family| at(family.id.place())).collect(),
            legs,
        }
    }

    /// Minutes and metres from one place to another.
    pub(super) fn leg(&self, from: usize, to: usize) -> (i64, i64) {
        self.legs[from][to]
    }

    /// Minutes of the breaks taken before the end of so many minutes of driving.
    pub(super) fn breaks(&self, driving: i64) -> i64 {
        let after = i64::from(self.problem.policy.break_after_min);
        let length = i64::from(self.problem.policy.break_min);
        if after == 0 { 0 } else { ((driving + after - 1) / after - 1).max(0) * length }
    }

    pub(super) fn carries(&self, outing: &Outing, request: &RequestId) -> bool {
        outing.requests.iter().any(|&at| self.problem.requests[at].id == *request)
    }

    /// Whether a pair of that rule joins the two, whichever stands first.
    pub(super) fn paired(&self, rule: PairRule, one: &PlaceId, other: &PlaceId) -> bool {
        self.problem.pairs.iter().any(|pair| {
            pair.rule == rule && ((pair.a == *one && pair.b == *other) || (pair.a == *other && pair.b == *one))
        })
    }
}

/// Whether no member is aged 18 or over.
pub(super) fn child_only(family: &Family) -> bool {
    !family.members.iter().any(|member| member.age >= 18)
}

/// Whether a volunteer holds all of these on a date.
pub(super) fn holds(volunteer: &Volunteer, asked: &[String], date: &str) -> bool {
    asked.iter().all(|what| {
        let valid = |until: String| date <= until.as_str();
        volunteer
            .holds
            .iter()
            .any(|hold| hold.what == *what && hold.until.as_ref().is_none_or(|until| valid(until.to_string())))
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
