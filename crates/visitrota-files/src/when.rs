//! Dates, times of day and patterns of days, as people in Britain write them.

mod clock;
mod dates;
mod pattern;
#[cfg(test)]
mod tests;
mod words;
mod wrong;

use visitrota_model::Date;

pub(crate) use clock::{Clock, Half, span, span_of_day};
pub(crate) use pattern::{Pattern, pattern};
pub(crate) use wrong::Wrong;

use dates::Years;
use words::Reader;
use wrong::Read;

/// A date: `5/12/2026`, `5 Dec 2026`, `Sat 5 December`, `2026-12-05`. One without a year is the nearest to `near`.
pub(crate) fn date(text: &str, near: Option<Date>) -> Read<Date> {
    let mut reader = Reader::new(text, near);
    let date = reader.date(Years::All)?;
    reader.end()?;
    date.ok_or(Wrong::Unreadable)
}

/// The last day that a text names: a date, or the end of a month such as `June 2027`.
pub(crate) fn last_date(text: &str, near: Option<Date>) -> Read<Date> {
    let mut reader = Reader::new(text, near);
    let _ = reader.word(&["end"]) && reader.word(&["of"]);
    if let (Some(month), Some((year, 4))) = (reader.month(), reader.number())
        && reader.end().is_ok()
    {
        let next = if month == 12 { Date::new(year + 1, 1, 1) } else { Date::new(year, month + 1, 1) };
        return next.map(|next| next.minus_days(1)).ok_or(Wrong::NoSuchDate);
    }
    date(text, near)
}

/// A time of day: `08:10`, `8.10`, `8:10 am`, `0810`, `9`, `noon`; with `after`, `until` and the like before it.
pub(crate) fn clock(text: &str) -> Option<Clock> {
    let mut reader = Reader::new(text, None);
    let is_bound = reader.word(&["after", "from", "until", "till", "til", "before", "by", "to"]);
    let _ = reader.word(&["at"]);
    let time = reader.time()?;
    let is_bound = is_bound | reader.word(&["onwards", "on", "onward"]);
    reader.end().ok()?;
    Some(if is_bound { Clock { minute: time.bound(), ..time } } else { time })
}

/// A time of day in minutes, as it stands.
pub(crate) fn time(text: &str) -> Option<u32> {
    clock(text).map(|time| time.minute)
}

/// A date, a time, or a date and then a time.
pub(crate) fn moment(text: &str, near: Option<Date>) -> Read<(Option<Date>, Option<u32>)> {
    if let Some(time) = time(text) {
        return Ok((None, Some(time)));
    }
    let mut reader = Reader::new(text, near);
    let date = reader.date(Years::All)?.ok_or(Wrong::Unreadable)?;
    reader.mark(',');
    let _ = reader.word(&["t", "at"]);
    let time = if reader.left() { Some(reader.time().ok_or(Wrong::Unreadable)?.minute) } else { None };
    reader.end()?;
    Ok((Some(date), time))
}

/// Hours of every day, from and to, each as it stands: `06:30-21:00`, `6.30am to 9pm`.
pub(crate) fn hours(text: &str) -> Option<(u32, u32)> {
    let (from, to) = two_times(text)?;
    Some((from.minute, to.minute))
}

/// The hours of one event, from and to: `2-4pm`, `1.30 to 3.30pm`.
pub(crate) fn event(text: &str) -> Option<(u32, u32)> {
    let (from, to) = two_times(text)?;
    Some(span(from, to))
}

/// Hours of a day that would begin in the night, though neither time says so, and are no hours of an afternoon: `2-1`.
pub(crate) fn night(text: &str) -> Option<(u32, u32)> {
    let (from, to) = two_times(text)?;
    let (begin, end) = span_of_day(from, to);
    let may_be_pm = from.half == Half::Open && to.half == Half::Open && from.bound() != from.minute;
    (may_be_pm && begin == from.minute && to.minute < from.minute).then_some((begin, end))
}

fn two_times(text: &str) -> Option<(Clock, Clock)> {
    let mut reader = Reader::new(text, None);
    let _ = reader.word(&["from", "between"]);
    let from = reader.time()?;
    if !reader.until() && !reader.word(&["and"]) {
        return None;
    }
    let to = reader.time()?;
    reader.end().ok()?;
    Some((from, to))
}
