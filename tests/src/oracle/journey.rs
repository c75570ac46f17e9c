//! Every way in which a party can go: the orders of stops, and the clock (§4.6 to §4.10 of the rules of a rota).

use super::facts::{Facts, Span, child_only, within};
use super::outing::{Outing, Party};

/// One half of a trip: out, or back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Half {
    drive: i64,
    metres: i64,
    /// When the car leaves the driver's home, or is back there.
    home: i64,
    /// When it arrives at each family's stop.
    families: Vec<i64>,
    /// When it arrives at the chaperone's home, if one rides.
    chaperone: Option<i64>,
}

/// A stop between the driver's home and the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// Where the family at a position in the party is met.
    Family(usize),
    Chaperone,
}

/// Every trip of a party, by every order of stops on the way out and every order on the way back.
pub(super) fn every(facts: &Facts<'_>, party: &Party<'_>) -> Vec<Outing> {
    let mut stops: Vec<Stop> = (0..party.rides.len()).map(Stop::Family).collect();
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
                rides: party.rides.to_vec(),
                drive: out.drive + back.drive,
                metres: out.metres + back.metres,
                busy: (out.home, back.home),
                escort: out.chaperone.zip(back.chaperone),
                late: late(facts, party, &out, back),
                locked: false,
            });
        }
    }
    outings
}

/// How many of the families are called on at another time than they were told.
fn late(facts: &Facts<'_>, party: &Party<'_>, out: &Half, back: &Half) -> usize {
    let late = |(at, &ride): (usize, &usize)| {
        let promises = facts.promises(ride, party.crew());
        let off = promises
            .filter(|told| facts.is_off(told.pickup, out.families[at]) || facts.is_off(told.home, back.families[at]));
        off.count()
    };
    party.rides.iter().enumerate().map(late).sum()
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

/// The two ways of an outing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Out,
    Back,
}

/// Where a stop is, and how long the car stays.
fn place(facts: &Facts<'_>, party: &Party<'_>, stop: Stop, way: Way) -> (usize, i64) {
    match (stop, party.chaperone) {
        (Stop::Family(at), _) => {
            let ride = party.rides[at];
            let (out, back) = facts.met(ride, party.slot);
            (if way == Way::Out { out } else { back }, facts.family_of(ride).boarding_min.into())
        }
        (Stop::Chaperone, Some(chaperone)) => (facts.volunteer_homes[chaperone], 0),
        (Stop::Chaperone, None) => unreachable!("a stop for a chaperone who does not ride"),
    }
}

/// §4.3: whether the chaperone is on board whenever a child-only family is, if the policy asks for that. On the way out
/// the first to board is the first of the order; on the way back, the first to leave.
fn chaperoned(facts: &Facts<'_>, party: &Party<'_>, order: &[Stop], way: Way) -> bool {
    let Some(theirs) = order.iter().position(|stop| *stop == Stop::Chaperone) else { return true };
    let with_them = |(at, stop): (usize, &Stop)| match stop {
        Stop::Family(position) if child_only(facts.family_of(party.rides[*position])) => match way {
            Way::Out => theirs < at,
            Way::Back => at < theirs,
        },
        Stop::Family(_) | Stop::Chaperone => true,
    };
    !facts.problem.policy.chaperone_throughout || order.iter().enumerate().all(with_them)
}

/// §4.6: out by this order of stops, in time at the gate.
fn way_out(facts: &Facts<'_>, party: &Party<'_>, order: &[Stop]) -> Option<Half> {
    let slot = &facts.slots[party.slot];
    let (home, gate) = (facts.volunteer_homes[party.driver], facts.gates[slot.prison]);
    let mut places = vec![(home, 0)];
    places.extend(order.iter().map(|&stop| place(facts, party, stop, Way::Out)));
    places.push((gate, 0));
    let drive = drive(facts, &places);
    let (at_gate, _) = *drive.calls.last()?;
    let leave = slot.gate_in - at_gate;
    let half = half(order, party, &drive, leave, leave);
    let in_time = order.iter().zip(&drive.calls).all(|(stop, (arrive, stay))| match stop {
        Stop::Family(at) => {
            let (from, _) = facts.met(party.rides[*at], party.slot);
            at_gate - (arrive + stay) <= longest_ride(facts, party.rides[*at], from, gate)
        }
        Stop::Chaperone => true,
    });
    let valid = in_time && chaperoned(facts, party, order, Way::Out) && can_say_all(facts, leave, &drive);
    valid.then_some(half)
}

/// §4.7: back by this order of stops.
fn way_back(facts: &Facts<'_>, party: &Party<'_>, order: &[Stop]) -> Option<Half> {
    let slot = &facts.slots[party.slot];
    let (home, gate) = (facts.volunteer_homes[party.driver], facts.gates[slot.prison]);
    let mut places = vec![(gate, 0)];
    places.extend(order.iter().map(|&stop| place(facts, party, stop, Way::Back)));
    places.push((home, 0));
    let drive = drive(facts, &places);
    let (at_home, _) = *drive.calls.last()?;
    let half = half(order, party, &drive, slot.gate_out, slot.gate_out + at_home);
    let in_time = order.iter().zip(&drive.calls).all(|(stop, (arrive, _))| match stop {
        Stop::Family(at) => {
            let (_, to) = facts.met(party.rides[*at], party.slot);
            *arrive <= longest_ride(facts, party.rides[*at], gate, to)
        }
        Stop::Chaperone => true,
    });
    let valid = in_time && chaperoned(facts, party, order, Way::Back) && can_say_all(facts, slot.gate_out, &drive);
    valid.then_some(half)
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
        families: (0..party.rides.len()).filter_map(|family| arrival(Stop::Family(family))).collect(),
        chaperone: arrival(Stop::Chaperone),
    }
}

/// §4.8: how long a ride may take, if it leads from one place to another.
pub(super) fn longest_ride(facts: &Facts<'_>, ride: usize, from: usize, to: usize) -> i64 {
    if let Some(most) = facts.family_of(ride).max_ride_min {
        return most.into();
    }
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

/// §4.9 and §4.10
fn everyone_available(facts: &Facts<'_>, party: &Party<'_>, out: &Half, back: &Half) -> bool {
    let slot = &facts.slots[party.slot];
    let inside = |windows: &[Span], span: Span| windows.iter().any(|&window| within(span, window));
    let called_on = |volunteer: usize, span: Span| {
        inside(&facts.volunteer_windows[volunteer], span)
            && slot.volunteer_hours.is_none_or(|hours| within(span, hours))
    };
    let outing = |ride: usize, span: Span| {
        let windows = &facts.family_windows[facts.rides[ride].family];
        (windows.is_empty() || inside(windows, span)) && slot.family_hours.is_none_or(|hours| within(span, hours))
    };
    let families = party.rides.iter().zip(out.families.iter().zip(&back.families));
    called_on(party.driver, (out.home, back.home))
        && party.chaperone.zip(out.chaperone.zip(back.chaperone)).is_none_or(|(who, span)| called_on(who, span))
        && families.into_iter().all(|(&ride, (&from, &to))| outing(ride, (from, to)))
}
