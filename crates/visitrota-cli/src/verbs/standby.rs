//! The verb `standby`.

use visitrota::report::answers;

use crate::args::{Format, LimitArgs, StandbyArgs};
use crate::documents::problem::read_problem;
use crate::documents::rota::read_with_times;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{output, planning, render};

/// Lists who could stand in for each driver.
pub(crate) fn run(args: &StandbyArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let rota = read_with_times(&args.rota, &source)?;
    let standby = planning::ask(&LimitArgs::default(), |options| visitrota::standby(problem, &rota, options))
        .map_err(|error| source.failure(error))?;
    match args.format {
        Format::Text => output::print(&render::answers::standby(problem, &rota, &standby, output::width()))?,
        Format::Json => {
            let shown = args.show.shown(args.format);
            output::print_document(&render::json(&answers::standby(problem, standby, shown))?)?;
        }
    }
    Ok(Exit::Success)
}
