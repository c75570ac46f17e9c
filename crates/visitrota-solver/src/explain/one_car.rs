//! What would have to change for one car to take families of one visit to a slot.

use visitrota_model::{Change, effort};

use super::party::Party;
use super::time_changes::time_changes;
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::trip::{Crew, without_time_limits};

/// Who would take families, and what would have to change.
pub(super) struct Miss {
    pub(super) crew: Crew,
    pub(super) rides: Vec<RideIx>,
    pub(super) changes: Vec<Change>,
}

/// Which ways of taking families are looked at.
pub(super) struct Bounds<'a> {
    /// Those that take less effort than this.
    pub(super) under: u64,
    /// Those with a crew that may go.
    pub(super) may_go: &'a dyn Fn(Crew) -> bool,
}

/// For each driver, the least that would have to change for them to take some rides together to a slot, within some
/// bounds. Drivers whom no change would help are left out.
pub(super) fn in_one_car(instance: &Instance<'_>, slot: SlotIx, rides: &[RideIx], bounds: &Bounds<'_>) -> Vec<Miss> {
    let Some(party) = Party::of(instance, slot, rides) else { return Vec::new() };
    let chaperones: Vec<Option<VolunteerIx>> =
        if party.escorted { instance.volunteer_ixs().map(Some).collect() } else { vec![None] };
    let needed = |chaperone: Option<VolunteerIx>| match chaperone {
        Some(chaperone) => Some((Some(chaperone), party.chaperone_changes(chaperone)?)),
        None => Some((None, Vec::new())),
    };
    let chaperones: Vec<(Option<VolunteerIx>, Vec<Change>)> = chaperones.into_iter().filter_map(needed).collect();
    let drivers = instance.volunteer_ixs().take_while(|_| !instance.stop.now());
    drivers.filter_map(|driver| of_driver(&party, driver, &chaperones, bounds)).collect()
}

/// The least that would have to change for a driver, with any of some chaperones and what would have to change for each.
fn of_driver(
    party: &Party<'_>,
    driver: VolunteerIx,
    chaperones: &[(Option<VolunteerIx>, Vec<Change>)],
    bounds: &Bounds<'_>,
) -> Option<Miss> {
    let instance = party.instance;
    let zone = instance.problem.timezone;
    let needed = party.driver_changes(driver)?;
    let so_far = effort(&needed, zone);
    let mut best: Option<(u64, Miss)> = None;
    for (chaperone, of_chaperone) in chaperones.iter().take_while(|_| !instance.stop.now()) {
        let crew = Crew { driver, chaperone: *chaperone, slot: party.slot };
        let beaten = |effort: u64| best.as_ref().map_or(bounds.under, |(best, _)| *best) <= effort;
        let least = so_far + effort(of_chaperone, zone);
        if chaperone.is_some_and(|chaperone| !may_share_car(instance, driver, chaperone))
            || !(bounds.may_go)(crew)
            || beaten(least)
        {
            continue;
        }
        let in_time = without_time_limits(instance, crew, party.rides).into_iter().filter_map(|trip| {
            let changes = time_changes(instance, &trip)?;
            Some((effort(&changes, zone), changes))
        });
        let Some((more, time)) = in_time.min_by_key(|(effort, changes)| (*effort, changes.len())) else { continue };
        if !beaten(least + more) {
            let changes = needed.iter().chain(of_chaperone).cloned().chain(time).collect();
            best = Some((least + more, Miss { crew, rides: party.rides.to_vec(), changes }));
        }
    }
    best.map(|(_, miss)| miss)
}

/// Whether a driver and a chaperone may be in one car (§4.1, §4.2).
fn may_share_car(instance: &Instance<'_>, driver: VolunteerIx, chaperone: VolunteerIx) -> bool {
    driver != chaperone && !instance.never_volunteers(driver, chaperone)
}
