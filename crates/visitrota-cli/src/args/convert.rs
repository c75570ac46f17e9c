//! The arguments of `convert`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;

/// Put a problem into another form: workbook, folder of CSV files or JSON
///
/// Nothing is lost on the way, and nothing that is there already is written over. A timetable comes out as the slots
/// that it makes for the week, days such as `every Sat` as the dates of the week, and postcodes with their coordinates.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ConvertArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) from: PathBuf,

    /// What to write: a workbook (.xlsx), a JSON document (.json) or a folder of CSV files (any other name); `-` is
    /// JSON on standard output
    pub(crate) to: PathBuf,
}
