//! The verb `report`.

use crate::args::{ReportArgs, RotaFormat};
use crate::documents::problem::read_problem;
use crate::documents::rota::read_with_times;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::papers::{Papers, refuse_without_folder};
use crate::progress::Progress;
use crate::{files, output, render};

/// Makes the report.
pub(crate) fn run(args: &ReportArgs) -> Result<Exit, Failure> {
    if args.out.is_none() && args.format.is_none_or(|format| format == RotaFormat::Text) {
        refuse_without_folder(&args.papers)?;
    }
    let mut papers = Papers::new(args.out.as_deref(), &args.papers)?;
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    papers.know(&source);
    let rota = read_with_times(&args.rota, &source)?;
    let progress = Progress::start("checking the rota against the rules");
    let verdict = visitrota::verify(problem, &rota).map_err(|error| source.failure(error))?;
    drop(progress);
    let document = files::name(&args.rota);
    papers.write(problem, &rota, &document)?;
    if let Some(format) = args.format {
        papers.print(problem, &rota, &document, format)?;
    }
    if !verdict.broken.is_empty() {
        output::eprint(&render::papers::broken(verdict.broken.len()));
    }
    Ok(Exit::Success)
}
