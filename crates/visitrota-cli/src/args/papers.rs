//! What the papers of a rota are made with: for `report`, and for `plan --out`.

use std::path::PathBuf;

use clap::ValueEnum;
use visitrota::report::Privacy;

/// What the papers are made with.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Report")]
pub(crate) struct PaperArgs {
    /// Add names from this file (CSV): columns id, name, phone, language (en or cy) and notes
    ///
    /// `id` is the id of a volunteer, a family or a prison. You can leave out any other column, or leave its cells
    /// empty. Notes are for the driver who calls there, such as the address or which door to use. With `--show names`,
    /// what this file lacks comes from the sheets of the problem.
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,

    /// Show details that are otherwise hidden; separate several with commas
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    pub(crate) show: Vec<Show>,

    /// Leave route links out of driver sheets
    ///
    /// A route link opens a map site, openstreetmap.org, with both addresses in it. One of them can be a family's home.
    #[arg(long)]
    pub(crate) no_route_links: bool,

    /// Show on the rota page what stops each unmet visit, and what would make it possible or what it would cost
    ///
    /// To find out, the program plans again for each of these visits, which takes longer.
    #[arg(long)]
    pub(crate) why: bool,

    /// An earlier rota of this week whose calendars you sent out; for several, repeat the option, oldest first
    ///
    /// Calendars then update the entries that they already have, and cancel those of trips that no longer take place.
    #[arg(long, value_name = "ROTA")]
    pub(crate) previous: Vec<PathBuf>,

    /// Mileage rates by date (CSV) [default: the approved amounts: 45p, and 55p from 6 April 2026]
    ///
    /// Columns: from (a date), first_miles (how many miles of a tax year are paid at the first rate), first_rate,
    /// later_rate and passenger_rate (per mile for each passenger). Rates are in pence. To make your own, edit the file
    /// tables/rates.csv of any report.
    #[arg(long, value_name = "FILE")]
    pub(crate) rates: Option<PathBuf>,

    /// Miles that each volunteer claimed earlier in this week's tax year (CSV): columns id and miles
    ///
    /// Use the file tables/miles-so-far.csv from last week's report.
    #[arg(long, value_name = "FILE")]
    pub(crate) miles_so_far: Option<PathBuf>,
}

/// What may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// Names of people in the problem, not only names from --names; phones and notes in its sheets
    Names,
    /// Names of prisons; driver sheets always have them
    Prisons,
    /// Exact positions of homes on maps, not only rough ones
    Homes,
}

impl PaperArgs {
    /// What papers, and documents for programs, may show.
    pub(crate) fn privacy(&self) -> Privacy {
        let shown = |what| self.show.contains(&what);
        Privacy { names: shown(Show::Names), prisons: shown(Show::Prisons), homes: shown(Show::Homes) }
    }
}
