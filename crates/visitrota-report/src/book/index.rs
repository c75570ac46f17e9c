//! What a problem knows by id.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Family, FamilyId, MeetingPoint, MeetingPointId, Prison, PrisonId, Problem, Request, RequestId, Slot, SlotId,
    Volunteer, VolunteerId,
};

/// What the problem knows by id.
#[derive(Clone, Debug)]
pub(super) struct Index<'a> {
    pub(super) prisons: BTreeMap<&'a PrisonId, &'a Prison>,
    pub(super) points: BTreeMap<&'a MeetingPointId, &'a MeetingPoint>,
    /// Who is visited.
    pub(super) prisoners: BTreeSet<&'a str>,
    pub(super) slots: BTreeMap<&'a SlotId, &'a Slot>,
    pub(super) volunteers: BTreeMap<&'a VolunteerId, &'a Volunteer>,
    pub(super) families: BTreeMap<&'a FamilyId, &'a Family>,
    pub(super) requests: BTreeMap<&'a RequestId, &'a Request>,
    /// Names in the problem: people, prisons and meeting points share one space of ids.
    pub(super) names: BTreeMap<&'a str, &'a str>,
}

impl<'a> Index<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let Problem { prisons, meeting_points, prisoners, slots, volunteers, families, requests, .. } = problem;
        Self {
            names: problem.named().collect(),
            prisons: prisons.iter().map(|prison| (&prison.id, prison)).collect(),
            points: meeting_points.iter().map(|point| (&point.id, point)).collect(),
            prisoners: prisoners.iter().map(|prisoner| prisoner.id.as_str()).collect(),
            slots: slots.iter().map(|slot| (&slot.id, slot)).collect(),
            volunteers: volunteers.iter().map(|volunteer| (&volunteer.id, volunteer)).collect(),
            families: families.iter().map(|family| (&family.id, family)).collect(),
            requests: requests.iter().map(|request| (&request.id, request)).collect(),
        }
    }
}
