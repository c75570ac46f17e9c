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
use crate::instance::index::{DateIx, FamilyIx, RequestIx, SlotIx, VolunteerIx};
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
    /// Whether only one driver uses the row. It then links nothing: it belongs to that driver's subproblem and has no
    /// price, but cuts may be made from it.
    pub(crate) one_driver: bool,
}

/// The units that a trip uses of each row, as (row, units), in the order of rows.
pub(crate) type Coefficients = Box<[(u32, u32)]>;

/// The rows of a problem, and the cuts added to them.
#[derive(Debug)]
pub(crate) struct LinkingRows {
    pub(crate) rows: Vec<LinkingRow>,
    requests: Vec<u32>,
    family_dates: BTreeMap<(FamilyIx, DateIx), u32>,
    tables: Vec<Option<u32>>,
    /// For each slot, the families that never visit together with some other, and the row that keeps the two apart. The
    /// two entries of a pair follow each other.
    apart: Vec<Vec<(FamilyIx, u32)>>,
    weeks: Vec<u32>,
    days: BTreeMap<(VolunteerIx, DateIx), u32>,
    /// For each row, the cuts that it is part of. A cut stands there once for each time that it takes the row.
    cuts: Vec<Vec<u32>>,
}

impl LinkingRows {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let mut rows = Self {
            rows: Vec::new(),
            requests: Vec::new(),
            family_dates: BTreeMap::new(),
            tables: Vec::new(),
            apart: vec![Vec::new(); instance.slots.len()],
            weeks: Vec::new(),
            days: BTreeMap::new(),
            cuts: Vec::new(),
        };
        rows.requests = instance.request_ixs().map(|_| rows.add_linking(1)).collect();
        let mut requests_by_family_date: BTreeMap<(FamilyIx, DateIx), BTreeSet<RequestIx>> = BTreeMap::new();
        for request in instance.request_ixs() {
            let facts = &instance.requests[request.at()];
            for option in &facts.options {
                let date = instance.slots[option.slot.at()].date;
                requests_by_family_date.entry((facts.family, date)).or_default().insert(request);
            }
        }
        for (family_date, _) in requests_by_family_date.into_iter().filter(|(_, requests)| requests.len() > 1) {
            let row = rows.add_linking(1);
            rows.family_dates.insert(family_date, row);
        }
        rows.tables = instance.slots.iter().map(|slot| Some(rows.add_linking(slot.tables?.into()))).collect();
        let mut families_by_slot = vec![BTreeSet::new(); instance.slots.len()];
        for slot in instance.slot_ixs() {
            let families =
                instance.requests_by_slot[slot.at()].iter().map(|request| instance.requests[request.at()].family);
            families_by_slot[slot.at()].extend(families);
        }
        for &(a, b) in &instance.never_same_slot {
            let both_ask = |slot: &SlotIx| [a, b].iter().all(|family| families_by_slot[slot.at()].contains(family));
            for slot in instance.slot_ixs().filter(both_ask) {
                let row = rows.add_linking(1);
                rows.apart[slot.at()].extend([(a, row), (b, row)]);
            }
        }
        rows.add_volunteers(instance);
        rows
    }

    /// Rows of one unit each, and nothing else.
    #[cfg(test)]
    pub(crate) fn plain(count: usize) -> Self {
        let mut rows = Self {
            rows: Vec::new(),
            requests: Vec::new(),
            family_dates: BTreeMap::new(),
            tables: Vec::new(),
            apart: Vec::new(),
            weeks: Vec::new(),
            days: BTreeMap::new(),
            cuts: Vec::new(),
        };
        rows.requests = (0..count).map(|_| rows.add_linking(1)).collect();
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
            if facts.max_trips_per_day < facts.max_trips {
                for &date in &dates {
                    let row = self.add(facts.max_trips_per_day.into(), 0, one_driver);
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
        self.rows.push(LinkingRow { limit, step_cost, divisor: None, one_driver });
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
        for (&row, request) in self.requests.iter().zip(&problem.requests) {
            names[row as usize] = Some(RowName::Request(request.id.clone()));
        }
        for (&(of, date), &row) in &self.family_dates {
            names[row as usize] = Some(RowName::FamilyDate(family(of), instance.date(date)));
        }
        for ((tables, apart), slot) in self.tables.iter().zip(&self.apart).zip(&problem.slots) {
            if let Some(row) = tables {
                names[*row as usize] = Some(RowName::Tables(slot.id.clone()));
            }
            for pair in apart.chunks_exact(2) {
                let [(a, row), (b, _)] = [pair[0], pair[1]];
                names[row as usize] = Some(RowName::Apart(slot.id.clone(), family(a), family(b)));
            }
        }
        for (of, &row) in instance.volunteer_ixs().zip(&self.weeks) {
            names[row as usize] = Some(RowName::Week(volunteer(of)));
        }
        for (&(of, date), &row) in &self.days {
            names[row as usize] = Some(RowName::Day(volunteer(of), instance.date(date)));
        }
        names
    }

    /// Whether a row is one of the problem's own, not a cut.
    pub(crate) fn is_original(&self, row: u32) -> bool {
        self.rows[row as usize].divisor.is_none()
    }

    /// The row that counts a volunteer's trips.
    pub(crate) fn week_row(&self, volunteer: VolunteerIx) -> u32 {
        self.weeks[volunteer.at()]
    }

    /// The price of serving a request in a slot, by the rows that depend on nothing else.
    pub(crate) fn request_price(
        &self,
        prices: &[i64],
        instance: &Instance<'_>,
        request: RequestIx,
        slot: usize,
    ) -> i64 {
        self.request_rows(instance, request, slot).into_iter().map(|row| prices[row as usize]).sum()
    }

    /// The rows that serving a request in a slot uses a unit of, whoever drives.
    fn request_rows(&self, instance: &Instance<'_>, request: RequestIx, slot: usize) -> Vec<u32> {
        let family = instance.requests[request.at()].family;
        let date = instance.slots[slot].date;
        let apart = self.apart[slot].iter().filter(|(other, _)| *other == family).map(|(_, row)| *row);
        let rows =
            [Some(self.requests[request.at()]), self.family_dates.get(&(family, date)).copied(), self.tables[slot]];
        rows.into_iter().flatten().chain(apart).collect()
    }

    /// For each cut that has a price, how many units serving a request in a slot adds to the sum that the cut is made
    /// from, before the division.
    pub(crate) fn priced_cuts(
        &self,
        prices: &[i64],
        instance: &Instance<'_>,
        request: RequestIx,
        slot: usize,
    ) -> Vec<(u32, u32)> {
        let mut sums: BTreeMap<u32, u32> = BTreeMap::new();
        for row in self.request_rows(instance, request, slot) {
            for &cut in self.cuts[row as usize].iter().filter(|cut| prices[**cut as usize] > 0) {
                *sums.entry(cut).or_default() += 1;
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
        let slot = trip.crew.slot.at();
        let date = instance.slots[slot].date;
        let mut served: BTreeMap<u32, u32> = BTreeMap::new();
        for row in trip.requests.iter().flat_map(|&request| self.request_rows(instance, request, slot)) {
            *served.entry(row).or_default() += 1;
        }
        let mut coefficients: Vec<(u32, u32)> = served.into_iter().collect();
        for (volunteer, _) in trip.volunteers() {
            coefficients.push((self.weeks[volunteer.at()], 1));
            coefficients.extend(self.days.get(&(volunteer, date)).map(|&row| (row, 1)));
        }
        self.with_cut_coefficients(coefficients)
    }

    /// These coefficients, and those in the cuts that follow from them.
    fn with_cut_coefficients(&self, mut coefficients: Vec<(u32, u32)>) -> Coefficients {
        coefficients.extend(self.cut_coefficients(&coefficients, 0));
        coefficients.sort_unstable();
        coefficients.into_boxed_slice()
    }

    /// The coefficients in the cuts from `first` on that follow from those in other rows, in order of cuts.
    pub(crate) fn cut_coefficients(&self, coefficients: &[(u32, u32)], first: u32) -> Vec<(u32, u32)> {
        let mut sums: BTreeMap<u32, u32> = BTreeMap::new();
        for &(row, units) in coefficients {
            for &cut in self.cuts[row as usize].iter().rev().take_while(|cut| **cut >= first) {
                *sums.entry(cut).or_default() += units;
            }
        }
        sums.into_iter().map(|(cut, units)| (cut, units / self.divisor(cut))).filter(|(_, units)| *units > 0).collect()
    }
}
