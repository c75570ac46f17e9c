//! Nothing that is read is ever written over, and no two things are written to one place.

use std::fs;
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::spot::Spot;
use crate::failure::Failure;
use crate::files::{self, is_stdin};

/// A file, and what messages call it.
type Named<'a> = (&'static str, &'a Path);

/// Refuses a run that would write over what it reads, or write two things to one place, or read two things of one
/// stream.
pub(super) fn refuse(reads: &[Named<'_>], writes: &[Named<'_>]) -> Result<(), Failure> {
    let mut piped = reads.iter().filter(|(_, path)| is_stdin(path)).map(|(what, _)| what);
    if let (Some(one), Some(other)) = (piped.next(), piped.next()) {
        return Err(Failure::Usage(format!("{one} and {other} cannot both come from standard input")));
    }
    let reads: Vec<Read> = reads.iter().map(|(what, path)| Read::new(what, path)).collect();
    let writes: Vec<Write> = writes.iter().map(|(what, path)| Write::new(what, path)).collect();
    let streams = [("standard output", Handle::stdout()), ("standard error", Handle::stderr())];
    let streams = streams.map(|(what, handle)| (what, Spot::of_stream(handle)));
    for read in &reads {
        for write in &writes {
            read.kept_from(write)?;
        }
        for (stream, spot) in &streams {
            if let Some(name) = read.holds(spot) {
                return Err(Failure::Usage(format!("{stream} would go into {name}: redirect it elsewhere")));
            }
        }
    }
    for (at, write) in writes.iter().enumerate() {
        for other in &writes[..at] {
            write.apart_from(other)?;
        }
        if let Some((stream, _)) = streams.iter().find(|(_, spot)| write.spot.is(spot)) {
            let name = &write.name;
            let why = format!("{stream} already goes to {name}: give another name, or redirect it elsewhere");
            return Err(Failure::Usage(why));
        }
    }
    Ok(())
}

/// Something that is read.
struct Read {
    name: String,
    spot: Spot,
    folder: Option<PathBuf>,
}

impl Read {
    fn new(what: &str, path: &Path) -> Self {
        if is_stdin(path) {
            let name = format!("{what}, which is read from standard input");
            return Self { name, spot: Spot::of_stream(Handle::stdin()), folder: None };
        }
        let folder = path.is_dir().then(|| path.to_owned());
        Self { name: format!("{what} {}", files::name(path)), spot: Spot::of(path), folder }
    }

    /// The name of what is read at that spot: itself, or a file in it, which may have other names elsewhere.
    fn holds(&self, spot: &Spot) -> Option<String> {
        if self.spot.is(spot) {
            return Some(self.name.clone());
        }
        let entries = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok())?;
        let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        // One after another, since each is opened.
        let path = paths.find(|path| Spot::of(path).is(spot))?;
        Some(format!("{} of {}", path.file_name()?.display(), self.name))
    }

    /// Refuses to write over it, or into it.
    fn kept_from(&self, write: &Write) -> Result<(), Failure> {
        let (name, written) = (&self.name, &write.name);
        if self.folder.is_some() && write.spot.is_within(&self.spot) {
            let why = format!("{written} would be inside the folder of {name}: give a name outside it");
            return Err(Failure::Usage(why));
        }
        if let Some(name) = self.holds(&write.spot) {
            return Err(Failure::Usage(format!("{written} would replace {name}: give another name")));
        }
        Ok(())
    }
}

/// Something that is written.
struct Write {
    name: String,
    spot: Spot,
}

impl Write {
    fn new(what: &str, path: &Path) -> Self {
        Self { name: format!("{what} {}", path.display()), spot: Spot::of(path) }
    }

    /// Refuses to write two things to one place, or one into the other.
    fn apart_from(&self, other: &Self) -> Result<(), Failure> {
        let (one, two) = (&other.name, &self.name);
        // Nobody needs names that differ in case alone.
        if self.spot.is(&other.spot) || self.spot.is_but_for_case(&other.spot) {
            return Err(Failure::Usage(format!("{one} and {two} are the same place: give one of them another name")));
        }
        for (inner, outer) in [(self, other), (other, self)] {
            if inner.spot.is_within(&outer.spot) {
                let why = format!("{} is inside {}: give it a name outside", inner.name, outer.name);
                return Err(Failure::Usage(why));
            }
        }
        Ok(())
    }
}
