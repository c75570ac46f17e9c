//! Orders of few stops by branch and bound over permutations: depth first, pruned where a limit is passed or an order
//! found dominates.

use visitrota_travel::PlaceIndex;

use super::half::{Criteria, Direction, HalfTrip, Rider, Task};
use crate::instance::Instance;

/// The orders worth having, as [`super::halves`] says.
pub(super) fn halves(
    instance: &Instance<'_>,
    task: &Task<'_>,
    chaperone: Option<usize>,
    criteria: Criteria,
) -> Vec<HalfTrip> {
    let riders = task.riders.len();
    let (start, end) = task.ends();
    let mut search = OrderSearch {
        instance,
        task,
        chaperone,
        criteria,
        end,
        order: Vec::with_capacity(riders),
        departures: Vec::with_capacity(riders),
        to_visit: (0..riders).collect(),
        found: Vec::new(),
    };
    search.extend(Reached { at: start, drive: 0, metres: 0, boarded: 0 });
    search.found
}

/// A place reached after some stops.
#[derive(Clone, Copy)]
struct Reached {
    at: PlaceIndex,
    drive: i64,
    metres: u64,
    boarded: i64,
}

struct OrderSearch<'a> {
    instance: &'a Instance<'a>,
    task: &'a Task<'a>,
    chaperone: Option<usize>,
    criteria: Criteria,
    /// Where the half ends.
    end: PlaceIndex,
    order: Vec<usize>,
    /// For each stop visited: driving and boarding up to its departure.
    departures: Vec<(i64, i64)>,
    to_visit: Vec<usize>,
    found: Vec<HalfTrip>,
}

impl OrderSearch<'_> {
    fn extend(&mut self, from: Reached) {
        if self.to_visit.is_empty() {
            self.complete(from);
            return;
        }
        for position in 0..self.to_visit.len() {
            let rider = self.to_visit[position];
            let Rider { home, boarding, max_ride, slack } = self.task.riders[rider];
            let mut to = self.drive(from, home);
            if self.task.direction == Direction::Back && self.elapsed(to) > max_ride.min(slack) {
                continue;
            }
            to.boarded += boarding;
            let end = self.at_least(to, self.end);
            if !self.may_lead_to_a_better_half(end) {
                continue;
            }
            self.order.push(rider);
            self.departures.push((to.drive, to.boarded));
            self.to_visit.swap_remove(position);
            let in_time = match self.task.direction {
                Direction::Out => self.rides_in_time(end),
                Direction::Back => self.to_visit.iter().all(|&rider| {
                    let Rider { home, max_ride, slack, .. } = self.task.riders[rider];
                    self.elapsed(self.at_least(to, home)) <= max_ride.min(slack)
                }),
            };
            if in_time {
                self.extend(to);
            }
            // Undone in the reverse order.
            self.to_visit.push(rider);
            let last = self.to_visit.len() - 1;
            self.to_visit.swap(position, last);
            self.departures.pop();
            self.order.pop();
        }
    }

    fn complete(&mut self, from: Reached) {
        let to = self.drive(from, self.end);
        if !self.may_lead_to_a_better_half(to) || (self.task.direction == Direction::Out && !self.rides_in_time(to)) {
            return;
        }
        let chaperone_stop = self.chaperone.and_then(|c| self.order.iter().position(|&rider| rider == c));
        let half = HalfTrip {
            order: self.order.iter().map(|&rider| u8::try_from(rider).unwrap_or(u8::MAX)).collect(),
            drive: to.drive,
            metres: to.metres,
            total: self.elapsed(to),
            chaperone_minutes: chaperone_stop.map_or(0, |stop| match self.task.direction {
                Direction::Out => self.ride(stop, to),
                // A chaperone's stop takes no time, so departure is arrival.
                Direction::Back => {
                    let (drive, boarded) = self.departures[stop];
                    drive + self.instance.breaks(drive) + boarded
                }
            }),
        };
        self.criteria.keep_undominated(&mut self.found, half);
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

    /// The earliest that a place can be reached, whatever stops come before it.
    fn at_least(&self, from: Reached, to: PlaceIndex) -> Reached {
        let minutes = self.instance.travel.at_least(from.at, to);
        Reached { at: to, drive: from.drive + i64::from(minutes), ..from }
    }

    /// Minutes from the start of the half, with breaks and boarding.
    fn elapsed(&self, reached: Reached) -> i64 {
        reached.drive + self.instance.breaks(reached.drive) + reached.boarded
    }

    /// Minutes since the departure from a stop visited.
    fn ride(&self, stop: usize, to: Reached) -> i64 {
        let (drive, boarded) = self.departures[stop];
        self.elapsed(to) - (drive + self.instance.breaks(drive) + boarded)
    }

    /// Whether nobody picked up has been riding for too long (§4.8) or was fetched too early (§4.9). What is still to
    /// come only adds to both.
    fn rides_in_time(&self, to: Reached) -> bool {
        self.order.iter().enumerate().all(|(stop, &rider)| {
            let Rider { boarding, max_ride, slack, .. } = self.task.riders[rider];
            let ride = self.ride(stop, to);
            ride <= max_ride && ride + boarding <= slack
        })
    }

    /// Whether the driver may be in time (§4.9), and no order found dominates what can still come of this one.
    fn may_lead_to_a_better_half(&self, to: Reached) -> bool {
        let Criteria { metres, chaperone_time, every_order } = self.criteria;
        let dominates = |best: &HalfTrip| {
            best.drive <= to.drive
                && (!metres || best.metres <= to.metres)
                && (!chaperone_time || best.chaperone_minutes <= self.chaperone_minutes_at_least(to))
        };
        self.elapsed(to) <= self.task.slack && (every_order || !self.found.iter().any(dominates))
    }

    /// A lower bound on the chaperone's time.
    fn chaperone_minutes_at_least(&self, to: Reached) -> i64 {
        let Some(chaperone) = self.chaperone else { return 0 };
        match (self.task.direction, self.order.iter().position(|&rider| rider == chaperone)) {
            (Direction::Out, Some(stop)) => self.ride(stop, to),
            (Direction::Out, None) => {
                let home = self.task.riders[chaperone].home;
                self.instance.travel.at_least(home, self.task.gate).into()
            }
            (Direction::Back, Some(stop)) => {
                let (drive, boarded) = self.departures[stop];
                drive + self.instance.breaks(drive) + boarded
            }
            (Direction::Back, None) => 0,
        }
    }
}
