//! Files: documents in, documents out, whole or not at all.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

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

/// Where a document goes.
#[derive(Debug)]
pub(crate) struct Target {
    file: PathBuf,
    folder: PathBuf,
}

impl Target {
    /// Refuses at once what could not be written later, when the document is made. On standard output it is had
    /// otherwise: `instead` says how.
    pub(crate) fn new(file: &Path, instead: &str) -> Result<Self, Failure> {
        let refused = |why: &str| Failure::Usage(format!("cannot write {}: {why}", file.display()));
        // Behind a link, the file it leads to is replaced, not the link.
        let resolved = fs::canonicalize(file);
        let file_at = resolved.as_deref().unwrap_or(file);
        match fs::metadata(file_at) {
            Ok(there) if there.is_dir() => return Err(refused("it is a directory")),
            Ok(there) if !there.is_file() => return Err(refused("it is not an ordinary file")),
            Ok(there) if there.permissions().readonly() => return Err(refused("it is write-protected")),
            Ok(_) | Err(_) => {}
        }
        if file_at.file_name().is_none_or(|name| name == OsStr::new("-")) {
            return Err(refused(&format!("give a file's name, or {instead} for standard output")));
        }
        let folder = match file_at.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return Err(refused("there is no such directory"));
        }
        // The error's kind alone: its text names the temporary file, which nobody knows.
        NamedTempFile::new_in(folder).map_err(|error| refused(&error.kind().to_string()))?;
        Ok(Self { file: file_at.to_owned(), folder: folder.to_owned() })
    }

    /// Whether it is this very file.
    pub(crate) fn is(&self, other: &Path) -> bool {
        matches!((fs::canonicalize(&self.file), fs::canonicalize(other)), (Ok(one), Ok(two)) if one == two)
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> String {
        self.file.display().to_string()
    }

    /// Puts a text in the file: wholly, or the file stays as it was.
    ///
    /// A new file is its owner's alone to read, since it tells who visits whom; an old one keeps its permissions.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let write = || {
            let mut new = NamedTempFile::new_in(&self.folder)?;
            new.write_all(text.as_bytes())?;
            if let Ok(old) = fs::metadata(&self.file) {
                new.as_file().set_permissions(old.permissions())?;
            }
            new.as_file().sync_all()?;
            new.persist(&self.file).map(drop).map_err(|error| error.error)
        };
        write().map_err(|error: io::Error| Failure::Usage(format!("cannot write {}: {}", self.name(), error.kind())))
    }
}
