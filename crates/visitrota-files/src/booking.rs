//! When a visit can still be booked: working days, and the bank holidays of England and Wales by rule.
//!
//! Days proclaimed once, for a coronation or a funeral, follow no rule and are not among them.

use visitrota_model::Date;

/// The first date for which a visit can be booked today, where so many working days must lie between.
pub(crate) fn first_bookable(today: Date, working_days: u32) -> Date {
    let (mut date, mut left) = (today, working_days);
    while left > 0 {
        date = date.plus_days(1);
        left -= u32::from(is_working_day(date));
    }
    date.plus_days(1)
}

fn is_working_day(date: Date) -> bool {
    date.days_from_monday() < 5 && !bank_holidays(date.year()).contains(&Some(date))
}

/// The bank holidays of a year, with the days given in place of those that fall on a weekend.
fn bank_holidays(year: u32) -> [Option<Date>; 8] {
    let on = |month, day| Date::new(year, month, day);
    let monday_from = |date: Date| date.plus_days((7 - date.days_from_monday()) % 7);
    // The weekday on which a day at the new year is kept.
    let kept = |date: Date| if date.days_from_monday() > 4 { monday_from(date) } else { date };
    let easter = easter(year);
    let christmas = on(12, 25);
    let boxing = on(12, 26).map(|boxing| match boxing.days_from_monday() {
        // Saturday or Sunday: two days on, past Christmas or its substitute; Monday: Christmas was on Sunday.
        5 | 6 => boxing.plus_days(2),
        _ => boxing,
    });
    let christmas = christmas.map(|date| match date.days_from_monday() {
        5 | 6 => date.plus_days(2),
        _ => date,
    });
    [
        on(1, 1).map(kept),
        easter.map(|sunday| sunday.minus_days(2)),
        easter.map(|sunday| sunday.plus_days(1)),
        on(5, 1).map(monday_from),
        on(5, 25).map(monday_from),
        on(8, 25).map(monday_from),
        christmas,
        boxing,
    ]
}

/// Easter Sunday (the anonymous Gregorian computus, as in Nature, 1876).
fn easter(year: u32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b + 1 - f) / 3;
    let h = (19 * a + b + 15 - d - g) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l + 114 - 7 * m;
    Date::new(year, days / 31, days % 31 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn bank_holidays_as_the_government_lists_them() {
        for (year, days) in [
            (2021, ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]),
            (2023, ["01-02", "04-07", "04-10", "05-01", "05-29", "08-28", "12-25", "12-26"]),
            (2024, ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"]),
            (2025, ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"]),
            (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
            (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        ] {
            let mut found: Vec<_> = bank_holidays(year).into_iter().flatten().map(|day| day.to_string()).collect();
            found.sort();
            assert_eq!(found, days.map(|day| format!("{year}-{day}")));
        }
        // Christmas on a Sunday.
        let found = bank_holidays(2022);
        assert!(found.contains(&Some(date("2022-12-26"))) && found.contains(&Some(date("2022-12-27"))));
    }

    #[test]
    fn easter_of_some_years() {
        for sunday in ["1961-04-02", "2000-04-23", "2008-03-23", "2038-04-25", "2285-03-22"] {
            assert_eq!(easter(date(sunday).year()), Some(date(sunday)));
        }
    }

    #[test]
    fn working_days_lie_between() {
        for (today, days, first) in [
            ("2026-11-24", 3, "2026-11-28"),
            ("2026-11-27", 3, "2026-12-03"),
            ("2026-11-28", 3, "2026-12-03"),
            ("2026-12-23", 3, "2026-12-31"),
            ("2026-04-01", 1, "2026-04-03"),
            ("2026-04-02", 1, "2026-04-08"),
            ("2026-11-24", 0, "2026-11-25"),
        ] {
            assert_eq!(first_bookable(date(today), days), date(first), "{today} and {days}");
        }
    }
}
