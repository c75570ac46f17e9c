//! The stops of a trip: whose they are, where they are, in which order (§4.3, §4.6, §4.7 and §7).

use std::collections::{BTreeMap, BTreeSet};

use super::clause::Clause;
use super::facts::{Facts, child_only};
use super::party::Party;
use super::report::Report;
use crate::rota::{Stop, StopKind};

/// §7: the stops of a trip that has the right ones: home, the way out, the gate, the way back, home.
pub(super) struct Ways<'a> {
    pub(super) leave: &'a Stop,
    pub(super) outward: &'a [Stop],
    pub(super) gate: &'a Stop,
    pub(super) back: &'a [Stop],
    pub(super) home: &'a Stop,
}

impl<'a> Ways<'a> {
    /// The stops in their parts, whatever else is wrong with them.
    pub(super) fn split(stops: &'a [Stop]) -> Result<Self, &'static str> {
        let [leave, between @ .., home] = stops else {
            return Err("the stops do not go from leaving home to being home");
        };
        if (leave.kind, home.kind) != (StopKind::Leave, StopKind::Home) {
            return Err("the stops do not go from leaving home to being home");
        }
        let mut gates = between.iter().enumerate().filter(|(_, stop)| stop.kind == StopKind::Gate);
        let (Some((at, gate)), None) = (gates.next(), gates.next()) else {
            return Err("the prison's gate does not stand once among the stops");
        };
        let (outward, rest) = between.split_at(at);
        let back = rest.split_first().map_or(&[][..], |(_, back)| back);
        Ok(Self { leave, outward, gate, back, home })
    }

    /// The stops, if they are those of the people carried.
    pub(super) fn read(facts: &Facts, party: &Party<'a>, report: &mut Report) -> Option<Self> {
        meeting_places(party, report);
        let before = report.broken.len();
        let trip = party.trip;
        let ways = match Self::split(&trip.stops) {
            Ok(ways) => ways,
            Err(why) => {
                report.add(Clause::MalformedStops, why);
                return None;
            }
        };
        for end in [ways.leave, ways.home] {
            if end.place.as_str() != trip.driver.as_str() {
                let message = format!("the trip begins and ends at {}'s home, not at {}", trip.driver, end.place);
                report.add(Clause::MalformedStops, message);
            }
        }
        let gate = &ways.gate.place;
        if let Some(slot) = party.slot.filter(|slot| slot.prison.as_str() != gate.as_str()) {
            let message = format!("slot {} is at {}, not at {gate}", slot.id, slot.prison);
            report.add(Clause::MalformedStops, message);
        }
        each_once(party, ways.outward, StopKind::Pickup, report);
        each_once(party, ways.back, StopKind::Dropoff, report);
        if report.broken.len() > before {
            return None;
        }
        if facts.problem.policy.chaperone_throughout {
            throughout(party, &ways, report);
        }
        Some(ways)
    }
}

/// §4.6, §4.7 and §7: whether each stop is where the family is met, and `at` tells so exactly where that is not at home.
fn meeting_places(party: &Party, report: &mut Report) {
    for stop in &party.trip.stops {
        let due = party.meeting_point(stop.kind, stop.place.as_str());
        if stop.at.as_ref() == due {
            continue;
        }
        let place = &stop.place;
        let message = match (due, &stop.at) {
            (Some(due), Some(at)) => format!("{place} is met at {due}, not at {at}"),
            (Some(due), None) => format!("{place} is met at {due}, and the stop is not there"),
            (None, Some(at)) => format!("the stop of {place} is at their own place, not at {at}"),
            (None, None) => continue,
        };
        report.add(Clause::MeetingPlace, message);
    }
}

/// §4.6 and §4.7: whether one way's stops are those of everybody carried, each once.
fn each_once(party: &Party, stops: &[Stop], kind: StopKind, report: &mut Report) {
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
            report.add(code, format!("on the way {way}, nobody {happens} at the stop of {place}"));
        } else if !expected.contains(place) {
            report.add(code, format!("the way {way} has a stop of {place}, who is not of the trip"));
        } else if !seen.insert(place) {
            report.add(code, format!("the way {way} has two stops of {place}"));
        }
    }
    for place in expected.difference(&seen) {
        report.add(code, format!("the way {way} has no stop of {place}, where somebody {happens}"));
    }
}

/// §4.3: whether the chaperone boards before, and leaves after, every child-only family.
fn throughout<'a>(party: &Party, ways: &Ways<'a>, report: &mut Report) {
    let Some(chaperone) = &party.trip.chaperone else { return };
    let positions = |stops: &'a [Stop]| -> BTreeMap<&'a str, usize> {
        stops.iter().enumerate().map(|(at, stop)| (stop.place.as_str(), at)).collect()
    };
    let (outward, back) = (positions(ways.outward), positions(ways.back));
    let (Some(boards), Some(leaves)) = (outward.get(chaperone.as_str()), back.get(chaperone.as_str())) else { return };
    for family in party.families.iter().filter(|family| child_only(family)) {
        let id = &family.id;
        if outward.get(id.as_str()).is_some_and(|at| at < boards) {
            let message = format!("no adult of {id} rides, and the chaperone {chaperone} boards after it");
            report.add(Clause::ChaperoneThroughout, message);
        }
        if back.get(id.as_str()).is_some_and(|at| at > leaves) {
            let message = format!("no adult of {id} rides, and the chaperone {chaperone} leaves the car before it");
            report.add(Clause::ChaperoneThroughout, message);
        }
    }
}
