//! A rota made by hand: given its times, held against the best, and mended as cheaply as can be.

use std::collections::BTreeMap;

use visitrota_model::{
    Judgement, Moved, Problem, Published, Repair, RequestId, Rota, SlotId, Status, Unmet, Verdict, VolunteerId,
};
use visitrota_solver::{Outings, WarmStart};

use super::ask::{Answer, Asker, bounds, with_at_hand};
use super::explain::trips_of;
use super::standby::scored;
use crate::error::Error;
use crate::options::Options;
use crate::run::sound;

/// Gives every trip without stops the best times there are: those of a valid trip, or where no order of stops makes one,
/// those of the least driving. What such a rota says of its score, its bound and the unmet requests is worked out; a
/// rota whose trips all have their stops is left as it is.
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors.
pub fn fill_in_times(problem: &Problem, rota: &Rota) -> Result<Rota, Error> {
    let travel = sound(problem)?;
    let mut filled = rota.clone();
    if filled.trips.iter().all(|trip| !trip.stops.is_empty()) && !filled.trips.is_empty() {
        return Ok(filled);
    }
    let outings = Outings::new(problem, &travel);
    for trip in filled.trips.iter_mut().filter(|trip| trip.stops.is_empty()) {
        let (driver, chaperone) = (&trip.driver, trip.chaperone.as_ref());
        let best = outings
            .valid(driver, chaperone, &trip.slot, &trip.requests)
            .or_else(|| outings.quickest(driver, chaperone, &trip.slot, &trip.requests));
        if let Some(best) = best {
            // The requests stay in the order in which they were written down.
            (trip.drive_min, trip.metres, trip.stops) = (best.drive_min, best.metres, best.stops);
        }
    }
    let served = trips_of(rota);
    let unserved = problem.requests.iter().map(|request| &request.id).filter(|id| !served.contains_key(*id));
    filled.unmet = unserved.map(|request| Unmet { request: request.clone(), reasons: Vec::new() }).collect();
    (filled.status, filled.bound) = (Status::Feasible, None);
    scored(problem, &travel, &mut filled);
    Ok(filled)
}

/// How far a rota is from the best, and the rota that mends it: valid, with as many visits as can be had, and of those
/// the one that keeps most of the slots and drivers of the rota judged.
///
/// # Errors
/// See [`Error`]. Where planning ends before it has come to anything, the judgement says so; it is no error.
pub fn judge(problem: &Problem, rota: &Rota, options: &Options) -> Result<Judgement, Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options)?;
    let verdict = visitrota_model::verify(problem, rota, &travel);
    let was = assigned(rota, &verdict);
    let plans = [problem.clone(), keeping(problem, &was)];
    let mut answers = asker.each(&plans, |problem| asker.plan(problem, &travel, &WarmStart::default()))?.into_iter();
    let best = match answers.next() {
        Some(Answer::Rota(best)) => Some(with_at_hand(bounds(&best), &verdict)),
        Some(Answer::Contradiction(requests)) => return Err(Error::ImpossiblePins { requests }),
        Some(Answer::Unknown) | None => None,
    };
    let mended = match answers.next() {
        Some(Answer::Rota(mended)) => Some(*mended),
        // What breaks no rule needs no repair.
        _ => verdict.broken.is_empty().then(|| rota.clone()),
    };
    let repair = mended.map(|mut mended| {
        mended.bound = None;
        let verdict = scored(problem, &travel, &mut mended);
        let to = assigned(&mended, &verdict);
        let requests = problem.requests.iter().map(|request| &request.id);
        let moved: Vec<Moved> = requests
            .filter(|id| was.get(id) != to.get(id))
            .map(|id| Moved { request: id.clone(), was: was.get(id).cloned(), to: to.get(id).cloned() })
            .collect();
        let kept = was.iter().filter(|(id, which)| to.get(*id) == Some(which)).count();
        Repair { rota: mended, kept, moved }
    });
    Ok(Judgement { best, repair })
}

/// Who takes each request, and to which slot.
type Assigned<'a> = BTreeMap<&'a RequestId, (SlotId, VolunteerId)>;

/// The problem in which whatever a rota has is worth keeping, though never worth a visit.
fn keeping(problem: &Problem, was: &Assigned<'_>) -> Problem {
    let mut changed = problem.clone();
    let known = |request: &RequestId| problem.requests.iter().any(|other| other.id == *request);
    changed.published = (was.iter())
        .filter(|(request, _)| known(request))
        .map(|(request, (slot, driver))| Published {
            request: (*request).clone(),
            slot: slot.clone(),
            driver: driver.clone(),
            chaperone: None,
            family: None,
            pickup: None,
            home: None,
        })
        .collect();
    let weights = &mut changed.policy.weights;
    // Together half a visit: a change is dearer than anything but a visit. To meet another visit in its place is no
    // better than to move it.
    (weights.change_slot, weights.change_driver) = (weights.visit / 4, weights.visit / 4);
    weights.drop_published = weights.visit / 2;
    changed
}

/// The slot and driver of each request that a rota serves; of one that is served twice, those of a trip that breaks no
/// rule, or of the first.
fn assigned<'a>(rota: &'a Rota, verdict: &Verdict) -> Assigned<'a> {
    let broken = |at: usize| verdict.broken.iter().any(|breach| breach.trip == Some(at));
    let mut trips: Vec<usize> = (0..rota.trips.len()).rev().collect();
    trips.sort_by_key(|at| !broken(*at));
    // The last to be collected is the one that stays.
    trips
        .into_iter()
        .map(|at| &rota.trips[at])
        .flat_map(|trip| trip.requests.iter().map(|request| (request, (trip.slot.clone(), trip.driver.clone()))))
        .collect()
}
