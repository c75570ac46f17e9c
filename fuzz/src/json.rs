//! Changes of a JSON document that leave it JSON: numbers, texts and words of its own kind in place of others, parts
//! taken out, doubled, exchanged, and fields that its schema knows put in.

use fastrand::Rng;
use serde_json::{Map, Number, Value, json};

/// The texts in a schema's documents that have a meaning, beside those that a document has.
const TEXTS: &[&str] = &[
    "",
    " ",
    "driver",
    "chaperone",
    "never",
    "usual",
    "prefer",
    "never_same_slot",
    "infant",
    "child_seat",
    "booster",
    "dbs",
    "escort",
    "matrix",
    "estimate",
    "straight_line",
    "osrm",
    "Europe/London",
    "UTC",
    "Pacific/Apia",
    "Antarctica/Troll",
    "0000-01-01",
    "9999-12-31",
    "2026-03-29T01:30",
    "2026-10-25T01:30",
    "2026-12-05T00:00",
    "=1+1",
    "a, b",
    "\"",
    "'",
    "\u{1b}[31m",
    "\u{feff}",
    "北京",
    "e\u{301}",
    "\r\n",
    "<b>",
    "none",
    "05/12/2026",
];

/// Puts a changed document in place of the first `size` bytes of `data`, and says how long it is. What is no JSON, and
/// now and then what is, changes byte by byte. `words` are names of fields that may be put in.
pub fn mutated(data: &mut [u8], size: usize, max_size: usize, seed: u32, words: &[String]) -> usize {
    let mut rng = Rng::with_seed(seed.into());
    let bytes = data.get(..size).unwrap_or_default();
    let document = if rng.u8(..8) == 0 { None } else { serde_json::from_slice::<Value>(bytes).ok() };
    let Some(mut document) = document else { return libfuzzer_sys::fuzzer_mutate(data, size, max_size) };
    for _ in 0..=rng.usize(..3) {
        change(&mut document, &mut rng, words);
    }
    let text = serde_json::to_vec(&document).unwrap_or_default();
    match data.get_mut(..text.len()).filter(|_| text.len() <= max_size) {
        Some(place) => {
            place.copy_from_slice(&text);
            text.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
}

fn change(document: &mut Value, rng: &mut Rng, words: &[String]) {
    let other = nth(document, rng.usize(..count(document))).cloned().unwrap_or_default();
    // Lists and objects are few among the values: they are met as often as what is in them.
    let mut at = rng.usize(..count(document));
    if rng.bool() {
        at = (0..=at)
            .rev()
            .find(|&at| nth(document, at).is_some_and(|value| value.is_array() || value.is_object()))
            .unwrap_or(0);
    }
    let Some(value) = nth_mut(document, &mut at) else { return };
    if rng.u8(..16) == 0 {
        *value = other;
        return;
    }
    match value {
        Value::Null => *value = scalar(rng),
        Value::Bool(truth) => *truth = !*truth,
        Value::Number(number) => *value = Value::Number(changed_number(number, rng)),
        Value::String(text) => match other {
            Value::String(other) if rng.bool() => *text = other,
            _ => changed_text(text, rng),
        },
        Value::Array(items) => changed_list(items, other, rng),
        Value::Object(fields) => changed_fields(fields, other, rng, words),
    }
}

fn scalar(rng: &mut Rng) -> Value {
    match rng.u8(..5) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2 => json!(TEXTS[rng.usize(..TEXTS.len())]),
        3 => json!([]),
        _ => Value::Number(changed_number(&Number::from(1), rng)),
    }
}

fn changed_number(number: &Number, rng: &mut Rng) -> Number {
    let whole = number.as_i64().unwrap_or_default();
    let float = number.as_f64().unwrap_or_default();
    let far = [0, 1, -1, 2, 60, 100, 1440, 100_000, 1_000_000, i64::from(u32::MAX), 1 << 53, i64::MAX, i64::MIN];
    let odd = [0.5, -0.0, 1e-300, 1e300, 89.999_999, -180.0, 1.0, 51.5];
    match rng.u8(..8) {
        0 => far[rng.usize(..far.len())].into(),
        1 => Number::from_f64(odd[rng.usize(..odd.len())]).unwrap_or(Number::from(0)),
        2 => Number::from_f64(float * 1.5).unwrap_or(Number::from(0)),
        3 => u64::MAX.into(),
        4 => whole.wrapping_mul(2).into(),
        5 => (whole / 2).into(),
        6 => whole.wrapping_sub(1).into(),
        _ => whole.wrapping_add(1).into(),
    }
}

fn changed_text(text: &mut String, rng: &mut Rng) {
    let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    match rng.u8(..8) {
        // A digit another makes another time, date or id of the same form.
        0..=4 if !digits.is_empty() => {
            let at = digits[rng.usize(..digits.len())];
            text.replace_range(at..=at, &rng.u8(..10).to_string());
        }
        5 => text.push_str(TEXTS[rng.usize(..TEXTS.len())]),
        6 => drop(text.pop()),
        _ => *text = TEXTS[rng.usize(..TEXTS.len())].to_owned(),
    }
}

fn changed_list(items: &mut Vec<Value>, other: Value, rng: &mut Rng) {
    if items.is_empty() {
        items.push(other);
        return;
    }
    let (one, two) = (rng.usize(..items.len()), rng.usize(..items.len()));
    match rng.u8(..6) {
        0 | 1 => drop(items.remove(one)),
        2 => items.insert(two, items[one].clone()),
        3 => items.swap(one, two),
        4 => items.push(other),
        _ => rng.shuffle(items),
    }
}

fn changed_fields(fields: &mut Map<String, Value>, other: Value, rng: &mut Rng, words: &[String]) {
    let name = fields.keys().nth(rng.usize(..fields.len().max(1))).cloned();
    match (rng.u8(..4), name) {
        (0, Some(name)) => drop(fields.shift_remove(&name)),
        (1, Some(name)) => drop(fields.insert(name, other)),
        _ if !words.is_empty() => {
            let value = if rng.bool() { scalar(rng) } else { other };
            fields.insert(words[rng.usize(..words.len())].clone(), value);
        }
        _ => {}
    }
}

/// How many values there are in a document, itself among them.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

fn nth(value: &Value, at: usize) -> Option<&Value> {
    fn walk<'v>(value: &'v Value, left: &mut usize) -> Option<&'v Value> {
        let Some(less) = left.checked_sub(1) else { return Some(value) };
        *left = less;
        match value {
            Value::Array(items) => items.iter().find_map(|item| walk(item, left)),
            Value::Object(fields) => fields.values().find_map(|item| walk(item, left)),
            _ => None,
        }
    }
    walk(value, &mut { at })
}

fn nth_mut<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    let Some(less) = left.checked_sub(1) else { return Some(value) };
    *left = less;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth_mut(item, left)),
        Value::Object(fields) => fields.values_mut().find_map(|item| nth_mut(item, left)),
        _ => None,
    }
}

/// The names of all fields in a schema.
pub fn fields(schema: &Value) -> Vec<String> {
    fn walk(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            Value::Object(fields) => {
                if let Some(Value::Object(properties)) = fields.get("properties") {
                    found.extend(properties.keys().cloned());
                }
                fields.values().for_each(|item| walk(item, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(schema, &mut found);
    found.sort();
    found.dedup();
    found
}
