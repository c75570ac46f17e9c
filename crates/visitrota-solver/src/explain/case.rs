//! One request's problem by itself, so that it is quickly changed and looked at again.

use std::collections::BTreeSet;

use visitrota_model::{Change, FamilyId, Problem, Request, RequestId, apply, patch};

/// A problem with no requests but one and those of locked trips.
pub(super) struct Case {
    pub(super) problem: Problem,
    pub(super) request: RequestId,
}

impl Case {
    /// The case of a request; none where the problem does not have it, or a locked trip serves it already.
    pub(super) fn of(problem: &Problem, request: &RequestId) -> Option<Self> {
        let locked: BTreeSet<&RequestId> = problem.locked.iter().flat_map(|trip| &trip.requests).collect();
        if locked.contains(request) || !problem.requests.iter().any(|other| other.id == *request) {
            return None;
        }
        let plays = |other: &&Request| other.id == *request || locked.contains(&other.id);
        let requests: Vec<Request> = problem.requests.iter().filter(plays).cloned().collect();
        let families: BTreeSet<FamilyId> = requests.iter().flat_map(|request| &request.families).cloned().collect();
        let families = problem.families.iter().filter(|family| families.contains(&family.id));
        let of_these = |other: &RequestId| requests.iter().any(|request| request.id == *other);
        // Times and distances come from the travel table.
        let mut case = Problem::new(problem.week);
        case.timezone = problem.timezone;
        case.policy = problem.policy.clone();
        case.prisons = problem.prisons.clone();
        case.meeting_points = problem.meeting_points.clone();
        case.prisoners = problem.prisoners.clone();
        case.slots = problem.slots.clone();
        case.volunteers = problem.volunteers.clone();
        case.families = families.cloned().collect();
        case.pairs = problem.pairs.clone();
        case.pins = problem.pins.iter().filter(|pin| of_these(&pin.request)).cloned().collect();
        case.locked = problem.locked.clone();
        case.requests = requests;
        Some(Self { problem: case, request: request.clone() })
    }

    /// The case after changes; none where they cannot be made.
    pub(super) fn with(&self, changes: &[Change]) -> Option<Self> {
        let problem = apply(&self.problem, &patch(changes, &self.problem)?).ok()?;
        Some(Self { problem, request: self.request.clone() })
    }

    /// The request as the document has it.
    pub(super) fn asked(&self) -> Option<&Request> {
        self.problem.requests.iter().find(|request| request.id == self.request)
    }
}
