//! Planning, verifying and patching.

use tracing::field::Empty;
use tracing::info_span;
use visitrota_model::{Code, Finding, MadeBy, Patch, Problem, ReadLimits, Rota, Verdict};
use visitrota_solver::PlanError;
use visitrota_travel::TravelTable;

use crate::error::Error;
use crate::options::Options;

/// The best rota of a problem.
///
/// The same problem and seed give the same rota, in whatever order the problem's lists stand and on however many
/// threads, unless a time limit or cancelling ended it. Every rota has passed [`verify`] before it is returned.
///
/// # Errors
/// See [`Error`]. [`Error::Stopped`] where a limit or cancelling ended it before there was a rota; at once with options
/// that are cancelled already.
pub fn plan(problem: &Problem, options: &Options) -> Result<Rota, Error> {
    let watch = options.watch();
    let (volunteers, requests) = (problem.volunteers.len(), problem.requests.len());
    let span = info_span!("plan", volunteers, requests, trips = Empty, score = Empty, bound = Empty).entered();
    let travel = sound(problem)?;
    let settings = options.settings();
    let planned = pool(options)?.install(|| match options.valid() {
        Some(valid) => visitrota_solver::plan_held(problem, &travel, settings, &watch, valid),
        None => visitrota_solver::plan(problem, &travel, settings, &watch),
    });
    let mut rota = planned.map_err(|error| match error {
        PlanError::ImpossiblePins { requests } => Error::ImpossiblePins { requests },
        PlanError::Stopped { bound } => Error::Stopped { bound },
        other => Error::Internal(other.to_string()),
    })?;
    rota.odd = visitrota_model::odd_trips(problem, &rota);
    rota.made_by = Some(made_by(options));
    broken(problem, &rota, &travel)?;
    span.record("trips", rota.trips.len()).record("score", rota.score).record("bound", rota.bound);
    Ok(rota)
}

/// What a rota of ours says of its making.
pub(crate) fn made_by(options: &Options) -> MadeBy {
    MadeBy::new(concat!("visitrota ", env!("CARGO_PKG_VERSION")), options.settings().seed)
}

/// The threads to work on.
pub(crate) fn pool(options: &Options) -> Result<rayon::ThreadPool, Error> {
    let threads = options.threads_given();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Error::Internal(format!("cannot start {threads} threads: {error}")))
}

/// Holds a rota that was planned against the rules: if it breaks one, the planner is at fault.
pub(crate) fn broken(problem: &Problem, rota: &Rota, travel: &TravelTable) -> Result<(), Error> {
    let verdict =
        info_span!("verify", trips = rota.trips.len()).in_scope(|| visitrota_model::verify(problem, rota, travel));
    if verdict.broken.is_empty() {
        Ok(())
    } else {
        let broken: Vec<String> = verdict.broken.iter().map(ToString::to_string).collect();
        Err(Error::Internal(format!("the planned rota breaks the rules: {}", broken.join("; "))))
    }
}

/// Holds a rota against the rules: which it breaks, and what it scores.
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors.
pub fn verify(problem: &Problem, rota: &Rota) -> Result<Verdict, Error> {
    let travel = sound(problem)?;
    Ok(visitrota_model::verify(problem, rota, &travel))
}

/// The problem after a patch (RFC 6902) of its document, such as explanations and advice carry.
///
/// # Errors
/// [`Error::Invalid`] if the patch does not fit the document, or what comes of it is none.
pub fn apply(problem: &Problem, patch: &Patch) -> Result<Problem, Error> {
    apply_within(problem, patch, ReadLimits::default())
}

/// The problem after a patch as [`apply`] makes it, within other limits.
///
/// # Errors
/// [`Error::Invalid`] if the patch does not fit the document, or what comes of it is none, or more than is read.
pub fn apply_within(problem: &Problem, patch: &Patch, limits: ReadLimits) -> Result<Problem, Error> {
    visitrota_model::apply_within(problem, patch, limits).map_err(|findings| Error::Invalid { findings })
}

/// Reads a patch (RFC 6902).
///
/// # Errors
/// [`Error::Invalid`] if it is none, or holds more than is read.
pub fn read_patch(bytes: &[u8], limits: ReadLimits) -> Result<Patch, Error> {
    visitrota_model::read_patch(bytes, limits).map_err(|findings| Error::Invalid { findings })
}

/// The travel table of a problem without errors.
pub(crate) fn sound(problem: &Problem) -> Result<TravelTable, Error> {
    let findings = info_span!("check").in_scope(|| visitrota_model::check(problem));
    if findings.iter().any(Finding::is_error) {
        return Err(Error::Invalid { findings });
    }
    info_span!("travel").in_scope(|| TravelTable::new(problem)).map_err(|error| {
        let remedy = "Fix the travel source, or leave it out: the estimate needs only coordinates.";
        Error::Invalid { findings: vec![Finding::error(Code::TravelUnavailable, "travel", error.to_string(), remedy)] }
    })
}
