//! The smallest change that makes a request possible, as the planner itself finds with the change made to the problem.

use visitrota_model::{Change, Nearest, Problem, RequestId, apply, check, patch};
use visitrota_travel::TravelTable;

use super::blocked::servable;
use super::near_misses::{NearMiss, in_other_slots, near_misses, sort_by_effort};
use crate::instance::Instance;

/// The smallest change that makes a request possible that no trip could serve. The planner finds that it is enough, and
/// that it is not enough with any part of it smaller. `None` if nothing that anybody could change helps.
///
/// Other slots of the same prisons are thought of too, where no change within the slots asked for is smaller. Of the
/// changes that are enough, the smallest is taken after which the problem still `suits`; the smallest of all if none
/// does.
#[must_use]
pub fn nearest(
    problem: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    suits: &dyn Fn(&Problem) -> bool,
) -> Option<Nearest> {
    /// Near misses that are tried. Enough: nearly every one makes the request possible, and what the planner refuses,
    /// such as a time that the clocks show twice, is soon past.
    const TRIED: usize = 50;
    let instance = Instance::new(problem, travel);
    let at = instance.request_ix(request)?;
    let mut found = near_misses(problem, travel, request);
    found.extend(in_other_slots(&instance, at));
    sort_by_effort(&mut found);
    let changed = |changes: &[Change]| {
        let changed = patch(changes, problem).and_then(|patch| apply(problem, &patch).ok())?;
        let sound = !check(&changed).iter().any(visitrota_model::Finding::is_error);
        (sound && servable(&changed, travel, request)).then_some(changed)
    };
    let mut enough = (found.into_iter())
        .filter(|miss| !miss.changes.is_empty())
        .take(TRIED)
        .filter_map(|miss| Some((changed(&miss.changes)?, miss)));
    let (after, first) = enough.next()?;
    let chosen = if suits(&after) { None } else { enough.find(|(after, _)| suits(after)).map(|(_, miss)| miss) };
    let NearMiss { slot, driver, chaperone, changes, .. } = chosen.unwrap_or(first);
    let changes = shrunk(changes, problem, &|changes| changed(changes).is_some());
    let patch = patch(&changes, problem)?;
    Some(Nearest { changes, slot, driver, chaperone, patch })
}

/// Changes that are enough, made as few and as small as they can be one by one. Nearly always they are so already; the
/// exception is rides that grow shorter in company.
fn shrunk(mut changes: Vec<Change>, problem: &Problem, enough: &dyn Fn(&[Change]) -> bool) -> Vec<Change> {
    loop {
        let mut fewer_or_smaller: Vec<Vec<Change>> = Vec::new();
        for (at, change) in changes.iter().enumerate() {
            let put = |less: &[Change]| [&changes[..at], less, &changes[at + 1..]].concat();
            if changes.len() > 1 {
                fewer_or_smaller.push(put(&[]));
            }
            fewer_or_smaller.extend(change.smaller(problem.timezone).into_iter().map(|less| put(&[less])));
        }
        match fewer_or_smaller.into_iter().find(|fewer| enough(fewer)) {
            Some(fewer) => changes = fewer,
            None => return changes,
        }
    }
}
