//! What was announced: when the car was to come.

use std::collections::HashMap;

use serde_json::{Value, json};
use visitrota_model::{Code, Date, Finding};

use super::reader::Reader;
use super::table::Table;
use super::timed::Moment;

impl Reader<'_> {
    /// Gives each entry its times.
    pub(super) fn promised(&mut self, table: &Table<'_>, entries: &mut [Value], starts: &HashMap<String, Date>) {
        for (row, entry) in table.rows.iter().zip(entries) {
            let date = entry.get("slot").and_then(Value::as_str).and_then(|slot| starts.get(slot)).copied();
            for name in ["pickup", "home"] {
                match self.moment(table, row, name, date) {
                    Moment::At(time) => entry[name] = json!(time),
                    Moment::Nothing | Moment::Unread => {}
                    // The visit moves to another slot in any case, so that its time does not matter.
                    Moment::Undated => {
                        let message = "This time is ignored: its date is not known, as the problem has no such slot.";
                        let remedy = "Correct the slot, or give the date as well: 5/12/2026 08:10.";
                        self.report(table.at(row, name), Finding::warning(Code::UnknownId, "", message, remedy));
                    }
                }
            }
        }
    }
}
