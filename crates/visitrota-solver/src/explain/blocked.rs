//! Why a request cannot be served: which rule stops each driver in each slot that it asked for.

use std::collections::BTreeMap;

use visitrota_model::{Reason, Rule};

use crate::instance::Instance;
use crate::instance::index::{RequestIx, SlotIx, VolunteerIx};
use crate::trip::enumerate::some_trip_serves;
use crate::trip::reach::may_take_in_some_trip;
use crate::trip::{self, Crew, binding_time_rule, feasible};

/// The rules that stop a request from being served by any trip, the most frequent first; none if some trip could. `None`
/// where it takes too long to tell, or `stop` says so.
pub(crate) fn blocking_rules(
    instance: &Instance<'_>,
    request: RequestIx,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Reason>> {
    let drivers: Vec<_> =
        instance.volunteer_ixs().filter(|&driver| instance.volunteers[driver.at()].car.is_some()).collect();
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
    reasons.sort_by_key(|&(rule, times)| (std::cmp::Reverse(times), rule));
    Some(reasons.into_iter().map(|(rule, times)| Reason::Blocked { rule, times }).collect())
}

/// Whether a driver could serve a request alone in a slot; the rule that comes nearest to allowing it otherwise.
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
            // Whoever may go, but has no time, is nearer than whoever may not.
            Err(rule) if rule > nearest || nearest == Rule::NoChaperone => nearest = rule,
            Err(_) => {}
        }
    }
    Err(nearest)
}
