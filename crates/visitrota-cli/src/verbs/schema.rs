//! The verb `schema`.

use crate::args::SchemaArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{output, render};

/// Prints the schema of a document.
pub(crate) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    let schema = args.document.kind().schema();
    output::print_document(&render::json(&schema)?)?;
    Ok(Exit::Success)
}
