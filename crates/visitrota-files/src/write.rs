//! From a problem to sheets. A cell that would only repeat what an empty one means is left empty, and a column that
//! nobody needs is left out.

mod cells;
mod letter;
mod literal;
mod locked;
mod times;

use std::collections::HashSet;

use serde_json::{Value, json};
use visitrota_model::{Problem, TravelSource, WallTime, Window};

use crate::cell::{Cell, Moment, quoted_if_odd};
use crate::sheets::{self, Column, Kind, Spec};
use cells::{cell, fill, row};
use letter::to_the_letter;
use times::{day, end, hour, moment, starts};

/// A sheet to be written.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) name: &'static str,
    /// What it and its columns are for; a sheet that is for reading alone has none.
    pub(crate) spec: Option<&'static Spec>,
    pub(crate) headings: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Option<Cell>>>,
}

impl Draft {
    fn new(spec: &'static Spec, rows: Vec<Vec<Option<Cell>>>) -> Self {
        let headings = spec.columns.iter().map(|column| column.name).collect();
        Self { name: spec.name, spec: Some(spec), headings, rows }
    }

    /// Leaves out the columns that no row and no reader needs.
    fn without_idle_columns(mut self) -> Self {
        let needed = |name: &&str| {
            let column = self.spec.and_then(|spec| spec.columns.iter().find(|column| column.name == *name));
            column.is_none_or(|column| column.needed)
        };
        let used = self
            .headings
            .iter()
            .enumerate()
            .map(|(n, name)| needed(name) || self.rows.iter().any(|row| row.get(n).is_some_and(Option::is_some)));
        let used: Vec<bool> = used.collect();
        let keep = |n: usize| used.get(n).copied().unwrap_or_default();
        let columns = self.headings.into_iter().enumerate();
        self.headings = columns.filter(|(n, _)| keep(*n)).map(|(_, name)| name).collect();
        for row in &mut self.rows {
            let cells = std::mem::take(row).into_iter().enumerate();
            *row = cells.filter(|(n, _)| keep(*n)).map(|(_, cell)| cell).collect();
        }
        self
    }
}

/// The sheets of a problem.
pub(crate) fn sheets(problem: &Problem) -> Result<Vec<Draft>, String> {
    let mut document = serde_json::to_value(problem).map_err(|error| error.to_string())?;
    to_the_letter(problem, &mut document);
    let list = |name: &str| document.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let starts = starts(&problem.slots);
    let mut drafts = vec![Draft::new(&sheets::SETTINGS, settings(&document))];
    for spec in sheets::ALL {
        let rows: Vec<_> = match spec.name {
            "settings" | "sessions" | "blocked dates" | "places" => continue,
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
            name => list(&name.replace(' ', "_")).iter().map(|json| row(spec, json)).collect(),
        };
        let is_matrix = matches!(problem.travel.source, TravelSource::Matrix { .. });
        let always = spec.name == "travel" && is_matrix
            || ["prisons", "slots", "volunteers", "families", "requests"].contains(&spec.name);
        if always || !rows.is_empty() {
            drafts.push(Draft::new(spec, rows).without_idle_columns());
        }
    }
    literal::quote_unknown(&mut drafts, problem);
    Ok(drafts)
}

fn settings(document: &Value) -> Vec<Vec<Option<Cell>>> {
    let all = sheets::ALL_SETTINGS.iter();
    let value = |path: &str| document.pointer(&format!("/{}", path.replace('.', "/")));
    all.filter_map(|setting| {
        // What the document leaves out because it is as usual stands here all the same, to be seen and changed.
        let cell = match value(setting.path) {
            Some(value) => cell(setting.kind, value),
            None => example(setting.kind, setting.default),
        }?;
        Some(vec![Some(Cell::Text(setting.name.to_owned())), Some(cell)])
    })
    .collect()
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

fn span(id: &str, Window { from, to }: Window, apart: bool) -> Vec<Option<Cell>> {
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

/// The sheets of the template: headings, examples, and what everything means.
pub(crate) fn template() -> Vec<Draft> {
    let mut drafts = vec![notes()];
    for spec in sheets::ALL {
        let examples = spec.examples.iter().map(|texts| {
            let cells = spec.columns.iter().zip(texts.iter().copied());
            cells.map(|(column, text)| example(column.kind, text)).collect()
        });
        drafts.push(Draft::new(spec, if spec.name == "settings" { usual_settings() } else { examples.collect() }));
    }
    drafts
}

fn usual_settings() -> Vec<Vec<Option<Cell>>> {
    let value = |setting: &sheets::Setting| match setting.path {
        "name" => "Example week",
        "week.from" => "2026-12-07",
        "week.to" => "2026-12-13",
        // Eleven hours, and five and a half: what a scheme can ask of a volunteer.
        // Before and after these nobody should be called on.
        "policy.volunteer_hours" => "06:30-21:00",
        "policy.family_hours" => "07:00-20:00",
        "policy.chaperone_throughout" => "yes",
        "policy.max_duty_min" => "660",
        "policy.max_driving_min" => "330",
        _ => setting.default,
    };
    let shown = sheets::ALL_SETTINGS.iter().filter(|setting| !value(setting).is_empty());
    shown
        .map(|setting| vec![Some(Cell::Text(setting.name.to_owned())), example(setting.kind, value(setting))])
        .collect()
}

fn example(kind: Kind, text: &str) -> Option<Cell> {
    let numeric = matches!(kind, Kind::Whole { .. } | Kind::Decimal);
    let time = || text.split_once(':').and_then(|(h, m)| Some(h.parse::<u32>().ok()? * 60 + m.parse::<u32>().ok()?));
    let number = text.parse().ok().filter(|_| numeric).map(Cell::Number);
    let time = time().filter(|_| kind == Kind::Time).map(|minute| Cell::Moment(Moment::Time(minute)));
    let date = || text.parse().ok().map(|date| Cell::Moment(Moment::Date(date)));
    number.or(time).or_else(date).or_else(|| Cell::text(text))
}

/// What every sheet, column and setting is for.
fn notes() -> Draft {
    let text = |text: &str| Cell::text(text);
    let row = |sheet: &str, what: &str, note: &str| vec![text(sheet), text(what), text(note)];
    let mut rows = vec![row(
        "",
        "",
        "The rows below the headings are examples: replace them. Delete sheets and columns that you do not need.",
    )];
    for spec in sheets::ALL {
        rows.push(row(spec.name, "", spec.note));
        for column in spec.columns {
            rows.push(row(spec.name, column.name, &note(column)));
        }
        if spec.name == "settings" {
            for setting in sheets::ALL_SETTINGS {
                rows.push(row(spec.name, setting.name, setting.note));
            }
        }
    }
    Draft { name: "notes", spec: None, headings: vec!["sheet", "column or setting", "what it is for"], rows }
}

/// What a column is for, whether it is needed, and what it is without.
pub(crate) fn note(column: &Column) -> String {
    let mut note = column.note.to_owned();
    if column.needed {
        note.push_str(" Needed.");
    } else if !column.default.is_empty() {
        note.push_str(&format!(" Empty = {}.", column.default));
    }
    note
}
