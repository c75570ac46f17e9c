//! Words for what stands in a document, and for what a schema wants there.

use jsonschema::paths::{Location, LocationSegment};
use serde_json::{Number, Value};

use super::json::{push_field, shown};
use crate::nearest::likely;
use crate::time::{Date, WallTime, Zone};
use crate::time_of_day::TimeOfDay;

/// What a schema wants, in words.
pub(super) fn wanted(rule: &Value) -> String {
    let form = match rule.get("format").and_then(Value::as_str) {
        Some(WallTime::FORMAT) => return "a date and time like 2026-12-05T08:10".to_owned(),
        Some(Date::FORMAT) => return "a date like 2026-12-05".to_owned(),
        Some(TimeOfDay::FORMAT) => return "a time of day like 06:30".to_owned(),
        Some(Zone::FORMAT) => return "a timezone by its IANA name, like Europe/London".to_owned(),
        _ => match rule.get("type") {
            Some(Value::Array(types)) => types.first().and_then(Value::as_str),
            Some(one) => one.as_str(),
            None => None,
        },
    };
    let noun = match form {
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("string") => "a text in double quotes",
        Some("boolean") => "true or false",
        Some("array") => "a list in square brackets",
        Some("object") => "an object in curly brackets",
        _ => "something else",
    };
    match (rule.get("minimum"), rule.get("maximum")) {
        (Some(least), Some(most)) => format!("{noun} from {least} to {most}"),
        (Some(least), None) => format!("{noun} of at least {least}"),
        _ => noun.to_owned(),
    }
}

/// What to put in place of a value of the wrong form.
pub(super) fn remedy_for(rule: Option<&Value>, value: &Value, wanted: &str) -> String {
    let format = rule.and_then(|rule| rule.get("format")).and_then(Value::as_str);
    let text = value.as_str().unwrap_or_default();
    let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    if let Some(zone) = (format == Some(Zone::FORMAT)).then(|| likely(text, zones)).flatten() {
        format!("Did you mean {zone}?")
    } else if wanted.contains("number") && text.parse::<Number>().is_ok() {
        format!("Write {} without quotes.", shown(text))
    } else {
        format!("Give {wanted}.")
    }
}

/// A value that stands where another should, in words.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("\"{}\"", shown(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// What one element of a top-level list is called.
pub(super) fn noun_of(field: &str) -> &'static str {
    match field {
        "prisons" => "prison",
        "meeting_points" => "meeting point",
        "prisoners" => "prisoner",
        "slots" => "slot",
        "volunteers" => "volunteer",
        "families" => "family",
        "requests" => "request",
        _ => "",
    }
}

/// A path as findings write it: `volunteers[3].available[0].to`.
pub(super) fn path_of(at: &Location) -> String {
    let mut path = String::new();
    for segment in at.segments() {
        match segment {
            LocationSegment::Property(field) => push_field(&mut path, &field),
            LocationSegment::Index(number) => path.push_str(&format!("[{number}]")),
        }
    }
    path
}

/// What a value is called in a sentence: its field, with its number in a list.
pub(super) fn name_of(at: &Location) -> String {
    let path = path_of(at);
    let name = path.rsplit('.').next().unwrap_or_default();
    if name.is_empty() { "the document".to_owned() } else { format!("`{name}`") }
}
