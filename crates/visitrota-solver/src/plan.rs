//! Planning: from a problem to its best rota, with limits and progress.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Problem, Reason, RequestId, Rota, Unmet};
use visitrota_travel::TravelTable;

use crate::candidates::enumerate;
use crate::canonical::canonical;
use crate::diagnose::blocks;
use crate::document;
use crate::index::RequestIx;
use crate::instance::Instance;
use crate::mip::Failure;
use crate::program::Program;
use crate::solve::{Drivers, Outcome, solve};
use crate::trip::Trip;

/// The world as the planner sees it: it reads no clock and writes nothing by itself.
pub trait Watch: Sync {
    /// Seconds until planning must end; infinite where nothing limits it, 0 once it has been cancelled.
    fn seconds_left(&self) -> f64;

    /// Told of progress as it is made.
    fn progress(&self, progress: &Progress);
}

/// How far planning has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Looking for the trips that are possible.
    Trips,
    /// Choosing among the trips found.
    Rota {
        /// How many they are.
        trips: usize,
    },
}

/// Why there is no rota.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The pins cannot all hold.
    #[error("the pins cannot all hold")]
    ImpossiblePins {
        /// Pinned requests that cannot all be served as pinned; without any one of them the others could.
        requests: Vec<RequestId>,
    },
    /// Time ran out, or planning was cancelled, before there was a rota that keeps the pins.
    #[error("stopped before a rota was found")]
    Stopped,
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Solver(String),
}

/// The best rota of a problem in which [`visitrota_model::check`] finds no error, with a bound on its score.
///
/// The same problem gives the same rota, in whatever order its lists stand and on however many threads, unless time
/// runs out; `seed` decides between equally good rotas. Works on all threads of the current `rayon` pool.
///
/// # Errors
/// See [`PlanError`].
pub fn plan(problem: &Problem, travel: &TravelTable, seed: u64, watch: &dyn Watch) -> Result<Rota, PlanError> {
    let ordered = canonical(problem, seed);
    let instance = Instance::new(&ordered, travel);
    watch.progress(&Progress::Trips);
    let out_of_time = || watch.seconds_left() <= 0.0;
    let trips = enumerate(&instance, &out_of_time);
    let all = !out_of_time();
    watch.progress(&Progress::Rota { trips: trips.len() });

    let program = Program::new(&instance, &trips);
    let drivers = Drivers::of(&instance, &trips);
    let left = || watch.seconds_left();
    let Outcome { chosen, bound } = match solve(&program, &drivers, &left) {
        Ok(outcome) => outcome,
        Err(Failure::Infeasible) if all => {
            let requests = contradiction(&ordered, travel, &left)?;
            return Err(PlanError::ImpossiblePins { requests });
        }
        Err(other) => return Err(other.into()),
    };
    let bound = if all { bound } else { most_points(&instance) };
    let chosen: Vec<&Trip> = trips.iter().zip(chosen).filter_map(|(trip, chosen)| chosen.then_some(trip)).collect();
    let unmet = unmet(problem, &instance, all.then_some(&trips), &chosen);
    Ok(document::rota(&instance, &chosen, bound, unmet))
}

/// The requests that no trip could serve, whatever the rest of the rota, with the rules that stop them.
#[must_use]
pub fn unservable(problem: &Problem, travel: &TravelTable) -> Vec<Unmet> {
    let instance = Instance::new(problem, travel);
    let reasons = instance.request_ixs().map(|request| blocks(&instance, request));
    (problem.requests.iter().zip(reasons))
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(request, reasons)| Unmet { request: request.id.clone(), reasons })
        .collect()
}

/// The requests that the chosen trips leave, in the problem's order; with reasons where all trips are known.
fn unmet(problem: &Problem, instance: &Instance<'_>, trips: Option<&Vec<Trip>>, chosen: &[&Trip]) -> Vec<Unmet> {
    let served: BTreeSet<RequestIx> = chosen.iter().flat_map(|trip| trip.requests.iter().copied()).collect();
    let mut could = vec![0; instance.requests.len()];
    trips.into_iter().flatten().flat_map(|trip| trip.requests.iter()).for_each(|request| could[request.at()] += 1);
    let why = |request: RequestIx| match could[request.at()] {
        _ if trips.is_none() => Vec::new(),
        0 => Some(blocks(instance, request)).filter(|blocks| !blocks.is_empty()).unwrap_or(vec![Reason::CostsTooMuch]),
        trips => vec![Reason::LostToCompetition { trips }],
    };
    let mut reasons: BTreeMap<_, _> = instance
        .request_ixs()
        .filter(|request| !served.contains(request))
        .map(|request| (&instance.problem.requests[request.at()].id, why(request)))
        .collect();
    let unmet = |id: &RequestId| Some(Unmet { request: id.clone(), reasons: reasons.remove(id)? });
    problem.requests.iter().map(|request| &request.id).filter_map(unmet).collect()
}

/// What serving every request at its best would earn, without any driving: a bound for want of a better.
fn most_points(instance: &Instance<'_>) -> i64 {
    let best = |request: RequestIx| instance.requests[request.at()].options.iter().map(|option| option.points).max();
    instance.request_ixs().filter_map(best).map(|points| points.max(0)).sum()
}

/// Pinned requests that contradict each other, as few as can be: each in turn is left out for good if the rest
/// contradict each other without it.
fn contradiction(
    problem: &Problem,
    travel: &TravelTable,
    left: &(dyn Fn() -> f64 + Sync),
) -> Result<Vec<RequestId>, PlanError> {
    let mut kept: BTreeSet<RequestId> = problem.pins.iter().map(|pin| pin.request.clone()).collect();
    for request in kept.clone() {
        kept.remove(&request);
        // A pin also decides which trips there are, so they are looked for anew without it.
        let pins = problem.pins.iter().filter(|pin| kept.contains(&pin.request)).cloned().collect();
        let loosened = Problem { pins, ..problem.clone() };
        let instance = Instance::new(&loosened, travel);
        let trips = enumerate(&instance, &|| left() <= 0.0);
        match solve(&Program::new(&instance, &trips), &Drivers::of(&instance, &trips), left) {
            Err(Failure::Infeasible) if left() > 0.0 => {}
            Ok(_) => {
                kept.insert(request);
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(kept.into_iter().collect())
}

impl Drivers {
    fn of(instance: &Instance<'_>, trips: &[Trip]) -> Self {
        Self {
            of_trip: trips.iter().map(|trip| trip.crew.driver.at()).collect(),
            most: instance.volunteers.iter().map(|volunteer| volunteer.max_trips as usize).collect(),
        }
    }
}

impl From<Failure> for PlanError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Infeasible | Failure::OutOfTime => Self::Stopped,
            Failure::Solver(what) => Self::Solver(what),
        }
    }
}
