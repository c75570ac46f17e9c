//! The clock of a trip: orders of stops, and when the car is at each.
//!
//! The outward half is timed backwards from the gate and the return half forwards from it, so the two are independent
//! of each other. Most groups are small: their orders are tried one after the other, cut off as soon as a limit is
//! passed. Those of many stops go by [`labels`].

mod labels;
mod orders;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use visitrota_travel::PlaceIndex;

use crate::instance::Instance;

/// The most riders of one trip: a trip of more is in no rota of ours.
pub(crate) const MOST_RIDERS: usize = 128;

/// What a search for orders may still do, in stops tried. The same search does the same work on every machine, and what it
/// may do takes some tenths of a second at the most.
///
/// What is worked out once for all choices of windows of a group is kept with it: it is the effort for one group alone.
#[derive(Clone, Debug)]
pub(crate) struct Effort {
    left: u64,
    spent: bool,
    roads: [Option<Rc<labels::Roads>>; 2],
}

impl Effort {
    /// For one group.
    pub(crate) fn of_group() -> Self {
        Self { left: 400_000, spent: false, roads: [None, None] }
    }

    fn unlimited() -> Self {
        Self { left: u64::MAX, ..Self::of_group() }
    }

    pub(crate) fn spend(&mut self, steps: u64) {
        self.spent |= self.left < steps;
        self.left = self.left.saturating_sub(steps);
    }

    fn give_up(&mut self) {
        self.spent = true;
    }

    /// Whether whatever was asked for was looked at to the end.
    pub(crate) fn suffices(&self) -> bool {
        !self.spent
    }
}

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

impl Matters {
    /// Whether the first half is at least as good as the second in everything that matters.
    fn covers(&self, a: &Half, b: &Half) -> bool {
        !self.order
            && a.drive <= b.drive
            && (!self.metres || a.metres <= b.metres)
            && (!self.escort || a.escort <= b.escort)
    }

    /// Adds a half to those found, unless one of them is as good; those to which it is go.
    fn keep(&self, found: &mut Vec<Half>, half: Half) {
        if !found.iter().any(|other| self.covers(other, &half)) {
            found.retain(|other| !self.covers(&half, other));
            found.push(half);
        }
    }
}

impl Task<'_> {
    /// Where the half starts and ends.
    fn ends(&self) -> (PlaceIndex, PlaceIndex) {
        match self.way {
            Way::Out => (self.home, self.gate),
            Way::Back => (self.gate, self.home),
        }
    }
}

/// The orders worth having: none is at least as good as another in everything that matters. Where effort does not
/// suffice, there may be others.
///
/// `chaperone` says which of the riders is the chaperone, if one of them is.
pub(crate) fn halves(
    instance: &Instance<'_>,
    task: &Task<'_>,
    chaperone: Option<usize>,
    matters: Matters,
    effort: &mut Effort,
) -> Vec<Half> {
    /// The orders of no more stops than these are sooner tried than labels are compared.
    const FEW: usize = 7;
    if task.riders.len() <= FEW {
        orders::halves(instance, task, chaperone, matters)
    } else {
        labels::halves(instance, task, chaperone, matters, effort)
    }
}

/// Whether a half might be in time with these riders, judged so that a group that fails here fails in every larger
/// group too: by [`at_least`](visitrota_travel::TravelTable::at_least), which obeys the triangle inequality, and
/// counting of each ride only the breaks that fall into it wherever it begins. (Actual rides are not so well-behaved:
/// a stop more can move a break out of somebody's ride.)
///
/// Where that takes long to tell, it might be.
pub(crate) fn might_do(instance: &Instance<'_>, task: &Task<'_>) -> bool {
    /// Orders tried, by stops.
    const STEPS: u32 = 20_000;
    let mut left: Vec<usize> = (0..task.riders.len()).collect();
    might_extend(instance, task, Near { at: task.gate, drive: 0, boarded: 0 }, &mut left, &mut STEPS.clone())
}

/// The stops nearest to the gate, as they are tried: the farthest of them, and the minutes between it and the gate.
#[derive(Clone, Copy)]
struct Near {
    at: PlaceIndex,
    drive: i64,
    boarded: i64,
}

/// Goes from the gate to the driver's home, backwards in time on the way out.
fn might_extend(
    instance: &Instance<'_>,
    task: &Task<'_>,
    Near { at, drive, boarded }: Near,
    left: &mut Vec<usize>,
    steps: &mut u32,
) -> bool {
    *steps = steps.saturating_sub(1);
    if *steps == 0 {
        return true;
    }
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
        let near = Near { at: home, drive, boarded: boarded + boarding };
        let might = might_extend(instance, task, near, left, steps);
        left.push(rider);
        let last = left.len() - 1;
        left.swap(position, last);
        might
    })
}
