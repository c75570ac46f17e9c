//! The verb `report`, and what `plan --out` has of it: a folder of papers, whole or not at all.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use visitrota::disk::NewFolder;
use visitrota::report::words::count;
use visitrota::report::{self, Book, Contacts, MilesSoFar, Privacy, Rates};
use visitrota::{Instant, Problem, ReadLimits, Rota};

use crate::args::{Format, RotaFormat};
use crate::documents::problem::read_problem;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::render::shown::line;
use crate::verbs::explain as why;
use crate::verbs::read_timed;
use crate::{files, output, render};

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
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
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

impl PaperArgs {
    /// Refuses what would be of no use, since nothing is made of it.
    pub(crate) fn refuse(&self) -> Result<(), Failure> {
        let given = [
            ("--names", self.names.is_some()),
            ("--show", !self.show.is_empty()),
            ("--no-route-links", self.no_route_links),
            ("--why", self.why),
            ("--previous", !self.previous.is_empty()),
            ("--rates", self.rates.is_some()),
            ("--miles-so-far", self.miles_so_far.is_some()),
        ];
        match given.into_iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(Failure::Usage(format!("{option} is of no use without --out"))),
            None => Ok(()),
        }
    }
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

pub(crate) fn privacy(show: &[Show]) -> Privacy {
    let shown = |what| show.contains(&what);
    Privacy { names: shown(Show::Names), prisons: shown(Show::Prisons), homes: shown(Show::Homes) }
}

/// What an answer may show: to people, who are the coordinator, every name; to programs what was asked for.
pub(crate) fn shown(format: Format, asked: Privacy) -> Privacy {
    match format {
        Format::Text => Privacy::ALL,
        Format::Json => asked,
    }
}

/// Makes the report.
pub(crate) fn run(args: &ReportArgs) -> Result<Exit, Failure> {
    if args.out.is_none() && args.format.is_none_or(|format| format == RotaFormat::Text) {
        args.papers.refuse()?;
    }
    let papers = Papers::new(args.out.as_deref(), &args.papers)?;
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_timed(&args.rota, &source)?;
    let progress = Progress::start("holding the rota against the rules");
    let verdict = visitrota::verify(problem, &rota).map_err(|error| source.failure(error))?;
    drop(progress);
    let document = files::name(&args.rota);
    papers.write(problem, &rota, &document)?;
    if let Some(format) = args.format {
        papers.print(problem, &rota, &document, format)?;
    }
    if !verdict.broken.is_empty() {
        output::tell(&render::rota::broken(verdict.broken.len()));
    }
    Ok(Exit::Fine)
}

/// A rota that was planned earlier, for this problem or another.
fn earlier(file: &Path) -> Result<Rota, Failure> {
    Rota::from_json_within(&files::read(file)?, files::limits())
        .map_err(|findings| Failure::Invalid { document: files::name(file), findings })
}

/// A report to be: where it goes, and what it is made with.
#[derive(Debug)]
pub(crate) struct Papers {
    folder: Option<NewFolder>,
    /// Whether the page is to tell why visits are not met.
    why: bool,
    options: report::Options,
}

impl Papers {
    /// Refuses at once what would fail later, when the rota is there.
    pub(crate) fn new(folder: Option<&Path>, args: &PaperArgs) -> Result<Self, Failure> {
        let folder = folder.map(NewFolder::new).transpose().map_err(files::unwritten)?;
        let contacts =
            args.names.as_deref().map(|file| parsed(file, Contacts::from_csv_within)).transpose()?.unwrap_or_default();
        let privacy = privacy(&args.show);
        let earlier = args.previous.iter().map(|file| earlier(file)).collect::<Result<_, _>>()?;
        let rates =
            args.rates.as_deref().map(|file| parsed(file, Rates::from_csv_within)).transpose()?.unwrap_or_default();
        let miles_so_far = args.miles_so_far.as_deref().map(|file| parsed(file, MilesSoFar::from_csv_within));
        let miles_so_far = miles_so_far.transpose()?.unwrap_or_default();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let made = i64::try_from(now.as_secs() / 60).ok().map(Instant);
        let options = report::Options {
            contacts,
            privacy,
            earlier,
            rates,
            miles_so_far,
            why: None,
            made,
            no_route_links: args.no_route_links,
        };
        Ok(Self { folder, why: args.why, options })
    }

    /// Makes the papers and puts them in the folder, if there is to be one. `document` is what messages call the rota.
    pub(crate) fn write(&self, problem: &Problem, rota: &Rota, document: &str) -> Result<(), Failure> {
        if let Some(folder) = &self.folder {
            let mut options = self.options.clone();
            if self.why && !rota.unmet.is_empty() {
                options.why = Some(why::unmet(problem, rota, document)?);
            }
            let files = report::files(problem, rota, &options).map_err(|error| unmade(document, &error))?;
            let contents = files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice()));
            folder.write(contents).map_err(files::unwritten)?;
            output::tell(&render::rota::reported(folder.path(), files.len()));
        }
        output::tell(&strangers("names", &self.options.contacts.strangers(problem).collect::<Vec<_>>()));
        output::tell(&strangers("miles", &self.options.miles_so_far.strangers(problem).collect::<Vec<_>>()));
        Ok(())
    }

    /// Writes the rota on standard output.
    pub(crate) fn print(
        &self,
        problem: &Problem,
        rota: &Rota,
        document: &str,
        format: RotaFormat,
    ) -> Result<(), Failure> {
        let book = Book::new(problem, rota, &self.options).map_err(|error| unmade(document, &error))?;
        match format {
            RotaFormat::Text => output::print(&render::rota::text(problem, rota, output::width())),
            RotaFormat::Json => {
                let tables = report::json(&book).map_err(|error| unmade(document, &error))?;
                output::data(&render::text::json(&tables)?)
            }
            RotaFormat::Csv => output::data(&report::csv(&book)),
            RotaFormat::Geojson => output::data(&render::text::json(&report::geojson(&book))?),
        }
    }
}

fn parsed<T>(file: &Path, parse: impl Fn(&[u8], ReadLimits) -> Result<T, report::Error>) -> Result<T, Failure> {
    parse(&files::read(file)?, files::limits()).map_err(|error| faulty(&files::name(file), &error))
}

/// Why the documents, each of them read, do not make a report together; `document` is what the rota is called.
fn unmade(document: &str, error: &report::Error) -> Failure {
    let at_fault = match error {
        report::Error::Earlier(_) => "--previous",
        report::Error::Rates(_) => "--rates",
        _ => document,
    };
    faulty(at_fault, error)
}

fn faulty(document: &str, error: &report::Error) -> Failure {
    match error.findings() {
        [] => Failure::Usage(error.to_string()),
        findings => Failure::Invalid { document: document.to_owned(), findings: findings.to_vec() },
    }
}

/// Ids in a file beside the problem that are nobody's: misspelt, or of somebody who has left.
fn strangers(what: &str, strange: &[&str]) -> String {
    match strange {
        [] => String::new(),
        [one] => format!("The file of {what} knows {}, whom the problem does not.\n", line(one)),
        [one, ..] => format!(
            "The file of {what} knows {} whom the problem does not, among them {}.\n",
            count(strange.len(), "person"),
            line(one)
        ),
    }
}
