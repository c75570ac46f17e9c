//! How near a request is to being possible: for each slot and driver, what would have to change for the driver to take
//! it without other families, to the minute.
//!
//! The changes follow from the trip as it would run with no limit of time, in every order of stops. [`super::nearest`]
//! then asks the planner itself whether they are enough.

use visitrota_model::{Change, FamilyId, Problem, RequestId, SlotId, VolunteerId, effort};
use visitrota_travel::TravelTable;

use super::case::Case;
use super::meetings::meetings;
use super::one_car::{Bounds, Miss, in_one_car};
use super::two_cars::in_two_cars;
use super::visit_changes::visit_changes;
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::stop::Stop;

/// A driver, a slot, and what would have to change for the driver to take a request there without other families.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// The slot.
    pub slot: SlotId,
    /// The driver.
    pub driver: VolunteerId,
    /// The second adult, if one must ride.
    pub chaperone: Option<VolunteerId>,
    /// Of families who visit together: whom the driver would take, where others could take the rest as it is. Empty
    /// where the driver would take all.
    pub families: Vec<FamilyId>,
    /// What would have to change; nothing where the trip is possible as it is.
    pub changes: Vec<Change>,
    /// How hard that is to bring about.
    pub effort: u64,
}

/// For each slot that a request asks for and each driver, the least that would have to change for the driver to take it.
/// The least of all comes first. Drivers whom no such change would help are left out.
///
/// Families who visit together would ride in one car; or in two, where others could take the one as it is. In slots in
/// which nobody could take them as they are, other places to meet them are thought of too, and that one of several
/// households stays behind, wherever that takes less. Once `stop` says so, those found by then.
#[must_use]
pub fn near_misses(
    problem: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    stop: &(dyn Fn() -> bool + Sync),
) -> Vec<NearMiss> {
    let stop = Stop::when(stop);
    if stop.now() {
        return Vec::new();
    }
    let Some(case) = Case::of(problem, request) else { return Vec::new() };
    let Some(asked) = case.asked() else { return Vec::new() };
    let instance = Instance::within(&case.problem, travel, stop);
    let mut found: Vec<NearMiss> = asked
        .options
        .iter()
        .take_while(|_| !stop.now())
        .flat_map(|option| with_all_means(&case, &instance, &option.slot))
        .collect();
    sort_by_effort(&mut found);
    found
}

pub(super) fn sort_by_effort(found: &mut [NearMiss]) {
    found.sort_by(|a, b| {
        let key = |miss: &NearMiss| (miss.effort, miss.changes.len(), miss.families.len());
        let who = |miss: &NearMiss| (miss.slot.clone(), miss.driver.clone(), miss.chaperone.clone());
        key(a).cmp(&key(b)).then_with(|| who(a).cmp(&who(b)))
    });
}

/// The near misses in slots of the same prisons that the request does not ask for. That it ask for them is one of the
/// changes; the others are worked out as if it did.
pub(super) fn in_other_slots(
    problem: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    stop: Stop<'_>,
) -> Vec<NearMiss> {
    if stop.now() {
        return Vec::new();
    }
    let Some(case) = Case::of(problem, request) else { return Vec::new() };
    let Some(asked) = case.asked() else { return Vec::new() };
    let prisons = problem.slots.iter().filter(|slot| asked.option(&slot.id).is_some()).map(|slot| &slot.prison);
    let prisons: Vec<_> = prisons.collect();
    let rank = asked.options.iter().map(|option| option.rank + 1).max().unwrap_or(0);
    let others =
        problem.slots.iter().filter(|slot| asked.option(&slot.id).is_none() && prisons.contains(&&slot.prison));
    let asks: Vec<Change> =
        others.map(|slot| Change::Ask { request: request.clone(), slot: slot.id.clone(), rank }).collect();
    let Some(case) = case.with(&asks) else { return Vec::new() };
    let instance = Instance::within(&case.problem, travel, stop);
    let in_slot = |ask: &Change| match ask {
        Change::Ask { slot, .. } => in_slot(&case, &instance, slot, std::slice::from_ref(ask), u64::MAX),
        _ => Vec::new(),
    };
    asks.iter().take_while(|_| !stop.now()).flat_map(in_slot).collect()
}

/// The near misses in a slot that is asked for, by whatever means take least.
fn with_all_means(case: &Case, instance: &Instance<'_>, slot: &SlotId) -> Vec<NearMiss> {
    let mut found = in_slot(case, instance, slot, &[], u64::MAX);
    let least = found.iter().map(|miss| miss.effort).min().unwrap_or(u64::MAX);
    if found.iter().any(|miss| miss.changes.is_empty()) {
        return found;
    }
    let mut means = Vec::new();
    if found.iter().all(|miss| miss.changes.iter().any(is_of_time)) {
        means.extend(meetings(case, instance.travel, slot));
    }
    if let Some(request) = case.asked().filter(|request| request.is_joint()) {
        let without = |family: &FamilyId| vec![Change::Without { request: request.id.clone(), family: family.clone() }];
        means.extend(request.families.iter().map(without));
    }
    let means = means.iter().take_while(|_| !instance.stop.now());
    for changes in means.filter(|changes| effort(changes, case.problem.timezone) < least) {
        let Some(case) = case.with(changes) else { continue };
        let instance = Instance::within(&case.problem, instance.travel, instance.stop);
        found.extend(in_slot(&case, &instance, slot, changes, least));
    }
    found
}

/// Whether a change is of somebody's time, or of how far they go.
fn is_of_time(change: &Change) -> bool {
    use visitrota_model::Limit::{Driving, Duty, Kilometres};
    match change {
        Change::Widen { .. } | Change::Free { .. } | Change::Ride { .. } | Change::Hours { .. } => true,
        Change::Stretch { limit, .. } => matches!(limit, Duty | Driving | Kilometres),
        _ => false,
    }
}

/// The near misses in a slot that take less effort than `under`, on top of changes that the case has already.
fn in_slot(case: &Case, instance: &Instance<'_>, slot: &SlotId, given: &[Change], under: u64) -> Vec<NearMiss> {
    let at = case.problem.slots.iter().position(|other| other.id == *slot).map(SlotIx::new);
    let Some((at, request)) = at.zip(instance.request_ix(&case.request)) else { return Vec::new() };
    let Some(for_all) = visit_changes(instance, request, at) else { return Vec::new() };
    let changes = [given, &for_all].concat();
    if for_all.is_empty() {
        return by_driver(instance, at, &instance.requests[request.at()].rides, &changes, under);
    }
    let Some(case) = case.with(&for_all) else { return Vec::new() };
    let instance = Instance::within(&case.problem, instance.travel, instance.stop);
    by_driver(&instance, at, &instance.requests[request.at()].rides, &changes, under)
}

/// The near misses of each driver where the visit itself may take place, on top of changes made already.
fn by_driver(instance: &Instance<'_>, slot: SlotIx, rides: &[RideIx], given: &[Change], under: u64) -> Vec<NearMiss> {
    let problem = instance.problem;
    let id = |volunteer: VolunteerIx| problem.volunteers[volunteer.at()].id.clone();
    let under = under.saturating_sub(effort(given, problem.timezone));
    let in_one = in_one_car(instance, slot, rides, &Bounds { under, may_go: &|_| true });
    // Two cars are worth a thought where they take less than one.
    let least = in_one.iter().map(|miss| effort(&miss.changes, problem.timezone)).min().unwrap_or(under);
    let in_two = in_two_cars(instance, slot, rides, least);
    let near_miss = |Miss { crew, rides, changes }: Miss, takes_all: bool| {
        let families = rides.iter().filter(|_| !takes_all).map(|&ride| instance.documents(ride).1.id.clone());
        let changes = [given, &changes].concat();
        NearMiss {
            slot: problem.slots[slot.at()].id.clone(),
            driver: id(crew.driver),
            chaperone: crew.chaperone.map(id),
            families: families.collect(),
            effort: effort(&changes, problem.timezone),
            changes,
        }
    };
    let in_one: Vec<NearMiss> = in_one.into_iter().map(|miss| near_miss(miss, true)).collect();
    in_one.into_iter().chain(in_two.into_iter().map(|miss| near_miss(miss, false))).collect()
}
