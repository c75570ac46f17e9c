//! The ways out: from the driver's home to the gate, there at a given minute (§4.6 of the rules of a rota).

use super::crew::Crew;
use super::members;
use super::walk::{self, Direction, Half, Replaces, Way};

/// For each set of stops, the ways out through them.
pub(super) fn every(crew: &Crew<'_>) -> Vec<Vec<Half>> {
    let unsayable = crew.hour_shown_twice(crew.gate_in - crew.to_come(0), crew.gate_in);
    walk::every(crew, &Out { crew, unsayable })
}

struct Out<'a> {
    crew: &'a Crew<'a>,
    /// Whether some stop may be in the second showing of an hour. When the car is where is known only at the gate, and
    /// later may be right where earlier is wrong: then every stop is watched.
    unsayable: bool,
}

impl Out<'_> {
    fn watches(&self, stop: usize) -> bool {
        self.unsayable || self.crew.stops[stop].watched
    }

    /// Minutes from leaving home to the end of so much driving, after calls at these stops.
    fn passed(&self, drive: i64, set: usize) -> i64 {
        drive + self.crew.facts.breaks(drive) + self.crew.stays(set)
    }
}

impl Direction for Out<'_> {
    fn begin(&self, to: usize) -> Option<Way> {
        let stop = &self.crew.stops[to];
        let (drive, metres) = self.crew.leg(self.crew.home, stop.out);
        let left = stop.most_out.min(self.crew.to_come(1 << to));
        let watched = if self.watches(to) { vec![stop.stay] } else { Vec::new() };
        let told = if stop.told_out.is_some() { vec![stop.stay] } else { Vec::new() };
        let may = left >= 0 && self.crew.may_board(to, 0);
        may.then_some(Way { drive, metres, left, watched, told, late: 0 })
    }

    fn on(&self, way: &Way, set: usize, last: usize, to: usize) -> Option<Way> {
        let (stops, with) = (&self.crew.stops, set | 1 << to);
        let (minutes, metres) = self.crew.leg(stops[last].out, stops[to].out);
        let drive = way.drive + minutes;
        // Until the car leaves there.
        let passing = self.passed(drive, with) - self.passed(way.drive, set);
        let left = (way.left - passing).min(stops[to].most_out).min(self.crew.to_come(with));
        let longer = |ago: &[i64], noted: &dyn Fn(usize) -> bool| {
            let mut ago: Vec<i64> = ago.iter().map(|ago| ago + passing).collect();
            if noted(to) {
                ago.insert(members(set & ((1 << to) - 1)).filter(|&at| noted(at)).count(), stops[to].stay);
            }
            ago
        };
        let watched = longer(&way.watched, &|at| self.watches(at));
        let told = longer(&way.told, &|at| stops[at].told_out.is_some());
        let may = left >= 0 && self.crew.may_board(to, set);
        may.then_some(Way { drive, metres: way.metres + metres, left, watched, told, late: 0 })
    }

    fn end(&self, way: &Way, set: usize, last: usize) -> Option<Half> {
        let stops = &self.crew.stops;
        let (minutes, metres) = self.crew.leg(stops[last].out, self.crew.gate);
        let drive = way.drive + minutes;
        let home = self.passed(drive, set);
        let passing = home - self.passed(way.drive, set);
        let arrivals = way.watched.iter().map(|ago| ago + passing);
        let arrivals: Vec<(usize, i64)> = members(set).filter(|&at| self.watches(at)).zip(arrivals).collect();
        let says = |ago: i64| !self.unsayable || self.crew.facts.clock.can_say(self.crew.gate_in - ago);
        let stays = |&(at, ago): &(usize, i64)| says(ago) && says(ago - stops[at].stay);
        let sayable = says(home) && says(0) && arrivals.iter().all(stays);
        let watched = arrivals.into_iter().filter(|&(at, _)| stops[at].watched).map(|(_, ago)| ago).collect();
        let told = members(set).filter(|&at| stops[at].told_out.is_some()).zip(&way.told);
        let off = told.filter(|&(at, ago)| self.crew.facts.is_off(stops[at].told_out, ago + passing));
        let late = off.map(|(at, _)| 1 << at).sum();
        let half = Half { drive, metres: way.metres + metres, home, watched, late };
        (sayable && way.left >= passing).then_some(half)
    }

    fn replaces(&self, set: usize) -> Replaces {
        if self.unsayable {
            return Replaces::Same;
        }
        // Less driving so far may move one break into the rest of the way. That it takes so much longer can be told of
        // all on board, but not of those who are still to board, and it is no better where a time was told.
        let stops = &self.crew.stops;
        let may_board = |at: &usize| set >> at & 1 == 0 && self.crew.useful(set | 1 << at);
        let bound = |at: usize| stops[at].watched || stops[at].most_out < self.crew.to_come(set | 1 << at);
        let told = |at: usize| stops[at].told_out.is_some() && (set >> at & 1 == 1 || may_board(&at));
        match self.crew.longest_break() {
            0 => Replaces::NoWorse(0),
            _ if (0..stops.len()).any(told) => Replaces::SameDriving,
            _ if (0..stops.len()).filter(may_board).any(bound) => Replaces::SameDriving,
            longer => Replaces::NoWorse(longer),
        }
    }
}
