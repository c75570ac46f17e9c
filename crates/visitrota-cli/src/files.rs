//! Files: documents in, documents out.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use visitrota::Error;
use visitrota::disk::NewFile;

use crate::failure::Failure;

/// Far beyond any scheme's document, and well within a computer's memory.
const MOST_BYTES: u64 = 256 << 20;

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// What messages call a document.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Everything in a file, or on standard input.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    match read {
        Ok(_) if bytes.len() as u64 > MOST_BYTES => {
            Err(Failure::Usage(format!("{} is no document: it is longer than {} MiB", name(path), MOST_BYTES >> 20)))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::Usage(format!("cannot read {}: {error}", name(path)))),
    }
}

/// The file for a document, refused at once if it could not be written later, when the document is made. On standard
/// output it is had otherwise: `instead` says how.
pub(crate) fn target(file: &Path, instead: &str) -> Result<NewFile, Failure> {
    if is_stdin(file) {
        return Err(Failure::Usage(format!(
            "cannot write {}: give a file's name, or {instead} for standard output",
            file.display()
        )));
    }
    NewFile::or_replaced(file).map_err(unwritten)
}

/// Puts a document in its file.
pub(crate) fn write(target: &NewFile, text: &str) -> Result<(), Failure> {
    target.write(text.as_bytes()).map_err(unwritten)
}

/// Why something cannot be written.
pub(crate) fn unwritten(error: impl Into<Error>) -> Failure {
    match error.into() {
        error @ Error::Write { .. } => Failure::Usage(error.to_string()),
        error => Failure::Internal(error.to_string()),
    }
}
