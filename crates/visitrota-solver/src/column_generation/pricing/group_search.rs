//! The pricing problem of a slot at given prices: a search through the tree of groups, and the trips that it tries.
//!
//! Branch and bound over the tree of groups: a branch is cut off when its completion bound, what its requests could still
//! add, does not reach what any driver left requires. Trips that pass are candidates, and the most promising are tried
//! first, as labels are treated in the order of their bounds (S. Irnich and G. Desaulniers, Shortest path problems with
//! resource constraints, in: Column Generation, Springer 2005).

use std::cmp::Reverse;

use super::greedy_groups::GreedyInsertion;
use super::groups::{Group, Groups};
use super::query::{PricingQuery, PricingResult};
use super::slot::{ChaperoneAccess, DriverAccess, SlotAccess, SlotSubproblem, TriedTrips, TripKey};
use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::mileage::{NEVER, StepFunction};
use crate::column_generation::prices::Prices;
use crate::instance::index::{RequestIx, VolunteerIx};
use crate::instance::{Instance, Load};
use crate::trip::timing::MOST_RIDERS;
use crate::trip::{Crew, Trip, Ways, assemble};

/// What trips to a slot earn at given prices, and what they are required to earn.
///
/// The reduced cost of a trip is the value of its requests, less what their cuts cost, less the cost of driving, of the
/// driver and of a chaperone.
pub(super) struct SlotValues<'a> {
    pub(super) instance: &'a Instance<'a>,
    rows: &'a LinkingRows,
    prices: &'a Prices,
    pub(super) access: &'a SlotAccess,
    /// The value of each request at the prices, cuts not counted.
    pub(super) request_values: Vec<i64>,
    /// For each request, the units that it adds to the sums that cuts with a price are made from.
    cut_units: Vec<Vec<(u32, u32)>>,
    /// The requests, the most valuable first.
    by_value: Vec<usize>,
    /// For each driver, the value required of a group before driving and a chaperone: the required reduced cost and the
    /// driver's own cost.
    required: Vec<i64>,
    /// For each driver, what a trip costs at the prices and in load.
    driver_costs: Vec<i64>,
    /// For drivers whose kilometres are limited, the required reduced cost by metres.
    required_by_metres: Vec<Option<StepFunction>>,
    /// Whether a chaperone goes with families without an adult.
    chaperones_ride: bool,
    /// The chaperones, the cheapest first.
    chaperones: Vec<ChaperoneCost>,
    /// The cost of a minute of driving.
    pub(super) minute_cost: i64,
}

/// What a chaperone costs at the prices and in load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ChaperoneCost {
    cost: i64,
    /// The chaperone's position at the slot.
    position: usize,
}

/// A driver who may take a group.
#[derive(Clone, Copy, Debug)]
struct DriverOption {
    /// The driver's position at the slot.
    position: usize,
    /// Lower bounds on the minutes of driving of the driver's trips with the group: out, back and altogether.
    out: i64,
    back: i64,
    drive: i64,
}

impl<'a> SlotValues<'a> {
    fn new(
        instance: &'a Instance<'a>,
        rows: &'a LinkingRows,
        query: PricingQuery<'a>,
        groups: &Groups,
        access: &'a SlotAccess,
    ) -> Self {
        let PricingQuery { prices, required, required_by_metres, opening, .. } = query;
        let slot = access.slot;
        let request_value = |&request: &RequestIx| {
            if opening.is_some_and(|opening| !opening.requests[request.at()]) {
                return -NEVER;
            }
            let points = instance.option(request, slot).map_or(0, |option| option.points);
            let points = points + instance.bonus(request);
            points * Prices::SCALE - rows.request_price(&prices.0, instance, request, slot.at())
        };
        let request_values: Vec<i64> = groups.requests.iter().map(request_value).collect();
        let cut_units = |&request: &RequestIx| rows.priced_cuts(&prices.0, instance, request, slot.at());
        let mut by_value: Vec<usize> = (0..request_values.len()).collect();
        by_value.sort_unstable_by_key(|&at| (Reverse(request_values[at]), at));
        let cost = |volunteer: VolunteerIx| {
            instance.load_step(volunteer, 0) * Prices::SCALE + rows.volunteer_price(&prices.0, volunteer, access.date)
        };
        let required = |access: &DriverAccess| {
            let open = opening.is_none_or(|opening| opening.drivers[access.driver.at()]);
            if open { required(access.driver, slot) + cost(access.driver) } else { NEVER }
        };
        let chaperones = access.chaperones.iter().enumerate();
        let chaperone_cost = |(position, chaperone): (usize, &ChaperoneAccess)| ChaperoneCost {
            cost: cost(chaperone.volunteer),
            position,
        };
        let mut chaperones: Vec<ChaperoneCost> = chaperones.map(chaperone_cost).collect();
        chaperones.sort_unstable();
        let drivers = || access.drivers.iter();
        Self {
            instance,
            rows,
            prices,
            access,
            cut_units: groups.requests.iter().map(cut_units).collect(),
            request_values,
            by_value,
            required: drivers().map(required).collect(),
            driver_costs: drivers().map(|access| cost(access.driver)).collect(),
            required_by_metres: drivers().map(|access| required_by_metres(access.driver, slot)).collect(),
            chaperones_ride: instance.chaperone_rides(),
            chaperones,
            minute_cost: i64::from(instance.policy.weights.drive_min) * Prices::SCALE,
        }
    }

    /// All drivers who may look for trips, those who require least first.
    fn driver_options(&self) -> Vec<DriverOption> {
        let drivers = self.access.drivers.iter().enumerate().filter(|(at, _)| self.required[*at] < NEVER);
        let option = |(position, access): (usize, &DriverAccess)| DriverOption {
            position,
            out: 0,
            back: 0,
            drive: access.direct,
        };
        let mut options: Vec<DriverOption> = drivers.map(option).collect();
        options.sort_unstable_by_key(|option| {
            (self.required[option.position] + self.minute_cost * option.drive, option.position)
        });
        options
    }

    /// A driver's option to take a group, if there is one; all that does not depend on prices decides.
    fn driver_option(&self, groups: &Groups, group: &Group, position: usize, load: Load) -> Option<DriverOption> {
        let instance = self.instance;
        let access = &self.access.drivers[position];
        let volunteer = &instance.volunteers[access.driver.at()];
        let car = volunteer.car?;
        let last = *group.members.last()?;
        if !(group.members.len() <= access.max_families
            && access.able.has(last)
            && load.fits_seats(car)
            && load.fits_wheelchairs(car)
            && load.fits_restraints(car))
        {
            return None;
        }
        let ways = || group.members.iter().map(|&member| access.leg(member)).zip(groups.drive_by_farthest(group));
        let way = |side: usize| ways().map(|(leg, drive)| leg[side] + i64::from(drive[side])).min().unwrap_or(0);
        let [out, back] = [way(0), way(1)];
        let drive = access.direct.max(out + back);
        let boarding = boarding_minutes(instance, groups, group);
        let elapsed = |drive: i64| drive + instance.breaks(drive) + boarding;
        let [before, after] = [elapsed(out), elapsed(back)];
        let visit = &instance.slots[groups.slot.at()];
        let duty = before + after + visit.gate_out - visit.gate_in;
        let in_time = access.slacks.iter().any(|slack| before <= slack.before && after <= slack.after)
            && volunteer.max_duty_min.is_none_or(|limit| duty <= limit.into())
            && volunteer.max_driving_min.is_none_or(|limit| drive <= limit.into());
        in_time.then_some(DriverOption { position, out, back, drive })
    }

    /// The value required of a driver's trip with a group, before driving and a chaperone; none if it goes too far.
    fn required_of(&self, groups: &Groups, group: &Group, position: usize) -> Option<i64> {
        let required = self.required[position];
        let Some((metres, limit)) = self.access.drivers[position].metres(self.instance, groups, group) else {
            return Some(required);
        };
        if metres > limit {
            return None;
        }
        let steps = self.required_by_metres[position].as_ref();
        let by_metres = steps.and_then(|steps| Some(steps.at(metres)? + self.driver_costs[position]));
        Some(by_metres.map_or(required, |by_metres| by_metres.max(required)))
    }

    /// The reduced cost of a trip.
    fn reduced_cost(&self, trip: &Trip) -> i64 {
        let bonus: i64 = trip.requests.iter().map(|&request| self.instance.bonus(request)).sum();
        self.prices.reduced_cost(trip.net(self.instance) + bonus, &self.rows.coefficients(self.instance, trip))
    }

    /// For each driver, what is left out if nothing has been looked at.
    fn left_out_of_all(&self) -> Vec<LeftOut> {
        let surplus = |(access, required): (&DriverAccess, &i64)| {
            let most_valuable = self.by_value.iter().filter(|&&at| access.able.has(at)).take(access.max_families);
            let value = most_valuable.map(|&at| self.request_values[at].max(0)).sum::<i64>();
            LeftOut::NOTHING.with(value - self.minute_cost * access.direct - required)
        };
        self.access.drivers.iter().zip(&self.required).map(surplus).collect()
    }
}

fn boarding_minutes(instance: &Instance<'_>, groups: &Groups, group: &Group) -> i64 {
    group.members.iter().map(|&member| instance.family(groups.requests[member]).boarding).sum()
}

/// The trips to be tried at a slot, and what came of those tried.
struct Candidates<'a> {
    values: &'a SlotValues<'a>,
    tried: &'a mut TriedTrips,
    /// How many trips of each driver are enough.
    keep: usize,
    max_attempts: u64,
    seconds_left: &'a (dyn Fn() -> f64 + Sync),
    /// For each driver, the trips to be tried.
    by_driver: Vec<Vec<Candidate>>,
    /// For each driver, what is left out of the trips looked at so far.
    left_out: Vec<LeftOut>,
    /// For each driver, what trips that were tried may be worth if made in other ways than those found.
    ways_left_out: Vec<LeftOut>,
    /// Whether none was left out because time or attempts ran out.
    complete: bool,
    /// Whether more would be found if more were kept.
    truncated: bool,
    trips: Vec<Trip>,
    /// How many trips were tried.
    work: u64,
}

/// A trip that may be worth having.
struct PossibleTrip<'a> {
    /// The driver's position at the slot.
    position: usize,
    group: &'a Group,
    chaperone: Option<VolunteerIx>,
    /// An upper bound on the surplus of its reduced cost over the required one.
    surplus: i64,
    /// The required reduced cost.
    required: i64,
}

/// A trip to be tried.
#[derive(Clone, Debug)]
struct Candidate {
    /// An upper bound on the surplus of its reduced cost over the required one.
    surplus: i64,
    /// The required reduced cost.
    required: i64,
    key: TripKey,
    chaperone: Option<VolunteerIx>,
    /// The requests, by position.
    members: Box<[u32]>,
}

impl Candidate {
    /// Their order: the most promising first.
    fn rank(&self) -> (Reverse<i64>, TripKey) {
        (Reverse(self.surplus), self.key)
    }
}

impl<'a> Candidates<'a> {
    /// How many candidates of a driver are kept in view for each trip that is enough: several, since many fail when they
    /// are timed, but not all, for the memory that they take.
    const IN_VIEW: usize = 32;

    fn new(values: &'a SlotValues<'a>, tried: &'a mut TriedTrips, query: PricingQuery<'a>) -> Self {
        let drivers = values.access.drivers.len();
        Self {
            values,
            tried,
            keep: query.scope.keep,
            max_attempts: query.max_attempts,
            seconds_left: query.seconds_left,
            by_driver: vec![Vec::new(); drivers],
            left_out: vec![LeftOut::NOTHING; drivers],
            ways_left_out: vec![LeftOut::NOTHING; drivers],
            complete: true,
            truncated: false,
            trips: Vec::new(),
            work: 0,
        }
    }

    fn out_of_time(&self) -> bool {
        (self.seconds_left)() <= 0.0
    }

    /// The threshold on the surplus from which a driver's trip must still be tried.
    fn least_to_try(&self, position: usize) -> i64 {
        self.left_out[position].least_to_try()
    }

    /// Adds a trip to those to be tried, unless it has been.
    fn add(&mut self, trip: &PossibleTrip<'_>) {
        let &PossibleTrip { position, group, chaperone, surplus, required } = trip;
        let chaperone_number = chaperone.map_or(0, |chaperone| number(chaperone.at() + 1));
        let key = TripKey { driver: number(position), node: group.node, chaperone: chaperone_number };
        if self.tried.tried.contains(&key) {
            if self.tried.partly_timed.contains(&key) {
                self.ways_left_out[position] = self.ways_left_out[position].with(surplus);
            }
            return;
        }
        let members = group.members.iter().map(|&member| number(member)).collect();
        let candidates = &mut self.by_driver[position];
        candidates.push(Candidate { surplus, required, key, chaperone, members });
        let in_view = self.keep.saturating_mul(Self::IN_VIEW);
        if candidates.len() >= in_view.saturating_mul(2) {
            candidates.sort_unstable_by_key(Candidate::rank);
            self.left_out[position] = self.left_out[position].with(candidates[in_view].surplus);
            self.truncated = true;
            candidates.truncate(in_view);
        }
    }

    /// Tries the most promising trips of each driver until enough are found; the others are left out.
    fn try_all(&mut self, groups: &Groups) {
        for position in 0..self.by_driver.len() {
            let mut candidates = std::mem::take(&mut self.by_driver[position]);
            candidates.sort_unstable_by_key(Candidate::rank);
            let mut found = 0;
            for candidate in candidates {
                let ended = self.work >= self.max_attempts || self.out_of_time();
                if found >= self.keep || ended {
                    self.complete &= !ended;
                    self.truncated = true;
                    self.left_out[position] = self.left_out[position].with(candidate.surplus);
                    break;
                }
                found += self.try_candidate(groups, position, &candidate);
            }
        }
    }

    /// Tries a trip; returns how many ways of making it are worth having.
    fn try_candidate(&mut self, groups: &Groups, position: usize, candidate: &Candidate) -> usize {
        self.tried.tried.insert(candidate.key);
        let Ways { trips, all } = self.ways(groups, position, candidate.chaperone, &candidate.members);
        if !all {
            self.tried.partly_timed.insert(candidate.key);
            self.ways_left_out[position] = self.ways_left_out[position].with(candidate.surplus);
        }
        let worth_having = |trip: &&Trip| self.values.reduced_cost(trip) >= candidate.required;
        let found = trips.iter().filter(worth_having).count();
        self.trips.extend(trips);
        found
    }

    /// Tries large groups where there are too many to look at: for each driver, as many requests of a greedy group as time
    /// allows for, by bisection.
    fn try_greedy_groups(&mut self, groups: &Groups) {
        for position in 0..self.values.access.drivers.len() {
            let insertion = GreedyInsertion {
                instance: self.values.instance,
                groups,
                access: &self.values.access.drivers[position],
                request_values: &self.values.request_values,
                minute_cost: self.values.minute_cost,
            };
            let order = insertion.group(MOST_RIDERS);
            let (mut feasible, mut infeasible) = (0, order.len() + 1);
            while feasible + 1 < infeasible && !self.out_of_time() {
                let count = if infeasible > order.len() { order.len() } else { feasible.midpoint(infeasible) };
                let mut members: Box<[u32]> = order[..count].iter().map(|&member| number(member)).collect();
                members.sort_unstable();
                if !self.tried.grown.insert((number(position), members.clone())) {
                    break;
                }
                let trips = self.ways(groups, position, None, &members).trips;
                (feasible, infeasible) = if trips.is_empty() { (feasible, count) } else { (count, infeasible) };
                self.trips.extend(trips);
            }
        }
    }

    /// The ways in which a driver, with this chaperone if any, serves a group, given by positions.
    fn ways(&mut self, groups: &Groups, position: usize, chaperone: Option<VolunteerIx>, members: &[u32]) -> Ways {
        self.work += 1;
        let crew = Crew { driver: self.values.access.drivers[position].driver, chaperone, slot: groups.slot };
        let mut requests: Vec<RequestIx> = members.iter().map(|&member| groups.requests[member as usize]).collect();
        requests.sort_unstable();
        assemble(self.values.instance, crew, &requests)
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl SlotSubproblem {
    /// Looks for trips not tried before that are worth having; what is left out is given for each of the slot's drivers.
    pub(super) fn search(
        &mut self,
        instance: &Instance<'_>,
        rows: &LinkingRows,
        query: PricingQuery<'_>,
    ) -> PricingResult {
        if query.opening.is_some_and(|opening| !opening.slots[self.access.slot.at()]) {
            // Whoever opens up a part does not ask what is left out of the rest.
            let nothing = vec![LeftOut::NOTHING; self.access.drivers.len()];
            return PricingResult { left_out: nothing.clone(), left_out_of_all: nothing, ..PricingResult::default() };
        }
        let (largest, max_requests) = (self.largest(instance), query.scope.max_requests.min(MOST_RIDERS));
        let values = SlotValues::new(instance, rows, query, &self.groups, &self.access);
        let mut search = GroupSearch {
            values: &values,
            candidates: Candidates::new(&values, &mut self.tried, query),
            cut_sums: vec![0; query.prices.0.len()],
            max_drivers: query.scope.max_drivers,
            max_requests: largest.min(max_requests),
            complete: largest <= max_requests,
            groups_unseen: false,
        };
        let unfolded_before = self.groups.unfolded_count();
        let root = PartialGroup {
            group: &self.groups.root(),
            value: 0,
            load: Load::default(),
            child_only_families: 0,
            drivers: &values.driver_options(),
        };
        search.search_larger(&mut self.groups, &root);
        let GroupSearch { mut candidates, groups_unseen, complete, .. } = search;
        candidates.try_all(&self.groups);
        if groups_unseen {
            candidates.try_greedy_groups(&self.groups);
        }
        let complete = complete && candidates.complete;
        let left_out: Vec<LeftOut> =
            candidates.left_out.iter().zip(&candidates.ways_left_out).map(|(a, b)| *a.max(b)).collect();
        PricingResult {
            left_out_of_all: if complete { left_out.clone() } else { values.left_out_of_all() },
            left_out,
            complete,
            truncated: candidates.truncated,
            work: candidates.work + (self.groups.unfolded_count() - unfolded_before) as u64,
            trips: candidates.trips,
        }
    }
}

/// A search down the tree of a slot's groups.
struct GroupSearch<'a> {
    values: &'a SlotValues<'a>,
    candidates: Candidates<'a>,
    /// For each cut, the units that the group at hand adds to the sum that the cut is made from.
    cut_sums: Vec<u32>,
    /// How many drivers to try for each group, and chaperones for each driver.
    max_drivers: usize,
    max_requests: usize,
    /// Whether nothing was left out by size, driver or chaperone, or because time ran out.
    complete: bool,
    /// Whether there were too many groups to look at.
    groups_unseen: bool,
}

/// A group that the search has come to: the label of a node.
#[derive(Clone, Copy)]
struct PartialGroup<'a> {
    group: &'a Group,
    /// The value of its requests less the price of their cuts.
    value: i64,
    load: Load,
    /// How many of its families have no adult.
    child_only_families: usize,
    /// The drivers who may take it.
    drivers: &'a [DriverOption],
}

impl GroupSearch<'_> {
    /// Looks at the groups that are larger by one request, and at those larger still while they are promising.
    fn search_larger(&mut self, groups: &mut Groups, parent: &PartialGroup<'_>) {
        let values = self.values;
        let stays_folded = groups.stays_folded(parent.group);
        self.groups_unseen |= stays_folded;
        if stays_folded || self.candidates.out_of_time() {
            self.complete = false;
            return;
        }
        for group in groups.larger(values.instance, parent.group) {
            let Some(&last) = group.members.last() else { continue };
            let load = parent.load.and(groups.loads[last]);
            let child_only_families = parent.child_only_families + usize::from(groups.child_only.has(last));
            if child_only_families > if values.chaperones_ride { 2 } else { 1 } {
                continue;
            }
            let chaperoned = child_only_families > 0 && values.chaperones_ride;
            let chaperone_cost = if chaperoned {
                match values.chaperones.first() {
                    Some(cheapest) => cheapest.cost,
                    None => continue,
                }
            } else {
                0
            };
            let size = group.members.len();
            let carried = if chaperoned { load.and(Load::ADULT) } else { load };
            // Who cannot take a group can take no larger one.
            let option = |option: &DriverOption| values.driver_option(groups, &group, option.position, carried);
            let drivers: Vec<DriverOption> = parent.drivers.iter().filter_map(option).collect();
            if drivers.is_empty() {
                continue;
            }
            // A larger group uses no less of any cut.
            let value = parent.value + values.request_values[last] - self.add_to_cuts(last);
            let mut optimistic_value = value - chaperone_cost;
            if optimistic_value >= self.least_required(&drivers, size) {
                let partial = PartialGroup {
                    group: &group,
                    value: optimistic_value,
                    load,
                    child_only_families,
                    drivers: &drivers,
                };
                self.add_candidates(groups, &partial);
            }
            let extensions = values.by_value.iter().filter(|&&at| group.extensions.has(at));
            let promising = extensions.take(self.max_requests - size).zip(size + 1..).any(|(&at, size)| {
                optimistic_value += values.request_values[at];
                optimistic_value >= self.least_required(&drivers, size)
            });
            if promising {
                let partial = PartialGroup { group: &group, value, load, child_only_families, drivers: &drivers };
                self.search_larger(groups, &partial);
            }
            self.remove_from_cuts(last);
        }
    }

    /// The least value that a group of a size must have to be tried with any of some drivers who take as many, driving
    /// included.
    fn least_required(&self, drivers: &[DriverOption], size: usize) -> i64 {
        let Self { values, candidates, .. } = self;
        let required = |option: &DriverOption| {
            let &DriverOption { position, drive, .. } = option;
            candidates.least_to_try(position) + values.required[position] + values.minute_cost * drive
        };
        let takes_as_many = |option: &&DriverOption| values.access.drivers[option.position].max_families >= size;
        drivers.iter().filter(takes_as_many).map(required).min().unwrap_or(i64::MAX)
    }

    /// Adds a request to the group at hand; returns the price of the units of cuts that it thereby uses.
    ///
    /// A cut's coefficient is the sum of units divided and rounded down, so it depends on who else is in the group, as the
    /// state of a subset-row cut does in a label (M. Jepsen et al., Operations Research 56, 2008).
    fn add_to_cuts(&mut self, request: usize) -> i64 {
        let SlotValues { cut_units, prices, rows, .. } = self.values;
        let mut price = 0;
        for &(cut, units) in &cut_units[request] {
            let (sum, divisor) = (&mut self.cut_sums[cut as usize], rows.divisor(cut));
            let whole_units = (*sum + units) / divisor - *sum / divisor;
            *sum += units;
            price += i64::from(whole_units) * prices.0[cut as usize];
        }
        price
    }

    /// Removes a request from the group at hand.
    fn remove_from_cuts(&mut self, request: usize) {
        for &(cut, units) in &self.values.cut_units[request] {
            self.cut_sums[cut as usize] -= units;
        }
    }

    /// Adds the trips of a group to the candidates, with each driver who may take it; the group's value is net of the
    /// cheapest chaperone's cost if it needs one.
    fn add_candidates(&mut self, groups: &Groups, partial: &PartialGroup<'_>) {
        let &PartialGroup { group, value, child_only_families, drivers, .. } = partial;
        let values = self.values;
        let chaperoned = child_only_families > 0 && values.chaperones_ride;
        let mut promising = 0;
        for option in drivers {
            let position = option.position;
            let net_value = value - values.minute_cost * option.drive;
            if net_value - values.required[position] < self.candidates.least_to_try(position) {
                continue;
            }
            let Some(required) = values.required_of(groups, group, position) else { continue };
            let access = &values.access.drivers[position];
            let unfamiliarity = if chaperoned {
                0
            } else {
                access.unfamiliarity_cost(values.instance, groups, group, None) * Prices::SCALE
            };
            let trip = PossibleTrip {
                position,
                group,
                chaperone: None,
                surplus: net_value - required - unfamiliarity,
                required: required - values.driver_costs[position],
            };
            if trip.surplus < self.candidates.least_to_try(position) {
                continue;
            }
            promising += 1;
            if promising > self.max_drivers {
                self.complete = false;
                break;
            }
            if chaperoned {
                self.add_chaperoned(groups, option, &trip);
            } else {
                self.candidates.add(&trip);
            }
        }
    }

    /// Adds a driver's trip to the candidates with each chaperone who may go with it. The surplus of `trip` is that with the
    /// cheapest chaperone, wherever they live.
    fn add_chaperoned(&mut self, groups: &Groups, option: &DriverOption, trip: &PossibleTrip<'_>) {
        let &PossibleTrip { position, group, required, .. } = trip;
        let values = self.values;
        let instance = values.instance;
        let access = &values.access.drivers[position];
        let driver_home = instance.volunteers[access.driver.at()].home;
        let boarding = boarding_minutes(instance, groups, group);
        let elapsed = |drive: i64| drive + instance.breaks(drive) + boarding;
        let mut promising = 0;
        for &ChaperoneCost { cost, position: chaperone_position } in &values.chaperones {
            let surplus = trip.surplus - (cost - values.chaperones[0].cost);
            if surplus < self.candidates.least_to_try(position) {
                break;
            }
            let chaperone = &values.access.chaperones[chaperone_position];
            let able = group.members.iter().all(|&member| chaperone.able.has(member));
            if chaperone.volunteer == access.driver || !able {
                continue;
            }
            let home = instance.volunteers[chaperone.volunteer.at()].home;
            let leg = |from, to| i64::from(instance.travel.at_least(from, to));
            let ends = [leg(driver_home, home), leg(home, driver_home)];
            let [detour_out, detour_back] = chaperone.detours(groups, group, access, ends);
            let (out, back) = (option.out + detour_out, option.back + detour_back);
            let drive = (ends[0] + chaperone.there + chaperone.back + ends[1]).max(out + back);
            let unfamiliarity =
                access.unfamiliarity_cost(instance, groups, group, Some(chaperone.volunteer)) * Prices::SCALE;
            let surplus = surplus - values.minute_cost * (drive - option.drive).max(0) - unfamiliarity;
            let (before, after) = (elapsed(out), elapsed(back));
            let in_time = access.slacks.iter().any(|slack| before <= slack.before && after <= slack.after);
            if surplus >= self.candidates.least_to_try(position) && in_time {
                promising += 1;
                if promising > self.max_drivers {
                    self.complete = false;
                    break;
                }
                let chaperone = Some(chaperone.volunteer);
                self.candidates.add(&PossibleTrip { position, group, chaperone, surplus, required });
            }
        }
    }
}
