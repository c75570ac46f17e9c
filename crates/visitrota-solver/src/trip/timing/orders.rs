//! Orders of few stops by branch and bound over permutations: depth first, pruned where a limit is passed or an order
//! found dominates.

use visitrota_model::Way;
use visitrota_travel::PlaceIndex;

use super::half::{Criteria, HalfTrip, Rider, RiderSet, Task};
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
            let Rider { place, boarding, max_ride, slack, .. } = self.task.riders[rider];
            if self.leaves_somebody_alone(rider) {
                continue;
            }
            let mut to = self.drive(from, place);
            if self.task.way == Way::Back && self.elapsed(to) > max_ride.min(slack) {
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
            let in_time = match self.task.way {
                Way::Out => self.rides_in_time(end),
                Way::Back => self.to_visit.iter().all(|&rider| {
                    let Rider { place, max_ride, slack, .. } = self.task.riders[rider];
                    self.elapsed(self.at_least(to, place)) <= max_ride.min(slack)
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
        if !self.may_lead_to_a_better_half(to) || (self.task.way == Way::Out && !self.rides_in_time(to)) {
            return;
        }
        let minutes_of = |stop: usize| self.minutes_to_gate(stop, to);
        let retimed =
            |(stop, &rider): (usize, &usize)| self.task.riders[rider].is_retimed(minutes_of(stop)).then_some(rider);
        let retimed =
            self.order.iter().enumerate().filter_map(retimed).fold(0, |set: RiderSet, rider| set | 1 << rider);
        let chaperone_stop = self.chaperone.and_then(|c| self.order.iter().position(|&rider| rider == c));
        let half = HalfTrip {
            order: self.order.iter().map(|&rider| u8::try_from(rider).unwrap_or(u8::MAX)).collect(),
            drive: to.drive,
            metres: to.metres,
            total: self.elapsed(to),
            chaperone_minutes: chaperone_stop.map_or(0, |stop| match self.task.way {
                Way::Out => self.ride(stop, to),
                // A chaperone's stop takes no time, so departure is arrival.
                Way::Back => {
                    let (drive, boarded) = self.departures[stop];
                    drive + self.instance.breaks(drive) + boarded
                }
            }),
            retimed,
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

    /// Minutes between the car's arrival at a stop visited and the gate.
    fn minutes_to_gate(&self, stop: usize, to: Reached) -> i64 {
        let boarding = self.task.riders[self.order[stop]].boarding;
        match self.task.way {
            Way::Out => self.ride(stop, to) + boarding,
            Way::Back => {
                let (drive, boarded) = self.departures[stop];
                drive + self.instance.breaks(drive) + boarded - boarding
            }
        }
    }

    /// §4.3: whether somebody who is never in the car without the chaperone would be, if a rider came next.
    fn leaves_somebody_alone(&self, next: usize) -> bool {
        let Some(chaperone) = self.chaperone else { return false };
        match self.task.way {
            Way::Out => self.task.riders[next].escorted && self.to_visit.contains(&chaperone),
            Way::Back => next == chaperone && self.to_visit.iter().any(|&rider| self.task.riders[rider].escorted),
        }
    }

    /// Riders whose announced times are not kept, whatever is still to come. Outward that is known at the end alone.
    fn retimed_at_least(&self, to: Reached) -> RiderSet {
        if self.task.way == Way::Out {
            return 0;
        }
        let retimed =
            |&(stop, &rider): &(usize, &usize)| self.task.riders[rider].is_retimed(self.minutes_to_gate(stop, to));
        self.order.iter().enumerate().filter(retimed).fold(0, |set, (_, rider)| set | 1 << rider)
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
        let Criteria { metres, chaperone_time, announced_times, every_order } = self.criteria;
        let retimed = if announced_times { self.retimed_at_least(to) } else { 0 };
        let dominates = |best: &HalfTrip| {
            best.drive <= to.drive
                && (!metres || best.metres <= to.metres)
                && (!chaperone_time || best.chaperone_minutes <= self.chaperone_minutes_at_least(to))
                && best.retimed & !retimed == 0
        };
        self.elapsed(to) <= self.task.slack && (every_order || !self.found.iter().any(dominates))
    }

    /// A lower bound on the chaperone's time.
    fn chaperone_minutes_at_least(&self, to: Reached) -> i64 {
        let Some(chaperone) = self.chaperone else { return 0 };
        match (self.task.way, self.order.iter().position(|&rider| rider == chaperone)) {
            (Way::Out, Some(stop)) => self.ride(stop, to),
            (Way::Out, None) => {
                let home = self.task.riders[chaperone].place;
                self.instance.travel.at_least(home, self.task.gate).into()
            }
            (Way::Back, Some(stop)) => {
                let (drive, boarded) = self.departures[stop];
                drive + self.instance.breaks(drive) + boarded
            }
            (Way::Back, None) => 0,
        }
    }
}
