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
    /// Earlier rotas that are of another week.
    #[error("the earlier rotas: {}", told(.0))]
    Earlier(Vec<Finding>),
    /// The file of rates cannot be read as one, or has no rate for a date.
    #[error("the file of rates: {}", told(.0))]
    Rates(Vec<Finding>),
    /// The file of miles so far cannot be read as one.
    #[error("the file of miles so far: {}", told(.0))]
    Miles(Vec<Finding>),
    /// A sheet holds more than a workbook can.
    #[error("the workbook: {0}")]
    Workbook(String),
}

impl Error {
    /// What is wrong, all of it.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Mismatch(findings)
            | Self::Contacts(findings)
            | Self::Earlier(findings)
            | Self::Rates(findings)
            | Self::Miles(findings) => findings,
            Self::Workbook(_) => &[],
        }
    }
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
