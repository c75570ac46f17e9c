//! The verb `convert`.

use crate::args::ConvertArgs;
use crate::documents::problem::read_problem;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{files, output, render};

/// Puts a problem into another form.
pub(crate) fn run(args: &ConvertArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.from, None)?;
    let problem = source.problem()?;
    // What sheets held besides a problem is passed over: that is told, since it is not in the new form.
    let passed_over = source.findings(Vec::new());
    if !passed_over.is_empty() {
        output::tell(&render::findings::text(&passed_over, source.name(), output::width()));
    }
    if files::is_stdin(&args.to) {
        output::data(&render::json(problem)?)?;
    } else {
        visitrota::save(problem, &args.to).map_err(files::failure)?;
        output::tell(&render::problem::written(problem, &args.to));
    }
    Ok(Exit::Fine)
}
