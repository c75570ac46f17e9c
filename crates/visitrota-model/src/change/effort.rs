//! How hard a change is to bring about.

use super::{Change, Fitting, Limit};
use crate::time::{WallTime, Zone};

/// How hard a change is to bring about, so that changes can be compared; the unit is a minute of somebody's time.
///
/// Time counts as it is: a window longer by so many minutes, a longer ride, a longer day. What else there is counts as
/// so many minutes as it commonly takes to arrange: see the match below, which is the only place that says so.
#[must_use]
pub fn effort(changes: &[Change], zone: Zone) -> u64 {
    changes.iter().map(|change| one_effort(change, zone)).sum()
}

fn one_effort(change: &Change, zone: Zone) -> u64 {
    let minutes = |from: WallTime, to: WallTime| u64::try_from(zone.instant(to).0 - zone.instant(from).0).unwrap_or(0);
    let more = |was: u32, to: u32| u64::from(to.saturating_sub(was));
    match change {
        Change::Widen { was, window, .. } => minutes(window.from, was.from) + minutes(was.to, window.to),
        // Half a day is asked for besides.
        Change::Free { window, .. } => 60 + minutes(window.from, window.to),
        // A form to fill in, and another to wait for.
        Change::Hold { was: Some(_), .. } | Change::Consent { was: Some(_), .. } => 120,
        Change::Hold { was: None, .. } | Change::Consent { was: None, .. } => 480,
        // A child's seat is borrowed, a car is not.
        Change::Fit { fitting: Fitting::Infant | Fitting::Harness | Fitting::Booster, was, to, .. } => {
            30 * more(*was, *to)
        }
        Change::Fit { fitting: Fitting::Seats, was, to, .. } => 600 * more(*was, *to),
        Change::Fit { fitting: Fitting::Wheelchair, was, to, .. } => 1_200 * more(*was, *to),
        Change::Stretch { limit: Limit::Duty | Limit::Driving | Limit::Kilometres, was, to, .. } => more(*was, *to),
        Change::Stretch { limit: Limit::Families, was, to, .. } => 60 * more(*was, *to),
        Change::Stretch { limit: Limit::Trips | Limit::TripsPerDay, was, to, .. } => 240 * more(*was, *to),
        Change::Ride { was, to, .. } => more(*was, *to),
        Change::Share { .. } => 60,
        Change::Ask { .. } => 180,
        // Whoever runs the scheme agrees to it, and everybody who is called on then.
        Change::Hours { was, to, .. } => {
            240 + more(to.from.minutes(), was.from.minutes()) + more(was.to.minutes(), to.to.minutes())
        }
        // The family has a way to go by itself.
        Change::Meet { .. } => 90,
        // Prisons seldom yield, and nobody is recruited in a day.
        Change::Tables { was, to, .. } => 1_000 * more(*was, *to),
        Change::Visits { was, to, .. } => 2_000 * more(*was, *to),
        // Somebody does not see whom they wished to see.
        Change::Without { .. } => 2_400,
        Change::Admit { was, to, .. } => 5_000 * more(*was, *to),
        Change::Recruit { .. } => 2_000,
        Change::Unpin { .. } => 60,
    }
}
