//! Which pins contradict each other: an irreducible infeasible subset of them, by the deletion filter (J. W. Chinneck
//! and E. W. Dravnieks, Locating minimal infeasible constraint sets in linear programs, ORSA Journal on Computing 3,
//! 1991).

use std::collections::BTreeSet;

use visitrota_model::{Problem, RequestId};
use visitrota_travel::TravelTable;

use super::best_rota::{Run, best_rota};
use super::terms::{PlanError, Start};
use crate::failure::Failure;
use crate::instance::Instance;
use crate::stop::Stop;

/// Pinned requests that contradict each other, each of them needed for that: each in turn is left out for good if the
/// rest contradict each other without it. No rota of the problem has more points than `bound`.
pub(super) fn contradiction(
    problem: &Problem,
    travel: &TravelTable,
    run: Run<'_>,
    bound: i64,
) -> Result<Vec<RequestId>, PlanError> {
    let must_end = || run.watch.seconds_left() <= 0.0;
    let stop = Stop::when(&must_end);
    let run = Run { start: Start::default(), reference: None, shown: None, ..run };
    let mut kept: BTreeSet<RequestId> = problem.pins.iter().map(|pin| pin.request.clone()).collect();
    for request in kept.clone() {
        kept.remove(&request);
        // A pin also decides which trips there are, so they are looked for anew without it.
        let pins = problem.pins.iter().filter(|pin| kept.contains(&pin.request)).cloned().collect();
        let mut loosened = problem.clone();
        loosened.pins = pins;
        match best_rota(&Instance::within(&loosened, travel, stop), run) {
            Err(Failure::Infeasible) => {}
            Ok(_) => {
                kept.insert(request);
            }
            Err(other) => return Err(PlanError::of(other, bound)),
        }
    }
    Ok(kept.into_iter().collect())
}
