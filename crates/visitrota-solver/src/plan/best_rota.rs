//! The best rota of an instance: over all trips where they are few, by column generation where they are many.

use std::collections::BTreeSet;

use tracing::field::Empty;
use tracing::info_span;
use visitrota_model::{Problem, Rota};

use super::terms::{Progress, Settings, Start, Watch};
use super::unmet::unmet;
use crate::document;
use crate::failure::Failure;
use crate::given_rota;
use crate::instance::Instance;
use crate::instance::index::RideIx;
use crate::program::Program;
use crate::program::components::{ProgramSolution, solve};
use crate::score::{base_points, score};
use crate::trip::enumerate::enumerate;
use crate::trip::{FoundTrips, Trip};
use crate::warm_start::WarmStart;

/// How one plan is made.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) settings: &'a Settings,
    pub(super) watch: &'a dyn Watch,
    pub(super) start: Start<'a>,
    /// A rota that is known to be valid, against which every step is held. For tests.
    #[cfg_attr(not(feature = "highs"), expect(dead_code, reason = "one program over all trips has no steps to hold"))]
    pub(super) reference: Option<&'a Rota>,
    /// The problem in its own order, where better rotas are shown on the way.
    pub(super) shown: Option<&'a Problem>,
}

impl<'a> Run<'a> {
    /// What the plan of nearly the same problem left, if that is anything.
    fn warm_start(&self) -> Option<&'a WarmStart> {
        self.start.warm.filter(|warm| !warm.is_empty())
    }

    /// Shows a better rota, where one is wanted.
    fn show(&self, instance: &Instance<'_>, trips: &[Trip], bound: i64) {
        if let Some(problem) = self.shown.filter(|_| self.watch.wants_rota()) {
            let trips: Vec<&Trip> = trips.iter().collect();
            let unmet = unmet(problem, instance, None, &trips);
            self.watch.better_rota(document::rota(instance, &trips, bound, unmet));
        }
    }

    /// What is still valid of the rota that the plan begins with.
    fn given_trips(&self, instance: &Instance<'_>) -> Vec<Trip> {
        let given = self.start.rota.map(|rota| given_rota::trips(instance, rota));
        given.into_iter().flatten().flatten().collect()
    }
}

/// The best rota found.
pub(super) struct BestRota {
    pub(super) trips: Vec<Trip>,
    /// An upper bound on the points of every rota.
    pub(super) bound: i64,
    /// How many trips could carry each ride; none if they were not all looked for.
    pub(super) trips_serving: Option<Vec<u64>>,
    /// What this plan leaves to the next.
    pub(super) warm_start: WarmStart,
}

/// The best rota: over all trips if they are few, else by column generation.
pub(super) fn best_rota(instance: &Instance<'_>, run: Run<'_>) -> Result<BestRota, Failure> {
    let max_trips = if cfg!(feature = "highs") { run.settings.few_trips } else { usize::MAX };
    // A warm start comes from column generation over nearly the same problem, which has many trips then and now.
    let span = info_span!("enumerate", trips = Empty).entered();
    let found = if run.warm_start().is_none() { enumerate(instance, max_trips) } else { None };
    span.record("trips", found.as_ref().map_or(0, |found| found.trips.len()));
    drop(span);
    // Where there may be others, column generation also bounds what those are worth.
    let found = found.filter(|found| found.complete || max_trips == usize::MAX || instance.stop.now());
    match found {
        Some(found) => best_of_all(instance, run, found),
        None => best_generated(instance, run),
    }
}

/// The best rota of all trips found.
fn best_of_all(instance: &Instance<'_>, run: Run<'_>, found: FoundTrips) -> Result<BestRota, Failure> {
    let FoundTrips { trips, complete } = found;
    let span = info_span!("program", trips = trips.len(), score = Empty, bound = Empty).entered();
    let program = Program::new(instance, &trips.iter().collect::<Vec<_>>());
    let given = run.given_trips(instance);
    let given: BTreeSet<_> = given.iter().map(|trip| (trip.crew, &trip.rides)).collect();
    let preferred: Vec<bool> = trips.iter().map(|trip| given.contains(&(trip.crew, &trip.rides))).collect();
    let ProgramSolution { chosen, bound } = match solve(&program, &preferred, &|| run.watch.seconds_left()) {
        // The trips left out might have kept the pins.
        Err(Failure::Infeasible) if !complete => return Err(Failure::OutOfTime),
        solved => solved?,
    };
    let trips_serving = complete.then(|| {
        let mut trips_serving = vec![0; instance.rides.len()];
        trips.iter().flat_map(|trip| trip.rides.iter()).for_each(|ride| trips_serving[ride.at()] += 1);
        trips_serving
    });
    // Where a solver ended early, its bound may be above what anybody can see.
    let at_a_glance = trivial_upper_bound(instance);
    let bound = if complete { at_a_glance.min(bound + base_points(instance)) } else { at_a_glance };
    let count = trips.len();
    let trips: Vec<Trip> = trips.into_iter().zip(chosen).filter_map(|(trip, chosen)| chosen.then_some(trip)).collect();
    let score = score(instance, &trips);
    span.record("score", score).record("bound", bound);
    run.watch.progress(&Progress::Rota { score, bound, trips: count });
    run.show(instance, &trips, bound);
    Ok(BestRota { trips, bound, trips_serving, warm_start: WarmStart::default() })
}

#[cfg(feature = "highs")]
fn best_generated(instance: &Instance<'_>, run: Run<'_>) -> Result<BestRota, Failure> {
    use crate::engine::{self, Beginning, EngineLimits, EngineOutcome};
    use crate::witness::Witness;

    let Run { settings, watch, reference, shown, .. } = run;
    let witness = reference.and_then(|reference| Witness::new(instance, reference));
    let limits = EngineLimits {
        max_work: settings.work,
        gap: settings.gap,
        cutoff: settings.cutoff,
        witness: witness.as_ref(),
        progress: &|score, bound, trips| watch.progress(&Progress::Rota { score, bound, trips }),
        wants_rota: &|| shown.is_some() && watch.wants_rota(),
        better_rota: &|trips, bound| run.show(instance, trips, bound),
    };
    let beginning = Beginning { trips: run.given_trips(instance), warm: run.warm_start() };
    let EngineOutcome { trips, bound, trips_serving, start } =
        engine::best_rota(instance, &limits, trivial_upper_bound(instance), beginning)?;
    let trips_serving = (watch.seconds_left() > 0.0).then_some(trips_serving);
    Ok(BestRota { trips, bound, trips_serving, warm_start: start })
}

#[cfg(not(feature = "highs"))]
fn best_generated(_: &Instance<'_>, _: Run<'_>) -> Result<BestRota, Failure> {
    Err(Failure::Solver("this build solves over all trips".to_owned()))
}

/// What serving every request at its best would earn, without any driving: a bound where there is none better.
pub(super) fn trivial_upper_bound(instance: &Instance<'_>) -> i64 {
    let best = |ride: RideIx| instance.rides[ride.at()].options.iter().map(|option| option.points).max();
    instance.ride_ixs().filter_map(best).map(|points| points.max(0)).sum::<i64>() + base_points(instance)
}
