//! The arguments of `init`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;

/// Make a template of a problem to fill in
///
/// It has every sheet with its headings, notes on what they mean and rows of an invented example, to be written over;
/// the workbook has drop-downs besides. Nothing that is there already is written over.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct InitArgs {
    /// The workbook (a name that ends in .xlsx) or the folder of CSV files (any other name) to make
    pub(crate) path: PathBuf,
}
