//! Everything of a problem by its id.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use crate::id::SlotId;
use crate::nearest::likely;
use crate::problem::{Family, Prison, Problem, Request, Slot, Volunteer};

/// Everything of a problem by its id; of those that share an id, the first.
pub(super) struct Index<'a> {
    pub(super) prisons: HashMap<&'a str, &'a Prison>,
    pub(super) slots: HashMap<&'a str, &'a Slot>,
    pub(super) volunteers: HashMap<&'a str, &'a Volunteer>,
    pub(super) families: HashMap<&'a str, &'a Family>,
    pub(super) requests: HashMap<&'a str, &'a Request>,
    /// The families that ask for a visit.
    pub(super) asking: HashSet<&'a str>,
    /// How many more ids are compared with all others to find the one meant: it takes long, and where hundreds are
    /// unknown the cause is another.
    hints_left: Cell<u32>,
}

impl<'a> Index<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        fn by_id<'a, T>(items: &'a [T], id: impl Fn(&'a T) -> &'a str) -> HashMap<&'a str, &'a T> {
            items.iter().rev().map(|item| (id(item), item)).collect()
        }
        Self {
            prisons: by_id(&problem.prisons, |prison| prison.id.as_str()),
            slots: by_id(&problem.slots, |slot| slot.id.as_str()),
            volunteers: by_id(&problem.volunteers, |volunteer| volunteer.id.as_str()),
            families: by_id(&problem.families, |family| family.id.as_str()),
            requests: by_id(&problem.requests, |request| request.id.as_str()),
            asking: problem.requests.iter().flat_map(|request| &request.families).map(|id| id.as_str()).collect(),
            hints_left: Cell::new(200),
        }
    }

    pub(super) fn slot(&self, id: &SlotId) -> Option<&'a Slot> {
        self.slots.get(id.as_str()).copied()
    }

    pub(super) fn prison_of(&self, slot: &Slot) -> Option<&'a Prison> {
        self.prisons.get(slot.prison.as_str()).copied()
    }

    /// The families of a request, as far as the problem has them.
    pub(super) fn families_of<'s>(&'s self, request: &'a Request) -> impl Iterator<Item = &'a Family> + use<'a, 's> {
        request.families.iter().filter_map(|id| self.families.get(id.as_str()).copied())
    }

    /// The families that ask for a visit, with their positions.
    pub(super) fn asking<'s>(
        &'s self,
        problem: &'a Problem,
    ) -> impl Iterator<Item = (usize, &'a Family)> + use<'a, 's> {
        problem.families.iter().enumerate().filter(|(_, family)| self.asking.contains(family.id.as_str()))
    }

    /// The known id that was likely meant by an unknown one.
    pub(super) fn meant(&self, id: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let left = self.hints_left.get().checked_sub(1)?;
        self.hints_left.set(left);
        likely(id, known)
    }
}
