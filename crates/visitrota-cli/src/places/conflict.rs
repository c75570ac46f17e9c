//! Which files a run reads and which it writes, known in one place: nothing that is read is ever written over.

use std::fs;
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::args::{
    AdviseArgs, ApplyArgs, CheckArgs, ConvertArgs, ExplainArgs, GenerateArgs, InitArgs, PaperArgs, PlanArgs,
    ReportArgs, StandbyArgs, Verb, VerifyArgs,
};
use crate::failure::Failure;
use crate::files::{self, is_stdin};

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
            Verb::Check(CheckArgs { file, day: _, marked, format: _ }) => {
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
                seed: _,
                output,
            }) => places.writes("--output", output),
            Verb::Schema(_) | Verb::Completions(_) | Verb::Man(_) => &mut places,
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

    /// Refuses a run that would write over what it reads, or write two things to one place, or read two things of one
    /// stream.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let mut piped = self.reads.iter().filter(|(_, path)| is_stdin(path)).map(|(what, _)| what);
        if let (Some(one), Some(other)) = (piped.next(), piped.next()) {
            return Err(Failure::Usage(format!("{one} and {other} cannot both be on standard input")));
        }
        let reads: Vec<Read> = self.reads.iter().map(|(what, path)| Read::new(what, path)).collect();
        let writes: Vec<Write> = self.writes.iter().map(|(what, path)| Write::new(what, path)).collect();
        let streams = [("standard output", Handle::stdout()), ("standard error", Handle::stderr())];
        let streams = streams.map(|(what, handle)| (what, Spot { path: None, handle: handle.ok().and_then(of_file) }));
        for read in &reads {
            for write in &writes {
                read.kept_from(write)?;
            }
            for (stream, spot) in &streams {
                if let Some(name) = read.holds(spot) {
                    return Err(Failure::Usage(format!("{stream} would go into {name}: send it elsewhere")));
                }
            }
        }
        for (at, write) in writes.iter().enumerate() {
            for other in &writes[..at] {
                write.apart_from(other)?;
            }
            if let Some((stream, _)) = streams.iter().find(|(_, spot)| write.spot.is(spot)) {
                let name = &write.name;
                let why = format!("{stream} goes to {name} already: give another name, or send it elsewhere");
                return Err(Failure::Usage(why));
            }
        }
        Ok(())
    }
}

/// Something that is read.
struct Read {
    name: String,
    spot: Spot,
    folder: Option<PathBuf>,
}

impl Read {
    fn new(what: &str, path: &Path) -> Self {
        if is_stdin(path) {
            let handle = Handle::stdin().ok().and_then(of_file);
            let name = format!("{what}, which is read from standard input");
            return Self { name, spot: Spot { path: None, handle }, folder: None };
        }
        let folder = path.is_dir().then(|| path.to_owned());
        Self { name: format!("{what} {}", files::name(path)), spot: Spot::of(path), folder }
    }

    /// What it is called that is at that spot and is read: itself, or a file in it, which may have other names elsewhere.
    fn holds(&self, spot: &Spot) -> Option<String> {
        if self.spot.is(spot) {
            return Some(self.name.clone());
        }
        let entries = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok())?;
        let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        // One after another, since each is opened.
        let path = paths.find(|path| Spot::of(path).is(spot))?;
        Some(format!("{} of {}", path.file_name()?.display(), self.name))
    }

    /// Refuses to write over it, or into it.
    fn kept_from(&self, write: &Write) -> Result<(), Failure> {
        let (name, written) = (&self.name, &write.name);
        if self.folder.is_some() && write.spot.is_within(&self.spot) {
            let why = format!("{written} would be put into the folder of {name}: give a name outside of it");
            return Err(Failure::Usage(why));
        }
        if let Some(name) = self.holds(&write.spot) {
            return Err(Failure::Usage(format!("{written} would replace {name}: give another name")));
        }
        Ok(())
    }
}

/// Something that is written.
struct Write {
    name: String,
    spot: Spot,
}

impl Write {
    fn new(what: &str, path: &Path) -> Self {
        Self { name: format!("{what} {}", path.display()), spot: Spot::of(path) }
    }

    /// Refuses to write two things to one place, or one into the other.
    fn apart_from(&self, other: &Self) -> Result<(), Failure> {
        let (one, two) = (&other.name, &self.name);
        // Where a system takes no notice of case, names that differ in it alone are one; nobody needs both.
        let folded = |spot: &Spot| spot.path.as_ref().map(|path| path.to_string_lossy().to_lowercase());
        if self.spot.is(&other.spot) || folded(&self.spot) == folded(&other.spot) {
            return Err(Failure::Usage(format!("{one} and {two} are one place: give one of them another name")));
        }
        for (inner, outer) in [(self, other), (other, self)] {
            if inner.spot.is_within(&outer.spot) {
                let why = format!("{} is inside of {}: give it a name outside", inner.name, outer.name);
                return Err(Failure::Usage(why));
            }
        }
        Ok(())
    }
}

/// Where something is: by its name with all links followed, and by what the system knows it by, whatever its names.
struct Spot {
    /// None for a stream, which has no name.
    path: Option<PathBuf>,
    handle: Option<Handle>,
}

impl Spot {
    fn of(path: &Path) -> Self {
        let path = followed(path);
        Self { handle: handle(&path), path: Some(path) }
    }

    fn is(&self, other: &Self) -> bool {
        let named = self.path.is_some() && self.path == other.path;
        named || self.handle.is_some() && self.handle == other.handle
    }

    /// Whether it is somewhere inside of a folder, by the one or the other.
    fn is_within(&self, folder: &Self) -> bool {
        let mut around = self.path.iter().flat_map(|path| path.ancestors().skip(1));
        around.any(|around| folder.is(&Self { path: Some(around.to_owned()), handle: handle(around) }))
    }
}

/// A name with all links followed, as far as anything is there.
fn followed(path: &Path) -> PathBuf {
    if let Ok(followed) = fs::canonicalize(path) {
        return followed;
    }
    let parent = path.parent().map(|parent| if parent == Path::new("") { Path::new(".") } else { parent });
    match (parent, path.file_name()) {
        (Some(parent), Some(name)) => followed(parent).join(name),
        _ => path.to_owned(),
    }
}

/// What the system knows a file or a folder by. Nothing else is opened: to open a pipe is to wait.
fn handle(path: &Path) -> Option<Handle> {
    let there = fs::metadata(path).ok()?;
    (there.is_file() || there.is_dir()).then(|| Handle::from_path(path).ok())?
}

/// Of a stream only where it is a file: terminals and pipes may be shared.
fn of_file(handle: Handle) -> Option<Handle> {
    handle.as_file().metadata().is_ok_and(|there| there.is_file()).then_some(handle)
}
