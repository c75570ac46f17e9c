//! Files: documents in, documents out.

use std::io;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::OnceLock;

use visitrota::files::disk::NewFile;
use visitrota::{Error, problem::ReadLimits};

use crate::failure::Failure;

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// What messages call a document.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// How much is read of a file: set once, before any file is read.
static LIMITS: OnceLock<ReadLimits> = OnceLock::new();

/// Raises the limits on what is read, by this factor.
pub(crate) fn raise_limits(times: NonZeroU32) {
    // They are set once, by `main`.
    let _ = LIMITS.set(ReadLimits::times(times));
}

/// How much is read of a file.
pub(crate) fn limits() -> ReadLimits {
    LIMITS.get().copied().unwrap_or_default()
}

/// Everything in a file, or on standard input.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = name(path);
    let read = if is_stdin(path) {
        visitrota::files::read_all(io::stdin().lock(), &name, limits())
    } else {
        visitrota::files::read_file(path, limits())
    };
    read.map_err(|error| match error {
        Error::Invalid { findings } => Failure::Invalid { document: name, findings },
        Error::Read { source, .. } => Failure::Usage(format!("cannot read {name}: {source}")),
        error => Failure::Internal(error.to_string()),
    })
}

/// The file for a document, refused at once if it could not be written later, when the document is made. `instead` says
/// how to print the document on standard output.
pub(crate) fn target(file: &Path, instead: &str) -> Result<NewFile, Failure> {
    if is_stdin(file) {
        return Err(Failure::Usage(format!(
            "cannot write {}: give a file name; to print on standard output, {instead}",
            file.display()
        )));
    }
    NewFile::or_replaced(file).map_err(failure)
}

/// Puts a document in its file.
pub(crate) fn write(target: &NewFile, text: &str) -> Result<(), Failure> {
    target.write(text.as_bytes()).map_err(failure)
}

/// From the library's error about a file.
pub(crate) fn failure(error: impl Into<Error>) -> Failure {
    match error.into() {
        Error::Read { path, source } => Failure::Usage(format!("cannot read {}: {source}", path.display())),
        error @ Error::Write { .. } => Failure::Usage(error.to_string()),
        error => Failure::Internal(error.to_string()),
    }
}
