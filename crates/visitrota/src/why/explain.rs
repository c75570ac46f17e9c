//! Why not, and why this.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Bounds, Explanation, Problem, RequestId, Rota, ScoreParts, Served, Serving, Trip, WhyNot, WhyUnmet,
};
use visitrota_solver::WarmStart;
use visitrota_travel::TravelTable;

use super::ask::{Answer, Asker, bounds, known, lost, unknown_request, with_at_hand};
use super::otherwise::{Plan, alternative, otherwise, within};
use super::served::{is_served_by_locked, request_of, trips_of};
use super::tight::tight;
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
/// it is bounded, or said not to be known.
///
/// Costs the best plan and, from its prices, some plans of a small part for each request.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/south-wales/problem.json");
/// use visitrota::answers::WhyNot;
/// use visitrota::{Options, Questions, explain, load, plan};
///
/// let problem = load(file)?;
/// let rota = plan(&problem, &Options::default())?;
/// for unmet in explain(&problem, &rota, &Questions::default(), &Options::default())?.unmet {
///     match unmet.why {
///         WhyNot::ImpossibleAlone { blocks, .. } => println!("{}: {} rules stop it", unmet.request, blocks.len()),
///         why => println!("{}: {why:?}", unmet.request),
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors, the rota names what the problem does not know, or no such request is
/// there; [`Error::Stopped`] if planning ended before there was any rota; see [`Error`].
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

    let asker = Asker::new(options, problem, &travel)?;
    let stop = asker.stop();
    let verdict = visitrota_model::verify(problem, rota, &travel);
    let (best, start) = asker.best(problem, &travel)?;
    let best = with_at_hand(bounds(&best), &verdict);
    let servable = asker.each(&unmet, |request| Ok(visitrota_solver::servable(problem, &travel, request, &stop)))?;
    let impossible: BTreeSet<&RequestId> =
        unmet.iter().zip(&servable).filter(|(_, servable)| !**servable).map(|(request, _)| *request).collect();
    let possible = unmet.iter().filter(|request| !impossible.contains(**request));
    let mut plans: Vec<Plan<'_>> = possible.map(|&request| Plan::serve(request)).collect();
    let others = |request: &RequestId| {
        let asked = request_of(problem, request);
        asked.map_or_else(Vec::new, |asked| otherwise(problem, asked, rota, &trips[request]))
    };
    let others: Vec<Plan<'_>> = met.iter().flat_map(|&request| others(request)).collect();
    let possible = asker.each(&others, |plan| Ok(plan.possible(problem, &travel, &stop)))?;
    plans.extend(others.into_iter().zip(possible).filter_map(|(plan, possible)| possible.then_some(plan)));
    let answers = asker.each(&plans, |plan| {
        if stop() { Ok(Answer::Unknown) } else { asker.plan(&plan.problem(problem), &travel, &start) }
    })?;
    let mut answers = plans.into_iter().zip(answers).collect::<Vec<_>>().into_iter();
    let nearest: BTreeMap<_, _> = {
        let requests: Vec<_> = impossible.iter().copied().collect();
        let found = asker.each(&requests, |request| {
            let is_served = |changed: &Problem| is_served(&asker, changed, &travel, request);
            // Where there are pins, a change is better that leaves room for them.
            let suits = |changed: &Problem| problem.pins.is_empty() || keeps_pins(&asker, changed, &travel, request);
            let nearest = visitrota_solver::nearest(problem, &travel, request, &is_served, &suits, &stop);
            let blocks = visitrota_solver::blocked(problem, &travel, request, &stop);
            // What was ended on its way says nothing.
            Ok((!stop()).then_some((blocks, nearest)))
        })?;
        requests.into_iter().zip(found).collect()
    };
    let mut why_unmet = Vec::new();
    for request in unmet {
        let why = if impossible.contains(request) {
            match nearest.get(request).cloned().flatten() {
                Some((blocks, nearest)) => WhyNot::ImpossibleAlone { blocks, nearest: nearest.map(Box::new) },
                None => WhyNot::LostToCompetition(Serving::Unknown),
            }
        } else {
            match answers.next().map_or(Answer::Unknown, |(_, answer)| answer) {
                // Trips could carry each of its families, and no rota holds them all.
                Answer::Contradiction(pins) if pins.iter().all(|pin| pin == request) => {
                    let blocks = visitrota_solver::blocked(problem, &travel, request, &stop);
                    if stop() {
                        WhyNot::LostToCompetition(Serving::Unknown)
                    } else {
                        WhyNot::ImpossibleAlone { blocks, nearest: None }
                    }
                }
                answer => WhyNot::LostToCompetition(serving(rota, best, request, answer)),
            }
        };
        why_unmet.push(WhyUnmet::new(request.clone(), why));
    }
    let others: Vec<(Plan<'_>, Answer)> = answers.collect();
    let mut served = Vec::new();
    for request in met {
        let (by_driver, by_slot): (Vec<_>, Vec<_>) =
            others.iter().filter(|(plan, _)| plan.request == request).partition(|(plan, _)| plan.driver.is_some());
        let Some((&trip, other_trips)) = trips[request].split_first() else { continue };
        let locked = is_served_by_locked(problem, request);
        let mut why = Served::new(request.clone(), trip, parts(problem, &travel, rota, &trips[request]));
        (why.other_trips, why.locked) = (other_trips.to_vec(), locked);
        why.tight = if locked { Vec::new() } else { tight(problem, rota, &trips[request]) };
        why.other_driver = alternative(problem, best, &by_driver);
        why.other_slot = alternative(problem, best, &by_slot);
        served.push(why);
    }
    let (score, broken) = (verdict.score.total(), verdict.broken.len());
    Ok(Explanation::new(best, score, broken, why_unmet, served))
}

/// Whether a rota can serve a request, whatever else is pinned.
fn is_served(asker: &Asker, problem: &Problem, travel: &TravelTable, request: &RequestId) -> bool {
    let mut alone = problem.clone();
    alone.pins.retain(|pin| pin.request == *request);
    let pinned = Plan::serve(request).problem(&alone);
    !matches!(asker.plan(&pinned, travel, &WarmStart::default()), Ok(Answer::Contradiction(_)))
}

/// Whether a request can be served beside all that is pinned.
fn keeps_pins(asker: &Asker, problem: &Problem, travel: &TravelTable, request: &RequestId) -> bool {
    let mut alone = Plan::serve(request).problem(problem);
    let pinned: BTreeSet<RequestId> = alone.pins.iter().map(|pin| pin.request.clone()).collect();
    alone.requests.retain(|request| pinned.contains(&request.id) || is_served_by_locked(problem, &request.id));
    !matches!(asker.plan(&alone, travel, &WarmStart::default()), Ok(Answer::Contradiction(_)))
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
    let mut trips = with.trips.iter().filter(|trip| trip.requests.contains(request));
    let Some(trip) = trips.next() else { return Serving::Unknown };
    let score = within(bounds(&with), best);
    let served = trips_of(&with);
    let before = trips_of(rota);
    Serving::Costs {
        score,
        lost: lost(best, score),
        slot: trip.slot.clone(),
        driver: trip.driver.clone(),
        others: trips.map(|trip| trip.driver.clone()).collect(),
        instead_of: before.into_keys().filter(|request| !served.contains_key(request)).cloned().collect(),
    }
}

/// What a rota would score less without some of its trips, by the score's parts. A joint visit that one of them serves
/// goes with all of its trips.
fn parts(problem: &Problem, travel: &TravelTable, rota: &Rota, trips: &[usize]) -> ScoreParts {
    let with = visitrota_model::verify(problem, rota, travel).score;
    let mut gone: BTreeSet<usize> = trips.iter().copied().collect();
    loop {
        let missed: BTreeSet<&RequestId> = gone.iter().flat_map(|&trip| &rota.trips[trip].requests).collect();
        let is_part = |trip: &Trip| trip.requests.iter().any(|request| missed.contains(request));
        let goes = |&trip: &usize| is_part(&rota.trips[trip]) && !problem.is_locked(&rota.trips[trip]);
        let more: BTreeSet<usize> = (0..rota.trips.len()).filter(goes).collect();
        if more.is_subset(&gone) {
            break;
        }
        gone.extend(more);
    }
    let mut rest = rota.clone();
    let mut at = 0..;
    rest.trips.retain(|_| at.next().is_some_and(|at| !gone.contains(&at)));
    let without = visitrota_model::verify(problem, &rest, travel).score;
    with - without
}
