//! The arguments of `plan`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::day::DayArgs;
use super::exit_codes::EXIT_CODES;
use super::format::RotaFormat;
use super::numbers::{percent, seconds, threads};
use super::papers::PaperArgs;

/// Find the best rota for a problem
///
/// Prints the rota: each day's trips with their stops and times, then the visits that cannot be met and why, then the
/// score. With --output, it also saves the rota as a JSON document. The same problem and seed always give the same
/// rota, unless a time limit or Ctrl-C stops the planning.
///
/// Ctrl-C, SIGTERM or SIGHUP stops planning and keeps the best rota so far. A second one quits at once.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct PlanArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) problem: PathBuf,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// Also save the rota as a JSON document in this file
    ///
    /// An existing file is replaced only when the rota is complete. If anything fails, it stays unchanged. Only you can
    /// read a new file, because it shows who visits whom. The program never overwrites a file that it reads.
    #[arg(short, long, value_name = "ROTA")]
    pub(crate) output: Option<PathBuf>,

    /// Stop planning after this many seconds and keep the best rota so far
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<Duration>,

    /// Stop planning once the score is proven to be within this percentage of the best possible one
    #[arg(long, value_name = "PERCENT", value_parser = percent, allow_negative_numbers = true)]
    pub(crate) gap: Option<f64>,

    /// Stop planning after this much work and keep the best rota so far
    ///
    /// One unit is about one trip timed. Unlike a time limit, a work limit gives the same rota every time.
    #[arg(long, value_name = "UNITS")]
    pub(crate) work_limit: Option<u64>,

    /// A number that decides between equally good rotas
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,

    /// Number of threads to use [default: the number of cores]
    ///
    /// The rota is the same with any number.
    #[arg(long, value_name = "NUMBER", value_parser = threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<NonZeroUsize>,

    /// How to print the rota
    ///
    /// With `json` and --output, the rota is saved and not printed. If the problem has errors, `json` prints them as
    /// JSON on standard output; every other format prints them as text on standard error.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: RotaFormat,

    /// On each day with trips, keep a driver free who could take one of them, if that costs no visit
    #[arg(long)]
    pub(crate) standby: bool,

    /// Exit with code 4 if a visit stays unmet
    #[arg(long)]
    pub(crate) require_all: bool,

    /// Also make a report in this new folder, as `visitrota report` does
    #[arg(long, value_name = "DIR", help_heading = "Report")]
    pub(crate) out: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) papers: PaperArgs,
}
