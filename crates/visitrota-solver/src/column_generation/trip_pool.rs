//! The pool of trips that pricing has found so far, and their reduced costs.
//!
//! Trips are the parts of columns: a column of the restricted master is a driver's week of them. Pricing finds trips,
//! and any weeks of the trips in the pool are found from it without pricing: a column pool, but of parts.

use std::ops::Index;

use rayon::prelude::*;

use crate::column_generation::linking_rows::{Coefficients, LinkingRows};
use crate::column_generation::prices::Prices;
use crate::instance::Instance;
use crate::instance::index::{TripIx, VolunteerIx};
use crate::trip::{Crew, Trip};

/// Trips by position; they are only ever added.
#[derive(Debug)]
pub(crate) struct TripPool {
    pub(crate) trips: Vec<Trip>,
    /// The points of each, less the first step of its volunteers' load, and with the bonus of pins.
    pub(crate) points: Vec<i64>,
    pub(crate) coefficients: Vec<Coefficients>,
    /// Of each, what its driver makes at most one trip to: its date if they make one trip a day, else its slot. Two
    /// trips of a driver with the same key exclude each other.
    pub(crate) exclusion_keys: Vec<usize>,
    /// The trips that each volunteer drives.
    pub(crate) by_driver: Vec<Vec<TripIx>>,
}

impl Index<TripIx> for TripPool {
    type Output = Trip;

    fn index(&self, trip: TripIx) -> &Trip {
        &self.trips[trip.at()]
    }
}

impl TripPool {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self {
            trips: Vec::new(),
            points: Vec::new(),
            coefficients: Vec::new(),
            exclusion_keys: Vec::new(),
            by_driver: vec![Vec::new(); instance.volunteers.len()],
        }
    }

    pub(crate) fn add(&mut self, instance: &Instance<'_>, rows: &LinkingRows, trip: Trip) {
        let Crew { driver, slot, .. } = trip.crew;
        self.by_driver[driver.at()].push(TripIx::new(self.trips.len()));
        let one_a_day = instance.max_trips_a_day(driver) == 1;
        self.exclusion_keys.push(if one_a_day { instance.slots[slot.at()].date.at() } else { slot.at() });
        let bonus: i64 = trip.rides.iter().map(|&ride| instance.pin_bonus(ride)).sum();
        self.points.push(trip.net(instance) + bonus);
        self.coefficients.push(rows.coefficients(instance, &trip));
        self.trips.push(trip);
    }

    /// Adds each trip's coefficients in the cuts from `first` on, which are new.
    pub(crate) fn append_cut_coefficients(&mut self, rows: &LinkingRows, first: u32) {
        self.coefficients.par_iter_mut().for_each(|coefficients| {
            let of_cuts = rows.cut_coefficients(coefficients, first);
            if !of_cuts.is_empty() {
                *coefficients = coefficients.iter().copied().chain(of_cuts).collect();
            }
        });
    }

    /// The reduced cost of each trip at these prices (scaled).
    pub(crate) fn reduced_costs(&self, prices: &Prices) -> Vec<i64> {
        (self.points.par_iter().zip(&self.coefficients))
            .map(|(points, coefficients)| prices.reduced_cost(*points, coefficients))
            .collect()
    }

    /// All trips.
    pub(crate) fn trip_ixs(&self) -> impl Iterator<Item = TripIx> + use<> {
        (0..self.trips.len()).map(TripIx::new)
    }

    /// The trips that a volunteer drives.
    pub(crate) fn of_driver(&self, driver: VolunteerIx) -> &[TripIx] {
        &self.by_driver[driver.at()]
    }
}
