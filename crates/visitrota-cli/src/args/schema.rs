//! The arguments of `schema`.

use clap::ValueEnum;
use visitrota::schema::DocumentKind;

/// Print the JSON Schema of a document
///
/// Generators make types of it, for Python, TypeScript and other languages.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Which document
    #[arg(value_enum, value_name = "KIND")]
    pub(crate) document: Document,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Document {
    /// The problem, which `plan` reads
    Problem,
    /// The rota, which `plan` writes
    Rota,
    /// Why visits are met or not, which `explain` prints
    Explanation,
    /// What would help, which `advise` prints
    Advice,
    /// Who could stand in, which `standby` prints
    Standby,
    /// Whether a rota keeps every rule, which `verify` prints
    Verdict,
    /// How far a rota is from the best: the part of the verdict that `verify --best` adds
    Judgement,
    /// Why pins contradict each other, which the library tells
    Contradiction,
    /// What is wrong, or looks wrong, which `check` prints
    Findings,
    /// How far planning has come, which the library tells
    Progress,
    /// Changes of a problem, which `advise` and `explain` print and `apply` reads
    Patch,
}

impl Document {
    /// What the library calls it.
    pub(crate) fn kind(self) -> DocumentKind {
        match self {
            Self::Problem => DocumentKind::Problem,
            Self::Rota => DocumentKind::Rota,
            Self::Explanation => DocumentKind::Explanation,
            Self::Advice => DocumentKind::Advice,
            Self::Standby => DocumentKind::Standby,
            Self::Verdict => DocumentKind::Verdict,
            Self::Judgement => DocumentKind::Judgement,
            Self::Contradiction => DocumentKind::Contradiction,
            Self::Findings => DocumentKind::Findings,
            Self::Progress => DocumentKind::Progress,
            Self::Patch => DocumentKind::Patch,
        }
    }
}
