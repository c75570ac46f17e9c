//! The arguments of `apply`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;

/// Apply a patch to a problem
///
/// A patch is a JSON Patch (RFC 6902): one that `explain` or `advise` gives with --format json, or your own. The
/// problem itself stays unchanged; the changed problem is printed or saved.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ApplyArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) problem: PathBuf,

    /// The patch; `-` for standard input
    pub(crate) patch: PathBuf,

    /// Save the changed problem in this file instead of printing it
    #[arg(short, long, value_name = "PROBLEM")]
    pub(crate) output: Option<PathBuf>,
}
