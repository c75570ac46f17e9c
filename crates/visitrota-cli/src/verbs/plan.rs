//! The verb `plan`.

use visitrota::{
    Checks, Error, Options, Problem, Rota,
    rota::{Reason, Unmet},
};

use crate::args::{PlanArgs, RotaFormat, shown};
use crate::documents::problem::{Source, read_problem};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::{self, CancelOnSignal};
use crate::papers::{Papers, refuse_without_folder};
use crate::progress::Progress;
use crate::{clock, files, output, planning, render};

/// Finds the best rota for a problem.
pub(crate) fn run(args: &PlanArgs) -> Result<Exit, Failure> {
    let target = args.output.as_deref().map(|file| files::target(file, "use --format json")).transpose()?;
    let reads_on = matches!(args.format, RotaFormat::Csv | RotaFormat::Geojson);
    if args.out.is_none() && !reads_on {
        refuse_without_folder(&args.papers)?;
    }
    let mut papers = Papers::new(args.out.as_deref(), &args.papers)?;
    let document = files::name(&args.problem);
    let source = read_problem(&args.problem, Some(args.day.today.unwrap_or_else(clock::today)))?;
    let problem = source.problem()?;
    papers.know(&source);
    let shown = shown(args.format.into(), args.papers.privacy());
    // Until all is written: who ends planning by a signal is not to lose the rota by it.
    let (rota, _planning) =
        planned(&source, problem, args).map_err(|error| planning::failure(&source, problem, shown, error))?;
    if let Some(target) = &target {
        files::write(target, &render::json(&rota)?)?;
        output::eprint(&render::rota::written(&rota, target.path()));
    }
    papers.write(problem, &rota, &document)?;
    match args.format {
        RotaFormat::Json if target.is_none() => output::print_document(&render::json(&rota)?)?,
        RotaFormat::Json => {}
        format => papers.print(problem, &rota, &document, format)?,
    }
    let all_met = rota.unmet.is_empty() || !args.require_all;
    Ok(if all_met { Exit::Success } else { Exit::Unmet })
}

/// Plans, with progress shown. A signal cancels planning until what is returned beside the rota is dropped.
fn planned(source: &Source, problem: &Problem, args: &PlanArgs) -> Result<(Rota, CancelOnSignal), Error> {
    let progress = Progress::start("checking the problem");
    let found = source.findings(visitrota::check(problem, &Checks::document()));
    let warnings = found.iter().filter(|finding| !finding.is_error()).count();
    let stage = progress.stage();
    let mut options =
        Options::default().seed(args.seed).on_progress(move |progress| stage.set(render::progress::stage(progress)));
    if let Some(limit) = args.time_limit {
        options = options.time_limit(limit);
    }
    if let Some(percent) = args.gap {
        options = options.gap(percent / 100.0);
    }
    if let Some(units) = args.work_limit {
        options = options.work_limit(units);
    }
    if let Some(threads) = args.threads {
        options = options.threads(threads);
    }
    let planning = interrupt::cancel_on_signal(options.cancel(), progress.stage());
    let rota = if args.standby {
        visitrota::plan_with_standby(problem, &options)?
    } else {
        visitrota::plan(problem, &options)?
    };
    drop(progress);
    let blocked = |unmet: &&Unmet| unmet.reasons.iter().any(|reason| matches!(reason, Reason::Blocked { .. }));
    if warnings > 0 || rota.unmet.iter().any(|unmet| blocked(&unmet)) {
        output::eprint(&render::findings::hint());
    }
    Ok((rota, planning))
}
