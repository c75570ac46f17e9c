//! Why a verb did not come to its end.

use visitrota::Finding;

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
