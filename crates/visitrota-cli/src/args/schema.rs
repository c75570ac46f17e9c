//! The arguments of `schema`.

use clap::ValueEnum;

/// Print the JSON Schema of a document
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Which document
    #[arg(value_enum)]
    pub(crate) document: Document,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Document {
    /// The problem, which `plan` reads
    Problem,
    /// The rota, which `plan` writes
    Rota,
}
