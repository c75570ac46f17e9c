//! Why a verb did not come to its end.

use visitrota::Finding;

use crate::args::Format;
use crate::exit::{self, Exit};
use crate::output;
use crate::render;

/// Why a verb did not come to its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line, or a file that it names, is at fault.
    Usage(String),
    /// A document is at fault.
    Invalid {
        /// What the command line calls it.
        document: String,
        /// What is wrong with it.
        findings: Vec<Finding>,
    },
    /// Planning ended before there was a rota.
    Stopped,
    /// The program is at fault.
    Internal(String),
    /// Whoever reads standard output has seen enough, as `head` has: no failure to speak of.
    PipeClosed,
}

impl Failure {
    /// Tells it, on standard error; programs are told a document's findings where they expect JSON.
    pub(crate) fn report(self, format: Format) -> Exit {
        match self {
            Self::Usage(message) => {
                output::tell(&render::text::error(&message));
                Exit::Usage
            }
            Self::Invalid { document, findings } => {
                let told = match format {
                    Format::Text => {
                        output::tell(&render::findings::text(&findings, &document, output::width()));
                        Ok(())
                    }
                    Format::Json => render::findings::json(&findings).and_then(|json| output::data(&json)),
                };
                told.map_or_else(|failure| failure.report(format), |()| Exit::Invalid)
            }
            Self::Stopped => {
                output::tell(&render::text::error("planning ended before there was a rota; allow it more time"));
                Exit::Stopped
            }
            Self::Internal(what) => {
                output::tell(&exit::fault(&what));
                Exit::Internal
            }
            Self::PipeClosed => Exit::Fine,
        }
    }
}
