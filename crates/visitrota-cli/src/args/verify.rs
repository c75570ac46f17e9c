//! The arguments of `verify`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::limits::LimitArgs;
use super::show::ShowArgs;

/// Hold a rota against the rules
///
/// The rota may be from anywhere, planned by this program or changed by hand. Every rule it breaks is listed, and its
/// score is worked out anew.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct VerifyArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` is standard input
    pub(crate) rota: PathBuf,

    /// Say as well how far the rota is from the best, and what its cheapest repair is
    ///
    /// The cheapest repair is a valid rota with as many visits as can be had that keeps most of the slots and drivers
    /// of this one. It is told without being asked for where a trip has no times.
    #[arg(long)]
    pub(crate) best: bool,

    /// Keep the cheapest repair (JSON) in this file; implies --best
    #[arg(long, value_name = "ROTA")]
    pub(crate) repair: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to write the verdict: `json` is {"valid": …, "broken": […], "score": …, "parts": {…}, "served": …}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
