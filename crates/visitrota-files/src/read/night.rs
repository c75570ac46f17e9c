//! Hours of a day that would begin in the night, and may be meant otherwise.

use visitrota_model::{Code, Finding};

use super::reader::Reader;
use super::table::Table;
use crate::book::Row;
use crate::cell::{Cell, clock};
use crate::when;

impl Reader<'_> {
    /// Asks of hours that begin in the night, `2-1`, whether they are in the afternoon.
    pub(super) fn night(&mut self, table: &Table<'_>, row: &Row) {
        let text = |name: &str| match table.cell(row, name) {
            Some(Cell::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let hours = text("when").and_then(|when| when.split_whitespace().next_back());
        let both = text("from").zip(text("to")).map(|(from, to)| format!("{from}-{to}"));
        let (hours, name) = match (both, hours) {
            (Some(both), _) => (both, "from"),
            (None, Some(hours)) => (hours.to_owned(), "when"),
            _ => return,
        };
        let Some((from, to)) = when::night(&hours) else { return };
        let message = format!("The hours {hours} are taken for {} to {}.", clock(from), clock(to));
        let (begin, end) = (from / 60 % 12, to / 60 % 12);
        let remedy = format!(
            "If they are from the afternoon into the night, write {begin}pm and {end}am. If not, write {} and {}, and this is \
             not asked again.",
            clock(from),
            clock(to)
        );
        let at = table.at(row, name);
        self.report(at, Finding::warning(Code::OddTime, "", message, remedy).with_value(hours));
    }
}
