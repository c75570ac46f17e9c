//! The command line as a whole: what every verb takes, and the verbs.

use std::num::NonZeroU32;

use clap::{Parser, Subcommand};

use super::advise::AdviseArgs;
use super::apply::ApplyArgs;
use super::check::CheckArgs;
use super::color::When;
use super::completions::CompletionsArgs;
use super::convert::ConvertArgs;
use super::exit_codes::EXIT_CODES;
use super::explain::ExplainArgs;
use super::format::Format;
use super::generate::GenerateArgs;
use super::init::InitArgs;
use super::licences::LicencesArgs;
use super::man::ManArgs;
use super::numbers::times;
use super::plan::PlanArgs;
use super::report::ReportArgs;
use super::schema::SchemaArgs;
use super::standby::StandbyArgs;
use super::verify::VerifyArgs;

const EXAMPLES: &str = "\
Examples:
  visitrota init week.xlsx                create a workbook to fill in
  visitrota check week.xlsx               list its errors and warnings
  visitrota plan week.xlsx --out papers   plan, and make pages, driver sheets, letters, calendars, claims
  visitrota plan week.xlsx -o rota.json   plan, print the rota and save it in rota.json
  visitrota verify week.xlsx rota.json    check whether a rota changed by hand keeps every rule";

/// Plans the week's rota for a scheme whose volunteers drive children to visit a parent in prison
///
/// A problem describes one week: who can drive, who wants to visit, and when the prisons take visitors. It is a
/// workbook (.xlsx or .ods), a folder of CSV files or a JSON document. The program finds the best rota for it and
/// proves how good that rota is. It sends nothing over the network.
#[derive(Debug, Parser)]
#[command(name = "visitrota", version, max_term_width = 100)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", EXIT_CODES))]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) verb: Verb,

    /// When to use colour; all output can be read without it
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: When,

    /// Raise the size limits on files by this factor
    ///
    /// The usual limits are far above what any scheme needs: 64 MiB per file, 2,000,000 cells, 32,767 characters in a
    /// cell, and so on. They stop a broken or malicious file from using up all memory. If a file exceeds a limit, a
    /// message says which one.
    #[arg(long, global = true, value_name = "TIMES", default_value_t = NonZeroU32::MIN, value_parser = times)]
    pub(crate) size_limit: NonZeroU32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Init(InitArgs),
    Check(CheckArgs),
    Plan(PlanArgs),
    Report(ReportArgs),
    Verify(VerifyArgs),
    Explain(ExplainArgs),
    Advise(AdviseArgs),
    Apply(ApplyArgs),
    Standby(StandbyArgs),
    Convert(ConvertArgs),
    Generate(GenerateArgs),
    Schema(SchemaArgs),
    #[command(alias = "licenses")]
    Licences(LicencesArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

impl Verb {
    /// The format asked for, where the verb has a choice.
    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Plan(PlanArgs { format, .. }) => (*format).into(),
            Self::Report(ReportArgs { format, .. }) => format.unwrap_or_default().into(),
            Self::Check(CheckArgs { format, .. }) | Self::Verify(VerifyArgs { format, .. }) => *format,
            Self::Explain(ExplainArgs { format, .. })
            | Self::Advise(AdviseArgs { format, .. })
            | Self::Standby(StandbyArgs { format, .. }) => *format,
            Self::Init(_) | Self::Convert(_) | Self::Apply(_) => Format::Text,
            Self::Generate(_) | Self::Schema(_) | Self::Licences(_) | Self::Completions(_) | Self::Man(_) => {
                Format::Text
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
