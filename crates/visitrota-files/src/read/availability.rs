//! When people can be out: windows from dates and patterns, less what is taken away.

use std::collections::HashMap;

use serde_json::{Value, json};
use visitrota_model::{Code, Date, Measure, Week};

use super::reader::{Reader, ids};
use super::spans::{Span, joined, less, merged, whole_week};
use super::table::Table;
use crate::book::{At, Row};
use crate::cell::{Cell, DAY, plain};
use crate::sheets::AVAILABILITY;
use crate::value::{self, Fault, date_fault};
use crate::when::{self, Clock, Pattern};

/// More days than any pattern of dates is meant to have.
const MOST_DAYS: i64 = 400;

/// A time of day, with a date or without.
type Timed = (Option<Date>, u32);

/// What the rows of one person say.
#[derive(Debug, Default)]
struct Person {
    given: Vec<Span>,
    taken: Vec<Span>,
    /// A row that gives hours, though they may fall into no day of the week.
    gives: bool,
    last: Option<At>,
}

impl Reader<'_> {
    /// Gives volunteers and families the windows of their rows.
    pub(super) fn availability(&mut self, document: &Value, lists: &mut HashMap<&str, Vec<Value>>) {
        let week: Option<Week> = serde_json::from_value(document["week"].clone()).ok();
        let mut people: HashMap<(&str, usize), Person> = HashMap::new();
        let mut known: HashMap<String, (&str, usize)> = HashMap::new();
        let limits = self.book.limits;
        let mut made = 0;
        for list in ["families", "volunteers"] {
            let of_list = lists.get(list).map(Vec::as_slice).unwrap_or_default();
            known.extend(ids(of_list).zip(0..).map(|(id, n)| (id.to_owned(), (list, n))));
        }
        let mut sorted: Vec<_> = known.keys().map(String::as_str).collect();
        sorted.sort_unstable();
        if let (Some(table), Some(week)) = (self.table(&AVAILABILITY), week) {
            for row in &table.rows {
                let at = table.at(row, "who");
                let id = match table.cell(row, "who").map(value::text) {
                    Some(Ok(id)) => id,
                    Some(Err(fault)) => {
                        self.fault(at, fault);
                        continue;
                    }
                    None => {
                        if table.column("who").is_some() {
                            self.missing(at, "who", "the id of a volunteer or a family.");
                        }
                        continue;
                    }
                };
                let known_as = known.get(&id);
                if known_as.is_none() || self.misnamed.contains(&(table.sheet, row.number)) {
                    // Whose windows these are, nobody knows: anybody may have them.
                    self.vague.insert(("availability".to_owned(), 0));
                }
                let Some(&(list, n)) = known_as else {
                    let known = sorted.iter().copied();
                    self.report_unknown(at, "volunteer or family", &id, known, &["families", "volunteers"]);
                    // Whoever is meant, what the row says must be understood.
                    if let Err((at, fault)) = rule(&table, row, week, self.near) {
                        self.fault(at, fault);
                    }
                    continue;
                };
                let person = people.entry((list, n)).or_default();
                person.last = Some(table.row(row));
                self.night(&table, row);
                let rule = rule(&table, row, week, self.near);
                made += rule.as_ref().map_or(0, |(_, spans)| spans.len() as u64);
                if let Err(large) = limits.hold(Measure::Made, made) {
                    self.report(table.row(row), large.finding());
                    return;
                }
                match rule {
                    Ok((true, spans)) => {
                        if let Some(span) = spans.iter().find(|span| span.to <= span.from) {
                            let message = "The hours taken out here end before they begin.";
                            let remedy = "Correct the hours. If they run past midnight, use two rows.";
                            self.fault(span.to_at, Fault::new(Code::ReversedTimes, message, remedy));
                        }
                        person.taken.extend(spans);
                    }
                    Ok((false, spans)) => {
                        person.gives = true;
                        person.given.extend(spans);
                    }
                    Err((at, fault)) => {
                        person.gives = true;
                        self.vague.insert((list.to_owned(), n));
                        self.fault(at, fault);
                    }
                }
            }
        }
        let Some(week) = week else { return };
        let mut left = limits.most(Measure::Made);
        for list in ["volunteers", "families"] {
            for (n, item) in lists.entry(list).or_default().iter_mut().enumerate() {
                let person = people.remove(&(list, n));
                let last = person.as_ref().and_then(|person| person.last);
                let windows = person.map(|person| self.windows(person, list, n, week, left)).unwrap_or_default();
                let many = limits.too_large(Measure::Made);
                let Some(still) = left.checked_sub(windows.len() as u64) else {
                    if let Some(at) = last {
                        self.report(at, many.finding());
                    }
                    return;
                };
                left = still;
                let json = windows.iter().map(|span| json!({ "from": span.from, "to": span.to }));
                item["available"] = json.collect();
                for (k, span) in windows.iter().enumerate() {
                    let path = format!("{list}[{n}].available[{k}]");
                    self.cells.insert(format!("{path}.from"), span.from_at);
                    self.cells.insert(format!("{path}.to"), span.to_at);
                    self.cells.insert(path, span.row);
                }
            }
        }
    }

    /// The windows of a person: what is given, less what is taken away.
    /// Where they are more than `most`, there is one more of them.
    fn windows(&mut self, mut person: Person, list: &str, n: usize, week: Week, most: u64) -> Vec<Span> {
        let vague = self.vague.contains(&(list.to_owned(), n));
        let is_family = list == "families";
        if !person.gives
            && let Some(row) = person.last
        {
            if !is_family {
                let message = "The sheet says when this volunteer is not free, but not when they are.";
                let remedy = "Add a row with `every day`, or the days that they are free, in the column when.";
                self.fault(row, Fault::new(Code::MissingField, message, remedy));
                self.vague.insert((list.to_owned(), n));
                return Vec::new();
            }
            person.given = person.taken.first().map(|span| whole_week(week, *span)).into_iter().collect();
        }
        let taken = joined(person.taken);
        let most = usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1);
        let windows: Vec<_> = person.given.into_iter().flat_map(|span| less(span, &taken)).take(most).collect();
        let windows = merged(windows);
        if windows.is_empty()
            && is_family
            && !vague
            && let Some(row) = person.last
        {
            let message = format!(
                "This family's rows leave it no free time from {} to {}. A family with no rows counts as always free.",
                week.from.long(),
                week.to.long()
            );
            let remedy = "Correct the days, or delete the family's requests.";
            self.fault(row, Fault::new(Code::WindowOutsideWeek, message, remedy));
        }
        windows
    }
}

/// What a row says: whether it takes away, and the spans.
fn rule(table: &Table<'_>, row: &Row, week: Week, near: Option<Date>) -> Result<(bool, Vec<Span>), (At, Fault)> {
    let at = |name| table.at(row, name);
    let time = |name| match table.cell(row, name) {
        Some(cell) if is_all_day(cell) => Ok(None),
        cell => cell.map(|cell| value::clocked(cell, near)).transpose().map_err(|fault| (at(name), fault)),
    };
    let (from, to) = ends(time("from")?, time("to")?);
    let Some(cell) = table.cell(row, "when") else {
        let Some((Some(date), begin)) = from else {
            let message = "The day is missing.";
            let remedy = "Give it in the column when: a date, weekdays such as every Sat, or every day.";
            return Err((at("when"), Fault::new(Code::MissingField, message, remedy)));
        };
        let (last, end) = to.unwrap_or((None, DAY));
        let span = Span {
            from: date.at(begin),
            to: last.unwrap_or(date).at(end),
            row: table.row(row),
            from_at: at("from"),
            to_at: if to.is_some() { at("to") } else { at("from") },
            apart: false,
        };
        return Ok((false, vec![span]));
    };
    let pattern = days(cell, near).map_err(|fault| (at("when"), fault))?;
    let twice = |name| {
        let message = "The hours are given in the column when and here.";
        (at(name), Fault::new(Code::FieldConflict, message, "Keep one of the two."))
    };
    let begin = match (pattern.from, from) {
        (Some(_), Some(_)) => return Err(twice("from")),
        (_, Some((Some(_), _))) => {
            let message = "This cell holds a date, but the column when holds days.";
            return Err((at("from"), Fault::new(Code::FieldConflict, message, "Give only the time of day.")));
        }
        (hour, None) => hour.unwrap_or(0),
        (None, Some((None, minute))) => minute,
    };
    let (last, end) = match (pattern.to, to) {
        (Some(_), Some(_)) => return Err(twice("to")),
        (_, Some((Some(_), _))) if pattern.only_date().is_none() => {
            let message = "This cell holds a date, but the column when holds several days.";
            return Err((at("to"), Fault::new(Code::FieldConflict, message, "Give only the time of day.")));
        }
        (hour, None) => (None, hour.unwrap_or(DAY)),
        (None, Some(moment)) => moment,
    };
    let pick = |name, given: bool| if given { at(name) } else { at("when") };
    let like = Span {
        from: week.from.midnight(),
        to: week.from.midnight(),
        row: table.row(row),
        from_at: pick("from", from.is_some()),
        to_at: pick("to", to.is_some()),
        apart: pattern.apart,
    };
    if pattern.always && pattern.but.is_none() && begin == 0 && end == DAY && last.is_none() {
        return Ok((pattern.not, vec![whole_week(week, like)]));
    }
    if pattern.not && last.is_none() && end <= begin {
        let message = "The hours taken out end before they begin.";
        return Err((like.to_at, Fault::new(Code::ReversedTimes, message, "Correct one of the two times.")));
    }
    let mut dates = Vec::new();
    for &(first, last) in &pattern.dates {
        let days = last.days_since(first);
        if !(0..=MOST_DAYS).contains(&days) {
            let message = "The dates run backwards or cover more than a year.";
            return Err((at("when"), Fault::new(Code::ReversedTimes, message, "Correct one of the two dates.")));
        }
        dates.extend((0..=u32::try_from(days).unwrap_or_default()).map(|day| first.plus_days(day)));
    }
    let weekly = Pattern { dates: Vec::new(), ..pattern.clone() };
    dates.extend(days_of(week).filter(|date| weekly.holds_on(*date)));
    let spans = dates.into_iter().map(|date| Span { from: date.at(begin), to: last.unwrap_or(date).at(end), ..like });
    Ok((pattern.not, spans.collect()))
}

/// Whether a cell says that no hour of the day is left out.
fn is_all_day(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if ["allday", "anytime", "any"].contains(&plain(text).as_str()))
}

/// The hours of two cells as they are meant.
fn ends(from: Option<(Option<Date>, Clock)>, to: Option<(Option<Date>, Clock)>) -> (Option<Timed>, Option<Timed>) {
    match (from, to) {
        (Some((first, from)), Some((None, to))) => {
            let (from, to) = when::span_of_day(from, to);
            (Some((first, from)), Some((None, to)))
        }
        (from, to) => {
            let plain = |end: Option<(Option<Date>, Clock)>| end.map(|(date, clock)| (date, clock.minute));
            // Nobody is free until five in the morning.
            let last = to.map(|(date, clock)| (date, if date.is_none() { clock.bound() } else { clock.minute }));
            (plain(from), last)
        }
    }
}

/// The days that a cell names: a date, or a pattern.
pub(super) fn days(cell: &Cell, near: Option<Date>) -> Result<Pattern, Fault> {
    let on = |date| Pattern { dates: vec![(date, date)], ..Pattern::default() };
    let Cell::Text(text) = cell else { return value::date(cell, near).map(on) };
    when::pattern(text, near).or_else(|wrong| {
        value::date(cell, near).map(on).map_err(|_| match wrong {
            when::Wrong::Unreadable => {
                let message = format!("The days \"{text}\" cannot be understood.");
                let remedy =
                    "Write a date, or days such as every Sat, Mon-Fri 9am-5pm, weekend, every day or not 5 Dec.";
                Fault::new(Code::WrongType, message, remedy)
            }
            wrong => date_fault(text, &wrong),
        })
    })
}

/// The dates of a week, of which there are not too many.
pub(super) fn days_of(week: Week) -> impl Iterator<Item = Date> {
    let days = week.to.days_since(week.from).clamp(-1, MOST_DAYS);
    (0..=days).filter_map(|day| u32::try_from(day).ok()).map(move |day| week.from.plus_days(day))
}
