//! Who may go with whom, and where to, as far as it is no question of time.

use visitrota_model::{ChildrenAlone, Rule};

use super::Crew;
use super::riders::{rider, widest_slack};
use super::timing::{Direction, Task, may_be_in_time};
use crate::instance::index::{FamilyIx, RequestIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Load};

/// Whether a volunteer may drive to a slot at all.
pub(crate) fn may_drive(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx) -> Result<(), Rule> {
    let facts = &instance.volunteers[driver.at()];
    if facts.car.is_none() {
        Err(Rule::NotADriver)
    } else if !instance.holds_driver_checks(driver, slot) {
        Err(Rule::DriverLacks)
    } else if facts.max_families == 0 {
        Err(Rule::TooManyFamilies)
    } else if facts.max_trips == 0 || facts.max_trips_per_day == 0 {
        Err(Rule::DriverLimits)
    } else if instance.slack(driver, slot).is_empty() {
        Err(Rule::DriverAway)
    } else {
        Ok(())
    }
}

/// Whether a volunteer may be the chaperone of a trip to a slot at all.
pub(crate) fn may_chaperone(instance: &Instance<'_>, chaperone: VolunteerIx, slot: SlotIx) -> Result<(), Rule> {
    let facts = &instance.volunteers[chaperone.at()];
    if !facts.chaperones
        || facts.max_trips == 0
        || facts.max_trips_per_day == 0
        || !instance.holds_chaperone_checks(chaperone, slot)
        || !instance.may_escort(chaperone, slot)
    {
        Err(Rule::NoChaperone)
    } else if instance.slack(chaperone, slot).is_empty() {
        Err(Rule::ChaperoneAway)
    } else {
        Ok(())
    }
}

/// Whether a request may be served in a slot at all.
pub(crate) fn may_visit(instance: &Instance<'_>, request: RequestIx, slot: SlotIx) -> Result<(), Rule> {
    let option = instance.option(request, slot).ok_or(Rule::NoSlot)?;
    let facts = &instance.requests[request.at()];
    let family = &instance.families[facts.family.at()];
    if facts.pin.and_then(|pin| pin.slot).is_some_and(|pinned| pinned != slot) {
        return Err(Rule::Pinned);
    }
    if family.child_only && instance.policy.children_alone == ChildrenAlone::Never {
        return Err(Rule::ChildrenAlone);
    }
    if let Some(prison) = instance.problem.prisons.get(instance.slots[slot.at()].prison) {
        let members = &instance.problem.families[facts.family.at()].members;
        let escort = u32::from(family.child_only);
        let adults = members.iter().filter(|member| member.age >= prison.adult_age).count();
        let over = |people: usize, most: u32| u32::try_from(people).is_ok_and(|people| people + escort <= most);
        if !over(members.len(), prison.max_visitors) || !over(adults, prison.max_adults) {
            return Err(Rule::VisitorsCap);
        }
    }
    if instance.slots[slot.at()].tables == Some(0) {
        return Err(Rule::Tables);
    }
    if option.slack.is_empty() {
        return Err(Rule::FamilyAway);
    }
    Ok(())
}

/// Whether a request may ride with a driver, who may drive to the slot that the request may have.
pub(crate) fn may_ride(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    request: RequestIx,
) -> Result<(), Rule> {
    let facts = &instance.requests[request.at()];
    let family = &instance.families[facts.family.at()];
    if facts.pin.and_then(|pin| pin.driver).is_some_and(|pinned| pinned != driver) {
        return Err(Rule::Pinned);
    }
    if instance.never_with(driver, facts.family) {
        return Err(Rule::NeverTogether);
    }
    if !instance.holds_needs(driver, facts.family, slot) || (family.child_only && !instance.may_escort(driver, slot)) {
        return Err(Rule::DriverLacks);
    }
    fits(instance, driver, &[request])
}

/// Whether two requests may ride together, as far as the two families and the road from their homes decide it.
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
            // With time without end, it does not matter where the driver lives.
            may_be_in_time(instance, &Task { direction, home: gate, gate, slack: i64::MAX, riders: &riders })
        })
}

/// Whether the members of a group, and the chaperone that they need, fit a driver's car.
pub(crate) fn fits(instance: &Instance<'_>, driver: VolunteerIx, group: &[RequestIx]) -> Result<(), Rule> {
    let car = instance.volunteers[driver.at()].car.ok_or(Rule::NotADriver)?;
    let families = || group.iter().map(|&request| instance.family(request));
    let mut load = families().fold(Load::default(), |load, family| load.and(family.load));
    let alone = families().filter(|family| family.child_only).count();
    if alone > 0 && instance.chaperone_rides() {
        load = load.and(Load::ADULT);
    }
    if group.len() > instance.volunteers[driver.at()].max_families as usize {
        Err(Rule::TooManyFamilies)
    } else if alone > if instance.chaperone_rides() { 2 } else { 1 } {
        Err(Rule::TooFewAdults)
    } else if !load.fits_seats(car) {
        Err(Rule::Seats)
    } else if !load.fits_wheelchairs(car) {
        Err(Rule::WheelchairSpaces)
    } else if !load.fits_restraints(car) {
        Err(Rule::Restraints)
    } else {
        Ok(())
    }
}

/// Whether a crew may serve a group of requests, as far as it is no question of time.
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
    let escorted = instance.chaperone_rides() && families().any(|family| instance.families[family.at()].child_only);
    match chaperone {
        Some(_) if !escorted => return Err(Rule::NoChaperone),
        None if escorted => return Err(Rule::NoChaperone),
        Some(chaperone) => {
            may_chaperone(instance, chaperone, slot)?;
            if chaperone == driver {
                return Err(Rule::NoChaperone);
            }
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
