//! The stops of a trip, the legs between them, and when the car is where (§4.6 and §4.7).

use std::collections::{BTreeMap, BTreeSet};
use std::num::Saturating;

use super::clause::Clause;
use super::facts::{Facts, Party, Whole, whole};
use super::report::Report;
use crate::leg::Leg;
use crate::problem::Policy;
use crate::rota::{Stop, StopKind};
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

/// When the car is where, by the rules, whatever times the rota gives.
pub(super) struct Timetable<'a> {
    pub(super) leave: Whole,
    pub(super) gate_in: Whole,
    pub(super) gate_out: Whole,
    pub(super) home: Whole,
    /// The stays at the homes of families and chaperone on the way out.
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
    pub(super) fn read(facts: &Facts, party: &Party<'a>, report: &mut Report) -> Self {
        let trip = party.trip;
        let legs: Option<Vec<Leg>> = legs(facts, &trip.stops, report).into_iter().collect();
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
        let ways = Ways::read(party, report);
        let timetable = ways.zip(legs).and_then(|(ways, legs)| timetable(facts, party, &ways, &legs, report));
        Self { drive, metres, timetable }
    }
}

/// §3: the legs between the stops, as the travel source gives them, else as the rota does.
fn legs(facts: &Facts, stops: &[Stop], report: &mut Report) -> Vec<Option<Leg>> {
    if let Some(first) = stops.first().filter(|first| first.leg_min.is_some() || first.leg_metres.is_some()) {
        report.add(Clause::MalformedStops, format!("the trip begins at {}, yet a leg leads there", first.place));
    }
    let ends = stops.iter().zip(stops.iter().skip(1));
    ends.map(|(Stop { place: from, .. }, stop)| {
        let to = &stop.place;
        let given = stop.leg_min.zip(stop.leg_metres).map(|(minutes, metres)| Leg { minutes, metres });
        let known = facts.legs.leg(from, to);
        match (given, known) {
            (None, _) => {
                let message = format!("the rota does not say how long and how far it is from {from} to {to}");
                report.add(Clause::MalformedStops, message);
            }
            (Some(given), Some(known)) if given != known => {
                let message = format!(
                    "from {from} to {to} it is {} min and {} m; the rota says {} min and {} m",
                    known.minutes, known.metres, given.minutes, given.metres
                );
                report.add(Clause::WrongLeg, message);
            }
            _ => {}
        }
        known.or(given)
    })
    .collect()
}

/// §7: the stops of a trip that has the right ones: home, the way out, the gate, the way back, home.
struct Ways<'a> {
    leave: &'a Stop,
    outward: &'a [Stop],
    gate: &'a Stop,
    back: &'a [Stop],
    home: &'a Stop,
}

impl<'a> Ways<'a> {
    fn read(party: &Party<'a>, report: &mut Report) -> Option<Self> {
        let before = report.broken.len();
        let trip = party.trip;
        let ends = match &trip.stops[..] {
            [leave, between @ .., home] if leave.kind == StopKind::Leave && home.kind == StopKind::Home => {
                Some((leave, between, home))
            }
            _ => None,
        };
        let Some((leave, between, home)) = ends else {
            report.add(Clause::MalformedStops, "the stops do not go from leaving home to being home");
            return None;
        };
        let mut gates = between.iter().enumerate().filter(|(_, stop)| stop.kind == StopKind::Gate);
        let (Some((at, gate)), None) = (gates.next(), gates.next()) else {
            report.add(Clause::MalformedStops, "the prison's gate does not stand once among the stops");
            return None;
        };
        let (outward, rest) = between.split_at(at);
        let back = rest.split_first().map_or(&[][..], |(_, back)| back);

        for end in [leave, home] {
            if end.place.as_str() != trip.driver.as_str() {
                let message = format!("the trip begins and ends at {}'s home, not at {}", trip.driver, end.place);
                report.add(Clause::MalformedStops, message);
            }
        }
        if let Some(slot) = party.slot.filter(|slot| slot.prison.as_str() != gate.place.as_str()) {
            let message = format!("slot {} is at {}, not at {}", slot.id, slot.prison, gate.place);
            report.add(Clause::MalformedStops, message);
        }
        homes(party, outward, StopKind::Pickup, report);
        homes(party, back, StopKind::Dropoff, report);
        (report.broken.len() == before).then_some(Self { leave, outward, gate, back, home })
    }
}

/// §4.6 and §4.7: whether one way's stops are the homes of everybody carried, each once.
fn homes(party: &Party, stops: &[Stop], kind: StopKind, report: &mut Report) {
    let (code, way, happens) = match kind {
        StopKind::Pickup => (Clause::OutwardStops, "out", "gets in"),
        _ => (Clause::ReturnStops, "back", "gets out"),
    };
    let families = party.families.iter().map(|family| family.id.as_str());
    let expected: BTreeSet<_> = families.chain(party.trip.chaperone.as_ref().map(|id| id.as_str())).collect();
    let mut seen = BTreeSet::new();
    for stop in stops {
        let place = stop.place.as_str();
        if stop.kind != kind {
            report.add(code, format!("on the way {way}, nobody {happens} at {place}"));
        } else if !expected.contains(place) {
            report.add(code, format!("the way {way} stops at {place}, where nobody of the trip lives"));
        } else if !seen.insert(place) {
            report.add(code, format!("the way {way} stops at {place} twice"));
        }
    }
    for place in expected.difference(&seen) {
        report.add(code, format!("the way {way} does not stop at {place}, where somebody {happens}"));
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
