//! Patterns of days with hours, such as `every Sat 08:00–18:00` or `not 5 Dec`.

use visitrota_model::Date;

use super::clock::{Clock, span_of_day};
use super::dates::Years;
use super::words::Reader;
use super::wrong::{Read, Wrong};
use crate::cell::DAY;

/// Days and hours such as `every Sat 08:00–18:00`, `5 Dec`, `Mon-Fri 9am-5pm` or `not 5 Dec`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Whether these hours are taken away, rather than given.
    pub(crate) not: bool,
    /// Which weekdays, from Monday on.
    pub(crate) weekdays: [bool; 7],
    /// Which weekdays of a month: the how-manieth, the last as 0, and the weekday.
    pub(crate) monthly: Vec<(u32, usize)>,
    /// Which dates, from and to.
    pub(crate) dates: Vec<(Date, Date)>,
    /// Every hour of every day.
    pub(crate) always: bool,
    /// The days among these that are left out: `any day except Wed`.
    pub(crate) but: Option<Box<Pattern>>,
    /// From when on the day, in minutes.
    pub(crate) from: Option<u32>,
    /// To when on the day, in minutes.
    pub(crate) to: Option<u32>,
    /// Whether these hours stay apart from those that they touch.
    pub(crate) apart: bool,
}

/// Words that leave days out.
const BUT: &[&str] = &["not", "except", "excluding", "never", "no", "but", "bar"];

impl Pattern {
    /// The only date that it names, if it names nothing else.
    pub(crate) fn only_date(&self) -> Option<Date> {
        match self.dates.as_slice() {
            [(from, to)] if from == to && !self.repeats() => Some(*from),
            _ => None,
        }
    }

    /// Whether it names days that come again and again.
    pub(crate) fn repeats(&self) -> bool {
        self.always || self.weekdays.contains(&true) || !self.monthly.is_empty()
    }

    /// Whether it holds on a date.
    pub(crate) fn holds_on(&self, date: Date) -> bool {
        let weekday = usize::try_from(date.days_from_monday()).unwrap_or_default();
        let holds = self.always
            || self.weekdays.get(weekday).copied().unwrap_or_default()
            || self.monthly.iter().any(|&(nth, of)| of == weekday && is_nth(date, nth))
            || self.dates.iter().any(|&(from, to)| from <= date && date <= to);
        holds && !self.but.as_ref().is_some_and(|but| but.holds_on(date))
    }
}

/// Whether a date is the first, second, … of its weekday in the month; nought is the last.
fn is_nth(date: Date, nth: u32) -> bool {
    let month = |date: Date| date.to_string().rsplit_once('-').map(|(month, _)| month.to_owned());
    match nth.checked_sub(1) {
        None => month(date.plus_days(7)) != month(date),
        Some(before) => {
            month(date.minus_days(before * 7)) == month(date) && month(date.minus_days(nth * 7)) != month(date)
        }
    }
}

/// A pattern of days, with hours or without.
pub(crate) fn pattern(text: &str, near: Option<Date>) -> Read<Pattern> {
    let mut reader = Reader::new(text, near);
    let mut pattern = Pattern { not: reader.word(BUT), ..Pattern::default() };
    reader.days(&mut pattern)?;
    if reader.word(BUT) {
        let _ = reader.word(&["for"]);
        let mut but = Pattern::default();
        reader.days(&mut but)?;
        pattern.but = Some(Box::new(but));
    }
    let _ = reader.word(&["only"]);
    let _ = reader.mark(',') | reader.mark(':');
    pattern.apart = reader.word(&["apart"]);
    if reader.left() {
        (pattern.from, pattern.to) = reader.hours()?;
    }
    pattern.apart |= reader.word(&["apart"]);
    reader.end()?;
    Ok(pattern)
}

impl Reader {
    /// The days that a pattern names.
    fn days(&mut self, pattern: &mut Pattern) -> Read<()> {
        let _ = self.word(&["on"]);
        loop {
            let begin = self.at;
            let every = self.word(&["every", "each", "all", "any"]);
            if every && self.word(&["day", "days", "time"]) || self.word(&["daily", "always", "everyday", "anytime"]) {
                pattern.always = true;
            } else if self.word(&["weekday", "weekdays"]) {
                pattern.weekdays[..5].fill(true);
            } else if self.word(&["weekend", "weekends"]) {
                pattern.weekdays[5..].fill(true);
            } else if let Some((which, weekday)) = self.nth_weekdays(every) {
                pattern.monthly.extend(which.into_iter().map(|nth| (nth, weekday)));
            } else if let Some(dates) = self.days_of_month(Years::Near)? {
                pattern.dates.extend(dates);
            } else if let Some(from) = self.date(Years::Near)? {
                let to = self.after_until(|reader| reader.date(Years::Near))?;
                pattern.dates.push((from, to.unwrap_or(from)));
            } else if let Some(from) = self.weekday() {
                let to = self.after_until(|reader| Ok(reader.weekday()))?;
                let (mut day, to) = (from, to.unwrap_or(from));
                pattern.weekdays[day] = true;
                while day != to {
                    day = (day + 1) % 7;
                    pattern.weekdays[day] = true;
                }
            } else {
                self.at = begin;
                return Err(Wrong::Unreadable);
            }
            let end = self.at;
            let more = self.mark(',') | self.mark('&') | self.mark('+') | self.mark('/') | self.word(&["and"]);
            // `Sat 12 Dec, 2pm-8pm`
            let hours_follow = || {
                let mut ahead = Reader { tokens: self.tokens.clone(), at: self.at, near: self.near };
                ahead.hours().is_ok() && !ahead.left()
            };
            if !more || hours_follow() {
                self.at = end;
                break;
            }
        }
        Ok(())
    }

    /// Hours after days: `9am-5pm`, `after 4`, `until noon`, `am`, `all day`.
    fn hours(&mut self) -> Read<(Option<u32>, Option<u32>)> {
        const NOON: u32 = DAY / 2;
        let _ = self.mark(',') | self.mark(':');
        let begin = self.at;
        if self.word(&["all", "any"]) && self.word(&["day", "time"]) || self.word(&["anytime"]) {
            return Ok((None, None));
        }
        self.at = begin;
        if self.word(&["am", "morning", "mornings"]) {
            return Ok((None, Some(NOON)));
        }
        if self.word(&["pm"]) {
            return Ok((Some(NOON), None));
        }
        if self.word(&["afternoon", "afternoons"]) {
            return Ok((Some(NOON), Some(18 * 60)));
        }
        if self.word(&["evening", "evenings"]) {
            return Ok((Some(18 * 60), None));
        }
        if self.word(&["until", "till", "til", "before", "to", "by"]) {
            return Ok((None, Some(self.time().ok_or(Wrong::Unreadable)?.bound())));
        }
        let open = self.word(&["after"]);
        let _ = self.word(&["from", "between"]);
        let from = self.time().ok_or(Wrong::Unreadable)?;
        if !open && (self.until() || self.word(&["and"])) {
            let to: Clock = self.time().ok_or(Wrong::Unreadable)?;
            let (from, to) = span_of_day(from, to);
            return Ok((Some(from), Some(to)));
        }
        let _ = self.word(&["onwards", "onward", "on"]);
        Ok((Some(from.bound()), None))
    }
}
