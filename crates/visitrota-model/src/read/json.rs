//! From bytes to plain JSON: what may be wrong before any field is looked at.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;

use crate::finding::{Code, Finding};
use crate::findings::MOST;
use crate::read_limits::{Measure, ReadLimits, TooLarge};

/// The JSON of a file, or why it is none.
pub(super) fn parse(json: &[u8]) -> Result<Value, Finding> {
    let not_json = |message: String, remedy: &str| Finding::error(Code::NotJson, "", message, remedy);
    let text = std::str::from_utf8(json).map_err(|error| {
        let line = 1 + json.iter().take(error.valid_up_to()).filter(|&&byte| byte == b'\n').count();
        not_json(
            format!("The file is not text in UTF-8: line {line} holds something else."),
            "Save it as UTF-8, or give a JSON document: no workbook is one.",
        )
    })?;
    if text.trim().is_empty() {
        return Err(not_json("The file is empty.".to_owned(), "Give a file with a document in it."));
    }
    serde_json::from_str(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        not_json(format!("The file is not JSON at {place}: {what}."), remedy(text, &error, what))
    })
}

fn remedy(text: &str, error: &serde_json::Error, what: &str) -> &'static str {
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let from = line.get(error.column().saturating_sub(1)..).unwrap_or_default();
    if error.classify() == Category::Eof {
        "The file ends too soon: maybe it was cut off in copying, or lacks a closing bracket or quote."
    } else if what.contains("number out of range") {
        "No number may be that large: mend it."
    } else if what.contains("recursion limit") {
        "Brackets stand inside brackets too deep for any document: mend the brackets."
    } else if what.contains("trailing comma") {
        "Take away the comma before the closing bracket."
    } else if what.contains("trailing characters") {
        "The document ends before this: take away what follows, or a closing bracket too many."
    } else if what.contains("control character") {
        "A text stands on one line: write a line break in it as \\n, a tab as \\t."
    } else if ["N", "I", "-", "n"].iter().any(|start| from.starts_with(start)) {
        "JSON knows no NaN and no Infinity: give a number, or leave the field out."
    } else if from.starts_with('\'') {
        "Put names and texts in double quotes."
    } else if from.starts_with('/') || from.starts_with('#') {
        "JSON knows no comments: take it away."
    } else {
        "Look there for a missing comma, colon, bracket or quote."
    }
}

/// Fields that stand twice in one object, of which a program would take either.
pub(super) fn doubled_fields(json: &[u8]) -> Vec<Finding> {
    let mut walk = Walk { path: String::new(), found: Vec::new() };
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    // The file has been parsed before: that it does not parse is told already.
    let _ = Step(&mut walk).deserialize(&mut deserializer);
    walk.found
}

struct Walk {
    path: String,
    found: Vec<Finding>,
}

impl Walk {
    /// Makes `path` that of something inside, for as long as it is being looked at.
    fn inside<T>(&mut self, name: impl FnOnce(&mut String), look: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        name(&mut self.path);
        let result = look(self);
        self.path.truncate(length);
        result
    }
}

struct Step<'a>(&'a mut Walk);

impl<'de> DeserializeSeed<'de> for Step<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Step<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        for number in 0_usize.. {
            let name = |path: &mut String| path.push_str(&format!("[{number}]"));
            if self.0.inside(name, |walk| items.next_element_seed(Step(walk)))?.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(field) = fields.next_key::<String>()? {
            let name = |path: &mut String| push_field(path, &field);
            self.0.inside(name, |walk| {
                if seen.contains(&field) && walk.found.len() < MOST {
                    let message = format!("The field `{}` stands twice in one object.", walk.path);
                    let remedy = "Keep the one that is meant.";
                    walk.found.push(Finding::error(Code::FieldConflict, walk.path.as_str(), message, remedy));
                }
                fields.next_value_seed(Step(walk))
            })?;
            seen.insert(field);
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// That a document holds no more values than it may, counted without keeping any of them: as plain JSON, a value takes
/// some forty times the room that it has in the file.
pub(crate) fn count_values(json: &[u8], limits: ReadLimits) -> Result<(), TooLarge> {
    let mut count = 0;
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    // What is no JSON is told of by whoever reads it.
    let _ = Count { count: &mut count, most: limits.most(Measure::Values) }.deserialize(&mut deserializer);
    limits.hold(Measure::Values, count)
}

/// Counts values until they are too many.
struct Count<'a> {
    count: &'a mut u64,
    most: u64,
}

impl Count<'_> {
    fn inner(&mut self) -> Count<'_> {
        Count { count: self.count, most: self.most }
    }
}

impl<'de> DeserializeSeed<'de> for Count<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.count += 1;
        if *self.count > self.most {
            return Err(D::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Count<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(self.inner())?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        while fields.next_key::<IgnoredAny>()?.is_some() {
            fields.next_value_seed(self.inner())?;
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A text from the document, shortened, and without characters that would upset a terminal.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).flat_map(char::escape_debug).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

/// Lengthens a path by a field.
pub(super) fn push_field(path: &mut String, field: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&shown(field));
}
