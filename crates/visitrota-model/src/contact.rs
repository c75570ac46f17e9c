//! How people are reached, beside the problem: names, telephone numbers, languages and notes. None of it stands in a
//! problem document; lists of names and the sheets of a workbook have it.

mod phone;

use std::fmt;

use crate::finding::{Code, Finding};

/// The language somebody is written to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Welsh.
    Welsh,
}

impl Language {
    /// Its code, as HTML and calendars have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
        }
    }

    /// The language of somebody as people write it: `cy`, `Welsh`, `Cymraeg`.
    ///
    /// # Errors
    /// That there are no texts in it. The finding has no path.
    pub fn read(text: &str, whose: &str) -> Result<Self, Finding> {
        match text.trim().to_lowercase().as_str() {
            "" | "-" | "n/a" | "en" | "en-gb" | "eng" | "english" | "saesneg" => Ok(Self::English),
            "cy" | "cy-gb" | "cym" | "wel" | "welsh" | "cymraeg" => Ok(Self::Welsh),
            _ => {
                let message = format!("There are no texts in the language of {whose}.");
                let remedy = "Write en (English) or cy (Welsh).";
                Err(Finding::error(Code::WrongType, "", message, remedy).with_value(text))
            }
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::English => "English",
            Self::Welsh => "Welsh",
        })
    }
}

/// What is known of a volunteer, a family, a prison, a meeting point or a prisoner beside the problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The telephone number, as written.
    pub phone: String,
    /// The language to write in.
    pub language: Language,
    /// Notes for who calls there: the address, a door to knock at, a gate to wait by.
    pub notes: String,
}

impl Contact {
    /// A telephone number as it can be dialled in Britain, whatever a spreadsheet program made of it.
    ///
    /// # Errors
    /// That nobody could dial it. The finding has no path.
    pub fn read_phone(text: &str) -> Result<String, Finding> {
        phone::read(text).map_err(|why| {
            let remedy = "Format the column as text, and type the number with all its digits: 07700 900123. Words go in \
                          the notes.";
            Finding::error(Code::WrongType, "", format!("{why}."), remedy).with_value(text)
        })
    }
}
