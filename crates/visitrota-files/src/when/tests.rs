//! What people write, and what it means.

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
    assert_eq!(date("5 Dec", None), Err(Wrong::NoYear));
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

#[test]
fn the_half_of_an_end_reaches_its_start() {
    let hours = |text: &str| {
        let pattern = pattern(text, near()).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        let shown = |minute: Option<u32>| minute.map(crate::cell::clock).unwrap_or_default();
        format!("{}-{}", shown(pattern.from), shown(pattern.to))
    };
    for (text, meant) in [
        ("Sat 2-4pm", "14:00-16:00"),
        ("Sat 1.30-5.30pm", "13:30-17:30"),
        ("not 12 Dec 1.15-3pm", "13:15-15:00"),
        ("Sat 10-4pm", "10:00-16:00"),
        ("Sat 10 til 4pm", "10:00-16:00"),
        ("Sat 10 'til 4pm", "10:00-16:00"),
        ("Sat 12-2pm", "12:00-14:00"),
        ("Sat 9-11am", "09:00-11:00"),
        ("Sat 11-12 noon", "11:00-12:00"),
        ("Sat 9-5", "09:00-17:00"),
        ("Sat 2-4", "14:00-16:00"),
        ("Sat 02:00-04:00", "02:00-04:00"),
        ("Sat after 1", "13:00-"),
        ("Sat after 10", "10:00-"),
        ("Sat until 4", "-16:00"),
        ("Sat from 8 onwards", "08:00-"),
        ("Sat AM", "-12:00"),
        ("Sat pm", "12:00-"),
        ("Sat all day", "-"),
        ("Sat 12 Dec, 2pm-8pm", "14:00-20:00"),
        ("Sat, Sun, 2pm-8pm", "14:00-20:00"),
        ("5 Dec 0810-1800", "08:10-18:00"),
    ] {
        assert_eq!(hours(text), meant, "{text}");
    }
    assert_eq!([event("2-4pm"), event("1.30 to 3.30pm")], [Some((840, 960)), Some((810, 930))]);
    assert_eq!(time("12 noon"), Some(720));
}

#[test]
fn days_as_people_in_britain_write_them() {
    let read = |text: &str| pattern(text, near()).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
    let day = |day| Date::new(2026, 12, day).expect("a date");
    for text in
        ["12-13 Dec", "12th to 13th December", "Sat 12 - Sun 13 Dec", "12-13 Dec 2026", "Sat 12 Dec - Sun 13 Dec"]
    {
        assert_eq!(read(text).dates, [(day(12), day(13))], "{text}");
    }
    for text in ["12 & 13 Dec", "12, 13 Dec", "12/13 Dec", "12 and 13 of December"] {
        assert_eq!(read(text).dates, [(day(12), day(12)), (day(13), day(13))], "{text}");
    }
    assert_eq!(pattern("Sat 12 - Sat 13 Dec", near()), Err(Wrong::Weekday(day(13))));
    let all_but = read("any day except Wed");
    assert!(all_but.always && all_but.holds_on(day(8)) && !all_but.holds_on(day(9)));
    assert!(!read("every day but 12-13 Dec").holds_on(day(12)));
    let second = read("2nd Wed of the month");
    assert_eq!((1..=31).filter(|n| second.holds_on(day(*n))).collect::<Vec<_>>(), [9]);
    let some = read("first and third Sat");
    assert_eq!((1..=31).filter(|n| some.holds_on(day(*n))).collect::<Vec<_>>(), [5, 19]);
    assert_eq!((1..=31).filter(|n| read("last Fri").holds_on(day(*n))).collect::<Vec<_>>(), [25]);
    assert!(read("weekend only").holds_on(day(12)) && read("5 Dec 2026 apart").apart);
    for text in
        ["every other Sat", "every 2nd Sat", "school hours", "Sat-ish", "12-13", "any day except", "Sat apart apart x"]
    {
        assert!(pattern(text, near()).is_err(), "{text}");
    }
    assert_eq!(last_date("June 2027", None), Ok(Date::new(2027, 6, 30).expect("a date")));
    assert_eq!(date("Mon 7th December", None), Err(Wrong::NoYear));
}
