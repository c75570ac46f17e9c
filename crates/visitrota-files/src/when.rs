//! Dates, times of day and patterns of days, as people in Britain write them.

use visitrota_model::Date;

use crate::cell::DAY;

/// Days and hours such as `every Sat 08:00–18:00`, `5 Dec`, `Mon-Fri 9am-5pm` or `not 5 Dec`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Whether these hours are taken away, rather than given.
    pub(crate) not: bool,
    /// Which weekdays, from Monday on.
    pub(crate) weekdays: [bool; 7],
    /// Which dates, from and to.
    pub(crate) dates: Vec<(Date, Date)>,
    /// Every hour of every day.
    pub(crate) always: bool,
    /// From when on the day, in minutes.
    pub(crate) from: Option<u32>,
    /// To when on the day, in minutes.
    pub(crate) to: Option<u32>,
}

impl Pattern {
    /// The only date that it names, if it names nothing else.
    pub(crate) fn only_date(&self) -> Option<Date> {
        match self.dates.as_slice() {
            [(from, to)] if from == to && !self.weekdays.contains(&true) && !self.always => Some(*from),
            _ => None,
        }
    }

    /// Whether it holds on a date.
    pub(crate) fn holds_on(&self, date: Date) -> bool {
        let weekday = usize::try_from(date.days_from_monday()).unwrap_or_default();
        self.always
            || self.weekdays.get(weekday).copied().unwrap_or_default()
            || self.dates.iter().any(|&(from, to)| from <= date && date <= to)
    }
}

/// What is wrong with a text that should be a date, a time or a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is none.
    Unreadable,
    /// The calendar has no such date.
    NoSuchDate,
    /// Its weekday is another.
    Weekday(Date),
}

type Read<T> = Result<T, Wrong>;

/// Which years a date may have. Where hours may follow, only near ones: `1800` is a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Years {
    All,
    Near,
}

/// A date: `5/12/2026`, `5 Dec 2026`, `Sat 5 December`, `2026-12-05`. One without a year is the nearest to `near`.
pub(crate) fn date(text: &str, near: Option<Date>) -> Read<Date> {
    let mut reader = Reader::new(text, near);
    let date = reader.date(Years::All)?;
    reader.end()?;
    date.ok_or(Wrong::Unreadable)
}

/// A time of day in minutes: `08:10`, `8.10`, `8:10 am`, `0810`, `9`, `noon`.
pub(crate) fn time(text: &str) -> Option<u32> {
    let mut reader = Reader::new(text, None);
    let time = reader.time()?;
    reader.end().ok()?;
    Some(time)
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
    let time = if reader.left() { Some(reader.time().ok_or(Wrong::Unreadable)?) } else { None };
    reader.end()?;
    Ok((Some(date), time))
}

/// Hours from and to: `06:30-21:00`, `6.30am to 9pm`.
pub(crate) fn hours(text: &str) -> Option<(u32, u32)> {
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

/// A pattern of days, with hours or without.
pub(crate) fn pattern(text: &str, near: Option<Date>) -> Read<Pattern> {
    let mut reader = Reader::new(text, near);
    let mut pattern = Pattern { not: reader.word(&["not", "except", "never", "no", "but"]), ..Pattern::default() };
    let _ = reader.word(&["on"]);
    loop {
        let every = reader.word(&["every", "each", "all", "any"]);
        if every && reader.word(&["day", "days", "time"]) || reader.word(&["daily", "always", "everyday", "anytime"]) {
            pattern.always = true;
        } else if reader.word(&["weekday", "weekdays"]) {
            pattern.weekdays[..5].fill(true);
        } else if reader.word(&["weekend", "weekends"]) {
            pattern.weekdays[5..].fill(true);
        } else if let Some(from) = reader.date(Years::Near)? {
            let to = reader.after_until(|reader| reader.date(Years::Near))?;
            pattern.dates.push((from, to.unwrap_or(from)));
        } else if let Some(from) = reader.weekday() {
            let to = reader.after_until(|reader| Ok(reader.weekday()))?;
            let (mut day, to) = (from, to.unwrap_or(from));
            pattern.weekdays[day] = true;
            while day != to {
                day = (day + 1) % 7;
                pattern.weekdays[day] = true;
            }
        } else {
            return Err(Wrong::Unreadable);
        }
        let more = reader.mark(',') | reader.mark('&') | reader.mark('+') | reader.mark('/') | reader.word(&["and"]);
        if !more {
            break;
        }
    }
    let _ = reader.mark(',') | reader.mark(':');
    if reader.left() {
        if reader.word(&["until", "till", "before", "to"]) {
            pattern.to = Some(reader.time().ok_or(Wrong::Unreadable)?);
        } else {
            let open = reader.word(&["after"]);
            let _ = reader.word(&["from", "between"]);
            pattern.from = Some(reader.time().ok_or(Wrong::Unreadable)?);
            if !open && (reader.until() || reader.word(&["and"])) {
                pattern.to = Some(reader.time().ok_or(Wrong::Unreadable)?);
            } else {
                let _ = reader.word(&["onwards", "on"]);
            }
        }
    }
    reader.end()?;
    Ok(pattern)
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Number(u32, usize),
    Mark(char),
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    near: Option<Date>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Reader {
    fn new(text: &str, near: Option<Date>) -> Self {
        Self { tokens: tokens(text), at: 0, near }
    }

    fn left(&self) -> bool {
        self.at < self.tokens.len()
    }

    fn end(&self) -> Read<()> {
        if self.left() { Err(Wrong::Unreadable) } else { Ok(()) }
    }

    fn mark(&mut self, mark: char) -> bool {
        let is = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, words: &[&str]) -> bool {
        let is = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if words.contains(&word.as_str()));
        self.at += usize::from(is);
        is
    }

    fn until(&mut self) -> bool {
        self.mark('-') || self.word(&["to", "until", "till"])
    }

    /// What stands after `to` or a dash; nothing is read where it is none.
    fn after_until<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<Option<T>>) -> Read<Option<T>> {
        let begin = self.at;
        let found = if self.until() { read(self)? } else { None };
        if found.is_none() {
            self.at = begin;
        }
        Ok(found)
    }

    fn number(&mut self) -> Option<(u32, usize)> {
        let Some(&Token::Number(number, digits)) = self.tokens.get(self.at) else { return None };
        self.at += 1;
        Some((number, digits))
    }

    /// The place of a word among names of which it is the whole or a beginning of three letters or more.
    fn named(&mut self, names: &[&str]) -> Option<usize> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else { return None };
        let whole = word.strip_suffix('s').filter(|stem| names.contains(stem)).unwrap_or(word);
        let short = whole.strip_suffix('s').unwrap_or(whole);
        let begins = |name: &&str| name.starts_with(whole) || short.len() > 2 && name.starts_with(short);
        let place = (word.chars().count() > 2).then(|| names.iter().position(begins)).flatten()?;
        self.at += 1;
        Some(place)
    }

    fn weekday(&mut self) -> Option<usize> {
        let day = self.named(&WEEKDAYS);
        if day.is_some() {
            // `Sat.` and `Sat:` as in lists.
            let _ = self.mark('.');
        }
        day
    }

    /// A date, or nothing read where none begins. Where hours may follow, a number far from any year is none.
    fn date(&mut self, years: Years) -> Read<Option<Date>> {
        let begin = self.at;
        let weekday = self.weekday();
        let _ = self.mark(',');
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
            None => {
                let near = self.near.ok_or(Wrong::Unreadable)?;
                let years = (near.year().saturating_sub(1)..=near.year() + 1).rev();
                let dates = years.filter_map(|year| Date::new(year, month, day));
                dates.min_by_key(|date| date.days_since(near).unsigned_abs())
            }
        };
        let date = date.ok_or(Wrong::NoSuchDate)?;
        match weekday {
            Some(weekday) if u32::try_from(weekday) != Ok(date.days_from_monday()) => Err(Wrong::Weekday(date)),
            _ => Ok(Some(date)),
        }
    }

    fn day_month_year(&mut self, years: Years) -> Option<(Option<u32>, u32, u32)> {
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

    fn month(&mut self) -> Option<u32> {
        let begin = self.at;
        let month = self.named(&MONTHS).and_then(|month| u32::try_from(month + 1).ok());
        if month.is_none() {
            self.at = begin;
        }
        month
    }

    /// The year after a month, if one stands there.
    fn year(&mut self, years: Years) -> Option<u32> {
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

    /// A time of day in minutes, or nothing read.
    fn time(&mut self) -> Option<u32> {
        let begin = self.at;
        let time = self.clock();
        if time.is_none() {
            self.at = begin;
        }
        time
    }

    fn clock(&mut self) -> Option<u32> {
        if self.word(&["noon", "midday"]) {
            return Some(DAY / 2);
        }
        if self.word(&["midnight"]) {
            return Some(DAY);
        }
        let (first, digits) = self.number()?;
        let (hour, minute) = match digits {
            3 | 4 => (first / 100, first % 100),
            1 | 2 if self.mark(':') || self.mark('.') || self.word(&["h"]) => {
                let (minute, digits) = self.number()?;
                if digits != 2 {
                    return None;
                }
                if self.mark(':') {
                    // Seconds, as machines write them.
                    self.number().filter(|&(seconds, _)| seconds == 0)?;
                    if self.mark('.') {
                        self.number().filter(|&(parts, _)| parts == 0)?;
                    }
                }
                (first, minute)
            }
            1 | 2 => (first, 0),
            _ => return None,
        };
        let half = if self.half_day("am", "a") {
            Some(0)
        } else if self.half_day("pm", "p") {
            Some(12)
        } else {
            let _ = self.word(&["hrs", "hours", "h"]);
            None
        };
        let hour = match half {
            Some(half) => (1..=12).contains(&hour).then_some(hour % 12 + half)?,
            None => hour,
        };
        let minutes = hour * 60 + minute;
        (minute < 60 && minutes <= DAY).then_some(minutes)
    }

    /// `am`, `a.m.`
    fn half_day(&mut self, word: &str, letter: &str) -> bool {
        if self.word(&[word]) {
            let _ = self.mark('.');
            return true;
        }
        let begin = self.at;
        if self.word(&[letter]) && self.mark('.') && self.word(&["m"]) {
            let _ = self.mark('.');
            return true;
        }
        self.at = begin;
        false
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(&c) = letters.peek() {
        if c.is_ascii_digit() {
            let mut digits = String::new();
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            tokens.push(Token::Number(digits.parse().unwrap_or(u32::MAX), digits.len()));
        } else if c.is_alphabetic() {
            let mut word = String::new();
            while let Some(letter) = letters.next_if(|c| c.is_alphabetic()) {
                word.push(letter);
            }
            tokens.push(Token::Word(word));
        } else {
            letters.next();
            match c {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => tokens.push(Token::Mark('-')),
                ';' => tokens.push(Token::Mark(',')),
                c if c.is_whitespace() => {}
                c => tokens.push(Token::Mark(c)),
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near() -> Option<Date> {
        Date::new(2026, 12, 1)
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "5/12/2026",
            "05/12/26",
            "5 Dec 2026",
            "5th December 2026",
            "Sat 5 Dec 2026",
            "Saturday, 5 December, 2026",
            "2026-12-05",
            "5-12-2026",
            "5.12.2026",
            "December 5th 2026",
            "5-Dec-26",
            "5 Dec",
            "5/12",
            "sat 5/12",
            "the 5th",
            "5-Dec",
            "5 Sept",
            "5 of December 2026",
        ] {
            let expected = match text {
                "the 5th" => None,
                "5 Sept" => Date::new(2026, 9, 5),
                _ => Date::new(2026, 12, 5),
            };
            assert_eq!(date(text, near()).ok(), expected, "{text}");
        }
        assert_eq!(date("2 Jan", near()).ok(), Date::new(2027, 1, 2), "the nearest");
        assert_eq!(date("12/25/2026", near()), Err(Wrong::NoSuchDate));
        assert_eq!(date("29/2/2026", near()), Err(Wrong::NoSuchDate));
        assert_eq!(date("Sun 5 Dec 2026", near()), Err(Wrong::Weekday(Date::new(2026, 12, 5).expect("a date"))));
        for text in ["", "soon", "5", "5 Dec 2026 x", "2026", "5/12/2", "99999999999 Dec", "/", "Dec"] {
            assert!(date(text, near()).is_err(), "{text}");
        }
        assert_eq!(date("5 Dec", None), Err(Wrong::Unreadable));
    }

    #[test]
    fn times_as_people_write_them() {
        for (text, minutes) in [
            ("08:10", 490),
            ("8.10", 490),
            ("8:10 am", 490),
            ("0810", 490),
            ("810", 490),
            ("8:10pm", 1210),
            ("8.10 p.m.", 1210),
            ("9am", 540),
            ("12am", 0),
            ("12pm", 720),
            ("noon", 720),
            ("midnight", 1440),
            ("24:00", 1440),
            ("00:00", 0),
            ("9", 540),
            ("17h30", 1050),
            ("1400 hrs", 840),
            ("08:10:00", 490),
        ] {
            assert_eq!(time(text), Some(minutes), "{text}");
        }
        for text in ["", "25:00", "8:60", "8:1", "13pm", "0am", "24:01", "noonish", "8:10:30", "-1", "99999"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn moments() {
        let day = Date::new(2026, 12, 5);
        for text in ["2026-12-05T08:10", "2026-12-05 08:10:00", "5/12/2026 8.10am", "Sat 5 Dec 2026, 0810"] {
            assert_eq!(moment(text, near()), Ok((day, Some(490))), "{text}");
        }
        assert_eq!(moment("08:10", near()), Ok((None, Some(490))));
        assert_eq!(moment("5 Dec 2026", near()), Ok((day, None)));
    }

    #[test]
    fn patterns_as_people_write_them() {
        let read = |text: &str| pattern(text, near()).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        let hours = |text| (read(text).from, read(text).to);
        for text in [
            "every Sat 08:00–18:00",
            "Saturdays 8am-6pm",
            "Sat 8.00 to 18.00",
            "sat: 0800-1800",
            "each Saturday from 8am until 6pm",
            "Sat between 8:00 and 18:00",
            "SAT. 8-18",
        ] {
            let Pattern { not, weekdays, from, to, .. } = read(text);
            let saturday = [false, false, false, false, false, true, false];
            assert_eq!((not, weekdays, from, to), (false, saturday, Some(480), Some(1080)), "{text}");
        }
        assert_eq!(read("Mon-Fri 9am-5pm").weekdays, [true, true, true, true, true, false, false]);
        assert_eq!(read("Fri - Mon").weekdays, [true, false, false, false, true, true, true]);
        assert_eq!(read("weekdays and Sat").weekdays, [true, true, true, true, true, true, false]);
        assert_eq!(read("Tue, Thurs & Sun after 4pm").weekdays, [false, true, false, true, false, false, true]);
        assert_eq!(hours("Tues after 4pm"), (Some(960), None));
        assert_eq!(hours("Wed until noon"), (None, Some(720)));
        assert!(read("every day").always && read("always").always && read("daily 9-17").always);
        let day = Date::new(2026, 12, 5).expect("a date");
        for text in ["not 5 Dec", "except Sat 5 December", "not on 5/12/2026"] {
            assert!(read(text).not && read(text).only_date() == Some(day), "{text}");
        }
        assert_eq!(read("5 Dec 0810-1800").only_date(), Some(day));
        assert_eq!(hours("5 Dec 0810-1800"), (Some(490), Some(1080)));
        assert_eq!(hours("Sat 5 Dec 2026 9am-noon"), (Some(540), Some(720)));
        assert_eq!(read("3 Dec - 5 Dec").dates, [(day.minus_days(2), day)]);
        for text in ["", "Sat 25:00", "sometimes", "every", "not", "Sat 9-", "Sat, ", "Mo", "Sat 8:00 18:00 19:00"] {
            assert!(pattern(text, near()).is_err(), "{text}");
        }
    }
}
