//! The verb `check`.

use visitrota::files::disk::NewFile;
use visitrota::{Checks, Finding, answers::FindingList, problem::Date};

use crate::args::{CheckArgs, Format};
use crate::documents::problem::{Source, read_problem};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{clock, files, output, planning, render};

/// Lists every error and warning in a problem.
pub(crate) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let today = args.day.today.unwrap_or_else(clock::today);
    let source = read_problem(&args.file, Some(today))?;
    let findings = findings(&source, today, args)?;
    let has_errors = findings.iter().any(Finding::is_error);
    match args.format {
        Format::Text => output::print(&render::findings::text(&findings, &files::name(&args.file), output::width()))?,
        Format::Json => output::print_document(&render::json(&FindingList::from(findings))?)?,
    }
    Ok(if has_errors { Exit::Invalid } else { Exit::Success })
}

/// Every finding about a problem. Where a copy is asked for, its sheets are written there with the findings marked.
fn findings(source: &Source, today: Date, args: &CheckArgs) -> Result<Vec<Finding>, Failure> {
    let copy = args.marked.as_deref();
    if let Some(copy) = copy {
        if copy.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
            let copy = copy.display();
            let why = format!("cannot write {copy}: the marked copy is a workbook, so its name must end in .xlsx");
            return Err(Failure::Usage(why));
        }
        NewFile::new(copy).map_err(files::failure)?;
    }
    let found = planning::ask_about("checking the problem", &args.limits, |options| {
        let checks = Checks::planned(options).today(today);
        match (source.problem(), source.draft()) {
            (Ok(problem), _) => visitrota::check(problem, &checks),
            (Err(_), Some((problem, unread))) => visitrota::check(problem, &checks.unread(unread.to_vec())),
            (Err(_), None) => Vec::new(),
        }
    });
    if let Some(copy) = copy {
        source.mark(found.clone(), copy)?;
        output::eprint(&render::problem::marked(copy));
    }
    Ok(source.findings(found))
}
