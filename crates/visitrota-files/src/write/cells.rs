//! From a value of the problem document to a cell.

use serde_json::{Map, Value};

use crate::cell::{Cell, Moment, is_nobody, item, quoted, quoted_if_odd};
use crate::meeting;
use crate::option;
use crate::sheets::{Column, Kind, Spec};

/// The cells of a row.
pub(super) fn row(spec: &Spec, json: &Value) -> Vec<Option<Cell>> {
    spec.columns.iter().map(|column| field(column, json)).collect()
}

/// The cell of a field; empty where it is as the column's default has it.
fn field(column: &Column, json: &Value) -> Option<Cell> {
    if column.field.is_empty() || matches!(column.kind, Kind::Time | Kind::When) {
        return None;
    }
    let value = json.pointer(&format!("/{}", column.field.replace('.', "/")))?;
    cell(column.kind, value).filter(|cell| column.default.is_empty() || cell.shown() != column.default)
}

/// Puts a cell into the column of this name.
pub(super) fn fill(spec: &Spec, row: &mut [Option<Cell>], column: &str, cell: Option<Cell>) {
    if let Some(place) = spec.column(column).and_then(|column| row.get_mut(column)) {
        *place = cell;
    }
}

/// A value of the problem document as a cell.
pub(super) fn cell(kind: Kind, value: &Value) -> Option<Cell> {
    let texts = || value.as_array().into_iter().flatten();
    // Whoever visits together stands apart from the commas of a CSV file.
    let comma = if matches!(kind, Kind::Refs(_)) { "; " } else { ", " };
    let joined = |items: Vec<String>| if items.is_empty() { "none".to_owned() } else { items.join(comma) };
    let text = match kind {
        Kind::Whole { .. } | Kind::Decimal => return value.as_f64().map(Cell::Number),
        Kind::YesNo => if value.as_bool()? { "yes" } else { "no" }.to_owned(),
        Kind::Date => return value.as_str()?.parse().ok().map(|date| Cell::Moment(Moment::Date(date))),
        Kind::Choices(_) | Kind::List => joined(texts().filter_map(word).collect()),
        Kind::Holds => joined(texts().filter_map(Value::as_object).filter_map(hold).collect()),
        Kind::Options => joined(texts().zip(0..).filter_map(|(one, place)| option::written(one, place)).collect()),
        Kind::Refs(_) => joined(texts().filter_map(Value::as_str).map(item).collect()),
        Kind::Ref(_) if is_nobody(value.as_str()?) => quoted(value.as_str()?),
        Kind::MeetingPlace => meeting::written(value.as_str()?),
        Kind::Hours => {
            let time = |field: &str| value.get(field).and_then(Value::as_str);
            format!("{}-{}", time("from")?, time("to")?)
        }
        _ => quoted_if_odd(value.as_str()?),
    };
    Some(Cell::Text(text))
}

/// What marks a word that is to be read as it is spelt.
pub(super) const TO_THE_LETTER: &str = "to the letter";

fn word(word: &Value) -> Option<String> {
    match word {
        Value::Object(marked) => Some(quoted(marked.get(TO_THE_LETTER)?.as_str()?)),
        word => word.as_str().map(item),
    }
}

fn hold(hold: &Map<String, Value>) -> Option<String> {
    let what = hold.get("what")?.as_str()?;
    let what = if hold.contains_key(TO_THE_LETTER) { quoted(what) } else { item(what) };
    Some(match hold.get("until").and_then(Value::as_str) {
        Some(until) => format!("{what} until {until}"),
        None => what,
    })
}

/// The cell that a text of a sheet's columns stands for.
pub(super) fn example(kind: Kind, text: &str) -> Option<Cell> {
    let numeric = matches!(kind, Kind::Whole { .. } | Kind::Decimal);
    let time = || text.split_once(':').and_then(|(h, m)| Some(h.parse::<u32>().ok()? * 60 + m.parse::<u32>().ok()?));
    let number = text.parse().ok().filter(|_| numeric).map(Cell::Number);
    let time = time().filter(|_| kind == Kind::Time).map(|minute| Cell::Moment(Moment::Time(minute)));
    let date = || text.parse().ok().map(|date| Cell::Moment(Moment::Date(date)));
    number.or(time).or_else(date).or_else(|| Cell::text(text))
}
