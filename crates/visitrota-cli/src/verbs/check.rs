//! The verb `check`.

use std::path::Path;

use visitrota::files::disk::NewFile;
use visitrota::{Finding, answers::FindingList, problem::Date};

use crate::args::{CheckArgs, Format};
use crate::documents::problem::{Source, read_problem};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{clock, files, output, render};

/// Lists every error and warning in a problem.
pub(crate) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let today = args.day.today.unwrap_or_else(clock::today);
    let source = read_problem(&args.file, Some(today))?;
    let findings = findings(&source, today, args.marked.as_deref())?;
    let has_errors = findings.iter().any(Finding::is_error);
    match args.format {
        Format::Text => output::print(&render::findings::text(&findings, &files::name(&args.file), output::width()))?,
        Format::Json => output::print_document(&render::json(&FindingList::from(findings))?)?,
    }
    Ok(if has_errors { Exit::Invalid } else { Exit::Success })
}

/// Every finding about a problem. Where a copy is asked for, its sheets are written there with the findings marked.
fn findings(source: &Source, today: Date, copy: Option<&Path>) -> Result<Vec<Finding>, Failure> {
    if let Some(copy) = copy {
        if copy.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
            let copy = copy.display();
            let why = format!("cannot write {copy}: the marked copy is a workbook, so its name must end in .xlsx");
            return Err(Failure::Usage(why));
        }
        NewFile::new(copy).map_err(files::failure)?;
    }
    let progress = Progress::start("checking the problem");
    let mut found: Vec<Finding> = Vec::new();
    if let Ok(problem) = source.problem() {
        found.extend(visitrota::check_week(problem, today));
        found.extend(visitrota::check(problem));
    } else if let Some((problem, unread)) = source.draft() {
        found.extend(visitrota::check_week(problem, today));
        found.extend(visitrota::check_draft(problem, unread));
    }
    drop(progress);
    if let Some(copy) = copy {
        source.mark(found.clone(), copy)?;
        output::eprint(&render::problem::marked(copy));
    }
    Ok(source.findings(found))
}
