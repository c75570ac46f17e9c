//! What can go wrong.

use visitrota_model::Finding;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The rota is none of the problem: it names what the problem does not know, or leaves out a stop.
    #[error("the rota does not go with the problem: {}", told(.0))]
    Mismatch(Vec<Finding>),
    /// The file of names cannot be read as one.
    #[error("the file of names: {}", told(.0))]
    Contacts(Vec<Finding>),
}

impl Error {
    /// What is wrong, all of it.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Mismatch(findings) | Self::Contacts(findings) => findings,
        }
    }
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
