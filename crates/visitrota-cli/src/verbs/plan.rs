//! The verbs: each reads its documents, calls the library and writes what comes back.

use std::path::Path;

use clap::CommandFactory;
use visitrota::report::answers::with_names;
use visitrota::{Error, Finding, Options, Problem, Reason, Recipe, Rota, Unmet};

use crate::args::{
    Args, CheckArgs, Document, Format, GenerateArgs, PlanArgs, RotaFormat, Size, Verb, VerifyArgs, shown,
};
use crate::documents::problem as problems;
use crate::documents::problem::{Source, read_problem};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::files;
use crate::interrupt::{self, Planning};
use crate::papers as report;
use crate::papers::Papers;
use crate::places::Places;
use crate::progress::Progress;
use crate::verbs::explain as why;
use crate::{output, render};

/// Does what was asked.
pub(crate) fn run(verb: Verb) -> Result<Exit, Failure> {
    Places::of(&verb).check()?;
    match verb {
        Verb::Plan(args) => plan(&args),
        Verb::Check(args) => check(&args),
        Verb::Verify(args) => verify(&args),
        Verb::Report(args) => report::run(&args),
        Verb::Explain(args) => why::explain(&args),
        Verb::Advise(args) => why::advise(&args),
        Verb::Apply(args) => why::apply(&args),
        Verb::Standby(args) => why::standby(&args),
        Verb::Init(args) => problems::init(&args),
        Verb::Convert(args) => problems::convert(&args),
        Verb::Generate(args) => generate(&args),
        Verb::Schema(args) => schema(args.document),
        Verb::Completions(args) => completions(args.shell),
        Verb::Man(args) => man(args.verb.as_deref()),
    }
}

fn plan(args: &PlanArgs) -> Result<Exit, Failure> {
    let target = args.output.as_deref().map(|file| files::target(file, "use --format json")).transpose()?;
    let reads_on = matches!(args.format, RotaFormat::Csv | RotaFormat::Geojson);
    if args.out.is_none() && !reads_on {
        report::refuse_without_folder(&args.papers)?;
    }
    let papers = Papers::new(args.out.as_deref(), &args.papers)?;
    let document = files::name(&args.problem);
    let source = read_problem(&args.problem, Some(problems::today(&args.day)))?;
    let problem = source.problem()?;
    let shown = shown(args.format.into(), args.papers.privacy());
    // Until all is written: who ends planning by a signal is not to lose the rota by it.
    let (rota, _planning) =
        watched(&source, problem, args).map_err(|error| why::failed(&source, problem, shown, error))?;
    if let Some(target) = &target {
        files::write(target, &render::json(&rota)?)?;
        output::tell(&render::rota::written(&rota, target.path()));
    }
    papers.write(problem, &rota, &document)?;
    match args.format {
        RotaFormat::Json if target.is_none() => output::data(&render::json(&rota)?)?,
        RotaFormat::Json => {}
        format => papers.print(problem, &rota, &document, format)?,
    }
    let all_met = rota.unmet.is_empty() || !args.require_all;
    Ok(if all_met { Exit::Fine } else { Exit::Unmet })
}

/// Plans, with progress told and signals heeded.
fn watched(source: &Source, problem: &Problem, args: &PlanArgs) -> Result<(Rota, Planning), Error> {
    let progress = Progress::start("checking the problem");
    let found = source.findings(visitrota::check_document(problem));
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
    let planning = interrupt::cancels(options.cancel(), progress.stage());
    let rota = if args.standby {
        visitrota::plan_with_standby(problem, &options)?
    } else {
        visitrota::plan(problem, &options)?
    };
    drop(progress);
    let blocked = |unmet: &&Unmet| unmet.reasons.iter().any(|reason| matches!(reason, Reason::Blocked { .. }));
    let warnings = warnings + rota.unmet.iter().filter(blocked).count();
    if warnings > 0 {
        output::tell(&render::findings::hint(warnings));
    }
    Ok((rota, planning))
}

fn check(args: &CheckArgs) -> Result<Exit, Failure> {
    let source = read_problem(&args.file, Some(problems::today(&args.day)))?;
    let findings = problems::check(&source, args.marked.as_deref())?;
    match args.format {
        Format::Text => output::print(&render::findings::text(&findings, &files::name(&args.file), output::width()))?,
        Format::Json => output::data(&render::json(&render::findings::document(&findings))?)?,
    }
    Ok(if findings.iter().any(Finding::is_error) { Exit::Invalid } else { Exit::Fine })
}

fn verify(args: &VerifyArgs) -> Result<Exit, Failure> {
    let target = args.repair.as_deref().map(|file| files::target(file, "use --format json")).transpose()?;
    let shown = args.show.shown(args.format);
    let source = read_problem(&args.problem, None)?;
    let problem = source.problem()?;
    let written = read_rota(&args.rota, problem)?;
    let progress = Progress::start("verifying the rota");
    let rota = visitrota::fill_in_times(problem, &written).map_err(|error| source.failure(error))?;
    let verdict = visitrota::verify(problem, &rota).map_err(|error| source.failure(error))?;
    drop(progress);
    // Whoever writes a rota without times asks how good it is.
    let judged = (args.best || args.repair.is_some() || rota != written).then(|| {
        why::watched(&args.limits, |options| visitrota::judge(problem, &rota, options))
            .map_err(|error| why::failed(&source, problem, shown, error))
    });
    let judged = judged.transpose()?;
    if let (Some(target), Some(repair)) = (&target, judged.as_ref().and_then(|judged| judged.repair.as_ref())) {
        files::write(target, &render::json(&repair.rota)?)?;
        output::tell(&render::rota::written(&repair.rota, target.path()));
    }
    match args.format {
        Format::Text => {
            let mut text = render::verdict::text(&verdict, &rota, output::width());
            if let Some(judged) = &judged {
                text.push('\n');
                text.push_str(&render::answers::judgement(problem, verdict.score.total(), judged, output::width()));
            }
            output::print(&text)?;
        }
        Format::Json => {
            let document = render::verdict::document(&verdict, judged.as_ref());
            output::data(&render::json(&with_names(document, problem, shown))?)?;
        }
    }
    Ok(if verdict.broken.is_empty() { Exit::Fine } else { Exit::Invalid })
}

/// Reads a rota of a problem, of whatever form.
pub(crate) fn read_rota(path: &Path, problem: &Problem) -> Result<Rota, Failure> {
    let read = if files::is_stdin(path) {
        visitrota::read_rota_within(&files::read(path)?, "rides", problem, files::limits())
    } else {
        visitrota::load_rota_within(path, problem, files::limits())
    };
    read.map_err(|error| match error {
        Error::Invalid { findings } => Failure::Invalid { document: files::name(path), findings },
        Error::Read { path, source } => Failure::Usage(format!("cannot read {}: {source}", path.display())),
        error => Failure::Internal(error.to_string()),
    })
}

/// Reads a rota of a problem that knows all that it names, and gives its trips times if it has none.
pub(crate) fn read_timed(path: &Path, source: &Source) -> Result<Rota, Failure> {
    let problem = source.problem()?;
    let rota = read_rota(path, problem)?;
    let findings = visitrota::check_rota(problem, &rota);
    if !findings.is_empty() {
        return Err(Failure::Invalid { document: files::name(path), findings });
    }
    visitrota::fill_in_times(problem, &rota).map_err(|error| source.failure(error))
}

fn generate(args: &GenerateArgs) -> Result<Exit, Failure> {
    let target = args.output.as_deref().map(|file| files::target(file, "leave --output out")).transpose()?;
    let problem = visitrota::generate(&recipe(args));
    let json = render::json(&problem)?;
    match target {
        Some(target) => {
            files::write(&target, &json)?;
            output::tell(&render::problem::written(&problem, target.path()));
        }
        None => output::data(&json)?,
    }
    Ok(Exit::Fine)
}

fn recipe(args: &GenerateArgs) -> Recipe {
    let size = match args.size {
        Size::Tiny => visitrota::Size::Tiny,
        Size::Scheme => visitrota::Size::Scheme,
        Size::Region => visitrota::Size::Region,
        Size::National => visitrota::Size::National,
    };
    let mut recipe = Recipe::from(size).minibuses(args.minibuses).seed(args.seed);
    if let Some(families) = args.families {
        recipe = recipe.families(families);
    }
    if let Some(volunteers) = args.volunteers {
        recipe = recipe.volunteers(volunteers);
    }
    if let Some(prisons) = args.prisons {
        recipe = recipe.prisons(prisons);
    }
    recipe
}

fn schema(document: Document) -> Result<Exit, Failure> {
    let schema = match document {
        Document::Problem => visitrota::problem_schema(),
        Document::Rota => visitrota::rota_schema(),
    };
    output::data(&render::json(&schema)?)?;
    Ok(Exit::Fine)
}

fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "visitrota", &mut script);
    output::data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}

fn man(verb: Option<&str>) -> Result<Exit, Failure> {
    let mut command = Args::command();
    command.build();
    if let Some(verb) = verb {
        let found = command.find_subcommand(verb).cloned();
        command = found.ok_or_else(|| Failure::Usage(format!("there is no verb `{verb}`")))?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::Internal(format!("the manual page: {error}")))?;
    output::data(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Fine)
}
