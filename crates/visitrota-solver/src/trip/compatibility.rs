//! Compatibility: who may go with whom, and to which slot, as far as it is no question of time (§4.1 to §4.5).

use visitrota_model::{ChildrenAlone, Rule, Way};

use super::Crew;
use super::riders::{rider, widest_slack};
use super::timing::{Task, may_be_in_time};
use crate::instance::index::{FamilyIx, RideIx, SlotIx, VolunteerIx};
use crate::instance::windows::WindowLimits;
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
    } else if !has_trips_left(instance, driver, slot) {
        Err(if instance.is_on_locked_trip(driver, slot) { Rule::Locked } else { Rule::DriverLimits }) // §5.3, §5.6
    } else {
        is_available(instance, driver, slot, Rule::DriverAway)
    }
}

/// §5.3: whether a volunteer may make one more trip in the week, and on the slot's date.
fn has_trips_left(instance: &Instance<'_>, volunteer: VolunteerIx, slot: SlotIx) -> bool {
    let date = instance.slots[slot.at()].date;
    instance.volunteers[volunteer.at()].max_trips > 0 && instance.max_trips_on(volunteer, date) > 0
}

/// Whether a volunteer is available while the visit of a slot lasts, or which rule says that they are not: §4.9 by the
/// rule given, §4.10, §5.6.
fn is_available(instance: &Instance<'_>, volunteer: VolunteerIx, slot: SlotIx, away: Rule) -> Result<(), Rule> {
    let is_out = |limits| instance.slacks_within(volunteer, slot, limits).is_empty();
    if !is_out(WindowLimits::ALL) {
        Ok(())
    } else if is_out(WindowLimits::GIVEN) {
        Err(away)
    } else if is_out(WindowLimits { locked: false, ..WindowLimits::ALL }) {
        Err(Rule::VolunteerHours)
    } else {
        Err(Rule::Locked)
    }
}

/// Whether a volunteer may be the chaperone of a trip to a slot at all: their role and what they hold (§4.2, §4.3),
/// their limits (§5.3) and their windows (§4.9).
pub(crate) fn may_chaperone(instance: &Instance<'_>, chaperone: VolunteerIx, slot: SlotIx) -> Result<(), Rule> {
    let facts = &instance.volunteers[chaperone.at()];
    if !facts.chaperones
        || !has_trips_left(instance, chaperone, slot)
        || !instance.holds_chaperone_checks(chaperone, slot)
        || !instance.may_escort(chaperone, slot)
    {
        Err(Rule::NoChaperone)
    } else {
        is_available(instance, chaperone, slot, Rule::ChaperoneAway)
    }
}

/// Whether a ride's visit may take place in a slot at all, whoever drives: what stops any of the families that make it
/// together stops all of them.
pub(crate) fn may_visit(instance: &Instance<'_>, ride: RideIx, slot: SlotIx) -> Result<(), Rule> {
    let request = instance.request(ride);
    family_may_visit(instance, ride, slot)?;
    if instance.rides[ride.at()].is_joint {
        request.rides.iter().try_for_each(|&other| family_may_visit(instance, other, slot))?;
    }
    admitted(instance, ride, slot)?;
    // A visit of which a locked trip carries a family takes place already.
    if !request.is_locked {
        // §5.2
        if instance.slots[slot.at()].tables == Some(0) {
            return Err(Rule::Tables);
        }
        // §5.5
        if request.prisoner.is_some_and(|prisoner| instance.visits_left[prisoner.at()] == Some(0)) {
            return Err(Rule::PrisonerVisits);
        }
    }
    family_is_available(instance, ride, slot)?;
    if instance.rides[ride.at()].is_joint {
        request.rides.iter().try_for_each(|&other| family_is_available(instance, other, slot))?;
    }
    Ok(())
}

/// §4.9, §4.10: whether a family is available while the visit lasts.
fn family_is_available(instance: &Instance<'_>, ride: RideIx, slot: SlotIx) -> Result<(), Rule> {
    let option = instance.option(ride, slot).ok_or(Rule::NoSlot)?;
    if !option.slacks.is_empty() {
        return Ok(());
    }
    let away = instance.family_slacks_within(ride, slot, WindowLimits::GIVEN).is_empty();
    Err(if away { Rule::FamilyAway } else { Rule::FamilyHours })
}

/// §4.4: the prison's caps on a visit, over all families of the request.
fn admitted(instance: &Instance<'_>, ride: RideIx, slot: SlotIx) -> Result<(), Rule> {
    let problem = instance.problem;
    let Some(prison) = problem.prisons.get(instance.slots[slot.at()].prison) else { return Ok(()) };
    let (mut visitors, mut adults) = (0_usize, 0_usize);
    for family in &instance.request(ride).families {
        let family = &problem.families[family.at()];
        let accompanying_adult = usize::from(family.child_only());
        visitors += family.members.len() + accompanying_adult;
        adults += family.members.iter().filter(|member| member.age >= prison.adult_age).count() + accompanying_adult;
    }
    let within = |people: usize, cap: u32| u32::try_from(people).is_ok_and(|people| people <= cap);
    if within(visitors, prison.max_visitors) && within(adults, prison.max_adults) {
        Ok(())
    } else {
        Err(Rule::VisitorsCap)
    }
}

/// Whether one family may make the visit of a ride in a slot.
fn family_may_visit(instance: &Instance<'_>, ride: RideIx, slot: SlotIx) -> Result<(), Rule> {
    // §4.1: the slot is among the request's options.
    instance.option(ride, slot).ok_or(Rule::NoSlot)?;
    let facts = &instance.rides[ride.at()];
    // §5.4, the pin's slot.
    if facts.pin.and_then(|pin| pin.slot).is_some_and(|pinned| pinned != slot) {
        return Err(Rule::Pinned);
    }
    // §4.2
    if !instance.family_holds(facts.family, slot) {
        return Err(Rule::FamilyLacks);
    }
    // §4.3
    if instance.family(ride).child_only && instance.policy.children_alone == ChildrenAlone::Never {
        return Err(Rule::ChildrenAlone);
    }
    // §5.6
    if instance.is_shut_out(ride, slot) {
        return Err(Rule::Locked);
    }
    Ok(())
}

/// Whether a ride may be with a driver, given that the driver may drive to the slot and the visit may take place in it.
pub(crate) fn may_ride(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx, ride: RideIx) -> Result<(), Rule> {
    let facts = &instance.rides[ride.at()];
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
    fits(instance, driver, &[ride])
}

/// Whether two rides may be in one trip, as far as the two families and the ways between their places decide it: §4.1,
/// and, since one trip goes to one slot, what §5 says of two visits in it; of §4.8 and §4.9 what the monotone test
/// decides.
pub(crate) fn may_share(instance: &Instance<'_>, slot: SlotIx, a: RideIx, b: RideIx) -> bool {
    families_may_share(instance, a, b).is_ok()
        && !instance.visit_rows.exclude_each_other(a, b, slot)
        && [Way::Out, Way::Back].into_iter().all(|way| {
            let riders = [a, b].map(|ride| rider(instance, way, slot, ride, widest_slack(instance, ride, slot)));
            let gate = instance.slots[slot.at()].gate;
            // Whoever drives: the driver lives at the gate here, and has unlimited time.
            may_be_in_time(instance, &Task { way, home: gate, gate, slack: i64::MAX, riders: &riders })
        })
}

/// How many visits of a group have a child-only family: each takes an adult of the scheme into it (§4.3).
pub(crate) fn child_only_visits(instance: &Instance<'_>, group: &[RideIx]) -> usize {
    let child_only = |&ride: &RideIx| instance.family(ride).child_only;
    let request = |ride: RideIx| instance.rides[ride.at()].request;
    let is_first = |&(nth, &ride): &(usize, &RideIx)| {
        !group[..nth].iter().any(|&other| request(other) == request(ride) && child_only(&other))
    };
    group.iter().enumerate().filter(|(_, ride)| child_only(ride)).filter(is_first).count()
}

/// Whether a driver's car takes a group of rides, with the chaperone that it needs: how many families (§4.1), how
/// many visits with child-only ones (§4.3), seats, wheelchair spaces and restraints (§4.5).
pub(crate) fn fits(instance: &Instance<'_>, driver: VolunteerIx, group: &[RideIx]) -> Result<(), Rule> {
    let car = instance.volunteers[driver.at()].car.ok_or(Rule::NotADriver)?;
    let families = || group.iter().map(|&ride| instance.family(ride));
    let mut load = families().fold(Load::default(), |load, family| load.and(family.load));
    let child_only_visits = child_only_visits(instance, group);
    if child_only_visits > 0 && instance.chaperone_rides() {
        load = load.and(Load::ADULT);
    }
    if group.len() > instance.volunteers[driver.at()].max_families as usize {
        Err(Rule::TooManyFamilies) // §4.1
    } else if child_only_visits > if instance.chaperone_rides() { 2 } else { 1 } {
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

/// Whether a crew may serve a group of rides, as far as it is no question of time: §4.1 to §4.5.
pub(super) fn compatible(instance: &Instance<'_>, crew: Crew, group: &[RideIx]) -> Result<(), Rule> {
    let Crew { driver, chaperone, slot } = crew;
    may_drive(instance, driver, slot)?;
    for (at, &ride) in group.iter().enumerate() {
        may_visit(instance, ride, slot)?;
        may_ride(instance, driver, slot, ride)?;
        for &other in &group[..at] {
            families_may_share(instance, ride, other)?;
        }
    }
    fits(instance, driver, group)?;
    let families = || group.iter().map(|&ride| instance.rides[ride.at()].family);
    let needs_chaperone = instance.needs_chaperone(group);
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

/// §4.1, of two families of one trip: those of one request need not share a car otherwise.
fn families_may_share(instance: &Instance<'_>, a: RideIx, b: RideIx) -> Result<(), Rule> {
    let [fa, fb] = [a, b].map(|ride| instance.rides[ride.at()].family);
    let [ra, rb] = [a, b].map(|ride| instance.rides[ride.at()].request);
    if fa == fb || instance.never_families(fa, fb) {
        Err(Rule::NeverTogether)
    } else if ra == rb {
        Ok(())
    } else if [fa, fb].iter().any(|family: &FamilyIx| !instance.families[family.at()].shares_car) {
        Err(Rule::SharesNoCar)
    } else {
        Ok(())
    }
}
