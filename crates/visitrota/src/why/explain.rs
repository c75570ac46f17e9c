//! Why not, and why this.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Alternative, Bounds, Explanation, Pin, Problem, RequestId, Rota, ScoreParts, Served, Serving, SlotId, Tight, Trip,
    Volunteer, VolunteerId, WhyNot, WhyUnmet,
};
use visitrota_solver::WarmStart;
use visitrota_travel::TravelTable;

use super::ask::{Answer, Asker, bounds, known, lost, unknown_request, with_at_hand};
use crate::error::Error;
use crate::options::Options;
use crate::run::sound;

/// What is to be explained.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    /// These requests, met or not; all that are not met, if none is named.
    pub requests: Vec<RequestId>,
}

/// Why requests are not met by a rota, or are met as they are.
///
/// Whatever is said of a request follows from planning again: with the request pinned, with its driver or its slot
/// ruled out, or with a change made. A time limit in `options` is for all of that together; what is not proven within
/// it is bounded.
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors, the rota names what the problem does not know, or no such request is
/// there; [`Error::Stopped`] if planning ended before
/// there was any rota; see [`Error`].
pub fn explain(problem: &Problem, rota: &Rota, questions: &Questions, options: &Options) -> Result<Explanation, Error> {
    let travel = sound(problem)?;
    known(problem, rota)?;
    let requests: BTreeSet<&RequestId> = problem.requests.iter().map(|request| &request.id).collect();
    if let Some(request) = questions.requests.iter().find(|request| !requests.contains(request)) {
        return Err(unknown_request(request));
    }
    let trips = trips_of(rota);
    let asked = |request: &&RequestId| match questions.requests.as_slice() {
        [] => !trips.contains_key(*request),
        named => named.contains(request),
    };
    let (met, unmet): (Vec<&RequestId>, Vec<&RequestId>) =
        problem.requests.iter().map(|request| &request.id).filter(asked).partition(|id| trips.contains_key(*id));

    let asker = Asker::new(options)?;
    let (best, start) = asker.best(problem, &travel)?;
    let verdict = visitrota_model::verify(problem, rota, &travel);
    let best = with_at_hand(bounds(&best), &verdict);
    let servable = asker.each(&unmet, |request| Ok(visitrota_solver::servable(problem, &travel, request)))?;
    let impossible: BTreeSet<&RequestId> =
        unmet.iter().zip(&servable).filter(|(_, servable)| !**servable).map(|(request, _)| *request).collect();
    let possible = unmet.iter().filter(|request| !impossible.contains(**request));
    let mut plans: Vec<Plan<'_>> = possible.map(|&request| Plan::serve(request)).collect();
    let others: Vec<Plan<'_>> =
        met.iter().flat_map(|&request| otherwise(problem, request, &rota.trips[trips[request]])).collect();
    let possible = asker.each(&others, |plan| Ok(plan.possible(problem, &travel)))?;
    plans.extend(others.into_iter().zip(possible).filter_map(|(plan, possible)| possible.then_some(plan)));
    let answers = asker.each(&plans, |plan| asker.plan(&plan.problem(problem), &travel, &start))?;
    let mut answers = plans.into_iter().zip(answers).collect::<Vec<_>>().into_iter();
    let nearest: BTreeMap<_, _> = {
        let requests: Vec<_> = impossible.iter().copied().collect();
        let found = asker.each(&requests, |request| {
            // Where there are pins, a change is better that leaves room for them.
            let suits = |changed: &Problem| problem.pins.is_empty() || keeps_pins(&asker, changed, &travel, request);
            Ok(visitrota_solver::nearest(problem, &travel, request, &suits))
        })?;
        requests.into_iter().zip(found).collect()
    };
    let mut why_unmet = Vec::new();
    for request in unmet {
        let why = if impossible.contains(request) {
            let blocks = visitrota_solver::blocked(problem, &travel, request);
            WhyNot::ImpossibleAlone { blocks, nearest: nearest.get(request).cloned().flatten().map(Box::new) }
        } else {
            WhyNot::LostToCompetition(serving(
                rota,
                best,
                request,
                answers.next().map_or(Answer::Unknown, |(_, answer)| answer),
            ))
        };
        why_unmet.push(WhyUnmet { request: request.clone(), why });
    }
    let others: Vec<(Plan<'_>, Answer)> = answers.collect();
    let mut served = Vec::new();
    for request in met {
        let (by_driver, by_slot): (Vec<_>, Vec<_>) =
            others.iter().filter(|(plan, _)| plan.request == request).partition(|(plan, _)| plan.driver.is_some());
        let best_of = |of: Vec<&(Plan<'_>, Answer)>| {
            let answers: Vec<&Answer> = of.into_iter().map(|(_, answer)| answer).collect();
            alternative(best, request, &answers)
        };
        let trip = trips[request];
        served.push(Served {
            request: request.clone(),
            trip,
            parts: parts(problem, &travel, rota, trip),
            tight: tight(problem, rota, trip),
            other_driver: best_of(by_driver),
            other_slot: best_of(by_slot),
        });
    }
    let (score, broken) = (verdict.score.total(), verdict.broken.len());
    Ok(Explanation { best, score, broken, unmet: why_unmet, served })
}

/// Whether a request can be served beside all that is pinned.
fn keeps_pins(asker: &Asker, problem: &Problem, travel: &TravelTable, request: &RequestId) -> bool {
    let mut alone = Plan::serve(request).problem(problem);
    let pinned: BTreeSet<RequestId> = alone.pins.iter().map(|pin| pin.request.clone()).collect();
    alone.requests.retain(|request| pinned.contains(&request.id));
    !matches!(asker.plan(&alone, travel, &WarmStart::default()), Ok(Answer::Contradiction(_)))
}

/// The trip of each request that a rota serves.
pub(super) fn trips_of(rota: &Rota) -> BTreeMap<&RequestId, usize> {
    rota.trips
        .iter()
        .enumerate()
        .flat_map(|(at, trip)| trip.requests.iter().map(move |request| (request, at)))
        .collect()
}

/// A plan to be made, with a request served, and by this driver or in this slot where named.
struct Plan<'a> {
    request: &'a RequestId,
    driver: Option<&'a VolunteerId>,
    slot: Option<&'a SlotId>,
}

impl<'a> Plan<'a> {
    fn serve(request: &'a RequestId) -> Self {
        Self { request, driver: None, slot: None }
    }

    fn problem(&self, problem: &Problem) -> Problem {
        let mut changed = problem.clone();
        let (slot, driver) = (self.slot.cloned(), self.driver.cloned());
        changed.pins.push(Pin { request: self.request.clone(), slot, driver, family: None });
        changed
    }

    /// Whether any trip could do it, whatever the rest of the rota.
    fn possible(&self, problem: &Problem, travel: &TravelTable) -> bool {
        visitrota_solver::servable(&self.problem(problem), travel, self.request)
    }
}

/// The plans that find the best other driver, and the best other slot, of a request.
fn otherwise<'a>(problem: &'a Problem, request: &'a RequestId, trip: &'a Trip) -> Vec<Plan<'a>> {
    let pinned = || problem.pins.iter().filter(|pin| pin.request == *request);
    let mut plans = Vec::new();
    if pinned().all(|pin| pin.driver.is_none()) {
        let others = problem.volunteers.iter().filter(|volunteer| volunteer.id != trip.driver);
        let drivers = others.filter(|volunteer| volunteer.drives().is_some());
        plans.extend(drivers.map(|volunteer| Plan { driver: Some(&volunteer.id), ..Plan::serve(request) }));
    }
    if pinned().all(|pin| pin.slot.is_none()) {
        let options = problem.requests.iter().filter(|other| other.id == *request).flat_map(|other| &other.options);
        let others = options.filter(|option| option.slot != trip.slot);
        plans.extend(others.map(|option| Plan { slot: Some(&option.slot), ..Plan::serve(request) }));
    }
    plans
}

/// What serving a request costs, by the best rota that does.
fn serving(rota: &Rota, best: Bounds, request: &RequestId, answer: Answer) -> Serving {
    let with = match answer {
        Answer::Rota(with) => with,
        Answer::Contradiction(pins) => {
            return Serving::Pinned { pins: pins.into_iter().filter(|pin| pin != request).collect() };
        }
        Answer::Unknown => return Serving::Unknown,
    };
    let Some(trip) = with.trips.iter().find(|trip| trip.requests.contains(request)) else { return Serving::Unknown };
    let score = within(bounds(&with), best);
    let served = trips_of(&with);
    let before = trips_of(rota);
    Serving::Costs {
        score,
        lost: lost(best, score),
        slot: trip.slot.clone(),
        driver: trip.driver.clone(),
        instead_of: before.into_keys().filter(|request| !served.contains_key(request)).cloned().collect(),
    }
}

/// What is proven of a score that no more than the best can be.
fn within(score: Bounds, best: Bounds) -> Bounds {
    Bounds { least: score.least, most: score.most.min(best.most) }
}

/// The best of the answers to what could be otherwise.
fn alternative(best: Bounds, request: &RequestId, answers: &[&Answer]) -> Alternative {
    let mut found: Option<(&Rota, &Trip)> = None;
    let mut most: Option<i64> = None;
    for answer in answers {
        match answer {
            Answer::Rota(rota) => {
                most = most.max(Some(bounds(rota).most));
                let Some(trip) = rota.trips.iter().find(|trip| trip.requests.contains(request)) else { continue };
                if found.is_none_or(|(other, _)| other.score < rota.score) {
                    found = Some((rota, trip));
                }
            }
            Answer::Contradiction(_) => {}
            Answer::Unknown => return Alternative::Unknown,
        }
    }
    let (Some((rota, trip)), Some(most)) = (found, most) else { return Alternative::None };
    let score = within(Bounds { least: rota.score, most }, best);
    Alternative::Costs { driver: trip.driver.clone(), slot: trip.slot.clone(), score, lost: lost(best, score) }
}

/// What a rota would score less without one of its trips, by the score's parts.
fn parts(problem: &Problem, travel: &TravelTable, rota: &Rota, trip: usize) -> ScoreParts {
    let with = visitrota_model::verify(problem, rota, travel).score;
    let mut rest = rota.clone();
    rest.trips.remove(trip);
    let without = visitrota_model::verify(problem, &rest, travel).score;
    ScoreParts {
        visits: with.visits - without.visits,
        waiting: with.waiting - without.waiting,
        extra: with.extra - without.extra,
        slot_rank: with.slot_rank - without.slot_rank,
        new_volunteer: with.new_volunteer - without.new_volunteer,
        driving: with.driving - without.driving,
        load: with.load - without.load,
        change_slot: with.change_slot - without.change_slot,
        change_driver: with.change_driver - without.change_driver,
        change_time: with.change_time - without.change_time,
        drop_published: with.drop_published - without.drop_published,
    }
}

/// What of a trip is used up to the last, or nearly so.
fn tight(problem: &Problem, rota: &Rota, trip: usize) -> Vec<Tight> {
    /// Minutes; what leaves more than that is not tight.
    const NEAR: i64 = 30;
    let zone = problem.timezone;
    let trip = &rota.trips[trip];
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut tight = Vec::new();
    if let Some(slot) = problem.slots.iter().find(|slot| slot.id == trip.slot) {
        let taken: usize =
            rota.trips.iter().filter(|other| other.slot == slot.id).map(|trip| trip.requests.len()).sum();
        if let Some(tables) = slot.tables.filter(|tables| *tables <= number(taken)) {
            tight.push(Tight::Tables { slot: slot.id.clone(), tables });
        }
    }
    let Some(driver) = problem.volunteers.iter().find(|volunteer| volunteer.id == trip.driver) else { return tight };
    let families = problem.families.iter().filter(|family| {
        let mut asking = problem.requests.iter().filter(|request| request.families.contains(&family.id));
        asking.any(|request| trip.requests.contains(&request.id))
    });
    let riding = families.flat_map(|family| &family.members).filter(|member| !member.wheelchair).count();
    if let Some(car) = driver.car.filter(|car| car.seats <= number(riding + usize::from(trip.chaperone.is_some()))) {
        tight.push(Tight::Seats { seats: car.seats });
    }
    if driver.max_families <= number(trip.requests.len()) {
        tight.push(Tight::Families { families: driver.max_families });
    }
    let goes = |trip: &Trip, volunteer: &Volunteer| {
        trip.driver == volunteer.id || trip.chaperone.as_ref() == Some(&volunteer.id)
    };
    for volunteer in problem.volunteers.iter().filter(|volunteer| goes(trip, volunteer)) {
        let trips = rota.trips.iter().filter(|trip| goes(trip, volunteer)).count();
        if volunteer.max_trips <= number(trips) {
            tight.push(Tight::Trips { volunteer: volunteer.id.clone(), trips: volunteer.max_trips });
        }
    }
    let ends = (trip.stops.first().and_then(|stop| stop.depart)).zip(trip.stops.last().and_then(|stop| stop.arrive));
    let Some((from, to)) = ends.map(|(from, to)| (zone.instant(from).0, zone.instant(to).0)) else { return tight };
    if let Some(left) =
        problem.policy.max_duty_of(driver).map(|most| i64::from(most) - (to - from)).filter(|left| *left <= NEAR)
    {
        tight.push(Tight::Duty { left: u32::try_from(left).unwrap_or(0) });
    }
    let spare =
        driver.available.iter().map(|window| (from - zone.instant(window.from).0, zone.instant(window.to).0 - to));
    let spare = spare.filter(|(before, after)| *before >= 0 && *after >= 0).max_by_key(|(a, b)| *a.min(b));
    if let Some((before, after)) = spare.filter(|(before, after)| *before.min(after) <= NEAR) {
        let [before, after] = [before, after].map(|minutes| u32::try_from(minutes).unwrap_or(0));
        tight.push(Tight::Window { volunteer: driver.id.clone(), before, after });
    }
    tight
}
