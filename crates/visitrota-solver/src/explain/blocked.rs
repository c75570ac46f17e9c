//! Why a request cannot be served: which rule stops each driver in each slot that it asks for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use visitrota_model::{Block, Problem, Reason, RequestId, Rule, VolunteerId};
use visitrota_travel::TravelTable;

use crate::instance::index::{RequestIx, RideIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, RequestFacts};
use crate::trip::enumerate::some_trip_serves;
use crate::trip::reach::may_take_in_some_trip;
use crate::trip::{self, Crew, binding_time_rule, feasible};

/// Whether any trip could serve a request, whatever the rest of the rota. True also where that takes too long to
/// decide.
#[must_use]
pub fn servable(problem: &Problem, travel: &TravelTable, request: &RequestId) -> bool {
    let instance = Instance::new(problem, travel);
    instance
        .request_ix(request)
        .is_some_and(|request| blocking_rules(&instance, request, &|| false).is_none_or(|rules| rules.is_empty()))
}

/// Which rule stops which drivers from serving a request alone, slot by slot in the order in which it asks for them. In
/// each slot the rule that stops the most drivers comes first.
#[must_use]
pub fn blocked(problem: &Problem, travel: &TravelTable, request: &RequestId) -> Vec<Block> {
    let instance = Instance::new(problem, travel);
    let Some(request) = instance.request_ix(request) else { return Vec::new() };
    let facts = &instance.requests[request.at()];
    if facts.is_locked {
        return Vec::new();
    }
    let drivers = drivers(&instance);
    let options = slots_of(&instance, request);
    if options.is_empty() {
        return vec![Block { slot: None, rule: Rule::NoSlot, volunteers: Vec::new() }];
    }
    let mut found = Vec::new();
    for option in options {
        let slot = Some(problem.slots[option.at()].id.clone());
        if drivers.is_empty() {
            found.push(Block { slot, rule: Rule::NotADriver, volunteers: Vec::new() });
            continue;
        }
        let mut by_rule: BTreeMap<Rule, Vec<VolunteerId>> = BTreeMap::new();
        // Of families who visit together, the first that nobody can take.
        let stops_all =
            |ride: &&RideIx| drivers.iter().all(|&driver| serves_alone(&instance, driver, option, **ride).is_err());
        let ride = facts.rides.iter().find(stops_all).or(facts.rides.first());
        for (&driver, &ride) in drivers.iter().flat_map(|driver| ride.map(|ride| (driver, ride))) {
            if let Err(rule) = serves_alone(&instance, driver, option, ride) {
                by_rule.entry(rule).or_default().push(problem.volunteers[driver.at()].id.clone());
            }
        }
        let mut in_slot: Vec<_> =
            by_rule.into_iter().map(|(rule, volunteers)| Block { slot: slot.clone(), rule, volunteers }).collect();
        in_slot.sort_by_key(|block| (Reverse(block.volunteers.len()), block.rule));
        found.extend(in_slot);
    }
    found
}

/// The slots that a request asks for.
fn slots_of(instance: &Instance<'_>, request: RequestIx) -> Vec<SlotIx> {
    let first = instance.requests[request.at()].rides.first();
    first.map_or_else(Vec::new, |ride| instance.rides[ride.at()].options.iter().map(|option| option.slot).collect())
}

/// The rules that stop a request from being served by any trips, the most frequent first; none if trips could serve it.
/// `None` where that takes too long to decide, or where `stop` says so.
pub(crate) fn blocking_rules(
    instance: &Instance<'_>,
    request: RequestIx,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Reason>> {
    let (facts, drivers) = (&instance.requests[request.at()], drivers(instance));
    if facts.is_locked {
        return Some(Vec::new());
    }
    let slots = slots_of(instance, request);
    let mut counts: BTreeMap<Rule, u32> = BTreeMap::new();
    for &slot in &slots {
        let mut stopped = false;
        for &ride in &facts.rides {
            let mut rules: BTreeMap<Rule, u32> = BTreeMap::new();
            let mut taken = false;
            for &driver in &drivers {
                match serves_alone(instance, driver, slot, ride) {
                    Ok(()) => {
                        taken = true;
                        break;
                    }
                    Err(rule) => *rules.entry(rule).or_default() += 1,
                }
            }
            if !taken {
                stopped = true;
                rules.into_iter().for_each(|(rule, times)| *counts.entry(rule).or_default() += times);
            }
        }
        if !stopped {
            return Some(Vec::new());
        }
    }
    if slots.is_empty() {
        counts.insert(Rule::NoSlot, 0);
    } else if drivers.is_empty() {
        counts.insert(Rule::NotADriver, 0);
    } else if some_trips_serve(instance, facts, &slots, stop)? {
        return Some(Vec::new());
    }
    let mut reasons: Vec<_> = counts.into_iter().collect();
    reasons.sort_by_key(|&(rule, times)| (Reverse(times), rule));
    Some(reasons.into_iter().map(|(rule, times)| Reason::Blocked { rule, times }).collect())
}

/// Whether in some slot there is a trip for each of a request's rides, in whatever company.
fn some_trips_serve(
    instance: &Instance<'_>,
    request: &RequestFacts,
    slots: &[SlotIx],
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<bool> {
    if let [ride] = *request.rides {
        return some_trip_serves(instance, ride, slots, stop);
    }
    let mut decided = true;
    for &slot in slots {
        let serves = request.rides.iter().map(|&ride| some_trip_serves(instance, ride, &[slot], stop));
        let serves: Vec<_> = serves.collect();
        if serves.iter().all(|serves| *serves == Some(true)) {
            return Some(true);
        }
        decided &= serves.contains(&Some(false));
    }
    decided.then_some(false)
}

fn drivers(instance: &Instance<'_>) -> Vec<VolunteerIx> {
    instance.volunteer_ixs().filter(|&driver| instance.volunteers[driver.at()].car.is_some()).collect()
}

/// Whether a driver could take a ride alone to a slot. If not, the rule that stops it; where a chaperone must ride,
/// the rule of the chaperone who comes nearest.
pub(crate) fn serves_alone(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    ride: RideIx,
) -> Result<(), Rule> {
    trip::may_visit(instance, ride, slot)?;
    let crew = Crew { driver, chaperone: None, slot };
    if !(instance.chaperone_rides() && instance.family(ride).child_only) {
        return feasible(instance, crew, &[ride]);
    }
    trip::may_drive(instance, driver, slot)?;
    trip::may_ride(instance, driver, slot, ride)?;
    if !may_take_in_some_trip(instance, driver, slot, ride) {
        return Err(binding_time_rule(instance, crew, &[ride]));
    }
    let mut nearest = Rule::NoChaperone;
    for chaperone in instance.volunteer_ixs() {
        match feasible(instance, Crew { chaperone: Some(chaperone), ..crew }, &[ride]) {
            Ok(()) => return Ok(()),
            // Rules are in order: who may go but has no time comes nearer than who may not go.
            Err(rule) if rule > nearest || nearest == Rule::NoChaperone => nearest = rule,
            Err(_) => {}
        }
    }
    Err(nearest)
}
