//! The search through the groups of a slot.

use std::collections::HashSet;

use super::greedy_groups::GreedyInsertion;
use super::groups::{Group, Groups};
use super::slot::{ChaperoneAccess, DriverAccess, SlotSubproblem, TripKey};
use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::mileage::{NEVER, StepFunction};
use crate::column_generation::prices::Prices;
use crate::instance::index::{RequestIx, VolunteerIx};
use crate::instance::{Instance, Load};
use crate::trip::timing::MOST_RIDERS;
use crate::trip::{Crew, Trip, Ways, assemble};

use super::query::{PricingQuery, PricingResult};

impl SlotSubproblem {
    /// Looks for trips not tried before that are worth having; what is left out is said for each of the slot's drivers.
    pub(super) fn search(
        &mut self,
        instance: &Instance<'_>,
        rows: &LinkingRows,
        query: PricingQuery<'_>,
    ) -> PricingResult {
        let slot = self.groups.slot;
        let PricingQuery { prices, required, required_by_metres, scope, opening, max_attempts, seconds_left } = query;
        if opening.is_some_and(|opening| !opening.slots[slot.at()]) {
            // Whoever opens up a part does not ask what is left out of the rest.
            let nothing = vec![LeftOut::NOTHING; self.drivers.len()];
            return PricingResult { left_out: nothing.clone(), left_out_of_all: nothing, ..PricingResult::default() };
        }
        let request_values: Vec<i64> = self
            .groups
            .requests
            .iter()
            .map(|&request| {
                if opening.is_some_and(|opening| !opening.requests[request.at()]) {
                    return -NEVER;
                }
                let points = instance.option(request, slot).map_or(0, |option| option.points);
                let points = points + instance.bonus(request);
                points * Prices::SCALE - rows.request_price(&prices.0, instance, request, slot.at())
            })
            .collect();
        let units = |&request: &RequestIx| rows.priced_cuts(&prices.0, instance, request, slot.at());
        let cut_units = self.groups.requests.iter().map(units).collect();
        let mut by_value: Vec<usize> = (0..request_values.len()).collect();
        by_value.sort_unstable_by_key(|&at| (std::cmp::Reverse(request_values[at]), at));
        let price = |volunteer: VolunteerIx| {
            instance.load_step(volunteer, 0) * Prices::SCALE + rows.volunteer_price(&prices.0, volunteer, self.date)
        };
        let driver_costs: Vec<i64> = self.drivers.iter().map(|access| price(access.driver)).collect();
        let required_of: Vec<i64> = self
            .drivers
            .iter()
            .map(|access| {
                let open = opening.is_none_or(|opening| opening.drivers[access.driver.at()]);
                if open { required(access.driver, slot) + price(access.driver) } else { NEVER }
            })
            .collect();
        let by_metres = |access: &DriverAccess| Some((price(access.driver), required_by_metres(access.driver, slot)?));
        let required_by_metres = self.drivers.iter().map(by_metres).collect();
        let mut chaperones: Vec<(i64, usize)> =
            self.chaperones.iter().enumerate().map(|(at, chaperone)| (price(chaperone.volunteer), at)).collect();
        chaperones.sort_unstable();
        let (largest, max_requests) = (self.largest(instance), scope.max_requests.min(MOST_RIDERS));
        let mut search = GroupSearch {
            instance,
            drivers: &self.drivers,
            chaperone_accesses: &self.chaperones,
            tried: &mut self.tried,
            partly_timed: &mut self.partly_timed,
            grown: &mut self.grown,
            groups_unseen: false,
            request_values,
            cut_units,
            cut_sums: vec![0; prices.0.len()],
            by_value,
            required: required_of,
            driver_costs,
            prices,
            rows,
            required_by_metres,
            chaperones_ride: instance.chaperone_rides(),
            chaperones,
            minute_cost: i64::from(instance.policy.weights.drive_min) * Prices::SCALE,
            keep: scope.keep,
            max_drivers: scope.max_drivers,
            max_attempts,
            complete: largest <= max_requests,
            max_requests: largest.min(max_requests),
            left_out: vec![LeftOut::NOTHING; self.drivers.len()],
            ways_left_out: vec![LeftOut::NOTHING; self.drivers.len()],
            truncated: false,
            seconds_left,
            candidates: vec![Vec::new(); self.drivers.len()],
            trips: Vec::new(),
            work: 0,
        };
        let unfolded = self.groups.unfolded_count();
        let root = self.groups.root();
        let drivers = search.driver_options();
        search.search_larger(&mut self.groups, &root, 0, Load::default(), 0, &drivers);
        search.try_candidates(&self.groups);
        if search.groups_unseen {
            search.try_greedy_groups(&self.groups);
        }
        let work = search.work + (self.groups.unfolded_count() - unfolded) as u64;
        let left_out: Vec<LeftOut> =
            search.left_out.iter().zip(&search.ways_left_out).map(|(a, b)| *a.max(b)).collect();
        let left_out_of_all = if search.complete { left_out.clone() } else { search.left_out_of_all() };
        PricingResult {
            left_out,
            left_out_of_all,
            complete: search.complete,
            truncated: search.truncated,
            work,
            trips: search.trips,
        }
    }
}

/// A search through the groups of a slot.
struct GroupSearch<'a> {
    instance: &'a Instance<'a>,
    drivers: &'a [DriverAccess],
    chaperone_accesses: &'a [ChaperoneAccess],
    tried: &'a mut HashSet<TripKey>,
    partly_timed: &'a mut HashSet<TripKey>,
    grown: &'a mut HashSet<(u32, Box<[u32]>)>,
    /// Whether there were too many groups to look at.
    groups_unseen: bool,
    /// What each request earns at the prices, cuts left aside.
    request_values: Vec<i64>,
    /// How much each request uses of the sum that a cut is made from.
    cut_units: Vec<Vec<(u32, u32)>>,
    /// How much of it the group at hand uses, for each cut.
    cut_sums: Vec<u32>,
    /// The requests, those first that earn most.
    by_value: Vec<usize>,
    /// What a trip must earn with each driver, before driving and a chaperone.
    required: Vec<i64>,
    /// What each driver's going costs.
    driver_costs: Vec<i64>,
    prices: &'a Prices,
    rows: &'a LinkingRows,
    /// For drivers whose kilometres are limited, what each costs, and what a trip must be worth by its metres.
    required_by_metres: Vec<Option<(i64, StepFunction)>>,
    /// Whether a chaperone goes with families without an adult.
    chaperones_ride: bool,
    /// What each chaperone costs, the cheapest first.
    chaperones: Vec<(i64, usize)>,
    minute_cost: i64,
    keep: usize,
    max_drivers: usize,
    max_attempts: u64,
    complete: bool,
    max_requests: usize,
    /// For each driver, what is left out of the trips looked at so far.
    left_out: Vec<LeftOut>,
    /// For each driver, what other ways than those found may be worth of trips that were tried.
    ways_left_out: Vec<LeftOut>,
    truncated: bool,
    seconds_left: &'a (dyn Fn() -> f64 + Sync),
    /// For each driver, the trips to be tried.
    candidates: Vec<Vec<Candidate>>,
    trips: Vec<Trip>,
    work: u64,
}

impl GroupSearch<'_> {
    /// The drivers, those first who ask for least.
    fn driver_options(&self) -> Vec<DriverOption> {
        let drivers = self.drivers.iter().enumerate().filter(|(at, _)| self.required[*at] < NEVER);
        let taker = |(at, access): (usize, &DriverAccess)| DriverOption { at, out: 0, back: 0, drive: access.direct };
        let mut takers: Vec<DriverOption> = drivers.map(taker).collect();
        takers.sort_unstable_by_key(|taker| (self.required[taker.at] + self.minute_cost * taker.drive, taker.at));
        takers
    }

    /// For each driver, what is left out if nothing has been looked at.
    fn left_out_of_all(&self) -> Vec<LeftOut> {
        let surplus = |(access, need): (&DriverAccess, &i64)| {
            let dearest = self.by_value.iter().filter(|&&at| access.able.has(at)).take(access.max_families);
            let worth = dearest.map(|&at| self.request_values[at].max(0)).sum::<i64>();
            LeftOut::NOTHING.with(worth - self.minute_cost * access.direct - need)
        };
        self.drivers.iter().zip(&self.required).map(surplus).collect()
    }

    /// Looks at the groups that one more request makes of one which these drivers can take.
    fn search_larger(
        &mut self,
        groups: &mut Groups,
        group: &Group,
        worth: i64,
        load: Load,
        alone: usize,
        takers: &[DriverOption],
    ) {
        self.groups_unseen |= groups.stays_folded(group);
        if groups.stays_folded(group) || self.out_of_time() {
            self.complete = false;
            return;
        }
        for larger in groups.larger(self.instance, group) {
            let Some(&last) = larger.members.last() else { continue };
            let worth = worth + self.request_values[last];
            let load = load.and(groups.loads[last]);
            let alone = alone + usize::from(groups.child_only.has(last));
            if alone > if self.chaperones_ride { 2 } else { 1 } {
                continue;
            }
            let chaperone = if alone > 0 && self.chaperones_ride {
                match self.chaperones.first() {
                    Some(&(price, _)) => price,
                    None => continue,
                }
            } else {
                0
            };
            let size = larger.members.len();
            let carried = if alone > 0 && self.chaperones_ride { load.and(Load::ADULT) } else { load };
            // Who cannot take a group can take no larger one.
            let takers: Vec<DriverOption> =
                takers.iter().filter_map(|taker| self.driver_option(groups, &larger, taker.at, carried)).collect();
            if takers.is_empty() {
                continue;
            }
            // Of no cut does a larger group use less.
            let worth = worth - self.join(last);
            let mut hope = worth - chaperone;
            if hope >= self.least_required(&takers, size) {
                self.try_drivers(groups, &larger, hope, alone, &takers);
            }
            let joining = self.by_value.iter().filter(|&&at| larger.extensions.has(at)).take(self.max_requests - size);
            let promising = joining.zip(size + 1..).any(|(&at, size)| {
                hope += self.request_values[at];
                hope >= self.least_required(&takers, size)
            });
            if promising {
                self.search_larger(groups, &larger, worth, load, alone, &takers);
            }
            self.leave(last);
        }
    }

    fn out_of_time(&self) -> bool {
        (self.seconds_left)() <= 0.0
    }

    /// The least that a group of a size must earn with any of some drivers who takes as many, driving included, to be
    /// tried.
    fn least_required(&self, takers: &[DriverOption], size: usize) -> i64 {
        let takers = takers.iter().filter(|taker| self.drivers[taker.at].max_families >= size);
        let needed =
            takers.map(|taker| self.least_to_try(taker.at) + self.required[taker.at] + self.minute_cost * taker.drive);
        needed.min().unwrap_or(i64::MAX)
    }

    /// A driver who may take a group, for all that does not depend on what the trip earns.
    fn driver_option(&self, groups: &Groups, group: &Group, at: usize, load: Load) -> Option<DriverOption> {
        let instance = self.instance;
        let access = &self.drivers[at];
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
        let way = |side: usize| ways().map(|(leg, end)| leg[side] + i64::from(end[side])).min().unwrap_or(0);
        let [out, back] = [way(0), way(1)];
        let drive = access.direct.max(out + back);
        let boarding: i64 = group.members.iter().map(|&member| instance.family(groups.requests[member]).boarding).sum();
        let elapsed = |drive: i64| drive + instance.breaks(drive) + boarding;
        let [away, home] = [elapsed(out), elapsed(back)];
        let facts = &instance.slots[groups.slot.at()];
        let duty = away + home + facts.gate_out - facts.gate_in;
        let in_time = access.slacks.iter().any(|slack| away <= slack.before && home <= slack.after)
            && volunteer.max_duty_min.is_none_or(|most| duty <= most.into())
            && volunteer.max_driving_min.is_none_or(|most| drive <= most.into());
        in_time.then_some(DriverOption { at, out, back, drive })
    }

    /// Has a request join the group at hand; returns what it thereby uses of cuts.
    fn join(&mut self, request: usize) -> i64 {
        let Self { cut_units: cuts, cut_sums: summed, prices, rows, .. } = self;
        let mut cost = 0;
        for &(cut, units) in &cuts[request] {
            let (summed, divisor) = (&mut summed[cut as usize], rows.divisor(cut));
            let whole = (*summed + units) / divisor - *summed / divisor;
            *summed += units;
            cost += i64::from(whole) * prices.0[cut as usize];
        }
        cost
    }

    /// Has a request leave it again.
    fn leave(&mut self, request: usize) {
        for &(cut, units) in &self.cut_units[request] {
            self.cut_sums[cut as usize] -= units;
        }
    }

    /// The least surplus that a driver's trip must have to be tried.
    fn least_to_try(&self, at: usize) -> i64 {
        self.left_out[at].least_to_try()
    }

    fn try_drivers(&mut self, groups: &Groups, group: &Group, worth: i64, alone: usize, takers: &[DriverOption]) {
        let instance = self.instance;
        let chaperoned = alone > 0 && self.chaperones_ride;
        let boarding: i64 = group.members.iter().map(|&member| instance.family(groups.requests[member]).boarding).sum();
        let elapsed = |drive: i64| drive + instance.breaks(drive) + boarding;
        let mut promising = 0;
        for &DriverOption { at, out, back, drive } in takers {
            let access = &self.drivers[at];
            if worth - self.minute_cost * drive - self.required[at] < self.least_to_try(at) {
                continue;
            }
            let Some(need) = self.required_of(groups, at, group) else { continue };
            let strange = |chaperone| access.unfamiliarity_cost(instance, groups, group, chaperone) * Prices::SCALE;
            let alone = if chaperoned { 0 } else { strange(None) };
            let surplus = worth - self.minute_cost * drive - need - alone;
            if surplus < self.least_to_try(at) {
                continue;
            }
            let least = need - self.driver_costs[at];
            promising += 1;
            if promising > self.max_drivers {
                self.complete = false;
                break;
            }
            let volunteer = &instance.volunteers[access.driver.at()];
            if !chaperoned {
                self.add_candidate(group, at, None, surplus, least);
                continue;
            }
            let mut escorts = 0;
            for nth in 0..self.chaperones.len() {
                let (price, escort) = self.chaperones[nth];
                let surplus = surplus - (price - self.chaperones[0].0);
                if surplus < self.least_to_try(at) {
                    break;
                }
                let escort = &self.chaperone_accesses[escort];
                if escort.volunteer == access.driver || !group.members.iter().all(|&member| escort.able.has(member)) {
                    continue;
                }
                let home = instance.volunteers[escort.volunteer.at()].home;
                let leg = |from, to| i64::from(instance.travel.at_least(from, to));
                let ends = [leg(volunteer.home, home), leg(home, volunteer.home)];
                let [more_out, more_back] = escort.detours(groups, group, access, ends);
                let longer = (ends[0] + escort.there + escort.back + ends[1]).max(out + more_out + back + more_back);
                let surplus = surplus - self.minute_cost * (longer - drive).max(0) - strange(Some(escort.volunteer));
                let (out, back) = (elapsed(out + more_out), elapsed(back + more_back));
                let in_time = access.slacks.iter().any(|slack| out <= slack.before && back <= slack.after);
                if surplus >= self.least_to_try(at) && in_time {
                    escorts += 1;
                    if escorts > self.max_drivers {
                        self.complete = false;
                        break;
                    }
                    self.add_candidate(group, at, Some(escort.volunteer), surplus, least);
                }
            }
        }
    }

    /// What a trip of a driver with a group must earn, before driving and a chaperone; none if it goes too far.
    fn required_of(&self, groups: &Groups, at: usize, group: &Group) -> Option<i64> {
        let need = self.required[at];
        let Some((metres, most)) = self.drivers[at].metres(self.instance, groups, group) else { return Some(need) };
        if metres > most {
            return None;
        }
        let far = self.required_by_metres[at].as_ref().and_then(|(price, steps)| Some(steps.at(metres)? + price));
        Some(far.map_or(need, |far| far.max(need)))
    }

    /// Notes a trip to be tried, unless it has been.
    fn add_candidate(&mut self, group: &Group, at: usize, chaperone: Option<VolunteerIx>, surplus: i64, least: i64) {
        let chaperone_number = chaperone.map_or(0, |chaperone| number(chaperone.at() + 1));
        let key = TripKey { driver: number(at), node: group.node, chaperone: chaperone_number };
        if self.tried.contains(&key) {
            if self.partly_timed.contains(&key) {
                self.ways_left_out[at] = self.ways_left_out[at].with(surplus);
            }
            return;
        }
        let members = group.members.iter().map(|&member| number(member)).collect();
        let open = &mut self.candidates[at];
        open.push(Candidate { surplus, required: least, key, chaperone, members });
        let most = self.keep.saturating_mul(OPEN);
        if open.len() >= most.saturating_mul(2) {
            open.sort_unstable_by_key(Candidate::rank);
            self.left_out[at] = self.left_out[at].with(open[most].surplus);
            self.truncated = true;
            open.truncate(most);
        }
    }

    /// Tries the most promising trips of each driver until enough are found; the others are left out.
    fn try_candidates(&mut self, groups: &Groups) {
        for at in 0..self.candidates.len() {
            let mut open = std::mem::take(&mut self.candidates[at]);
            open.sort_unstable_by_key(Candidate::rank);
            let mut found = 0;
            for candidate in open {
                let ended = self.work >= self.max_attempts || self.out_of_time();
                if found >= self.keep || ended {
                    self.complete &= !ended;
                    self.truncated = true;
                    self.left_out[at] = self.left_out[at].with(candidate.surplus);
                    break;
                }
                found += self.assemble(groups, at, &candidate);
            }
        }
    }

    /// Tries large groups, of those that cannot be looked at: the largest with each driver for which there is time, and
    /// halves of it.
    fn try_greedy_groups(&mut self, groups: &Groups) {
        for at in 0..self.drivers.len() {
            let insertion = GreedyInsertion {
                instance: self.instance,
                groups,
                access: &self.drivers[at],
                request_values: &self.request_values,
                minute_cost: self.minute_cost,
            };
            let order = insertion.group(MOST_RIDERS);
            // So many go, and so many are too many.
            let (mut fewest, mut most) = (0, order.len() + 1);
            while fewest + 1 < most && !self.out_of_time() {
                let count = if most > order.len() { order.len() } else { fewest.midpoint(most) };
                let mut members: Box<[u32]> = order[..count].iter().map(|&member| number(member)).collect();
                members.sort_unstable();
                if !self.grown.insert((number(at), members.clone())) {
                    break;
                }
                let trips = self.ways(groups, at, None, &members).trips;
                (fewest, most) = if trips.is_empty() { (fewest, count) } else { (count, most) };
                self.trips.extend(trips);
            }
        }
    }

    /// The ways in which a driver, with this chaperone if any, serves a group, given by positions.
    fn ways(&mut self, groups: &Groups, at: usize, chaperone: Option<VolunteerIx>, members: &[u32]) -> Ways {
        self.work += 1;
        let crew = Crew { driver: self.drivers[at].driver, chaperone, slot: groups.slot };
        let mut requests: Vec<RequestIx> = members.iter().map(|&member| groups.requests[member as usize]).collect();
        requests.sort_unstable();
        assemble(self.instance, crew, &requests)
    }

    /// Tries a trip; returns how many ways of making it are worth having.
    fn assemble(&mut self, groups: &Groups, at: usize, candidate: &Candidate) -> usize {
        self.tried.insert(candidate.key);
        let Ways { trips, all } = self.ways(groups, at, candidate.chaperone, &candidate.members);
        if !all {
            self.partly_timed.insert(candidate.key);
            self.ways_left_out[at] = self.ways_left_out[at].with(candidate.surplus);
        }
        let worth = |trip: &&Trip| {
            let bonus: i64 = trip.requests.iter().map(|&request| self.instance.bonus(request)).sum();
            let value =
                self.prices.reduced_cost(trip.net(self.instance) + bonus, &self.rows.coefficients(self.instance, trip));
            value >= candidate.required
        };
        let worthy = trips.iter().filter(worth).count();
        self.trips.extend(trips);
        worthy
    }
}

/// A driver who may take a group.
#[derive(Clone, Copy, Debug)]
struct DriverOption {
    /// The driver's position at the slot.
    at: usize,
    /// Minutes of driving that no trip of theirs with the group undercuts: out, back and altogether.
    out: i64,
    back: i64,
    drive: i64,
}

/// Candidates kept in view for each trip looked for.
const OPEN: usize = 32;

/// A trip to be tried.
#[derive(Clone, Debug)]
struct Candidate {
    /// By how much its value may exceed what it must have.
    surplus: i64,
    /// The value that it must have.
    required: i64,
    key: TripKey,
    chaperone: Option<VolunteerIx>,
    members: Box<[u32]>,
}

impl Candidate {
    /// Their order: the most promising first.
    fn rank(&self) -> (std::cmp::Reverse<i64>, TripKey) {
        (std::cmp::Reverse(self.surplus), self.key)
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
