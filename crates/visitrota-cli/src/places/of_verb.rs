//! Which files a run reads and which it writes, of every verb.

use std::path::{Path, PathBuf};

use super::conflict;
use crate::args::{
    AdviseArgs, ApplyArgs, CheckArgs, ConvertArgs, ExplainArgs, GenerateArgs, InitArgs, PaperArgs, PlanArgs,
    ReportArgs, StandbyArgs, Verb, VerifyArgs,
};
use crate::failure::Failure;
use crate::files::is_stdin;

/// What a run reads and what it writes, each with what messages call it.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    reads: Vec<(&'static str, &'a Path)>,
    writes: Vec<(&'static str, &'a Path)>,
}

impl<'a> Places<'a> {
    /// Those of a verb. Every argument of every verb is named here, so that none that is a file can be forgotten.
    pub(crate) fn of(verb: &'a Verb) -> Self {
        let mut places = Self::default();
        match verb {
            Verb::Plan(PlanArgs {
                problem,
                day: _,
                output,
                time_limit: _,
                gap: _,
                work_limit: _,
                seed: _,
                threads: _,
                format: _,
                standby: _,
                require_all: _,
                out,
                papers,
            }) => places.reads("the problem", problem).papers(papers).writes("--output", output).writes("--out", out),
            Verb::Report(ReportArgs { rota, problem, out, format: _, papers }) => {
                places.reads("the problem", problem).reads("the rota", rota).papers(papers).writes("--out", out)
            }
            Verb::Check(CheckArgs { file, day: _, marked, limits: _, format: _ }) => {
                places.reads("the problem", file).writes("--marked", marked)
            }
            Verb::Verify(VerifyArgs { problem, rota, best: _, repair, limits: _, show: _, format: _ }) => {
                places.reads("the problem", problem).reads("the rota", rota).writes("--repair", repair)
            }
            Verb::Explain(ExplainArgs { problem, rota, requests: _, limits: _, show: _, format: _ })
            | Verb::Standby(StandbyArgs { problem, rota, show: _, format: _ }) => {
                places.reads("the problem", problem).reads("the rota", rota)
            }
            Verb::Advise(AdviseArgs { problem, top: _, limits: _, show: _, format: _ }) => {
                places.reads("the problem", problem)
            }
            Verb::Apply(ApplyArgs { problem, patch, output }) => {
                places.reads("the problem", problem).reads("the patch", patch).writes("--output", output)
            }
            Verb::Init(InitArgs { path }) => places.writes("the template", Some(path)),
            Verb::Convert(ConvertArgs { from, to }) => {
                places.reads("the problem", from).writes("the new problem", (!is_stdin(to)).then_some(to))
            }
            Verb::Generate(GenerateArgs {
                size: _,
                families: _,
                volunteers: _,
                prisons: _,
                minibuses: _,
                rich: _,
                seed: _,
                output,
            }) => places.writes("--output", output),
            Verb::Schema(_) | Verb::Licences(_) | Verb::Completions(_) | Verb::Man(_) => &mut places,
        };
        places
    }

    fn papers(&mut self, papers: &'a PaperArgs) -> &mut Self {
        let PaperArgs { names, show: _, no_route_links: _, why: _, previous, rates, miles_so_far } = papers;
        let given = [("the file of names", names), ("the rates", rates), ("the miles so far", miles_so_far)];
        self.reads.extend(given.into_iter().filter_map(|(what, path)| Some((what, path.as_deref()?))));
        self.reads.extend(previous.iter().map(|path| ("the previous rota", path.as_path())));
        self
    }

    fn reads(&mut self, what: &'static str, path: &'a Path) -> &mut Self {
        self.reads.push((what, path));
        self
    }

    fn writes(&mut self, what: &'static str, path: impl Into<Option<&'a PathBuf>>) -> &mut Self {
        self.writes.extend(path.into().map(|path| (what, path.as_path())));
        self
    }

    /// Refuses a run whose files are in each other's way.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        conflict::refuse(&self.reads, &self.writes)
    }
}
