//! What would have to change for a volunteer to take a request to a slot, time apart (§4.1 to §4.5).

use visitrota_model::{Change, ChildrenAlone, Fitting, Limit, Member, Restraint};

use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};

/// A request's visit in a slot, whoever takes it there.
pub(super) struct SlotVisit<'a> {
    ride: RideIx,
    slot: SlotIx,
    pub(super) child_only: bool,
    members: &'a [Member],
    /// What would have to change whoever takes it (§4.4, §5.2).
    pub(super) changes_for_all: Vec<Change>,
}

impl<'a> SlotVisit<'a> {
    /// None where something is in the way that cannot be changed: a pin (§5.4), or that children alone are not carried
    /// (§4.3).
    pub(super) fn of(instance: &'a Instance<'_>, ride: RideIx, slot: SlotIx) -> Option<Self> {
        let problem = instance.problem;
        let facts = &instance.rides[ride.at()];
        let child_only = instance.family(ride).child_only;
        let members = &problem.families[facts.family.at()].members;
        let pinned_elsewhere = facts.pin.and_then(|pin| pin.slot).is_some_and(|pinned| pinned != slot);
        if pinned_elsewhere || (child_only && instance.policy.children_alone == ChildrenAlone::Never) {
            return None;
        }
        let mut changes_for_all = Vec::new();
        let prison = problem.prisons.get(instance.slots[slot.at()].prison)?;
        let accompanying_adult = u32::from(child_only);
        // §4.4
        let adults = members.iter().filter(|member| member.age >= prison.adult_age).count();
        for (adults, people, was) in [(false, members.len(), prison.max_visitors), (true, adults, prison.max_adults)] {
            let to = u32::try_from(people).ok()? + accompanying_adult;
            if to > was {
                changes_for_all.push(Change::Admit { prison: prison.id.clone(), adults, was, to });
            }
        }
        // §5.2
        if instance.slots[slot.at()].tables == Some(0) {
            changes_for_all.push(Change::Tables { slot: problem.slots[slot.at()].id.clone(), was: 0, to: 1 });
        }
        Some(Self { ride, slot, child_only, members, changes_for_all })
    }

    /// What would have to change for a driver to take it, time apart. None if nothing helps: they do not drive (§4.1),
    /// the request is pinned to another (§5.4), or the two are never in one trip (§4.1).
    pub(super) fn driver_changes(&self, instance: &Instance<'_>, driver: VolunteerIx) -> Option<Vec<Change>> {
        let problem = instance.problem;
        let volunteer = &problem.volunteers[driver.at()];
        let facts = &instance.rides[self.ride.at()];
        let car = volunteer.drives()?;
        let pinned_to_another = facts.pin.and_then(|pin| pin.driver).is_some_and(|pinned| pinned != driver);
        if pinned_to_another || instance.never_with(driver, facts.family) {
            return None;
        }
        let needs = &problem.families[facts.family.at()].needs;
        let mut required: Vec<&String> = problem.policy.driver_requires.iter().chain(needs).collect();
        required.extend(self.escort_requires(instance));
        let mut changes = missing_checks(instance, self.slot, driver, required);
        changes.extend(trip_limit_changes(instance, driver));
        // §4.1
        if volunteer.max_families == 0 {
            let limit = Limit::Families;
            changes.push(Change::Stretch { volunteer: volunteer.id.clone(), limit, was: 0, to: 1 });
        }
        // §4.5
        for fitting in Fitting::ALL {
            let chaperone = u32::from(fitting == Fitting::Seats && self.child_only && instance.chaperone_rides());
            let (was, to) = (fitting.of(car), fittings_used(self.members, fitting) + chaperone);
            if to > was {
                changes.push(Change::Fit { volunteer: volunteer.id.clone(), fitting, was, to });
            }
        }
        Some(changes)
    }

    /// What would have to change for somebody to be its chaperone, time apart. None if nothing helps: they are no
    /// chaperone (§4.2), or never in one trip with the family (§4.1).
    pub(super) fn chaperone_changes(&self, instance: &Instance<'_>, chaperone: VolunteerIx) -> Option<Vec<Change>> {
        let facts = &instance.rides[self.ride.at()];
        if !instance.volunteers[chaperone.at()].chaperones || instance.never_with(chaperone, facts.family) {
            return None;
        }
        let mut required: Vec<&String> = instance.policy.chaperone_requires.iter().collect();
        required.extend(self.escort_requires(instance));
        let mut changes = missing_checks(instance, self.slot, chaperone, required);
        changes.extend(trip_limit_changes(instance, chaperone));
        Some(changes)
    }

    /// §4.3: what driver and chaperone must hold besides to go with a child-only family.
    fn escort_requires<'i>(&self, instance: &'i Instance<'_>) -> Vec<&'i String> {
        if !self.child_only {
            return Vec::new();
        }
        let prison = instance.problem.prisons.get(instance.slots[self.slot.at()].prison);
        let prison = prison.into_iter().flat_map(|prison| &prison.escort_requires);
        instance.policy.child_only_requires.iter().chain(prison).collect()
    }
}

/// §4.2, §4.3: the checks that a volunteer lacks on a slot's date.
fn missing_checks(
    instance: &Instance<'_>,
    slot: SlotIx,
    volunteer: VolunteerIx,
    mut required: Vec<&String>,
) -> Vec<Change> {
    let date = instance.problem.slots[slot.at()].start.date();
    let volunteer = &instance.problem.volunteers[volunteer.at()];
    required.sort_unstable();
    required.dedup();
    let lacks = |what: &&String| !volunteer.holds_on(what, date);
    let held = |what: &String| {
        let held = volunteer.holds.iter().filter(|hold| hold.what == *what);
        held.filter_map(|hold| hold.until).max()
    };
    let hold = |what: &String| Change::Hold {
        volunteer: volunteer.id.clone(),
        what: what.clone(),
        was: held(what),
        until: date,
    };
    required.into_iter().filter(lacks).map(hold).collect()
}

/// §5.3: the limits that let a volunteer make no trip at all.
fn trip_limit_changes(instance: &Instance<'_>, volunteer: VolunteerIx) -> Vec<Change> {
    let volunteer = &instance.problem.volunteers[volunteer.at()];
    let limits = [(Limit::Trips, volunteer.max_trips), (Limit::TripsPerDay, volunteer.max_trips_per_day)];
    let none = limits.into_iter().filter(|(_, limit)| *limit == 0);
    none.map(|(limit, was)| Change::Stretch { volunteer: volunteer.id.clone(), limit, was, to: 1 }).collect()
}

/// §4.5: how many of a car's fittings some people take up.
#[must_use]
pub fn fittings_used(members: &[Member], fitting: Fitting) -> u32 {
    let restraint = |member: &Member, which| !member.own_restraint && member.restraint() == which;
    let takes = |member: &&Member| match fitting {
        Fitting::Seats => !member.wheelchair,
        Fitting::Wheelchair => member.wheelchair,
        Fitting::Infant => restraint(member, Restraint::Infant),
        Fitting::Harness => restraint(member, Restraint::Harness),
        Fitting::Booster => restraint(member, Restraint::Booster),
    };
    u32::try_from(members.iter().filter(takes).count()).unwrap_or(u32::MAX)
}
