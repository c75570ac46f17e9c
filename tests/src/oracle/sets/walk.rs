//! Ways through sets of stops, the smaller sets first.

use super::crew::Crew;
use super::members;

/// A way from the start to the last of its stops, or to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// Minutes of driving since the start.
    pub(super) drive: i64,
    pub(super) metres: i64,
    /// Minutes that the rest may take: the least that any ride so far leaves.
    pub(super) left: i64,
    /// For each watched stop so far, in the stops' order: on the way out, how many minutes ago the car came there; on
    /// the way back, how many minutes after the visit. Fewer are better, either way.
    pub(super) watched: Vec<i64>,
    /// On the way out, for each stop so far of whose time the family was told: how many minutes ago the car came there.
    pub(super) told: Vec<i64>,
    /// On the way back: the stops so far to which the car came at another time than was told.
    pub(super) late: usize,
}

/// Half a trip, out or back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Half {
    pub(super) drive: i64,
    pub(super) metres: i64,
    /// Minutes between the gate and the driver's home.
    pub(super) home: i64,
    /// For each stop that is watched, in the stops' order: minutes between the gate and the arrival there.
    pub(super) watched: Vec<i64>,
    /// The stops to which the car comes at another time than was told.
    pub(super) late: usize,
}

/// When a way can take the place of another one, through the same stops to the same last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replaces {
    /// If it is no worse in anything, although the rest of it may take so many minutes more than that of the other.
    NoWorse(i64),
    /// If it is no worse in anything, and the driving is the same: by that it is decided when breaks fall due.
    SameDriving,
    /// If everything is the same.
    Same,
}

impl Replaces {
    /// Whether it holds of two ways, where no rest takes longer than so many minutes.
    fn holds(self, one: &Way, other: &Way, to_come: i64) -> bool {
        let longer = match self {
            _ if one.drive == other.drive => 0,
            Self::NoWorse(longer) if one.drive < other.drive => longer,
            _ => return false,
        };
        if self == Self::Same {
            return one == other;
        }
        one.metres <= other.metres
            && one.left >= to_come.min(other.left + longer)
            && one.late & !other.late == 0
            // As many of each: they come through the same stops.
            && (one.told.is_empty() || one.told == other.told)
            && one.watched.iter().zip(&other.watched).all(|(one, other)| one + longer <= *other)
    }
}

impl Half {
    fn no_worse(&self, other: &Self) -> bool {
        self.drive <= other.drive
            && self.metres <= other.metres
            && self.home <= other.home
            && self.late & !other.late == 0
            && self.watched.iter().zip(&other.watched).all(|(one, other)| one <= other)
    }
}

/// Out or back: how a way begins, goes on and ends, each if it is in time.
pub(super) trait Direction {
    /// The way from the start to a first stop.
    fn begin(&self, to: usize) -> Option<Way>;
    /// A way through a set of stops to the last of them, and on to another.
    fn on(&self, way: &Way, set: usize, last: usize, to: usize) -> Option<Way>;
    /// A way through a set of stops to the last of them, and on to the end.
    fn end(&self, way: &Way, set: usize, last: usize) -> Option<Half>;
    /// When a way through a set of stops can take another's place.
    fn replaces(&self, set: usize) -> Replaces;
}

/// For each set of stops, the halves to which no other is at least as good in everything.
pub(super) fn every(crew: &Crew<'_>, direction: &impl Direction) -> Vec<Vec<Half>> {
    let count = crew.stops.len();
    let replaces: Vec<Replaces> = (0..1 << count).map(|set| direction.replaces(set)).collect();
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); count << count];
    for stop in (0..count).filter(|stop| crew.useful(1 << stop)) {
        ways[(1 << stop) * count + stop].extend(direction.begin(stop));
    }
    let mut halves = vec![Vec::new(); 1 << count];
    for set in (1..1_usize << count).filter(|&set| crew.useful(set)) {
        for last in members(set) {
            // All of them are known by now: they grow from smaller sets.
            for way in std::mem::take(&mut ways[set * count + last]) {
                for to in (0..count).filter(|to| set >> to & 1 == 0 && crew.useful(set | 1 << to)) {
                    if let Some(longer) = direction.on(&way, set, last, to) {
                        let with = set | 1 << to;
                        let (replaces, to_come) = (replaces[with], crew.to_come(with));
                        add(&mut ways[with * count + to], longer, |one, other| replaces.holds(one, other, to_come));
                    }
                }
                if let Some(half) = direction.end(&way, set, last) {
                    add(&mut halves[set], half, Half::no_worse);
                }
            }
        }
    }
    halves
}

fn add<T>(known: &mut Vec<T>, new: T, replaces: impl Fn(&T, &T) -> bool) {
    if !known.iter().any(|other| replaces(other, &new)) {
        known.retain(|other| !replaces(&new, other));
        known.push(new);
    }
}
