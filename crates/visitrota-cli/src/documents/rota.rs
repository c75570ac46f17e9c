//! Rotas as they are read: our own documents, and sheets of rides.

use std::path::Path;

use visitrota::{Error, Options, Problem, Rota, files::RotaDocument};

use super::problem::Source;
use crate::failure::Failure;
use crate::{files, output, render};

/// Reads a rota of a problem, in any form.
pub(crate) fn read_rota(path: &Path, problem: &Problem) -> Result<RotaDocument, Failure> {
    let read = if files::is_stdin(path) {
        let read = RotaDocument::of(&files::read(path)?, "rides", problem, files::limits());
        read.map_err(|findings| Error::Invalid { findings })
    } else {
        visitrota::files::open_rota_within(path, problem, files::limits())
    };
    let read = read.map_err(|error| match error {
        Error::Invalid { findings } => Failure::Invalid { document: files::name(path), findings },
        Error::Read { path, source } => Failure::Usage(format!("cannot read {}: {source}", path.display())),
        error => Failure::Internal(error.to_string()),
    })?;
    if !read.findings.is_empty() {
        output::eprint(&render::findings::text(&read.findings, &files::name(path), output::width()));
    }
    Ok(read)
}

/// Reads a rota, refuses it if it names what the problem does not have, and gives its trips times if they have none.
pub(crate) fn read_with_times(path: &Path, source: &Source) -> Result<Rota, Failure> {
    let problem = source.problem()?;
    let RotaDocument { rota, .. } = read_rota(path, problem)?;
    let findings = visitrota::check_rota(problem, &rota);
    if !findings.is_empty() {
        return Err(Failure::Invalid { document: files::name(path), findings });
    }
    visitrota::fill_in_times(problem, &rota, &Options::default()).map_err(|error| source.failure(error))
}

/// A rota that was planned earlier, for this problem or another.
pub(crate) fn read_earlier(file: &Path) -> Result<Rota, Failure> {
    Rota::from_json_within(&files::read(file)?, files::limits())
        .map_err(|findings| Failure::Invalid { document: files::name(file), findings })
}
