//! The arguments of `plan`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::day::DayArgs;
use super::exit_codes::EXIT_CODES;
use super::format::RotaFormat;
use super::numbers::{percent, seconds, threads};
use super::papers::PaperArgs;

/// Make the best rota of a problem
///
/// The rota is written for people to read: day by day each trip with its stops and times, then the visits that cannot
/// be met and why, then the score. With --output the rota document is kept in a file besides. The same problem and
/// seed give the same rota each time, unless a time limit or Ctrl-C ended the planning.
///
/// Ctrl-C, SIGTERM or SIGHUP ends planning with the best rota so far; a second one ends the program at once.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct PlanArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) problem: PathBuf,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// Keep the rota document (JSON) in this file as well
    ///
    /// The file is replaced in one step when the rota is there; if anything fails it stays as it was. A new file is
    /// readable by its owner alone, since it tells who visits whom. Nothing that is read is ever replaced.
    #[arg(short, long, value_name = "ROTA")]
    pub(crate) output: Option<PathBuf>,

    /// End planning after so many seconds, with the best rota so far
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<Duration>,

    /// End planning once the rota is proven to be within so many per cent of the best possible score
    #[arg(long, value_name = "PERCENT", value_parser = percent, allow_negative_numbers = true)]
    pub(crate) gap: Option<f64>,

    /// End planning after so much work, with the best rota so far
    ///
    /// A unit is about one trip timed. Unlike a time limit, it ends with the same rota each time.
    #[arg(long, value_name = "UNITS")]
    pub(crate) work_limit: Option<u64>,

    /// Decides between equally good rotas
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,

    /// How many threads to use [default: as many as there are cores]
    ///
    /// The rota does not depend on it.
    #[arg(long, value_name = "NUMBER", value_parser = threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<NonZeroUsize>,

    /// How to write the rota on standard output
    ///
    /// With `json` and --output, nothing is written there. The findings of a faulty problem are written as JSON on
    /// standard output with `json`, as text on standard error otherwise.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: RotaFormat,

    /// Keep a driver free on each day who could take one of its trips, wherever that costs no visit
    #[arg(long)]
    pub(crate) standby: bool,

    /// Exit with code 4 if a visit stays unmet
    #[arg(long)]
    pub(crate) require_all: bool,

    /// Make a report as well, as `visitrota report` does, in this new folder
    #[arg(long, value_name = "DIR", help_heading = "Report")]
    pub(crate) out: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) papers: PaperArgs,
}
