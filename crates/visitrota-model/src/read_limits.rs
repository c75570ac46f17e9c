//! How large a file may be, and what may become of it when it is read. They lie far beyond any scheme's files, and keep
//! a small file from taking all of a computer's memory or time. The limits stand here and nowhere else.

use std::fmt;
use std::num::NonZeroU32;

use crate::finding::{Code, Finding};

/// Lists and objects within each other: as many as are read from a text.
pub(crate) const DEEPEST: u32 = 127;

/// Something of a file that is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// Bytes of a file, or of the CSV files of a folder together.
    Bytes,
    /// Bytes of a workbook once it is unpacked.
    Unpacked,
    /// Files packed in a workbook.
    Parts,
    /// Elements of the XML in a workbook.
    Elements,
    /// Sheets of a workbook.
    Sheets,
    /// Cells of all sheets together; of a CSV file and of an `.ods` workbook the empty ones as well.
    Cells,
    /// Letters in one cell: as many as Excel and LibreOffice hold.
    CellText,
    /// Letters in all cells together, a text that stands in several cells counted for each.
    Text,
    /// Windows and slots that the patterns and timetables of sheets make.
    Made,
    /// Values in a JSON document: numbers, texts, lists and objects.
    Values,
    /// Steps of applying a JSON Patch, values that are copied, compared or moved along; of a timetable, dates and patterns
    /// held against each other.
    Steps,
}

impl Measure {
    /// The most that is read, unless limits are raised.
    #[must_use]
    pub const fn usual(self) -> u64 {
        match self {
            Self::Bytes => 64 << 20,
            Self::Unpacked => 256 << 20,
            Self::Parts => 2_000,
            Self::Elements => 12_000_000,
            Self::Sheets => 200,
            Self::Cells | Self::Values => 2_000_000,
            Self::Made => 500_000,
            Self::CellText => 32_767,
            Self::Text => 64 << 20,
            Self::Steps => 100_000_000,
        }
    }

    /// What is said of something that has more.
    fn said(self, most: u64) -> String {
        let (mebibytes, number) = (format!("{} MiB", most >> 20), thousands(most));
        match self {
            Self::Bytes => format!("it is longer than {mebibytes}"),
            Self::Unpacked => format!("it unpacks to more than {mebibytes}"),
            Self::Parts => format!("it is packed of more than {number} files"),
            Self::Elements => format!("it is made of more than {number} elements of XML"),
            Self::Sheets => format!("it has more than {number} sheets"),
            Self::Cells => format!("it has more than {number} cells, empty ones among them"),
            Self::CellText => format!("a cell holds more than {number} letters"),
            Self::Text => format!("its cells hold more than {number} letters together"),
            Self::Made => format!("its rows make more than {number} windows or slots"),
            Self::Values => format!("it holds more than {number} values"),
            Self::Steps => format!("it takes more than {number} steps"),
        }
    }
}

/// How much is read of each [`Measure`]: the default is its [usual](Measure::usual) most.
///
/// ```
/// use std::num::NonZeroU32;
/// use visitrota_model::{Measure, ReadLimits};
///
/// let twice = ReadLimits::times(NonZeroU32::new(2).unwrap());
/// assert!(ReadLimits::default().hold(Measure::Cells, 3_000_000).is_err());
/// assert!(twice.hold(Measure::Cells, 3_000_000).is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    times: NonZeroU32,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self::times(NonZeroU32::MIN)
    }
}

impl ReadLimits {
    /// So many times the usual limits.
    #[must_use]
    pub const fn times(times: NonZeroU32) -> Self {
        Self { times }
    }

    /// The most that is read.
    #[must_use]
    pub fn most(self, measure: Measure) -> u64 {
        measure.usual().saturating_mul(self.times.get().into())
    }

    /// That something is no larger than it may be.
    ///
    /// # Errors
    /// [`TooLarge`] if it is.
    pub fn hold(self, measure: Measure, found: u64) -> Result<(), TooLarge> {
        if found <= self.most(measure) { Ok(()) } else { Err(self.too_large(measure)) }
    }

    /// That something is larger than it may be.
    #[must_use]
    pub fn too_large(self, measure: Measure) -> TooLarge {
        TooLarge { measure, most: self.most(measure), at: String::new(), hint: "" }
    }
}

/// That something is larger than is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLarge {
    measure: Measure,
    most: u64,
    at: String,
    hint: &'static str,
}

impl TooLarge {
    /// The same at a place, such as a sheet, or a row of it.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.at = place.into();
        self
    }

    /// The same with a cause that is likely, and what to do about it, in a sentence.
    #[must_use]
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// It as a finding, that says how to raise the limit.
    #[must_use]
    pub fn finding(self) -> Finding {
        let message = format!("This is not read: {}.", self.measure.said(self.most));
        let hint = if self.hint.is_empty() { "Take out what does not belong there." } else { self.hint };
        let remedy = format!("{hint} If all of it is meant, raise the limits: --size-limit 2 doubles them.");
        Finding::error(Code::TooLarge, self.at, message, remedy)
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.measure.said(self.most))
    }
}

impl std::error::Error for TooLarge {}

/// `2,000,000`.
fn thousands(number: u64) -> String {
    let digits: Vec<char> = number.to_string().chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_the_limit_and_how_to_raise_it() {
        let limits = ReadLimits::times(NonZeroU32::new(3).unwrap());
        assert_eq!(limits.hold(Measure::Cells, 6_000_000), Ok(()));
        let finding = limits.hold(Measure::Cells, 6_000_001).unwrap_err().at("sheet pairs").finding();
        assert_eq!(finding.path, "sheet pairs");
        assert_eq!(finding.message, "This is not read: it has more than 6,000,000 cells, empty ones among them.");
        assert!(finding.remedy.contains("--size-limit"), "{finding}");
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
