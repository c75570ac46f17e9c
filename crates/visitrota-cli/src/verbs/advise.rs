//! The verb `advise`.

use visitrota::report::answers;

use crate::args::{AdviseArgs, Format};
use crate::documents::problem::read_problem;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{output, planning, render};

/// Suggests changes that would help.
pub(crate) fn run(args: &AdviseArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let shown = args.show.shown(args.format);
    let advice = planning::ask(&args.limits, |options| visitrota::advise(problem, args.top, options))
        .map_err(|error| planning::failure(&source, problem, shown, error))?;
    match args.format {
        Format::Text => output::print(&render::answers::advice(problem, &advice, output::width()))?,
        Format::Json => {
            output::print_document(&render::json(&answers::advice(problem, advice, shown))?)?;
        }
    }
    Ok(Exit::Success)
}
