//! The trips found so far, and what they earn at prices of the rows.

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
    /// What each earns, the first step of its volunteers' load taken off and the bonus of pins added.
    pub(crate) points: Vec<i64>,
    pub(crate) coefficients: Vec<Coefficients>,
    /// What its driver makes only one trip of: its date if they make one a day, else its slot.
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
        let driven = vec![Vec::new(); instance.volunteers.len()];
        Self {
            trips: Vec::new(),
            points: Vec::new(),
            coefficients: Vec::new(),
            exclusion_keys: Vec::new(),
            by_driver: driven,
        }
    }

    pub(crate) fn add(&mut self, instance: &Instance<'_>, rows: &LinkingRows, trip: Trip) {
        let Crew { driver, slot, .. } = trip.crew;
        self.by_driver[driver.at()].push(TripIx::new(self.trips.len()));
        let one_a_day = instance.volunteers[driver.at()].max_trips_per_day == 1;
        self.exclusion_keys.push(if one_a_day { instance.slots[slot.at()].date.at() } else { slot.at() });
        let bonus: i64 = trip.requests.iter().map(|&request| instance.pin_bonus(request)).sum();
        self.points.push(trip.net(instance) + bonus);
        self.coefficients.push(rows.coefficients(instance, &trip));
        self.trips.push(trip);
    }

    /// Adds the units that each trip uses of the cuts from `first` on, which are new.
    pub(crate) fn count_cuts(&mut self, rows: &LinkingRows, first: u32) {
        self.coefficients.par_iter_mut().for_each(|uses| {
            let more = rows.cut_coefficients(uses, first);
            if !more.is_empty() {
                *uses = uses.iter().copied().chain(more).collect();
            }
        });
    }

    /// What each trip earns at these prices.
    pub(crate) fn reduced_costs(&self, prices: &Prices) -> Vec<i64> {
        (self.points.par_iter().zip(&self.coefficients))
            .map(|(points, uses)| prices.reduced_cost(*points, uses))
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
