//! The requests that a rota leaves unmet, with reasons.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Problem, Reason, RequestId, Unmet};
use visitrota_travel::TravelTable;

use crate::explain::blocked::blocking_rules;
use crate::instance::Instance;
use crate::instance::index::RequestIx;
use crate::stop::Stop;
use crate::trip::Trip;

/// The requests that no trip could serve, whatever the rest of the rota, with the rules that stop them. Once `stop` says
/// so, those found by then.
#[must_use]
pub fn unservable(problem: &Problem, travel: &TravelTable, stop: &(dyn Fn() -> bool + Sync)) -> Vec<Unmet> {
    let instance = Instance::within(problem, travel, Stop::when(stop));
    let reasons = instance.request_ixs().map(|request| blocking_rules(&instance, request).unwrap_or_default());
    (problem.requests.iter().zip(reasons))
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(request, reasons)| Unmet::new(request.id.clone(), reasons))
        .collect()
}

/// The requests that the chosen trips leave unmet, in the problem's order. They have reasons where it is known how many
/// trips could serve each request, and as long as planning need not end.
pub(super) fn unmet(
    problem: &Problem,
    instance: &Instance<'_>,
    trips_serving: Option<&[u64]>,
    chosen: &[&Trip],
) -> Vec<Unmet> {
    let served = chosen.iter().flat_map(|trip| trip.rides.iter()).map(|ride| instance.rides[ride.at()].request);
    let served: BTreeSet<RequestIx> = served.collect();
    let is_unmet = |request: &RequestIx| !served.contains(request) && !instance.requests[request.at()].is_locked;
    // Of families who visit together, the one that the fewest trips carry.
    let fewest = |request: RequestIx, trips_serving: &[u64]| {
        let rides = instance.requests[request.at()].rides.iter();
        rides.map(|ride| trips_serving[ride.at()]).min().unwrap_or(0)
    };
    // Each of them may have trips, and all of them none to one slot.
    let no_common_slot = |request: RequestIx| {
        let is_joint = instance.requests[request.at()].rides.len() > 1;
        is_joint.then(|| blocking_rules(instance, request)).flatten().filter(|rules| !rules.is_empty())
    };
    let reasons = |request: RequestIx| match trips_serving.map(|trips_serving| fewest(request, trips_serving)) {
        None => Vec::new(),
        Some(0) => match blocking_rules(instance, request) {
            Some(rules) if rules.is_empty() => vec![Reason::CostsTooMuch],
            rules => rules.unwrap_or_default(),
        },
        Some(trips) => match no_common_slot(request) {
            Some(rules) => rules,
            None => vec![Reason::LostToCompetition { trips }],
        },
    };
    let mut by_id: BTreeMap<_, _> = instance
        .request_ixs()
        .filter(is_unmet)
        .map(|request| (&instance.problem.requests[request.at()].id, reasons(request)))
        .collect();
    let unmet = |id: &RequestId| Some(Unmet::new(id.clone(), by_id.remove(id)?));
    problem.requests.iter().map(|request| &request.id).filter_map(unmet).collect()
}
