//! Dates, and hours of them, on which a prison takes no visits.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use visitrota_model::{Code, Date, Finding, WallTime};

use super::availability::days;
use super::reader::Reader;
use super::table::Table;
use crate::book::{At, Row};
use crate::sheets::BLOCKED;
use crate::value::Fault;
use crate::when::Pattern;

/// When a prison, or every one, takes no visits.
pub(super) struct Blocked {
    prison: Option<String>,
    days: Pattern,
    /// Where it says so.
    pub(super) at: At,
}

impl Blocked {
    /// Whether a visit of these minutes of a date falls into it.
    pub(super) fn closes(&self, prison: &str, date: Date, from: u32, to: u32) -> bool {
        let of_prison = self.prison.as_deref().is_none_or(|shut| shut == prison);
        let begins_before = self.days.to.is_none_or(|end| from < end);
        let ends_after = self.days.from.is_none_or(|begin| begin < to);
        of_prison && begins_before && ends_after && self.days.holds_on(date)
    }
}

impl<'a> Reader<'a> {
    pub(super) fn blocked(&mut self, prisons: &[Value]) -> Vec<Blocked> {
        let Some(table) = self.table(&BLOCKED) else { return Vec::new() };
        let rows: Vec<_> = table.rows.clone();
        rows.into_iter().filter_map(|row| self.blocked_row(&table, row, prisons)).collect()
    }

    fn blocked_row(&mut self, table: &Table<'_>, row: &Row, prisons: &[Value]) -> Option<Blocked> {
        let prison = self.prison_of(table, row, prisons);
        let at = table.at(row, "date");
        let from = table.cell(row, "date").map(|cell| days(cell, self.near));
        let to = self.date_of(table, row, "to");
        let mut days = match from {
            Some(Ok(days)) if days.not => {
                let message = "This cell must hold the days that are closed.";
                self.fault(at, Fault::new(Code::WrongType, message, "Give dates or days without not or except."));
                None
            }
            Some(Ok(days)) => Some(days),
            Some(Err(fault)) => {
                self.fault(at, fault);
                None
            }
            None => {
                if table.column("date").is_some() {
                    self.missing(at, "date", "a date such as 25/12/2026.");
                }
                None
            }
        }?;
        if let Some(to) = to.ok()? {
            let Some(from) = days.only_date() else {
                let message = "The column date holds several days, and this cell a last one.";
                let remedy = "Give the first date in date and the last one here, or leave this cell empty.";
                self.fault(table.at(row, "to"), Fault::new(Code::FieldConflict, message, remedy));
                return None;
            };
            if to < from {
                let message = format!("The last date, {}, is before the first, {}.", to.long(), from.long());
                let remedy = "Swap the two, or correct one.";
                self.fault(table.at(row, "to"), Fault::new(Code::ReversedTimes, message, remedy));
            }
            days.dates = vec![(from, to)];
        }
        Some(Blocked { prison: prison.ok()?, days, at })
    }

    /// Closes slots of the sheet slots that fall on blocked dates, and says so.
    pub(super) fn close_slots(&mut self, slots: &mut [Value], blocked: &[Blocked]) {
        for (n, slot) in slots.iter_mut().enumerate() {
            let text = |field: &str| slot.get(field).and_then(Value::as_str).unwrap_or_default();
            let (start, end) = (text("start").parse::<WallTime>(), text("end").parse::<WallTime>());
            let (Ok(start), Ok(end)) = (start, end) else { continue };
            let to = if end.date() == start.date() { end.minute_of_day() } else { crate::cell::DAY };
            let is_shut = |shut: &&Blocked| shut.closes(text("prison"), start.date(), start.minute_of_day(), to);
            let Some(shut) = blocked.iter().find(is_shut) else { continue };
            let path = format!("slots[{n}]");
            let at = self.cells.get(&format!("{path}.start")).or_else(|| self.cells.get(&path)).copied();
            self.tell_closed(at, text("id").to_owned().as_str(), start.date(), shut.at);
            slot["tables"] = 0.into();
        }
    }

    /// Says that a slot is closed.
    pub(super) fn tell_closed(&mut self, at: Option<At>, id: &str, date: Date, by: At) {
        let by = self.book.name(At { column: None, ..by });
        let message = format!("The slot {id} on {} takes no visits: {by} blocks it.", date.long());
        let remedy = "If it is held all the same, delete that row; if not, requests need another slot.";
        let finding = Finding::warning(Code::NotBookable, "", message, remedy);
        self.push(crate::found::Found { finding, at });
    }
}

/// The slots that requests, pins and announced rides name, in small letters.
pub(super) fn named_slots(lists: &HashMap<&'static str, Vec<Value>>) -> HashSet<String> {
    let list = |name: &str| lists.get(name).map(Vec::as_slice).unwrap_or_default();
    let options = list("requests").iter().filter_map(|request| request.get("options")?.as_array()).flatten();
    let others = ["pins", "published"].into_iter().flat_map(list);
    options.chain(others).filter_map(|item| Some(item.get("slot")?.as_str()?.to_lowercase())).collect()
}
