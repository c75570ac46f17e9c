//! The legs between the stops of a trip (§3).

use std::collections::BTreeMap;

use super::clause::Clause;
use super::facts::Facts;
use super::party::Party;
use super::report::Report;
use crate::id::PlaceId;
use crate::leg::Leg;

/// The legs that the rota alone tells, as its first trip there has them.
pub(super) type Told = BTreeMap<(PlaceId, PlaceId), Leg>;

/// The legs between the stops, as the travel source gives them, else as the rota does; one leg is the same in all trips.
pub(super) fn legs(facts: &Facts, party: &Party, told: &mut Told, report: &mut Report) -> Vec<Option<Leg>> {
    let stops = &party.trip.stops;
    if let Some(first) = stops.first().filter(|first| first.leg_min.is_some() || first.leg_metres.is_some()) {
        report.add(Clause::MalformedStops, format!("the trip begins at {}, yet a leg leads there", first.place));
    }
    let ends = stops.iter().zip(stops.iter().skip(1));
    ends.map(|(from, stop)| {
        let [from, to] = [from, stop].map(|stop| party.spot(stop.kind, stop.place.as_str()));
        let given = stop.leg_min.zip(stop.leg_metres).map(|(minutes, metres)| Leg { minutes, metres });
        let known = facts.leg(&from, &to);
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
            (Some(given), None) => {
                let first = *told.entry((from.clone(), to.clone())).or_insert(given);
                if first != given {
                    let message = format!(
                        "from {from} to {to} the rota says {} min and {} m, and elsewhere {} min and {} m",
                        given.minutes, given.metres, first.minutes, first.metres
                    );
                    report.add(Clause::WrongLeg, message);
                }
            }
            _ => {}
        }
        known.or(given)
    })
    .collect()
}
