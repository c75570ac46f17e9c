//! The arguments of `standby`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::show::ShowArgs;

/// List who could stand in for each driver
///
/// For each trip, the command lists who else could take it if everything else stayed the same, the cheapest first.
/// Trips that nobody else could take come first.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct StandbyArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` for standard input
    pub(crate) rota: PathBuf,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to print the answer; `json` prints {"trips": […], "fragile": …}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
