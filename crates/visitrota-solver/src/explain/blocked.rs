//! Why a request cannot be served: which rule stops each driver in each slot that it asks for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use visitrota_model::{Block, Problem, Reason, RequestId, Rule, VolunteerId};
use visitrota_travel::TravelTable;

use super::cars::{cars_take_alone, some_cars_take};
use crate::instance::index::{RequestIx, RideIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, RequestFacts};
use crate::stop::Stop;
use crate::trip::enumerate::some_trip_serves;
use crate::trip::reach::may_take_in_some_trip;
use crate::trip::{self, Crew, binding_time_rule, feasible};

/// Whether any trips could serve a request, whatever the rest of the rota. True also where that takes too long to
/// decide, or where `stop` says so.
#[must_use]
pub fn servable(
    problem: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    stop: &(dyn Fn() -> bool + Sync),
) -> bool {
    if stop() {
        return true;
    }
    let instance = Instance::within(problem, travel, Stop::when(stop));
    instance
        .request_ix(request)
        .is_some_and(|request| blocking_rules(&instance, request).is_none_or(|rules| rules.is_empty()))
}

/// Whether trips could serve a request without other families.
pub(super) fn servable_alone(problem: &Problem, travel: &TravelTable, request: &RequestId, stop: Stop<'_>) -> bool {
    let instance = Instance::within(problem, travel, stop);
    let Some(request) = instance.request_ix(request) else { return false };
    let facts = &instance.requests[request.at()];
    let slots = slots_of(&instance, facts);
    facts.is_locked || slots.iter().any(|&slot| cars_take_alone(&instance, slot, &facts.rides) == Some(true))
}

/// Which rule stops which drivers from serving a request without other families, slot by slot in the order in which it
/// asks for them. In each slot the rule that stops the most drivers comes first.
///
/// Of families who visit together, it is told what stops drivers from taking the one that nobody could take; or where
/// somebody could take each, from taking all of them. Once `stop` says so, anything may be missing.
#[must_use]
pub fn blocked(
    problem: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    stop: &(dyn Fn() -> bool + Sync),
) -> Vec<Block> {
    if stop() {
        return Vec::new();
    }
    let instance = Instance::within(problem, travel, Stop::when(stop));
    let Some(request) = instance.request_ix(request) else { return Vec::new() };
    let facts = &instance.requests[request.at()];
    if facts.is_locked {
        return Vec::new();
    }
    let drivers = drivers(&instance);
    let options = slots_of(&instance, facts);
    if options.is_empty() {
        return vec![Block::new(None, Rule::NoSlot, Vec::new())];
    }
    let mut found = Vec::new();
    for option in options.into_iter().take_while(|_| !instance.stop.now()) {
        let slot = Some(problem.slots[option.at()].id.clone());
        if drivers.is_empty() {
            found.push(Block::new(slot, Rule::NotADriver, Vec::new()));
            continue;
        }
        let mut by_rule: BTreeMap<Rule, Vec<VolunteerId>> = BTreeMap::new();
        for (driver, rule) in stopped(&instance, facts, &drivers, option) {
            by_rule.entry(rule).or_default().push(problem.volunteers[driver.at()].id.clone());
        }
        let mut in_slot: Vec<_> =
            by_rule.into_iter().map(|(rule, volunteers)| Block::new(slot.clone(), rule, volunteers)).collect();
        in_slot.sort_by_key(|block| (Reverse(block.volunteers.len()), block.rule));
        found.extend(in_slot);
    }
    found
}

/// The drivers whom a rule stops from taking a request to a slot, each with the rule.
fn stopped(
    instance: &Instance<'_>,
    request: &RequestFacts,
    drivers: &[VolunteerIx],
    slot: SlotIx,
) -> Vec<(VolunteerIx, Rule)> {
    let rules = |group: &[RideIx]| -> Vec<(VolunteerIx, Rule)> {
        let rule = |&driver: &VolunteerIx| Some((driver, serves_alone(instance, driver, slot, group).err()?));
        drivers.iter().take_while(|_| !instance.stop.now()).filter_map(rule).collect()
    };
    if let [_, _, ..] = *request.rides {
        let of_each = request.rides.iter().map(|&ride| rules(&[ride]));
        if let Some(stopped) = of_each.into_iter().find(|stopped| stopped.len() == drivers.len()) {
            return stopped;
        }
    }
    rules(&request.rides)
}

/// The slots that a request asks for.
fn slots_of(instance: &Instance<'_>, request: &RequestFacts) -> Vec<SlotIx> {
    let first = request.rides.first();
    first.map_or_else(Vec::new, |ride| instance.rides[ride.at()].options.iter().map(|option| option.slot).collect())
}

/// The rules that stop a request from being served by any trips, the most frequent first; none if trips could serve it.
/// `None` where that takes too long to decide, or where planning must end.
pub(crate) fn blocking_rules(instance: &Instance<'_>, request: RequestIx) -> Option<Vec<Reason>> {
    instance.stop.check().ok()?;
    let (facts, drivers) = (&instance.requests[request.at()], drivers(instance));
    let slots = slots_of(instance, facts);
    let serves = |&driver: &VolunteerIx, slot| serves_alone(instance, driver, slot, &facts.rides).is_ok();
    let one_car =
        |&slot: &SlotIx| drivers.iter().take_while(|_| !instance.stop.now()).any(|driver| serves(driver, slot));
    if facts.is_locked || slots.iter().any(one_car) {
        return Some(Vec::new());
    }
    let mut counts: BTreeMap<Rule, u32> = BTreeMap::new();
    if slots.is_empty() {
        counts.insert(Rule::NoSlot, 0);
    } else if drivers.is_empty() {
        counts.insert(Rule::NotADriver, 0);
    } else if some_trips_serve(instance, facts, &slots)? {
        return Some(Vec::new());
    }
    let slots = slots.iter().take_while(|_| !instance.stop.now());
    for (_, rule) in slots.flat_map(|&slot| stopped(instance, facts, &drivers, slot)) {
        *counts.entry(rule).or_default() += 1;
    }
    instance.stop.check().ok()?;
    let mut reasons: Vec<_> = counts.into_iter().collect();
    reasons.sort_by_key(|&(rule, times)| (Reverse(times), rule));
    Some(reasons.into_iter().map(|(rule, times)| Reason::Blocked { rule, times }).collect())
}

/// Whether in some slot there are trips for all of a request's rides, in whatever company.
fn some_trips_serve(instance: &Instance<'_>, request: &RequestFacts, slots: &[SlotIx]) -> Option<bool> {
    if let [ride] = *request.rides {
        return some_trip_serves(instance, ride, slots);
    }
    let mut decided = true;
    for &slot in slots {
        match some_cars_take(instance, slot, &request.rides) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => decided = false,
        }
    }
    decided.then_some(false)
}

fn drivers(instance: &Instance<'_>) -> Vec<VolunteerIx> {
    instance.volunteer_ixs().filter(|&driver| instance.volunteers[driver.at()].car.is_some()).collect()
}

/// Whether a driver could take some rides of one visit to a slot without other families. If not, the rule that stops
/// it; where a chaperone must ride, the rule of the chaperone who comes nearest.
pub(super) fn serves_alone(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    group: &[RideIx],
) -> Result<(), Rule> {
    for &ride in group {
        trip::may_visit(instance, ride, slot)?;
    }
    let crew = Crew { driver, chaperone: None, slot };
    if !instance.needs_chaperone(group) {
        return feasible(instance, crew, group);
    }
    trip::may_drive(instance, driver, slot)?;
    for &ride in group {
        trip::may_ride(instance, driver, slot, ride)?;
    }
    trip::fits(instance, driver, group)?;
    if !group.iter().all(|&ride| may_take_in_some_trip(instance, driver, slot, ride)) {
        return Err(binding_time_rule(instance, crew, group));
    }
    let mut nearest = Rule::NoChaperone;
    for chaperone in instance.volunteer_ixs().take_while(|_| !instance.stop.now()) {
        match feasible(instance, Crew { chaperone: Some(chaperone), ..crew }, group) {
            Ok(()) => return Ok(()),
            // Rules are in order: who may go but has no time comes nearer than who may not go.
            Err(rule) if rule > nearest || nearest == Rule::NoChaperone => nearest = rule,
            Err(_) => {}
        }
    }
    Err(nearest)
}
