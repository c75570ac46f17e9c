//! The library's verbs.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use tracing::field::Empty;
use tracing::info_span;
use visitrota_files::{Document, RotaDocument};
use visitrota_model::{Code, Date, Finding, MadeBy, Patch, Problem, ReadLimits, Rota, Verdict};
use visitrota_solver::PlanError;
use visitrota_travel::TravelTable;

use crate::error::Error;
use crate::options::Options;

/// Reads a problem: a JSON document, a folder of CSV files, or a workbook (`.xlsx` or `.ods`).
///
/// # Errors
/// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not of the form of a problem.
pub fn load(path: impl AsRef<Path>) -> Result<Problem, Error> {
    open(path, None)?.into_problem().map_err(|findings| Error::Invalid { findings })
}

/// Reads a problem as [`load`] does, and keeps what was found on the way, and where everything came from:
/// [`Document::findings`] names the cells of a spreadsheet in the findings of [`check`](crate::check()). With today's date, it
/// also lists slots that can no longer be booked, if the sheets say when prisons take bookings.
///
/// # Errors
/// [`Error::Read`] if it cannot be read.
pub fn open(path: impl AsRef<Path>, today: Option<Date>) -> Result<Document, Error> {
    open_within(path, today, ReadLimits::default())
}

/// Reads a problem as [`open`] does, within other limits: the usual ones are far beyond any scheme's files.
///
/// # Errors
/// [`Error::Read`] if it cannot be read.
pub fn open_within(path: impl AsRef<Path>, today: Option<Date>, limits: ReadLimits) -> Result<Document, Error> {
    Ok(Document::read_within(path, today, limits)?)
}

/// Writes a problem: as JSON, as a workbook or as a folder of CSV files, as its name has it (`.json`, `.xlsx`, any
/// other). Nothing that is there is written over, and [`load`] gives the same problem back.
///
/// # Errors
/// [`Error::Write`] if something is there already, or the problem cannot be kept in that form, or the disk refuses.
pub fn save(problem: &Problem, path: impl AsRef<Path>) -> Result<(), Error> {
    Ok(visitrota_files::save(problem, path)?)
}

/// Writes a problem as [`save`] does, with how people are reached ([`Document::contacts`](crate::Document::contacts))
/// where it is written to sheets.
///
/// # Errors
/// As for [`save`].
pub fn save_with_contacts(
    problem: &Problem,
    contacts: &BTreeMap<String, visitrota_model::Contact>,
    path: impl AsRef<Path>,
) -> Result<(), Error> {
    Ok(visitrota_files::save_with_contacts(problem, contacts, path)?)
}

/// Writes a template to fill in, with examples and notes: a workbook (`.xlsx`), or a folder of CSV files.
///
/// # Errors
/// [`Error::Write`] if something is there already, or the disk refuses.
pub fn init(path: impl AsRef<Path>) -> Result<(), Error> {
    Ok(visitrota_files::init(path)?)
}

/// Reads a rota of a problem: our own document, or a sheet of rides that somebody filled in. Trips from a sheet have no
/// stops: [`fill_in_times`](crate::fill_in_times) gives them.
///
/// The sheet has a row for each family's ride with the columns `driver`, `slot` and `request` (or `family`), and
/// `chaperone` and `trip` where they are needed. It is a CSV file, `rides.csv` in a folder, or a sheet rides of a
/// workbook, such as a report's `rota.xlsx`.
///
/// # Errors
/// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not understood.
pub fn load_rota(path: impl AsRef<Path>, problem: &Problem) -> Result<Rota, Error> {
    open_rota_within(path, problem, ReadLimits::default()).map(|document| document.rota)
}

/// Reads a rota of a problem as [`load_rota`] does, within other limits, and keeps where its trips stand.
///
/// # Errors
/// [`Error::Read`] if it cannot be read, [`Error::Invalid`] if it is not understood.
pub fn open_rota_within(path: impl AsRef<Path>, problem: &Problem, limits: ReadLimits) -> Result<RotaDocument, Error> {
    Ok(RotaDocument::read(path, problem, limits)?)
}

/// Reads a rota of a problem as [`load_rota`] does, from bytes; messages call a CSV file `name`.
/// [`RotaDocument::of`] does it within other limits.
///
/// # Errors
/// [`Error::Invalid`] if it is not understood.
pub fn read_rota(bytes: &[u8], name: &str, problem: &Problem) -> Result<Rota, Error> {
    let read = RotaDocument::of(bytes, name, problem, ReadLimits::default());
    read.map(|document| document.rota).map_err(|findings| Error::Invalid { findings })
}

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
    let program = concat!("visitrota ", env!("CARGO_PKG_VERSION")).to_owned();
    MadeBy { program, seed: options.settings().seed }
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

/// Everything in a file, or in what is written into a pipe.
///
/// # Errors
/// [`Error::Read`] if it cannot be read, or is no file; [`Error::Invalid`] if it is longer than is read.
pub fn read_file(path: impl AsRef<Path>, limits: ReadLimits) -> Result<Vec<u8>, Error> {
    Ok(visitrota_files::bytes(path, limits)?)
}

/// Everything that can be read from somewhere, such as standard input, which messages call `name`.
///
/// # Errors
/// [`Error::Read`] if it cannot be read; [`Error::Invalid`] if it is longer than is read.
pub fn read_all(source: impl Read, name: &str, limits: ReadLimits) -> Result<Vec<u8>, Error> {
    let bytes = visitrota_files::bytes_of(source, limits);
    Ok(bytes.map_err(|source| Error::Read { path: name.into(), source })??)
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
