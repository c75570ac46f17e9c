//! The position of each id in the problem's lists.

use std::collections::HashMap;

use visitrota_model::Problem;

use super::index::{FamilyIx, Person, PrisonerIx, RequestIx, SlotIx, VolunteerIx};

pub(super) struct Positions<'a> {
    prisons: HashMap<&'a str, usize>,
    prisoners: HashMap<&'a str, usize>,
    slots: HashMap<&'a str, usize>,
    volunteers: HashMap<&'a str, usize>,
    families: HashMap<&'a str, usize>,
    requests: HashMap<&'a str, usize>,
}

impl<'a> Positions<'a> {
    pub(super) fn of(problem: &'a Problem) -> Self {
        let by_id = |ids: &mut dyn Iterator<Item = &'a str>| ids.enumerate().map(|(at, id)| (id, at)).collect();
        Self {
            prisons: by_id(&mut problem.prisons.iter().map(|p| p.id.as_str())),
            prisoners: by_id(&mut problem.prisoners.iter().map(|p| p.id.as_str())),
            slots: by_id(&mut problem.slots.iter().map(|s| s.id.as_str())),
            volunteers: by_id(&mut problem.volunteers.iter().map(|v| v.id.as_str())),
            families: by_id(&mut problem.families.iter().map(|f| f.id.as_str())),
            requests: by_id(&mut problem.requests.iter().map(|r| r.id.as_str())),
        }
    }

    pub(super) fn prison(&self, id: &str) -> Option<usize> {
        self.prisons.get(id).copied()
    }

    pub(super) fn prisoner(&self, id: &str) -> Option<PrisonerIx> {
        self.prisoners.get(id).map(|&at| PrisonerIx::new(at))
    }

    pub(super) fn slot(&self, id: &str) -> Option<SlotIx> {
        self.slots.get(id).map(|&at| SlotIx::new(at))
    }

    pub(super) fn volunteer(&self, id: &str) -> Option<VolunteerIx> {
        self.volunteers.get(id).map(|&at| VolunteerIx::new(at))
    }

    pub(super) fn family(&self, id: &str) -> Option<FamilyIx> {
        self.families.get(id).map(|&at| FamilyIx::new(at))
    }

    pub(super) fn request(&self, id: &str) -> Option<RequestIx> {
        self.requests.get(id).map(|&at| RequestIx::new(at))
    }

    pub(super) fn person(&self, id: &str) -> Option<Person> {
        let volunteer = || self.volunteer(id).map(Person::Volunteer);
        let family = || self.family(id).map(Person::Family);
        volunteer().or_else(family).or_else(|| self.prisoner(id).map(Person::Prisoner))
    }
}
