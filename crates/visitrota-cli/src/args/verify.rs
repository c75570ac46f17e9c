//! The arguments of `verify`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::limits::LimitArgs;
use super::show::ShowArgs;

/// Check a rota against the rules
///
/// The rota can come from anywhere: planned by this program, changed by hand or made by hand. The command lists every
/// rule that it breaks and recalculates its score.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct VerifyArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` for standard input
    pub(crate) rota: PathBuf,

    /// Also show how far the rota is from the best one, and its cheapest repair (or, if it is valid, a better rota with few
    /// changes)
    ///
    /// The cheapest repair is a valid rota that meets as many visits as possible and keeps as many slots and drivers of
    /// this rota as it can. If a trip has no times, both are shown even without --best.
    #[arg(long)]
    pub(crate) best: bool,

    /// Save the cheapest repair (JSON) in this file; implies --best
    #[arg(long, value_name = "ROTA")]
    pub(crate) repair: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to print the result; `json` prints {"valid": …, "broken": […], "score": …, "parts": {…}, "served": …}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
