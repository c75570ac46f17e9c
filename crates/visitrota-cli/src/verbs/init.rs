//! The verb `init`.

use crate::args::InitArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{files, output, render};

/// Makes a template.
pub(crate) fn run(args: &InitArgs) -> Result<Exit, Failure> {
    visitrota::init(&args.path).map_err(files::failure)?;
    output::eprint(&render::problem::made(&args.path));
    Ok(Exit::Success)
}
