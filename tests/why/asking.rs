//! What the tests of answers share: the best rota, what is pinned, what is served, what is written down.

use std::collections::BTreeSet;

use visitrota::{
    Checks, Error, Finding, Options, Problem, Questions, Rota,
    answers::{Change, Code, Explanation},
    check, explain, plan,
    problem::{Pin, RequestId},
    rota::{Status, Stop, StopKind, Trip},
};
use visitrota_tests::{Held, Size, for_each_seed};

/// Problems for each property.
pub(crate) const SEEDS: std::ops::Range<u64> = 0..if cfg!(feature = "highs") { 40 } else { 6 };

pub(crate) fn best(problem: &Problem) -> Result<Option<Rota>, String> {
    match plan(problem, &Options::default()) {
        Ok(rota) if rota.status == Status::Optimal => Ok(Some(rota)),
        Ok(_) => Err("not proven".to_owned()),
        Err(Error::ImpossiblePins { .. }) => Ok(None),
        Err(Error::Invalid { findings }) if findings.iter().all(is_of_pins) => Ok(None),
        Err(other) => Err(format!("{other:?}")),
    }
}

/// Whether a finding says no worse than that pins cannot hold.
pub(crate) fn is_of_pins(finding: &Finding) -> bool {
    !finding.is_error() || finding.code == Code::ImpossiblePin
}

/// How many visits a rota has: households who visit together have one.
pub(crate) fn visits(rota: &Rota) -> usize {
    rota.trips.iter().flat_map(|trip| &trip.requests).collect::<BTreeSet<_>>().len()
}

/// A trip as people write it down: who, where and whom, and no times.
pub(crate) fn written_down(problem: &Problem, trip: &Trip) -> Trip {
    let mut written = trip.clone();
    (written.drive_min, written.metres) = (0, 0);
    let is_family = |stop: &Stop| problem.families.iter().any(|family| family.id.place() == stop.place);
    written.stops.retain(|stop| stop.kind == StopKind::Pickup && is_family(stop));
    let bare = |stop: Stop| Stop::new(stop.kind, stop.place);
    written.stops = written.stops.into_iter().map(bare).collect();
    written
}

/// A rota that says who, where and with whom, and no more.
pub(crate) fn by_hand(problem: &Problem, rota: &Rota) -> Rota {
    let mut bare = rota.clone();
    (bare.score, bare.bound, bare.parts, bare.status) = (0, None, None, Status::Feasible);
    bare.unmet.clear();
    bare.trips.iter_mut().for_each(|trip| *trip = written_down(problem, trip));
    bare
}

pub(crate) fn explained(problem: &Problem, rota: &Rota) -> Result<Explanation, String> {
    explain(problem, rota, &Questions::default(), &Options::default()).map_err(|error| format!("{error:?}"))
}

pub(crate) fn hold(holds: bool, what: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(what()) }
}

/// The best score with a request pinned.
pub(crate) fn with_pin(problem: &Problem, request: &RequestId) -> Result<Option<i64>, String> {
    let mut pinned = problem.clone();
    if !pinned.pins.iter().any(|pin| pin.request == *request) {
        pinned.pins.push(Pin::new(request.clone()));
    }
    Ok(best(&pinned)?.map(|rota| rota.score))
}

/// Whether any trip could serve a request, and the problem is sound.
pub(crate) fn servable(problem: &Problem, request: &RequestId) -> bool {
    let findings = check(problem, &Checks::default());
    let stopped = |finding: &Finding| {
        finding.code.as_str() == "nobody-can-serve" && finding.value.as_deref() == Some(request.as_str())
    };
    !findings.iter().any(Finding::is_error) && !findings.iter().any(stopped)
}

/// Whether a rota could serve a request if nothing else were pinned. Trips by themselves are no proof: their company may
/// have no room in any rota.
pub(crate) fn can_be_served(problem: &Problem, request: &RequestId) -> Result<bool, String> {
    let mut alone = problem.clone();
    alone.pins.retain(|pin| pin.request == *request);
    Ok(servable(problem, request) && with_pin(&alone, request)?.is_some())
}

/// Changes with one of them smaller by one unit, or left out.
pub(crate) fn less(changes: &[Change], at: usize, problem: &Problem) -> Vec<Vec<Change>> {
    let put = |less: &[Change]| [&changes[..at], less, &changes[at + 1..]].concat();
    let left_out = (changes.len() > 1).then(|| put(&[]));
    changes[at].smaller(problem.timezone).into_iter().map(|less| put(&[less])).chain(left_out).collect()
}

pub(crate) fn each_rota(size: &Size, hold: impl Fn(&Problem, &Rota) -> Held + Sync) {
    for_each_seed(SEEDS, size, |problem| best(problem)?.map_or(Ok(()), |rota| hold(problem, &rota)));
}
