//! A program cut up by driver, and each driver's weeks.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::program::{Program, Row};

/// A program with its trips grouped by driver.
///
/// A row whose trips all have one driver is that driver's own: it decides what a week may hold and what the week
/// costs. The other rows link drivers; a week keeps them too, but what they are worth is settled between drivers.
#[derive(Debug)]
pub(crate) struct Blocks<'a> {
    pub(crate) program: &'a Program,
    pub(crate) drivers: Vec<Block>,
    /// For each row, whether it links drivers.
    pub(crate) links: Vec<bool>,
    /// For each trip, the rows it uses and how many units of each.
    uses: Vec<Vec<(usize, i64)>>,
}

/// A driver's trips.
#[derive(Debug)]
pub(crate) struct Block {
    trips: Vec<usize>,
    /// The most trips in a week.
    most: usize,
}

/// One driver's week: the trips made, and what they earn, the costs of the driver's own rows taken off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Week {
    pub(crate) trips: Vec<usize>,
    pub(crate) points: i64,
}

/// Prices of the linking rows, in 1/[`Prices::SCALE`] points; 0 for the others.
///
/// Prices are whole numbers, so that a bound worked out with them is exact, however the prices were found.
#[derive(Clone, Debug)]
pub(crate) struct Prices(pub(crate) Vec<i64>);

impl Prices {
    /// Prices are counted in this part of a point.
    pub(crate) const SCALE: i64 = 1 << 10;

    /// Whole prices near these, none negative but where a row must be used up.
    pub(crate) fn near(blocks: &Blocks<'_>, duals: &[f64]) -> Self {
        let rows = blocks.program.rows.iter().zip(&blocks.links).zip(duals);
        Self(
            rows.map(|((row, &link), dual)| {
                #[expect(clippy::cast_precision_loss, reason = "a small constant")]
                let scaled = (dual * Self::SCALE as f64).round();
                #[expect(clippy::cast_possible_truncation, reason = "saturates, and any price is valid")]
                let price = if link && scaled.is_finite() { scaled as i64 } else { 0 };
                if row.exactly { price } else { price.max(0) }
            })
            .collect(),
        )
    }

    /// What each trip earns at these prices, scaled.
    pub(crate) fn values(&self, blocks: &Blocks<'_>) -> Vec<i64> {
        let worth = |(points, uses): (&i64, &Vec<(usize, i64)>)| {
            points * Self::SCALE - uses.iter().map(|&(row, units)| self.0[row] * units).sum::<i64>()
        };
        blocks.program.points.iter().zip(&blocks.uses).map(worth).collect()
    }

    /// What the rows themselves are worth at these prices, scaled: for each the most that selling its units earns.
    pub(crate) fn stock(&self, rows: &[Row]) -> i64 {
        let worth = |(row, price): (&Row, &i64)| {
            if row.step == 0 || row.exactly {
                return price * row.most;
            }
            // The nth unit costs (n − 1) steps: the first is free, further ones are sold while they pay.
            let further = 1..row.most;
            price * row.most.min(1)
                + further.map(|n| price - n * row.step * Self::SCALE).take_while(|gain| *gain > 0).sum::<i64>()
        };
        rows.iter().zip(&self.0).map(worth).sum()
    }
}

impl<'a> Blocks<'a> {
    /// Groups a program's trips. `drivers` has each trip's driver, by any number; `most` says how many trips the
    /// driver of a number makes at the most.
    pub(crate) fn new(program: &'a Program, drivers: &[usize], most: impl Fn(usize) -> usize) -> Self {
        let links = program.rows.iter().map(|row| {
            let mut theirs = row.terms.iter().map(|&(trip, _)| drivers[trip]);
            let first = theirs.next();
            row.exactly || theirs.any(|driver| Some(driver) != first)
        });
        let links = links.collect();
        let mut by_driver = BTreeMap::<usize, Vec<usize>>::new();
        for (trip, &driver) in drivers.iter().enumerate() {
            by_driver.entry(driver).or_default().push(trip);
        }
        let drivers = by_driver.into_iter().map(|(driver, trips)| Block { trips, most: most(driver) }).collect();
        Self { program, drivers, links, uses: program.uses() }
    }

    /// The units of each linking row that a week uses, in the order of rows.
    pub(crate) fn linking_uses(&self, week: &Week) -> Vec<(usize, i64)> {
        let mut used = BTreeMap::new();
        for &trip in &week.trips {
            for &(row, units) in self.uses[trip].iter().filter(|&&(row, _)| self.links[row]) {
                *used.entry(row).or_insert(0) += units;
            }
        }
        used.into_iter().collect()
    }

    /// The `keep` best of a driver's weeks worth at least `least` (scaled, at these values of trips), the best first.
    pub(crate) fn best_weeks(&self, block: &Block, values: &[i64], least: i64, keep: usize) -> Vec<(i64, Week)> {
        let mut search = Search::new(self, block, values, least, keep);
        search.extend(0, 0);
        search.into_found()
    }

    /// The trips that some week of a driver's worth at least `least` (scaled, at these values of trips) holds.
    pub(crate) fn trips_in_weeks(&self, block: &Block, values: &[i64], least: i64) -> Vec<usize> {
        let mut search = Search::new(self, block, values, least, 1);
        let trips = search.trips.clone();
        let holds = |&trip: &usize| {
            search.found.clear();
            search.least = least;
            search.begin_with(trip);
            !search.found.is_empty()
        };
        trips.into_iter().filter(holds).collect()
    }
}

/// A depth-first search through one driver's weeks, in order of the trips' values, cut off where what is still to come
/// cannot make up for what is missing.
struct Search<'a> {
    blocks: &'a Blocks<'a>,
    values: &'a [i64],
    /// The driver's trips, the most valuable first.
    trips: Vec<usize>,
    /// For each trip, the sum of positive values before it.
    before: Vec<i64>,
    most: usize,
    least: i64,
    keep: usize,
    chosen: Vec<usize>,
    found: Vec<(i64, Week)>,
}

impl<'a> Search<'a> {
    fn new(blocks: &'a Blocks<'a>, block: &Block, values: &'a [i64], least: i64, keep: usize) -> Self {
        let mut trips = block.trips.clone();
        trips.sort_by_key(|&trip| (Reverse(values[trip]), trip));
        let mut before = Vec::with_capacity(trips.len() + 1);
        let mut sum = 0;
        for &trip in &trips {
            before.push(sum);
            sum += values[trip].max(0);
        }
        before.push(sum);
        let most = block.most;
        Self { blocks, values, trips, before, most, least, keep, chosen: Vec::new(), found: Vec::new() }
    }

    /// Extends the chosen trips, worth `worth` with their rows' costs, by those from `from` on.
    fn extend(&mut self, from: usize, worth: i64) {
        let more = self.most - self.chosen.len();
        if more == 0 {
            return;
        }
        for at in from..self.trips.len() {
            let trip = self.trips[at];
            let value = self.values[trip];
            let after = self.before[(at + more).min(self.trips.len())] - self.before[at + 1];
            if worth + value + after < self.least {
                return;
            }
            if self.chosen.contains(&trip) {
                continue;
            }
            let Some(cost) = self.room_for(trip) else { continue };
            let worth = worth + value - cost * Prices::SCALE;
            self.chosen.push(trip);
            self.note(worth);
            self.extend(at + 1, worth);
            self.chosen.pop();
        }
    }

    /// Searches the weeks that hold a trip.
    fn begin_with(&mut self, trip: usize) {
        let Some(cost) = self.room_for(trip) else { return };
        let worth = self.values[trip] - cost * Prices::SCALE;
        self.chosen.push(trip);
        self.note(worth);
        self.extend(0, worth);
        self.chosen.pop();
    }

    /// Whether the rows leave room for a trip beside the chosen ones; and what it costs in the driver's own rows.
    fn room_for(&self, trip: usize) -> Option<i64> {
        let Blocks { program, links, uses, .. } = self.blocks;
        let mut cost = 0;
        for &(row, units) in &uses[trip] {
            let taken = |other: &usize| uses[*other].iter().find(|(r, _)| *r == row).map_or(0, |(_, units)| *units);
            let used: i64 = self.chosen.iter().map(taken).sum();
            let facts = &program.rows[row];
            if used + units > facts.most {
                return None;
            }
            if facts.step > 0 && !links[row] {
                cost += facts.cost(used + units) - facts.cost(used);
            }
        }
        Some(cost)
    }

    fn note(&mut self, worth: i64) {
        if worth < self.least {
            return;
        }
        let program = self.blocks.program;
        let points: i64 = self.chosen.iter().map(|&trip| program.points[trip]).sum();
        let mut trips = self.chosen.clone();
        trips.sort_unstable();
        self.found.push((worth, Week { points: points - self.own_cost(), trips }));
        if self.found.len() > self.keep {
            let worst = (0..self.found.len()).max_by_key(|&at| (Reverse(self.found[at].0), at)).unwrap_or(0);
            self.found.swap_remove(worst);
            self.least = self.found.iter().map(|(worth, _)| *worth).min().unwrap_or(self.least);
        }
    }

    fn own_cost(&self) -> i64 {
        let Blocks { program, links, uses, .. } = self.blocks;
        let mut used = BTreeMap::new();
        for &trip in &self.chosen {
            for &(row, units) in &uses[trip] {
                if program.rows[row].step > 0 && !links[row] {
                    *used.entry(row).or_insert(0) += units;
                }
            }
        }
        used.into_iter().map(|(row, used)| program.rows[row].cost(used)).sum()
    }

    fn into_found(mut self) -> Vec<(i64, Week)> {
        self.found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        self.found
    }
}
