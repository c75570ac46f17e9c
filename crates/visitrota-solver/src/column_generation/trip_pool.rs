//! The trips found so far, and what they earn at prices of the rows.

use rayon::prelude::*;

use crate::column_generation::linking_rows::{Rows, Uses};
use crate::column_generation::prices::Prices;
use crate::instance::Instance;
use crate::instance::index::VolunteerIx;
use crate::trip::{Crew, Trip};

/// Trips by position; they are only ever added.
#[derive(Debug)]
pub(crate) struct Pool {
    pub(crate) trips: Vec<Trip>,
    /// What each earns, the first step of its volunteers' load taken off and the bonus of pins added.
    pub(crate) points: Vec<i64>,
    pub(crate) uses: Vec<Uses>,
    /// What its driver makes only one trip of: its date if they make one a day, else its slot.
    pub(crate) dates: Vec<usize>,
    /// The trips that each volunteer drives.
    pub(crate) driven: Vec<Vec<usize>>,
}

impl Pool {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let driven = vec![Vec::new(); instance.volunteers.len()];
        Self { trips: Vec::new(), points: Vec::new(), uses: Vec::new(), dates: Vec::new(), driven }
    }

    pub(crate) fn add(&mut self, instance: &Instance<'_>, rows: &Rows, trip: Trip) {
        let Crew { driver, slot, .. } = trip.crew;
        self.driven[driver.at()].push(self.trips.len());
        let one_a_day = instance.volunteers[driver.at()].max_trips_per_day == 1;
        self.dates.push(if one_a_day { instance.slots[slot.at()].date.at() } else { slot.at() });
        let bonus: i64 = trip.requests.iter().map(|&request| instance.bonus(request)).sum();
        self.points.push(trip.net(instance) + bonus);
        self.uses.push(rows.uses(instance, &trip));
        self.trips.push(trip);
    }

    /// Adds the units that each trip uses of the cuts from `first` on, which are new.
    pub(crate) fn count_cuts(&mut self, rows: &Rows, first: u32) {
        self.uses.par_iter_mut().for_each(|uses| {
            let more = rows.of_cuts(uses, first);
            if !more.is_empty() {
                *uses = uses.iter().copied().chain(more).collect();
            }
        });
    }

    /// What each trip earns at these prices.
    pub(crate) fn values(&self, prices: &Prices) -> Vec<i64> {
        (self.points.par_iter().zip(&self.uses)).map(|(points, uses)| prices.value(*points, uses)).collect()
    }

    pub(crate) fn driven(&self, driver: VolunteerIx) -> &[usize] {
        &self.driven[driver.at()]
    }
}
