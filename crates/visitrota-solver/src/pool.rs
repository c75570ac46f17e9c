//! The trips found so far, and what they earn at prices of the rows.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::index::VolunteerIx;
use crate::instance::Instance;
use crate::rows::{Rows, Stock, Uses};
use crate::trip::{Crew, Trip};
use crate::week::Week;

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

    /// The units that a week uses of each row.
    pub(crate) fn uses_of(&self, week: &Week) -> Vec<(u32, i64)> {
        let mut used: BTreeMap<u32, i64> = BTreeMap::new();
        for &trip in &week.trips {
            self.uses[trip].iter().for_each(|&(row, units)| *used.entry(row).or_default() += i64::from(units));
        }
        used.into_iter().collect()
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

/// Prices of the rows that link drivers, in 1/[`Prices::SCALE`] points; 0 for the others.
///
/// Prices are whole numbers, so that a bound worked out with them is exact, however the prices were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prices(pub(crate) Vec<i64>);

impl Prices {
    /// Prices are counted in this part of a point.
    pub(crate) const SCALE: i64 = 1 << 10;

    /// Whole prices near these, none negative.
    pub(crate) fn near(rows: &Rows, duals: &[f64]) -> Self {
        let price = |(stock, dual): (&Stock, &f64)| {
            #[expect(clippy::cast_precision_loss, reason = "a small constant")]
            let scaled = (dual * Self::SCALE as f64).round();
            #[expect(clippy::cast_possible_truncation, reason = "saturates, and any price is valid")]
            let price = if stock.own || !scaled.is_finite() { 0 } else { scaled as i64 };
            price.max(0)
        };
        Self(rows.stocks.iter().zip(duals).map(price).collect())
    }

    /// What a trip earns at these prices, scaled.
    pub(crate) fn value(&self, points: i64, uses: &Uses) -> i64 {
        points * Self::SCALE - uses.iter().map(|&(row, units)| self.0[row as usize] * i64::from(units)).sum::<i64>()
    }

    /// Units of each row, as negative numbers, that it is best to sell at these prices.
    pub(crate) fn sold(&self, rows: &Rows) -> Vec<f64> {
        let sold = |(stock, &price): (&Stock, &i64)| {
            if stock.step == 0 {
                return stock.most;
            }
            let further = (1..stock.most).take_while(|n| price > n * stock.step * Self::SCALE);
            stock.most.min(1) + i64::try_from(further.count()).unwrap_or(0)
        };
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        rows.stocks.iter().zip(&self.0).map(|row| -(sold(row) as f64)).collect()
    }

    /// What the rows themselves are worth at these prices, scaled: for each the most that selling its units earns.
    pub(crate) fn stock(&self, rows: &Rows) -> i64 {
        let worth = |(stock, &price): (&Stock, &i64)| {
            if stock.step == 0 {
                return price * stock.most;
            }
            // The nth unit costs (n − 1) steps: the first is free, further ones are sold while they pay.
            let further = 1..stock.most;
            price * stock.most.min(1)
                + further.map(|n| price - n * stock.step * Self::SCALE).take_while(|gain| *gain > 0).sum::<i64>()
        };
        rows.stocks.iter().zip(&self.0).map(worth).sum()
    }
}
