//! Several files in one input: the fuzzer changes what is in them, and lines such as `%% settings` part them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MARK: &[u8] = b"%% ";
/// More files than any input needs.
const MOST: usize = 40;

/// A file: its name, and what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its name: letters, digits, spaces and what paths have besides.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// The files in an input; `None` where it does not begin with one, or a name is none or there twice.
pub fn parts(input: &[u8]) -> Option<Vec<Part<'_>>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut left = input.strip_prefix(MARK)?;
    loop {
        let line = left.iter().position(|&byte| byte == b'\n')?;
        let (name, body) = left.split_at(line);
        let name = str::from_utf8(name).ok().filter(|name| is_name(name))?;
        let body = &body[1..];
        let next = body.windows(MARK.len() + 1).position(|window| window[0] == b'\n' && &window[1..] == MARK);
        let bytes = &body[..next.unwrap_or(body.len())];
        if parts.len() == MOST || parts.iter().any(|part| part.name.eq_ignore_ascii_case(name)) {
            return None;
        }
        parts.push(Part { name, bytes });
        match next {
            Some(at) => left = &body[at + 1 + MARK.len()..],
            None => return Some(parts),
        }
    }
}

fn is_name(name: &str) -> bool {
    let fine = |c: char| c.is_alphanumeric() || " -_./[]".contains(c);
    (1..=60).contains(&name.len()) && name.chars().all(fine) && !name.contains("..") && !name.starts_with('/')
}

/// Files as one input.
pub(crate) fn joined<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut input = Vec::new();
    for (name, bytes) in files {
        if !input.is_empty() {
            input.push(b'\n');
        }
        input.extend([MARK, name.as_bytes(), b"\n", bytes].concat());
    }
    assert!(parts(&input).is_some(), "a seed that its target would refuse");
    input
}

/// Files packed as a workbook's are. A name that ends in `/` is a folder.
pub fn packed(parts: &[Part<'_>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in parts {
        zip.start_file(part.name, stored).expect("the name was looked at");
        zip.write_all(part.bytes).expect("nothing fails that writes to memory");
    }
    zip.finish().expect("nothing fails that writes to memory").into_inner()
}
