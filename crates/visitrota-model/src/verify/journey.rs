//! How a trip goes: when the car is where (§4.6 and §4.7).

use std::collections::BTreeMap;
use std::num::Saturating;

use super::clause::Clause;
use super::facts::{Facts, Whole, whole};
use super::party::Party;
use super::report::Report;
use super::road::{Told, legs};
use super::stops::Ways;
use crate::leg::Leg;
use crate::problem::Policy;
use crate::rota::Stop;
use crate::time::{Date, WallTime};

/// How a trip goes, by the rules.
pub(super) struct Journey<'a> {
    /// Minutes of driving, out and back.
    pub(super) drive: Whole,
    /// Metres, out and back.
    pub(super) metres: Whole,
    /// When the car is where; absent where the stops do not tell.
    pub(super) timetable: Option<Timetable<'a>>,
}

/// When the car is where, by the rules, whatever times the rota gives; of a locked trip as given.
pub(super) struct Timetable<'a> {
    pub(super) leave: Whole,
    pub(super) gate_in: Whole,
    pub(super) gate_out: Whole,
    pub(super) home: Whole,
    /// The stays at the stops of families and chaperone on the way out, by whose they are.
    pub(super) outward: BTreeMap<&'a str, Stay>,
    /// And on the way back.
    pub(super) back: BTreeMap<&'a str, Stay>,
}

/// From when to when the car stays at a stop.
#[derive(Clone, Copy)]
pub(super) struct Stay {
    pub(super) arrive: Whole,
    pub(super) depart: Whole,
}

impl<'a> Journey<'a> {
    /// Reads the stops, and holds the trip's totals against its legs (§7).
    pub(super) fn read(facts: &Facts, party: &Party<'a>, told: &mut Told, report: &mut Report) -> Self {
        let trip = party.trip;
        let legs: Option<Vec<Leg>> = legs(facts, party, told, report).into_iter().collect();
        let (mut drive, mut metres) = (Saturating(0), Saturating(0));
        for leg in legs.iter().flatten() {
            drive += whole(leg.minutes);
            metres += whole(leg.metres);
        }
        if legs.is_some() && whole(trip.drive_min) != drive {
            let message = format!("the trip's driving is given as {} min; its legs make {drive}", trip.drive_min);
            report.add(Clause::WrongTotals, message);
        }
        if legs.is_some() && whole(trip.metres) != metres {
            let message = format!("the trip is given as {} m; its legs make {metres}", trip.metres);
            report.add(Clause::WrongTotals, message);
        }
        let ways = Ways::read(facts, party, report);
        let timetable = ways.zip(legs).and_then(|(ways, legs)| timetable(facts, party, &ways, &legs, report));
        Self { drive, metres, timetable }
    }

    /// §5.6: a locked trip as it is given.
    pub(super) fn as_given(facts: &Facts, party: &Party<'a>) -> Self {
        let trip = party.trip;
        let timetable = Ways::split(&trip.stops).ok().and_then(|ways| given(facts, &ways));
        Self { drive: whole(trip.drive_min), metres: whole(trip.metres), timetable }
    }
}

/// §4.6, b(D): breaks taken before a point that `driven` minutes of driving lead to: one whenever `break_after_min` is
/// exceeded.
pub(super) fn breaks(policy: &Policy, driven: Whole) -> Whole {
    if policy.break_after_min == 0 || driven <= Saturating(0) {
        return Saturating(0);
    }
    // For D > 0, ⌊(D − 1) / a⌋ is ⌈D / a⌉ − 1.
    (driven - Saturating(1)) / whole(policy.break_after_min) * whole(policy.break_min)
}

/// §4.6: the stays at stops one after another, from setting out at 0, each by how long the car stays and the leg that
/// leads there.
fn stays(policy: &Policy, stops: impl Iterator<Item = (Whole, Leg)>) -> Vec<Stay> {
    let (mut driven, mut stayed) = (Saturating(0), Saturating(0));
    stops
        .map(|(stay, leg)| {
            driven += whole(leg.minutes);
            let arrive = driven + breaks(policy, driven) + stayed;
            stayed += stay;
            Stay { arrive, depart: arrive + stay }
        })
        .collect()
}

/// When the car must be where: outward backwards from the gate (§4.6), on the return forwards from it (§4.7).
fn timetable<'a>(
    facts: &Facts,
    party: &Party<'a>,
    ways: &Ways<'a>,
    legs: &[Leg],
    report: &mut Report,
) -> Option<Timetable<'a>> {
    let (slot, prison, policy) = (party.slot?, party.prison?, &facts.problem.policy);
    let gate_in = facts.instant(slot.start) - whole(prison.check_in_min);
    let gate_out = facts.instant(slot.end) + whole(prison.check_out_min);
    let boarding = |stop: &Stop| {
        let family = party.families.iter().find(|family| family.id.as_str() == stop.place.as_str());
        family.map_or(Saturating(0), |family| whole(family.boarding_min))
    };
    let mut legs = legs.iter().copied();
    let mut way = |stops: &'a [Stop]| {
        let stops = stops.iter().map(boarding).chain([Saturating(0)]);
        let stays = stays(policy, stops.zip(legs.by_ref()));
        let end = stays.last().map_or(Saturating(0), |end| end.arrive);
        (stays, end)
    };
    let (outward, length) = way(ways.outward);
    let (back, return_length) = way(ways.back);
    let (leave, home) = (gate_in - length, gate_out + return_length);
    let from = |start: Whole, stops: &'a [Stop], stays: Vec<Stay>| -> Vec<(&'a Stop, Stay)> {
        let shift = |stay: Stay| Stay { arrive: start + stay.arrive, depart: start + stay.depart };
        stops.iter().zip(stays.into_iter().map(shift)).collect()
    };
    let (outward, back) = (from(leave, ways.outward, outward), from(gate_out, ways.back, back));

    let mut clock = Clock { facts, day: slot.start.date(), report };
    clock.hold(ways.leave, None, Some(leave), Clause::OutwardTimes);
    for (stop, stay) in &outward {
        clock.hold(stop, Some(stay.arrive), Some(stay.depart), Clause::OutwardTimes);
    }
    clock.moment(ways.gate, "reach", ways.gate.arrive, Some(gate_in), Clause::OutwardTimes);
    clock.moment(ways.gate, "leave", ways.gate.depart, Some(gate_out), Clause::ReturnTimes);
    for (stop, stay) in &back {
        clock.hold(stop, Some(stay.arrive), Some(stay.depart), Clause::ReturnTimes);
    }
    clock.hold(ways.home, Some(home), None, Clause::ReturnTimes);

    let by_place = |stays: Vec<(&'a Stop, Stay)>| stays.into_iter().map(|(s, stay)| (s.place.as_str(), stay)).collect();
    Some(Timetable { leave, gate_in, gate_out, home, outward: by_place(outward), back: by_place(back) })
}

/// §5.6: when the car is where, as the stops say.
fn given<'a>(facts: &Facts, ways: &Ways<'a>) -> Option<Timetable<'a>> {
    let time = |time: Option<WallTime>| time.map(|time| facts.instant(time));
    let stays = |stops: &'a [Stop]| -> BTreeMap<&'a str, Stay> {
        let stay = |stop: &'a Stop| {
            let (arrive, depart) = (time(stop.arrive), time(stop.depart));
            Some((stop.place.as_str(), Stay { arrive: arrive.or(depart)?, depart: depart.or(arrive)? }))
        };
        stops.iter().filter_map(stay).collect()
    };
    let Ways { leave, gate, home, .. } = ways;
    Some(Timetable {
        leave: time(leave.depart.or(leave.arrive))?,
        gate_in: time(gate.arrive.or(gate.depart))?,
        gate_out: time(gate.depart.or(gate.arrive))?,
        home: time(home.arrive.or(home.depart))?,
        outward: stays(ways.outward),
        back: stays(ways.back),
    })
}

/// Holds the times that the rota gives against those that must be (§4.6, §4.7, §7).
struct Clock<'a, 'p> {
    facts: &'a Facts<'p>,
    day: Date,
    report: &'a mut Report,
}

impl Clock<'_, '_> {
    fn hold(&mut self, stop: &Stop, arrive: Option<Whole>, depart: Option<Whole>, code: Clause) {
        self.moment(stop, "reach", stop.arrive, arrive, code);
        self.moment(stop, "leave", stop.depart, depart, code);
    }

    fn moment(&mut self, stop: &Stop, does: &str, given: Option<WallTime>, due: Option<Whole>, code: Clause) {
        let (place, day) = (&stop.place, self.day);
        if let Some(due) = due.filter(|due| self.facts.shown_before(*due)) {
            let clock = self.facts.clock(due, day);
            let message = format!(
                "the car must {does} {place} when the clocks show {clock} for the second time, which no rota can write"
            );
            self.report.add(Clause::RepeatedHour, message);
            return;
        }
        match (given.map(|given| self.facts.instant(given)), due) {
            (Some(given), Some(due)) if given != due => {
                let (given, due) = (self.facts.clock(given, day), self.facts.clock(due, day));
                self.report.add(code, format!("the car must {does} {place} at {due}; the rota says {given}"));
            }
            (None, Some(due)) => {
                let due = self.facts.clock(due, day);
                let message = format!("the rota does not say when the car is to {does} {place}; it must at {due}");
                self.report.add(Clause::MalformedStops, message);
            }
            (Some(given), None) => {
                let given = self.facts.clock(given, day);
                let end = if does == "reach" { "begins" } else { "ends" };
                let message = format!("the trip {end} at {place}, yet the rota has the car {does} it at {given}");
                self.report.add(Clause::MalformedStops, message);
            }
            _ => {}
        }
    }
}
