//! A driver and a chaperone on the way to a slot, and all who might ride with them.

use std::cmp::Reverse;

use super::super::facts::{Facts, Span, child_only, within};
use super::super::journey::longest_ride;
use super::super::rides;
use super::members;
use super::walk::Half;

/// Who drives where, and every stop there might be on the way.
pub(super) struct Crew<'a> {
    pub(super) facts: &'a Facts<'a>,
    who: rides::Crew,
    pub(super) home: usize,
    pub(super) gate: usize,
    pub(super) gate_in: i64,
    pub(super) gate_out: i64,
    /// The hours in which volunteers are called on.
    hours: Option<Span>,
    /// The families that ask for the slot, and last the chaperone, if one rides.
    pub(super) stops: Vec<Stop>,
    /// For each set of stops, whether some group that may go has all of them.
    useful: Vec<bool>,
    /// For each set of stops, minutes for which the car has stayed at them.
    stays: Vec<i64>,
    /// For each set of stops, minutes that no way through them takes longer to its end.
    to_come: Vec<i64>,
    /// Whether metres matter.
    metres: bool,
}

/// A stop on the way, and what is asked of it.
pub(super) struct Stop {
    /// Where it is on the way out, and where on the way back.
    pub(super) out: usize,
    pub(super) back: usize,
    /// Minutes that the car stays.
    pub(super) stay: i64,
    /// The most minutes from here to the gate, once on board.
    pub(super) most_out: i64,
    /// The most minutes from the gate.
    pub(super) most_back: i64,
    /// Whether its time out and its time back have to do with each other, or with the rota's other trips.
    pub(super) watched: bool,
    /// Where it is watched, the windows one of which must hold its time out and its time back.
    windows: Vec<Span>,
    /// The minutes before the gate, and after it, at which the car was to be here, if the family was told of this trip.
    pub(super) told_out: Option<i64>,
    pub(super) told_back: Option<i64>,
    /// Whether the chaperone must be in the car before and after this family.
    escorted: bool,
}

impl<'a> Crew<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, who: rides::Crew, asked: &[usize], groups: &[usize]) -> Self {
        let rides::Crew { driver, chaperone, slot } = who;
        let times = &facts.slots[slot];
        let (gate, gate_in, gate_out) = (facts.gates[times.prison], times.gate_in, times.gate_out);
        let home = facts.volunteer_homes[driver];
        let family = |&ride: &usize| family_stop(facts, ride, who);
        let mut stops: Vec<Stop> = asked.iter().map(family).collect();
        stops.extend(chaperone.map(|chaperone| Stop {
            out: facts.volunteer_homes[chaperone],
            back: facts.volunteer_homes[chaperone],
            stay: 0,
            most_out: i64::MAX,
            most_back: i64::MAX,
            watched: true,
            windows: facts.volunteer_windows[chaperone].clone(),
            told_out: None,
            told_back: None,
            escorted: false,
        }));
        let places: Vec<usize> = stops.iter().flat_map(|stop| [stop.out, stop.back]).chain([home, gate]).collect();
        let into = |to: usize| places.iter().map(|&from| facts.leg(from, to).0).max().unwrap_or(0);
        let most_minutes: Vec<i64> = stops.iter().map(|stop| into(stop.out).max(into(stop.back)) + stop.stay).collect();
        let count = groups.iter().map(|group| group.count_ones()).max().unwrap_or(0) + u32::from(chaperone.is_some());
        let to_come = to_come(facts, &most_minutes, count, into(home).max(into(gate)));
        let mut crew = Self {
            facts,
            who,
            home,
            gate,
            gate_in,
            gate_out,
            hours: times.volunteer_hours,
            useful: vec![false; 1 << stops.len()],
            stays: (0..1 << stops.len()).map(|set| members(set).map(|at| stops[at].stay).sum()).collect(),
            to_come,
            metres: facts.problem.volunteers[driver].max_km_week.is_some(),
            stops,
        };
        crew.mark_useful(groups);
        crew
    }

    fn mark_useful(&mut self, groups: &[usize]) {
        for &group in groups {
            let whole = self.with_chaperone(group);
            self.useful[whole] = true;
        }
        for set in (0..self.useful.len()).rev() {
            let larger = |at: usize| set >> at & 1 == 0 && self.useful[set | (1 << at)];
            self.useful[set] |= (0..self.stops.len()).any(larger);
        }
    }

    /// A group's families and the chaperone, if one rides: a set of stops.
    pub(super) fn with_chaperone(&self, group: usize) -> usize {
        if self.who.chaperone.is_some() { group | 1 << (self.stops.len() - 1) } else { group }
    }

    pub(super) fn useful(&self, set: usize) -> bool {
        self.useful[set]
    }

    /// Minutes of a leg, and its metres if they matter.
    pub(super) fn leg(&self, from: usize, to: usize) -> (i64, i64) {
        let (minutes, metres) = self.facts.leg(from, to);
        (minutes, if self.metres { metres } else { 0 })
    }

    /// Minutes of a break, if any may fall due.
    pub(super) fn longest_break(&self) -> i64 {
        let policy = &self.facts.problem.policy;
        if policy.break_after_min == 0 { 0 } else { policy.break_min.into() }
    }

    /// Minutes that no way through these stops takes longer to its end.
    pub(super) fn to_come(&self, set: usize) -> i64 {
        self.to_come[set]
    }

    /// Minutes for which the car has stayed at these stops.
    pub(super) fn stays(&self, set: usize) -> i64 {
        self.stays[set]
    }

    /// Whether somewhere on a way within these times an hour is shown twice, so that its second showing matters.
    pub(super) fn hour_shown_twice(&self, from: i64, to: i64) -> bool {
        (from..=to).any(|instant| !self.facts.clock.can_say(instant))
    }

    /// §4.3: whether somebody may board after these stops: a child-only family after the chaperone, if that is asked.
    pub(super) fn may_board(&self, to: usize, before: usize) -> bool {
        !self.stops[to].escorted || self.has_chaperone(before)
    }

    /// §4.3: whether somebody may leave the car after these stops: a child-only family before the chaperone.
    pub(super) fn may_alight(&self, to: usize, before: usize) -> bool {
        !self.stops[to].escorted || !self.has_chaperone(before)
    }

    fn has_chaperone(&self, set: usize) -> bool {
        set >> (self.stops.len() - 1) & 1 == 1
    }

    /// §4.9, and §4.10 for volunteers.
    pub(super) fn everyone_available(&self, group: usize, out: &Half, back: &Half) -> bool {
        let watched = |&at: &usize| self.stops[at].watched;
        let times = out.watched.iter().zip(&back.watched);
        let inside = |windows: &[Span], span: Span| windows.iter().any(|&window| within(span, window));
        let busy = self.busy(out, back);
        let in_hours = |span: Span| self.hours.is_none_or(|hours| within(span, hours));
        inside(&self.facts.volunteer_windows[self.who.driver], busy)
            && in_hours(busy)
            && self.escort(out, back).is_none_or(in_hours)
            && members(self.with_chaperone(group))
                .filter(watched)
                .zip(times)
                .all(|(at, (&before, &after))| inside(&self.stops[at].windows, self.span(before, after)))
    }

    /// From so many minutes before the gate to so many after it.
    fn span(&self, before: i64, after: i64) -> Span {
        (self.gate_in - before, self.gate_out + after)
    }

    /// When the driver is busy.
    pub(super) fn busy(&self, out: &Half, back: &Half) -> Span {
        self.span(out.home, back.home)
    }

    /// When the chaperone is busy, if one rides: theirs is the last stop of all that are watched.
    pub(super) fn escort(&self, out: &Half, back: &Half) -> Option<Span> {
        self.who.chaperone?;
        let (before, after) = out.watched.last().zip(back.watched.last())?;
        Some(self.span(*before, *after))
    }
}

fn family_stop(facts: &Facts<'_>, ride: usize, who: rides::Crew) -> Stop {
    let times = &facts.slots[who.slot];
    let (gate, visit) = (facts.gates[times.prison], (times.gate_in, times.gate_out));
    let family = facts.family_of(ride);
    let stay = i64::from(family.boarding_min);
    let (out, back) = facts.met(ride, who.slot);
    let told = facts.promises(ride, who).next();
    let mut stop = Stop {
        out,
        back,
        stay,
        most_out: longest_ride(facts, ride, out, gate),
        most_back: longest_ride(facts, ride, gate, back),
        watched: false,
        windows: Vec::new(),
        told_out: told.and_then(|told| told.pickup).map(|time| visit.0 - time),
        told_back: told.and_then(|told| told.home).map(|time| time - visit.1),
        escorted: facts.problem.policy.chaperone_throughout && who.chaperone.is_some() && child_only(family),
    };
    // Hours are a longest ride each way.
    if let Some(hours) = times.family_hours {
        stop.most_out = stop.most_out.min(visit.0 - hours.0 - stay);
        stop.most_back = stop.most_back.min(hours.1 - visit.1);
    }
    let given = &facts.family_windows[facts.rides[ride].family];
    if given.is_empty() {
        return stop;
    }
    // Out before the visit and back after it: only windows that hold the visit can hold both.
    let windows: Vec<Span> = given.iter().copied().filter(|w| w.0 <= visit.0 && visit.1 <= w.1).collect();
    let from = windows.iter().map(|window| window.0).min().unwrap_or(i64::MAX / 4);
    let to = windows.iter().map(|window| window.1).max().unwrap_or(i64::MIN / 4);
    stop.most_out = stop.most_out.min(visit.0 - from - stay);
    stop.most_back = stop.most_back.min(to - visit.1);
    // A single window is the same as a longest ride each way.
    stop.watched = windows.len() > 1;
    stop.windows = windows;
    stop
}

/// For each set of stops, minutes that no way through them, of so many stops at the most, takes longer to its end: as
/// if each stop left were reached by the longest leg there is, and breaks fell as often as they can.
fn to_come(facts: &Facts<'_>, most_minutes: &[i64], count: u32, end: i64) -> Vec<i64> {
    let mut longest_first: Vec<usize> = (0..most_minutes.len()).collect();
    longest_first.sort_by_key(|&at| Reverse(most_minutes[at]));
    let minutes = |set: usize| -> i64 {
        let others = longest_first.iter().filter(|&at| set >> at & 1 == 0).map(|&at| most_minutes[at]);
        end + others.take(count.saturating_sub(set.count_ones()) as usize).sum::<i64>()
    };
    let policy = &facts.problem.policy;
    let breaks = |minutes: i64| match i64::from(policy.break_after_min) {
        0 => 0,
        after => (minutes / after + 1) * i64::from(policy.break_min),
    };
    (0..1 << most_minutes.len()).map(minutes).map(|minutes| minutes + breaks(minutes)).collect()
}
