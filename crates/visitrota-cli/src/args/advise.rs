//! The arguments of `advise`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::Format;
use super::limits::LimitArgs;
use super::show::ShowArgs;

const EXAMPLES: &str = "\
Examples:
  visitrota advise week.json
  visitrota advise week.json --format json | jq '.advice[0].patch' > first.json
  visitrota apply week.json first.json -o what-if.json";

/// Suggest single changes that would help, the most helpful first
///
/// A change can be more time, one more seat, table or trip, a renewed check, or a new volunteer in a certain place. The
/// program plans again with each promising change. Its gain is how much better the new best rota is proven to be.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", EXIT_CODES))]
pub(crate) struct AdviseArgs {
    /// The problem: a workbook, a folder of CSV files or a JSON document; `-` for standard input
    pub(crate) problem: PathBuf,

    /// How many suggestions to give
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) top: usize,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to print the suggestions; `json` prints {"score": …, "advice": […]}, with a patch for each change
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
