//! The arguments of `report`.

use std::path::PathBuf;

use super::exit_codes::EXIT_CODES;
use super::format::RotaFormat;
use super::papers::PaperArgs;

const EXAMPLES: &str = "\
Examples:
  visitrota report rota.json --problem week.json --out papers
  visitrota report rota.json --problem week.json --out papers --names names.csv
  visitrota report new.json --problem week.json --out new-papers --previous rota.json
  visitrota report rota.json --problem week.json --format geojson > trips.geojson";

/// Make the papers for a rota: rota page, driver sheets, letters, calendars, workbook and mileage claims
///
/// The pages open in a browser, print on A4 and load nothing from the network. There is a calendar (.ics) for each
/// volunteer and one for everyone. The workbook rota.xlsx lists trips, rides, unmet visits, mileage and a summary for
/// funders; the folder tables/ has the same as CSV. All times are those in the rota. People appear as ids, unless you
/// add their names with --names.
///
/// With --format, the rota is printed on standard output for use by other programs.
///
/// The folder must be new or empty, so that no sheet of an earlier rota is left among the new ones. Only you can read
/// it, because it shows who visits whom.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", EXIT_CODES))]
pub(crate) struct ReportArgs {
    /// The rota: JSON, or a sheet of rides made by hand; `-` for standard input
    pub(crate) rota: PathBuf,

    /// The problem that the rota is for; `-` for standard input
    #[arg(long, value_name = "PROBLEM")]
    pub(crate) problem: PathBuf,

    /// The folder to create
    #[arg(long, value_name = "DIR", required_unless_present = "format")]
    pub(crate) out: Option<PathBuf>,

    /// Print the rota on standard output
    #[arg(long, value_enum)]
    pub(crate) format: Option<RotaFormat>,

    #[command(flatten)]
    pub(crate) papers: PaperArgs,
}
