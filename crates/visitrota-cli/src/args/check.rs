//! The arguments of `check`.

use std::path::PathBuf;

use super::day::DayArgs;
use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::limits::LimitArgs;

/// List every error and warning in a problem
///
/// Each finding says where it is, what is wrong and what to do about it. A rota can be planned only when all errors are
/// fixed. Warnings can stay.
///
/// Ctrl-C, SIGTERM or SIGHUP stops looking for who can take part in no trip, and lists what was found. A second one quits
/// at once.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct CheckArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// Also write a copy of the sheets, as a new workbook (.xlsx), with the faulty cells marked
    #[arg(long, value_name = "COPY")]
    pub(crate) marked: Option<PathBuf>,

    /// How to print the findings; `json` prints {"findings": […]}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
