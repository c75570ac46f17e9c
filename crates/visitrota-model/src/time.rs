//! Time: wall clocks as people write them, instants as the planner counts them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::{OffsetComponents, OffsetName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Minutes of a day on which the clocks do not change.
const DAY: i64 = 24 * 60;

/// A time on a wall clock of the problem's timezone, to the minute, written `2026-12-05T08:10`.
///
/// ```
/// use visitrota_model::WallTime;
/// let time: WallTime = "2026-12-05T08:10".parse()?;
/// assert_eq!(time.to_string(), "2026-12-05T08:10");
/// assert!("2026-12-05T25:00".parse::<WallTime>().is_err());
/// # Ok::<(), visitrota_model::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(inline, extend("format" = WallTime::FORMAT, "pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$", "examples" = ["2026-12-05T08:10"]))]
pub struct WallTime(NaiveDateTime);

/// A calendar date, written `2026-12-05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(inline, extend("format" = Date::FORMAT, "pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples" = ["2026-12-05"]))]
pub struct Date(NaiveDate);

/// An instant: minutes since 1970-01-01T00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// A timezone by its IANA name, such as `Europe/London`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(inline, extend("format" = Zone::FORMAT, "examples" = ["Europe/London"]))]
pub struct Zone(chrono_tz::Tz);

/// A span of time in which the clocks of a zone keep one distance from UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observance {
    /// When it begins.
    pub from: Instant,
    /// Minutes by which the clocks were ahead of UTC before.
    pub ahead_before: i64,
    /// Minutes by which they are ahead of UTC.
    pub ahead: i64,
    /// Its name, such as `BST`, where it has one.
    pub name: Option<String>,
    /// Whether it is summer time.
    pub summer: bool,
}

/// What a text that should be a date, a time or a timezone is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeError(String);

impl TimeError {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimeError {}

impl WallTime {
    /// The name of this form in the JSON Schemas.
    pub const FORMAT: &'static str = "wall-time";

    /// The date on the wall.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.0.date())
    }

    /// Minutes after the midnight at which its date began.
    #[must_use]
    pub fn minute_of_day(self) -> u32 {
        self.0.hour() * 60 + self.0.minute()
    }

    /// Hours and minutes alone, as `08:10`.
    #[must_use]
    pub fn clock(self) -> String {
        self.0.format("%H:%M").to_string()
    }
}

impl FromStr for WallTime {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let wrong = || TimeError(format!("`{text}` is not a date and time like 2026-12-05T08:10"));
        let (date, time) = text.split_once('T').ok_or_else(wrong)?;
        let date = digits::<3>(date, '-', &[4, 2, 2]).ok_or_else(wrong)?;
        let time = digits::<2>(time, ':', &[2, 2]).ok_or_else(wrong)?;
        let date = calendar(date).ok_or_else(wrong)?;
        let time = NaiveTime::from_hms_opt(time[0], time[1], 0).ok_or_else(wrong)?;
        Ok(Self(date.and_time(time)))
    }
}

impl Date {
    /// The name of this form in the JSON Schemas.
    pub const FORMAT: &'static str = "date";

    /// A date by its numbers, where the calendar has it.
    #[must_use]
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        calendar([year, month, day]).map(Self)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> u32 {
        self.0.year().unsigned_abs()
    }

    /// Its weekday: 0 = Monday, 6 = Sunday.
    #[must_use]
    pub fn days_from_monday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// The wall-clock time so many minutes after its midnight, which may be on a later date.
    #[must_use]
    pub fn at(self, minutes: u32) -> WallTime {
        WallTime(self.midnight().0 + chrono::Duration::minutes(minutes.into()))
    }

    /// The date `days` earlier.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.checked_sub_days(Days::new(days.into())).unwrap_or(self.0))
    }

    /// The date `days` later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.checked_add_days(Days::new(days.into())).unwrap_or(self.0))
    }

    /// Whole days from `other` to this date, negative if this one is earlier.
    #[must_use]
    pub fn days_since(self, other: Self) -> i64 {
        self.0.signed_duration_since(other.0).num_days()
    }

    /// The date as people write it: `Sat 5 Dec 2026`.
    #[must_use]
    pub fn long(self) -> String {
        self.0.format("%a %-d %b %Y").to_string()
    }

    /// Midnight at which the date begins.
    #[must_use]
    pub fn midnight(self) -> WallTime {
        WallTime(self.0.and_time(NaiveTime::MIN))
    }
}

impl FromStr for Date {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        digits::<3>(text, '-', &[4, 2, 2])
            .and_then(calendar)
            .map(Self)
            .ok_or_else(|| TimeError(format!("`{text}` is not a date like 2026-12-05")))
    }
}

/// The numbers of a text such as `2026-12-05`, each of the width asked for.
fn digits<const N: usize>(text: &str, separator: char, widths: &[usize; N]) -> Option<[u32; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, &width) in numbers.iter_mut().zip(widths) {
        let part = parts.next().filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn calendar([year, month, day]: [u32; 3]) -> Option<NaiveDate> {
    // Years in which every later sum of minutes is far from overflow, and every zone has rules.
    if !(1900..=2999).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

impl Zone {
    /// The zone whose clocks show UTC.
    pub const UTC: Self = Self(chrono_tz::UTC);

    /// The name of this form in the JSON Schemas.
    pub const FORMAT: &'static str = "timezone";

    /// The instant that a wall clock shows. A time that the clocks show twice is its first showing; one that they
    /// skip is read with the offset from before the change (so 01:30 on the night the clocks go forward is 02:30).
    #[must_use]
    pub fn instant(self, wall: WallTime) -> Instant {
        let utc = match self.0.from_local_datetime(&wall.0).earliest() {
            Some(time) => time.naive_utc(),
            None => {
                let before = wall.0 - chrono::Duration::days(1);
                let offset = self.0.offset_from_utc_datetime(&before).fix();
                wall.0 - chrono::Duration::seconds(offset.local_minus_utc().into())
            }
        };
        Instant(utc.and_utc().timestamp().div_euclid(60))
    }

    /// What the wall clock shows at an instant.
    #[must_use]
    pub fn wall(self, instant: Instant) -> WallTime {
        let utc = DateTime::<Utc>::from_timestamp(instant.0.saturating_mul(60), 0).unwrap_or_default();
        WallTime(utc.with_timezone(&self.0).naive_local())
    }

    /// Whether it is a distance from UTC rather than a place: `GMT`, `UTC`, `Etc/GMT+1`, `EST`. Its clocks know no summer
    /// time.
    #[must_use]
    pub fn is_fixed_offset(self) -> bool {
        const NAMES: &[&str] = &["EST", "GMT", "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "MST", "UCT", "UTC"];
        let name = self.0.name();
        name.starts_with("Etc/") || NAMES.contains(&name) || ["Universal", "Zulu"].contains(&name)
    }

    /// Whether a wall clock shows this time at all: the hour skipped when the clocks go forward is not shown.
    #[must_use]
    pub fn shows(self, wall: WallTime) -> bool {
        self.wall(self.instant(wall)) == wall
    }

    /// The spans, ends excluded, in which the clocks show times for the second time: these instants cannot be
    /// written as wall-clock times. Those that begin between two instants are told.
    #[must_use]
    pub fn second_showings(self, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        let back = |at: Instant| self.ahead(Instant(at.0 - 1)) - self.ahead(at);
        let changes = self.changes(from, to).into_iter();
        changes.filter(|at| back(*at) > 0).map(|at| (at, Instant(at.0 + back(at)))).collect()
    }

    /// What the clocks show from one instant to another, in order of time; the first observance begins no later than
    /// `from`.
    #[must_use]
    pub fn observances(self, from: Instant, to: Instant) -> Vec<Observance> {
        // Where the clocks change at all, they do so once a year at the least.
        const LOOK_BACK: i64 = 400 * DAY;
        let early = Instant(from.0 - LOOK_BACK);
        let mut begins = vec![early];
        begins.extend(self.changes(early, to));
        let first = begins.iter().rposition(|at| *at <= from).unwrap_or_default();
        begins.drain(..first);
        begins.into_iter().map(|at| self.observance(at)).collect()
    }

    fn observance(self, from: Instant) -> Observance {
        let offset = |at: Instant| {
            let utc = DateTime::<Utc>::from_timestamp(at.0.saturating_mul(60), 0).unwrap_or_default();
            self.0.offset_from_utc_datetime(&utc.naive_utc())
        };
        let (before, now) = (offset(Instant(from.0 - 1)), offset(from));
        // Some zones call the winter a negative summer (Dublin): what counts is which of the two is more.
        let (was, is) = (before.dst_offset(), now.dst_offset());
        let summer = if was == is { is > chrono::Duration::zero() } else { is > was };
        let (ahead_before, ahead) = (self.ahead(Instant(from.0 - 1)), self.ahead(from));
        Observance { from, ahead_before, ahead, name: now.abbreviation().map(str::to_owned), summer }
    }

    /// The instants, from one on and before another, at which the clocks change.
    fn changes(self, from: Instant, to: Instant) -> Vec<Instant> {
        let ahead = |minute: i64| self.ahead(Instant(minute));
        let mut changes = Vec::new();
        let mut day = from.0;
        while day < to.0 {
            let (mut before, mut after) = (day, day + DAY);
            if ahead(before) != ahead(after) {
                // They change somewhere between the two.
                while after - before > 1 {
                    let middle = before + (after - before) / 2;
                    if ahead(middle) == ahead(after) { after = middle } else { before = middle }
                }
                changes.push(Instant(after));
            }
            day += DAY;
        }
        changes
    }

    /// Minutes by which the wall clock is ahead of UTC.
    fn ahead(self, instant: Instant) -> i64 {
        self.wall(instant).0.and_utc().timestamp().div_euclid(60) - instant.0
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self(chrono_tz::Europe::London)
    }
}

impl FromStr for Zone {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.parse().map(Self).map_err(|_| TimeError(format!("`{text}` is not an IANA timezone like Europe/London")))
    }
}

impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.date(), self.0.hour(), self.0.minute())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

macro_rules! as_text {
    ($($type:ident),*) => {$(
        impl TryFrom<String> for $type {
            type Error = TimeError;
            fn try_from(text: String) -> Result<Self, TimeError> {
                text.parse()
            }
        }
        impl From<$type> for String {
            fn from(value: $type) -> String {
                value.to_string()
            }
        }
    )*};
}

as_text!(WallTime, Date, Zone);

#[cfg(test)]
mod tests {
    use super::*;

    fn london(wall: &str) -> i64 {
        Zone::default().instant(wall.parse().unwrap()).0
    }

    #[test]
    fn the_clocks_go_forward() {
        // 29 March 2026, 01:00 GMT becomes 02:00 BST.
        assert_eq!(london("2026-03-29T02:30") - london("2026-03-29T00:30"), 60);
        // 01:30 is never shown; the offset from before makes it 02:30 BST.
        assert_eq!(london("2026-03-29T01:30"), london("2026-03-29T02:30"));
        assert!(!Zone::default().shows("2026-03-29T01:30".parse().unwrap()));
    }

    #[test]
    fn the_clocks_go_back() {
        // 25 October 2026, 02:00 BST becomes 01:00 GMT: 01:30 is shown twice, and means its first showing.
        let first = london("2026-10-25T01:30");
        assert_eq!(london("2026-10-25T02:30") - first, 120);
        let week = 7 * 24 * 60;
        let spans = Zone::default().second_showings(Instant(first - week), Instant(first + week));
        assert_eq!(spans, [(Instant(first + 30), Instant(first + 90))]);
        // Each of its instants is written like an earlier one.
        let written_earlier = |minute| Zone::default().instant(Zone::default().wall(Instant(minute))).0 == minute - 60;
        assert!((first + 30..first + 90).all(written_earlier));
        assert!(!written_earlier(first + 29) && !written_earlier(first + 90));
    }

    #[test]
    fn observances_begin_where_the_clocks_change() {
        let told = |zone: &str, from: &str, to: &str| -> Vec<_> {
            let zone: Zone = zone.parse().unwrap();
            let instant = |wall: &str| zone.instant(wall.parse().unwrap());
            let told = zone.observances(instant(from), instant(to));
            let utc = |at| Zone::UTC.wall(at).to_string();
            told.into_iter().map(|o| (utc(o.from), o.ahead_before, o.ahead, o.name, o.summer)).collect()
        };
        let at = |time: &str| time.to_owned();
        assert_eq!(
            told("Europe/London", "2026-03-23T10:00", "2026-03-29T20:00"),
            [
                (at("2025-10-26T01:00"), 60, 0, Some("GMT".to_owned()), false),
                (at("2026-03-29T01:00"), 0, 60, Some("BST".to_owned()), true)
            ]
        );
        assert_eq!(
            told("Europe/London", "2026-07-01T10:00", "2026-07-02T10:00"),
            [(at("2026-03-29T01:00"), 0, 60, Some("BST".to_owned()), true)]
        );
        assert_eq!(
            told("Australia/Lord_Howe", "2026-04-04T10:00", "2026-04-06T10:00"),
            [(at("2025-10-04T15:30"), 630, 660, None, true), (at("2026-04-04T15:00"), 660, 630, None, false)]
        );
        let kolkata = told("Asia/Kolkata", "2026-04-04T10:00", "2026-04-06T10:00");
        assert!(matches!(kolkata.as_slice(), [(_, 330, 330, Some(_), false)]), "{kolkata:?}");
        let dublin = told("Europe/Dublin", "2026-07-01T10:00", "2026-12-01T10:00");
        assert!(matches!(dublin.as_slice(), [(_, 0, 60, _, true), (_, 60, 0, _, false)]), "{dublin:?}");
    }

    #[test]
    fn wall_and_instant_are_inverse() {
        for wall in ["2026-12-05T00:00", "2026-07-01T23:59", "2028-02-29T12:34"] {
            let wall: WallTime = wall.parse().unwrap();
            assert_eq!(Zone::default().wall(Zone::default().instant(wall)), wall);
        }
    }

    #[test]
    fn texts_that_are_no_times() {
        for text in [
            "",
            "2026-12-05",
            "2026-12-05T25:00",
            "2026-12-05T08:60",
            "2026-02-29T08:00",
            "2026-12-05 08:00",
            "+026-12-05T08:00",
            "2026-12-05T8:00",
            "2026-12-05T08:00:00",
        ] {
            assert!(text.parse::<WallTime>().is_err(), "{text}");
        }
        assert!("Europe/Lundon".parse::<Zone>().is_err());
        assert!("0000-01-01".parse::<Date>().is_err());
    }
}
