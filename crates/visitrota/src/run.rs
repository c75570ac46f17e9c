//! The library's verbs.

use std::fs;
use std::path::Path;

use visitrota_model::{Finding, MadeBy, Problem, Rota, Verdict};
use visitrota_solver::PlanError;
use visitrota_travel::TravelTable;

use crate::error::Error;
use crate::options::Options;

/// Reads a problem document from a file.
///
/// # Errors
/// [`Error::Read`] if the file cannot be read, [`Error::Invalid`] if it is not of the form of a problem.
pub fn load(path: impl AsRef<Path>) -> Result<Problem, Error> {
    Problem::from_json(&read(path.as_ref())?).map_err(|findings| Error::Invalid { findings })
}

/// Reads a rota document from a file.
///
/// # Errors
/// [`Error::Read`] if the file cannot be read, [`Error::Invalid`] if it is not of the form of a rota.
pub fn load_rota(path: impl AsRef<Path>) -> Result<Rota, Error> {
    Rota::from_json(&read(path.as_ref())?).map_err(|findings| Error::Invalid { findings })
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// Everything wrong, or odd, in a problem: what can be seen in the document, and, if that has no errors, the requests
/// that no trip could serve.
#[must_use]
pub fn check(problem: &Problem) -> Vec<Finding> {
    visitrota_model::check(problem)
}

/// The travel table of a problem.
///
/// # Errors
/// [`Error::Invalid`] if the problem does not say enough.
pub fn travel(problem: &Problem) -> Result<TravelTable, Error> {
    TravelTable::new(problem).map_err(|error| Error::Internal(error.to_string()))
}

/// The best rota of a problem.
///
/// The same problem and seed give the same rota, in whatever order the problem's lists stand and on however many
/// threads, unless a time limit or cancelling ended it.
///
/// # Errors
/// See [`Error`].
pub fn plan(problem: &Problem, options: &Options) -> Result<Rota, Error> {
    let findings = visitrota_model::check(problem);
    if findings.iter().any(Finding::is_error) {
        return Err(Error::Invalid { findings });
    }
    let travel = travel(problem)?;
    let watch = options.watch();
    let mut rota = visitrota_solver::plan(problem, &travel, options.seed_given(), &watch)
        .map_err(|error| match error {
            PlanError::ImpossiblePins { requests } => Error::ImpossiblePins { requests },
            PlanError::Stopped => Error::Stopped,
            other => Error::Internal(other.to_string()),
        })?;
    rota.made_by = Some(MadeBy {
        program: concat!("visitrota ", env!("CARGO_PKG_VERSION")).to_owned(),
        seed: options.seed_given(),
    });
    let _ = options.threads_given();
    Ok(rota)
}

/// Holds a rota against the rules: which it breaks, and what it scores.
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors.
pub fn verify(problem: &Problem, rota: &Rota) -> Result<Verdict, Error> {
    let findings = visitrota_model::check(problem);
    if findings.iter().any(Finding::is_error) {
        return Err(Error::Invalid { findings });
    }
    Ok(visitrota_model::verify(problem, rota, &travel(problem)?))
}
