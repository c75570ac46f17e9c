//! A rota made by hand: given its times, held against the best, and mended as cheaply as can be.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Assignment, Chaperones, FamilyId, Judgement, Moved, Problem, Published, Repair, Request, RequestId, Rota, SlotId,
    Status, Stop, StopKind, Trip, Unmet, Verdict, VolunteerId,
};
use visitrota_solver::{Outings, Ride, WarmStart};

use super::ask::{Answer, Asker, bounds, stopped, with_at_hand};
use super::served::{request_of, rides_of, trips_of};
use super::standby::scored;
use crate::error::Error;
use crate::options::Options;
use crate::run::sound;

/// Gives every trip without times the best times there are: those of a valid trip, or where no order of stops makes one,
/// those of the least driving. What such a rota says of its score, its bound and the unmet requests is worked out; a
/// rota whose trips all have their times is left as it is, but for what is odd in it.
///
/// A trip without times has no stops, and carries all families of its requests; or it has pick-ups alone, and carries
/// those families. A trip that says what a locked one says is that one.
///
/// Costs milliseconds for each trip.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::rota::{Rota, Trip};
/// use visitrota::{Options, fill_in_times, load, verify};
///
/// let problem = load(file)?;
/// let by_hand = Rota::new(vec![Trip::new("V1", "sat-am", ["R1".into()])]);
/// let rota = fill_in_times(&problem, &by_hand, &Options::default())?;
/// println!("{} stops, {} rules broken", rota.trips[0].stops.len(), verify(&problem, &rota)?.broken.len());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors; [`Error::Stopped`] if a limit or cancelling ended it before every trip
/// had its times.
pub fn fill_in_times(problem: &Problem, rota: &Rota, options: &Options) -> Result<Rota, Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options, problem, &travel)?;
    let mut filled = rota.clone();
    if !filled.trips.iter().any(lacks_times) && !filled.trips.is_empty() {
        filled.odd = visitrota_model::odd_trips(problem, &filled);
        return Ok(filled);
    }
    // Whom a locked trip carries may be written down otherwise: then there are times for what is written.
    let mut unlocked = problem.clone();
    unlocked.locked.clear();
    let (outings, others) = (Outings::new(problem, &travel), Outings::new(&unlocked, &travel));
    for trip in filled.trips.iter_mut().filter(|trip| lacks_times(trip)) {
        if asker.over() {
            return Err(stopped(problem, &travel));
        }
        let Some(rides) = written_down(problem, trip) else { continue };
        if let Some(locked) = problem.locked.iter().find(|locked| says_the_same(problem, trip, &rides, locked)) {
            *trip = locked.clone();
            continue;
        }
        let (driver, chaperone, slot) = (&trip.driver, trip.chaperone.as_ref(), &trip.slot);
        let best = |outings: &Outings<'_>| {
            let valid = outings.valid(driver, chaperone, slot, &rides);
            valid.or_else(|| outings.quickest(driver, chaperone, slot, &rides))
        };
        if let Some(best) = best(&outings).or_else(|| best(&others)) {
            // The requests stay in the order in which they were written down.
            (trip.drive_min, trip.metres, trip.stops) = (best.drive_min, best.metres, best.stops);
        }
    }
    let served = trips_of(rota);
    let unserved = problem.requests.iter().map(|request| &request.id).filter(|id| !served.contains_key(*id));
    filled.unmet = unserved.map(|request| Unmet::new(request.clone(), [])).collect();
    (filled.status, filled.bound, filled.ended_by) = (Status::Feasible, None, None);
    scored(problem, &travel, &mut filled);
    filled.odd = visitrota_model::odd_trips(problem, &filled);
    Ok(filled)
}

/// Whether a trip was written down without times.
fn lacks_times(trip: &Trip) -> bool {
    let bare = |stop: &Stop| stop.kind == StopKind::Pickup && stop.arrive.is_none() && stop.depart.is_none();
    trip.stops.iter().all(bare)
}

/// Whom a trip without times carries; none where it names a request that the problem does not have.
fn written_down<'a>(problem: &'a Problem, trip: &Trip) -> Option<Vec<Ride<'a>>> {
    let mut rides = Vec::new();
    for id in &trip.requests {
        let request = request_of(problem, id)?;
        let riding = |family: &&FamilyId| trip.stops.is_empty() || request.families_in(trip).any(|own| own == *family);
        rides.extend(request.families.iter().filter(riding).map(|family| (&request.id, family)));
    }
    Some(rides)
}

/// Whether a trip without times says what a locked trip says, as far as it says anything.
fn says_the_same(problem: &Problem, trip: &Trip, rides: &[Ride<'_>], locked: &Trip) -> bool {
    let of_locked = rides_of(problem, locked);
    (&trip.driver, &trip.slot) == (&locked.driver, &locked.slot)
        && (trip.chaperone.is_none() || trip.chaperone == locked.chaperone)
        && rides.len() == of_locked.len()
        && rides.iter().all(|ride| of_locked.contains(ride))
}

/// How far a rota is from the best, and the rota that mends it: valid, with as many visits as can be had, and of those
/// the one that keeps most of the slots, drivers and chaperones of the rota judged.
///
/// Costs two plans.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, judge, load, plan};
///
/// let problem = load(file)?;
/// let mut rota = plan(&problem, &Options::default())?;
/// rota.trips.pop();
/// let judgement = judge(&problem, &rota, &Options::default())?;
/// let repair = judgement.repair.ok_or("no repair is known")?;
/// println!("{} visits stay as they are, {} rides move", repair.kept, repair.moved.len());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// See [`Error`]. Where planning ends before it has come to anything, the judgement says so; it is no error.
pub fn judge(problem: &Problem, rota: &Rota, options: &Options) -> Result<Judgement, Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options, problem, &travel)?;
    let verdict = visitrota_model::verify(problem, rota, &travel);
    let was = assigned(problem, rota, &verdict);
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
        (mended.bound, mended.ended_by) = (None, None);
        let verdict = scored(problem, &travel, &mut mended);
        let to = assigned(problem, &mended, &verdict);
        let moved: Vec<Moved> = problem.requests.iter().flat_map(|request| moved(request, &was, &to)).collect();
        let served: BTreeSet<&RequestId> = was.keys().map(|(request, _)| *request).collect();
        let kept = served.into_iter().filter(|request| !moved.iter().any(|moved| moved.request == **request)).count();
        Repair::new(mended, kept, moved)
    });
    Ok(Judgement::new(best, repair))
}

/// Who takes each family of each request.
type Assigned<'a> = BTreeMap<Ride<'a>, Taken<'a>>;

/// To which slot a family rides, and with whom.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Taken<'a> {
    slot: &'a SlotId,
    driver: &'a VolunteerId,
    chaperone: Option<&'a VolunteerId>,
}

/// The rides of a request that are otherwise.
fn moved(request: &Request, was: &Assigned<'_>, to: &Assigned<'_>) -> Vec<Moved> {
    let of_family = |family: &FamilyId| {
        let ride = (&request.id, family);
        let (was, to) = (was.get(&ride), to.get(&ride));
        let place = |taken: &Taken<'_>| Assignment::new(taken.slot.clone(), taken.driver.clone());
        let chaperones = was.zip(to).filter(|(was, to)| (was.slot, was.driver) == (to.slot, to.driver));
        (was != to).then(|| {
            let mut moved = Moved::new(request.id.clone(), was.map(place), to.map(place));
            moved.family = request.is_joint().then(|| family.clone());
            moved.chaperones =
                chaperones.map(|(was, to)| Chaperones::new(was.chaperone.cloned(), to.chaperone.cloned()));
            moved
        })
    };
    request.families.iter().filter_map(of_family).collect()
}

/// The problem in which whatever a rota has is worth keeping, though never worth a visit.
fn keeping(problem: &Problem, was: &Assigned<'_>) -> Problem {
    let mut changed = problem.clone();
    let is_joint = |id: &RequestId| request_of(problem, id).is_some_and(Request::is_joint);
    changed.published = (was.iter())
        .map(|((request, family), taken)| {
            let mut published = Published::new((*request).clone(), taken.slot.clone(), taken.driver.clone());
            published.chaperone = taken.chaperone.cloned();
            published.family = is_joint(request).then(|| (*family).clone());
            published
        })
        .collect();
    let weights = &mut changed.policy.weights;
    // A visit of several families has an entry for each.
    let entries = problem.requests.iter().map(|request| request.families.len()).max().unwrap_or(1);
    let entries = u32::try_from(entries).unwrap_or(u32::MAX).max(1);
    // Together half a visit: a change is dearer than anything but a visit. To meet another visit in its place is no
    // better than to move it.
    let share = weights.visit / 2 / entries;
    (weights.change_slot, weights.change_driver) = (share / 2, share / 2);
    weights.drop_published = share;
    changed
}

/// Who takes each family of each request that a rota serves; of one that rides twice, the trip that breaks no rule, or
/// the first.
fn assigned<'a>(problem: &'a Problem, rota: &'a Rota, verdict: &Verdict) -> Assigned<'a> {
    let broken = |at: usize| verdict.broken.iter().any(|breach| breach.trip == Some(at));
    let mut trips: Vec<usize> = (0..rota.trips.len()).rev().collect();
    trips.sort_by_key(|at| !broken(*at));
    // The last to be collected is the one that stays.
    let taken = |trip: &'a Trip| {
        let taken = Taken { slot: &trip.slot, driver: &trip.driver, chaperone: trip.chaperone.as_ref() };
        rides_of(problem, trip).into_iter().map(move |ride| (ride, taken))
    };
    trips.into_iter().flat_map(|at| taken(&rota.trips[at])).collect()
}
