//! A slot that would do, as it stands in a cell: `sat-1400`; `sat-1400 (2)` where its rank is not its place in the
//! list; `sat-1400 (from SCHOOL to home)` where families are met elsewhere than as usual.

use serde_json::{Value, json};
use visitrota_model::Code;

use crate::cell::{Item, item, plain};
use crate::fault::Fault;
use crate::meeting;

const FROM: &str = "from";
const TO: &str = "to";
/// What stands before meeting places.
pub(crate) const WORDS: &[&str] = &[FROM, TO];
/// The highest rank.
const MOST: u32 = 100_000;

/// What stands in brackets after a slot.
#[derive(Debug, Default, PartialEq, Eq)]
struct Aside {
    rank: Option<u32>,
    pickup: Option<String>,
    dropoff: Option<String>,
}

/// The option at a place in the list.
pub(crate) fn read(place: u32, item: Item) -> Result<Value, Fault> {
    read_with(place, item, &mut meeting::read)
}

/// The same, with meeting places read in a way of their own where they stand without quotes.
pub(crate) fn read_with(place: u32, item: Item, met: &mut dyn FnMut(&str) -> String) -> Result<Value, Fault> {
    let (slot, aside) = match item.after {
        Some(after) => (item.text, after),
        None => match item.text.rsplit_once('(') {
            Some((slot, aside)) if aside.strip_suffix(')').is_some_and(is_meant) => {
                (slot.trim().to_owned(), format!("({aside}"))
            }
            _ => (item.text, String::new()),
        },
    };
    let inside = aside.trim_matches(['(', ')', ' ']);
    let aside =
        read_words(inside, met).filter(|aside| aside.rank.is_none_or(|rank| rank <= MOST)).ok_or_else(|| {
            let message = format!("\"{inside}\" after the slot {slot} is not a rank or a meeting place.");
            let remedy = "Separate slots with commas. In brackets give a rank, or meeting places, or both: sat (2), \
                      sat (from SCHOOL to home).";
            Fault::new(Code::WrongType, message, remedy)
        })?;
    let mut option = json!({ "slot": slot, "rank": aside.rank.unwrap_or(place) });
    for (field, place) in [("pickup", aside.pickup), ("dropoff", aside.dropoff)] {
        if let Some(place) = place {
            option[field] = place.into();
        }
    }
    Ok(option)
}

/// Whether what stands in brackets is no part of the slot's id.
fn is_meant(inside: &str) -> bool {
    let first = inside.split_whitespace().next().unwrap_or_default();
    [FROM, TO].contains(&plain(first).as_str())
        || first.parse::<u32>().is_ok() && read_words(inside, &mut meeting::read).is_some()
}

/// A rank, and where from and to, each where it is given.
fn read_words(inside: &str, met: &mut dyn FnMut(&str) -> String) -> Option<Aside> {
    let mut words = words(inside).into_iter().peekable();
    let mut aside = Aside::default();
    let number = |word: &Word| word.bare().and_then(|word| word.parse().ok());
    if let Some(rank) = words.peek().and_then(number) {
        aside.rank = Some(rank);
        words.next();
    }
    while let Some(word) = words.next() {
        let place = match plain(word.bare()?).as_str() {
            FROM => &mut aside.pickup,
            TO => &mut aside.dropoff,
            _ => return None,
        };
        let given = match words.next()? {
            Word::Quoted(text) => text,
            Word::Bare(first) => {
                let mut text = first;
                let is_more = |word: &Word| word.bare().is_some_and(|word| ![FROM, TO].contains(&plain(word).as_str()));
                while let Some(more) = words.next_if(is_more) {
                    text.push(' ');
                    text.push_str(more.bare()?);
                }
                met(&text)
            }
        };
        if place.replace(given).is_some() {
            return None;
        }
    }
    Some(aside)
}

/// A word, or a text in quotes.
enum Word {
    Bare(String),
    Quoted(String),
}

impl Word {
    fn bare(&self) -> Option<&str> {
        match self {
            Self::Bare(word) => Some(word),
            Self::Quoted(_) => None,
        }
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let quoted = if rest.starts_with('"') { strings.next().and_then(Result::ok) } else { None };
        let (word, left) = match quoted {
            Some(text) => (Word::Quoted(text), rest.get(strings.byte_offset()..).unwrap_or_default()),
            None => {
                let (word, left) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                (Word::Bare(word.to_owned()), left)
            }
        };
        words.push(word);
        rest = left.trim_start();
    }
    words
}

/// An option of a problem document as it stands at its place in the list.
pub(crate) fn written(option: &Value, place: u64) -> Option<String> {
    written_with(option, place, |place| meeting::written_among(place, WORDS))
}

/// The same, with meeting places written in a way of their own.
pub(crate) fn written_with(option: &Value, place: u64, met: impl Fn(&str) -> String) -> Option<String> {
    let mut text = item(option.get("slot")?.as_str()?);
    let rank = option.get("rank").and_then(Value::as_u64).unwrap_or_default();
    let mut aside: Vec<String> = (rank != place).then(|| rank.to_string()).into_iter().collect();
    for (word, field) in [(FROM, "pickup"), (TO, "dropoff")] {
        if let Some(place) = option.get(field).and_then(Value::as_str) {
            aside.push(format!("{word} {}", met(place)));
        }
    }
    if !aside.is_empty() {
        text.push_str(&format!(" ({})", aside.join(" ")));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::items;

    fn of(text: &str) -> Result<Vec<Value>, Fault> {
        (0..).zip(items(text)).map(|(n, item)| read(n, item)).collect()
    }

    #[test]
    fn slots_with_places_of_their_own() {
        assert_eq!(
            of("sat (from SCHOOL), sun (3 From North Street to Home); \"odd, one\" (to \"a b\"), p (x), q (7 x)"),
            Ok(vec![
                json!({ "slot": "sat", "rank": 0, "pickup": "SCHOOL" }),
                json!({ "slot": "sun", "rank": 3, "pickup": "North Street", "dropoff": "home" }),
                json!({ "slot": "odd, one", "rank": 2, "dropoff": "a b" }),
                json!({ "slot": "p (x)", "rank": 3 }),
                json!({ "slot": "q (7 x)", "rank": 4 }),
            ])
        );
        for text in ["sat (from)", "sat (from A from B)", "\"sat\" (about noon)", "sat (100001)"] {
            assert_eq!(of(text).map_err(|fault| fault.code), Err(Code::WrongType), "{text}");
        }
    }

    #[test]
    fn places_come_back() {
        let odd =
            ["home", "Home", "at home", "from", "a to b", "a, b", "(2)", "\"", "", " a", "a  b", "7", "until", "none"];
        for place in odd {
            for slot in ["sat", "a, b", "p (1)", "from x", "x (from y)"] {
                let option = json!({ "slot": slot, "rank": 5, "pickup": place, "dropoff": place });
                let text = written(&option, 0).expect("a text");
                assert_eq!(of(&text), Ok(vec![option]), "{text}");
            }
        }
    }
}
