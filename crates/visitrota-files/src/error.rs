//! What can go wrong with files.

use std::path::PathBuf;

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
    /// It cannot be written.
    #[error("cannot write {}: {why}", .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        why: String,
    },
}
