//! The subproblem of a driver's week: which trips one driver can make together.
//!
//! It is the subproblem of Dantzig and Wolfe's decomposition that makes the columns, here over the trips known.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::column_generation::reachable_slots::ReachableSlots;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{TripIx, VolunteerIx};
use crate::trip::Trip;

/// One driver's week: the trips made, by position in the pool and in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DriverWeek {
    pub(crate) trips: Vec<TripIx>,
    /// The points of its trips, less the driver's own load where no linking row counts it.
    pub(crate) points: i64,
}

impl DriverWeek {
    /// The units that it uses of each row: its coefficients as a column of the master.
    pub(crate) fn coefficients(&self, pool: &TripPool) -> Vec<(u32, i64)> {
        let mut units_by_row: BTreeMap<u32, i64> = BTreeMap::new();
        for &trip in &self.trips {
            pool.coefficients[trip.at()]
                .iter()
                .for_each(|&(row, units)| *units_by_row.entry(row).or_default() += i64::from(units));
        }
        units_by_row.into_iter().collect()
    }
}

/// Which rules the trips of a week keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WeekRules {
    All,
    /// Only slots, numbers of trips and kilometres: neither overlaps nor the day's duty and driving.
    IgnoringMinutes,
}

/// The subproblem of one driver's week over the trips of the pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WeekSubproblem<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a TripPool,
    pub(crate) driver: VolunteerIx,
    pub(crate) reachable: &'a ReachableSlots,
}

impl WeekSubproblem<'_> {
    /// For each reachable slot, the greatest reduced cost of some trips to it; 0 if none is positive.
    pub(crate) fn best_by_slot(self, trips: &[TripIx], reduced_costs: &[i64]) -> Vec<i64> {
        let mut best = vec![0; self.reachable.len()];
        for &trip in trips.iter().filter(|&&trip| reduced_costs[trip.at()] > 0) {
            if let Some(at) = self.reachable.position(self.pool[trip].crew.slot) {
                best[at] = reduced_costs[trip.at()].max(best[at]);
            }
        }
        best
    }

    /// The week of these trips.
    pub(super) fn week(self, mut trips: Vec<TripIx>) -> DriverWeek {
        trips.sort_unstable();
        let count = whole(trips.len());
        let points: i64 = trips.iter().map(|&trip| self.pool.points[trip.at()]).sum();
        DriverWeek { points: points - self.reachable.step_cost * (count * (count - 1) / 2), trips }
    }

    /// Those of some trips that have a positive reduced cost, the most valuable first.
    pub(super) fn positive_by_reduced_cost(self, trips: &[TripIx], reduced_costs: &[i64]) -> Vec<TripIx> {
        let mut trips: Vec<TripIx> = trips.iter().copied().filter(|&trip| reduced_costs[trip.at()] > 0).collect();
        trips.sort_unstable_by_key(|&trip| (Reverse(reduced_costs[trip.at()]), trip));
        trips
    }

    /// Whether a trip can be made beside others of the same driver.
    pub(super) fn compatible(self, trip: TripIx, chosen: &[TripIx], rules: WeekRules) -> bool {
        let Self { instance, pool, driver, .. } = self;
        let trip = &pool[trip];
        let facts = &instance.volunteers[driver.at()];
        let others = || chosen.iter().map(|&other| &pool[other]);
        let date = |trip: &Trip| instance.slots[trip.crew.slot.at()].date;
        let that_date = date(trip);
        let on_date = || others().filter(|other| date(other) == that_date);
        let turnaround = i64::from(instance.policy.turnaround_min);
        let within = |cap: Option<i64>, minutes: fn(&Trip) -> i64| {
            cap.is_none_or(|cap| minutes(trip) + on_date().map(minutes).sum::<i64>() <= cap)
        };
        chosen.len() < facts.max_trips as usize
            && on_date().count() < instance.max_trips_on(driver, that_date) as usize
            && match rules {
                WeekRules::IgnoringMinutes => others().all(|other| trip.crew.slot != other.crew.slot),
                WeekRules::All => {
                    let follows = |a: &Trip, b: &Trip| a.busy.1 + turnaround <= b.busy.0;
                    others().all(|other| follows(trip, other) || follows(other, trip))
                        && within(instance.max_duty_on(driver, that_date), Trip::duty)
                        && within(instance.max_driving_on(driver, that_date), |trip| trip.drive)
                }
            }
            && facts.max_metres.is_none_or(|cap| trip.metres + others().map(|other| other.metres).sum::<u64>() <= cap)
    }
}

pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
