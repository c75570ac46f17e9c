//! The candidates of pricing at a slot: trips whose optimistic reduced cost is high enough. The most promising are
//! evaluated exactly first; of the others, the best bound is kept.

use std::cmp::Reverse;

use super::greedy_groups::GreedyInsertion;
use super::groups::{Group, Groups};
use super::query::PricingQuery;
use super::slot::{TriedTrips, TripKey};
use super::slot_values::SlotValues;
use crate::column_generation::left_out::LeftOut;
use crate::instance::index::{RideIx, VolunteerIx};
use crate::stop::Stop;
use crate::trip::timing::MAX_RIDERS;
use crate::trip::{Crew, FoundTrips, Trip, assemble};

/// The trips to be tried at a slot, and what came of those tried.
pub(super) struct Candidates<'a> {
    values: &'a SlotValues<'a>,
    tried: &'a mut TriedTrips,
    /// How many trips of each driver are enough.
    keep: usize,
    max_attempts: u64,
    stop: Stop<'a>,
    /// For each driver, the trips to be tried.
    by_driver: Vec<Vec<Candidate>>,
    /// For each driver, what is left out of the trips looked at so far.
    pub(super) left_out: Vec<LeftOut>,
    /// For each driver, what trips that were tried may be worth if made in other ways than those found.
    pub(super) orders_left_out: Vec<LeftOut>,
    /// Whether none was left out because time or attempts ran out.
    pub(super) complete: bool,
    /// Whether more would be found if more were kept.
    pub(super) truncated: bool,
    pub(super) trips: Vec<Trip>,
    /// How many trips were tried.
    pub(super) work: u64,
}

/// A trip that may be worth having.
pub(super) struct PossibleTrip<'a> {
    /// The driver's position at the slot.
    pub(super) position: usize,
    pub(super) group: &'a Group,
    pub(super) chaperone: Option<VolunteerIx>,
    /// An upper bound on the surplus of its reduced cost over the required one.
    pub(super) surplus: i64,
    /// The required reduced cost.
    pub(super) required: i64,
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
    /// The rides, by position.
    members: Box<[u32]>,
}

impl Candidate {
    /// Their order: the most promising first.
    fn rank(&self) -> (Reverse<i64>, TripKey) {
        (Reverse(self.surplus), self.key)
    }
}

impl<'a> Candidates<'a> {
    /// How many candidates of a driver are kept in view for each trip that is enough: several, since many fail when
    /// they are timed, but not all, for the memory that they take.
    const CANDIDATES_PER_TRIP: usize = 32;

    pub(super) fn new(values: &'a SlotValues<'a>, tried: &'a mut TriedTrips, query: PricingQuery<'a>) -> Self {
        let drivers = values.access.drivers.len();
        Self {
            values,
            tried,
            keep: query.scope.keep,
            max_attempts: query.max_attempts,
            stop: values.instance.stop,
            by_driver: vec![Vec::new(); drivers],
            left_out: vec![LeftOut::NOTHING; drivers],
            orders_left_out: vec![LeftOut::NOTHING; drivers],
            complete: true,
            truncated: false,
            trips: Vec::new(),
            work: 0,
        }
    }

    pub(super) fn out_of_time(&self) -> bool {
        self.stop.now()
    }

    /// The threshold on the surplus from which a driver's trip must still be tried.
    pub(super) fn min_surplus_to_try(&self, position: usize) -> i64 {
        self.left_out[position].min_surplus_to_try()
    }

    /// Adds a trip to those to be tried, unless it has been.
    pub(super) fn add(&mut self, trip: &PossibleTrip<'_>) {
        let &PossibleTrip { position, group, chaperone, surplus, required } = trip;
        let chaperone_number = chaperone.map_or(0, |chaperone| number(chaperone.at() + 1));
        let key = TripKey { driver: number(position), node: group.node, chaperone: chaperone_number };
        if self.tried.tried.contains(&key) {
            if self.tried.partly_timed.contains(&key) {
                self.orders_left_out[position] = self.orders_left_out[position].with(surplus);
            }
            return;
        }
        let members = group.members.iter().map(|&member| number(member)).collect();
        let candidates = &mut self.by_driver[position];
        candidates.push(Candidate { surplus, required, key, chaperone, members });
        let in_view = self.keep.saturating_mul(Self::CANDIDATES_PER_TRIP);
        if candidates.len() >= in_view.saturating_mul(2) {
            candidates.sort_unstable_by_key(Candidate::rank);
            self.left_out[position] = self.left_out[position].with(candidates[in_view].surplus);
            self.truncated = true;
            candidates.truncate(in_view);
        }
    }

    /// Tries the most promising trips of each driver until enough are found; the others are left out.
    pub(super) fn try_all(&mut self, groups: &Groups) {
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
        let FoundTrips { trips, complete } = self.ways(groups, position, candidate.chaperone, &candidate.members);
        if !complete {
            self.tried.partly_timed.insert(candidate.key);
            self.orders_left_out[position] = self.orders_left_out[position].with(candidate.surplus);
        }
        let worth_having = |trip: &&Trip| self.values.reduced_cost(trip) >= candidate.required;
        let found = trips.iter().filter(worth_having).count();
        self.trips.extend(trips);
        found
    }

    /// Tries large groups where there are too many to look at: for each driver, as many rides of a greedy group as
    /// time allows for, by bisection.
    pub(super) fn try_greedy_groups(&mut self, groups: &Groups) {
        for position in 0..self.values.access.drivers.len() {
            let insertion = GreedyInsertion {
                instance: self.values.instance,
                groups,
                access: &self.values.access.drivers[position],
                ride_values: &self.values.ride_values,
                minute_cost: self.values.minute_cost,
            };
            let order = insertion.group(MAX_RIDERS);
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
    fn ways(
        &mut self,
        groups: &Groups,
        position: usize,
        chaperone: Option<VolunteerIx>,
        members: &[u32],
    ) -> FoundTrips {
        self.work += 1;
        let crew = Crew { driver: self.values.access.drivers[position].driver, chaperone, slot: groups.slot };
        let mut rides: Vec<RideIx> = members.iter().map(|&member| groups.rides[member as usize]).collect();
        rides.sort_unstable();
        assemble(self.values.instance, crew, &rides)
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
