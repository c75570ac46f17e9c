//! The arguments of `init`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;

/// Create a template of a problem to fill in
///
/// The template opens on a sheet that says what to do, step by step. It has every sheet, with headings, notes on what
/// they mean, and example rows, which are never planned with. A workbook also has drop-down lists. Existing files are
/// never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct InitArgs {
    /// What to create: a workbook (a name ending in .xlsx) or a folder of CSV files (any other name)
    pub(crate) path: PathBuf,
}
