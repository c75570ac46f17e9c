//! What was announced: when the car was to come.

use std::collections::HashMap;

use serde_json::{Value, json};
use visitrota_model::Date;

use super::reader::Reader;
use super::table::Table;

impl Reader<'_> {
    /// Gives each entry its times.
    pub(super) fn promised(&mut self, table: &Table<'_>, entries: &mut [Value], starts: &HashMap<String, Date>) {
        for ((n, row), entry) in table.rows.iter().enumerate().zip(entries) {
            let date = entry.get("slot").and_then(Value::as_str).and_then(|slot| starts.get(slot)).copied();
            for name in ["pickup", "home"] {
                match self.moment(table, row, name, date) {
                    Ok(Some(time)) => entry[name] = json!(time),
                    Ok(None) => {}
                    Err(()) => {
                        self.vague.insert(("published".to_owned(), n));
                    }
                }
            }
        }
    }
}
