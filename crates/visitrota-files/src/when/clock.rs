//! Times of day: alone, and as the ends of a span.

use super::words::Reader;
use crate::cell::DAY;

/// A time of day as somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Minutes of the day, as it stands.
    pub(crate) minute: u32,
    /// Whether am or pm is said.
    pub(crate) half: Half,
}

/// Whether a time is in the first or the second half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    /// It says so: `3pm`.
    Said,
    /// It may be either: `3`, `3.30`.
    Open,
    /// It can be one only: `15:00`, `noon`, `03:00`.
    Sure,
}

impl Clock {
    pub(crate) fn sure(minute: u32) -> Self {
        Self { minute, half: Half::Sure }
    }

    /// The same hour in the other half, where it may be meant.
    fn afternoon(self) -> Option<u32> {
        (self.half == Half::Open && self.minute < DAY / 2).then_some(self.minute + DAY / 2)
    }

    /// A time by itself that bounds a span with an open end, `after 1`: from one to five it is in the afternoon.
    pub(crate) fn bound(self) -> u32 {
        self.afternoon().filter(|_| (60..6 * 60).contains(&self.minute)).unwrap_or(self.minute)
    }
}

/// From and to as they are meant: the am or pm of an end reaches its start, unless the start would be after the end then
/// (`10-4pm`); and an end that is not after its start is in the afternoon (`9-5`).
pub(crate) fn span(from: Clock, to: Clock) -> (u32, u32) {
    const NOON: u32 = DAY / 2;
    match (from.half, to.half) {
        (Half::Open, Half::Said) => {
            // `12-3pm` is from noon; `12-3am` from midnight.
            let reached = from.minute % NOON + if to.minute >= NOON { NOON } else { 0 };
            (if reached < to.minute { reached } else { from.minute }, to.minute)
        }
        // `12.30-11.00` is more likely a slip than meant until eleven at night.
        (_, Half::Open) if to.minute <= from.minute && to.minute < 10 * 60 => {
            let afternoon = to.afternoon().filter(|afternoon| *afternoon > from.minute);
            (from.minute, afternoon.unwrap_or(to.minute))
        }
        _ => (from.minute, to.minute),
    }
}

/// The same of hours in which people are free, or not: both are in the afternoon where nothing is said and the start is
/// from one to five (`2-4`).
pub(crate) fn span_of_day(from: Clock, to: Clock) -> (u32, u32) {
    let is_open = from.half == Half::Open && to.half == Half::Open;
    match to.afternoon() {
        Some(afternoon) if is_open && from.bound() != from.minute && afternoon > from.bound() => {
            (from.bound(), afternoon)
        }
        _ => span(from, to),
    }
}

impl Reader {
    /// A time of day, or nothing read.
    pub(super) fn time(&mut self) -> Option<Clock> {
        let begin = self.at;
        let time = self.clock();
        if time.is_none() {
            self.at = begin;
        }
        time
    }

    fn clock(&mut self) -> Option<Clock> {
        if self.word(&["noon", "midday"]) {
            return Some(Clock::sure(DAY / 2));
        }
        if self.word(&["midnight"]) {
            return Some(Clock::sure(DAY));
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
        let named = minute == 0 && hour == 12;
        if named && self.word(&["noon", "midday"]) {
            return Some(Clock::sure(DAY / 2));
        }
        if named && self.word(&["midnight"]) {
            return Some(Clock::sure(DAY));
        }
        let half = if self.half_day("am", "a") {
            Some(0)
        } else if self.half_day("pm", "p") {
            Some(12)
        } else {
            None
        };
        let is_24h = half.is_none() && self.word(&["hrs", "hours", "h"]);
        let hour = match half {
            Some(half) => (1..=12).contains(&hour).then_some(hour % 12 + half)?,
            None => hour,
        };
        let minutes = hour * 60 + minute;
        // `08:10` and `0810` are no afternoon.
        let leads_with_nought = digits == 4 || digits == 2 && first < 10;
        let half = match half {
            Some(_) => Half::Said,
            None if is_24h || leads_with_nought || !(1..=12).contains(&hour) => Half::Sure,
            None => Half::Open,
        };
        (minute < 60 && minutes <= DAY).then_some(Clock { minute: minutes, half })
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
