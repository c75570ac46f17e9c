//! What can go wrong with files.

use std::path::PathBuf;

use visitrota_model::Finding;

/// Why a file cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It cannot be read.
    #[error("cannot read {}", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not understood.
    #[error("{} of its cells cannot be understood", .findings.len())]
    Invalid {
        /// Everything that is wrong with it.
        findings: Vec<Finding>,
    },
    /// It cannot be written.
    #[error("cannot write {}: {why}", .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        why: String,
    },
}
