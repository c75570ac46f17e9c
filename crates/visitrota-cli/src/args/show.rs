//! What answers may show.

use clap::ValueEnum;
use visitrota::report::Privacy;

use super::format::Format;

/// What answers may show.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct ShowArgs {
    /// With `--format json`, also include these; separate several with commas
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    pub(crate) show: Vec<Named>,
}

/// Whose names answers may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Named {
    /// Names of people, not only their ids
    Names,
    /// Names of prisons, not only their ids
    Prisons,
}

impl ShowArgs {
    /// What an answer of that format may show.
    pub(crate) fn shown(&self, format: Format) -> Privacy {
        let asked = |what| self.show.contains(&what);
        let asked = Privacy { names: asked(Named::Names), prisons: asked(Named::Prisons), homes: false };
        shown(format, asked)
    }
}

/// What an answer may show: to people, who are the coordinator, every name; to programs what was asked for.
pub(crate) fn shown(format: Format, asked: Privacy) -> Privacy {
    match format {
        Format::Text => Privacy::ALL,
        Format::Json => asked,
    }
}
