//! One file, read whole where it can be: never a folder, never a device, and no more of it than is read.

use std::fs::{File, Metadata};
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use visitrota_model::{Measure, ReadLimits};

use crate::error::Error;

/// Everything in a file, or in what is written into a pipe.
///
/// # Errors
/// [`Error::Read`] if it cannot be read, or is no file; [`Error::Invalid`] if it is longer than is read.
pub fn bytes(path: impl AsRef<Path>, limits: ReadLimits) -> Result<Vec<u8>, Error> {
    let path = path.as_ref();
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let there = std::fs::metadata(path).map_err(failed)?;
    if there.is_dir() {
        return Err(failed(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder, not a file")));
    }
    let file = File::open(path).map_err(failed)?;
    // Whoever gives a terminal's name means to type.
    if !there.is_file() && !is_pipe(&there) && !file.is_terminal() {
        return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "it is a device, not a file")));
    }
    bytes_of(file, limits).map_err(failed)?
}

/// Everything that can be read from somewhere; that it is longer than is read.
///
/// # Errors
/// That it cannot be read; within, [`Error::Invalid`] if it is longer than is read.
pub fn bytes_of(source: impl Read, limits: ReadLimits) -> io::Result<Result<Vec<u8>, Error>> {
    let most = limits.most(Measure::Bytes);
    let mut bytes = Vec::new();
    source.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    let held = limits.hold(Measure::Bytes, bytes.len() as u64);
    Ok(held.map(|()| bytes).map_err(|large| Error::Invalid { findings: vec![large.finding()] }))
}

#[cfg(unix)]
fn is_pipe(there: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&there.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}
