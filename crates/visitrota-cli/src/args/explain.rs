//! The arguments of `explain`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::limits::LimitArgs;
use super::show::ShowArgs;

/// Say why visits are not met, or are met as they are
///
/// Of every visit that the rota leaves unmet, or of those asked about: whether it is impossible by itself, what stops
/// whom, and the smallest change that would make it possible; or else what serving it would cost, exactly, and who
/// would lose a visit. Of a visit that is met: what its trip adds to the score, what is used up, and the best other
/// driver and slot with what they would cost. Costs are found by planning again, to a proof.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ExplainArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` is standard input
    pub(crate) rota: PathBuf,

    /// Explain this request, met or not; it may be given several times
    #[arg(long = "request", value_name = "REQUEST")]
    pub(crate) requests: Vec<String>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to write the answer: `json` is {"unmet": […]}, with a patch for each change
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
