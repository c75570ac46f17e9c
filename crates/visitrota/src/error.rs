//! What can go wrong.

use std::path::PathBuf;

use visitrota_model::{Finding, RequestId};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be read.
    #[error("cannot read {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {}: {why}", .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The document is not of the right form, or its contents contradict each other. Every finding is listed.
    #[error("{} in the document", count(.findings))]
    Invalid {
        /// The findings: errors, and the warnings among them.
        findings: Vec<Finding>,
    },
    /// The pins cannot all hold.
    #[error("the pins of these requests cannot all hold: {}", list(.requests))]
    ImpossiblePins {
        /// A smallest set of pinned requests that cannot be served together: with any one of them unpinned, the
        /// others can.
        requests: Vec<RequestId>,
    },
    /// Planning ended, by a limit of time or work or by [`Cancel`](crate::Cancel), before there was a rota or an answer.
    /// An empty rota is only ever returned where it is proven best, or within the gap that was asked for.
    #[error("planning stopped before it found a rota; none has more than {bound} points")]
    Stopped {
        /// Points that no rota exceeds.
        bound: i64,
    },
    /// The program is at fault, not its input.
    #[error("the planner failed: {0}")]
    Internal(String),
}

impl From<Vec<Finding>> for Error {
    /// What reading a document found: [`Error::Invalid`].
    fn from(findings: Vec<Finding>) -> Self {
        Self::Invalid { findings }
    }
}

#[cfg(feature = "files")]
impl From<visitrota_files::Error> for Error {
    fn from(error: visitrota_files::Error) -> Self {
        match error {
            visitrota_files::Error::Read { path, source } => Self::Read { path, source },
            visitrota_files::Error::Invalid { findings } => Self::Invalid { findings },
            visitrota_files::Error::Write { path, why } => Self::Write { path, why },
            other => Self::Internal(other.to_string()),
        }
    }
}

fn count(findings: &[Finding]) -> String {
    match findings.iter().filter(|finding| finding.is_error()).count() {
        1 => "1 error".to_owned(),
        errors => format!("{errors} errors"),
    }
}

fn list(requests: &[RequestId]) -> String {
    requests.iter().map(RequestId::as_str).collect::<Vec<_>>().join(", ")
}
