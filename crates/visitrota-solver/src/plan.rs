//! Planning: from a problem to its best rota, with limits and progress.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Problem, Reason, RequestId, Rota, Unmet};
use visitrota_travel::TravelTable;

use crate::document;
use crate::explain::blocked::blocking_rules;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::canonical::canonical;
use crate::instance::index::RequestIx;
use crate::program::Program;
use crate::program::components::{ProgramSolution, solve};
use crate::trip::enumerate::enumerate;
use crate::trip::{FoundTrips, Trip};
use crate::warm_start::WarmStart;

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
    /// There is a better rota, or a better bound.
    Rota {
        /// The points of the best rota so far; 0 for an empty one.
        score: i64,
        /// Points that no rota exceeds.
        bound: i64,
        /// How many trips have been looked at so far and found possible.
        trips: usize,
    },
    /// Of several questions, each a plan of its own, so many are answered.
    Answers {
        /// Answered.
        done: usize,
        /// Asked.
        of: usize,
    },
}

/// How to plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Decides between equally good rotas.
    pub seed: u64,
    /// The most work to do, in units of about one trip timed; a plan that this limit ends is the same each time.
    pub work: u64,
    /// A gap between score and bound that is near enough, as a part of the bound; 0 for a proven optimum.
    pub gap: f64,
    /// Points of which more are asked for: planning may end as soon as it is proven that no rota has them. Nothing then
    /// is known of the rota but that.
    pub cutoff: i64,
    /// The most trips over which a program is solved at once; where there may be more, they are generated as needed.
    pub few_trips: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 0, work: u64::MAX, gap: 0.0, cutoff: i64::MIN, few_trips: 2_000 }
    }
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
/// The same problem and settings give the same rota, in whatever order its lists stand and on however many threads,
/// unless time runs out. Works on all threads of the current `rayon` pool.
///
/// # Errors
/// See [`PlanError`].
pub fn plan(
    problem: &Problem,
    travel: &TravelTable,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Rota, PlanError> {
    plan_from(problem, travel, settings, watch, &WarmStart::default()).map(|(rota, _)| rota)
}

/// Plans as [`plan`] does, from where the plan of nearly the same problem came to, and tells where this one came to: of
/// many plans with one thing changed in each, all but the first are made much faster. Another start may lead to another
/// of several equally good rotas.
///
/// # Errors
/// See [`PlanError`].
pub fn plan_from(
    problem: &Problem,
    travel: &TravelTable,
    settings: &Settings,
    watch: &dyn Watch,
    start: &WarmStart,
) -> Result<(Rota, WarmStart), PlanError> {
    plan_beside(problem, travel, settings, watch, start, None)
}

/// Plans as [`plan`] does, and fails if anything on the way denies that a rota which is known to be valid can be: a bound
/// below it, a cut that it breaks, a trip of it ruled out. For tests, and for the hunt for false proofs.
///
/// # Errors
/// See [`PlanError`]; [`PlanError::Solver`] for a proof that does not hold.
#[doc(hidden)]
pub fn plan_held(
    problem: &Problem,
    travel: &TravelTable,
    settings: &Settings,
    watch: &dyn Watch,
    valid: &Rota,
) -> Result<Rota, PlanError> {
    plan_beside(problem, travel, settings, watch, &WarmStart::default(), Some(valid)).map(|(rota, _)| rota)
}

fn plan_beside(
    problem: &Problem,
    travel: &TravelTable,
    settings: &Settings,
    watch: &dyn Watch,
    start: &WarmStart,
    valid: Option<&Rota>,
) -> Result<(Rota, WarmStart), PlanError> {
    let ordered = canonical(problem, settings.seed);
    let instance = Instance::new(&ordered, travel);
    watch.progress(&Progress::Trips);
    match best_rota(&instance, settings, watch, start, valid) {
        Ok(best) => {
            let trips: Vec<&Trip> = best.trips.iter().collect();
            let unmet =
                unmet(problem, &instance, best.trips_serving.as_deref(), &trips, &|| watch.seconds_left() <= 0.0);
            Ok((document::rota(&instance, &trips, best.bound, unmet), best.start))
        }
        Err(Failure::Infeasible) => {
            let requests = contradiction(&ordered, travel, settings, watch)?;
            Err(PlanError::ImpossiblePins { requests })
        }
        Err(other) => Err(other.into()),
    }
}

/// The best rota found.
struct BestRota {
    trips: Vec<Trip>,
    bound: i64,
    /// In how many trips each request could ride; none if they were not all looked for.
    trips_serving: Option<Vec<u64>>,
    start: WarmStart,
}

/// The best rota: over all trips if they are few, else with those generated that matter.
fn best_rota(
    instance: &Instance<'_>,
    settings: &Settings,
    watch: &dyn Watch,
    start: &WarmStart,
    valid: Option<&Rota>,
) -> Result<BestRota, Failure> {
    let left = || watch.seconds_left();
    let few = if cfg!(feature = "highs") { settings.few_trips } else { usize::MAX };
    // What had many trips before has them still.
    let ways = if start.is_empty() { enumerate(instance, few, &|| left() <= 0.0) } else { None };
    // Where there may be others, those that are generated say what they are worth at the most.
    let ways = ways.filter(|ways| ways.complete || few == usize::MAX || left() <= 0.0);
    let Some(FoundTrips { trips, complete: all }) = ways else {
        return best_generated(instance, settings, watch, start, valid);
    };
    let program = Program::new(instance, &trips.iter().collect::<Vec<_>>());
    let ProgramSolution { chosen, bound } = match solve(&program, &left) {
        Err(Failure::Infeasible) if !all => return Err(Failure::OutOfTime),
        solved => solved?,
    };
    let could = all.then(|| {
        let mut could = vec![0; instance.requests.len()];
        trips.iter().flat_map(|trip| trip.requests.iter()).for_each(|request| could[request.at()] += 1);
        could
    });
    let bound = if all { bound } else { most_points(instance) };
    let count = trips.len();
    let trips: Vec<Trip> = trips.into_iter().zip(chosen).filter_map(|(trip, chosen)| chosen.then_some(trip)).collect();
    let score = document::score(instance, &trips);
    watch.progress(&Progress::Rota { score, bound, trips: count });
    Ok(BestRota { trips, bound, trips_serving: could, start: WarmStart::default() })
}

#[cfg(feature = "highs")]
fn best_generated(
    instance: &Instance<'_>,
    settings: &Settings,
    watch: &dyn Watch,
    start: &WarmStart,
    valid: Option<&Rota>,
) -> Result<BestRota, Failure> {
    use crate::engine::{EngineLimits, EngineOutcome, best_rota};
    use crate::witness::Witness;

    let witness = valid.and_then(|valid| Witness::new(instance, valid));
    let limits = EngineLimits {
        seconds_left: &|| watch.seconds_left(),
        max_work: settings.work,
        gap: settings.gap,
        cutoff: settings.cutoff,
        witness: witness.as_ref(),
        progress: &|score, bound, trips| watch.progress(&Progress::Rota { score, bound, trips }),
    };
    let start = Some(start).filter(|start| !start.is_empty());
    let EngineOutcome { trips, bound, trips_serving: could, start } =
        best_rota(instance, &limits, most_points(instance), start)?;
    Ok(BestRota { trips, bound, trips_serving: (watch.seconds_left() > 0.0).then_some(could), start })
}

#[cfg(not(feature = "highs"))]
fn best_generated(
    _: &Instance<'_>,
    _: &Settings,
    _: &dyn Watch,
    _: &WarmStart,
    _: Option<&Rota>,
) -> Result<BestRota, Failure> {
    Err(Failure::Solver("this build solves over all trips".to_owned()))
}

/// The requests that no trip could serve, whatever the rest of the rota, with the rules that stop them.
#[must_use]
pub fn unservable(problem: &Problem, travel: &TravelTable) -> Vec<Unmet> {
    let instance = Instance::new(problem, travel);
    let reasons =
        instance.request_ixs().map(|request| blocking_rules(&instance, request, &|| false).unwrap_or_default());
    (problem.requests.iter().zip(reasons))
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(request, reasons)| Unmet { request: request.id.clone(), reasons })
        .collect()
}

/// The requests that the chosen trips leave, in the problem's order; with reasons where it is known in how many trips
/// each could ride, unless `stop` says so.
fn unmet(
    problem: &Problem,
    instance: &Instance<'_>,
    could: Option<&[u64]>,
    chosen: &[&Trip],
    stop: &(dyn Fn() -> bool + Sync),
) -> Vec<Unmet> {
    let served: BTreeSet<RequestIx> = chosen.iter().flat_map(|trip| trip.requests.iter().copied()).collect();
    let why = |request: RequestIx| match could {
        None => Vec::new(),
        Some(could) => match could[request.at()] {
            0 => match blocking_rules(instance, request, stop) {
                Some(blocks) if blocks.is_empty() => vec![Reason::CostsTooMuch],
                blocks => blocks.unwrap_or_default(),
            },
            trips => vec![Reason::LostToCompetition { trips }],
        },
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
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Vec<RequestId>, PlanError> {
    let mut kept: BTreeSet<RequestId> = problem.pins.iter().map(|pin| pin.request.clone()).collect();
    for request in kept.clone() {
        kept.remove(&request);
        // A pin also decides which trips there are, so they are looked for anew without it.
        let pins = problem.pins.iter().filter(|pin| kept.contains(&pin.request)).cloned().collect();
        let loosened = Problem { pins, ..problem.clone() };
        match best_rota(&Instance::new(&loosened, travel), settings, watch, &WarmStart::default(), None) {
            Err(Failure::Infeasible) => {}
            Ok(_) => {
                kept.insert(request);
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(kept.into_iter().collect())
}

impl From<Failure> for PlanError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Infeasible | Failure::OutOfTime => Self::Stopped,
            Failure::Solver(what) => Self::Solver(what),
        }
    }
}
