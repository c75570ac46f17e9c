//! The wall clocks of London, worked out from the rule itself: they go forward at 01:00 UTC on the last Sunday of
//! March, and back at 01:00 UTC on the last Sunday of October.

use visitrota::{Problem, problem::WallTime};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// The wall clocks of one year. Instants are minutes since 1970-01-01T00:00 UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    forward: i64,
    back: i64,
}

impl Clock {
    /// The clocks of the year of a problem's week, which must be a week in London.
    pub(crate) fn of(problem: &Problem) -> Self {
        assert_eq!(problem.timezone.to_string(), "Europe/London", "the oracle lives in London");
        let year = number(problem.week.from.to_string().get(..4).expect("a year"));
        let change = |month| last_sunday(year, month) * DAY + HOUR;
        Self { forward: change(3), back: change(10) }
    }

    /// The instant at which a wall clock shows a time: the first where it is shown twice; where it is skipped, the
    /// instant at which a clock that nobody puts forward shows it.
    pub(crate) fn instant(self, wall: WallTime) -> i64 {
        let text = wall.to_string();
        let (date, time) = text.split_at(10);
        self.on(date, time.get(1..).expect("a time after the date"))
    }

    /// The instant at which a wall clock shows a time of day on a date, both as they are written; `24:00` is midnight of
    /// the next.
    pub(crate) fn on(self, date: &str, time: &str) -> i64 {
        let field = |text: &str, from: usize, to: usize| number(text.get(from..to).expect("a field of a time"));
        let day = day_number(field(date, 0, 4), field(date, 5, 7), field(date, 8, 10));
        let shown = day * DAY + field(time, 0, 2) * HOUR + field(time, 3, 5);
        let summer = (self.forward + HOUR..self.back + HOUR).contains(&shown);
        if summer { shown - HOUR } else { shown }
    }

    /// Whether a document can say an instant: in the hour that is shown twice it says the first showing.
    pub(crate) fn can_say(self, instant: i64) -> bool {
        !(self.back..self.back + HOUR).contains(&instant)
    }
}

fn number(digits: &str) -> i64 {
    digits.parse().expect("digits")
}

/// Days since 1970-01-01.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let years: i64 = (1970..year).map(|year| 365 + i64::from(leap(year))).sum();
    let lengths = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    years + lengths.iter().take(month as usize - 1).sum::<i64>() + day - 1
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i64, month: i64) -> i64 {
    let last = day_number(year, month, 31);
    // 1970-01-01 was a Thursday.
    last - (last + 4) % 7
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONDON_2026: Clock = Clock { forward: 29_579_100, back: 29_881_500 };

    fn instant(wall: &str) -> i64 {
        LONDON_2026.instant(wall.parse().unwrap())
    }

    #[test]
    fn the_changes_of_2026() {
        assert_eq!(last_sunday(2026, 3), day_number(2026, 3, 29));
        assert_eq!(last_sunday(2026, 10), day_number(2026, 10, 25));
        assert_eq!(LONDON_2026.forward, day_number(2026, 3, 29) * DAY + HOUR);
        assert_eq!(LONDON_2026.back, day_number(2026, 10, 25) * DAY + HOUR);
    }

    #[test]
    fn hours_skipped_and_hours_shown_twice() {
        assert_eq!(instant("2026-03-29T02:00") - instant("2026-03-29T00:59"), 1);
        assert_eq!(instant("2026-03-29T01:30"), instant("2026-03-29T02:30"));
        assert_eq!(instant("2026-10-25T02:00") - instant("2026-10-25T01:59"), 61);
        assert!(LONDON_2026.can_say(instant("2026-10-25T01:59")));
        assert!(!LONDON_2026.can_say(instant("2026-10-25T01:59") + 1));
        assert!(LONDON_2026.can_say(instant("2026-10-25T02:00")));
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(LONDON_2026.on("2026-03-29", "24:00"), instant("2026-03-30T00:00"));
    }
}
