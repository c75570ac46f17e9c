//! Why a request cannot be served: which rule stops each driver in each slot that it asks for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use visitrota_model::{Block, Problem, Reason, RequestId, Rule, VolunteerId};
use visitrota_travel::TravelTable;

use crate::instance::Instance;
use crate::instance::index::{RequestIx, SlotIx, VolunteerIx};
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
    let drivers = drivers(&instance);
    let options = &instance.requests[request.at()].options;
    if options.is_empty() {
        return vec![Block { slot: None, rule: Rule::NoSlot, volunteers: Vec::new() }];
    }
    let mut found = Vec::new();
    for option in options {
        let slot = Some(problem.slots[option.slot.at()].id.clone());
        if drivers.is_empty() {
            found.push(Block { slot, rule: Rule::NotADriver, volunteers: Vec::new() });
            continue;
        }
        let mut by_rule: BTreeMap<Rule, Vec<VolunteerId>> = BTreeMap::new();
        for &driver in &drivers {
            if let Err(rule) = serves_alone(&instance, driver, option.slot, request) {
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

/// The rules that stop a request from being served by any trip, the most frequent first; none if some trip could serve
/// it. `None` where that takes too long to decide, or where `stop` says so.
pub(crate) fn blocking_rules(
    instance: &Instance<'_>,
    request: RequestIx,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Reason>> {
    let drivers = drivers(instance);
    let mut counts: BTreeMap<Rule, u32> = BTreeMap::new();
    for option in &instance.requests[request.at()].options {
        for &driver in &drivers {
            match serves_alone(instance, driver, option.slot, request) {
                Ok(()) => return Some(Vec::new()),
                Err(rule) => *counts.entry(rule).or_default() += 1,
            }
        }
    }
    if instance.requests[request.at()].options.is_empty() {
        counts.insert(Rule::NoSlot, 0);
    } else if drivers.is_empty() {
        counts.insert(Rule::NotADriver, 0);
    } else if some_trip_serves(instance, request, stop)? {
        return Some(Vec::new());
    }
    let mut reasons: Vec<_> = counts.into_iter().collect();
    reasons.sort_by_key(|&(rule, times)| (Reverse(times), rule));
    Some(reasons.into_iter().map(|(rule, times)| Reason::Blocked { rule, times }).collect())
}

fn drivers(instance: &Instance<'_>) -> Vec<VolunteerIx> {
    instance.volunteer_ixs().filter(|&driver| instance.volunteers[driver.at()].car.is_some()).collect()
}

/// Whether a driver could serve a request alone in a slot. If not, the rule that stops it; where a chaperone must ride,
/// the rule of the chaperone who comes nearest.
pub(crate) fn serves_alone(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    request: RequestIx,
) -> Result<(), Rule> {
    trip::may_visit(instance, request, slot)?;
    let crew = Crew { driver, chaperone: None, slot };
    if !(instance.chaperone_rides() && instance.family(request).child_only) {
        return feasible(instance, crew, &[request]);
    }
    trip::may_drive(instance, driver, slot)?;
    trip::may_ride(instance, driver, slot, request)?;
    if !may_take_in_some_trip(instance, driver, slot, request) {
        return Err(binding_time_rule(instance, crew, &[request]));
    }
    let mut nearest = Rule::NoChaperone;
    for chaperone in instance.volunteer_ixs() {
        match feasible(instance, Crew { chaperone: Some(chaperone), ..crew }, &[request]) {
            Ok(()) => return Ok(()),
            // Rules are in order: who may go but has no time comes nearer than who may not go.
            Err(rule) if rule > nearest || nearest == Rule::NoChaperone => nearest = rule,
            Err(_) => {}
        }
    }
    Err(nearest)
}
