//! Dates, days of a month and weekdays.

use visitrota_model::Date;

use super::words::{MONTHS, Reader, Token};
use super::wrong::{Read, Wrong};

/// Which years a date may have. Where hours may follow, only near ones: `1800` is a time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    All,
    Near,
}

impl Reader {
    /// A date, or nothing read where none begins. Where hours may follow, a number far from any year is none.
    pub(super) fn date(&mut self, years: Years) -> Read<Option<Date>> {
        let begin = self.at;
        let _ = self.word(&["the"]);
        let weekday = self.weekday();
        let _ = self.mark(',');
        let _ = self.word(&["the"]);
        let numbers = match self.day_month_year(years) {
            Some(numbers) => numbers,
            None => {
                self.at = begin;
                return Ok(None);
            }
        };
        let (year, month, day) = numbers;
        let date = match year {
            Some(year) => Date::new(if year < 100 { 2000 + year } else { year }, month, day),
            None => self.nearest(month, day)?,
        };
        let date = date.ok_or(Wrong::NoSuchDate)?;
        match weekday {
            Some(weekday) if u32::try_from(weekday) != Ok(date.days_from_monday()) => Err(Wrong::Weekday(date)),
            _ => Ok(Some(date)),
        }
    }

    pub(super) fn day_month_year(&mut self, years: Years) -> Option<(Option<u32>, u32, u32)> {
        if let Some(month) = self.month() {
            let (day, digits) = self.number()?;
            let _ = self.word(&["st", "nd", "rd", "th"]);
            return (digits <= 2).then(|| (self.year(years), month, day));
        }
        let (first, digits) = self.number()?;
        for mark in ['/', '-', '.'] {
            if !self.mark(mark) {
                continue;
            }
            if let Some(month) = self.month() {
                // 5-Dec-2026
                let year = if self.mark(mark) { Some(self.number()?.0) } else { self.year(years) };
                return (digits <= 2).then_some((year, month, first));
            }
            let (month, _) = self.number()?;
            let third = if self.mark(mark) { Some(self.number()?) } else { None };
            return match third {
                Some((day, _)) if digits == 4 => Some((Some(first), month, day)),
                Some((year, 2 | 4)) if digits <= 2 => Some((Some(year), month, first)),
                // `8.10` and `8-10` are hours.
                None if mark == '/' && digits <= 2 => Some((None, month, first)),
                _ => None,
            };
        }
        let _ = self.word(&["st", "nd", "rd", "th"]);
        let _ = self.word(&["of"]);
        let month = self.month()?;
        (digits <= 2).then(|| (self.year(years), month, first))
    }

    pub(super) fn month(&mut self) -> Option<u32> {
        let begin = self.at;
        let month = self.named(&MONTHS).and_then(|month| u32::try_from(month + 1).ok());
        if month.is_none() {
            self.at = begin;
        }
        month
    }

    /// The year after a month, if one stands there.
    pub(super) fn year(&mut self, years: Years) -> Option<u32> {
        let begin = self.at;
        let _ = self.mark(',');
        let near = self.near.map_or(2026, Date::year);
        let year = self.number().filter(|&(year, digits)| match digits {
            4 => years == Years::All || year.abs_diff(near) <= 2,
            2 => years == Years::All,
            _ => false,
        });
        if year.is_none() {
            self.at = begin;
        }
        year.map(|(year, _)| year)
    }

    /// The date nearest to the week, of those of all years.
    fn nearest(&self, month: u32, day: u32) -> Read<Option<Date>> {
        let near = self.near.ok_or(Wrong::NoYear)?;
        let years = (near.year().saturating_sub(1)..=near.year() + 1).rev();
        let dates = years.filter_map(|year| Date::new(year, month, day));
        Ok(dates.min_by_key(|date| date.days_since(near).unsigned_abs()))
    }

    /// Several days of one month, `12-13 Dec` or `12, 19 and 26 Dec`: from and to of each. Nothing is read where these
    /// are none.
    pub(super) fn days_of_month(&mut self, years: Years) -> Read<Option<Vec<(Date, Date)>>> {
        let begin = self.at;
        let days = self.day_numbers();
        let month = days.as_ref().and_then(|_| {
            let _ = self.word(&["of"]);
            self.month()
        });
        let (Some(days), Some(month)) = (days, month) else {
            self.at = begin;
            return Ok(None);
        };
        let year = self.year(years);
        let mut spans = Vec::new();
        let mut before: Option<Date> = None;
        for Day { weekday, number, is_last } in days {
            let date = match year {
                Some(year) => Date::new(if year < 100 { 2000 + year } else { year }, month, number),
                None => self.nearest(month, number)?,
            };
            let date = date.ok_or(Wrong::NoSuchDate)?;
            if weekday.is_some_and(|weekday| u32::try_from(weekday) != Ok(date.days_from_monday())) {
                return Err(Wrong::Weekday(date));
            }
            match before.filter(|_| is_last) {
                Some(from) => {
                    spans.pop();
                    spans.push((from, date));
                }
                None => spans.push((date, date)),
            }
            before = Some(date);
        }
        Ok(Some(spans))
    }

    /// Two numbers of days or more, as they stand before their month.
    fn day_numbers(&mut self) -> Option<Vec<Day>> {
        let mut days = Vec::new();
        let mut is_last = false;
        loop {
            let weekday = self.weekday();
            let _ = self.word(&["the"]);
            let (number, digits) = self.number()?;
            let _ = self.word(&["st", "nd", "rd", "th"]);
            if digits > 2 {
                return None;
            }
            days.push(Day { weekday, number, is_last });
            is_last = false;
            if self.until() {
                is_last = true;
            } else if !(self.mark(',') | self.mark('&') | self.mark('+') | self.mark('/') | self.word(&["and"])) {
                break;
            }
        }
        (days.len() > 1).then_some(days)
    }

    /// `2nd Wed of the month`, `first and third Sat`, `last Fri`: which of the month, and the weekday. The last is 0.
    pub(super) fn nth_weekdays(&mut self, every: bool) -> Option<(Vec<u32>, usize)> {
        let begin = self.at;
        let _ = self.word(&["the"]);
        let mut which = Vec::new();
        while let Some(nth) = self.nth() {
            which.push(nth);
            if !(self.mark(',') | self.mark('&') | self.mark('+') | self.mark('/') | self.word(&["and"])) {
                break;
            }
        }
        let weekday = if which.is_empty() { None } else { self.weekday() };
        let Some(weekday) = weekday else {
            self.at = begin;
            return None;
        };
        let at = self.at;
        let _ = self.word(&["of", "in"]);
        let _ = self.word(&["the", "each", "every", "a"]);
        let of_month = self.word(&["month", "monthly"]);
        if !of_month {
            self.at = at;
        }
        // `every 2nd Wed` is every other one.
        if every && !of_month {
            self.at = begin;
            return None;
        }
        Some((which, weekday))
    }

    fn nth(&mut self) -> Option<u32> {
        const NAMES: [&str; 6] = ["last", "first", "second", "third", "fourth", "fifth"];
        if let Some(Token::Word(word)) = self.tokens.get(self.at)
            && let Some(nth) = NAMES.iter().position(|name| name == word)
        {
            self.at += 1;
            return u32::try_from(nth).ok();
        }
        let begin = self.at;
        let number = self.number().map(|(number, _)| number).filter(|number| (1..=5).contains(number));
        if number.is_some() && self.word(&["st", "nd", "rd", "th"]) {
            return number;
        }
        self.at = begin;
        None
    }
}

/// A day before its month.
struct Day {
    weekday: Option<usize>,
    number: u32,
    /// Whether it ends a span that the day before it begins.
    is_last: bool,
}
