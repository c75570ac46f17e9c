//! The smallest change that makes a request possible, as the planner itself finds with the change made to the problem.

use visitrota_model::{Change, Nearest, Problem, RequestId, apply, check, patch};
use visitrota_travel::TravelTable;

use super::blocked::{servable, servable_alone};
use super::near_misses::{NearMiss, in_other_slots, near_misses, sort_by_effort};
use crate::stop::Stop;

/// The smallest change that makes a request possible that no trip could serve. The planner finds that it is enough, and
/// that it is not enough with any part of it smaller. `None` if nothing that anybody could change helps.
///
/// Other slots of the same prisons are thought of too, where no change within the slots asked for is smaller. Of the
/// changes that are enough, the smallest is taken after which the problem still `suits`; the smallest of all if none
/// does. Where the request could be served in the company of other families alone, `is_served` says whether a rota of the
/// changed problem has room for them all. Once `stop` says so, what is returned is worth nothing.
#[must_use]
pub fn nearest(
    problem: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    is_served: &dyn Fn(&Problem) -> bool,
    suits: &dyn Fn(&Problem) -> bool,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Nearest> {
    /// Near misses that are tried. Enough: nearly every one makes the request possible, and what the planner refuses,
    /// such as a time that the clocks show twice, is soon past.
    const TRIED: usize = 50;
    if stop() {
        return None;
    }
    let mut found = near_misses(problem, travel, request, stop);
    found.extend(in_other_slots(problem, travel, request, Stop::when(stop)));
    sort_by_effort(&mut found);
    let changed = |changes: &[Change]| {
        if stop() {
            return None;
        }
        let changed = patch(changes, problem).and_then(|patch| apply(problem, &patch).ok())?;
        let sound = !check(&changed).iter().any(visitrota_model::Finding::is_error);
        let enough = sound
            && (servable_alone(&changed, travel, request, Stop::when(stop))
                || servable(&changed, travel, request, stop) && is_served(&changed));
        enough.then_some(changed)
    };
    let mut enough = (found.into_iter())
        .filter(|miss| !miss.changes.is_empty())
        .take(TRIED)
        .filter_map(|miss| Some((changed(&miss.changes)?, miss)));
    let (after, first) = enough.next()?;
    let chosen = if suits(&after) { None } else { enough.find(|(after, _)| suits(after)).map(|(_, miss)| miss) };
    let NearMiss { slot, driver, chaperone, families, changes, .. } = chosen.unwrap_or(first);
    let less = shrunk(changes.clone(), problem, &|changes| changed(changes).is_some());
    let patch = patch(&less, problem)?;
    let mut nearest = Nearest::new(less, patch, slot, driver);
    (nearest.chaperone, nearest.families) = (chaperone, families);
    // With less than the driver would need, families who visit together may go in other cars.
    let is_other = is_joint(problem, request) && nearest.changes != changes;
    match changed(&nearest.changes).filter(|_| is_other) {
        Some(after) => Some(as_it_would_be(&after, travel, request, nearest, stop)),
        None => Some(nearest),
    }
}

fn is_joint(problem: &Problem, request: &RequestId) -> bool {
    problem.requests.iter().any(|other| other.id == *request && other.is_joint())
}

/// A nearest miss with whom it takes after the changes: the same driver, if they can.
fn as_it_would_be(
    after: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    mut nearest: Nearest,
    stop: &(dyn Fn() -> bool + Sync),
) -> Nearest {
    let possible: Vec<NearMiss> = near_misses(after, travel, request, stop);
    let possible = || possible.iter().filter(|miss| miss.changes.is_empty());
    let the_same = possible().find(|miss| miss.slot == nearest.slot && miss.driver == nearest.driver);
    let Some(miss) = the_same.or(possible().next()) else { return nearest };
    nearest.slot.clone_from(&miss.slot);
    nearest.driver.clone_from(&miss.driver);
    nearest.chaperone.clone_from(&miss.chaperone);
    nearest.families.clone_from(&miss.families);
    nearest
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
