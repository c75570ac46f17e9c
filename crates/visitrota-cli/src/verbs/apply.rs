//! The verb `apply`.

use visitrota::Error;

use crate::args::ApplyArgs;
use crate::documents::problem::{read_problem, write_problem};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::files;

/// Applies a patch.
pub(crate) fn run(args: &ApplyArgs) -> Result<Exit, Failure> {
    let target = args.output.as_deref().map(|file| files::target(file, "leave out --output")).transpose()?;
    let source = read_problem(&args.problem, None)?;
    let document = files::name(&args.patch);
    let failed = |error| match error {
        Error::Invalid { findings } => Failure::Invalid { document: document.clone(), findings },
        error => source.failure(error),
    };
    let patch = visitrota::read_patch(&files::read(&args.patch)?, files::limits()).map_err(failed)?;
    let changed = visitrota::apply_within(source.problem()?, &patch, files::limits()).map_err(failed)?;
    write_problem(&changed, target.as_ref())?;
    Ok(Exit::Success)
}
