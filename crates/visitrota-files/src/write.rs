//! From a problem to sheets. A cell that would only repeat what an empty one means is left empty, and a column that
//! nobody needs is left out.

use serde_json::{Map, Value};
use visitrota_model::{Problem, TravelSource, WallTime, Window};

use crate::cell::{Cell, DAY, Moment, clock, item, quoted_if_odd};
use crate::sheets::{self, Column, Kind, Spec};

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
    let document = serde_json::to_value(problem).map_err(|error| error.to_string())?;
    let list = |name: &str| document.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut drafts = vec![Draft::new(&sheets::SETTINGS, settings(&document))];
    for spec in sheets::ALL {
        let rows: Vec<_> = match spec.name {
            "settings" | "sessions" | "blocked dates" | "places" => continue,
            "people" => list("families").iter().flat_map(|family| people(spec, family)).collect(),
            "availability" => {
                let of =
                    |id: &str, windows: &[Window]| windows.iter().map(|window| span(id, *window)).collect::<Vec<_>>();
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
                        if let Some(place) = spec.column(name).and_then(|column| row.get_mut(column)) {
                            *place = Some(cell);
                        }
                    }
                    row
                })
                .collect(),
            name => list(name).iter().map(|json| row(spec, json)).collect(),
        };
        let is_matrix = matches!(problem.travel.source, TravelSource::Matrix { .. });
        let always = spec.name == "travel" && is_matrix
            || ["prisons", "slots", "volunteers", "families", "requests"].contains(&spec.name);
        if always || !rows.is_empty() {
            drafts.push(Draft::new(spec, rows).without_idle_columns());
        }
    }
    Ok(drafts)
}

fn row(spec: &Spec, json: &Value) -> Vec<Option<Cell>> {
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

fn settings(document: &Value) -> Vec<Vec<Option<Cell>>> {
    let all = sheets::ALL_SETTINGS.iter();
    let value = |path: &str| document.pointer(&format!("/{}", path.replace('.', "/")));
    all.filter_map(|setting| {
        let cell = cell(setting.kind, value(setting.path)?)?;
        Some(vec![Some(Cell::Text(setting.name.to_owned())), Some(cell)])
    })
    .collect()
}

/// A value of the problem document as a cell.
fn cell(kind: Kind, value: &Value) -> Option<Cell> {
    let texts = || value.as_array().into_iter().flatten();
    let joined = |items: Vec<String>| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    let text = match kind {
        Kind::Whole { .. } | Kind::Decimal => return value.as_f64().map(Cell::Number),
        Kind::YesNo => if value.as_bool()? { "yes" } else { "no" }.to_owned(),
        Kind::Date => return value.as_str()?.parse().ok().map(|date| Cell::Moment(Moment::Date(date))),
        Kind::Choices(_) | Kind::List => joined(texts().filter_map(Value::as_str).map(item).collect()),
        Kind::Holds => joined(texts().filter_map(Value::as_object).filter_map(hold).collect()),
        Kind::Options => joined(texts().zip(0..).filter_map(|(option, place)| slot(option, place)).collect()),
        _ => quoted_if_odd(value.as_str()?),
    };
    Some(Cell::Text(text))
}

fn hold(hold: &Map<String, Value>) -> Option<String> {
    let what = item(hold.get("what")?.as_str()?);
    Some(match hold.get("until").and_then(Value::as_str) {
        Some(until) => format!("{what} until {until}"),
        None => what,
    })
}

fn slot(option: &Value, place: u64) -> Option<String> {
    let slot = item(option.get("slot")?.as_str()?);
    let rank = option.get("rank").and_then(Value::as_u64).unwrap_or_default();
    Some(if rank == place { slot } else { format!("{slot} ({rank})") })
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

fn day(time: WallTime) -> Cell {
    Cell::Moment(Moment::Date(time.date()))
}

fn hour(time: WallTime) -> Cell {
    Cell::Moment(Moment::Time(time.minute_of_day()))
}

/// A time that is read by the date of an earlier one.
fn end(start: WallTime, end: WallTime) -> Cell {
    if end.date() == start.date() {
        hour(end)
    } else if end == start.date().at(DAY) {
        Cell::Text(clock(DAY))
    } else {
        Cell::Moment(Moment::Both(end.date(), end.minute_of_day()))
    }
}

fn span(id: &str, Window { from, to }: Window) -> Vec<Option<Cell>> {
    vec![Some(Cell::Text(quoted_if_odd(id))), Some(day(from)), Some(hour(from)), Some(end(from, to))]
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
