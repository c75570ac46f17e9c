//! Problems in and out: sheets and JSON alike.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use visitrota::{Date, Document, Error, Finding, Instant, Problem, Zone};

use crate::args::{ConvertArgs, DayArgs, InitArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{files, output, render};

/// The problem in a file, or on standard input.
pub(crate) fn open(path: &Path, today: Option<Date>) -> Result<Document, Failure> {
    if files::is_stdin(path) {
        return Ok(Document::of(&files::read(path)?, today));
    }
    visitrota::open(path, today).map_err(failure)
}

/// The problem that a document is, if it is one.
pub(crate) fn problem<'a>(document: &'a Document, path: &Path) -> Result<&'a Problem, Failure> {
    let findings = || document.findings(Vec::new());
    document.problem().ok_or_else(|| Failure::Invalid { document: files::name(path), findings: findings() })
}

/// The day given, or the machine's.
pub(crate) fn today(day: &DayArgs) -> Date {
    day.today.unwrap_or_else(|| {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Zone::default().wall(Instant(i64::try_from(seconds / 60).unwrap_or(i64::MAX))).date()
    })
}

/// Writes a copy of a document's sheets with what was found marked.
pub(crate) fn mark(document: &Document, found: Vec<Finding>, copy: &Path) -> Result<(), Failure> {
    if copy.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        return Err(Failure::Usage(format!(
            "cannot write {}: the marked copy is a workbook: end its name in .xlsx",
            copy.display()
        )));
    }
    document.mark(found, copy).map_err(|error| failure(error.into()))?;
    output::tell(&render::problem::marked(&copy.display().to_string()));
    Ok(())
}

/// Makes a template.
pub(crate) fn init(args: &InitArgs) -> Result<Exit, Failure> {
    visitrota::init(&args.path).map_err(failure)?;
    output::tell(&render::problem::made(&args.path.display().to_string()));
    Ok(Exit::Fine)
}

/// Puts a problem into another form.
pub(crate) fn convert(args: &ConvertArgs) -> Result<Exit, Failure> {
    let document = open(&args.from, None)?;
    let problem = problem(&document, &args.from)?;
    // What sheets held besides a problem is passed over: that is told, since it is not in the new form.
    let passed_over = document.findings(Vec::new());
    if !passed_over.is_empty() {
        output::tell(&render::findings::text(&passed_over, &files::name(&args.from), output::width()));
    }
    if files::is_stdin(&args.to) {
        output::print(&render::text::json(problem)?)?;
    } else {
        visitrota::save(problem, &args.to).map_err(failure)?;
        output::tell(&render::problem::written(problem, &args.to.display().to_string()));
    }
    Ok(Exit::Fine)
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Read { path, source } => Failure::Usage(format!("cannot read {}: {source}", path.display())),
        error @ Error::Write { .. } => Failure::Usage(error.to_string()),
        error => Failure::Internal(error.to_string()),
    }
}
