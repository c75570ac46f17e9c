//! Planning: from a problem to its best rota, with limits and progress.

mod terms;

mod best_rota;
mod contradiction;
mod unmet;

use visitrota_model::{Problem, Rota};
use visitrota_travel::TravelTable;

use self::best_rota::{Run, best_rota};
use self::contradiction::contradiction;
pub use self::terms::{PlanError, Progress, Settings, Watch};
use self::unmet::unmet;
pub use self::unmet::unservable;
use crate::document;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::canonical::canonical;
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
    plan_from(problem, travel, settings, watch, &WarmStart::default()).map(|(rota, _)| rota)
}

/// Plans as [`plan`] does, from the warm start that the plan of nearly the same problem left, and returns the warm
/// start that this one leaves. Of many plans with one thing changed in each, all but the first are made much faster.
/// Another start may lead to another of several rotas that score the same.
///
/// # Errors
/// See [`PlanError`].
pub fn plan_from(
    problem: &Problem,
    travel: &TravelTable,
    settings: &Settings,
    watch: &dyn Watch,
    warm_start: &WarmStart,
) -> Result<(Rota, WarmStart), PlanError> {
    plan_as(problem, travel, Run { settings, watch, warm_start, reference: None })
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
    let run = Run { settings, watch, warm_start: &WarmStart::default(), reference: Some(reference) };
    plan_as(problem, travel, run).map(|(rota, _)| rota)
}

fn plan_as(problem: &Problem, travel: &TravelTable, run: Run<'_>) -> Result<(Rota, WarmStart), PlanError> {
    let ordered = canonical(problem, run.settings.seed);
    let instance = Instance::new(&ordered, travel);
    run.watch.progress(&Progress::Trips);
    match best_rota(&instance, run) {
        Ok(best) => {
            let trips: Vec<&Trip> = best.trips.iter().collect();
            let out_of_time = || run.watch.seconds_left() <= 0.0;
            let unmet = unmet(problem, &instance, best.trips_serving.as_deref(), &trips, &out_of_time);
            Ok((document::rota(&instance, &trips, best.bound, unmet), best.warm_start))
        }
        Err(Failure::Infeasible) => {
            let requests = contradiction(&ordered, travel, run)?;
            Err(PlanError::ImpossiblePins { requests })
        }
        Err(other) => Err(other.into()),
    }
}
