//! Names of files.

use std::collections::BTreeSet;

/// Gives each file a name of its own, made of ids from anywhere.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    /// In small letters: some file systems take `a` and `A` for the same.
    taken: BTreeSet<String>,
}

impl FileNames {
    /// `folder/stem-part-part.ending`, with a number where that is taken already.
    ///
    /// The stem is ours and comes first, so that no part can make a name that a system keeps for itself.
    pub(crate) fn give(&mut self, stem: &str, parts: &[&str], ending: &str) -> String {
        const MOST: usize = 60;
        let mut base = stem.to_owned();
        for part in parts {
            base.push('-');
            base.extend(part.chars().take(MOST).map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }));
        }
        let mut name = format!("{base}.{ending}");
        let mut number = 2;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            name = format!("{base}-{number}.{ending}");
            number += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_name_of_its_own() {
        let mut names = FileNames::default();
        assert_eq!(names.give("sheets/sheet", &["V01", "2026-12-05"], "html"), "sheets/sheet-V01-2026-12-05.html");
        assert_eq!(names.give("sheets/sheet", &["v01", "2026-12-05"], "html"), "sheets/sheet-v01-2026-12-05-2.html");
        assert_eq!(names.give("sheets/sheet", &["../../etc/passwd"], "html"), "sheets/sheet-______etc_passwd.html");
        assert_eq!(names.give("sheets/sheet", &["Siân 🚗"], "html"), "sheets/sheet-Si_n__.html");
        assert_eq!(names.give("sheets/sheet", &[""], "html"), "sheets/sheet-.html");
    }
}
