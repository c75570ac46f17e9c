//! The command line: what `--help`, the completions and the manual page all say. Every argument and its text is here,
//! and nothing here needs anything else of the program.

mod command_line;

// One verb each.
mod advise;
mod apply;
mod check;
mod completions;
mod convert;
mod explain;
mod generate;
mod init;
mod licences;
mod man;
mod plan;
mod report;
mod schema;
mod standby;
mod verify;

// What several verbs share.
mod color;
mod day;
mod exit_codes;
mod format;
mod limits;
mod numbers;
mod papers;
mod show;

pub(crate) use advise::AdviseArgs;
pub(crate) use apply::ApplyArgs;
pub(crate) use check::CheckArgs;
pub(crate) use color::When;
pub(crate) use command_line::{Args, Verb};
pub(crate) use completions::CompletionsArgs;
pub(crate) use convert::ConvertArgs;
#[cfg(test)]
pub(crate) use exit_codes::EXIT_CODES;
pub(crate) use explain::ExplainArgs;
pub(crate) use format::{Format, RotaFormat};
pub(crate) use generate::{GenerateArgs, Size};
pub(crate) use init::InitArgs;
pub(crate) use limits::LimitArgs;
pub(crate) use man::ManArgs;
pub(crate) use papers::PaperArgs;
pub(crate) use plan::PlanArgs;
pub(crate) use report::ReportArgs;
pub(crate) use schema::SchemaArgs;
pub(crate) use show::shown;
pub(crate) use standby::StandbyArgs;
pub(crate) use verify::VerifyArgs;
