//! Every way in which a party can go: the orders of stops, and the clock (§4.6 to §4.9 of the rules of a rota).

use super::facts::{Facts, Span};
use super::outing::{Outing, Party};

/// One half of a trip: out, or back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Half {
    drive: i64,
    metres: i64,
    /// When the car leaves the driver's home, or is back there.
    home: i64,
    /// When it arrives at each family's home.
    families: Vec<i64>,
    /// When it arrives at the chaperone's home, if one rides.
    chaperone: Option<i64>,
}

/// A stop between the driver's home and the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// The home of the family at a position in the party.
    Family(usize),
    Chaperone,
}

/// Every trip of a party, by every order of stops on the way out and every order on the way back.
pub(super) fn every(facts: &Facts<'_>, party: &Party<'_>) -> Vec<Outing> {
    let mut stops: Vec<Stop> = (0..party.families.len()).map(Stop::Family).collect();
    stops.extend(party.chaperone.map(|_| Stop::Chaperone));
    let orders = orders(&stops);
    let halves = |half: fn(&Facts<'_>, &Party<'_>, &[Stop]) -> Option<Half>| {
        let mut halves: Vec<Half> = orders.iter().filter_map(|order| half(facts, party, order)).collect();
        halves.sort_unstable();
        halves.dedup();
        halves
    };
    let backs = halves(way_back);
    let mut outings = Vec::new();
    for out in halves(way_out) {
        for back in backs.iter().filter(|back| everyone_available(facts, party, &out, back)) {
            outings.push(Outing {
                driver: party.driver,
                chaperone: party.chaperone,
                slot: party.slot,
                requests: party.requests.to_vec(),
                drive: out.drive + back.drive,
                metres: out.metres + back.metres,
                busy: (out.home, back.home),
                escort: out.chaperone.zip(back.chaperone),
            });
        }
    }
    outings
}

/// Every order of the stops.
fn orders(stops: &[Stop]) -> Vec<Vec<Stop>> {
    if stops.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for &first in stops {
        let others: Vec<Stop> = stops.iter().copied().filter(|&stop| stop != first).collect();
        all.extend(orders(&others).into_iter().map(|rest| [vec![first], rest].concat()));
    }
    all
}

/// The driving of a half, place by place from its first.
struct Drive {
    /// At each place after the first: minutes since the start on arrival, and the time the car stays there.
    calls: Vec<(i64, i64)>,
    minutes: i64,
    metres: i64,
}

fn drive(facts: &Facts<'_>, places: &[(usize, i64)]) -> Drive {
    let mut drive = Drive { calls: Vec::new(), minutes: 0, metres: 0 };
    let mut boarded = 0;
    for pair in places.windows(2) {
        let [(from, _), (to, stay)] = [pair[0], pair[1]];
        let (minutes, metres) = facts.leg(from, to);
        drive.minutes += minutes;
        drive.metres += metres;
        drive.calls.push((drive.minutes + facts.breaks(drive.minutes) + boarded, stay));
        boarded += stay;
    }
    drive
}

/// Where a stop is, and how long the car stays.
fn place(facts: &Facts<'_>, party: &Party<'_>, stop: Stop) -> (usize, i64) {
    match (stop, party.chaperone) {
        (Stop::Family(at), _) => {
            let family = party.families[at];
            (facts.family_homes[family], facts.problem.families[family].boarding_min.into())
        }
        (Stop::Chaperone, Some(chaperone)) => (facts.volunteer_homes[chaperone], 0),
        (Stop::Chaperone, None) => unreachable!("a stop for a chaperone who does not ride"),
    }
}

/// §4.6: out by this order of stops, in time at the gate.
fn way_out(facts: &Facts<'_>, party: &Party<'_>, order: &[Stop]) -> Option<Half> {
    let slot = &facts.slots[party.slot];
    let (home, gate) = (facts.volunteer_homes[party.driver], facts.gates[slot.prison]);
    let mut places = vec![(home, 0)];
    places.extend(order.iter().map(|&stop| place(facts, party, stop)));
    places.push((gate, 0));
    let drive = drive(facts, &places);
    let (at_gate, _) = *drive.calls.last()?;
    let leave = slot.gate_in - at_gate;
    let half = half(order, party, &drive, leave, leave);
    let in_time = order.iter().zip(&drive.calls).all(|(stop, (arrive, stay))| match stop {
        Stop::Family(at) => at_gate - (arrive + stay) <= longest_ride(facts, party.families[*at], |f| (f, gate)),
        Stop::Chaperone => true,
    });
    (in_time && can_say_all(facts, leave, &drive)).then_some(half)
}

/// §4.7: back by this order of stops.
fn way_back(facts: &Facts<'_>, party: &Party<'_>, order: &[Stop]) -> Option<Half> {
    let slot = &facts.slots[party.slot];
    let (home, gate) = (facts.volunteer_homes[party.driver], facts.gates[slot.prison]);
    let mut places = vec![(gate, 0)];
    places.extend(order.iter().map(|&stop| place(facts, party, stop)));
    places.push((home, 0));
    let drive = drive(facts, &places);
    let (at_home, _) = *drive.calls.last()?;
    let half = half(order, party, &drive, slot.gate_out, slot.gate_out + at_home);
    let in_time = order.iter().zip(&drive.calls).all(|(stop, (arrive, _))| match stop {
        Stop::Family(at) => *arrive <= longest_ride(facts, party.families[*at], |f| (gate, f)),
        Stop::Chaperone => true,
    });
    (in_time && can_say_all(facts, slot.gate_out, &drive)).then_some(half)
}

fn half(order: &[Stop], party: &Party<'_>, drive: &Drive, start: i64, home: i64) -> Half {
    let arrival = |wanted: Stop| {
        let at = order.iter().position(|&stop| stop == wanted)?;
        Some(start + drive.calls[at].0)
    };
    Half {
        drive: drive.minutes,
        metres: drive.metres,
        home,
        families: (0..party.families.len()).filter_map(|family| arrival(Stop::Family(family))).collect(),
        chaperone: arrival(Stop::Chaperone),
    }
}

/// §4.8: how long a family may ride, on a way whose ends follow from the family's home.
pub(super) fn longest_ride(facts: &Facts<'_>, family: usize, ends: impl Fn(usize) -> (usize, usize)) -> i64 {
    if let Some(most) = facts.problem.families[family].max_ride_min {
        return most.into();
    }
    let (from, to) = ends(facts.family_homes[family]);
    let (minutes, _) = facts.leg(from, to);
    let direct = minutes + facts.breaks(minutes);
    let policy = &facts.problem.policy;
    direct + i64::from(policy.detour_min).max(direct * i64::from(policy.detour_pct) / 100)
}

/// Whether a document can say the times of every stop.
fn can_say_all(facts: &Facts<'_>, start: i64, drive: &Drive) -> bool {
    let times = drive.calls.iter().flat_map(|(arrive, stay)| [start + arrive, start + arrive + stay]);
    std::iter::once(start).chain(times).all(|time| facts.clock.can_say(time))
}

/// §4.9
fn everyone_available(facts: &Facts<'_>, party: &Party<'_>, out: &Half, back: &Half) -> bool {
    let inside = |windows: &[Span], from: i64, to: i64| windows.iter().any(|window| window.0 <= from && to <= window.1);
    let families = party.families.iter().zip(out.families.iter().zip(&back.families));
    inside(&facts.volunteer_windows[party.driver], out.home, back.home)
        && party
            .chaperone
            .zip(out.chaperone.zip(back.chaperone))
            .is_none_or(|(chaperone, (from, to))| inside(&facts.volunteer_windows[chaperone], from, to))
        && families.into_iter().all(|(&family, (&from, &to))| {
            let windows = &facts.family_windows[family];
            windows.is_empty() || inside(windows, from, to)
        })
}
