//! Problems of the fixtures, and a folder to read sheets from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use visitrota::Problem;

/// The project's fixtures.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

fn problem(name: &str) -> Problem {
    visitrota::load(fixtures().join(name).join("problem.json")).expect("a fixture is a problem")
}

/// Three volunteers and four families.
pub fn tiny() -> &'static Problem {
    static TINY: LazyLock<Problem> = LazyLock::new(|| problem("tiny"));
    &TINY
}

/// A week in which nearly every rule plays a part.
pub fn south_wales() -> &'static Problem {
    static SOUTH_WALES: LazyLock<Problem> = LazyLock::new(|| problem("south-wales"));
    &SOUTH_WALES
}

/// The problems that rotas are held against.
pub fn fixed() -> [&'static Problem; 3] {
    static CLOCK_CHANGE: LazyLock<Problem> = LazyLock::new(|| problem("clock-change"));
    [tiny(), south_wales(), &CLOCK_CHANGE]
}

/// A folder of CSV files, gone once it is dropped.
#[derive(Debug)]
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder of these files, named without `.csv`.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        files.into_iter().for_each(|(name, bytes)| folder.put(name, bytes));
        folder
    }

    /// Writes a file, in place of one of the same name.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.path().join(format!("{name}.csv")), bytes).expect("the temporary folder can be written");
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}
