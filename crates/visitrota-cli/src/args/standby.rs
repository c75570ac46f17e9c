//! The arguments of `standby`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::show::ShowArgs;

/// Say who could stand in for each driver
///
/// For each trip, who else could take it with everything else left as it stands, in order of what that costs; the
/// fragile trips first, which nobody else could take.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct StandbyArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` is standard input
    pub(crate) rota: PathBuf,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to write the answer: `json` is {"trips": […], "fragile": …}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
