//! Planning: from a problem to its best rota, with limits and progress.

mod terms;

mod best_rota;
mod contradiction;
mod unmet;

use tracing::info_span;
use visitrota_model::{EndedBy, Problem, Rota};
use visitrota_travel::TravelTable;

use self::best_rota::{Run, best_rota, trivial_upper_bound};
use self::contradiction::contradiction;
pub use self::terms::{PlanError, Progress, Settings, Start, Watch};
use self::unmet::unmet;
pub use self::unmet::unservable;
use crate::document;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::canonical::canonical;
use crate::score::score;
use crate::stop::Stop;
use crate::trip::Trip;
use crate::warm_start::WarmStart;

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
    plan_from(problem, travel, settings, watch, Start::default()).map(|(rota, _)| rota)
}

/// Plans as [`plan`] does, from a start, and returns the warm start that this plan leaves.
///
/// # Errors
/// See [`PlanError`].
pub fn plan_from(
    problem: &Problem,
    travel: &TravelTable,
    settings: &Settings,
    watch: &dyn Watch,
    start: Start<'_>,
) -> Result<(Rota, WarmStart), PlanError> {
    plan_as(problem, travel, Run { settings, watch, start, reference: None, shown: Some(problem) })
}

/// Plans as [`plan`] does, and fails if anything on the way contradicts a reference rota, which is known to be valid: a
/// bound below it, a cut that it breaks, a trip of it ruled out. For tests, and for the hunt for false proofs.
///
/// # Errors
/// See [`PlanError`]; [`PlanError::Solver`] for a proof that does not hold.
#[doc(hidden)]
pub fn plan_held(
    problem: &Problem,
    travel: &TravelTable,
    settings: &Settings,
    watch: &dyn Watch,
    reference: &Rota,
) -> Result<Rota, PlanError> {
    let run = Run { settings, watch, start: Start::default(), reference: Some(reference), shown: None };
    plan_as(problem, travel, run).map(|(rota, _)| rota)
}

fn plan_as(problem: &Problem, travel: &TravelTable, run: Run<'_>) -> Result<(Rota, WarmStart), PlanError> {
    let must_end = || run.watch.seconds_left() <= 0.0;
    let stop = Stop::when(&must_end);
    let span =
        info_span!("instance", volunteers = problem.volunteers.len(), requests = problem.requests.len()).entered();
    let ordered = canonical(problem, run.settings.seed);
    let instance = Instance::within(&ordered, travel, stop);
    drop(span);
    if stop.now() {
        return Err(PlanError::Stopped { bound: trivial_upper_bound(&instance) });
    }
    run.watch.progress(&Progress::Trips);
    match best_rota(&instance, run) {
        Ok(best) => {
            let trips: Vec<&Trip> = best.trips.iter().collect();
            let ended_by = ended_by(run, score(&instance, &best.trips), best.bound);
            let by_limit = match ended_by {
                EndedBy::Time | EndedBy::Cancel => true,
                EndedBy::Work => run.settings.work < u64::MAX,
                EndedBy::Proof | EndedBy::Gap => false,
            };
            if trips.is_empty() && by_limit {
                return Err(PlanError::Stopped { bound: best.bound });
            }
            let unmet = info_span!("reasons", trips = trips.len())
                .in_scope(|| unmet(problem, &instance, best.trips_serving.as_deref(), &trips));
            let mut rota = document::rota(&instance, &trips, best.bound, unmet);
            rota.ended_by = Some(ended_by);
            Ok((rota, best.warm_start))
        }
        Err(Failure::Infeasible) => {
            let requests = contradiction(&ordered, travel, run, trivial_upper_bound(&instance))?;
            Err(PlanError::ImpossiblePins { requests })
        }
        Err(other) => Err(PlanError::of(other, trivial_upper_bound(&instance))),
    }
}

/// Why planning ended with a rota of this score, where none exceeds the bound.
fn ended_by(run: Run<'_>, score: i64, bound: i64) -> EndedBy {
    let Run { settings, watch, .. } = run;
    #[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
    let within_gap = (bound - score) as f64 <= settings.gap * bound as f64;
    if bound <= score {
        EndedBy::Proof
    } else if within_gap {
        EndedBy::Gap
    } else if watch.cancelled() {
        EndedBy::Cancel
    } else if watch.seconds_left() <= 0.0 {
        EndedBy::Time
    } else {
        EndedBy::Work
    }
}

/// Points that no rota of a problem exceeds, at a glance: what serving every request at its best would earn, without any
/// driving.
#[must_use]
pub fn upper_bound(problem: &Problem, travel: &TravelTable) -> i64 {
    trivial_upper_bound(&Instance::new(problem, travel))
}
