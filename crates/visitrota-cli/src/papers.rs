//! The papers of a rota, as `report` and `plan --out` make them: a folder, whole or not at all.

use std::path::Path;

use visitrota::files::disk::NewFolder;
use visitrota::report::{self, Book, Contacts, MilesSoFar, Rates};
use visitrota::{Problem, Rota, problem::ReadLimits};

use crate::args::{PaperArgs, RotaFormat};
use crate::documents::problem::Source;
use crate::documents::rota::read_earlier;
use crate::failure::Failure;
use crate::{clock, files, output, planning, render};

/// Refuses options for papers where nothing is made with them.
pub(crate) fn refuse_without_folder(args: &PaperArgs) -> Result<(), Failure> {
    let given = [
        ("--names", args.names.is_some()),
        ("--show", !args.show.is_empty()),
        ("--no-route-links", args.no_route_links),
        ("--why", args.why),
        ("--previous", !args.previous.is_empty()),
        ("--rates", args.rates.is_some()),
        ("--miles-so-far", args.miles_so_far.is_some()),
    ];
    match given.into_iter().find(|(_, given)| *given) {
        Some((option, _)) => Err(Failure::Usage(format!("{option} has no effect without --out"))),
        None => Ok(()),
    }
}

/// A report to be: where it goes, and what it is made with.
#[derive(Debug)]
pub(crate) struct Papers {
    folder: Option<NewFolder>,
    /// Whether the page says why visits are not met.
    why: bool,
    options: report::Options,
}

impl Papers {
    /// Refuses at once what would fail later, when the rota is there.
    pub(crate) fn new(folder: Option<&Path>, args: &PaperArgs) -> Result<Self, Failure> {
        let folder = folder.map(NewFolder::new).transpose().map_err(files::failure)?;
        let contacts =
            args.names.as_deref().map(|file| parsed(file, Contacts::from_csv_within)).transpose()?.unwrap_or_default();
        let privacy = args.privacy();
        let earlier = args.previous.iter().map(|file| read_earlier(file)).collect::<Result<_, _>>()?;
        let rates =
            args.rates.as_deref().map(|file| parsed(file, Rates::from_csv_within)).transpose()?.unwrap_or_default();
        let miles_so_far = args.miles_so_far.as_deref().map(|file| parsed(file, MilesSoFar::from_csv_within));
        let miles_so_far = miles_so_far.transpose()?.unwrap_or_default();
        let options = report::Options {
            contacts,
            privacy,
            earlier,
            rates,
            miles_so_far,
            why: None,
            made: Some(clock::now()),
            no_route_links: args.no_route_links,
        };
        Ok(Self { folder, why: args.why, options })
    }

    /// Joins what the sheets of the problem say of how people are reached, behind the file of names.
    pub(crate) fn know(&mut self, source: &Source) {
        let contacts = std::mem::take(&mut self.options.contacts);
        self.options.contacts = contacts.before(source.contacts(), self.options.privacy);
    }

    /// Makes the papers and puts them in the folder, if there is to be one. `document` is what messages call the rota.
    pub(crate) fn write(&self, problem: &Problem, rota: &Rota, document: &str) -> Result<(), Failure> {
        if let Some(folder) = &self.folder {
            let mut options = self.options.clone();
            if self.why && !rota.unmet.is_empty() {
                options.why = Some(planning::unmet(problem, rota, document)?);
            }
            let files = report::files(problem, rota, &options).map_err(|error| unmade(document, &error))?;
            let contents = files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice()));
            folder.write(contents).map_err(files::failure)?;
            output::eprint(&render::papers::reported(folder.path(), files.len()));
        }
        let strangers: Vec<_> = self.options.contacts.strangers(problem).collect();
        output::eprint(&render::papers::strangers("names", &strangers));
        let strangers: Vec<_> = self.options.miles_so_far.strangers(problem).collect();
        output::eprint(&render::papers::strangers("miles", &strangers));
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
                output::print_document(&render::json(&tables)?)
            }
            RotaFormat::Csv => output::print_document(&report::csv(&book)),
            RotaFormat::Geojson => output::print_document(&render::json(&report::geojson(&book))?),
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
