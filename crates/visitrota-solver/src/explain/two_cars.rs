//! What would have to change for a visit of several households where another car could take some of them as it is.

use super::cars::{are_disjoint, crews};
use super::one_car::{Bounds, Miss, in_one_car};
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx};
use crate::trip::Crew;

/// For each driver, the least that would have to change for them to take one household of a visit to a slot, or all but
/// one, where somebody else could take the others, and that takes less effort than `under`.
pub(super) fn in_two_cars(instance: &Instance<'_>, slot: SlotIx, rides: &[RideIx], under: u64) -> Vec<Miss> {
    let mut found = Vec::new();
    if rides.len() < 2 || under == 0 {
        return found;
    }
    for &one in rides.iter().take_while(|_| !instance.stop.now()) {
        let others: Vec<RideIx> = rides.iter().copied().filter(|&other| other != one).collect();
        let mut part = |going: &[RideIx], left: &[RideIx]| {
            let able = crews(instance, slot, left);
            let beside = |crew: Crew| able.iter().any(|&other| are_disjoint((crew.driver, crew.chaperone), other));
            found.extend(in_one_car(instance, slot, going, &Bounds { under, may_go: &beside }));
        };
        part(&[one], &others);
        if others.len() > 1 {
            part(&others, &[one]);
        }
    }
    found
}
