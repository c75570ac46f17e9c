//! Prisoners and meeting points: that each is somebody's, and has visits left for what is asked.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::counted::{count, list};
use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{MeetingPlace, Prisoner, Problem, Request};

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let mut requests: HashMap<&str, Vec<&Request>> = HashMap::new();
    for request in &problem.requests {
        if let Some(prisoner) = &request.prisoner {
            requests.entry(prisoner.as_str()).or_default().push(request);
        }
    }
    let pinned: HashSet<_> = problem.pins.iter().map(|pin| pin.request.as_str()).collect();
    for (n, prisoner) in problem.prisoners.iter().enumerate() {
        match requests.get(prisoner.id.as_str()) {
            None => {
                let message = format!("No request visits the prisoner {}.", prisoner.id);
                let remedy = "Name them in the requests for their visits as `prisoner`, or take them away.";
                found.push(Finding::warning(Code::Unused, format!("prisoners[{n}].id"), message, remedy));
            }
            Some(requests) => visits_left(index, &pinned, n, prisoner, requests, found),
        }
    }
    unused_points(problem, found);
}

/// That a prisoner has visits left, and as many as are settled already.
fn visits_left(
    index: &Index<'_>,
    pinned: &HashSet<&str>,
    n: usize,
    prisoner: &Prisoner,
    requests: &[&Request],
    found: &mut Findings,
) {
    let Some(visits) = prisoner.visits else { return };
    let (id, path) = (&prisoner.id, format!("prisoners[{n}].visits"));
    let open: Vec<_> = requests.iter().filter(|request| !index.is_locked(request)).map(|request| &request.id).collect();
    let settled = |request: &&&Request| pinned.contains(request.id.as_str()) || index.is_locked(request);
    let settled: Vec<_> = requests.iter().filter(settled).map(|request| &request.id).collect();
    let added = settled.iter().any(|id| open.contains(id));
    let (message, remedy) = if visits == 0 && !open.is_empty() {
        let message = format!("The prisoner {id} has no visit left in this week, so {} cannot be met.", list(open));
        (message, "Mend `visits`, or take the requests away for this week.")
    } else if settled.len() > visits as usize && added {
        let message = format!(
            "The prisoner {id} has {} left in this week, and {} are pinned or locked.",
            count(visits as usize, "visit"),
            list(settled)
        );
        (message, "Mend `visits`, or take a pin away: they cannot all hold.")
    } else {
        return;
    };
    found.push(Finding::warning(Code::NoVisitLeft, path, message, remedy).with_value(visits));
}

/// Meeting points at which nobody is met.
fn unused_points(problem: &Problem, found: &mut Findings) {
    let families = problem.families.iter().flat_map(|family| [&family.pickup, &family.dropoff]);
    let requests = problem.requests.iter().flat_map(|request| [&request.pickup, &request.dropoff]);
    let options = problem.requests.iter().flat_map(|request| &request.options);
    let options = options.flat_map(|option| [&option.pickup, &option.dropoff]);
    let named = families.chain(requests).chain(options).flatten().filter_map(MeetingPlace::point);
    let stops = problem.locked.iter().flat_map(|trip| &trip.stops).filter_map(|stop| stop.at.as_ref());
    let named: BTreeSet<_> = named.chain(stops).collect();
    for (n, point) in problem.meeting_points.iter().enumerate().filter(|(_, point)| !named.contains(&point.id)) {
        let message = format!("Nobody is met at the meeting point {}.", point.id);
        let remedy = "Name it as the `pickup` or `dropoff` of a family, a request or an option, or take it away.";
        found.push(Finding::warning(Code::Unused, format!("meeting_points[{n}].id"), message, remedy));
    }
}
