//! The verb `schema`.

use crate::args::{Document, SchemaArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{output, render};

/// Prints the schema of a document.
pub(crate) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    let schema = match args.document {
        Document::Problem => visitrota::schema::problem_schema(),
        Document::Rota => visitrota::schema::rota_schema(),
    };
    output::print_document(&render::json(&schema)?)?;
    Ok(Exit::Success)
}
