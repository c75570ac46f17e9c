//! The verb `explain`.

use visitrota::report::answers;
use visitrota::{Questions, problem::RequestId};

use crate::args::{ExplainArgs, Format};
use crate::documents::problem::read_problem;
use crate::documents::rota::read_with_times;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{output, planning, render};

/// Explains why visits are unmet, or are met the way they are.
pub(crate) fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_with_times(&args.rota, &source)?;
    let shown = args.show.shown(args.format);
    let questions = Questions { requests: args.requests.iter().map(|id| RequestId::from(id.as_str())).collect() };
    let explanation = planning::ask(&args.limits, |options| visitrota::explain(problem, &rota, &questions, options))
        .map_err(|error| planning::failure(&source, problem, shown, error))?;
    match args.format {
        Format::Text => output::print(&render::answers::explanation(problem, &explanation, output::width()))?,
        Format::Json => {
            output::print_document(&render::json(&answers::explanation(problem, explanation, shown))?)?;
        }
    }
    Ok(Exit::Success)
}
