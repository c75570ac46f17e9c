//! The arguments of `apply`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;

/// Make the problem that a patch leads to
///
/// The patch is a JSON Patch (RFC 6902), such as `explain` and `advise` give beside their words, or one of your own.
/// The problem itself stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ApplyArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The patch; `-` is standard input
    pub(crate) patch: PathBuf,

    /// Put the changed problem into this file, rather than on standard output
    #[arg(short, long, value_name = "PROBLEM")]
    pub(crate) output: Option<PathBuf>,
}
