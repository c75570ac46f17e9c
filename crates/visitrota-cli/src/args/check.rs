//! The arguments of `check`.

use std::path::PathBuf;

use super::day::DayArgs;
use super::exit_codes::EXIT_CODES;
use super::format::Format;

/// List everything wrong, or odd, in a problem
///
/// Every finding is listed: where it is, what is wrong and what to do about it. No rota can be planned until the errors
/// are mended; warnings may be left.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct CheckArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// Write a copy of the sheets with the wrong cells marked, as a new workbook (.xlsx)
    #[arg(long, value_name = "COPY")]
    pub(crate) marked: Option<PathBuf>,

    /// How to write the findings: `json` is {"findings": […]}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
