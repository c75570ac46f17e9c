//! A table as JSON.

use serde_json::{Map, Number, Value};

use super::{Cell, Table};

/// A table as JSON: an object for each row.
pub(crate) fn json(table: &Table) -> Value {
    let keys: Vec<_> = table.keys().collect();
    let row = |row: &Vec<Cell>| keys.iter().cloned().zip(row.iter().map(value)).collect::<Map<_, _>>();
    table.rows.iter().map(row).collect()
}

pub(crate) fn value(cell: &Cell) -> Value {
    match cell.number() {
        Some((number, 0)) => number.into(),
        Some(_) => cell.plain().parse::<Number>().map_or(Value::Null, Value::Number),
        None if *cell == Cell::Empty => Value::Null,
        None => cell.plain().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers() {
        let json = json(&super::super::tests::table());
        assert_eq!(json[0].to_string(), r#"{"what":"=1+1","first_rate_p":null,"at_gate":null}"#);
        assert_eq!(json[6].to_string(), r#"{"what":12.05,"first_rate_p":52.5,"at_gate":"2026-03-29T07:05"}"#);
        assert_eq!(json[7].to_string(), r#"{"what":0.7,"first_rate_p":1.6,"at_gate":"2026-03-29"}"#);
    }
}
