//! The linking rows: what links the drivers' weeks, and the coefficients of trips in these rows.
//!
//! They are the linking (or complicating) constraints of Dantzig and Wolfe's decomposition (Operations Research 8,
//! 1960). All but the cuts are known before any trip is. A cut is a Chvátal–Gomory rank-one cut: a sum of rows, divided
//! and rounded down (V. Chvátal, Edmonds polytopes and a hierarchy of combinatorial problems, Discrete Mathematics 4,
//! 1973). The coefficient of a trip in a cut follows from the rows that the trip uses, so a trip found later knows its
//! own, as in M. Jepsen, B. Petersen, S. Spoorendonk and D. Pisinger, Subset-row inequalities applied to the
//! vehicle-routing problem with time windows, Operations Research 56, 2008.
//!
//! The rows that keep volunteers who also chaperone from being in two places at once are not here: they bind rarely,
//! and there would be many. Without them the relaxation over weeks is only looser, and its bound still holds. The rota
//! itself is checked against all rules of [`crate::program`].

use std::collections::{BTreeMap, BTreeSet};

use crate::cuts::cut::Cut;
use crate::instance::Instance;
use crate::instance::index::{DateIx, FamilyIx, Person, RideIx, SlotIx, VolunteerIx};
use crate::instance::visit_rows::VisitRule;
use crate::row_name::RowName;
use crate::trip::Trip;

/// A row: trips may use up to so many units of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkingRow {
    /// The most units used.
    pub(crate) limit: i64,
    /// The nth unit used costs n − 1 times these points.
    ///
    /// So load grows convexly in a volunteer's trips; the first step is part of each trip's own points.
    pub(crate) step_cost: i64,
    /// For a cut, the divisor of the sum of rows that it is made from; none for other rows.
    divisor: Option<u32>,
    /// Whether only one driver uses the row. It then links nothing, and has no price: it belongs to that driver's
    /// subproblem, though cuts may be made from it.
    pub(crate) one_driver: bool,
    /// Whether exactly the limit, which is 0, must be used, by units of either sign. Its price is of either sign then,
    /// and no cuts are made from it.
    pub(crate) is_link: bool,
}

/// The units that a trip uses of each row, as (row, units), in the order of rows.
pub(crate) type Coefficients = Box<[(u32, i32)]>;

/// The rows of a problem, and the cuts added to them. Those of [`crate::instance::visit_rows`] come first, in its
/// order.
#[derive(Debug)]
pub(crate) struct LinkingRows {
    pub(crate) rows: Vec<LinkingRow>,
    weeks: Vec<u32>,
    days: BTreeMap<(VolunteerIx, DateIx), u32>,
    /// For each row, the cuts that it is part of. A cut stands there once for each time that it takes the row.
    cuts: Vec<Vec<u32>>,
}

impl LinkingRows {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let mut rows = Self { rows: Vec::new(), weeks: Vec::new(), days: BTreeMap::new(), cuts: Vec::new() };
        for row in &instance.visit_rows.rows {
            let at = rows.add_linking(row.limit);
            rows.rows[at as usize].is_link = row.is_link();
        }
        rows.add_volunteers(instance);
        rows
    }

    /// Rows of one unit each, and nothing else.
    #[cfg(test)]
    pub(crate) fn plain(count: usize) -> Self {
        let mut rows = Self { rows: Vec::new(), weeks: Vec::new(), days: BTreeMap::new(), cuts: Vec::new() };
        (0..count).for_each(|_| {
            rows.add_linking(1);
        });
        rows
    }

    /// Adds the rows that count a volunteer's trips, in the week and on each date.
    fn add_volunteers(&mut self, instance: &Instance<'_>) {
        let dates: BTreeSet<DateIx> = instance.slots.iter().map(|slot| slot.date).collect();
        let chaperones_ride = instance.chaperone_rides() && instance.families.iter().any(|family| family.child_only);
        for volunteer in instance.volunteer_ixs() {
            let facts = &instance.volunteers[volunteer.at()];
            // Whoever also chaperones goes on other drivers' trips too.
            let one_driver = !(chaperones_ride && facts.chaperones);
            let week = self.add(facts.max_trips.into(), instance.policy.weights.load.into(), one_driver);
            self.weeks.push(week);
            for &date in &dates {
                let most = instance.max_trips_on(volunteer, date);
                if most < facts.max_trips {
                    let row = self.add(most.into(), 0, one_driver);
                    self.days.insert((volunteer, date), row);
                }
            }
        }
    }

    /// Adds a row that several drivers use, and whose units all cost the same; returns it.
    fn add_linking(&mut self, limit: i64) -> u32 {
        self.add(limit, 0, false)
    }

    fn add(&mut self, limit: i64, step_cost: i64, one_driver: bool) -> u32 {
        let step_cost = if limit > 1 { step_cost } else { 0 };
        self.rows.push(LinkingRow { limit, step_cost, divisor: None, one_driver, is_link: false });
        self.cuts.push(Vec::new());
        u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds a cut, and returns its row.
    pub(crate) fn add_cut(&mut self, Cut { rows: of, divisor }: &Cut) -> u32 {
        let summed_limits: i64 = of.iter().map(|&row| self.rows[row as usize].limit).sum();
        let cut = self.add_linking(summed_limits / i64::from(*divisor));
        self.rows[cut as usize].divisor = Some(*divisor);
        of.iter().for_each(|&row| self.cuts[row as usize].push(cut));
        cut
    }

    /// How many rows link drivers: those that several drivers use.
    pub(crate) fn linking_count(&self) -> usize {
        self.rows.iter().filter(|row| !row.one_driver).count()
    }

    /// The cuts, by their rows.
    pub(crate) fn cuts(&self) -> Vec<(u32, Cut)> {
        let mut cuts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (row, of) in (0..).zip(&self.cuts) {
            of.iter().for_each(|&cut| cuts.entry(cut).or_default().push(row));
        }
        cuts.into_iter().map(|(cut, of)| (cut, Cut { rows: of, divisor: self.divisor(cut) })).collect()
    }

    /// The divisor of the sum of rows that a cut is made from.
    pub(crate) fn divisor(&self, cut: u32) -> u32 {
        self.rows[cut as usize].divisor.unwrap_or(1)
    }

    /// What each row is about; nothing for a cut.
    pub(crate) fn names(&self, instance: &Instance<'_>) -> Vec<Option<RowName>> {
        let problem = instance.problem;
        let mut names = vec![None; self.rows.len()];
        let family = |family: FamilyIx| problem.families[family.at()].id.clone();
        let volunteer = |volunteer: VolunteerIx| problem.volunteers[volunteer.at()].id.clone();
        let person = |person: Person| match person {
            Person::Family(of) => family(of).as_str().to_owned(),
            Person::Prisoner(of) => problem.prisoners[of.at()].id.as_str().to_owned(),
            Person::Volunteer(of) => volunteer(of).as_str().to_owned(),
        };
        let slot = |slot: SlotIx| problem.slots[slot.at()].id.clone();
        for (name, row) in names.iter_mut().zip(&instance.visit_rows.rows) {
            *name = Some(match row.rule {
                VisitRule::Ride(ride) => RowName::of_ride(instance, ride),
                VisitRule::FamilyDate(of, date) => RowName::FamilyDate(family(of), instance.date(date)),
                VisitRule::Tables(at) => RowName::Tables(slot(at)),
                VisitRule::Apart { slot: at, a, b } => RowName::Apart(slot(at), person(a), person(b)),
                VisitRule::Visits(of) => RowName::Visits(problem.prisoners[of.at()].id.clone()),
                VisitRule::AtOnce(of, at) => RowName::AtOnce(problem.prisoners[of.at()].id.clone(), slot(at)),
                VisitRule::Together(ride, at) => {
                    let (request, family) = instance.documents(ride);
                    RowName::Together(request.id.clone(), family.id.clone(), slot(at))
                }
            });
        }
        for (of, &row) in instance.volunteer_ixs().zip(&self.weeks) {
            names[row as usize] = Some(RowName::Week(volunteer(of)));
        }
        for (&(of, date), &row) in &self.days {
            names[row as usize] = Some(RowName::Day(volunteer(of), instance.date(date)));
        }
        names
    }

    /// The right-hand side of a row from which cuts may be made.
    pub(crate) fn right_hand_side(&self, row: u32) -> Option<i64> {
        let LinkingRow { limit, is_link, .. } = self.rows[row as usize];
        (self.is_original(row) && !is_link).then_some(limit)
    }

    /// Whether a row is one of the problem's own, not a cut.
    pub(crate) fn is_original(&self, row: u32) -> bool {
        self.rows[row as usize].divisor.is_none()
    }

    /// The row that counts a volunteer's trips.
    pub(crate) fn week_row(&self, volunteer: VolunteerIx) -> u32 {
        self.weeks[volunteer.at()]
    }

    /// The price of serving a ride in a slot, by the rows that depend on nothing else.
    pub(crate) fn ride_price(&self, prices: &[i64], instance: &Instance<'_>, ride: RideIx, slot: SlotIx) -> i64 {
        let uses = instance.visit_rows.of(ride, slot).iter();
        uses.map(|&(row, units)| prices[row as usize] * i64::from(units)).sum()
    }

    /// For each cut that has a price, how many units serving a ride in a slot adds to the sum that the cut is made
    /// from, before the division.
    pub(crate) fn priced_cuts(
        &self,
        prices: &[i64],
        instance: &Instance<'_>,
        ride: RideIx,
        slot: SlotIx,
    ) -> Vec<(u32, u32)> {
        let mut sums: BTreeMap<u32, u32> = BTreeMap::new();
        for &(row, units) in instance.visit_rows.of(ride, slot) {
            for &cut in self.cuts[row as usize].iter().filter(|cut| prices[**cut as usize] > 0) {
                *sums.entry(cut).or_default() += units.unsigned_abs();
            }
        }
        sums.into_iter().collect()
    }

    /// The price of a volunteer's trip on a date, as driver or chaperone.
    pub(crate) fn volunteer_price(&self, prices: &[i64], volunteer: VolunteerIx, date: DateIx) -> i64 {
        let price = |row: &u32| prices[*row as usize];
        price(&self.weeks[volunteer.at()]) + self.days.get(&(volunteer, date)).map_or(0, price)
    }

    /// The units that a trip uses of each row.
    pub(crate) fn coefficients(&self, instance: &Instance<'_>, trip: &Trip) -> Coefficients {
        let slot = trip.crew.slot;
        let date = instance.slots[slot.at()].date;
        let mut served: BTreeMap<u32, i32> = BTreeMap::new();
        for &(row, units) in trip.rides.iter().flat_map(|&ride| instance.visit_rows.of(ride, slot)) {
            *served.entry(row).or_default() += units;
        }
        let mut coefficients: Vec<(u32, i32)> = served.into_iter().filter(|(_, units)| *units != 0).collect();
        for (volunteer, _) in trip.volunteers() {
            coefficients.push((self.weeks[volunteer.at()], 1));
            coefficients.extend(self.days.get(&(volunteer, date)).map(|&row| (row, 1)));
        }
        self.with_cut_coefficients(coefficients)
    }

    /// These coefficients, and those in the cuts that follow from them.
    fn with_cut_coefficients(&self, mut coefficients: Vec<(u32, i32)>) -> Coefficients {
        coefficients.extend(self.cut_coefficients(&coefficients, 0));
        coefficients.sort_unstable();
        coefficients.into_boxed_slice()
    }

    /// The coefficients in the cuts from `first` on that follow from those in other rows, in order of cuts.
    pub(crate) fn cut_coefficients(&self, coefficients: &[(u32, i32)], first: u32) -> Vec<(u32, i32)> {
        let mut sums: BTreeMap<u32, i32> = BTreeMap::new();
        for &(row, units) in coefficients {
            for &cut in self.cuts[row as usize].iter().rev().take_while(|cut| **cut >= first) {
                *sums.entry(cut).or_default() += units;
            }
        }
        sums.into_iter()
            .map(|(cut, units)| (cut, units / self.divisor(cut).cast_signed()))
            .filter(|(_, units)| *units > 0)
            .collect()
    }
}
