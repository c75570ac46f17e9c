//! Why a workbook is not read.

use visitrota_model::{Code, Finding, TooLarge};

/// Why a workbook is not read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// It is broken, or none.
    Broken(String),
    /// It is more than is read.
    TooLarge(TooLarge),
    /// Something in it is odd, at a place that has a name.
    Odd(Finding),
}

impl From<TooLarge> for Unreadable {
    fn from(large: TooLarge) -> Self {
        Self::TooLarge(large)
    }
}

impl Unreadable {
    pub(crate) fn finding(self) -> Finding {
        match self {
            Self::Broken(why) => {
                let message = format!("This workbook cannot be read: {why}.");
                let remedy = "Open it in the program that made it, and save it as .xlsx or .ods without a password.";
                Finding::error(Code::UnreadableSheet, "", message, remedy)
            }
            Self::TooLarge(large) => large.finding(),
            Self::Odd(finding) => finding,
        }
    }
}
