//! Everything of a problem by its id.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use crate::id::{PlaceId, SlotId};
use crate::nearest::likely;
use crate::problem::{Family, MeetingPoint, Prison, Prisoner, Problem, Request, Slot, Volunteer, Way};
use crate::rota::Trip;

/// Everything of a problem by its id; of those that share an id, the first.
pub(super) struct Index<'a> {
    pub(super) prisons: HashMap<&'a str, &'a Prison>,
    pub(super) points: HashMap<&'a str, &'a MeetingPoint>,
    pub(super) prisoners: HashMap<&'a str, &'a Prisoner>,
    pub(super) slots: HashMap<&'a str, &'a Slot>,
    pub(super) volunteers: HashMap<&'a str, &'a Volunteer>,
    pub(super) families: HashMap<&'a str, &'a Family>,
    pub(super) requests: HashMap<&'a str, &'a Request>,
    /// The families that ask for a visit.
    pub(super) asking: HashSet<&'a str>,
    /// The trips that are locked, by the requests that they carry.
    pub(super) locked: HashMap<&'a str, Vec<&'a Trip>>,
    /// How many more ids are compared with all others to find the one meant: it takes long, and where hundreds are
    /// unknown the cause is another.
    hints_left: Cell<u32>,
}

impl<'a> Index<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        fn by_id<'a, T>(items: &'a [T], id: impl Fn(&'a T) -> &'a str) -> HashMap<&'a str, &'a T> {
            items.iter().rev().map(|item| (id(item), item)).collect()
        }
        let mut locked: HashMap<&str, Vec<&Trip>> = HashMap::new();
        for trip in &problem.locked {
            for request in &trip.requests {
                locked.entry(request.as_str()).or_default().push(trip);
            }
        }
        Self {
            prisons: by_id(&problem.prisons, |prison| prison.id.as_str()),
            points: by_id(&problem.meeting_points, |point| point.id.as_str()),
            prisoners: by_id(&problem.prisoners, |prisoner| prisoner.id.as_str()),
            slots: by_id(&problem.slots, |slot| slot.id.as_str()),
            volunteers: by_id(&problem.volunteers, |volunteer| volunteer.id.as_str()),
            families: by_id(&problem.families, |family| family.id.as_str()),
            requests: by_id(&problem.requests, |request| request.id.as_str()),
            asking: problem.requests.iter().flat_map(|request| &request.families).map(|id| id.as_str()).collect(),
            locked,
            hints_left: Cell::new(200),
        }
    }

    pub(super) fn slot(&self, id: &SlotId) -> Option<&'a Slot> {
        self.slots.get(id.as_str()).copied()
    }

    pub(super) fn prison_of(&self, slot: &Slot) -> Option<&'a Prison> {
        self.prisons.get(slot.prison.as_str()).copied()
    }

    /// Whether an id stands in the space that places and people share.
    pub(super) fn is_place_or_prisoner(&self, id: &str) -> bool {
        self.prisons.contains_key(id)
            || self.points.contains_key(id)
            || self.prisoners.contains_key(id)
            || self.volunteers.contains_key(id)
            || self.families.contains_key(id)
    }

    /// Whether a locked trip carries a family of a request.
    pub(super) fn is_locked(&self, request: &Request) -> bool {
        self.locked.contains_key(request.id.as_str())
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

    /// The homes and meeting points where some family is met for some slot.
    pub(super) fn met(&self, problem: &'a Problem) -> HashSet<PlaceId> {
        let mut met = HashSet::new();
        for request in &problem.requests {
            for family in self.families_of(request) {
                for option in &request.options {
                    let place = |way| request.meeting_place(Some(option), family, way).place(&family.id);
                    met.extend([Way::Out, Way::Back].map(place));
                }
            }
        }
        met
    }

    /// The known id that was likely meant by an unknown one.
    pub(super) fn meant(&self, id: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let left = self.hints_left.get().checked_sub(1)?;
        self.hints_left.set(left);
        likely(id, known)
    }
}

/// The path of a family that a request names.
pub(super) fn family_path(n: usize, request: &Request, k: usize) -> String {
    if request.is_joint() { format!("requests[{n}].families[{k}]") } else { format!("requests[{n}].family") }
}
