//! Looking ids up: what an unknown one is, and what was likely meant.

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::problem::Problem;

/// A space of ids in which something is looked up.
pub(super) struct Space<'a, 'i> {
    noun: &'static str,
    field: &'static str,
    ids: Vec<&'a str>,
    index: &'i Index<'a>,
}

impl<'a, 'i> Space<'a, 'i> {
    /// A space of what is called `noun` and stands in `field`.
    pub(super) fn new(index: &'i Index<'a>, noun: &'static str, field: &'static str, ids: Vec<&'a str>) -> Self {
        Self { noun, field, ids, index }
    }

    pub(super) fn volunteers(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        let ids = problem.volunteers.iter().map(|volunteer| volunteer.id.as_str()).collect();
        Self::new(index, "volunteer", "volunteers", ids)
    }

    pub(super) fn families(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        let ids = problem.families.iter().map(|family| family.id.as_str()).collect();
        Self::new(index, "family", "families", ids)
    }

    pub(super) fn points(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        let ids = problem.meeting_points.iter().map(|point| point.id.as_str()).collect();
        Self::new(index, "meeting point", "meeting_points", ids)
    }

    pub(super) fn slots(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        Self::new(index, "slot", "slots", problem.slots.iter().map(|slot| slot.id.as_str()).collect())
    }

    pub(super) fn requests(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        let ids = problem.requests.iter().map(|request| request.id.as_str()).collect();
        Self::new(index, "request", "requests", ids)
    }

    /// That an id is none of the space's, with the one that was likely meant.
    pub(super) fn unknown(&self, path: String, who: &str, id: &str) -> Finding {
        let Self { noun, field, ids, index } = self;
        let other = [
            ("prison", index.prisons.contains_key(id)),
            ("meeting point", index.points.contains_key(id)),
            ("prisoner", index.prisoners.contains_key(id)),
            ("volunteer", index.volunteers.contains_key(id)),
            ("family", index.families.contains_key(id)),
            ("slot", index.slots.contains_key(id)),
            ("request", index.requests.contains_key(id)),
        ];
        let message = match other.iter().find(|(_, is)| *is) {
            Some((other, _)) => format!("{who} names {id} as a {noun}, but {id} is a {other}."),
            None => format!("{who} names the {noun} {id}, and there is none of that id."),
        };
        let remedy = match index.meant(id, ids.iter().copied()) {
            Some(meant) => format!("Did you mean {meant}?"),
            None => format!("Mend the id, or add the {noun} to `{field}`."),
        };
        Finding::error(Code::UnknownId, path, message, remedy).with_value(id)
    }
}
