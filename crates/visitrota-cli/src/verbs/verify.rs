//! The verb `verify`.

use visitrota::answers::Verification;
use visitrota::files::RotaDocument;
use visitrota::report::answers;

use crate::args::{Format, LimitArgs, VerifyArgs};
use crate::documents::problem::read_problem;
use crate::documents::rota::read_rota;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{files, output, planning, render};

/// Checks a rota against the rules.
pub(crate) fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let target = args.repair.as_deref().map(|file| files::target(file, "use --format json")).transpose()?;
    let shown = args.show.shown(args.format);
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let RotaDocument { rota: written, places, findings: _ } = read_rota(&args.rota, problem)?;
    // A time limit is for the plans that the rota is held against: there is a verdict in any case.
    let limits = LimitArgs { time_limit: None, threads: args.limits.threads };
    let held = planning::ask_about("checking the rota against the rules", &limits, |options| {
        let rota = visitrota::fill_in_times(problem, &written, options)?;
        visitrota::verify(problem, &rota).map(|verdict| (rota, verdict))
    });
    let (rota, verdict) = held.map_err(|error| source.failure(error))?;
    let is_valid = verdict.is_valid();
    // A rota without times was made by hand: its maker wants to know how good it is.
    let judged = (args.best || args.repair.is_some() || rota != written).then(|| {
        planning::ask(&args.limits, |options| visitrota::judge(problem, &rota, options))
            .map_err(|error| planning::failure(&source, problem, shown, error))
    });
    let judged = judged.transpose()?;
    if let (Some(target), Some(repair)) = (&target, judged.as_ref().and_then(|judged| judged.repair.as_ref())) {
        files::write(target, &render::json(&repair.rota)?)?;
        output::eprint(&render::rota::written(&repair.rota, target.path()));
    }
    match args.format {
        Format::Text => {
            let mut text = render::verdict::text(&verdict, problem, &rota, &places, output::width());
            if let Some(judged) = &judged {
                text.push('\n');
                text.push_str(&render::answers::judgement(problem, &verdict, judged, output::width()));
            }
            output::print(&text)?;
        }
        Format::Json => {
            let document = answers::verification(problem, Verification::new(verdict, judged), shown);
            output::print_document(&render::json(&document)?)?;
        }
    }
    Ok(if is_valid { Exit::Success } else { Exit::Invalid })
}
