//! Pins that contradict each other: why, and what dropping each would allow.

use visitrota_model::{
    Assignment, Block, Change, Contradiction, Dropped, Limit, Problem, Request, RequestId, WayOut, apply, patch,
};
use visitrota_solver::WarmStart;
use visitrota_travel::TravelTable;

use super::ask::{Answer, Asker, bounds, unknown_request};
use super::served::{is_served_by_locked, request_of, trips_of};
use crate::error::Error;
use crate::options::Options;
use crate::run::sound;

/// Why the pins of these requests cannot all hold, as [`Error::ImpossiblePins`] names them: rules that stop one that is
/// pinned to what nobody could do, single changes any one of which would let them hold, and the best rota without each.
/// Where planning ends before all is known, what is known is told. Requests that are not pinned play no part in it.
///
/// Costs some plans of the pinned requests alone, and one of the problem without each pin.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::problem::Pin;
/// use visitrota::{Error, Options, contradiction, load, plan};
///
/// let mut problem = load(file)?;
/// problem.pins = problem.requests.iter().map(|request| Pin::new(request.id.clone())).collect();
/// if let Err(Error::ImpossiblePins { requests }) = plan(&problem, &Options::default()) {
///     for dropped in contradiction(&problem, &requests, &Options::default())?.dropped {
///         println!("without the pin of {}: {:?}", dropped.request, dropped.score);
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors or no such request; [`Error::Stopped`] if the options are cancelled
/// already.
pub fn contradiction(problem: &Problem, requests: &[RequestId], options: &Options) -> Result<Contradiction, Error> {
    let travel = sound(problem)?;
    if let Some(request) = requests.iter().find(|id| request_of(problem, id).is_none()) {
        return Err(unknown_request(request));
    }
    let requests: Vec<RequestId> =
        requests.iter().filter(|id| problem.pins.iter().any(|pin| pin.request == **id)).cloned().collect();
    let requests = requests.as_slice();
    let asker = Asker::new(options, problem, &travel)?;
    let stop = asker.stop();
    // Requests that are not pinned play no part in it.
    let pinned_alone = |pinned: &dyn Fn(&RequestId) -> bool| {
        let mut alone = problem.clone();
        alone.pins.retain(|pin| pinned(&pin.request));
        alone.requests.retain(|request| pinned(&request.id) || is_served_by_locked(problem, &request.id));
        alone.published.retain(|published| pinned(&published.request));
        alone
    };
    let these = pinned_alone(&|request| requests.contains(request));
    let all = pinned_alone(&|request| problem.pins.iter().any(|pin| pin.request == *request));
    let blocks: Vec<Block> = match requests {
        [request] if !visitrota_solver::servable(problem, &travel, request, &stop) => {
            pinned(problem, request, visitrota_solver::blocked(problem, &travel, request, &stop))
        }
        _ => Vec::new(),
    };
    let ways: Vec<Vec<Change>> = candidates(&these, &travel, &stop);
    let these_hold = holding(&asker, &these, ways)?;
    let all_hold = holding(&asker, &all, these_hold.clone())?;
    let others = all_hold.is_empty() && !these_hold.is_empty() && !asker.over();
    let ways_out = least(if others { these_hold } else { all_hold });
    let dropped = asker.each(requests, |request| drop_pin(&asker, problem, &travel, request))?;
    let ways_out = ways_out.into_iter().filter_map(|changes| {
        let patch = patch(&changes, problem)?;
        Some(WayOut::new(changes, patch))
    });
    Ok(Contradiction::new(requests.to_vec(), blocks, ways_out.collect(), others, dropped))
}

/// Of these ways, those that let the pins of a problem hold.
fn holding(asker: &Asker, problem: &Problem, ways: Vec<Vec<Change>>) -> Result<Vec<Vec<Change>>, Error> {
    let holds = asker.each(&ways, |changes| holds(asker, problem, changes))?;
    Ok(ways.into_iter().zip(holds).filter_map(|(changes, holds)| holds.then_some(changes)).collect())
}

/// Ways without those that ask for what another does, and more.
fn least(ways: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    let mut least: Vec<Vec<Change>> = Vec::new();
    for changes in ways {
        if !least.iter().any(|less| less.iter().all(|less| changes.iter().any(|more| more.covers(less)))) {
            least.push(changes);
        }
    }
    least
}

/// Of the rules that stop a request, those in the slots and with the driver that its pins leave.
fn pinned(problem: &Problem, request: &RequestId, mut blocks: Vec<Block>) -> Vec<Block> {
    let is_joint = request_of(problem, request).is_some_and(Request::is_joint);
    for pin in problem.pins.iter().filter(|pin| pin.request == *request) {
        if let Some(slot) = &pin.slot {
            blocks.retain(|block| block.slot.as_ref() == Some(slot));
        }
        // Where one of several families is pinned, it is not told which of them a rule stops.
        if let Some(driver) = pin.driver.as_ref().filter(|_| !is_joint || pin.family.is_none()) {
            blocks.iter_mut().for_each(|block| block.volunteers.retain(|volunteer| volunteer == driver));
            blocks.retain(|block| !block.volunteers.is_empty());
        }
    }
    blocks
}

/// Changes that might let the pins of a problem hold: of what the pinned requests share, and of what stops each.
fn candidates(problem: &Problem, travel: &TravelTable, stop: &(dyn Fn() -> bool + Sync)) -> Vec<Vec<Change>> {
    let families = problem.requests.iter().map(|request| request.families.len()).sum::<usize>();
    let pins = u32::try_from(families).unwrap_or(u32::MAX);
    let mut found: Vec<Vec<Change>> = Vec::new();
    for volunteer in problem.volunteers.iter().filter(|volunteer| volunteer.drives().is_some()) {
        let limits = [
            (Limit::Trips, volunteer.max_trips),
            (Limit::TripsPerDay, volunteer.max_trips_per_day),
            (Limit::Families, volunteer.max_families),
        ];
        let stretch = |(limit, was), to| Change::Stretch { volunteer: volunteer.id.clone(), limit, was, to };
        // As many as there are pins is as good as no limit; the least that is enough is looked for.
        let ways = |limit: (Limit, u32)| (limit.1 + 1..=pins).take(4).map(move |to| vec![stretch(limit, to)]);
        found.extend(limits.into_iter().flat_map(ways));
        let both = [limits[0], limits[1]].map(|limit| stretch(limit, pins));
        if both.iter().all(|change| matches!(change, Change::Stretch { was, to, .. } if was < to)) {
            found.push(both.to_vec());
        }
    }
    for slot in &problem.slots {
        if let Some(was) = slot.tables {
            found.extend((was + 1..=pins).take(4).map(|to| vec![Change::Tables { slot: slot.id.clone(), was, to }]));
        }
    }
    for prisoner in &problem.prisoners {
        if let Some(was) = prisoner.visits {
            let visits = |to| vec![Change::Visits { prisoner: prisoner.id.clone(), was, to }];
            found.extend((was + 1..=pins).take(4).map(visits));
        }
    }
    for family in problem.families.iter().filter(|family| !family.shares_car) {
        if problem.requests.iter().any(|request| request.families.contains(&family.id)) {
            found.push(vec![Change::Share { family: family.id.clone() }]);
        }
    }
    for request in &problem.requests {
        let near = visitrota_solver::near_misses(problem, travel, &request.id, stop);
        found.extend(near.into_iter().map(|miss| miss.changes).filter(|changes| !changes.is_empty()).take(3));
    }
    let mut ways: Vec<Vec<Change>> = Vec::new();
    found.into_iter().for_each(|changes| {
        if !ways.contains(&changes) {
            ways.push(changes);
        }
    });
    ways
}

fn holds(asker: &Asker, problem: &Problem, changes: &[Change]) -> Result<bool, Error> {
    let Some(changed) = patch(changes, problem).and_then(|patch| apply(problem, &patch).ok()) else { return Ok(false) };
    match asker.plan_changed(&changed, &WarmStart::default()) {
        Ok(answer) => Ok(matches!(answer, Answer::Rota(_))),
        Err(Error::Invalid { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

fn drop_pin(asker: &Asker, problem: &Problem, travel: &TravelTable, request: &RequestId) -> Result<Dropped, Error> {
    let changes = [Change::Unpin { request: request.clone() }];
    let patch = patch(&changes, problem).unwrap_or_default();
    let mut without = problem.clone();
    without.pins.retain(|pin| pin.request != *request);
    let mut dropped = Dropped::new(request.clone(), patch);
    let Answer::Rota(rota) = asker.plan(&without, travel, &WarmStart::default())? else { return Ok(dropped) };
    let trip = rota.trips.iter().find(|trip| trip.requests.contains(request));
    (dropped.score, dropped.visits) = (Some(bounds(&rota)), trips_of(&rota).len());
    dropped.served = trip.map(|trip| Assignment::new(trip.slot.clone(), trip.driver.clone()));
    Ok(dropped)
}
