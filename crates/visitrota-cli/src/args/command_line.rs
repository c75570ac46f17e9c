//! The command line: what `--help`, the completions and the manual page all tell.

use std::ffi::OsString;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use visitrota::Date;

use crate::exit;
use crate::papers::{PaperArgs, ReportArgs};
use crate::verbs::explain as why;

const EXAMPLES: &str = "\
Examples:
  visitrota init week.xlsx                a workbook to fill in
  visitrota check week.xlsx               what is wrong, or odd, in the problem?
  visitrota plan week.xlsx --out papers   plan it: pages, driver sheets, letters, calendars, claims
  visitrota plan week.xlsx -o rota.json   plan it: read the rota, and keep it in rota.json
  visitrota verify week.xlsx rota.json    does this rota, changed by hand, keep every rule?";

const GENERATE_EXAMPLES: &str = "\
Examples:
  visitrota generate -o week.json           the week of one scheme
  visitrota generate region --seed 7        another region than that of seed 0
  visitrota generate --families 120 --volunteers 30 --prisons 1 --minibuses 9
  visitrota generate tiny | visitrota plan -";

/// Plans the week's rota of a scheme whose volunteers drive children to visit a parent in prison
///
/// A problem says who can drive, who wants to visit, and when the prisons receive: in a workbook (.xlsx, .ods), a folder
/// of CSV files or a JSON document. Out of it comes the best rota there is, and how good it is proven to be. Nothing is
/// sent anywhere.
#[derive(Debug, Parser)]
#[command(name = "visitrota", version, max_term_width = 100)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) verb: Verb,

    /// When to use colour; nothing is told by colour alone
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: When,

    /// Read files up to so many times the usual limits
    ///
    /// No file of a scheme comes near them: 64 MiB of a file, 2,000,000 cells, 32,767 letters in a cell and the like.
    /// They keep a broken or malicious file from taking all memory; a message tells which limit a file goes beyond.
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
    Explain(why::ExplainArgs),
    Advise(why::AdviseArgs),
    Apply(why::ApplyArgs),
    Standby(why::StandbyArgs),
    Convert(ConvertArgs),
    Generate(GenerateArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Make the best rota of a problem
///
/// The rota is written for people to read: day by day each trip with its stops and times, then the visits that cannot
/// be met and why, then the score. With --output the rota document is kept in a file besides. The same problem and
/// seed give the same rota each time, unless a time limit or Ctrl-C ended the planning.
///
/// Ctrl-C, SIGTERM or SIGHUP ends planning with the best rota so far; a second one ends the program at once.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct PlanArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) problem: PathBuf,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// Keep the rota document (JSON) in this file as well
    ///
    /// The file is replaced in one step when the rota is there; if anything fails it stays as it was. A new file is
    /// readable by its owner alone, since it tells who visits whom. Nothing that is read is ever replaced.
    #[arg(short, long, value_name = "ROTA")]
    pub(crate) output: Option<PathBuf>,

    /// End planning after so many seconds, with the best rota so far
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<Duration>,

    /// End planning once the rota is proven to be within so many per cent of the best possible score
    #[arg(long, value_name = "PERCENT", value_parser = percent, allow_negative_numbers = true)]
    pub(crate) gap: Option<f64>,

    /// End planning after so much work, with the best rota so far
    ///
    /// A unit is about one trip timed. Unlike a time limit, it ends with the same rota each time.
    #[arg(long, value_name = "UNITS")]
    pub(crate) work_limit: Option<u64>,

    /// Decides between equally good rotas
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,

    /// How many threads to use [default: as many as there are cores]
    ///
    /// The rota does not depend on it.
    #[arg(long, value_name = "NUMBER", value_parser = threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<NonZeroUsize>,

    /// How to write the rota on standard output
    ///
    /// With `json` and --output, nothing is written there. The findings of a faulty problem are written as JSON on
    /// standard output with `json`, as text on standard error otherwise.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: RotaFormat,

    /// Keep a driver free on each day who could take one of its trips, wherever that costs no visit
    #[arg(long)]
    pub(crate) standby: bool,

    /// Exit with code 4 if a visit stays unmet
    #[arg(long)]
    pub(crate) require_all: bool,

    /// Make a report as well, as `visitrota report` does, in this new folder
    #[arg(long, value_name = "DIR", help_heading = "Report")]
    pub(crate) out: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) papers: PaperArgs,
}

/// List everything wrong, or odd, in a problem
///
/// Every finding is listed: where it is, what is wrong and what to do about it. No rota can be planned until the errors
/// are mended; warnings may be left.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct CheckArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// Write a copy of the sheets with the wrong cells marked, as a new workbook (.xlsx)
    #[arg(long, value_name = "COPY")]
    pub(crate) marked: Option<PathBuf>,

    /// How to write the findings: `json` is {"findings": […]}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Hold a rota against the rules
///
/// The rota may be from anywhere, planned by this program or changed by hand. Every rule it breaks is listed, and its
/// score is worked out anew.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct VerifyArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) problem: PathBuf,

    /// The rota: JSON, or a sheet of rides made by hand; `-` is standard input
    pub(crate) rota: PathBuf,

    /// Say as well how far the rota is from the best, and what its cheapest repair is
    ///
    /// The cheapest repair is a valid rota with as many visits as can be had that keeps most of the slots and drivers
    /// of this one. It is told without being asked for where a trip has no times.
    #[arg(long)]
    pub(crate) best: bool,

    /// Keep the cheapest repair (JSON) in this file; implies --best
    #[arg(long, value_name = "ROTA")]
    pub(crate) repair: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: why::LimitArgs,

    #[command(flatten)]
    pub(crate) show: why::ShowArgs,

    /// How to write the verdict: `json` is {"valid": …, "broken": […], "score": …, "parts": {…}, "served": …}
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// The day by which it is told what can still be booked.
#[derive(Debug, clap::Args)]
pub(crate) struct DayArgs {
    /// The day on which it is looked at which slots can still be booked, such as 2026-11-24 [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}

/// Make a template of a problem to fill in
///
/// It has every sheet with its headings, notes on what they mean and rows of an invented example, to be written over;
/// the workbook has drop-downs besides. Nothing that is there already is written over.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct InitArgs {
    /// The workbook (a name that ends in .xlsx) or the folder of CSV files (any other name) to make
    pub(crate) path: PathBuf,
}

/// Put a problem into another form: workbook, folder of CSV files or JSON
///
/// Nothing is lost on the way, and nothing that is there already is written over. A timetable comes out as the slots
/// that it makes for the week, days such as `every Sat` as the dates of the week, and postcodes with their coordinates.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct ConvertArgs {
    /// The problem: a workbook, a folder of CSV files, or a JSON document; `-` is standard input
    pub(crate) from: PathBuf,

    /// What to write: a workbook (.xlsx), a JSON document (.json) or a folder of CSV files (any other name); `-` is
    /// JSON on standard output
    pub(crate) to: PathBuf,
}

/// Make up a problem, of any size
///
/// It is for trying things out and for measuring: families in invented towns round invented prisons, volunteers in the
/// same towns, and a week of visits asked for. Nothing in it is wrong, and a few visits can be met by nobody. The same
/// size, numbers and seed give the same problem on every machine.
#[derive(Debug, clap::Args)]
#[command(after_help = GENERATE_EXAMPLES)]
pub(crate) struct GenerateArgs {
    /// How large: what is not given as a number follows from it
    #[arg(value_enum, default_value_t)]
    pub(crate) size: Size,

    /// How many families; one in twenty asks for two visits
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) families: Option<u32>,

    /// How many volunteers
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) volunteers: Option<u32>,

    /// How many prisons, some 36 km apart [default: one for every 35 families]
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) prisons: Option<u32>,

    /// How many of the volunteers drive a minibus: 15 seats, for up to six families
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = number(0))]
    pub(crate) minibuses: u32,

    /// Which of all problems of these numbers
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,

    /// Put the problem into this file, rather than on standard output
    ///
    /// The file is replaced in one step when the problem is there; if anything fails it stays as it was.
    #[arg(short, long, value_name = "PROBLEM")]
    pub(crate) output: Option<PathBuf>,
}

/// Print the JSON Schema of a document
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Which document
    #[arg(value_enum)]
    pub(crate) document: Document,
}

/// Print the completions of a shell
///
/// For bash, for example: visitrota completions bash > ~/.local/share/bash-completion/completions/visitrota
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// Print the manual page, in roff
///
/// To read it: visitrota man | man -l -
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// Of this verb; of the program as a whole, unless given
    pub(crate) verb: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// How a rota is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RotaFormat {
    /// For people
    #[default]
    Text,
    /// The document, for programs; from `report`, everything that its tables hold
    Json,
    /// A row for each visit that is met
    Csv,
    /// For maps: each trip a line, each stop a point, homes roughly
    Geojson,
}

impl From<RotaFormat> for Format {
    /// How a failure is told where a rota was asked for.
    fn from(format: RotaFormat) -> Self {
        if format == RotaFormat::Json { Self::Json } else { Self::Text }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Size {
    /// 10 families, 10 volunteers
    Tiny,
    /// 24 families, 20 volunteers
    #[default]
    Scheme,
    /// 150 families, 100 volunteers
    Region,
    /// 3,000 families, 2,200 volunteers
    National,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Document {
    /// The problem: what `plan` reads
    Problem,
    /// The rota: what `plan` writes
    Rota,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Even into a file
    Always,
    /// Not at all
    Never,
}

impl Verb {
    /// The format asked for, where the verb has a choice.
    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Plan(PlanArgs { format, .. }) => (*format).into(),
            Self::Report(ReportArgs { format, .. }) => format.unwrap_or_default().into(),
            Self::Check(CheckArgs { format, .. }) | Self::Verify(VerifyArgs { format, .. }) => *format,
            Self::Explain(why::ExplainArgs { format, .. })
            | Self::Advise(why::AdviseArgs { format, .. })
            | Self::Standby(why::StandbyArgs { format, .. }) => *format,
            Self::Init(_) | Self::Convert(_) | Self::Apply(_) => Format::Text,
            Self::Generate(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_) => Format::Text,
        }
    }
}

impl When {
    /// What a command line that could not be read as a whole says of colour: `--help` and errors have colour too.
    pub(crate) fn among(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let words: Vec<_> = arguments.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let after = words.iter().position(|word| word == "--color").and_then(|at| words.get(at + 1));
        let within = words.iter().find_map(|word| word.strip_prefix("--color="));
        after.map(String::as_str).or(within).and_then(|when| Self::from_str(when, false).ok()).unwrap_or_default()
    }
}

pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "not a number of seconds above 0".to_owned())
}

fn percent(text: &str) -> Result<f64, String> {
    let percent = text.strip_suffix('%').unwrap_or(text).parse().ok();
    percent.filter(|percent| (0.0..=100.0).contains(percent)).ok_or_else(|| "not a number from 0 to 100".to_owned())
}

pub(crate) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    const MOST: usize = 1024;
    let number = text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= MOST);
    number.ok_or_else(|| format!("not a number from 1 to {MOST}"))
}

/// How many times the usual limits.
fn times(text: &str) -> Result<NonZeroU32, String> {
    const MOST: u32 = 1_000;
    let times = text.parse().ok().filter(|times: &NonZeroU32| times.get() <= MOST);
    times.ok_or_else(|| format!("not a whole number from 1 to {MOST}"))
}

/// A number of things to be made up.
fn number(least: u32) -> clap::builder::RangedI64ValueParser<u32> {
    const MOST: i64 = 100_000;
    clap::value_parser!(u32).range(i64::from(least)..=MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn seconds_are_above_nought() {
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
        for text in ["0", "-1", "nan", "inf", "1e40", "a minute", ""] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn gaps_are_per_cent() {
        assert_eq!((percent("0.5"), percent("1%"), percent("0")), (Ok(0.5), Ok(1.0), Ok(0.0)));
        for text in ["-1", "101", "nan", "inf", "a half", "%", ""] {
            assert!(percent(text).is_err(), "{text}");
        }
    }

    #[test]
    fn threads_are_counted() {
        assert!(threads("1").is_ok() && threads("1024").is_ok());
        for text in ["0", "-1", "1025", "99999999999999999999", "two"] {
            assert!(threads(text).is_err(), "{text}");
        }
    }

    #[test]
    fn colour_is_found_in_a_bad_command_line() {
        let among = |line: &str| When::among(line.split(' ').map(OsString::from));
        assert_eq!(among("visitrota --color never plna"), When::Never);
        assert_eq!(among("visitrota plan --color=always --help"), When::Always);
        assert_eq!(among("visitrota --color"), When::Auto);
        assert_eq!(among("visitrota --color=sometimes"), When::Auto);
    }
}
