//! What a cell says, by what its column holds.

mod times;

use serde_json::{Map, Value, json};
use visitrota_model::{Code, Date, likely};

pub(crate) use self::times::{clocked, date, date_fault, time};
use crate::amount;
use crate::cell::{Cell, Item, Moment, clock, is_error, is_until, items, plain, unquoted};
pub(crate) use crate::fault::Fault;
use crate::fault::fault;
use crate::meeting;
use crate::offer::offer;
use crate::option;
use crate::sheets::{Kind, Spec};
use crate::when;

/// A cell's value as the problem document has it. A date without a year is the nearest to `near`.
pub(crate) fn read(kind: Kind, cell: &Cell, near: Option<Date>) -> Result<Value, Fault> {
    read_of("", kind, cell, near)
}

/// A cell's value in a column or setting of this name, by which units are understood: `15 mins`.
pub(crate) fn read_of(name: &str, kind: Kind, cell: &Cell, near: Option<Date>) -> Result<Value, Fault> {
    let counted = match (kind, cell) {
        (Kind::Whole { .. } | Kind::Decimal, Cell::Text(text)) => amount::number(text, name).map(Cell::Number),
        (Kind::Whole { .. } | Kind::Decimal, Cell::Number(number)) => {
            amount::stored_per_cent(*number, name).map(Cell::Number)
        }
        _ => None,
    };
    let cell = counted.as_ref().unwrap_or(cell);
    Ok(match kind {
        Kind::Id | Kind::Ref(_) | Kind::Text => text(cell)?.into(),
        Kind::Whole { least, most } => whole(name, cell, least, most)?.into(),
        Kind::Decimal => decimal(cell)?.into(),
        Kind::YesNo => yes_no(cell)?.into(),
        Kind::Choice(options) => choice(&text(cell)?, options)?.into(),
        Kind::Choices(options) => {
            let chosen = choices(cell, options)?.into_iter().map(Value::from);
            chosen.collect()
        }
        Kind::MeetingPlace => match cell {
            Cell::Text(given) if !given.starts_with('"') => meeting::read(given).into(),
            other => text(other)?.into(),
        },
        Kind::Hours => hours(cell)?,
        Kind::List | Kind::Refs(_) => list(cell)?.into_iter().map(|item| Value::from(whole_item(item))).collect(),
        Kind::Holds => list(cell)?.into_iter().map(|item| hold(item, near)).collect::<Result<Value, _>>()?,
        Kind::Options => (0..).zip(list(cell)?).map(|(n, item)| option::read(n, item)).collect::<Result<Value, _>>()?,
        Kind::Date => date(cell, near)?.to_string().into(),
        Kind::Ages => ages(cell)?.into_iter().collect(),
        Kind::Time | Kind::When => cell.shown().into(),
    })
}

/// What stands in for a value that is missing or cannot be read, so that the rest is looked at as well.
pub(crate) fn stand_in(kind: Kind) -> Value {
    match kind {
        Kind::Whole { least, .. } => least.max(0).into(),
        Kind::Decimal => 0.0.into(),
        Kind::YesNo => false.into(),
        Kind::Choice(options) => options.first().copied().unwrap_or_default().into(),
        Kind::Choices(_) | Kind::List | Kind::Refs(_) | Kind::Holds | Kind::Options | Kind::Ages => json!([]),
        Kind::Hours => Value::Null,
        Kind::Id | Kind::Ref(_) | Kind::MeetingPlace | Kind::Text | Kind::Date | Kind::Time | Kind::When => "".into(),
    }
}

/// What stands in for a value of a sheet's column.
pub(crate) fn stand_in_of(spec: &Spec, column: &str) -> Value {
    let column = spec.columns.iter().find(|one| one.name == column);
    column.map_or(Value::Null, |column| stand_in(column.kind))
}

/// Puts a value into an object at a path with dots.
pub(crate) fn put(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            object.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            if let Value::Object(inner) = object.entry(first).or_insert_with(|| json!({})) {
                put(inner, rest, value);
            }
        }
    }
}

pub(crate) fn text(cell: &Cell) -> Result<String, Fault> {
    Ok(match cell {
        Cell::Text(text) => unquoted(text),
        Cell::Number(number) => number.to_string(),
        Cell::YesNo(truth) => truth.to_string().to_uppercase(),
        Cell::Moment(_) => {
            let message = format!("This cell holds a date or time ({}) and should hold text.", cell.shown());
            let remedy = "Format the cell as text and type it again: spreadsheets turn entries like 5-12 into dates.";
            return Err(Fault::new(Code::WrongType, message, remedy));
        }
        Cell::Error(_) | Cell::Uncalculated(_) => return Err(fault(cell, "a text")),
    })
}

fn whole(name: &str, cell: &Cell, least: i64, most: i64) -> Result<i64, Fault> {
    let wanted = if most >= i64::from(u32::MAX) {
        format!("a whole number of {least} or more")
    } else {
        format!("a whole number from {least} to {most}")
    };
    let number = number(cell).filter(|number| number.fract() == 0.0).ok_or_else(|| {
        let fault = fault(cell, &wanted);
        let offered = match cell {
            Cell::Text(text) => offer(text, name),
            Cell::Moment(Moment::Time(_)) => offer(&cell.shown(), name),
            _ => None,
        };
        Fault { remedy: offered.unwrap_or_else(|| fault.remedy.clone()), ..fault }
    })?;
    #[expect(clippy::cast_possible_truncation, reason = "far beyond every range it saturates")]
    let whole = number as i64;
    if (least..=most).contains(&whole) {
        Ok(whole)
    } else {
        let message = format!("{number} is out of range: it must be {wanted}.");
        Err(Fault::new(Code::OutOfRange, message, format!("Give {wanted}.")))
    }
}

fn decimal(cell: &Cell) -> Result<f64, Fault> {
    let comma = match cell {
        Cell::Text(text) => text.trim_end_matches('°').trim().replacen(',', ".", 1).parse().ok(),
        _ => None,
    };
    comma.or_else(|| number(cell)).filter(|number: &f64| number.is_finite()).ok_or_else(|| fault(cell, "a number"))
}

/// A number, with or without commas between thousands.
fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => {
            // `4,0`, from where the comma parts whole numbers from the rest.
            let whole = text.split_once(',').filter(|(_, rest)| rest.len() < 3 && rest.bytes().all(|b| b == b'0'));
            let text = whole.map_or(text.as_str(), |(whole, _)| whole);
            let (head, tail) = text.split_once('.').unwrap_or((text, ""));
            let grouped = head.split(',').skip(1).all(|group| group.len() == 3) && !tail.contains(',');
            let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
            let sound = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
            (grouped && sound).then(|| digits.parse().ok()).flatten()
        }
        _ => None,
    }
}

fn yes_no(cell: &Cell) -> Result<bool, Fault> {
    let word = match cell {
        Cell::YesNo(truth) => return Ok(*truth),
        other => other.shown().to_lowercase(),
    };
    match word.as_str() {
        "yes" | "y" | "true" | "t" | "1" | "x" | "✓" | "✔" | "on" | "ok" => Ok(true),
        "no" | "n" | "false" | "f" | "0" | "✗" | "✘" | "off" | "none" | "-" => Ok(false),
        _ => Err(fault(cell, "yes or no")),
    }
}

fn choice(given: &str, options: &'static [&'static str]) -> Result<&'static str, Fault> {
    let found = options.iter().find(|option| plain(option) == plain(given));
    found.copied().ok_or_else(|| {
        let all = options.join(", ");
        let message = format!("\"{given}\" is not one of {all}.");
        let remedy = match likely(given, options.iter().copied()) {
            Some(meant) => format!("Did you mean {meant}?"),
            None => format!("Give one of {all}."),
        };
        Fault::new(Code::WrongType, message, remedy)
    })
}

/// Some of a few words, however they are parted: `driver/chaperone`, `driver & chaperone`, `both`.
fn choices(cell: &Cell, options: &'static [&'static str]) -> Result<Vec<&'static str>, Fault> {
    let parted = match cell {
        Cell::Text(text) if options.len() == 2 && ["both", "either"].contains(&plain(text).as_str()) => {
            return Ok(options.to_vec());
        }
        Cell::Text(text) if !text.contains('"') => {
            Cell::Text(text.replace(['/', '&', '+'], ",").replace(" and ", ",").replace(" or ", ","))
        }
        other => other.clone(),
    };
    list(&parted)?.into_iter().map(|item| choice(&item.text, options)).collect()
}

fn list(cell: &Cell) -> Result<Vec<Item>, Fault> {
    match cell {
        Cell::Text(text) => {
            let items = items(text);
            match items.iter().find(|item| item.after.is_none() && is_error(&item.text)) {
                Some(error) => Err(fault(&Cell::Error(error.text.clone()), "a list without it")),
                None => Ok(items),
            }
        }
        other => Ok(vec![Item { text: text(other)?, after: None }]),
    }
}

/// An item with what follows its quotes, where nothing should.
fn whole_item(item: Item) -> String {
    match item.after {
        Some(after) => item.text + &after,
        None => item.text,
    }
}

/// `dbs until 14/3/2028`
fn hold(item: Item, near: Option<Date>) -> Result<Value, Fault> {
    let (what, until) = match item.after {
        Some(after) => (item.text, after),
        None => {
            let words: Vec<_> = item.text.split_whitespace().collect();
            match words.iter().rposition(|word| is_until(word)) {
                Some(at) => (words[..at].join(" "), words[at..].join(" ")),
                None => dated(&words, near).unwrap_or((item.text, String::new())),
            }
        }
    };
    let until = until.trim_matches(['(', ')', ' ', ':']);
    if until.is_empty() {
        return Ok(json!({ "what": what }));
    }
    let date_of =
        |text: &str| when::last_date(text.trim_matches([' ', ':']), near).map_err(|wrong| date_fault(text, &wrong));
    let (_, text) = until.split_once([' ', ':']).unwrap_or((until, ""));
    Ok(json!({ "what": what, "until": date_of(text)?.to_string() }))
}

/// What is held and its last date, where no word parts the two: `dbs 14/3/2028`.
fn dated(words: &[&str], near: Option<Date>) -> Option<(String, String)> {
    (1..words.len()).find_map(|at| {
        let (what, date) = words.split_at_checked(at)?;
        let date = date.join(" ");
        let date = date.trim_matches(['(', ')', ' ']);
        let is_date = date.contains(|c: char| c.is_ascii_digit()) && when::last_date(date, near).is_ok();
        is_date.then(|| (what.join(" ").trim_end_matches([':', '(', '-', ' ']).to_owned(), format!("until {date}")))
    })
}

/// `06:30-21:00`
fn hours(cell: &Cell) -> Result<Value, Fault> {
    let wanted = "hours from and to, such as 06:30-21:00";
    let Cell::Text(text) = cell else { return Err(fault(cell, wanted)) };
    if ["none", "any", "anytime", "always"].contains(&plain(text).as_str()) {
        return Ok(Value::Null);
    }
    let (from, to) = when::hours(text).ok_or_else(|| fault(cell, wanted))?;
    Ok(json!({ "from": clock(from), "to": clock(to) }))
}

fn ages(cell: &Cell) -> Result<Vec<Value>, Fault> {
    let wanted = "the age of each child, such as 6, 3";
    let given = match cell {
        Cell::Text(text) => items(&text.replace(" and ", ",").replace(['&', '+'], ",")),
        other => list(other)?,
    };
    let age = |item: Item| {
        let age = amount::age(&item.text).ok_or_else(|| fault(cell, wanted))?;
        if age >= 18 {
            let message = format!("A child must be under 18, not {age}.");
            let remedy = "Count them as an adult. If an adult's age matters, use the sheet people.";
            return Err(Fault::new(Code::OutOfRange, message, remedy));
        }
        Ok(Value::from(age))
    };
    given.into_iter().map(age).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near() -> Option<Date> {
        Date::new(2026, 12, 1)
    }

    fn of(kind: Kind, text: &str) -> Result<Value, Fault> {
        read(kind, &Cell::Text(text.to_owned()), near())
    }

    #[test]
    fn numbers_as_people_write_them() {
        let whole = Kind::Whole { least: 0, most: 100_000 };
        for (text, number) in
            [("7", 7), ("7.0", 7), ("7,0", 7), ("10,000", 10_000), ("1 000", 1000), ("+3", 3), ("0", 0)]
        {
            assert_eq!(of(whole, text), Ok(number.into()), "{text}");
        }
        for text in ["", "seven", "7.5", "7,5", "1,0000", "1e3", "0x7", "--1", "2 seats", "∞"] {
            assert_eq!(of(whole, text).map_err(|fault| fault.code), Err(Code::WrongType), "{text}");
        }
        for text in ["-1", "100001", "99999999999999999999999"] {
            assert_eq!(of(whole, text).map_err(|fault| fault.code), Err(Code::OutOfRange), "{text}");
        }
        for (text, number) in [("51.634", 51.634), ("-2,467", -2.467), ("51.634°", 51.634), ("52", 52.0)] {
            assert_eq!(of(Kind::Decimal, text), Ok(number.into()), "{text}");
        }
        for text in ["NaN", "inf", "51.634N", "1,2,3"] {
            assert!(of(Kind::Decimal, text).is_err(), "{text}");
        }
        assert_eq!(read(Kind::Id, &Cell::Number(7.0), None), Ok("7".into()));
    }

    #[test]
    fn yes_and_no() {
        for text in ["Yes", "Y", "TRUE", "1", "x", "✓"] {
            assert_eq!(of(Kind::YesNo, text), Ok(true.into()), "{text}");
        }
        for text in ["no", "N", "False", "0", "-"] {
            assert_eq!(of(Kind::YesNo, text), Ok(false.into()), "{text}");
        }
        assert!(of(Kind::YesNo, "maybe").is_err());
    }

    #[test]
    fn lists_and_what_stands_in_them() {
        assert_eq!(
            of(Kind::Holds, "dbs until 14/3/2028; licence, First Aid till 5 Dec"),
            Ok(json!([
                { "what": "dbs", "until": "2028-03-14" },
                { "what": "licence" },
                { "what": "First Aid", "until": "2026-12-05" }
            ]))
        );
        let dbs = json!([{ "what": "dbs", "until": "2028-03-14" }]);
        for text in ["dbs 14/3/2028", "dbs (14 Mar 2028)", "dbs: 14/3/2028", "dbs - 14 March 2028"] {
            assert_eq!(of(Kind::Holds, text), Ok(dbs.clone()), "{text}");
        }
        assert_eq!(of(Kind::Holds, "first aid 2"), Ok(json!([{ "what": "first aid 2" }])));
        assert!(of(Kind::Holds, "dbs until soon").is_err());
        assert!(of(Kind::Holds, "dbs until").is_err());
        assert_eq!(
            of(Kind::Options, "sat-1400, sun (3), \"odd, one\" (0), \"p (1)\""),
            Ok(json!([
                { "slot": "sat-1400", "rank": 0 },
                { "slot": "sun", "rank": 3 },
                { "slot": "odd, one", "rank": 0 },
                { "slot": "p (1)", "rank": 3 }
            ]))
        );
        assert_eq!(of(Kind::Ages, "6, 3 and 0"), Ok(json!([6, 3, 0])));
        assert!(of(Kind::Ages, "6, 18").is_err() && of(Kind::Ages, "two").is_err());
        assert_eq!(
            of(Kind::Choices(&["driver", "chaperone"]), "Driver; CHAPERONE"),
            Ok(json!(["driver", "chaperone"]))
        );
        assert_eq!(of(Kind::Choice(&["never-same-slot"]), "never same slot"), Ok("never-same-slot".into()));
    }

    #[test]
    fn hours_of_every_day() {
        for text in ["06:30-21:00", "6.30am to 9pm", "0630–2100", "from 6:30 until 21.00", "between 6:30 and 9 pm"] {
            assert_eq!(of(Kind::Hours, text), Ok(json!({ "from": "06:30", "to": "21:00" })), "{text}");
        }
        assert_eq!(of(Kind::Hours, "00:00-24:00"), Ok(json!({ "from": "00:00", "to": "24:00" })));
        assert_eq!(of(Kind::Hours, "None"), Ok(Value::Null));
        for text in ["06:30", "06:30-", "-21:00", "06:30-25:00", "06:30 21:00", "early", "Sat 6-21", "6-21-22"] {
            assert_eq!(of(Kind::Hours, text).map_err(|fault| fault.code), Err(Code::WrongType), "{text}");
        }
        let time = Cell::Moment(Moment::Time(390));
        assert!(read(Kind::Hours, &time, None).expect_err("one time").remedy.contains("06:30-21:00"));
    }

    #[test]
    fn where_a_family_is_met() {
        for (text, place) in [("Home", "home"), ("at home", "home"), ("SCHOOL", "SCHOOL"), ("\"Home\"", "Home")] {
            assert_eq!(of(Kind::MeetingPlace, text), Ok(place.into()), "{text}");
        }
    }
}
