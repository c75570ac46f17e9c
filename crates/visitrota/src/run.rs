//! Planning, verifying and patching.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tracing::field::Empty;
use tracing::info_span;
use visitrota_model::{Code, Finding, MadeBy, Patch, Problem, ReadLimits, Rota, Verdict};
use visitrota_solver::{PlanError, Progress, Start, Watch};
use visitrota_travel::TravelTable;

use crate::error::Error;
use crate::options::{Clock, Options};
use crate::threads::Threads;

/// The best rota of a problem.
///
/// The same problem and seed give the same rota, in whatever order the problem's lists stand and on however many
/// threads, unless a time limit or cancelling ended it. Every rota has passed [`verify`] before it is returned.
///
/// Costs a fraction of a second for a scheme's week, seconds for a region's, minutes for a country's.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use std::time::Duration;
/// use visitrota::{Options, load, plan, rota::EndedBy};
///
/// let problem = load(file)?;
/// let rota = plan(&problem, &Options::default().time_limit(Duration::from_secs(60)))?;
/// assert_eq!((rota.ended_by, rota.bound), (Some(EndedBy::Proof), Some(rota.score)));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// See [`Error`]. [`Error::Stopped`] where a limit or cancelling ended it before there was a rota; at once with options
/// that are cancelled already.
pub fn plan(problem: &Problem, options: &Options) -> Result<Rota, Error> {
    let clock = options.watch();
    let (volunteers, requests) = (problem.volunteers.len(), problem.requests.len());
    let span = info_span!("plan", volunteers, requests, trips = Empty, score = Empty, bound = Empty).entered();
    let travel = sound(problem)?;
    let settings = options.settings();
    let watch = Showing { clock, options, problem, travel: &travel, shown_at: Mutex::new(None) };
    let start = Start { rota: options.start(), warm: None };
    let planned = Threads::of(options)?.work(|| {
        Ok(match options.valid() {
            Some(valid) => visitrota_solver::plan_held(problem, &travel, settings, &watch, valid),
            None => visitrota_solver::plan_from(problem, &travel, settings, &watch, start).map(|(rota, _)| rota),
        })
    })?;
    let rota = planned.map_err(|error| match error {
        PlanError::ImpossiblePins { requests } => Error::ImpossiblePins { requests },
        PlanError::Stopped { bound } => Error::Stopped { bound },
        other => Error::Internal(other.to_string()),
    })?;
    let rota = finished(problem, rota, options);
    broken(problem, &rota, &travel)?;
    span.record("trips", rota.trips.len()).record("score", rota.score).record("bound", rota.bound);
    Ok(rota)
}

/// A rota with what the planner itself does not say of it.
fn finished(problem: &Problem, mut rota: Rota, options: &Options) -> Rota {
    rota.odd = visitrota_model::odd_trips(problem, &rota);
    rota.made_by = Some(made_by(options));
    rota
}

/// Watches a plan, and shows its better rotas to whoever asked for them.
struct Showing<'a> {
    clock: Clock,
    options: &'a Options,
    problem: &'a Problem,
    travel: &'a TravelTable,
    /// When the last was shown.
    shown_at: Mutex<Option<Instant>>,
}

impl Watch for Showing<'_> {
    fn seconds_left(&self) -> f64 {
        self.clock.seconds_left()
    }

    fn cancelled(&self) -> bool {
        self.clock.cancelled()
    }

    fn progress(&self, progress: &Progress) {
        self.clock.progress(progress);
    }

    fn wants_rota(&self) -> bool {
        let last = *self.shown_at.lock().unwrap_or_else(PoisonError::into_inner);
        self.options.shows_every().is_some_and(|every| last.is_none_or(|last| last.elapsed() >= every))
    }

    fn better_rota(&self, rota: Rota) {
        *self.shown_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        let rota = finished(self.problem, rota, self.options);
        // Should it break a rule, the planner is at fault: the rota of the end will say so.
        if broken(self.problem, &rota, self.travel).is_ok() {
            self.options.show(&rota);
        }
    }
}

/// What a rota of ours says of its making.
pub(crate) fn made_by(options: &Options) -> MadeBy {
    MadeBy::new(concat!("visitrota ", env!("CARGO_PKG_VERSION")), options.settings().seed)
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
/// Costs milliseconds.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, load, plan, verify};
///
/// let problem = load(file)?;
/// let mut rota = plan(&problem, &Options::default())?;
/// assert!(verify(&problem, &rota)?.is_valid());
/// rota.trips[0].drive_min += 1;
/// for breach in verify(&problem, &rota)?.broken {
///     println!("{}: {}", breach.paragraph, breach.message);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors.
pub fn verify(problem: &Problem, rota: &Rota) -> Result<Verdict, Error> {
    let travel = sound(problem)?;
    Ok(visitrota_model::verify(problem, rota, &travel))
}

/// The problem after a patch (RFC 6902) of its document, such as explanations and advice carry.
///
/// Costs milliseconds.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, advise, apply, load, plan};
///
/// let problem = load(file)?;
/// for suggestion in advise(&problem, 1, &Options::default())?.suggestions {
///     let better = apply(&problem, &suggestion.patch)?;
///     assert_eq!(plan(&better, &Options::default())?.score, suggestion.score);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if the patch does not fit the document, or what comes of it is none.
pub fn apply(problem: &Problem, patch: &Patch) -> Result<Problem, Error> {
    apply_within(problem, patch, ReadLimits::default())
}

/// The problem after a patch as [`apply`] makes it, within other limits.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::problem::ReadLimits;
/// use visitrota::{apply_within, load, read_patch};
///
/// let patch = read_patch(br#"[{"op": "add", "path": "/volunteers/0/max_trips", "value": 2}]"#, ReadLimits::default())?;
/// let changed = apply_within(&load(file)?, &patch, ReadLimits::default())?;
/// assert_eq!(changed.volunteers[0].max_trips, 2);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if the patch does not fit the document, or what comes of it is none, or more than is read.
pub fn apply_within(problem: &Problem, patch: &Patch, limits: ReadLimits) -> Result<Problem, Error> {
    visitrota_model::apply_within(problem, patch, limits).map_err(|findings| Error::Invalid { findings })
}

/// Reads a patch (RFC 6902).
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{problem::ReadLimits, read_patch};
///
/// let patch = read_patch(br#"[{"op": "remove", "path": "/pins/0"}]"#, ReadLimits::default())?;
/// assert_eq!(patch.len(), 1);
/// # Ok(())
/// # }
/// ```
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
