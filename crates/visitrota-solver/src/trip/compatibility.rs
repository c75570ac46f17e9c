//! Compatibility: who may go with whom, and to which slot, as far as it is no question of time (§4.1 to §4.5).

use visitrota_model::{ChildrenAlone, Rule};

use super::Crew;
use super::riders::{rider, widest_slack};
use super::timing::{Direction, Task, may_be_in_time};
use crate::instance::index::{FamilyIx, RequestIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Load};

/// Whether a volunteer may drive to a slot at all: what §4.1, §4.2, §4.9 and §5.3 say of any trip of theirs.
pub(crate) fn may_drive(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx) -> Result<(), Rule> {
    let facts = &instance.volunteers[driver.at()];
    if facts.car.is_none() {
        Err(Rule::NotADriver) // §4.1
    } else if !instance.holds_driver_checks(driver, slot) {
        Err(Rule::DriverLacks) // §4.2
    } else if facts.max_families == 0 {
        Err(Rule::TooManyFamilies) // §4.1
    } else if facts.max_trips == 0 || facts.max_trips_per_day == 0 {
        Err(Rule::DriverLimits) // §5.3
    } else if instance.slacks(driver, slot).is_empty() {
        Err(Rule::DriverAway) // §4.9
    } else {
        Ok(())
    }
}

/// Whether a volunteer may be the chaperone of a trip to a slot at all: their role and what they hold (§4.2, §4.3),
/// their limits (§5.3) and their windows (§4.9).
pub(crate) fn may_chaperone(instance: &Instance<'_>, chaperone: VolunteerIx, slot: SlotIx) -> Result<(), Rule> {
    let facts = &instance.volunteers[chaperone.at()];
    if !facts.chaperones
        || facts.max_trips == 0
        || facts.max_trips_per_day == 0
        || !instance.holds_chaperone_checks(chaperone, slot)
        || !instance.may_escort(chaperone, slot)
    {
        Err(Rule::NoChaperone)
    } else if instance.slacks(chaperone, slot).is_empty() {
        Err(Rule::ChaperoneAway)
    } else {
        Ok(())
    }
}

/// Whether a request may be served in a slot at all, by whatever trip.
pub(crate) fn may_visit(instance: &Instance<'_>, request: RequestIx, slot: SlotIx) -> Result<(), Rule> {
    // §4.1: the slot is among the request's options.
    let option = instance.option(request, slot).ok_or(Rule::NoSlot)?;
    let facts = &instance.requests[request.at()];
    let family = &instance.families[facts.family.at()];
    // §5.4, the pin's slot.
    if facts.pin.and_then(|pin| pin.slot).is_some_and(|pinned| pinned != slot) {
        return Err(Rule::Pinned);
    }
    // §4.3
    if family.child_only && instance.policy.children_alone == ChildrenAlone::Never {
        return Err(Rule::ChildrenAlone);
    }
    // §4.4
    if let Some(prison) = instance.problem.prisons.get(instance.slots[slot.at()].prison) {
        let members = &instance.problem.families[facts.family.at()].members;
        let accompanying_adult = u32::from(family.child_only);
        let adults = members.iter().filter(|member| member.age >= prison.adult_age).count();
        let admitted =
            |people: usize, cap: u32| u32::try_from(people).is_ok_and(|people| people + accompanying_adult <= cap);
        if !admitted(members.len(), prison.max_visitors) || !admitted(adults, prison.max_adults) {
            return Err(Rule::VisitorsCap);
        }
    }
    // §5.2
    if instance.slots[slot.at()].tables == Some(0) {
        return Err(Rule::Tables);
    }
    // §4.9
    if option.slacks.is_empty() {
        return Err(Rule::FamilyAway);
    }
    Ok(())
}

/// Whether a request may ride with a driver, given that the driver may drive to the slot and the request may be served
/// in it.
pub(crate) fn may_ride(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    request: RequestIx,
) -> Result<(), Rule> {
    let facts = &instance.requests[request.at()];
    let family = &instance.families[facts.family.at()];
    // §5.4, the pin's driver.
    if facts.pin.and_then(|pin| pin.driver).is_some_and(|pinned| pinned != driver) {
        return Err(Rule::Pinned);
    }
    // §4.1
    if instance.never_with(driver, facts.family) {
        return Err(Rule::NeverTogether);
    }
    // §4.2, the family's needs; §4.3, what an adult with a child-only family holds.
    if !instance.holds_needs(driver, facts.family, slot) || (family.child_only && !instance.may_escort(driver, slot)) {
        return Err(Rule::DriverLacks);
    }
    fits(instance, driver, &[request])
}

/// Whether two requests may ride together, as far as the two families and the ways between their homes decide it: §4.1,
/// and, since one trip goes to one slot, §5.2's `never-same-slot`; of §4.8 and §4.9 what the monotone test decides.
pub(crate) fn may_share(instance: &Instance<'_>, slot: SlotIx, a: RequestIx, b: RequestIx) -> bool {
    let [fa, fb] = [a, b].map(|request| instance.requests[request.at()].family);
    fa != fb
        && instance.families[fa.at()].shares_car
        && instance.families[fb.at()].shares_car
        && !instance.never_families(fa, fb)
        && !instance.never_same_slot.contains(&(fa.min(fb), fa.max(fb)))
        && [Direction::Out, Direction::Back].into_iter().all(|direction| {
            let riders =
                [a, b].map(|request| rider(instance, direction, slot, request, widest_slack(instance, request, slot)));
            let gate = instance.slots[slot.at()].gate;
            // Whoever drives: the driver lives at the gate here, and has unlimited time.
            may_be_in_time(instance, &Task { direction, home: gate, gate, slack: i64::MAX, riders: &riders })
        })
}

/// Whether a driver's car takes a group of requests, with the chaperone that it needs: how many families (§4.1), how
/// many child-only ones (§4.3), seats, wheelchair spaces and restraints (§4.5).
pub(crate) fn fits(instance: &Instance<'_>, driver: VolunteerIx, group: &[RequestIx]) -> Result<(), Rule> {
    let car = instance.volunteers[driver.at()].car.ok_or(Rule::NotADriver)?;
    let families = || group.iter().map(|&request| instance.family(request));
    let mut load = families().fold(Load::default(), |load, family| load.and(family.load));
    let child_only_families = families().filter(|family| family.child_only).count();
    if child_only_families > 0 && instance.chaperone_rides() {
        load = load.and(Load::ADULT);
    }
    if group.len() > instance.volunteers[driver.at()].max_families as usize {
        Err(Rule::TooManyFamilies) // §4.1
    } else if child_only_families > if instance.chaperone_rides() { 2 } else { 1 } {
        Err(Rule::TooFewAdults) // §4.3
    } else if !load.fits_seats(car) {
        Err(Rule::Seats) // §4.5, as the next two
    } else if !load.fits_wheelchairs(car) {
        Err(Rule::WheelchairSpaces)
    } else if !load.fits_restraints(car) {
        Err(Rule::Restraints)
    } else {
        Ok(())
    }
}

/// Whether a crew may serve a group of requests, as far as it is no question of time: §4.1 to §4.5.
pub(super) fn compatible(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Result<(), Rule> {
    let Crew { driver, chaperone, slot } = crew;
    may_drive(instance, driver, slot)?;
    for (at, &request) in group.iter().enumerate() {
        may_visit(instance, request, slot)?;
        may_ride(instance, driver, slot, request)?;
        for &other in &group[..at] {
            families_may_share(instance, request, other)?;
        }
    }
    fits(instance, driver, group)?;
    let families = || group.iter().map(|&request| instance.requests[request.at()].family);
    let needs_chaperone =
        instance.chaperone_rides() && families().any(|family| instance.families[family.at()].child_only);
    match chaperone {
        // §4.3: a chaperone rides exactly when one is needed.
        Some(_) if !needs_chaperone => return Err(Rule::NoChaperone),
        None if needs_chaperone => return Err(Rule::NoChaperone),
        Some(chaperone) => {
            may_chaperone(instance, chaperone, slot)?;
            // §4.2
            if chaperone == driver {
                return Err(Rule::NoChaperone);
            }
            // §4.1
            if instance.never_volunteers(driver, chaperone)
                || families().any(|family| instance.never_with(chaperone, family))
            {
                return Err(Rule::NeverTogether);
            }
        }
        None => {}
    }
    Ok(())
}

/// §4.1, of two families of one trip.
fn families_may_share(instance: &Instance<'_>, a: RequestIx, b: RequestIx) -> Result<(), Rule> {
    let [fa, fb] = [a, b].map(|request| instance.requests[request.at()].family);
    if fa == fb || instance.never_families(fa, fb) {
        Err(Rule::NeverTogether)
    } else if [fa, fb].iter().any(|family: &FamilyIx| !instance.families[family.at()].shares_car) {
        Err(Rule::SharesNoCar)
    } else {
        Ok(())
    }
}
