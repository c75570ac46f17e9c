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

/// Make the papers of a rota: the rota page, driver sheets, letters, calendars, workbook and mileage claims
///
/// Pages open in a browser and print on A4; nothing in them reaches for the network. Calendars (.ics) are for each
/// volunteer, and one for all; the workbook rota.xlsx holds trips, rides, unmet visits, mileage and a funder's summary,
/// and tables/ the same as CSV. What the rota says is printed as it stands: no time is worked out anew. People are ids,
/// unless names are joined by --names.
///
/// With --format, the rota is written on standard output, for programs that read on.
///
/// The folder is made, and must not be there yet, or be empty: no sheet of an earlier rota stays among the new ones.
/// It is readable by its owner alone, since it tells who visits whom.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", EXIT_CODES))]
pub(crate) struct ReportArgs {
    /// The rota: JSON, or a sheet of rides made by hand; `-` is standard input
    pub(crate) rota: PathBuf,

    /// The problem that it is a rota of; `-` is standard input
    #[arg(long, value_name = "PROBLEM")]
    pub(crate) problem: PathBuf,

    /// The folder to make
    #[arg(long, value_name = "DIR", required_unless_present = "format")]
    pub(crate) out: Option<PathBuf>,

    /// Write the rota on standard output
    #[arg(long, value_enum)]
    pub(crate) format: Option<RotaFormat>,

    #[command(flatten)]
    pub(crate) papers: PaperArgs,
}
