//! Workbooks unpacked, within limits, before anything is made of them.
//!
//! A workbook is a few packed files of XML. Packed, a few bytes may stand for gigabytes; so the files are unpacked here
//! to no more than is read, [looked over](crate::scan), and handed on as they are, not packed any more: whoever reads
//! them cannot be led to unpack anything, nor, by what they count, to read much more than there is.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use visitrota_model::Measure;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::room::Room;
use crate::scan::scan;
use crate::unreadable::Unreadable;
use crate::unseen::{Eye, Unseen};

/// Where the list of packed files has an entry, it begins with these bytes.
const ENTRY: &[u8] = b"PK\x01\x02";

/// The workbook in these bytes with its files as they are. Only those are kept in which sheets, texts and formats may
/// stand. What is not seen of the sheets comes along, by their names.
pub(crate) fn unpacked(bytes: &[u8], room: &mut Room) -> Result<(Metered, BTreeMap<String, Unseen>), Unreadable> {
    let limits = room.limits;
    // Before the list is read, which takes much more room than it has in the file.
    let entries = bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count();
    limits.hold(Measure::Parts, entries as u64)?;
    let broken = |error: ZipError| Unreadable::Broken(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let (mut length, mut elements, mut eye) = (0_u64, 0_u64, Eye::default());
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        if part.is_dir() || !is_needed(&name) {
            continue;
        }
        let size = part.size();
        length = length.saturating_add(size);
        limits.hold(Measure::Unpacked, length)?;
        let mut content = Vec::new();
        part.take(size.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|error| Unreadable::Broken(format!("{name} in it cannot be unpacked: {error}")))?;
        if content.len() as u64 != size {
            return Err(Unreadable::Broken(format!("{name} in it is not of the size that it claims")));
        }
        if name != MIMETYPE {
            scan(&name, &content, room, &mut elements, &mut eye)?;
        }
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        plain.start_file(name, options).map_err(broken)?;
        plain.write_all(&content).map_err(|error| Unreadable::Broken(error.to_string()))?;
    }
    let plain = plain.finish().map_err(broken)?.into_inner();
    Ok((Metered::new(plain), eye.sheets()))
}

const MIMETYPE: &str = "mimetype";

/// Whether sheets, texts or formats may stand there.
fn is_needed(name: &str) -> bool {
    const OTHER: [&str; 2] = ["customxml/", "docprops/"];
    let lower = name.to_lowercase();
    let is_xml = [".xml", ".rels"].iter().any(|ending| lower.ends_with(ending));
    lower == MIMETYPE || is_xml && !OTHER.iter().any(|folder| lower.starts_with(folder))
}

/// Bytes that can be read about twice: a workbook that calls one file a sheet a hundred times is not read a hundred
/// times.
#[derive(Debug)]
pub(crate) struct Metered {
    bytes: Cursor<Vec<u8>>,
    left: u64,
}

impl Metered {
    fn new(bytes: Vec<u8>) -> Self {
        const SLACK: u64 = 1 << 20;
        let left = (bytes.len() as u64).saturating_mul(2).saturating_add(SLACK);
        Self { bytes: Cursor::new(bytes), left }
    }
}

impl Read for Metered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("several of its sheets are one and the same"))?;
        Ok(read)
    }
}

impl Seek for Metered {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}
