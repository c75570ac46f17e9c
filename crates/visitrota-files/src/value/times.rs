//! What a cell means as a date or a time of day, spreadsheets' numbers for them included.

use visitrota_model::{Code, Date};

use crate::cell::{Cell, Moment};
use crate::fault::{Fault, fault};
use crate::when::{self, Clock, Half, Wrong};

/// A cell that holds a date.
pub(crate) fn date(cell: &Cell, near: Option<Date>) -> Result<Date, Fault> {
    let numbered = |number: f64| match Moment::of_serial(number) {
        Some(Moment::Date(date) | Moment::Both(date, _)) if (20_000.0..80_000.0).contains(&number) => Some(date),
        _ => None,
    };
    match cell {
        Cell::Moment(Moment::Date(date) | Moment::Both(date, _)) => Ok(*date),
        Cell::Number(number) => numbered(*number).ok_or_else(|| fault(cell, A_DATE)),
        Cell::Text(text) => match when::moment(text, near) {
            Ok((Some(date), None | Some(0))) => Ok(date),
            Ok(_) => text.parse().ok().and_then(numbered).ok_or_else(|| date_fault(text, &Wrong::Unreadable)),
            Err(wrong) => text.parse().ok().and_then(numbered).ok_or_else(|| date_fault(text, &wrong)),
        },
        _ => Err(fault(cell, A_DATE)),
    }
}

const A_DATE: &str = "a date such as 5/12/2026, 5 Dec 2026 or 2026-12-05";
const A_TIME: &str = "a time of day such as 08:10, 8.10 or 8:10 am";

pub(crate) fn date_fault(text: &str, wrong: &Wrong) -> Fault {
    match wrong {
        Wrong::Unreadable => fault(&Cell::Text(text.to_owned()), A_DATE),
        Wrong::NoYear => {
            let message = format!("\"{text}\" has no year, and the week's own first date does not say which.");
            Fault::new(Code::WrongType, message, "Write the date with its year: 7/12/2026.")
        }
        Wrong::NoSuchDate => {
            let message = format!("There is no such date as \"{text}\".");
            Fault::new(Code::WrongType, message, "Write the day first, then the month: 5/12/2026 is 5 December.")
        }
        Wrong::Weekday(date) => {
            let message = format!("\"{text}\" has the wrong weekday: that date is {}.", date.long());
            Fault::new(Code::FieldConflict, message, "Correct the date or the weekday.")
        }
    }
}

/// A cell that holds a time of day, with a date or without.
pub(crate) fn time(cell: &Cell, near: Option<Date>) -> Result<(Option<Date>, u32), Fault> {
    clocked(cell, near).map(|(date, clock)| (date, clock.minute))
}

/// The same, with what is known of its half of the day.
pub(crate) fn clocked(cell: &Cell, near: Option<Date>) -> Result<(Option<Date>, Clock), Fault> {
    if let Cell::Moment(Moment::Date(date) | Moment::Both(date, _)) = cell
        && date.to_string().starts_with("190")
    {
        let message =
            format!("This cell holds {}, which is what a spreadsheet makes of a number such as 9.5.", cell.shown());
        return Err(Fault::new(Code::WrongType, message, "Type the time with a colon: 9:30."));
    }
    let sure = |(date, minute)| (date, Clock::sure(minute));
    let typed = |number: f64| {
        let open = (1.0..13.0).contains(&number);
        numbered_time(number).map(|(date, minute)| {
            let half = if open { Half::Open } else { Half::Sure };
            (date, Clock { minute, half })
        })
    };
    let found = match cell {
        Cell::Moment(Moment::Time(minute)) => Some(sure((None, *minute))),
        Cell::Moment(Moment::Date(date)) => Some(sure((Some(*date), 0))),
        Cell::Moment(Moment::Both(date, minute)) => Some(sure((Some(*date), *minute))),
        Cell::Number(number) => typed(*number),
        Cell::Text(text) => match when::clock(text) {
            Some(clock) => Some((None, clock)),
            None => match when::moment(text, near) {
                Ok((date, Some(minute))) => Some(sure((date, minute))),
                Ok((Some(date), None)) => Some(sure((Some(date), 0))),
                Ok((None, None)) => None,
                Err(Wrong::Unreadable) => text.parse().ok().and_then(typed),
                Err(wrong) => return Err(date_fault(text, &wrong)),
            },
        },
        _ => None,
    };
    found.ok_or_else(|| fault(cell, A_TIME))
}

/// A number that stands where a time should: a part of a day or a moment, as spreadsheets count them; 8.3 for 8.30;
/// 810 for 08:10.
fn numbered_time(number: f64) -> Option<(Option<Date>, u32)> {
    if (0.0..1.0).contains(&number) || (20_000.0..80_000.0).contains(&number) {
        return match Moment::of_serial(number)? {
            Moment::Time(minute) => Some((None, minute)),
            Moment::Date(date) => Some((Some(date), 0)),
            Moment::Both(date, minute) => Some((Some(date), minute)),
        };
    }
    let hundredths = if number <= 24.0 { number * 100.0 } else { number };
    let whole = hundredths.round();
    if !(100.0..=2400.0).contains(&whole) || (hundredths - whole).abs() > 1e-6 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 100 to 2400")]
    let whole = whole as u32;
    let minutes = whole / 100 * 60 + whole % 100;
    (whole % 100 < 60 && minutes <= 1440).then_some((None, minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_shown_as_a_time_is_none() {
        let cell = Cell::Moment(Moment::of_serial(9.5).expect("a moment"));
        assert!(clocked(&cell, None).expect_err("no time").remedy.contains("9:30"));
    }

    #[test]
    fn times_that_a_spreadsheet_made_numbers_of() {
        let day = Date::new(2026, 12, 5);
        for (number, time) in [
            (0.340_277_78, Some((None, 490))),
            (8.1, Some((None, 490))),
            (8.3, Some((None, 510))),
            (8.05, Some((None, 485))),
            (9.0, Some((None, 540))),
            (810.0, Some((None, 490))),
            (1400.0, Some((None, 840))),
            (46361.5, Some((day, 720))),
            (8.6, None),
            (8.123, None),
            (2401.0, None),
            (-1.0, None),
            (f64::NAN, None),
        ] {
            assert_eq!(numbered_time(number), time, "{number}");
        }
        assert_eq!(date(&Cell::Number(46361.0), None).ok(), day);
        assert_eq!(date(&Cell::Text("46361".to_owned()), None).ok(), day);
        assert!(date(&Cell::Number(12.0), None).is_err());
    }
}
