//! The arguments of `convert`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;

/// Convert a problem to a workbook, a folder of CSV files or JSON
///
/// Nothing is lost, and existing files are never overwritten. A timetable becomes the week's slots, days such as `every
/// Sat` become dates, and postcodes get their coordinates.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ConvertArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) from: PathBuf,

    /// What to write: a workbook (.xlsx), a JSON document (.json) or a folder of CSV files (any other name); `-` for
    /// JSON on standard output
    pub(crate) to: PathBuf,
}
