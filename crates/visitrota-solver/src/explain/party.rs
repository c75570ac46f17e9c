//! What would have to change for volunteers to take families to a slot, time apart (§4.1 to §4.5, §5.3).

use visitrota_model::{Change, Family, Fitting, Limit, Member, Restraint};

use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};

/// Families of one visit who ride to a slot in one car.
pub(super) struct Party<'a> {
    pub(super) instance: &'a Instance<'a>,
    pub(super) slot: SlotIx,
    pub(super) rides: &'a [RideIx],
    /// Whether a chaperone goes with them (§4.3).
    pub(super) escorted: bool,
    child_only: bool,
    members: Vec<Member>,
}

impl<'a> Party<'a> {
    /// None where two of them are never in one trip (§4.1).
    pub(super) fn of(instance: &'a Instance<'a>, slot: SlotIx, rides: &'a [RideIx]) -> Option<Self> {
        let family = |ride: &RideIx| instance.rides[ride.at()].family;
        let apart = |a: &RideIx| rides.iter().any(|b| instance.never_families(family(a), family(b)));
        if rides.is_empty() || rides.iter().any(apart) {
            return None;
        }
        let child_only = rides.iter().any(|&ride| instance.family(ride).child_only);
        let members = rides.iter().flat_map(|&ride| instance.documents(ride).1.members.iter().copied()).collect();
        Some(Self { instance, slot, rides, escorted: child_only && instance.chaperone_rides(), child_only, members })
    }

    fn families(&self) -> impl Iterator<Item = &'a Family> {
        self.rides.iter().map(|&ride| self.instance.documents(ride).1)
    }

    /// What would have to change for a driver to take them, time apart. None if nothing helps: they do not drive
    /// (§4.1), a family is pinned to another (§5.4), or never in one trip with them (§4.1).
    pub(super) fn driver_changes(&self, driver: VolunteerIx) -> Option<Vec<Change>> {
        let instance = self.instance;
        let problem = instance.problem;
        let volunteer = &problem.volunteers[driver.at()];
        let car = volunteer.drives()?;
        for ride in self.rides {
            let facts = &instance.rides[ride.at()];
            let pinned_to_another = facts.pin.and_then(|pin| pin.driver).is_some_and(|pinned| pinned != driver);
            if pinned_to_another || instance.never_with(driver, facts.family) {
                return None;
            }
        }
        let needs = self.families().flat_map(|family| &family.needs);
        let mut required: Vec<&String> = problem.policy.driver_requires.iter().chain(needs).collect();
        required.extend(self.escort_requires());
        let mut changes = self.missing_checks(driver, required);
        changes.extend(self.trip_limit_changes(driver));
        // §4.1
        let families = u32::try_from(self.rides.len()).ok()?;
        if volunteer.max_families < families {
            let (limit, was) = (Limit::Families, volunteer.max_families);
            changes.push(Change::Stretch { volunteer: volunteer.id.clone(), limit, was, to: families });
        }
        // §4.5
        for fitting in Fitting::ALL {
            let chaperone = u32::from(fitting == Fitting::Seats && self.escorted);
            let (was, to) = (fitting.of(car), fittings_used(&self.members, fitting) + chaperone);
            if to > was {
                changes.push(Change::Fit { volunteer: volunteer.id.clone(), fitting, was, to });
            }
        }
        Some(changes)
    }

    /// What would have to change for somebody to be their chaperone, time apart. None if nothing helps: they are no
    /// chaperone (§4.2), or never in one trip with a family (§4.1).
    pub(super) fn chaperone_changes(&self, chaperone: VolunteerIx) -> Option<Vec<Change>> {
        let instance = self.instance;
        let apart = |ride: &RideIx| instance.never_with(chaperone, instance.rides[ride.at()].family);
        if !instance.volunteers[chaperone.at()].chaperones || self.rides.iter().any(apart) {
            return None;
        }
        let mut required: Vec<&String> = instance.policy.chaperone_requires.iter().collect();
        required.extend(self.escort_requires());
        let mut changes = self.missing_checks(chaperone, required);
        changes.extend(self.trip_limit_changes(chaperone));
        Some(changes)
    }

    /// §4.3: what driver and chaperone must hold besides to go with a child-only family.
    fn escort_requires(&self) -> Vec<&'a String> {
        if !self.child_only {
            return Vec::new();
        }
        let instance = self.instance;
        let prison = instance.problem.prisons.get(instance.slots[self.slot.at()].prison);
        let prison = prison.into_iter().flat_map(|prison| &prison.escort_requires);
        instance.policy.child_only_requires.iter().chain(prison).collect()
    }

    /// §4.2, §4.3: the checks that a volunteer lacks on the slot's date.
    fn missing_checks(&self, volunteer: VolunteerIx, mut required: Vec<&String>) -> Vec<Change> {
        let problem = self.instance.problem;
        let date = problem.slots[self.slot.at()].start.date();
        let volunteer = &problem.volunteers[volunteer.at()];
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

    /// §5.3: the limits that let a volunteer make no trip, or none beside those that are locked.
    fn trip_limit_changes(&self, volunteer: VolunteerIx) -> Vec<Change> {
        let (trips, _) = self.instance.locked_week(volunteer);
        let trips_on_date = self.instance.locked_day(volunteer, self.instance.slots[self.slot.at()].date).trips;
        let volunteer = &self.instance.problem.volunteers[volunteer.at()];
        let limits = [
            (Limit::Trips, volunteer.max_trips, trips + 1),
            (Limit::TripsPerDay, volunteer.max_trips_per_day, trips_on_date + 1),
        ];
        let stretch = |(limit, was, to)| Change::Stretch { volunteer: volunteer.id.clone(), limit, was, to };
        limits.into_iter().filter(|(_, was, to)| was < to).map(stretch).collect()
    }
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
