//! Where a file, a folder or a stream is, whatever its name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

/// Where something is: by its name with all links followed, and by its identity in the file system.
pub(super) struct Spot {
    /// None for a stream, which has no name.
    path: Option<PathBuf>,
    handle: Option<Handle>,
}

impl Spot {
    pub(super) fn of(path: &Path) -> Self {
        let path = followed(path);
        Self { handle: handle(&path), path: Some(path) }
    }

    /// Of a stream only where it is a file: terminals and pipes may be shared.
    pub(super) fn of_stream(stream: io::Result<Handle>) -> Self {
        let is_file = |handle: &Handle| handle.as_file().metadata().is_ok_and(|there| there.is_file());
        Self { path: None, handle: stream.ok().filter(is_file) }
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        let named = self.path.is_some() && self.path == other.path;
        named || self.handle.is_some() && self.handle == other.handle
    }

    /// Whether names alone may make it the same: where a system takes no notice of case, names that differ in it alone
    /// are one.
    pub(super) fn is_but_for_case(&self, other: &Self) -> bool {
        let folded = |spot: &Self| spot.path.as_ref().map(|path| path.to_string_lossy().to_lowercase());
        folded(self) == folded(other)
    }

    /// Whether it is somewhere inside of a folder, by the one or the other.
    pub(super) fn is_within(&self, folder: &Self) -> bool {
        let mut around = self.path.iter().flat_map(|path| path.ancestors().skip(1));
        around.any(|around| folder.is(&Self { path: Some(around.to_owned()), handle: handle(around) }))
    }
}

/// A name with all links followed, as far as anything is there.
fn followed(path: &Path) -> PathBuf {
    if let Ok(followed) = fs::canonicalize(path) {
        return followed;
    }
    let parent = path.parent().map(|parent| if parent == Path::new("") { Path::new(".") } else { parent });
    match (parent, path.file_name()) {
        (Some(parent), Some(name)) => followed(parent).join(name),
        _ => path.to_owned(),
    }
}

/// The identity of a file or a folder. Nothing else is opened: to open a pipe is to wait.
fn handle(path: &Path) -> Option<Handle> {
    let there = fs::metadata(path).ok()?;
    (there.is_file() || there.is_dir()).then(|| Handle::from_path(path).ok())?
}
