//! The monotone test of time: a relaxation of the limits on a group's stops. A group that fails it fails it within
//! every larger group. It is a depth-first search over orders, from the gate outwards.

use visitrota_model::Way;
use visitrota_travel::PlaceIndex;

use super::half::{Rider, Task};
use crate::instance::Instance;

/// Whether a half may be in time with these riders (a relaxation of §4.6 to §4.9). If not, it is not with more riders
/// either.
///
/// Actual rides are not monotone: one more stop can move a break out of somebody's ride, and a matrix need not obey the
/// triangle inequality. So legs are those of [`at_least`](visitrota_travel::TravelTable::at_least), which does obey it,
/// and a ride has only the breaks that fall into it wherever it begins.
///
/// True also where it takes too long to decide.
pub(crate) fn may_be_in_time(instance: &Instance<'_>, task: &Task<'_>) -> bool {
    /// Stops tried. Every order of seven stops is tried in fewer.
    const STEPS: u32 = 20_000;
    let mut to_place: Vec<usize> = (0..task.riders.len()).collect();
    let mut steps = STEPS;
    extend(instance, task, NearestStops { at: task.gate, drive: 0, boarded: 0 }, &mut to_place, &mut steps)
}

/// The stops placed so far, the nearest to the gate first: the farthest of them, and the minutes between it and the
/// gate.
#[derive(Clone, Copy)]
struct NearestStops {
    at: PlaceIndex,
    drive: i64,
    boarded: i64,
}

/// Places the stops that remain, from the gate to the driver's home: backwards in time in the outward half.
fn extend(
    instance: &Instance<'_>,
    task: &Task<'_>,
    NearestStops { at, drive, boarded }: NearestStops,
    to_place: &mut Vec<usize>,
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
    if to_place.is_empty() {
        let drive = step(task.home);
        return drive + instance.breaks(drive) + boarded <= task.slack;
    }
    (0..to_place.len()).any(|position| {
        let rider = to_place[position];
        let Rider { place, boarding, max_ride, slack, .. } = task.riders[rider];
        let drive = step(place);
        let ride = drive + instance.breaks(drive) + boarded;
        let away = if task.way == Way::Out { ride + boarding } else { ride };
        if ride > max_ride || away > slack {
            return false;
        }
        to_place.swap_remove(position);
        let near = NearestStops { at: place, drive, boarded: boarded + boarding };
        let in_time = extend(instance, task, near, to_place, steps);
        to_place.push(rider);
        let last = to_place.len() - 1;
        to_place.swap(position, last);
        in_time
    })
}
