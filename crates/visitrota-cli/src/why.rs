//! The verbs that answer: `explain`, `advise`, and `apply` for what they suggest.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use visitrota::{Code, Error, Explanation, Finding, Options, Patch, Problem, Questions, RequestId, Rota};

use crate::args::{Format, seconds, threads};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::files::{self, Target};
use crate::problems::{Source, read_problem};
use crate::progress::Progress;
use crate::verbs::read_timed;
use crate::{interrupt, output, render};

const ADVISE_EXAMPLES: &str = "\
Examples:
  visitrota advise week.json
  visitrota advise week.json --format json | jq '.advice[0].patch' > first.json
  visitrota apply week.json first.json -o what-if.json";

/// Say why visits are not met, or are met as they are
///
/// Of every visit that the rota leaves unmet, or of those asked about: whether it is impossible by itself, what stops
/// whom, and the smallest change that would make it possible; or else what serving it would cost, exactly, and who
/// would lose a visit. Of a visit that is met: what its trip adds to the score, what is used up, and the best other
/// driver and slot with what they would cost. Costs are found by planning again, to a proof.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct ExplainArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` is standard input
    pub(crate) rota: PathBuf,

    /// Explain this request, met or not; it may be given several times
    #[arg(long = "request", value_name = "REQUEST")]
    pub(crate) requests: Vec<String>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// How to write the answer: `json` is {"unmet": […]}, with a patch for each change
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Say what would help: single changes, the most helpful first
///
/// More time, one more seat, table or trip, a check renewed, somebody new and where: each change that may be among the
/// most helpful is planned with, and its gain is what the proven best rota gains by it. Nothing is guessed.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{ADVISE_EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct AdviseArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// Give so many pieces of advice: those that help most
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) top: usize,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// How to write the advice: `json` is {"score": …, "advice": […]}, with a patch for each change
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Say who could stand in for each driver
///
/// For each trip, who else could take it with everything else left as it stands, in order of what that costs; the
/// fragile trips first, which nobody else could take.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct StandbyArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` is standard input
    pub(crate) rota: PathBuf,

    /// How to write the answer: `json` is {"trips": […], "fragile": …}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// What limits answers.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct LimitArgs {
    /// End after so many seconds, with what is known by then
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) time_limit: Option<Duration>,

    /// How many threads to use [default: as many as there are cores]
    #[arg(long, value_name = "NUMBER", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// Make the problem that a patch leads to
///
/// The patch is a JSON Patch (RFC 6902), such as `explain` and `advise` give beside their words, or one of your own.
/// The problem itself stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct ApplyArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The patch; `-` is standard input
    pub(crate) patch: PathBuf,

    /// Put the changed problem into this file, rather than on standard output
    #[arg(short, long, value_name = "PROBLEM")]
    pub(crate) output: Option<PathBuf>,
}

/// Explains.
pub(crate) fn explain(args: &ExplainArgs) -> Result<Exit, Failure> {
    one_stdin(&args.problem, &args.rota, "rota")?;
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_timed(&args.rota, &source)?;
    let questions = Questions { requests: args.requests.iter().map(|id| RequestId::from(id.as_str())).collect() };
    let explanation = watched(&args.limits, |options| visitrota::explain(problem, &rota, &questions, options))
        .map_err(|error| failed(&source, problem, error))?;
    output::print(&match args.format {
        Format::Text => render::why::explanation(problem, &explanation, output::width()),
        Format::Json => render::text::json(&visitrota::report::answers::explanation(problem, &explanation))?,
    })?;
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
                findings: vec![render::why::impossible_pins(problem, &requests, None)],
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
    let advice = watched(&args.limits, |options| visitrota::advise(problem, args.top, options))
        .map_err(|error| failed(&source, problem, error))?;
    output::print(&match args.format {
        Format::Text => render::why::advice(problem, &advice, output::width()),
        Format::Json => render::text::json(&visitrota::report::answers::advice(problem, &advice))?,
    })?;
    Ok(Exit::Fine)
}

/// Says who could stand in.
pub(crate) fn standby(args: &StandbyArgs) -> Result<Exit, Failure> {
    one_stdin(&args.problem, &args.rota, "rota")?;
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_timed(&args.rota, &source)?;
    let standby = watched(&LimitArgs::default(), |options| visitrota::standby(problem, &rota, options))
        .map_err(|error| source.failure(error))?;
    output::print(&match args.format {
        Format::Text => render::why::standby(problem, &rota, &standby, output::width()),
        Format::Json => render::text::json(&visitrota::report::answers::standby(&rota, &standby))?,
    })?;
    Ok(Exit::Fine)
}

/// Applies a patch.
pub(crate) fn apply(args: &ApplyArgs) -> Result<Exit, Failure> {
    one_stdin(&args.problem, &args.patch, "patch")?;
    let target = args.output.as_deref().map(|file| Target::new(file, "leave --output out")).transpose()?;
    let source = read_problem(&args.problem, None)?;
    let document = files::name(&args.patch);
    let patch: Patch = serde_json::from_slice(&files::read(&args.patch)?).map_err(|error| {
        let message = format!("This is no JSON Patch (RFC 6902): {error}.");
        let remedy = "Give a list of operations, such as `advise --format json` has under \"patch\".";
        let findings = vec![Finding::error(Code::NotJson, "", message, remedy)];
        Failure::Invalid { document: document.clone(), findings }
    })?;
    let changed = visitrota::apply(source.problem()?, &patch).map_err(|error| match error {
        Error::Invalid { findings } => Failure::Invalid { document, findings },
        error => source.failure(error),
    })?;
    let json = render::text::json(&changed)?;
    match target {
        Some(target) => {
            target.write(&json)?;
            output::tell(&render::problem::written(&changed, &target.name()));
        }
        None => output::print(&json)?,
    }
    Ok(Exit::Fine)
}

fn one_stdin(one: &Path, other: &Path, what: &str) -> Result<(), Failure> {
    if files::is_stdin(one) && files::is_stdin(other) {
        return Err(Failure::Usage(format!("the problem and the {what} cannot both be on standard input")));
    }
    Ok(())
}

/// Asks the library, with progress told and Ctrl-C heeded.
pub(crate) fn watched<T>(limits: &LimitArgs, ask: impl FnOnce(&Options) -> Result<T, Error>) -> Result<T, Error> {
    let progress = Progress::start("finding the best rota");
    let stage = progress.stage();
    let mut options = Options::default().on_progress(move |progress| stage.set(render::text::stage(progress)));
    if let Some(limit) = limits.time_limit {
        options = options.time_limit(limit);
    }
    if let Some(threads) = limits.threads {
        options = options.threads(threads);
    }
    interrupt::cancels(options.cancel(), progress.stage());
    ask(&options)
}

/// From the library's error about a problem; of pins that contradict each other it is told why, and what would help.
pub(crate) fn failed(source: &Source, problem: &Problem, error: Error) -> Failure {
    match error {
        Error::ImpossiblePins { requests } => {
            let why = watched(&LimitArgs::default(), |options| visitrota::contradiction(problem, &requests, options));
            source.invalid(vec![render::why::impossible_pins(problem, &requests, why.ok().as_ref())])
        }
        error => source.failure(error),
    }
}
