//! The verb `convert`.

use crate::args::ConvertArgs;
use crate::documents::problem::read_problem;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{files, output, render};

/// Converts a problem to another form.
pub(crate) fn run(args: &ConvertArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.from, None)?;
    let problem = source.problem()?;
    // Sheets may hold more than a problem. That is not in the new form, so it is listed.
    let mut left_out = source.findings(Vec::new());
    let is_json = files::is_stdin(&args.to) || args.to.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if is_json {
        left_out.extend(source.left_behind());
    }
    if !left_out.is_empty() {
        output::eprint(&render::findings::text(&left_out, source.name(), output::width()));
    }
    if files::is_stdin(&args.to) {
        output::print_document(&render::json(problem)?)?;
    } else {
        source.save(&args.to)?;
        output::eprint(&render::problem::written(problem, &args.to));
    }
    Ok(Exit::Success)
}
