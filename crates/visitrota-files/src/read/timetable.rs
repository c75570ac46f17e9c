//! Slots: those given one by one, and those that a prison's timetable makes for the week; and which of them can still
//! be booked.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use visitrota_model::{Code, Date, Finding, Measure, WallTime, Week};

use super::availability::days;
use super::blocked::named_slots;
use super::reader::{Reader, ids};
use super::sessions::{Held, Session, of_week};
use super::table::Table;
use super::unsure::Unsure;
use crate::amount::is_unlimited;
use crate::book::{At, Row};
use crate::booking;
use crate::cell::{Cell, clock};
use crate::sheets::SESSIONS;
use crate::value::{self, Fault};
use crate::when::{self, Clock};

/// When a prison takes bookings.
#[derive(Debug)]
pub(super) struct Booking {
    prison: String,
    lead_days: Option<u32>,
    window_days: Option<u32>,
}

/// A time of day, with a date or without.
type Timed = (Option<Date>, u32);

impl<'a> Reader<'a> {
    /// The slots of the sheet slots, with their times.
    pub(super) fn slots(
        &mut self,
        table: &Table<'a>,
        items: Vec<Value>,
        lists: &HashMap<&str, Vec<Value>>,
    ) -> Vec<Value> {
        let prisons = lists.get("prisons").map(Vec::as_slice).unwrap_or_default();
        let mut slots = Vec::new();
        for ((n, row), mut slot) in table.rows.iter().enumerate().zip(items) {
            let path = format!("slots[{n}]");
            if slot.get("prison").is_none() {
                slot["prison"] = self.only_prison(table, row, prisons).unwrap_or_default().into();
            }
            let date = table.cell(row, "date").map(|cell| value::date(cell, self.near)).transpose();
            let is_unread = date.is_err();
            let date = date.unwrap_or_else(|fault| {
                self.fault(table.at(row, "date"), fault);
                self.near
            });
            let (start, end) = self.times_of(table, row, true);
            let start = start.map(|(day, minute)| (day.or(date), minute));
            let start = start.and_then(|(day, minute)| {
                if day.is_none() && !is_unread {
                    self.missing(table.at(row, "date"), "date", "the date of the visit.");
                }
                Some(day?.at(minute))
            });
            let end = end.zip(start).map(|((day, minute), start)| day.or(date).unwrap_or(start.date()).at(minute));
            if start.is_none() || end.is_none() {
                self.vague.insert(("slots".to_owned(), n));
            }
            if slot.get("id").and_then(Value::as_str).is_none_or(str::is_empty) {
                self.unsure.push(Unsure { id: None, is_whole: true, row: table.row(row) });
            }
            let stand_in = self.near.map(|near| near.at(0));
            slot["start"] = json!(start.or(stand_in));
            slot["end"] = json!(end.or(stand_in));
            for (name, column) in ["start", "end"].into_iter().zip(given_in(table, row)) {
                self.cells.insert(format!("{path}.{name}"), table.at(row, column));
            }
            slots.push(slot);
        }
        slots
    }

    /// When a visit starts and ends: in its two cells, or both in the first, `2-4pm`. What is missing is told where it
    /// must be there.
    fn times_of(&mut self, table: &Table<'_>, row: &Row, needed: bool) -> (Option<Timed>, Option<Timed>) {
        if let (Some(Cell::Text(text)), None) = (table.cell(row, "start"), table.cell(row, "end"))
            && let Some((from, to)) = when::event(text)
        {
            return (Some((None, from)), Some((None, to)));
        }
        let start = self.clock_of(table, row, "start", needed);
        // What cannot be read may hold both.
        let may_hold_both = start.is_none() && table.cell(row, "start").is_some();
        let end = self.clock_of(table, row, "end", needed && !may_hold_both);
        match (start, end) {
            (Some((day, start)), Some((None, end))) => {
                let (from, to) = when::span(start, end);
                (Some((day, from)), Some((None, to)))
            }
            (start, end) => {
                let plain = |end: Option<(Option<Date>, Clock)>| end.map(|(date, clock)| (date, clock.minute));
                (plain(start), plain(end))
            }
        }
    }

    fn clock_of(&mut self, table: &Table<'_>, row: &Row, name: &str, needed: bool) -> Option<(Option<Date>, Clock)> {
        let at = table.at(row, name);
        match table.cell(row, name).map(|cell| value::clocked(cell, self.near)) {
            Some(Ok(time)) => return Some(time),
            Some(Err(fault)) => self.fault(at, fault),
            // A column that must be there is missed once, at the headings.
            None if needed && (table.column(name).is_some() || !table.must_have(name)) => {
                self.missing(at, name, "a time of day such as 14:00.");
            }
            None => {}
        }
        None
    }

    /// The prison meant where none is named.
    pub(super) fn only_prison(&mut self, table: &Table<'_>, row: &Row, prisons: &[Value]) -> Option<String> {
        let mut all = ids(prisons);
        if let (Some(only), None) = (all.next(), all.next()) {
            return Some(only.to_owned());
        }
        self.missing(
            table.at(row, "prison"),
            "prison",
            "which of the prisons; it may be empty where there is only one.",
        );
        None
    }

    /// Adds the slots that the timetable makes. When each prison takes bookings comes back.
    pub(super) fn timetable(
        &mut self,
        prisons: Option<&Table<'a>>,
        lists: &mut HashMap<&'static str, Vec<Value>>,
    ) -> Vec<Booking> {
        let known = lists.get("prisons").cloned().unwrap_or_default();
        let bookings = prisons.map(|table| self.bookings(table, &known)).unwrap_or_default();
        let blocked = self.blocked(&known);
        self.close_slots(lists.entry("slots").or_default(), &blocked);
        let mut named = named_slots(lists);
        named.extend(self.locked_slots().into_iter().map(|slot| slot.to_lowercase()));
        if let Some(table) = self.table(&SESSIONS) {
            let sessions: Vec<_> = table.rows.iter().filter_map(|row| self.session(&table, row, &known)).collect();
            let slots = lists.entry("slots").or_default();
            let Some(from) = self.near else { return bookings };
            let to = self.last_day.unwrap_or(from);
            let limits = self.book.limits;
            let dates: usize = sessions.iter().map(|session| session.days.dates.len() + 1).sum();
            let days = u64::try_from(to.days_since(from)).unwrap_or_default().saturating_add(1);
            let made = (sessions.len() as u64).saturating_mul(days);
            let steps = made.saturating_mul(blocked.len() as u64).saturating_add(days.saturating_mul(dates as u64));
            let held = limits.hold(Measure::Made, made).and_then(|()| limits.hold(Measure::Steps, steps));
            if let Err(large) = held {
                let at = At { sheet: table.sheet, row: None, column: None };
                self.report(at, large.finding());
                return bookings;
            }
            for Held { session, date, shut, id } in of_week(&sessions, &blocked, Week::new(from, to)) {
                // One that nobody asks for is passed over, unless it was put on that very date.
                let is_dated = !session.days.dates.is_empty();
                if let Some(by) = shut {
                    if !is_dated && !named.contains(&id.to_lowercase()) {
                        continue;
                    }
                    self.tell_closed(Some(table.row(session.row)), &id, date, by);
                }
                let n = slots.len();
                let at = |name| table.at(session.row, name);
                let path = format!("slots[{n}]");
                let [start, end] = given_in(&table, session.row);
                for (field, name) in
                    [("id", "id"), ("prison", "prison"), ("start", start), ("end", end), ("tables", "tables")]
                {
                    self.cells.insert(format!("{path}.{field}"), at(name));
                }
                self.cells.insert(path, table.row(session.row));
                let mut slot = json!({
                    "id": id, "prison": session.prison, "start": date.at(session.start), "end": date.at(session.end)
                });
                let tables = if shut.is_some() { Some(0) } else { session.tables };
                if let Some(tables) = tables {
                    slot["tables"] = tables.into();
                }
                slots.push(slot);
            }
        }
        bookings
    }

    fn bookings(&mut self, table: &Table<'a>, prisons: &[Value]) -> Vec<Booking> {
        let mut bookings = Vec::new();
        for (row, prison) in table.rows.iter().zip(prisons) {
            let lead_days = self.whole(table, row, "lead days");
            let window_days = self.whole(table, row, "booking window");
            let prison = prison.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            bookings.push(Booking { prison, lead_days, window_days });
        }
        bookings
    }

    fn whole(&mut self, table: &Table<'_>, row: &Row, name: &str) -> Option<u32> {
        let kind = table.spec.column(name).and_then(|column| table.spec.columns.get(column))?.kind;
        let cell = table.cell(row, name).filter(|cell| !is_unlimited(cell))?;
        match value::read_of(name, kind, cell, self.near) {
            Ok(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
            Err(fault) => {
                self.fault(table.at(row, name), fault);
                None
            }
        }
    }

    pub(super) fn date_of(&mut self, table: &Table<'_>, row: &Row, name: &str) -> Result<Option<Date>, ()> {
        let date = table.cell(row, name).map(|cell| value::date(cell, self.near)).transpose();
        date.map_err(|fault| self.fault(table.at(row, name), fault))
    }

    /// The prison that a row names, or the only one; an inner none where it names none.
    pub(super) fn prison_of(&mut self, table: &Table<'_>, row: &Row, prisons: &[Value]) -> Result<Option<String>, ()> {
        let at = table.at(row, "prison");
        let id = table.cell(row, "prison").map(value::text).transpose().map_err(|fault| self.fault(at, fault))?;
        match id {
            Some(id) if !ids(prisons).any(|known| known == id) => {
                self.report_unknown(at, "prison", &id, ids(prisons), &["prisons"]);
                Err(())
            }
            id => Ok(id),
        }
    }

    /// The session of a row. One that cannot be read may make slots all the same, which others name.
    fn session(&mut self, table: &Table<'a>, row: &'a Row, prisons: &[Value]) -> Option<Session<'a>> {
        let before = self.tally.errors();
        let prison = match self.prison_of(table, row, prisons) {
            Ok(None) => self.only_prison(table, row, prisons),
            Ok(id) => id,
            Err(()) => None,
        };
        let id = table.cell(row, "id").map(value::text).transpose();
        let is_id_unread = id.is_err();
        let id = id.unwrap_or_else(|fault| {
            self.fault(table.at(row, "id"), fault);
            None
        });
        let called = id.clone().or(prison.clone()).filter(|_| !is_id_unread);
        let unsure = Unsure { is_whole: id.is_some(), id: called, row: table.row(row) };
        let session = self.session_called(table, row, id, prison, before);
        if session.is_none() {
            self.unsure.push(unsure);
        }
        session
    }

    fn session_called(
        &mut self,
        table: &Table<'a>,
        row: &'a Row,
        id: Option<String>,
        prison: Option<String>,
        before: usize,
    ) -> Option<Session<'a>> {
        let at_day = table.at(row, "day");
        let pattern = match table.cell(row, "day").map(|cell| days(cell, self.near)) {
            Some(Ok(pattern)) if pattern.not || pattern.from.is_some() != pattern.to.is_some() => {
                let message = "This cell must hold days, with hours from and to or without.";
                let remedy = "Give weekdays or a date, such as Sat or Sat 2-4pm. Hours may stand in start and end, days \
                              off on the sheet blocked dates.";
                self.fault(at_day, Fault::new(Code::WrongType, message, remedy));
                None
            }
            Some(Ok(pattern)) => Some(pattern),
            Some(Err(fault)) => {
                self.fault(at_day, fault);
                None
            }
            None => {
                if table.column("day").is_some() {
                    self.missing(at_day, "day", "weekdays such as Sat, or a date.");
                }
                None
            }
        };
        let own = pattern.as_ref().and_then(|pattern| pattern.from.zip(pattern.to));
        let (mut start, mut end) = self.times_of(table, row, own.is_none());
        if let Some((from, to)) = own {
            if start.is_some() || end.is_some() {
                let message = "The hours are given in the column day and here.";
                self.fault(table.at(row, "start"), Fault::new(Code::FieldConflict, message, "Keep one of the two."));
            }
            (start, end) = (Some((None, from)), Some((None, to)));
        }
        let (from, to) = (self.date_of(table, row, "from"), self.date_of(table, row, "to"));
        let tables = self.whole(table, row, "tables").map(u64::from);
        let every = self.whole(table, row, "every").unwrap_or(1);
        if every > 1 && from == Ok(None) {
            let message = format!("The session runs every {every} weeks, but the first week is not given.");
            let remedy = "Put a date in its first week in the column from.";
            self.fault(table.at(row, "from"), Fault::new(Code::MissingField, message, remedy));
        }
        let (pattern, (_, start), (_, end)) = (pattern?, start?, end?);
        if end <= start {
            let message =
                format!("The session ends at {}, which is not after it starts at {}.", clock(end), clock(start));
            self.fault(table.at(row, "end"), Fault::new(Code::ReversedTimes, message, "Correct one of the two."));
        }
        if let (Ok(Some(from)), Ok(Some(to))) = (from, to)
            && to < from
        {
            let message = format!("The session ends on {}, before it first runs on {}.", to.long(), from.long());
            self.fault(table.at(row, "to"), Fault::new(Code::ReversedTimes, message, "Swap the two, or correct one."));
        }
        if self.tally.errors() > before {
            return None;
        }
        let every = every.into();
        Some(Session {
            id,
            prison: prison?,
            days: pattern,
            start,
            end,
            tables,
            from: from.ok()?,
            to: to.ok()?,
            every,
            row,
        })
    }

    /// Tells which slots that somebody asks for cannot be booked as of today.
    pub(super) fn bookable(&mut self, bookings: &[Booking], lists: &HashMap<&str, Vec<Value>>, today: Date) {
        let requests = lists.get("requests").map(Vec::as_slice).unwrap_or_default();
        let options = requests.iter().filter_map(|request| request.get("options")?.as_array()).flatten();
        let asked: HashSet<_> = options.filter_map(|option| option.get("slot")?.as_str()).collect();
        let slots = lists.get("slots").map(Vec::as_slice).unwrap_or_default();
        let unread = |n: usize| self.vague.contains(&("slots".to_owned(), n));
        let slots: Vec<_> = slots.iter().enumerate().filter(|(n, _)| !unread(*n)).collect();
        for (n, slot) in slots {
            let text = |field: &str| slot.get(field).and_then(Value::as_str).unwrap_or_default();
            let Ok(start) = text("start").parse::<WallTime>() else { continue };
            let booking = bookings.iter().find(|booking| booking.prison == text("prison"));
            let (Some(booking), true) = (booking, asked.contains(text("id"))) else { continue };
            let (date, id) = (start.date(), text("id"));
            let first = booking.lead_days.map(|days| (days, booking::first_bookable(today, days)));
            let last = booking.window_days.map(|days| (days, today.plus_days(days)));
            let (message, remedy) = match (first, last) {
                (Some((days, first)), _) if date < first => (
                    format!(
                        "The slot {id} on {} can no longer be booked: today is {}, and with {days} working days' notice \
                         the first possible date is {}.",
                        date.long(),
                        today.long(),
                        first.long()
                    ),
                    "If it is already booked, ignore this. If not, ask the prison, or delete the slot.",
                ),
                (_, Some((days, last))) if date > last => (
                    format!(
                        "The slot {id} on {} cannot be booked yet: today is {}, and the prison takes bookings {days} days \
                         ahead, up to {}.",
                        date.long(),
                        today.long(),
                        last.long()
                    ),
                    "Book it later, or correct the booking window of the prison.",
                ),
                _ => continue,
            };
            let path = format!("slots[{n}]");
            let at: Option<At> = self.cells.get(&format!("{path}.start")).or_else(|| self.cells.get(&path)).copied();
            let finding = Finding::warning(Code::NotBookable, format!("{path}.start"), message, remedy);
            self.push(crate::found::Found { finding: finding.with_value(start), at });
        }
    }
}

/// The columns in which the start and the end of a visit stand: both may be given in that of the start, or of the day.
fn given_in(table: &Table<'_>, row: &Row) -> [&'static str; 2] {
    let has = |name: &str| table.cell(row, name).is_some();
    match (has("start"), has("end")) {
        (false, false) if has("day") => ["day", "day"],
        (true, false) => ["start", "start"],
        _ => ["start", "end"],
    }
}
