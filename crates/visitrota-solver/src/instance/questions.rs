//! The simplest questions that facts answer by themselves.

#[cfg(feature = "highs")]
use visitrota_model::Date;
use visitrota_model::{ChildrenAlone, Family, Problem, Request, RequestId, Way};
use visitrota_travel::PlaceIndex;

use super::checks::{CheckIx, Held};
use super::facts::{FamilyFacts, Instance, LockedDay, OptionFacts, RequestFacts, SlotFacts};
use super::index::{DateIx, FamilyIx, Person, RequestIx, RideIx, SlotIx, VolunteerIx};
use super::slack::{Slack, slacks};
use super::windows::WindowLimits;

impl Instance<'_> {
    pub(crate) fn slot_ixs(&self) -> impl Iterator<Item = SlotIx> + use<> {
        (0..self.slots.len()).map(SlotIx::new)
    }

    pub(crate) fn volunteer_ixs(&self) -> impl Iterator<Item = VolunteerIx> + use<> {
        (0..self.volunteers.len()).map(VolunteerIx::new)
    }

    pub(crate) fn ride_ixs(&self) -> impl Iterator<Item = RideIx> + use<> {
        (0..self.rides.len()).map(RideIx::new)
    }

    pub(crate) fn request_ixs(&self) -> impl Iterator<Item = RequestIx> + use<> {
        (0..self.requests.len()).map(RequestIx::new)
    }

    /// The position of a request, if the problem has it.
    pub(crate) fn request_ix(&self, id: &RequestId) -> Option<RequestIx> {
        self.problem.requests.iter().position(|request| request.id == *id).map(RequestIx::new)
    }

    /// The request of a ride.
    pub(crate) fn request(&self, ride: RideIx) -> &RequestFacts {
        &self.requests[self.rides[ride.at()].request.at()]
    }

    /// The family of a ride.
    pub(crate) fn family(&self, ride: RideIx) -> &FamilyFacts {
        &self.families[self.rides[ride.at()].family.at()]
    }

    /// A ride's request and family as the document has them.
    pub(crate) fn documents(&self, ride: RideIx) -> (&Request, &Family) {
        let Problem { requests, families, .. } = self.problem;
        let facts = &self.rides[ride.at()];
        (&requests[facts.request.at()], &families[facts.family.at()])
    }

    /// Where a ride's family is met on its way to or from a slot.
    pub(crate) fn place(&self, ride: RideIx, slot: SlotIx, way: Way) -> PlaceIndex {
        let facts = &self.rides[ride.at()];
        let [out, back] = self.option(ride, slot).map_or(facts.usual_places, |option| option.places);
        match way {
            Way::Out => out,
            Way::Back => back,
        }
    }

    /// Where a ride's family is met on its way to most slots.
    #[cfg(any(feature = "highs", test))]
    pub(crate) fn usual_place(&self, ride: RideIx) -> PlaceIndex {
        self.rides[ride.at()].usual_places[0]
    }

    /// The option of a ride for a slot, if its request asks for it.
    pub(crate) fn option(&self, ride: RideIx, slot: SlotIx) -> Option<&OptionFacts> {
        self.rides[ride.at()].options.iter().find(|option| option.slot == slot)
    }

    /// The slacks that a volunteer's windows allow round the visit of a slot, none of which includes another. None
    /// where they are away (§4.9).
    pub(crate) fn slacks(&self, volunteer: VolunteerIx, slot: SlotIx) -> Vec<Slack> {
        self.slacks_within(volunteer, slot, WindowLimits::ALL)
    }

    /// The same by some of the limits.
    pub(crate) fn slacks_within(&self, volunteer: VolunteerIx, slot: SlotIx, limits: WindowLimits) -> Vec<Slack> {
        let SlotFacts { gate_in, gate_out, .. } = self.slots[slot.at()];
        slacks(self.volunteers[volunteer.at()].windows.within(limits), gate_in, gate_out)
    }

    /// The slacks that a family's windows allow, by some of the limits.
    pub(crate) fn family_slacks_within(&self, ride: RideIx, slot: SlotIx, limits: WindowLimits) -> Vec<Slack> {
        let SlotFacts { gate_in, gate_out, .. } = self.slots[slot.at()];
        slacks(self.family(ride).windows.within(limits), gate_in, gate_out)
    }

    /// §5.3: how many trips may be added for a volunteer on a date.
    pub(crate) fn max_trips_on(&self, volunteer: VolunteerIx, date: DateIx) -> u32 {
        let facts = &self.volunteers[volunteer.at()];
        facts.max_trips_per_day.saturating_sub(self.locked_day(volunteer, date).trips)
    }

    /// The most trips that may be added for a volunteer on any date.
    #[cfg(feature = "highs")]
    pub(crate) fn max_trips_a_day(&self, volunteer: VolunteerIx) -> u32 {
        self.volunteers[volunteer.at()].max_trips_per_day
    }

    /// §5.3: how many minutes from home to home may be added for a driver on a date, if they are limited.
    pub(crate) fn max_duty_on(&self, driver: VolunteerIx, date: DateIx) -> Option<i64> {
        let limit = i64::from(self.volunteers[driver.at()].max_duty_min?);
        Some((limit - self.locked_day(driver, date).duty).max(0))
    }

    /// §5.3: how many minutes of driving may be added for a driver on a date, if they are limited.
    pub(crate) fn max_driving_on(&self, driver: VolunteerIx, date: DateIx) -> Option<i64> {
        let limit = i64::from(self.volunteers[driver.at()].max_driving_min?);
        Some((limit - self.locked_day(driver, date).drive).max(0))
    }

    /// What locked trips take of a volunteer's date (§5.6).
    pub(crate) fn locked_day(&self, volunteer: VolunteerIx, date: DateIx) -> LockedDay {
        self.volunteers[volunteer.at()].locked_days.get(&date).copied().unwrap_or_default()
    }

    /// What locked trips take of a volunteer's week: how many trips, and how many metres as driver.
    pub(crate) fn locked_week(&self, volunteer: VolunteerIx) -> (u32, u64) {
        let days = self.volunteers[volunteer.at()].locked_days.values();
        days.fold((0, 0), |(trips, metres), day| (trips + day.trips, metres + day.metres))
    }

    /// Whether a volunteer is out on a locked trip, turnaround included, at some time of a span (§5.3).
    pub(crate) fn is_taken(&self, volunteer: VolunteerIx, span: (i64, i64)) -> bool {
        self.volunteers[volunteer.at()].windows.is_taken(span)
    }

    /// Whether a volunteer goes on a locked trip on a slot's date.
    pub(crate) fn is_on_locked_trip(&self, volunteer: VolunteerIx, slot: SlotIx) -> bool {
        self.volunteers[volunteer.at()].locked_days.contains_key(&self.slots[slot.at()].date)
    }

    /// §5.6: whether locked trips leave no room for a ride to a slot: its family visits on that date, the prisoner has
    /// a visit at that time, or somebody who is to be kept apart is in the slot.
    pub(crate) fn is_shut_out(&self, ride: RideIx, slot: SlotIx) -> bool {
        let facts = &self.rides[ride.at()];
        let request = &self.requests[facts.request.at()];
        let (visit, date) = (self.slots[slot.at()].visit, self.slots[slot.at()].date);
        let apart = |a: Person, b: Person| self.never_same_slot.contains(&(a.min(b), a.max(b)));
        self.locked.trips.iter().any(|trip| {
            let other = &self.slots[trip.slot.at()];
            let at_once = visit.0 < other.visit.1 && other.visit.0 < visit.1 || trip.slot == slot;
            trip.rides.iter().any(|locked| {
                let prisoner = self.requests[locked.request.at()].prisoner;
                let prisoners = request.prisoner.zip(prisoner).filter(|_| !request.is_locked);
                (locked.family == facts.family && other.date == date)
                    || (trip.slot == slot && apart(Person::Family(facts.family), Person::Family(locked.family)))
                    || prisoners.is_some_and(|(ours, theirs)| {
                        (ours == theirs && at_once)
                            || (trip.slot == slot && apart(Person::Prisoner(ours), Person::Prisoner(theirs)))
                    })
            })
        })
    }

    /// §4.2: whether a family holds `family_requires` and what the slot's prison asks of visitors.
    pub(crate) fn family_holds(&self, family: FamilyIx, slot: SlotIx) -> bool {
        let held = &self.families[family.at()].held;
        let prison = self.visitor_requires.get(self.slots[slot.at()].prison);
        let required = self.family_requires.iter().chain(prison.into_iter().flatten());
        required.copied().all(|check| self.is_held(held, check, slot))
    }

    /// §4.2: whether a volunteer holds `driver_requires` on the slot's date.
    pub(crate) fn holds_driver_checks(&self, volunteer: VolunteerIx, slot: SlotIx) -> bool {
        self.holds(volunteer, &self.driver_requires, slot)
    }

    /// §4.2: whether a volunteer holds `chaperone_requires` on the slot's date.
    pub(crate) fn holds_chaperone_checks(&self, volunteer: VolunteerIx, slot: SlotIx) -> bool {
        self.holds(volunteer, &self.chaperone_requires, slot)
    }

    /// §4.3: whether a volunteer may go with a child-only family, and into the slot's prison with it. It is asked of
    /// drivers and chaperones alike.
    pub(crate) fn may_escort(&self, volunteer: VolunteerIx, slot: SlotIx) -> bool {
        let prison = self.slots[slot.at()].prison;
        self.holds(volunteer, &self.child_only_requires, slot)
            && self.escort_requires.get(prison).is_none_or(|requires| self.holds(volunteer, requires, slot))
    }

    /// §4.2: whether a driver holds what a family needs.
    pub(crate) fn holds_needs(&self, driver: VolunteerIx, family: FamilyIx, slot: SlotIx) -> bool {
        self.holds(driver, &self.families[family.at()].needs, slot)
    }

    fn holds(&self, volunteer: VolunteerIx, checks: &[CheckIx], slot: SlotIx) -> bool {
        let held = &self.volunteers[volunteer.at()].held;
        checks.iter().all(|&check| self.is_held(held, check, slot))
    }

    fn is_held(&self, held: &[Held], check: CheckIx, slot: SlotIx) -> bool {
        match held[check] {
            Held::Not => false,
            Held::Until(last) => self.dates[self.slots[slot.at()].date.at()] <= last,
            Held::Always => true,
        }
    }

    /// §4.1: whether two families are never in one trip.
    pub(crate) fn never_families(&self, a: FamilyIx, b: FamilyIx) -> bool {
        self.never.contains(&(Person::Family(a.min(b)), Person::Family(a.max(b))))
    }

    /// §4.1: whether two volunteers are never in one trip.
    pub(crate) fn never_volunteers(&self, a: VolunteerIx, b: VolunteerIx) -> bool {
        self.never.contains(&(Person::Volunteer(a.min(b)), Person::Volunteer(a.max(b))))
    }

    /// §4.1: whether a volunteer and a family are never in one trip.
    pub(crate) fn never_with(&self, volunteer: VolunteerIx, family: FamilyIx) -> bool {
        self.never.contains(&(Person::Volunteer(volunteer), Person::Family(family)))
    }

    /// §4.3: whether a chaperone rides with child-only families.
    pub(crate) fn chaperone_rides(&self) -> bool {
        self.policy.children_alone == ChildrenAlone::Chaperone
    }

    /// Whether a chaperone rides with these families (§4.3).
    pub(crate) fn needs_chaperone(&self, group: &[RideIx]) -> bool {
        self.chaperone_rides() && group.iter().any(|&ride| self.family(ride).child_only)
    }

    /// §6, load: what one more trip costs a volunteer for whom so many were added this week.
    pub(crate) fn load_step(&self, volunteer: VolunteerIx, made: u32) -> i64 {
        let before = self.volunteers[volunteer.at()].trips_made;
        i64::from(self.policy.weights.load) * (i64::from(before) + i64::from(made))
    }

    /// §4.6: minutes of breaks that fall due before the end of so many minutes of driving, b(D).
    pub(crate) fn breaks(&self, drive: i64) -> i64 {
        let after = i64::from(self.policy.break_after_min);
        if after == 0 || drive <= after {
            return 0;
        }
        (drive.saturating_add(after - 1) / after - 1) * i64::from(self.policy.break_min)
    }

    /// §7: whether a rota document can write this instant.
    pub(crate) fn can_write(&self, instant: i64) -> bool {
        !self.unwritable.iter().any(|&(from, to)| (from..to).contains(&instant))
    }

    /// §7: whether a rota document can write every instant of a span.
    pub(crate) fn can_write_all(&self, from: i64, to: i64) -> bool {
        !self.unwritable.iter().any(|&(start, end)| start <= to && from < end)
    }
}

/// What column generation and search ask besides.
#[cfg(feature = "highs")]
impl Instance<'_> {
    pub(crate) fn date(&self, date: DateIx) -> Date {
        self.dates[date.at()]
    }
}
