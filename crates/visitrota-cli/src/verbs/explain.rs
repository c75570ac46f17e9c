//! The verbs that answer: `explain`, `advise`, and `apply` for what they suggest.

use visitrota::report::{Privacy, answers};
use visitrota::{Error, Explanation, Options, Problem, Questions, RequestId, Rota};

use crate::args::{AdviseArgs, ApplyArgs, ExplainArgs, Format, LimitArgs, StandbyArgs};
use crate::documents::problem::{Source, read_problem};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::files;
use crate::progress::Progress;
use crate::verbs::read_timed;
use crate::{interrupt, output, render};

/// Explains.
pub(crate) fn explain(args: &ExplainArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_timed(&args.rota, &source)?;
    let shown = args.show.shown(args.format);
    let questions = Questions { requests: args.requests.iter().map(|id| RequestId::from(id.as_str())).collect() };
    let explanation = watched(&args.limits, |options| visitrota::explain(problem, &rota, &questions, options))
        .map_err(|error| failed(&source, problem, shown, error))?;
    match args.format {
        Format::Text => output::print(&render::answers::explanation(problem, &explanation, output::width()))?,
        Format::Json => {
            let document = answers::explanation(problem, &explanation, shown);
            output::data(&render::json(&answers::with_names(document, problem, shown))?)?;
        }
    }
    Ok(Exit::Fine)
}

/// Why each visit is not met that a rota leaves; `document` is what messages call it.
pub(crate) fn unmet(problem: &Problem, rota: &Rota, document: &str) -> Result<Explanation, Failure> {
    let limits = LimitArgs::default();
    watched(&limits, |options| visitrota::explain(problem, rota, &Questions::default(), options)).map_err(|error| {
        match error {
            Error::Invalid { findings } => Failure::Invalid { document: document.to_owned(), findings },
            Error::ImpossiblePins { requests } => Failure::Invalid {
                document: document.to_owned(),
                findings: vec![render::answers::impossible_pins(problem, &requests, None, Privacy::default())],
            },
            Error::Stopped => Failure::Stopped,
            other => Failure::Internal(other.to_string()),
        }
    })
}

/// Advises.
pub(crate) fn advise(args: &AdviseArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let shown = args.show.shown(args.format);
    let advice = watched(&args.limits, |options| visitrota::advise(problem, args.top, options))
        .map_err(|error| failed(&source, problem, shown, error))?;
    match args.format {
        Format::Text => output::print(&render::answers::advice(problem, &advice, output::width()))?,
        Format::Json => {
            let document = answers::advice(problem, &advice, shown);
            output::data(&render::json(&answers::with_names(document, problem, shown))?)?;
        }
    }
    Ok(Exit::Fine)
}

/// Says who could stand in.
pub(crate) fn standby(args: &StandbyArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_timed(&args.rota, &source)?;
    let standby = watched(&LimitArgs::default(), |options| visitrota::standby(problem, &rota, options))
        .map_err(|error| source.failure(error))?;
    match args.format {
        Format::Text => output::print(&render::answers::standby(problem, &rota, &standby, output::width()))?,
        Format::Json => {
            let document = answers::standby(&rota, &standby);
            let shown = args.show.shown(args.format);
            output::data(&render::json(&answers::with_names(document, problem, shown))?)?;
        }
    }
    Ok(Exit::Fine)
}

/// Applies a patch.
pub(crate) fn apply(args: &ApplyArgs) -> Result<Exit, Failure> {
    let target = args.output.as_deref().map(|file| files::target(file, "leave --output out")).transpose()?;
    let source = read_problem(&args.problem, None)?;
    let document = files::name(&args.patch);
    let failed = |error| match error {
        Error::Invalid { findings } => Failure::Invalid { document: document.clone(), findings },
        error => source.failure(error),
    };
    let patch = visitrota::read_patch(&files::read(&args.patch)?, files::limits()).map_err(failed)?;
    let changed = visitrota::apply_within(source.problem()?, &patch, files::limits()).map_err(failed)?;
    let json = render::json(&changed)?;
    match target {
        Some(target) => {
            files::write(&target, &json)?;
            output::tell(&render::problem::written(&changed, target.path()));
        }
        None => output::data(&json)?,
    }
    Ok(Exit::Fine)
}

/// Asks the library, with progress told and signals heeded.
pub(crate) fn watched<T>(limits: &LimitArgs, ask: impl FnOnce(&Options) -> Result<T, Error>) -> Result<T, Error> {
    let progress = Progress::start("finding the best rota");
    let stage = progress.stage();
    let mut options = Options::default().on_progress(move |progress| stage.set(render::progress::stage(progress)));
    if let Some(limit) = limits.time_limit {
        options = options.time_limit(limit);
    }
    if let Some(threads) = limits.threads {
        options = options.threads(threads);
    }
    let _planning = interrupt::cancels(options.cancel(), progress.stage());
    ask(&options)
}

/// From the library's error about a problem; of pins that contradict each other it is told why, and what would help.
pub(crate) fn failed(source: &Source, problem: &Problem, shown: Privacy, error: Error) -> Failure {
    match error {
        Error::ImpossiblePins { requests } => {
            let why = watched(&LimitArgs::default(), |options| visitrota::contradiction(problem, &requests, options));
            source.invalid(vec![render::answers::impossible_pins(problem, &requests, why.ok().as_ref(), shown)])
        }
        error => source.failure(error),
    }
}
