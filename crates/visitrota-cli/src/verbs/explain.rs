//! The verbs that answer: `explain`, `advise`, and `apply` for what they suggest.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use visitrota::report::{Privacy, answers};
use visitrota::{Error, Explanation, Options, Problem, Questions, RequestId, Rota};

use crate::args::{Format, seconds, threads};
use crate::documents::problem::{Source, read_problem};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::files;
use crate::papers as report;
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

    #[command(flatten)]
    pub(crate) show: ShowArgs,

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

    #[command(flatten)]
    pub(crate) show: ShowArgs,

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

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to write the answer: `json` is {"trips": […], "fragile": …}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// What limits answers.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct LimitArgs {
    /// End after so many seconds, with what is known by then
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<Duration>,

    /// How many threads to use [default: as many as there are cores]
    #[arg(long, value_name = "NUMBER", value_parser = threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// What answers may show.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct ShowArgs {
    /// Show with `--format json` what is hidden there otherwise, several split by commas
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    pub(crate) show: Vec<Named>,
}

/// Whose names answers may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Named {
    /// The names of people; otherwise their ids alone
    Names,
    /// Prisons' names; otherwise their ids alone
    Prisons,
}

impl ShowArgs {
    /// What an answer of that format may show.
    pub(crate) fn shown(&self, format: Format) -> Privacy {
        let asked = |what| self.show.contains(&what);
        let asked = Privacy { names: asked(Named::Names), prisons: asked(Named::Prisons), homes: false };
        report::shown(format, asked)
    }
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
            output::data(&render::text::json(&answers::with_names(document, problem, shown))?)?;
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
            output::data(&render::text::json(&answers::with_names(document, problem, shown))?)?;
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
            output::data(&render::text::json(&answers::with_names(document, problem, shown))?)?;
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
    let json = render::text::json(&changed)?;
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
    let mut options = Options::default().on_progress(move |progress| stage.set(render::text::stage(progress)));
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
