//! Problems in and out: sheets and JSON alike.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use visitrota::disk::NewFile;
use visitrota::{Date, Document, Error, Finding, Instant, Problem, Zone};

use crate::args::{ConvertArgs, DayArgs, InitArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{files, output, render};

/// A problem as it was read, and what messages call it.
#[derive(Debug)]
pub(crate) struct Source {
    document: Document,
    name: String,
}

/// Reads a problem, from wherever and of whatever form: every verb has it from here.
pub(crate) fn read_problem(path: &Path, today: Option<Date>) -> Result<Source, Failure> {
    let document = if files::is_stdin(path) {
        Document::of_within(&files::read(path)?, today, files::limits())
    } else {
        visitrota::open_within(path, today, files::limits()).map_err(|error| failure(&error))?
    };
    Ok(Source { document, name: files::name(path) })
}

impl Source {
    /// The problem, if it can be understood.
    pub(crate) fn problem(&self) -> Result<&Problem, Failure> {
        self.document.problem().ok_or_else(|| self.invalid(Vec::new()))
    }

    /// What was found in reading, and these findings about the problem, told by its cells.
    pub(crate) fn findings(&self, about_problem: Vec<Finding>) -> Vec<Finding> {
        self.document.findings(about_problem)
    }

    /// That it is at fault.
    pub(crate) fn invalid(&self, about_problem: Vec<Finding>) -> Failure {
        Failure::Invalid { document: self.name.clone(), findings: self.findings(about_problem) }
    }

    /// From the library's error about it.
    pub(crate) fn failure(&self, error: Error) -> Failure {
        match error {
            Error::Invalid { findings } => self.invalid(findings),
            Error::Stopped => Failure::Stopped,
            error => Failure::Internal(error.to_string()),
        }
    }
}

/// The day given, or the machine's.
pub(crate) fn today(day: &DayArgs) -> Date {
    day.today.unwrap_or_else(|| {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Zone::default().wall(Instant(i64::try_from(seconds / 60).unwrap_or(i64::MAX))).date()
    })
}

/// Everything wrong, or odd, in a problem; and, where asked for, a copy of its sheets with that marked.
pub(crate) fn check(source: &Source, copy: Option<&Path>) -> Result<Vec<Finding>, Failure> {
    if let Some(copy) = copy {
        if copy.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
            let copy = copy.display();
            let why = format!("cannot write {copy}: the marked copy is a workbook: end its name in .xlsx");
            return Err(Failure::Usage(why));
        }
        NewFile::new(copy).map_err(files::unwritten)?;
    }
    let progress = Progress::start("checking the problem");
    let found = source.document.problem().map(visitrota::check).unwrap_or_default();
    drop(progress);
    if let Some(copy) = copy {
        source.document.mark(found.clone(), copy).map_err(|error| failure(&error.into()))?;
        output::tell(&render::problem::marked(copy));
    }
    Ok(source.findings(found))
}

/// Makes a template.
pub(crate) fn init(args: &InitArgs) -> Result<Exit, Failure> {
    visitrota::init(&args.path).map_err(|error| failure(&error))?;
    output::tell(&render::problem::made(&args.path));
    Ok(Exit::Fine)
}

/// Puts a problem into another form.
pub(crate) fn convert(args: &ConvertArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.from, None)?;
    let problem = source.problem()?;
    // What sheets held besides a problem is passed over: that is told, since it is not in the new form.
    let passed_over = source.findings(Vec::new());
    if !passed_over.is_empty() {
        output::tell(&render::findings::text(&passed_over, &source.name, output::width()));
    }
    if files::is_stdin(&args.to) {
        output::data(&render::json(problem)?)?;
    } else {
        visitrota::save(problem, &args.to).map_err(|error| failure(&error))?;
        output::tell(&render::problem::written(problem, &args.to));
    }
    Ok(Exit::Fine)
}

/// From the library's error about a file.
fn failure(error: &Error) -> Failure {
    match error {
        Error::Read { path, source } => Failure::Usage(format!("cannot read {}: {source}", path.display())),
        Error::Write { .. } => Failure::Usage(error.to_string()),
        error => Failure::Internal(error.to_string()),
    }
}
