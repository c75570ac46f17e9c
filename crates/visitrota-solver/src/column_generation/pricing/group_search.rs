//! The pricing problem of a slot at given prices: a search through the tree of groups, and the trips that it tries.
//!
//! Branch and bound over the tree of groups: a branch is cut off when its completion bound, what its rides could
//! still add, does not reach what any driver left requires. Trips that pass are candidates, and the most promising are
//! tried first, as labels are treated in the order of their bounds (S. Irnich and G. Desaulniers, Shortest path
//! problems with resource constraints, in: Column Generation, Springer 2005).

use super::candidates::{Candidates, PossibleTrip};
use super::groups::{Group, Groups};
use super::query::{PricingQuery, PricingResult};
use super::slot::SlotSubproblem;
use super::slot_values::{ChaperoneCost, DriverOption, SlotValues, boarding_minutes};
use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::prices::Prices;
use crate::instance::{Instance, Load};
use crate::trip::timing::MAX_RIDERS;

impl SlotSubproblem {
    /// Looks for trips not tried before that are worth having; what is left out is given for each of the slot's
    /// drivers.
    pub(super) fn search(
        &mut self,
        instance: &Instance<'_>,
        rows: &LinkingRows,
        query: PricingQuery<'_>,
    ) -> PricingResult {
        if instance.stop.now() {
            // Of this, nobody asks what is left out.
            return PricingResult::default();
        }
        if query.opening.is_some_and(|opening| !opening.slots[self.access.slot.at()]) {
            // Whoever opens up a part does not ask what is left out of the rest.
            let nothing = vec![LeftOut::NOTHING; self.access.drivers.len()];
            return PricingResult { left_out: nothing.clone(), left_out_of_all: nothing, ..PricingResult::default() };
        }
        let (largest, max_rides) = (self.max_group_size(instance), query.scope.max_rides.min(MAX_RIDERS));
        let values = SlotValues::new(instance, rows, query, &self.groups, &self.access);
        let mut search = GroupSearch {
            values: &values,
            candidates: Candidates::new(&values, &mut self.tried, query),
            cut_sums: vec![0; query.prices.0.len()],
            max_drivers: query.scope.max_drivers,
            max_rides: largest.min(max_rides),
            max_tables: instance.slots[self.access.slot.at()].tables.map_or(usize::MAX, |tables| tables as usize),
            complete: largest <= max_rides,
            tree_truncated: false,
        };
        let expanded_before = self.groups.expanded_count();
        let root = PartialGroup {
            group: &self.groups.root(),
            value: 0,
            load: Load::default(),
            child_only_visits: 0,
            tables: 0,
            drivers: &values.driver_options(),
        };
        search.search_larger(&mut self.groups, &root);
        let GroupSearch { mut candidates, tree_truncated, complete, .. } = search;
        candidates.try_all(&self.groups);
        if tree_truncated {
            candidates.try_greedy_groups(&self.groups);
        }
        let complete = complete && candidates.complete;
        let left_out: Vec<LeftOut> =
            candidates.left_out.iter().zip(&candidates.orders_left_out).map(|(a, b)| *a.max(b)).collect();
        PricingResult {
            left_out_of_all: if complete { left_out.clone() } else { values.left_out_of_all() },
            left_out,
            complete,
            truncated: candidates.truncated,
            work: candidates.work + (self.groups.expanded_count() - expanded_before) as u64,
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
    max_rides: usize,
    /// How many tables the slot has.
    max_tables: usize,
    /// Whether nothing was left out by size, driver or chaperone, or because time ran out.
    complete: bool,
    /// Whether there were too many groups to look at.
    tree_truncated: bool,
}

/// A group that the search has come to: the label of a node.
#[derive(Clone, Copy)]
struct PartialGroup<'a> {
    group: &'a Group,
    /// The value of its rides less the price of their cuts.
    value: i64,
    load: Load,
    /// How many of its visits have a family without an adult.
    child_only_visits: usize,
    /// How many tables its visits take.
    tables: usize,
    /// The drivers who may take it.
    drivers: &'a [DriverOption],
}

impl GroupSearch<'_> {
    /// Looks at the groups that are larger by one ride, and at those larger still while they are promising.
    fn search_larger(&mut self, groups: &mut Groups, parent: &PartialGroup<'_>) {
        let values = self.values;
        let at_capacity = groups.at_capacity(parent.group);
        self.tree_truncated |= at_capacity;
        if at_capacity || self.candidates.out_of_time() {
            self.complete = false;
            return;
        }
        for group in groups.larger(values.instance, parent.group) {
            let Some(&last) = group.members.last() else { continue };
            let load = parent.load.and(groups.loads[last]);
            let takes_adult = groups.takes_an_adult(&parent.group.members, last);
            let child_only_visits = parent.child_only_visits + usize::from(takes_adult);
            let tables = parent.tables + usize::from(groups.at_table.has(last));
            if child_only_visits > if values.chaperones_ride { 2 } else { 1 } || tables > self.max_tables {
                continue;
            }
            let chaperoned = child_only_visits > 0 && values.chaperones_ride;
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
            let value = parent.value + values.ride_values[last] - self.add_to_cuts(last);
            let mut optimistic_value = value - chaperone_cost;
            if optimistic_value >= self.least_required(&drivers, size) {
                let partial = PartialGroup {
                    group: &group,
                    value: optimistic_value,
                    load,
                    child_only_visits,
                    tables,
                    drivers: &drivers,
                };
                self.add_candidates(groups, &partial);
            }
            let extensions = values.by_value.iter().filter(|&&at| group.extensions.has(at));
            let promising = extensions.take(self.max_rides - size).zip(size + 1..).any(|(&at, size)| {
                optimistic_value += values.ride_values[at];
                optimistic_value >= self.least_required(&drivers, size)
            });
            if promising {
                let partial = PartialGroup { group: &group, value, load, child_only_visits, tables, drivers: &drivers };
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
            candidates.min_surplus_to_try(position) + values.required[position] + values.minute_cost * drive
        };
        let takes_as_many = |option: &&DriverOption| values.access.drivers[option.position].max_families >= size;
        drivers.iter().filter(takes_as_many).map(required).min().unwrap_or(i64::MAX)
    }

    /// Adds a ride to the group at hand; returns the price of the units of cuts that it thereby uses.
    ///
    /// A cut's coefficient is the sum of units divided and rounded down, so it depends on who else is in the group, as
    /// the state of a subset-row cut does in a label (M. Jepsen et al., Operations Research 56, 2008).
    fn add_to_cuts(&mut self, ride: usize) -> i64 {
        let SlotValues { cut_units, prices, rows, .. } = self.values;
        let mut price = 0;
        for &(cut, units) in &cut_units[ride] {
            let (sum, divisor) = (&mut self.cut_sums[cut as usize], rows.divisor(cut));
            let whole_units = (*sum + units) / divisor - *sum / divisor;
            *sum += units;
            price += i64::from(whole_units) * prices.0[cut as usize];
        }
        price
    }

    /// Removes a ride from the group at hand.
    fn remove_from_cuts(&mut self, ride: usize) {
        for &(cut, units) in &self.values.cut_units[ride] {
            self.cut_sums[cut as usize] -= units;
        }
    }

    /// Adds the trips of a group to the candidates, with each driver who may take it; the group's value is net of the
    /// cheapest chaperone's cost if it needs one.
    fn add_candidates(&mut self, groups: &Groups, partial: &PartialGroup<'_>) {
        let &PartialGroup { group, value, child_only_visits, drivers, .. } = partial;
        let values = self.values;
        let chaperoned = child_only_visits > 0 && values.chaperones_ride;
        let mut promising = 0;
        for option in drivers {
            let position = option.position;
            let net_value = value - values.minute_cost * option.drive;
            if net_value - values.required[position] < self.candidates.min_surplus_to_try(position) {
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
            if trip.surplus < self.candidates.min_surplus_to_try(position) {
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

    /// Adds a driver's trip to the candidates with each chaperone who may go with it. The surplus of `trip` is that
    /// with the cheapest chaperone, wherever they live.
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
            if surplus < self.candidates.min_surplus_to_try(position) {
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
            if surplus >= self.candidates.min_surplus_to_try(position) && in_time {
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
