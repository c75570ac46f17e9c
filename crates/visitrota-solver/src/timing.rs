//! The clock of a trip: orders of stops, and when the car is at each.
//!
//! The outward half is timed backwards from the gate and the return half forwards from it, so the two are independent
//! of each other. Groups are small, so a half is a search over orders, cut off as soon as a limit is passed.

use visitrota_travel::PlaceIndex;

use crate::instance::Instance;

/// Which half of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the driver's home to the gate.
    Out,
    /// From the gate to the driver's home.
    Back,
}

/// Somebody picked up and dropped off, and the limits of one half.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rider {
    pub(crate) home: PlaceIndex,
    /// Minutes that the car stays at their home.
    pub(crate) boarding: i64,
    /// The most minutes between their getting in or out and the gate.
    pub(crate) max_ride: i64,
    /// The most minutes between the car's arrival at their home and the gate.
    pub(crate) slack: i64,
}

/// One half of a trip: everything about it that does not depend on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Half {
    /// The order of stops, as positions among the riders.
    pub(crate) order: Vec<u8>,
    /// Minutes of driving.
    pub(crate) drive: i64,
    pub(crate) metres: u64,
    /// Minutes between the driver's home and the gate, breaks and boarding included.
    pub(crate) total: i64,
    /// Minutes between the car's arrival at the chaperone's home and the gate; 0 without a chaperone.
    pub(crate) escort: i64,
}

/// One half to be timed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    pub(crate) way: Way,
    pub(crate) home: PlaceIndex,
    pub(crate) gate: PlaceIndex,
    /// The most minutes between the driver's home and the gate.
    pub(crate) slack: i64,
    pub(crate) riders: &'a [Rider],
}

/// What else counts in the choice of an order, besides minutes of driving.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Matters {
    /// Fewer metres can make up for more minutes: the driver's kilometres are limited.
    pub(crate) metres: bool,
    /// Less of the chaperone's time can: they may go on a second trip.
    pub(crate) escort: bool,
    /// Every order counts: not all of them can be written down.
    pub(crate) order: bool,
}

/// The orders worth having: none is at least as good as another in everything that matters.
///
/// `chaperone` says which of the riders is the chaperone, if one of them is.
pub(crate) fn halves(
    instance: &Instance<'_>,
    task: &Task<'_>,
    chaperone: Option<usize>,
    matters: Matters,
) -> Vec<Half> {
    let riders = task.riders.len();
    let start = match task.way {
        Way::Out => task.home,
        Way::Back => task.gate,
    };
    let mut search = Search {
        instance,
        task,
        chaperone,
        matters,
        order: Vec::with_capacity(riders),
        marks: Vec::with_capacity(riders),
        left: (0..riders).collect(),
        found: Vec::new(),
    };
    search.extend(Reached { at: start, drive: 0, metres: 0, boarded: 0 });
    search.found
}

#[derive(Clone, Copy)]
struct Reached {
    at: PlaceIndex,
    drive: i64,
    metres: u64,
    boarded: i64,
}

struct Search<'a> {
    instance: &'a Instance<'a>,
    task: &'a Task<'a>,
    chaperone: Option<usize>,
    matters: Matters,
    order: Vec<usize>,
    /// For each stop made: driving and boarding up to its departure.
    marks: Vec<(i64, i64)>,
    left: Vec<usize>,
    found: Vec<Half>,
}

impl Search<'_> {
    fn extend(&mut self, from: Reached) {
        if self.left.is_empty() {
            self.finish(from);
            return;
        }
        for position in 0..self.left.len() {
            let rider = self.left[position];
            let Rider { home, boarding, max_ride, slack } = self.task.riders[rider];
            let mut to = self.drive(from, home);
            if self.task.way == Way::Back && self.elapsed(to) > max_ride.min(slack) {
                continue;
            }
            to.boarded += boarding;
            let end = self.at_least(to, self.end());
            if !self.worth_going_on(end) {
                continue;
            }
            self.order.push(rider);
            self.marks.push((to.drive, to.boarded));
            self.left.swap_remove(position);
            let in_time = match self.task.way {
                Way::Out => self.rides_in_time(end),
                Way::Back => self.left.iter().all(|&rider| {
                    let Rider { home, max_ride, slack, .. } = self.task.riders[rider];
                    self.elapsed(self.at_least(to, home)) <= max_ride.min(slack)
                }),
            };
            if in_time {
                self.extend(to);
            }
            // Undo, in the reverse order of doing.
            self.left.push(rider);
            let last = self.left.len() - 1;
            self.left.swap(position, last);
            self.marks.pop();
            self.order.pop();
        }
    }

    fn finish(&mut self, from: Reached) {
        let to = self.drive(from, self.end());
        if !self.worth_going_on(to) || (self.task.way == Way::Out && !self.rides_in_time(to)) {
            return;
        }
        let escort = self.chaperone.and_then(|c| self.order.iter().position(|&rider| rider == c));
        let half = Half {
            order: self.order.iter().map(|&rider| u8::try_from(rider).unwrap_or(u8::MAX)).collect(),
            drive: to.drive,
            metres: to.metres,
            total: self.elapsed(to),
            escort: escort.map_or(0, |stop| match self.task.way {
                Way::Out => self.ride(stop, to),
                // A chaperone's stop takes no time, so departure is arrival.
                Way::Back => {
                    let (drive, boarded) = self.marks[stop];
                    drive + self.instance.breaks(drive) + boarded
                }
            }),
        };
        if self.found.iter().any(|other| self.covers(other, &half)) {
            return;
        }
        let mut found = std::mem::take(&mut self.found);
        found.retain(|other| !self.covers(&half, other));
        found.push(half);
        self.found = found;
    }

    /// Whether the first half is at least as good as the second in everything that matters.
    fn covers(&self, a: &Half, b: &Half) -> bool {
        !self.matters.order
            && a.drive <= b.drive
            && (!self.matters.metres || a.metres <= b.metres)
            && (!self.matters.escort || a.escort <= b.escort)
    }

    fn drive(&self, from: Reached, to: PlaceIndex) -> Reached {
        let leg = self.instance.travel.leg(from.at, to);
        Reached {
            at: to,
            drive: from.drive + i64::from(leg.minutes),
            metres: from.metres + u64::from(leg.metres),
            boarded: from.boarded,
        }
    }

    /// Where the half ends.
    fn end(&self) -> PlaceIndex {
        match self.task.way {
            Way::Out => self.task.gate,
            Way::Back => self.task.home,
        }
    }

    /// A place as it is reached at the earliest, whatever stops come before it.
    fn at_least(&self, from: Reached, to: PlaceIndex) -> Reached {
        let minutes = self.instance.travel.at_least(from.at, to);
        Reached { at: to, drive: from.drive + i64::from(minutes), ..from }
    }

    /// Minutes from the start of the half, breaks and boarding included.
    fn elapsed(&self, reached: Reached) -> i64 {
        reached.drive + self.instance.breaks(reached.drive) + reached.boarded
    }

    /// Minutes from the departure at a stop made.
    fn ride(&self, stop: usize, to: Reached) -> i64 {
        let (drive, boarded) = self.marks[stop];
        self.elapsed(to) - (drive + self.instance.breaks(drive) + boarded)
    }

    /// Whether nobody picked up rides for too long already, or is out too early: what is still to come only adds.
    fn rides_in_time(&self, to: Reached) -> bool {
        self.order.iter().enumerate().all(|(stop, &rider)| {
            let Rider { boarding, max_ride, slack, .. } = self.task.riders[rider];
            let ride = self.ride(stop, to);
            ride <= max_ride && ride + boarding <= slack
        })
    }

    fn worth_going_on(&self, to: Reached) -> bool {
        let Matters { metres, escort, order } = self.matters;
        let out_of_reach = |best: &Half| {
            best.drive <= to.drive
                && (!metres || best.metres <= to.metres)
                && (!escort || best.escort <= self.escort_at_least(to))
        };
        self.elapsed(to) <= self.task.slack && (order || !self.found.iter().any(out_of_reach))
    }

    /// What the chaperone's time comes to at the least when the half has come so far.
    fn escort_at_least(&self, to: Reached) -> i64 {
        let Some(chaperone) = self.chaperone else { return 0 };
        match (self.task.way, self.order.iter().position(|&rider| rider == chaperone)) {
            (Way::Out, Some(stop)) => self.ride(stop, to),
            (Way::Out, None) => {
                let home = self.task.riders[chaperone].home;
                self.instance.travel.at_least(home, self.task.gate).into()
            }
            (Way::Back, Some(stop)) => {
                let (drive, boarded) = self.marks[stop];
                drive + self.instance.breaks(drive) + boarded
            }
            (Way::Back, None) => 0,
        }
    }
}

/// Whether a half might be in time with these riders, judged so that a group that fails here fails in every larger
/// group too: by [`at_least`](visitrota_travel::TravelTable::at_least), which obeys the triangle inequality, and
/// counting of each ride only the breaks that fall into it wherever it begins. (Actual rides are not so well-behaved:
/// a stop more can move a break out of somebody's ride.)
pub(crate) fn might_do(instance: &Instance<'_>, task: &Task<'_>) -> bool {
    let mut left: Vec<usize> = (0..task.riders.len()).collect();
    might_extend(instance, task, task.gate, 0, 0, &mut left)
}

/// Goes from the gate to the driver's home, backwards in time on the way out.
fn might_extend(
    instance: &Instance<'_>,
    task: &Task<'_>,
    at: PlaceIndex,
    drive: i64,
    boarded: i64,
    left: &mut Vec<usize>,
) -> bool {
    let step = |to: PlaceIndex| {
        let minutes = match task.way {
            Way::Out => instance.travel.at_least(to, at),
            Way::Back => instance.travel.at_least(at, to),
        };
        drive + i64::from(minutes)
    };
    if left.is_empty() {
        let drive = step(task.home);
        return drive + instance.breaks(drive) + boarded <= task.slack;
    }
    (0..left.len()).any(|position| {
        let rider = left[position];
        let Rider { home, boarding, max_ride, slack } = task.riders[rider];
        let drive = step(home);
        let ride = drive + instance.breaks(drive) + boarded;
        let away = if task.way == Way::Out { ride + boarding } else { ride };
        if ride > max_ride || away > slack {
            return false;
        }
        left.swap_remove(position);
        let might = might_extend(instance, task, home, drive, boarded + boarding, left);
        left.push(rider);
        let last = left.len() - 1;
        left.swap(position, last);
        might
    })
}
