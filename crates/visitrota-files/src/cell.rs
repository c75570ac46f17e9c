//! A cell of a sheet, whatever kind of file it came from, and the texts in it.

use visitrota_model::Date;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Minutes of a day.
pub(crate) const DAY: u32 = 24 * 60;

/// What stands in a cell. An empty cell is no cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    YesNo(bool),
    Moment(Moment),
    /// A formula's error, such as `#REF!`.
    Error(String),
    /// A formula that was saved without its value.
    Uncalculated(String),
}

/// A date, a time of day in minutes, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Date(Date),
    Time(u32),
    Both(Date, u32),
}

impl Cell {
    /// A text as a cell; none where nothing but blanks stands there.
    pub(crate) fn text(text: &str) -> Option<Self> {
        let text = composed(&tidy(text));
        if is_error(&text) {
            return Some(Self::Error(text));
        }
        (!text.is_empty()).then_some(Self::Text(text))
    }

    /// What a person sees there.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) | Self::Uncalculated(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
            Self::Moment(Moment::Date(date)) => date.to_string(),
            Self::Moment(Moment::Time(minute)) => clock(*minute),
            Self::Moment(Moment::Both(date, minute)) => format!("{date} {}", clock(*minute)),
        }
    }
}

/// Whether a text is what a spreadsheet shows where a formula gives an error: `#N/A`, `#DIV/0!`, `Err:502`.
pub(crate) fn is_error(text: &str) -> bool {
    const SHOWN: [&str; 15] = [
        "#N/A",
        "#NA",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#ERROR!",
        "#GETTING_DATA",
    ];
    let number = text.strip_prefix("Err:").or_else(|| text.strip_prefix("#ERR"));
    SHOWN.iter().any(|shown| shown.eq_ignore_ascii_case(text))
        || number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a cell says that nothing stands there: `-`, `n/a`.
pub(crate) fn is_nothing(text: &str) -> bool {
    ["-", "–", "—", "n/a", "n.a."].iter().any(|nothing| nothing.eq_ignore_ascii_case(text))
}

/// Whether a cell that asks for somebody says that nobody or nothing in particular is meant: `none`, `any`.
pub(crate) fn is_nobody(text: &str) -> bool {
    !text.starts_with('"') && ["none", "nobody", "noone", "any", "anyone", "anybody"].contains(&plain(text).as_str())
}

/// Whether the first cell of a row says that it is one of the template's examples: `example V1`.
pub(crate) fn is_mark(text: &str) -> bool {
    const MARK: &str = "example";
    let rest = text.get(..MARK.len()).filter(|head| head.eq_ignore_ascii_case(MARK)).and(text.get(MARK.len()..));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// `08:10`.
pub(crate) fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

impl Moment {
    /// What a spreadsheet means by a number: whole days since the end of 1899, and the part of a day.
    pub(crate) fn of_serial(serial: f64) -> Option<Self> {
        const LAST: f64 = 401_769.0;
        if !(0.0..LAST).contains(&serial) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and below 2³⁰")]
        let minutes = (serial * f64::from(DAY)).round() as u32;
        let (day, minute) = (minutes / DAY, minutes % DAY);
        if day == 0 || (day, minute) == (1, 0) {
            return Some(Self::Time(minutes));
        }
        // Spreadsheets have a 29 February 1900, which the calendar has not.
        let first = Date::new(1900, 1, 1)?;
        let date = first.plus_days(if day > 60 { day - 2 } else { day - 1 });
        Some(if minute == 0 { Self::Date(date) } else { Self::Both(date, minute) })
    }

    /// The number by which a spreadsheet means it; none for dates before its calendar is right.
    pub(crate) fn serial(self) -> Option<f64> {
        let days = |date: Date| {
            let days = u32::try_from(date.days_since(Date::new(1900, 3, 1)?)).ok()?;
            Some(f64::from(days + 61))
        };
        let part = |minute: u32| f64::from(minute) / f64::from(DAY);
        match self {
            Self::Date(date) => days(date),
            Self::Time(minute) => (minute < DAY).then(|| part(minute)),
            Self::Both(date, minute) => Some(days(date)? + part(minute)),
        }
    }
}

/// A text without the blanks that people do not see: those at its ends, hard spaces, marks of width nought.
pub(crate) fn tidy(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_unseen(*c));
    seen.map(|c| if is_hard_space(c) { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// A text with every letter and its accents as one sign, where there is one: keyboards and programs differ in which they
/// write, and both look the same (Unicode's form C).
pub(crate) fn composed(text: &str) -> String {
    text.nfc().collect()
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}

fn is_hard_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// A name as it is compared: without case and without what stands between words.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a text means something else, or is read as another, when it stands in a cell as it is.
fn odd(text: &str) -> bool {
    text.is_empty()
        || is_error(text)
        || is_nothing(text)
        || is_mark(text)
        || !is_nfc(text)
        || tidy(text) != text
        || text.starts_with(['"', '=', '+', '-', '@'])
        || text.contains("_x")
        || text.chars().any(|c| c.is_control() && c != '\n')
}

/// A text as it is written in a cell: one that would be read as another, or that a spreadsheet would take for a
/// formula, stands in quotes as in JSON.
pub(crate) fn quoted_if_odd(text: &str) -> String {
    if odd(text) { quoted(text) } else { text.to_owned() }
}

/// The text that a cell's text stands for.
pub(crate) fn unquoted(text: &str) -> String {
    text.starts_with('"').then(|| serde_json::from_str(text).ok()).flatten().unwrap_or_else(|| text.to_owned())
}

/// A text in quotes as in JSON, whatever it is.
pub(crate) fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut quoted = String::new();
    for c in json.chars() {
        if is_unseen(c) || is_hard_space(c) || !c.is_ascii() && !is_nfc(text) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| quoted.push_str(&format!("\\u{unit:04x}")));
        } else {
            quoted.push(c);
        }
    }
    // Workbooks read `_x0041_` as another sign.
    quoted.replace("_x", "\\u005fx")
}

/// An item of a list in a cell: `dbs until 14/3/2028` and the like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// The text: all of it, or, where it begins with a text in quotes, that.
    pub(crate) text: String,
    /// What follows a text in quotes; none where there are no quotes.
    pub(crate) after: Option<String>,
}

/// The items of a list, parted by commas, semicolons or lines. `none` is the empty list.
pub(crate) fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
        if rest.is_empty() {
            break;
        }
        let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let head = if rest.starts_with('"') { strings.next().and_then(Result::ok) } else { None };
        let start = if head.is_some() { strings.byte_offset() } else { 0 };
        let tail = rest.get(start..).unwrap_or_default();
        let (tail, left) = tail.split_once([',', ';', '\n']).unwrap_or((tail, ""));
        let tail = tidy(tail);
        items.push(match head {
            Some(text) => Item { text, after: Some(tail) },
            None => Item { text: tail, after: None },
        });
        rest = left;
    }
    if matches!(items.as_slice(), [Item { text, after: None }] if text.eq_ignore_ascii_case("none")) {
        items.clear();
    }
    items
}

/// Whether a word parts a thing that is held from its last date.
pub(crate) fn is_until(word: &str) -> bool {
    ["until", "till", "expires"].contains(&plain(word).as_str())
}

/// A text as an item of a list is written.
pub(crate) fn item(text: &str) -> String {
    let clear = !odd(text)
        && !text.contains([',', ';', '\n', '"', '(', ')'])
        && !text.split(' ').any(|word| word.is_empty() || is_until(word))
        // What ends in a number may end in a date.
        && !text.split(' ').skip(1).any(|word| word.contains(|c: char| c.is_ascii_digit()))
        && !text.eq_ignore_ascii_case("none");
    if clear { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_moments() {
        let date = Date::new(2026, 12, 5).expect("a date");
        assert_eq!(Moment::of_serial(46361.0), Some(Moment::Date(date)));
        assert_eq!(Moment::of_serial(46361.0 + 490.0 / 1440.0), Some(Moment::Both(date, 490)));
        assert_eq!(Moment::of_serial(0.340_277_777_7), Some(Moment::Time(490)));
        assert_eq!(Moment::of_serial(1.0), Some(Moment::Time(DAY)));
        assert_eq!(Moment::of_serial(f64::NAN).or(Moment::of_serial(-1.0)).or(Moment::of_serial(1e9)), None);
        for moment in [Moment::Date(date), Moment::Both(date, 1), Moment::Time(0), Moment::Time(1439)] {
            assert_eq!(moment.serial().and_then(Moment::of_serial), Some(moment));
        }
        let old = Date::new(1900, 2, 28).expect("a date");
        assert_eq!(Moment::Date(old).serial(), None);
        assert_eq!(Moment::of_serial(59.0), Some(Moment::Date(old)));
    }

    #[test]
    fn texts_come_back() {
        for text in ["", " a", "a\u{a0}", "=1+1", "-", "\"", "\"a\"", "a\tb", "_x0041_", "a\nb", "plain", "none", "Ó\r"]
        {
            assert_eq!(unquoted(&tidy(&quoted_if_odd(text))), text);
            let list = format!("{}; {}", item(text), item("b, c"));
            let texts: Vec<_> = items(&list).into_iter().map(|item| item.text).collect();
            assert_eq!(texts, [text, "b, c"], "{list}");
        }
        assert_eq!(quoted_if_odd("plain"), "plain");
        assert_eq!(unquoted("\"Bob\" Smith"), "\"Bob\" Smith");
    }

    #[test]
    fn lists_as_people_write_them() {
        let texts = |text| items(text).into_iter().map(|item| item.text).collect::<Vec<_>>();
        assert_eq!(texts("dbs, insurance ;\nlicence,"), ["dbs", "insurance", "licence"]);
        assert_eq!(texts(" None "), [""; 0]);
        assert_eq!(texts("\"unclosed, b"), ["\"unclosed", "b"]);
        let quoted = items("\"odd, until\" until 5 Dec 2026");
        assert_eq!(quoted, [Item { text: "odd, until".to_owned(), after: Some("until 5 Dec 2026".to_owned()) }]);
    }

    #[test]
    fn what_marks_an_example() {
        for text in ["example", "Example V1", "EXAMPLE: V1", "example-1"] {
            assert!(is_mark(text), "{text}");
        }
        for text in ["examples", "V1 example", "exam", "", "ex\u{e4}mple", "\"example 1\""] {
            assert!(!is_mark(text), "{text}");
        }
    }
}
