//! What is wrong with a text that should be a date, a time or a pattern.

use visitrota_model::Date;

/// What is wrong with a text that should be a date, a time or a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is none.
    Unreadable,
    /// It has no year, and the week does not say which.
    NoYear,
    /// The calendar has no such date.
    NoSuchDate,
    /// Its weekday is another.
    Weekday(Date),
}

pub(super) type Read<T> = Result<T, Wrong>;
