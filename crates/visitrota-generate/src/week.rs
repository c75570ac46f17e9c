//! The week that is planned, and times in it.

use visitrota_model::{Date, Instant, WallTime, Week, Window, Zone};

const DAY: i64 = 24 * 60;

/// Seven days, by the midnight at which the first begins. The clocks do not change in them.
pub(crate) struct Days(Instant);

/// The week of all generated problems, from Monday 30 November 2026.
pub(crate) const WEEK: Days = Days(Instant(20_787 * DAY));

/// Its days in short, by number.
pub(crate) const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Days {
    /// The week's first and last date.
    pub(crate) fn dates(&self) -> Week {
        Week::new(self.date(0), self.date(6))
    }

    /// The date of a day; those of later weeks have greater numbers.
    pub(crate) fn date(&self, day: u32) -> Date {
        self.at(day, 0).date()
    }

    /// The day of a time.
    pub(crate) fn day(&self, time: WallTime) -> u32 {
        u32::try_from(time.date().days_since(self.date(0))).unwrap_or_default()
    }

    /// So many minutes after midnight of a day.
    pub(crate) fn at(&self, day: u32, minutes: u32) -> WallTime {
        Zone::default().wall(Instant(self.0.0 + i64::from(day) * DAY + i64::from(minutes)))
    }

    /// A span of a day, in minutes after midnight.
    pub(crate) fn window(&self, day: u32, from: u32, to: u32) -> Window {
        Window::new(self.at(day, from), self.at(day, to))
    }
}

/// Whether a day is Saturday or Sunday.
pub(crate) fn weekend(day: u32) -> bool {
    day >= 5
}

/// Minutes after midnight.
pub(crate) const fn clock(hour: u32, minute: u32) -> u32 {
    hour * 60 + minute
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_is_one() {
        let Week { from, to, .. } = WEEK.dates();
        assert_eq!([from, to].map(Date::long), ["Mon 30 Nov 2026", "Sun 6 Dec 2026"]);
        assert_eq!(WEEK.at(5, clock(9, 30)).to_string(), "2026-12-05T09:30");
        assert_eq!(WEEK.day(WEEK.at(5, clock(9, 30))), 5);
        assert!((0..7).filter(|&day| weekend(day)).eq(5..7));
        assert_eq!(NAMES[5..], ["sat", "sun"]);
    }
}
