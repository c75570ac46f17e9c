//! The rota as a mathematical program: which of the candidate trips to make.
//!
//! A set packing over trips with side constraints. For a trip t: x(t) ∈ {0, 1}, worth its points less the first step
//! of its volunteers' load. Rows: the rules between visits, which [`crate::instance::visit_rows`] lists, with equality
//! for pinned rides and for families who visit together; and for each volunteer trips in the week and on a date,
//! overlaps, duty, driving and kilometres. Load is convex in a volunteer's number of trips: a [`Row`] whose
//! units grow dearer one by one prices it exactly.

pub(crate) mod components;
#[cfg(any(feature = "highs", feature = "microlp"))]
pub(crate) mod mip;
#[cfg(not(any(feature = "highs", feature = "microlp")))]
#[path = "program/no_solver.rs"]
pub(crate) mod mip;

#[cfg(feature = "highs")]
pub(crate) mod bound_change;
#[cfg(feature = "highs")]
pub(crate) mod branch_and_cut;
#[cfg(feature = "highs")]
pub(crate) mod lp_formulation;
#[cfg(feature = "highs")]
pub(crate) mod lp_relaxation;
#[cfg(feature = "highs")]
pub(crate) mod reduced_program;
#[cfg(feature = "highs")]
pub(crate) mod scaled_points;
#[cfg(feature = "highs")]
pub(crate) mod strong_branching;

use std::collections::{BTreeMap, BTreeSet};

use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::index::{ChoiceIx, DateIx, VolunteerIx};
use crate::instance::visit_rows::VisitRule;
use crate::trip::Trip;

/// A program: which choices (trips) to take so as to earn the most points within the rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    /// What each choice earns by itself.
    pub(crate) points: Vec<i64>,
    pub(crate) rows: Vec<Row>,
    /// Sums of units that branch and cut may branch on; none unless [`Program::add_branching_sums`] adds them.
    #[cfg_attr(not(feature = "highs"), expect(dead_code, reason = "for branch and cut"))]
    pub(crate) branching_sums: Vec<Vec<(ChoiceIx, i64)>>,
}

/// A connected component: a part of a program that shares no row with the rest.
#[derive(Clone, Debug)]
pub(crate) struct Component {
    /// Its choices, by their positions in the whole program.
    pub(crate) choices: Vec<ChoiceIx>,
    pub(crate) program: Program,
}

/// A row: the units of something that the choices taken use are at most the limit.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Choices, and the units that each uses.
    pub(crate) terms: Vec<(ChoiceIx, i64)>,
    pub(crate) limit: i64,
    pub(crate) kind: RowKind,
    /// The nth unit used costs n − 1 times these points.
    pub(crate) step_cost: i64,
    /// A guess at the row's dual price, in points, for linear programs to begin at.
    #[cfg_attr(not(feature = "highs"), expect(dead_code, reason = "for branch and cut"))]
    pub(crate) initial_price: i64,
}

/// What a row asks of the units used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// At most the limit.
    Limit,
    /// Exactly the limit: the ride is pinned.
    Pin,
    /// Exactly the limit, by units of either sign: families who visit together.
    Link,
}

impl Row {
    /// Whether exactly the limit must be used.
    pub(crate) fn is_equality(&self) -> bool {
        self.kind != RowKind::Limit
    }

    /// A row that costs nothing.
    pub(crate) fn new(terms: Vec<(ChoiceIx, i64)>, limit: i64) -> Self {
        Self { terms, limit, kind: RowKind::Limit, step_cost: 0, initial_price: 0 }
    }

    /// Whether any solution could break the row, or is charged by it.
    pub(crate) fn can_bind(&self) -> bool {
        self.is_equality() || self.step_cost > 0 || self.terms.iter().map(|(_, units)| units).sum::<i64>() > self.limit
    }

    /// The units that a solution uses.
    pub(crate) fn used(&self, chosen: &[bool]) -> i64 {
        self.terms.iter().filter(|(choice, _)| chosen[choice.at()]).map(|(_, units)| units).sum()
    }

    /// What using so many units costs.
    pub(crate) fn cost(&self, used: i64) -> i64 {
        self.step_cost * (used * (used - 1) / 2)
    }
}

impl Program {
    /// The program over these trips.
    pub(crate) fn new(instance: &Instance<'_>, trips: &[&Trip]) -> Self {
        let points = trips.iter().map(|trip| trip.net(instance)).collect();
        let mut program = Self { points, rows: Vec::new(), branching_sums: Vec::new() };
        program.visits_rows(instance, trips);
        program.volunteers_rows(instance, trips);
        program
    }

    /// The points of a solution.
    pub(crate) fn value(&self, chosen: &[bool]) -> i64 {
        let points: i64 = self.points.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(points, _)| points).sum();
        points - self.rows.iter().filter(|row| row.step_cost > 0).map(|row| row.cost(row.used(chosen))).sum::<i64>()
    }

    /// Whether a solution keeps every row.
    pub(crate) fn allows(&self, chosen: &[bool]) -> bool {
        self.rows.iter().all(|row| {
            let used = row.used(chosen);
            used <= row.limit && (!row.is_equality() || used == row.limit)
        })
    }

    /// A program over these rows.
    #[cfg(test)]
    pub(crate) fn of(points: Vec<i64>, rows: Vec<Row>) -> Self {
        Self { points, rows, branching_sums: Vec::new() }
    }

    /// For each choice, the rows that it uses, by position, and the units of each.
    pub(crate) fn uses(&self) -> Vec<Vec<(usize, i64)>> {
        let mut uses = vec![Vec::new(); self.points.len()];
        for (position, row) in self.rows.iter().enumerate() {
            for &(choice, units) in &row.terms {
                uses[choice.at()].push((position, units));
            }
        }
        uses
    }

    /// The connected components, in order of their first choices: a disjoint-set forest joins the choices of each row.
    ///
    /// # Errors
    /// [`Failure::Infeasible`] if a row that must be used up has no choice to use it.
    pub(crate) fn components(&self) -> Result<Vec<Component>, Failure> {
        let mut leader: Vec<usize> = (0..self.points.len()).collect();
        fn find(leader: &mut [usize], mut at: usize) -> usize {
            while leader[at] != at {
                leader[at] = leader[leader[at]];
                at = leader[at];
            }
            at
        }
        for row in &self.rows {
            let Some(&(first, _)) = row.terms.first() else {
                if row.is_equality() && row.limit != 0 {
                    return Err(Failure::Infeasible);
                }
                continue;
            };
            for &(other, _) in &row.terms {
                let (a, b) = (find(&mut leader, first.at()), find(&mut leader, other.at()));
                leader[a.max(b)] = a.min(b);
            }
        }
        // A leader is the first choice of its component, so components come in order.
        let mut component_of = vec![usize::MAX; self.points.len()];
        let mut position = vec![ChoiceIx::new(0); self.points.len()];
        let mut components: Vec<Component> = Vec::new();
        for choice in 0..self.points.len() {
            let leader = find(&mut leader, choice);
            if leader == choice {
                component_of[choice] = components.len();
                components.push(Component { choices: Vec::new(), program: Self::default() });
            }
            component_of[choice] = component_of[leader];
            let component = &mut components[component_of[leader]];
            position[choice] = ChoiceIx::new(component.choices.len());
            component.choices.push(ChoiceIx::new(choice));
            component.program.points.push(self.points[choice]);
        }
        for row in &self.rows {
            if let Some(&(first, _)) = row.terms.first() {
                let terms = row.terms.iter().map(|&(choice, units)| (position[choice.at()], units)).collect();
                components[component_of[first.at()]].program.rows.push(Row { terms, ..row.clone() });
            }
        }
        Ok(components)
    }

    /// Adds a row unless no solution can break it.
    fn add_limit(&mut self, limit: i64, terms: Vec<(ChoiceIx, i64)>) {
        let row = Row::new(terms, limit);
        if row.can_bind() {
            self.rows.push(row);
        }
    }

    /// Adds a row of minutes or metres, and a row of how many trips fit into it: as many as there would be of the
    /// shortest. The second is a cover inequality. It is tighter in the relaxation, where a part of one trip too many
    /// breaks it.
    fn add_limit_and_cover(&mut self, limit: i64, terms: Vec<(ChoiceIx, i64)>) {
        let mut shortest: Vec<i64> = terms.iter().map(|(_, units)| *units).collect();
        shortest.sort_unstable();
        let mut left = limit;
        let fitting = shortest.iter().take_while(|units| {
            left -= **units;
            left >= 0
        });
        let max_trips = i64::try_from(fitting.count()).unwrap_or(i64::MAX);
        self.add_limit(max_trips, terms.iter().map(|&(trip, _)| (trip, 1)).collect());
        self.add_limit(limit, terms);
    }

    /// §5.1, §5.2, §5.5: the rules between visits, those of single slots last. §5.4: a pinned ride in exactly one of
    /// the trips, which all keep its pin.
    fn visits_rows(&mut self, instance: &Instance<'_>, trips: &[&Trip]) {
        let rows = &instance.visit_rows.rows;
        let mut terms: Vec<BTreeMap<ChoiceIx, i64>> = vec![BTreeMap::new(); rows.len()];
        let mut users = vec![BTreeSet::new(); rows.len()];
        for (at, trip) in trips.iter().enumerate() {
            for &ride in &trip.rides {
                for &(row, units) in instance.visit_rows.of(ride, trip.crew.slot) {
                    *terms[row as usize].entry(ChoiceIx::new(at)).or_default() += i64::from(units);
                    users[row as usize].insert(ride);
                }
            }
        }
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&at| rows[at].slot());
        for at in order {
            let terms: Vec<_> = std::mem::take(&mut terms[at]).into_iter().filter(|(_, units)| *units != 0).collect();
            let (limit, row) = (rows[at].limit, &rows[at]);
            match row.rule {
                VisitRule::Ride(ride) if instance.rides[ride.at()].pin.is_some() => {
                    self.rows.push(Row { kind: RowKind::Pin, ..Row::new(terms, limit) });
                }
                _ if row.is_link() => {
                    if !terms.is_empty() {
                        self.rows.push(Row { kind: RowKind::Link, ..Row::new(terms, limit) });
                    }
                }
                // Of one ride alone, its own row says more.
                VisitRule::FamilyDate(..) if users[at].len() < 2 => {}
                _ => self.add_limit(limit, terms),
            }
        }
    }

    /// §5.3, volunteer by volunteer.
    fn volunteers_rows(&mut self, instance: &Instance<'_>, trips: &[&Trip]) {
        let mut errands_by_volunteer: Vec<Vec<VolunteerTrip>> = vec![Vec::new(); instance.volunteers.len()];
        for (at, trip) in trips.iter().enumerate() {
            let date = instance.slots[trip.crew.slot.at()].date;
            for (volunteer, (from, to)) in trip.volunteers() {
                let drives = volunteer == trip.crew.driver;
                errands_by_volunteer[volunteer.at()].push(VolunteerTrip {
                    trip: ChoiceIx::new(at),
                    date,
                    from,
                    to,
                    drives,
                });
            }
        }
        for (volunteer, errands) in instance.volunteer_ixs().zip(errands_by_volunteer) {
            self.volunteer_rows(instance, trips, volunteer, &errands);
        }
    }

    /// §5.3 for one volunteer: trips in the week and on a date; as a driver, duty and driving on a date and kilometres
    /// in the week; overlaps. The row of the week prices the load (§6).
    fn volunteer_rows(
        &mut self,
        instance: &Instance<'_>,
        trips: &[&Trip],
        volunteer: VolunteerIx,
        errands: &[VolunteerTrip],
    ) {
        let facts = &instance.volunteers[volunteer.at()];
        let max_trips = i64::from(facts.max_trips).min(i64::try_from(errands.len()).unwrap_or(i64::MAX));
        let unit_terms = |errands: &[&VolunteerTrip]| errands.iter().map(|errand| (errand.trip, 1)).collect::<Vec<_>>();
        let week = Row::new(unit_terms(&errands.iter().collect::<Vec<_>>()), max_trips);
        if max_trips > 1 {
            // Kept even where it cannot be broken: it carries the load.
            self.rows.push(Row { step_cost: instance.policy.weights.load.into(), ..week });
        } else {
            self.add_limit(max_trips, week.terms);
        }
        if max_trips <= 1 {
            return;
        }
        let mut by_date: BTreeMap<DateIx, Vec<&VolunteerTrip>> = BTreeMap::new();
        for errand in errands {
            by_date.entry(errand.date).or_default().push(errand);
        }
        for (&date, of_date) in &by_date {
            let max_that_day = i64::from(instance.max_trips_on(volunteer, date));
            if max_that_day < max_trips {
                self.add_limit(max_that_day, unit_terms(of_date));
            }
            if max_that_day == 1 {
                continue;
            }
            let drives: Vec<ChoiceIx> =
                of_date.iter().filter(|errand| errand.drives).map(|errand| errand.trip).collect();
            if let Some(cap) = instance.max_duty_on(volunteer, date) {
                self.add_limit_and_cover(cap, drives.iter().map(|&trip| (trip, trips[trip.at()].duty())).collect());
            }
            if let Some(cap) = instance.max_driving_on(volunteer, date) {
                self.add_limit_and_cover(cap, drives.iter().map(|&trip| (trip, trips[trip.at()].drive)).collect());
            }
        }
        if let Some(cap) = facts.max_metres {
            let metres = |errand: &VolunteerTrip| {
                (errand.trip, i64::try_from(trips[errand.trip.at()].metres).unwrap_or(i64::MAX))
            };
            let drives = errands.iter().filter(|errand| errand.drives);
            self.add_limit_and_cover(i64::try_from(cap).unwrap_or(i64::MAX), drives.map(metres).collect());
        }
        self.overlap_rows(instance, volunteer, errands);
    }

    /// §5.3: busy intervals, lengthened by the turnaround, do not overlap.
    ///
    /// Intervals overlap pairwise if and only if one instant lies in all of them, so the sets of trips under way (or in
    /// turnaround) when one of them begins, as far as none of these sets includes another, are all that is needed.
    fn overlap_rows(&mut self, instance: &Instance<'_>, volunteer: VolunteerIx, errands: &[VolunteerTrip]) {
        let turnaround = i64::from(instance.policy.turnaround_min);
        let mut cliques: BTreeSet<Vec<ChoiceIx>> = BTreeSet::new();
        let starts: BTreeSet<i64> = errands.iter().map(|errand| errand.from).collect();
        for &start in &starts {
            let under_way = || errands.iter().filter(|errand| errand.from <= start && start < errand.to + turnaround);
            // Trips on one date alone are kept apart already where one a day is the most.
            let dates: BTreeSet<_> = under_way().map(|errand| errand.date).collect();
            if dates.len() > 1 || dates.iter().any(|&date| instance.max_trips_on(volunteer, date) > 1) {
                cliques.insert(under_way().map(|errand| errand.trip).collect());
            }
        }
        let clashes: Vec<_> = cliques.iter().filter(|clique| clique.len() > 1).collect();
        for clique in &clashes {
            let within = |other: &Vec<ChoiceIx>| {
                other.len() > clique.len() && clique.iter().all(|trip| other.binary_search(trip).is_ok())
            };
            if !clashes.iter().any(|other| within(other)) {
                self.add_limit(1, clique.iter().map(|&trip| (trip, 1)).collect());
            }
        }
    }
}

/// What programs over the trips of column generation need besides.
#[cfg(feature = "highs")]
impl Program {
    /// Lets pins go: those are worth their bonus, and need not be kept.
    pub(crate) fn without_pins(mut self) -> Self {
        let pins = self.rows.iter_mut().filter(|row| row.kind == RowKind::Pin);
        pins.for_each(|row| row.kind = RowKind::Limit);
        self
    }

    /// The program in which only these choices can be taken, in this order.
    pub(crate) fn restricted_to(&self, choices: &[ChoiceIx]) -> Self {
        let mut position: Vec<Option<ChoiceIx>> = vec![None; self.points.len()];
        choices.iter().enumerate().for_each(|(at, &choice)| position[choice.at()] = Some(ChoiceIx::new(at)));
        let restricted = |terms: &[(ChoiceIx, i64)]| {
            terms.iter().filter_map(|&(choice, units)| Some((position[choice.at()]?, units))).collect()
        };
        let rows = self.rows.iter().map(|row| Row { terms: restricted(&row.terms), ..row.clone() });
        let points = choices.iter().map(|&choice| self.points[choice.at()]).collect();
        let branching_sums = self.branching_sums.iter().map(|terms| restricted(terms)).collect();
        Self { points, rows: rows.filter(Row::can_bind).collect(), branching_sums }
    }

    /// The program that is left once the first `taken` choices are taken.
    pub(crate) fn after_taking(&self, taken: usize) -> Self {
        let mut points = self.points[taken..].to_vec();
        let rows = self.rows.iter().map(|row| {
            let used: i64 = row.terms.iter().filter(|(choice, _)| choice.at() < taken).map(|(_, units)| units).sum();
            let left = row.terms.iter().filter(|(choice, _)| choice.at() >= taken);
            let terms: Vec<_> = left.map(|&(choice, units)| (ChoiceIx::new(choice.at() - taken), units)).collect();
            // Units used already make the next ones dearer.
            terms.iter().for_each(|&(choice, units)| points[choice.at()] -= row.step_cost * used * units);
            Row { terms, limit: row.limit - used, ..row.clone() }
        });
        let rows = rows.filter(Row::can_bind).collect();
        Self { points, rows, branching_sums: Vec::new() }
    }

    /// Adds sums to branch on: how many visits the trips make together, and how many trips go to each slot. The sums
    /// are whole however the trips are shared out. `trips` are those that the program is over.
    pub(crate) fn add_branching_sums(&mut self, instance: &Instance<'_>, trips: &[&Trip]) {
        let visits =
            |(at, trip): (usize, &&Trip)| (ChoiceIx::new(at), i64::try_from(trip.rides.len()).unwrap_or(i64::MAX));
        let mut by_slot = vec![Vec::new(); instance.slots.len()];
        trips.iter().enumerate().for_each(|(at, trip)| by_slot[trip.crew.slot.at()].push((ChoiceIx::new(at), 1)));
        self.branching_sums.push(trips.iter().enumerate().map(visits).collect());
        self.branching_sums.extend(by_slot);
    }
}

/// A trip as one volunteer on it sees it.
#[derive(Clone, Copy, Debug)]
struct VolunteerTrip {
    trip: ChoiceIx,
    date: DateIx,
    from: i64,
    to: i64,
    drives: bool,
}
