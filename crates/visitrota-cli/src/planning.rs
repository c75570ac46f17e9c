//! Questions that the library answers by planning: progress is shown, and a signal ends them early.

use visitrota::report::Privacy;
use visitrota::{Error, Options, Problem, Questions, Rota, answers::Explanation};

use crate::args::LimitArgs;
use crate::documents::problem::Source;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{interrupt, render};

/// Asks the library. Progress is shown, and a signal ends the planning.
pub(crate) fn ask<T>(limits: &LimitArgs, ask: impl FnOnce(&Options) -> T) -> T {
    ask_about("finding the best rota", limits, ask)
}

/// Asks the library as [`ask`] does, with other words for what is done at first.
pub(crate) fn ask_about<T>(stage: &'static str, limits: &LimitArgs, ask: impl FnOnce(&Options) -> T) -> T {
    let progress = Progress::start(stage);
    let stage = progress.stage();
    let mut options = Options::default().on_progress(move |progress| stage.set(render::progress::stage(progress)));
    if let Some(limit) = limits.time_limit {
        options = options.time_limit(limit);
    }
    if let Some(threads) = limits.threads {
        options = options.threads(threads);
    }
    let _planning = interrupt::cancel_on_signal(options.cancel(), progress.stage());
    ask(&options)
}

/// The failure for a library's error about a problem. Where pins contradict each other, it says why and what would
/// help.
pub(crate) fn failure(source: &Source, problem: &Problem, shown: Privacy, error: Error) -> Failure {
    match error {
        Error::ImpossiblePins { requests } => {
            let why = ask(&LimitArgs::default(), |options| visitrota::contradiction(problem, &requests, options));
            source.invalid(vec![render::answers::impossible_pins(problem, &requests, why.ok().as_ref(), shown)])
        }
        error => source.failure(error),
    }
}

/// Why each visit is unmet that a rota leaves out; `document` is what messages call the rota.
pub(crate) fn unmet(problem: &Problem, rota: &Rota, document: &str) -> Result<Explanation, Failure> {
    let limits = LimitArgs::default();
    ask(&limits, |options| visitrota::explain(problem, rota, &Questions::default(), options)).map_err(|error| {
        match error {
            Error::Invalid { findings } => Failure::Invalid { document: document.to_owned(), findings },
            Error::ImpossiblePins { requests } => Failure::Invalid {
                document: document.to_owned(),
                findings: vec![render::answers::impossible_pins(problem, &requests, None, Privacy::default())],
            },
            Error::Stopped { .. } => Failure::Stopped,
            other => Failure::Internal(other.to_string()),
        }
    })
}
