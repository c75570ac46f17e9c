//! A test of time that is monotone: a group that fails it fails it in every larger group.

use visitrota_travel::PlaceIndex;

use super::half::{Direction, Rider, Task};
use crate::instance::Instance;

/// Whether a half might be in time with these riders, judged so that a group that fails here fails in every larger
/// group too: by [`at_least`](visitrota_travel::TravelTable::at_least), which obeys the triangle inequality, and
/// counting of each ride only the breaks that fall into it wherever it begins. (Actual rides are not so well-behaved:
/// a stop more can move a break out of somebody's ride.)
///
/// Where that takes long to tell, it might be.
pub(crate) fn may_be_in_time(instance: &Instance<'_>, task: &Task<'_>) -> bool {
    /// Orders tried, by stops.
    const STEPS: u32 = 20_000;
    let mut left: Vec<usize> = (0..task.riders.len()).collect();
    extend(instance, task, NearestStops { at: task.gate, drive: 0, boarded: 0 }, &mut left, &mut STEPS.clone())
}

/// The stops nearest to the gate, as they are tried: the farthest of them, and the minutes between it and the gate.
#[derive(Clone, Copy)]
struct NearestStops {
    at: PlaceIndex,
    drive: i64,
    boarded: i64,
}

/// Goes from the gate to the driver's home, backwards in time on the way out.
fn extend(
    instance: &Instance<'_>,
    task: &Task<'_>,
    NearestStops { at, drive, boarded }: NearestStops,
    left: &mut Vec<usize>,
    steps: &mut u32,
) -> bool {
    *steps = steps.saturating_sub(1);
    if *steps == 0 {
        return true;
    }
    let step = |to: PlaceIndex| {
        let minutes = match task.direction {
            Direction::Out => instance.travel.at_least(to, at),
            Direction::Back => instance.travel.at_least(at, to),
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
        let away = if task.direction == Direction::Out { ride + boarding } else { ride };
        if ride > max_ride || away > slack {
            return false;
        }
        left.swap_remove(position);
        let near = NearestStops { at: home, drive, boarded: boarded + boarding };
        let might = extend(instance, task, near, left, steps);
        left.push(rider);
        let last = left.len() - 1;
        left.swap(position, last);
        might
    })
}
