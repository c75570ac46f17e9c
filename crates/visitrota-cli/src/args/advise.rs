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

/// Say what would help: single changes, the most helpful first
///
/// More time, one more seat, table or trip, a check renewed, somebody new and where: each change that may be among the
/// most helpful is planned with, and its gain is what the proven best rota gains by it. Nothing is guessed.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", EXIT_CODES))]
pub(crate) struct AdviseArgs {
    /// The problem; `-` is standard input
    pub(crate) problem: PathBuf,

    /// Give so many pieces of advice: those that help most
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) top: usize,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) show: ShowArgs,

    /// How to write the advice: `json` is {"score": …, "advice": […]}, with a patch for each change
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
