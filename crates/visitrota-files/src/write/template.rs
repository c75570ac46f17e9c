//! The template: where to begin, every sheet with its headings and examples, and what everything means.

use super::cells::example;
use super::draft::Draft;
use super::settings;
use crate::cell::Cell;
use crate::sheets::{self, Column, Spec};

/// What to do, in order, for somebody who is no programmer.
const STEPS: [&str; 10] = [
    "Begin on the sheet settings: give the first date of the week (week from), and look whether the rest suits you. What \
     stands there is what most schemes ask for.",
    "Fill in the sheets with a blue tab, from left to right: prisons and their sessions (visiting times), volunteers and \
     when they are free (availability), families, and requests: who asks for which visit. The other sheets may wait.",
    "Grey rows that are struck out are examples. They never take part in a rota. Type over an example, its first cell \
     too, and it counts; or delete the row.",
    "A column's heading says what it holds: rest the pointer on it. The sheet notes has everything in one place. Leave \
     empty what you do not need.",
    "Where an id is asked for, the name does as well, if only one has it. The arrow beside a cell offers what there is \
     so far, with its id and name.",
    "Save the workbook and close it. Open a terminal (Windows: right-click in its folder, then Open in Terminal) and \
     type:\nvisitrota check week.xlsx",
    "It lists what to mend, cell by cell. Mend it in the workbook, save, and check again, until there is no error. \
     Warnings are questions: look whether things are as you mean them.",
    "Then type:\nvisitrota plan week.xlsx --out papers --show names\nThe best rota stands on the screen, and its papers in \
     the new folder papers.",
    "Open papers/rota.html in a browser and print what you need: the rota, a sheet for each driver, a letter for each \
     family. Without --show names, people are ids on paper.",
    "Nothing leaves this computer: the program opens no connection. Keep the workbook as you keep other papers about \
     families.",
];

/// The sheets of the template.
pub(crate) fn template() -> Vec<Draft> {
    let mut drafts = vec![start_here()];
    for spec in sheets::ALL {
        let is_settings = [sheets::SETTINGS.name, sheets::MORE_SETTINGS.name].contains(&spec.name);
        let rows = if is_settings { usual_settings(spec) } else { examples(spec).collect() };
        drafts.push(Draft::new(spec, rows));
    }
    drafts.push(notes());
    drafts
}

/// The examples of a sheet, as cells.
pub(crate) fn examples(spec: &'static Spec) -> impl Iterator<Item = Vec<Option<Cell>>> {
    spec.examples.iter().map(|texts| {
        let cells = spec.columns.iter().zip(texts.iter().copied());
        cells.map(|(column, text)| example(column.kind, text)).collect()
    })
}

fn usual_settings(spec: &Spec) -> Vec<Vec<Option<Cell>>> {
    let value = |setting: &sheets::Setting| match setting.path {
        // Before and after these nobody should be called on.
        "policy.volunteer_hours" => "06:30-21:00",
        "policy.family_hours" => "07:00-20:00",
        "policy.family_requires" => "consent",
        "policy.chaperone_throughout" => "yes",
        // Eleven hours, and five and a half: what a scheme can ask of a volunteer.
        "policy.max_duty_min" => "660",
        "policy.max_driving_min" => "330",
        _ => setting.default,
    };
    settings::of_sheet(spec)
        .filter_map(|setting| settings::row(setting, settings::usual(setting, value(setting))))
        .collect()
}

fn start_here() -> Draft {
    let steps = (1_u8..).zip(STEPS).map(|(number, step)| vec![Some(Cell::Number(number.into())), Cell::text(step)]);
    Draft {
        name: sheets::START_HERE,
        spec: None,
        headings: vec!["", "From an empty workbook to a rota"],
        rows: steps.collect(),
    }
}

/// What every sheet, column and setting is for.
fn notes() -> Draft {
    let text = |text: &str| Cell::text(text);
    let row = |sheet: &str, what: &str, note: &str| vec![text(sheet), text(what), text(note)];
    let mut rows = Vec::new();
    for spec in sheets::ALL {
        rows.push(row(spec.name, "", spec.note));
        let settings = settings::of_sheet(spec);
        rows.extend(settings.map(|setting| row("", setting.name, setting.note)));
        if !spec.name.ends_with(sheets::SETTINGS.name) {
            rows.extend(spec.columns.iter().map(|column| row("", column.name, &note(column))));
        }
    }
    Draft { name: sheets::NOTES, spec: None, headings: vec!["sheet", "column or setting", "what it is for"], rows }
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
