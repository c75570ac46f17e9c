//! The simplest questions that facts answer by themselves.

#[cfg(feature = "highs")]
use visitrota_model::Date;
use visitrota_model::{ChildrenAlone, PlaceId, RequestId};
use visitrota_travel::PlaceIndex;

use super::checks::{CheckIx, Held};
use super::facts::{FamilyFacts, Instance, OptionFacts, Person, SlotFacts};
#[cfg(feature = "highs")]
use super::index::DateIx;
use super::index::{FamilyIx, RequestIx, SlotIx, VolunteerIx};
use super::slack::{Slack, slacks};

impl Instance<'_> {
    pub(crate) fn slot_ixs(&self) -> impl Iterator<Item = SlotIx> + use<> {
        (0..self.slots.len()).map(SlotIx::new)
    }

    pub(crate) fn volunteer_ixs(&self) -> impl Iterator<Item = VolunteerIx> + use<> {
        (0..self.volunteers.len()).map(VolunteerIx::new)
    }

    pub(crate) fn request_ixs(&self) -> impl Iterator<Item = RequestIx> + use<> {
        (0..self.requests.len()).map(RequestIx::new)
    }

    /// The position of a request, if the problem has it.
    pub(crate) fn request_ix(&self, id: &RequestId) -> Option<RequestIx> {
        self.problem.requests.iter().position(|request| request.id == *id).map(RequestIx::new)
    }

    /// The id of a place.
    pub(crate) fn place_id(&self, place: PlaceIndex) -> PlaceId {
        self.places.get(&place).cloned().unwrap_or_default()
    }

    /// The family of a request.
    pub(crate) fn family(&self, request: RequestIx) -> &FamilyFacts {
        &self.families[self.requests[request.at()].family.at()]
    }

    /// §6: what a rota that meets no published visit loses by it. Each of their options has its part of that as points.
    pub(crate) fn promised_points(&self) -> i64 {
        let entries: usize = self.requests.iter().map(|request| request.announced.len()).sum();
        i64::from(self.policy.weights.drop_published) * i64::try_from(entries).unwrap_or(i64::MAX)
    }

    /// The option of a request for a slot, if it asked for it.
    pub(crate) fn option(&self, request: RequestIx, slot: SlotIx) -> Option<&OptionFacts> {
        self.requests[request.at()].options.iter().find(|option| option.slot == slot)
    }

    /// The slacks that a volunteer's windows allow round the visit of a slot, none of which includes another. None
    /// where they are away (§4.9).
    pub(crate) fn slacks(&self, volunteer: VolunteerIx, slot: SlotIx) -> Vec<Slack> {
        let SlotFacts { gate_in, gate_out, .. } = self.slots[slot.at()];
        slacks(&self.volunteers[volunteer.at()].windows, gate_in, gate_out)
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
        let date = self.dates[self.slots[slot.at()].date.at()];
        let held = &self.volunteers[volunteer.at()].held;
        checks.iter().all(|&check| match held[check] {
            Held::Not => false,
            Held::Until(last) => date <= last,
            Held::Always => true,
        })
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

    /// §6, load: what one more trip costs a volunteer who has made so many this week.
    pub(crate) fn load_step(&self, volunteer: VolunteerIx, made: u32) -> i64 {
        let recent = self.volunteers[volunteer.at()].recent_trips;
        i64::from(self.policy.weights.load) * (i64::from(recent) + i64::from(made))
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

    /// §5.2: whether two families never visit in the same slot.
    pub(crate) fn never_in_one_slot(&self, a: FamilyIx, b: FamilyIx) -> bool {
        !self.never_same_slot.is_empty() && self.never_same_slot.contains(&(a.min(b), a.max(b)))
    }
}
