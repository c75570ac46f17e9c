//! From a problem to sheets. A cell that would only repeat what an empty one means is left empty, and a column that
//! nobody needs is left out.

mod cells;
mod draft;
mod letter;
mod literal;
mod locked;
mod settings;
mod template;
mod times;

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};
use visitrota_model::{Contact, Language, Problem, TravelSource, WallTime, Window};

use crate::cell::{Cell, quoted_if_odd};
use crate::sheets::{self, Kind, Spec};
use cells::{cell, fill, row};
pub(crate) use draft::Draft;
use letter::to_the_letter;
pub(crate) use template::{examples, note, template};
use times::{day, end, hour, moment, starts};

/// Fills in how somebody is reached.
fn reached(spec: &Spec, row: &mut [Option<Cell>], item: &Value, contacts: &BTreeMap<String, Contact>) {
    let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
    let Some(Contact { phone, language, notes, .. }) = contacts.get(id) else { return };
    let language = if *language == Language::default() { "" } else { language.code() };
    for (column, text) in [("phone", phone.as_str()), ("language", language), ("notes", notes)] {
        let cell = (!text.is_empty()).then(|| Cell::Text(quoted_if_odd(text)));
        if cell.is_some() {
            fill(spec, row, column, cell);
        }
    }
}

/// The sheets of a problem, and of how people are reached.
pub(crate) fn sheets(problem: &Problem, contacts: &BTreeMap<String, Contact>) -> Result<Vec<Draft>, String> {
    let mut document = serde_json::to_value(problem).map_err(|error| error.to_string())?;
    to_the_letter(problem, &mut document);
    let list = |name: &str| document.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let starts = starts(&problem.slots);
    let mut drafts = Vec::new();
    for spec in sheets::ALL {
        let rows: Vec<_> = match spec.name {
            "sessions" | "blocked dates" | "places" => continue,
            "settings" | "more settings" => settings::rows(spec, &document),
            "people" => list("families").iter().flat_map(|family| people(spec, family)).collect(),
            "availability" => {
                let of = |id: &str, windows: &[Window]| {
                    let apart = touching(windows);
                    let spans = windows.iter().enumerate().map(|(n, window)| span(id, *window, apart.contains(&n)));
                    spans.collect::<Vec<_>>()
                };
                let volunteers = problem.volunteers.iter().flat_map(|one| of(one.id.as_str(), &one.available));
                let families = problem.families.iter().flat_map(|one| of(one.id.as_str(), &one.available));
                volunteers.chain(families).collect()
            }
            "travel" => legs(problem)?,
            "slots" => list("slots")
                .iter()
                .zip(&problem.slots)
                .map(|(json, slot)| {
                    let mut row = row(spec, json);
                    let times =
                        [("date", day(slot.start)), ("start", hour(slot.start)), ("end", end(slot.start, slot.end))];
                    for (name, cell) in times {
                        fill(spec, &mut row, name, Some(cell));
                    }
                    row
                })
                .collect(),
            "requests" => list("requests")
                .iter()
                .zip(&problem.requests)
                .map(|(json, request)| {
                    let mut row = row(spec, json);
                    fill(spec, &mut row, "family", cell(Kind::Refs("families"), &json!(request.families)));
                    row
                })
                .collect(),
            "published" => list("published")
                .iter()
                .zip(&problem.published)
                .map(|(json, entry)| {
                    let mut row = row(spec, json);
                    let date = starts.get(entry.slot.as_str()).copied();
                    for (name, time) in [("pickup", entry.pickup), ("home", entry.home)] {
                        fill(spec, &mut row, name, time.map(|time| moment(date, time)));
                    }
                    row
                })
                .collect(),
            "locked" => locked::rows(&problem.locked, &starts)?,
            name => list(&name.replace(' ', "_"))
                .iter()
                .map(|json| {
                    let mut row = row(spec, json);
                    reached(spec, &mut row, json, contacts);
                    row
                })
                .collect(),
        };
        let is_matrix = matches!(problem.travel.source, TravelSource::Matrix { .. });
        let always = spec.name == "travel" && is_matrix
            || ["settings", "prisons", "slots", "volunteers", "families", "requests"].contains(&spec.name);
        if always || !rows.is_empty() {
            drafts.push(Draft::new(spec, rows).without_idle_columns());
        }
    }
    literal::quote_unknown(&mut drafts, problem);
    Ok(drafts)
}

fn people(spec: &Spec, family: &Value) -> Vec<Vec<Option<Cell>>> {
    let id = family.get("id").and_then(Value::as_str).unwrap_or_default();
    let members = family.get("members").and_then(Value::as_array).into_iter().flatten();
    members
        .map(|member| {
            let mut cells = row(spec, member);
            if let Some(first) = cells.first_mut() {
                *first = Some(Cell::Text(quoted_if_odd(id)));
            }
            cells
        })
        .collect()
}

fn span(id: &str, Window { from, to, .. }: Window, apart: bool) -> Vec<Option<Cell>> {
    // Windows that touch are one where sheets are read, unless they say that they are not.
    let date = if apart { Cell::Text(format!("{} apart", from.date())) } else { day(from) };
    vec![Some(Cell::Text(quoted_if_odd(id))), Some(date), Some(hour(from)), Some(end(from, to))]
}

/// Which windows touch or overlap another.
fn touching(windows: &[Window]) -> HashSet<usize> {
    let mut order: Vec<(usize, &Window)> = windows.iter().enumerate().collect();
    order.sort_by_key(|(_, window)| (window.from, window.to));
    let mut touching = HashSet::new();
    let mut before: Option<(usize, WallTime)> = None;
    for (n, window) in order {
        if let Some((last, _)) = before.filter(|(_, to)| window.from <= *to) {
            touching.extend([last, n]);
        }
        if before.is_none_or(|(_, to)| to < window.to) {
            before = Some((n, window.to));
        }
    }
    touching
}

fn legs(problem: &Problem) -> Result<Vec<Vec<Option<Cell>>>, String> {
    let TravelSource::Matrix { places, minutes, metres } = &problem.travel.source else { return Ok(Vec::new()) };
    let square = |table: &[Vec<u32>]| table.len() == places.len() && table.iter().all(|row| row.len() == places.len());
    if !square(minutes) || !square(metres) {
        return Err("its travel matrix has rows or columns of the wrong length".to_owned());
    }
    let mut rows = Vec::new();
    for ((from, minutes), metres) in places.iter().zip(minutes).zip(metres) {
        for ((to, minutes), metres) in places.iter().zip(minutes).zip(metres) {
            let name = |id: &str| Some(Cell::Text(quoted_if_odd(id)));
            let number = |number: u32| Some(Cell::Number(number.into()));
            rows.push(vec![name(from.as_str()), name(to.as_str()), number(*minutes), number(*metres)]);
        }
    }
    Ok(rows)
}
