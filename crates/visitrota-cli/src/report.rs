//! The verb `report`, and what `plan --out` has of it: a folder of papers, whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use visitrota::report::words::count;
use visitrota::report::{self, Contacts, OutFile, Privacy};
use visitrota::{Problem, Rota};

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::problems::read_problem;
use crate::verbs::read_rota;
use crate::{files, output, render};

const EXAMPLES: &str = "\
Examples:
  visitrota report rota.json --problem week.json --out papers
  visitrota report rota.json --problem week.json --out papers --names names.csv";

/// Make the papers of a rota: the rota page, driver sheets, families' letters and messages
///
/// Everything is a file that opens in a browser and prints on A4; nothing in it reaches for the network. What the rota
/// says is printed as it stands: no time is worked out anew. People are ids, unless names are joined by --names.
///
/// The folder is made, and must not be there yet, or be empty: no sheet of an earlier rota stays among the new ones.
/// It is readable by its owner alone, since it tells who visits whom.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct ReportArgs {
    /// The rota document; `-` is standard input
    pub(crate) rota: PathBuf,

    /// The problem that it is a rota of; `-` is standard input
    #[arg(long, value_name = "PROBLEM")]
    pub(crate) problem: PathBuf,

    /// The folder to make
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,

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
    #[arg(long, value_name = "FILE", requires = "out")]
    pub(crate) names: Option<PathBuf>,

    /// Show what is hidden otherwise, several split by commas
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',', requires = "out")]
    pub(crate) show: Vec<Show>,
}

/// What may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// The names of people that the problem holds, not those of --names alone
    Names,
    /// Prisons' names on the page and in letters; a driver's sheet has them in any case
    Prisons,
    /// On the page's map, homes where they are, rather than roughly
    Homes,
}

/// Makes the report.
pub(crate) fn run(args: &ReportArgs) -> Result<Exit, Failure> {
    if files::is_stdin(&args.problem) && files::is_stdin(&args.rota) {
        return Err(Failure::Usage("the problem and the rota cannot both be on standard input".to_owned()));
    }
    let papers = Papers::new(&args.out, &args.papers)?;
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_rota(&args.rota)?;
    let progress = Progress::start("holding the rota against the rules");
    let verdict = visitrota::verify(problem, &rota).map_err(|error| source.failure(error))?;
    drop(progress);
    papers.write(problem, &rota, &files::name(&args.rota))?;
    if !verdict.broken.is_empty() {
        output::tell(&render::rota::broken(verdict.broken.len()));
    }
    Ok(Exit::Fine)
}

/// A report to be: where it goes, and what it is made with.
#[derive(Debug)]
pub(crate) struct Papers {
    folder: PathBuf,
    options: report::Options,
}

impl Papers {
    /// Refuses at once what would fail later, when the rota is there.
    pub(crate) fn new(folder: &Path, args: &PaperArgs) -> Result<Self, Failure> {
        let refused = |why: &str| Failure::Usage(format!("cannot make {}: {why}", folder.display()));
        match fs::read_dir(folder).map(|mut entries| entries.next()) {
            Ok(Some(_)) => {
                return Err(refused("it is not empty; give a new folder, so that nothing in it is lost or mixed up"));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refused("it is not a folder")),
            Ok(None) | Err(_) => {}
        }
        if folder.file_name().is_none() {
            return Err(refused("give a folder's name"));
        }
        let parent = parent(folder);
        if !parent.is_dir() {
            return Err(refused("there is no such directory to make it in"));
        }
        tempfile::tempdir_in(parent).map_err(|error| refused(&error.kind().to_string()))?;
        let contacts = args.names.as_deref().map(names).transpose()?.unwrap_or_default();
        let shown = |what| args.show.contains(&what);
        let privacy = Privacy { names: shown(Show::Names), prisons: shown(Show::Prisons), homes: shown(Show::Homes) };
        Ok(Self { folder: folder.to_owned(), options: report::Options { contacts, privacy } })
    }

    /// Makes the papers and puts them in the folder. `document` is what messages call the rota.
    pub(crate) fn write(&self, problem: &Problem, rota: &Rota, document: &str) -> Result<(), Failure> {
        let files = report::files(problem, rota, &self.options).map_err(|error| faulty(document, &error))?;
        put(&self.folder, &files)
            .map_err(|error| Failure::Usage(format!("cannot write to {}: {}", self.folder.display(), error.kind())))?;
        output::tell(&render::rota::reported(&self.folder.display().to_string(), files.len()));
        output::tell(&strangers(problem, &self.options.contacts));
        Ok(())
    }
}

fn names(file: &Path) -> Result<Contacts, Failure> {
    Contacts::from_csv(&files::read(file)?).map_err(|error| faulty(&files::name(file), &error))
}

fn faulty(document: &str, error: &report::Error) -> Failure {
    Failure::Invalid { document: document.to_owned(), findings: error.findings().to_vec() }
}

fn parent(folder: &Path) -> &Path {
    match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Writes the files into a folder beside, which then takes the folder's place: all of them are there, or none.
fn put(folder: &Path, files: &[OutFile]) -> io::Result<()> {
    let made = private(parent(folder))?;
    for file in files {
        let path = made.path().join(&file.name);
        if let Some(inner) = path.parent() {
            fs::create_dir_all(inner)?;
        }
        fs::write(path, &file.bytes)?;
    }
    // Empty, or this fails and nothing is lost.
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    fs::rename(made.path(), folder)?;
    // It is no temporary folder any more: nothing is left to be taken away.
    let _ = made.keep();
    Ok(())
}

/// A temporary folder, its owner's alone.
fn private(inside: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(inside)
}

/// Ids in the file of names that are nobody's: misspelt, or of somebody who has left.
fn strangers(problem: &Problem, contacts: &Contacts) -> String {
    let strange: Vec<_> = contacts.strangers(problem).collect();
    match strange.as_slice() {
        [] => String::new(),
        [one] => format!("The file of names knows {}, whom the problem does not.\n", render::text::plain(one)),
        [one, ..] => format!(
            "The file of names knows {} whom the problem does not, among them {}.\n",
            count(strange.len(), "person"),
            render::text::plain(one)
        ),
    }
}
