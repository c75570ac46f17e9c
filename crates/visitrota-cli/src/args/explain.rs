//! The arguments of `explain`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::limits::LimitArgs;
use super::show::ShowArgs;

/// Explain why visits are unmet, or are met the way they are
///
/// The command explains every unmet visit, or the visits that you ask about. If no trip could serve an unmet visit, it
/// says what stops each driver, and the smallest change that would make the visit possible. Otherwise, it says exactly
/// what the visit would cost and who would lose theirs. For a visit that is met, it says what its trip adds to the
/// score, which limits are used up, and what the best other driver and slot would cost. To find each cost, the program
/// plans again until the result is proven.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ExplainArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` for standard input
    pub(crate) rota: PathBuf,

    /// Explain this request, met or not; for several, repeat the option
    #[arg(long = "request", value_name = "REQUEST")]
    pub(crate) requests: Vec<String>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to print the answer; `json` prints {"unmet": […]}, with a patch for each change
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
