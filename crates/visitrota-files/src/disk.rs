//! Files and folders made: whole or not at all, and their owner's alone to read, since they tell who visits whom.
//!
//! Whether something can be written is found out before it is made ([`NewFile::new`] and its like), since what is to
//! stand there may take long to find. It is then written beside, and takes its place in one step.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{NamedTempFile, TempDir};

use crate::error::Error;

/// Held by whoever has a temporary file or folder at hand.
static WRITING: Mutex<()> = Mutex::new(());

/// While it lives, nothing is written: no temporary file is there, and none is made.
#[derive(Debug)]
#[must_use = "writing goes on once it is dropped"]
pub struct Settled(#[expect(dead_code, reason = "held, not looked at")] MutexGuard<'static, ()>);

/// Waits until what is being written is there. For whoever ends the program, so that nothing half-made stays behind.
pub fn settled() -> Settled {
    Settled(writing())
}

fn writing() -> MutexGuard<'static, ()> {
    // What a writer that panicked had at hand, it has taken away.
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is to be written.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    present: Present,
}

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Present {
    Kept,
    Replaced,
}

impl NewFile {
    /// Where nothing is yet.
    ///
    /// # Errors
    /// [`Error::Write`] if something is there, or a file cannot be made there.
    pub fn new(path: &Path) -> Result<Self, Error> {
        if fs::symlink_metadata(path).is_ok() {
            return Err(refused(path, THERE));
        }
        Self::at(path, path, Present::Kept)
    }

    /// Where nothing is yet, or a file, which is replaced in one step and whose permissions are kept. Behind a link, it
    /// is the file that the link leads to.
    ///
    /// # Errors
    /// [`Error::Write`] if what is there is no ordinary file or is protected, or a file cannot be made there.
    pub fn or_replaced(path: &Path) -> Result<Self, Error> {
        let resolved = resolved(path)?;
        match fs::metadata(resolved.as_deref().unwrap_or(path)) {
            Ok(there) if there.is_dir() => return Err(refused(path, "it is a directory: give a file's name")),
            Ok(there) if !there.is_file() => {
                return Err(refused(path, "it is not an ordinary file: give the name of one, or of a new one"));
            }
            Ok(there) if there.permissions().readonly() => {
                return Err(refused(path, "it is write-protected: give another name"));
            }
            Ok(_) | Err(_) => {}
        }
        Self::at(path, resolved.as_deref().unwrap_or(path), Present::Replaced)
    }

    fn at(given: &Path, path: &Path, present: Present) -> Result<Self, Error> {
        if names_a_folder(path) || path.file_name().is_none_or(|name| name == OsStr::new("-")) {
            return Err(refused(given, "give a file's name"));
        }
        let folder = parent_there(given, path)?;
        let _writing = writing();
        file_in(folder).map_err(|error| refused_by(given, &error))?;
        Ok(Self { path: path.to_owned(), present })
    }

    /// Where the file will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk refuses, or something has come to stand there that is not to be replaced.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Error> {
        let write = || {
            let _writing = writing();
            let mut file = file_in(parent(&self.path))?;
            file.write_all(bytes)?;
            if self.present == Present::Replaced
                && let Ok(old) = fs::metadata(&self.path)
            {
                file.as_file().set_permissions(old.permissions())?;
            }
            file.as_file().sync_all()?;
            let stands = match self.present {
                Present::Replaced => file.persist(&self.path),
                Present::Kept => file.persist_noclobber(&self.path),
            };
            stands.map(drop).map_err(|error| error.error)
        };
        write().map_err(|error| refused_by(&self.path, &error))
    }
}

/// A folder that is to be filled.
#[derive(Debug)]
pub struct NewFolder {
    path: PathBuf,
}

impl NewFolder {
    /// Where nothing is yet, or an empty folder. Behind a link, it is the folder that the link leads to.
    ///
    /// # Errors
    /// [`Error::Write`] if something else is there, or a folder cannot be made there.
    pub fn new(path: &Path) -> Result<Self, Error> {
        let resolved = resolved(path)?;
        if let Some(there) = &resolved {
            let mut entries = fs::read_dir(there).map_err(|error| match error.kind() {
                ErrorKind::NotADirectory => refused(path, &format!("{THERE}, and it is not a folder")),
                _ => refused_by(path, &error),
            })?;
            if entries.next().is_some() {
                let why = "something is in it already, it is not empty; give a new folder, so that nothing in it is \
                           lost or mixed up";
                return Err(refused(path, why));
            }
            if in_use(there) {
                return Err(refused(path, "it is in use as it is, and cannot be replaced; give a new folder in it"));
            }
        }
        let at = resolved.as_deref().unwrap_or(path);
        if at.file_name().is_none() {
            return Err(refused(path, "give a folder's name"));
        }
        let parent = parent_there(path, at)?;
        let _writing = writing();
        folder_in(parent).map_err(|error| refused_by(path, &error))?;
        Ok(Self { path: at.to_owned() })
    }

    /// Where the folder will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Fills it with files, each with its name within the folder, `/` between the parts: all of them are there, or none.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk refuses, or something has come to stand there.
    pub fn write<'a>(&self, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<(), Error> {
        let write = || {
            let _writing = writing();
            let made = folder_in(parent(&self.path))?;
            for (name, bytes) in files {
                let path = made.path().join(name);
                if let Some(inner) = path.parent() {
                    folders(made.path(), inner)?;
                }
                let mut file = private_file(&path)?;
                file.write_all(bytes)?;
                file.sync_all()?;
            }
            if cfg!(windows) && self.path.exists() {
                // Elsewhere the step itself takes an empty folder's place. Where it is not empty, both fail.
                fs::remove_dir(&self.path)?;
            }
            fs::rename(made.path(), &self.path)?;
            // It is no temporary folder any more: nothing is left to be taken away.
            let _ = made.keep();
            Ok(())
        };
        write().map_err(|error: io::Error| refused_by(&self.path, &error))
    }
}

const THERE: &str = "something of that name is there already, and is not written over";

/// What a name leads to, if anything is there.
fn resolved(path: &Path) -> Result<Option<PathBuf>, Error> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(refused(path, "a part of it is a file, and not a directory"))
        }
        Err(error) => Err(refused_by(path, &error)),
        Ok(there) => match fs::canonicalize(path) {
            Ok(resolved) => Ok(Some(resolved)),
            // Such as a pipe's, which has no name.
            Err(_) if fs::metadata(path).is_ok() => Ok(Some(path.to_owned())),
            Err(error) if there.is_symlink() => {
                let to = fs::read_link(path).unwrap_or_default();
                let why = format!("it is a link to {}, which leads nowhere ({})", to.display(), error.kind());
                Err(refused(path, &format!("{why}: remove the link, or give another name")))
            }
            Err(error) => Err(refused_by(path, &error)),
        },
    }
}

/// Whether a name can only be a folder's.
fn names_a_folder(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let after = bytes.strip_suffix(b".").unwrap_or(bytes);
    after.last().is_some_and(|last| std::path::is_separator(char::from(*last)))
}

/// Whether a folder cannot be replaced by another: it is where the program stands, or where a disk is mounted.
fn in_use(folder: &Path) -> bool {
    let here = std::env::current_dir().and_then(fs::canonicalize).is_ok_and(|here| here == folder);
    #[cfg(unix)]
    let mounted = {
        use std::os::unix::fs::MetadataExt;
        let disk = |path: &Path| fs::metadata(path).map(|there| there.dev()).ok();
        folder.parent().is_some_and(|parent| disk(parent) != disk(folder))
    };
    #[cfg(not(unix))]
    let mounted = false;
    here || mounted
}

/// The folder in which a path stands.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// The folder in which a path stands, if there is one.
fn parent_there<'a>(given: &Path, path: &'a Path) -> Result<&'a Path, Error> {
    let folder = parent(path);
    if folder.is_dir() {
        return Ok(folder);
    }
    Err(refused(given, &format!("there is no such directory as {}: make it first", folder.display())))
}

fn refused(path: &Path, why: &str) -> Error {
    Error::Write { path: path.to_owned(), why: why.to_owned() }
}

/// Why the disk does not take it: the error's kind alone, since its text names the temporary file, which nobody knows.
fn refused_by(path: &Path, error: &io::Error) -> Error {
    refused(path, &error.kind().to_string())
}

/// A temporary file that is its owner's alone, whatever the umask.
fn file_in(folder: &Path) -> io::Result<NamedTempFile> {
    let file = NamedTempFile::new_in(folder)?;
    private(file.as_file(), FILE)?;
    Ok(file)
}

/// A temporary folder that is its owner's alone, whatever the umask.
fn folder_in(folder: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(FOLDER));
    let folder = builder.tempdir_in(folder)?;
    private_at(folder.path(), FOLDER)?;
    Ok(folder)
}

/// A new file that is its owner's alone from the beginning.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE);
    let file = options.open(path)?;
    private(&file, FILE)?;
    Ok(file)
}

/// The folders between one and another within it, where they are not there yet.
fn folders(within: &Path, inner: &Path) -> io::Result<()> {
    if inner == within || inner.is_dir() {
        return Ok(());
    }
    if let Some(outer) = inner.parent() {
        folders(within, outer)?;
    }
    fs::create_dir(inner)?;
    private_at(inner, FOLDER)
}

/// What its owner may do with a file, and nobody else.
const FILE: u32 = 0o600;
/// What its owner may do with a folder, and nobody else.
const FOLDER: u32 = 0o700;

#[cfg(unix)]
fn private(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(unix)]
fn private_at(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// Elsewhere a folder's own rules say who reads what is in it.
#[cfg(not(unix))]
fn private(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn private_at(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
