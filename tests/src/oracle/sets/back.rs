//! The ways back: from the gate, left at a given minute, to the driver's home (§4.7 of the rules of a rota).

use super::crew::Crew;
use super::members;
use super::walk::{self, Direction, Half, Replaces, Way};

/// For each set of stops, the ways back through them.
pub(super) fn every(crew: &Crew<'_>) -> Vec<Vec<Half>> {
    let unsayable = crew.hour_shown_twice(crew.gate_out, crew.gate_out + crew.to_come(0));
    walk::every(crew, &Back { crew, unsayable })
}

struct Back<'a> {
    crew: &'a Crew<'a>,
    /// Whether some stop may be in the second showing of an hour: later may be right where earlier is wrong.
    unsayable: bool,
}

impl Back<'_> {
    /// Minutes from the gate to the end of so much driving, after calls at these stops.
    fn passed(&self, drive: i64, set: usize) -> i64 {
        drive + self.crew.facts.breaks(drive) + self.crew.stays(set)
    }

    fn says(&self, passed: i64) -> bool {
        !self.unsayable || self.crew.facts.clock.can_say(self.crew.gate_out + passed)
    }
}

impl Direction for Back<'_> {
    fn begin(&self, to: usize) -> Option<Way> {
        let start = Way { drive: 0, metres: 0, left: 0, watched: Vec::new(), told: Vec::new(), late: 0 };
        self.says(0).then_some(())?;
        self.call(&start, 0, self.crew.gate, to)
    }

    fn on(&self, way: &Way, set: usize, last: usize, to: usize) -> Option<Way> {
        self.call(way, set, self.crew.stops[last].back, to)
    }

    fn end(&self, way: &Way, set: usize, last: usize) -> Option<Half> {
        let (minutes, metres) = self.crew.leg(self.crew.stops[last].back, self.crew.home);
        let drive = way.drive + minutes;
        let home = self.passed(drive, set);
        let watched = way.watched.clone();
        self.says(home).then(|| Half { drive, metres: way.metres + metres, home, watched, late: way.late })
    }

    fn replaces(&self, set: usize) -> Replaces {
        // Earlier is no better where a time was told.
        let stops = &self.crew.stops;
        let told = |at: usize| set >> at & 1 == 0 && stops[at].told_back.is_some() && self.crew.useful(set | 1 << at);
        if self.unsayable || (0..stops.len()).any(told) { Replaces::SameDriving } else { Replaces::NoWorse(0) }
    }
}

impl Back<'_> {
    /// A way through a set of stops, at a place now, and on to another stop.
    fn call(&self, way: &Way, set: usize, from: usize, to: usize) -> Option<Way> {
        let stop = &self.crew.stops[to];
        let (minutes, metres) = self.crew.leg(from, stop.back);
        let drive = way.drive + minutes;
        let arrival = self.passed(drive, set);
        let mut watched = way.watched.clone();
        if stop.watched {
            let before = members(set & ((1 << to) - 1)).filter(|&at| self.crew.stops[at].watched).count();
            watched.insert(before, arrival);
        }
        let off = self.crew.facts.is_off(stop.told_back, arrival);
        let late = way.late | usize::from(off) << to;
        let in_time = arrival <= stop.most_back && self.says(arrival) && self.says(arrival + stop.stay);
        let may = in_time && self.crew.may_alight(to, set);
        may.then_some(Way { drive, metres: way.metres + metres, left: 0, watched, told: Vec::new(), late })
    }
}
