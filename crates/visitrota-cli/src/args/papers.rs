//! What the papers of a rota are made with: for `report`, and for `plan --out`.

use std::path::PathBuf;

use clap::ValueEnum;
use visitrota::report::Privacy;

/// What the papers are made with.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Report")]
pub(crate) struct PaperArgs {
    /// Join names from this file (CSV): columns id, name, phone, language (en or cy) and notes
    ///
    /// `id` is a volunteer's, a family's or a prison's; every other column may be left out or empty. Notes are for the
    /// driver who calls there: an address, a door to knock at.
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,

    /// Show what is hidden otherwise, several split by commas
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    pub(crate) show: Vec<Show>,

    /// Leave the links to maps out of drivers' sheets
    ///
    /// A route link opens a map site, openstreetmap.org, with both addresses in it: a family's home among them.
    #[arg(long)]
    pub(crate) no_route_links: bool,

    /// Tell on the page what stops each visit that is not met, what would make it possible, or what serving it would cost
    ///
    /// That is found by planning again, once for each of them.
    #[arg(long)]
    pub(crate) why: bool,

    /// An earlier rota of this week that calendars were sent of; for several, give it again, the oldest first
    ///
    /// What has changed since is told as a change of the same entry, and a trip that is no more is cancelled.
    #[arg(long, value_name = "ROTA")]
    pub(crate) previous: Vec<PathBuf>,

    /// What is paid for a mile, by date (CSV) [default: the approved amounts: 45p, and 55p from 6 April 2026]
    ///
    /// Columns from (a date), first_miles (so many miles of a tax year are paid at the first rate), first_rate,
    /// later_rate and passenger_rate (for each passenger's mile), in pence. The file tables/rates.csv of any report is
    /// one, to be edited.
    #[arg(long, value_name = "FILE")]
    pub(crate) rates: Option<PathBuf>,

    /// What volunteers have claimed before this week in its tax year (CSV): columns id and miles
    ///
    /// The file tables/miles-so-far.csv of the week before is one.
    #[arg(long, value_name = "FILE")]
    pub(crate) miles_so_far: Option<PathBuf>,
}

/// What may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// The names of people that the problem holds, not those of --names alone
    Names,
    /// Prisons' names; a driver's sheet has them in any case
    Prisons,
    /// On maps, homes where they are, rather than roughly
    Homes,
}

impl PaperArgs {
    /// What papers, and documents for programs, may show.
    pub(crate) fn privacy(&self) -> Privacy {
        let shown = |what| self.show.contains(&what);
        Privacy { names: shown(Show::Names), prisons: shown(Show::Prisons), homes: shown(Show::Homes) }
    }
}
