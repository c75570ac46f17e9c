//! How near a request is to being possible: for each slot and driver, what would have to change for the driver to take
//! it alone, to the minute.
//!
//! The changes follow from the trip as it would run with no limit of time, in every order of stops. [`super::nearest`]
//! then asks the planner itself whether they are enough.

use visitrota_model::{Change, Problem, RequestId, SlotId, VolunteerId, effort};
use visitrota_travel::TravelTable;

use super::slot_visit::SlotVisit;
use super::time_changes::time_changes;
use crate::instance::Instance;
use crate::instance::index::{RequestIx, RideIx, SlotIx, VolunteerIx};
use crate::trip::{Crew, without_time_limits};

/// A driver, a slot, and what would have to change for the driver to take a request there alone.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// The slot.
    pub slot: SlotId,
    /// The driver.
    pub driver: VolunteerId,
    /// The second adult, if one must ride.
    pub chaperone: Option<VolunteerId>,
    /// What would have to change; nothing where the trip is possible as it is.
    pub changes: Vec<Change>,
    /// How hard that is to bring about.
    pub effort: u64,
}

/// For each slot that a request asks for and each driver, the least that would have to change for the driver to take it
/// alone. The least of all comes first. Drivers whom no such change would help are left out.
#[must_use]
pub fn near_misses(problem: &Problem, travel: &TravelTable, request: &RequestId) -> Vec<NearMiss> {
    let instance = Instance::new(problem, travel);
    let Some(request) = instance.request_ix(request) else { return Vec::new() };
    let Some(&ride) = instance.requests[request.at()].rides.first() else { return Vec::new() };
    let mut found: Vec<NearMiss> = (instance.rides[ride.at()].options.iter())
        .flat_map(|option| in_slot(&instance, ride, option.slot, Vec::new()))
        .collect();
    sort_by_effort(&mut found);
    found
}

pub(super) fn sort_by_effort(found: &mut [NearMiss]) {
    found.sort_by(|a, b| {
        let key = |miss: &NearMiss| (miss.effort, miss.changes.len());
        key(a).cmp(&key(b)).then_with(|| (&a.slot, &a.driver, &a.chaperone).cmp(&(&b.slot, &b.driver, &b.chaperone)))
    });
}

/// The near misses in slots of the same prisons that the request does not ask for. That it ask for them is one of the
/// changes; the others are worked out as if it did.
pub(super) fn in_other_slots(instance: &Instance<'_>, request: RequestIx) -> Vec<NearMiss> {
    let problem = instance.problem;
    let facts = &problem.requests[request.at()];
    let Some(&ride) = instance.requests[request.at()].rides.first() else { return Vec::new() };
    let asked: Vec<SlotIx> = instance.rides[ride.at()].options.iter().map(|option| option.slot).collect();
    let prisons: Vec<usize> = asked.iter().map(|slot| instance.slots[slot.at()].prison).collect();
    let rank = facts.options.iter().map(|option| option.rank + 1).max().unwrap_or(0);
    (instance.slot_ixs())
        .filter(|slot| !asked.contains(slot) && prisons.contains(&instance.slots[slot.at()].prison))
        .flat_map(|slot| {
            let ask = Change::Ask { request: facts.id.clone(), slot: problem.slots[slot.at()].id.clone(), rank };
            in_slot(instance, ride, slot, vec![ask])
        })
        .collect()
}

/// The near miss of each driver in a slot, on top of some changes already given.
fn in_slot(instance: &Instance<'_>, ride: RideIx, slot: SlotIx, given: Vec<Change>) -> Vec<NearMiss> {
    let problem = instance.problem;
    let zone = problem.timezone;
    let Some(visit) = SlotVisit::of(instance, ride, slot) else { return Vec::new() };
    let needs_chaperone = visit.child_only && instance.chaperone_rides();
    let chaperones: Vec<Option<VolunteerIx>> =
        if needs_chaperone { instance.volunteer_ixs().map(Some).collect() } else { vec![None] };
    let chaperones: Vec<_> = chaperones
        .into_iter()
        .filter_map(|chaperone| {
            let needed =
                chaperone.map_or(Some(Vec::new()), |chaperone| visit.chaperone_changes(instance, chaperone))?;
            Some((chaperone, needed))
        })
        .collect();
    let of_driver = |driver: VolunteerIx| {
        let mut needed = given.clone();
        needed.extend(visit.changes_for_all.iter().cloned());
        needed.extend(visit.driver_changes(instance, driver)?);
        let so_far = effort(&needed, zone);
        let mut best: Option<NearMiss> = None;
        for (chaperone, chaperone_changes) in &chaperones {
            let beaten = |effort: u64| best.as_ref().is_some_and(|best| best.effort <= effort);
            let least = so_far + effort(chaperone_changes, zone);
            if chaperone.is_some_and(|chaperone| !may_share_car(instance, driver, chaperone)) || beaten(least) {
                continue;
            }
            let crew = Crew { driver, chaperone: *chaperone, slot };
            let in_time = without_time_limits(instance, crew, &[ride]).into_iter().filter_map(|trip| {
                let changes = time_changes(instance, ride, &trip)?;
                Some((effort(&changes, zone), changes))
            });
            let Some((more, time)) = in_time.min_by_key(|(effort, changes)| (*effort, changes.len())) else { continue };
            if !beaten(least + more) {
                best = Some(NearMiss {
                    slot: problem.slots[slot.at()].id.clone(),
                    driver: problem.volunteers[driver.at()].id.clone(),
                    chaperone: chaperone.map(|chaperone| problem.volunteers[chaperone.at()].id.clone()),
                    changes: needed.iter().chain(chaperone_changes).cloned().chain(time).collect(),
                    effort: least + more,
                });
            }
        }
        best
    };
    instance.volunteer_ixs().filter_map(of_driver).collect()
}

/// Whether a driver and a chaperone may be in one car (§4.1, §4.2).
fn may_share_car(instance: &Instance<'_>, driver: VolunteerIx, chaperone: VolunteerIx) -> bool {
    driver != chaperone && !instance.never_volunteers(driver, chaperone)
}
