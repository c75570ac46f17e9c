//! A file as data.

/// A file as data. No name of a person or a prison is in its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Its name within the report's folder, `/` between the parts; of letters, digits, `-`, `_` and `.` alone.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}
