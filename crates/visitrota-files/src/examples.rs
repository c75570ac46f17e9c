//! The examples of the template: rows whose first cell begins with the word `example`. They never take part in a rota,
//! and one that was typed over is not passed over in silence.

use visitrota_model::{Code, Finding};

use crate::book::{At, Book, Row, Sheet};
use crate::cell::{Cell, is_mark, plain};
use crate::found::Found;
use crate::read::Reading;
use crate::sheets::{self, Column, Kind, Spec};
use crate::value::{self, Fault};
use crate::write::examples;

/// The examples of a book, set apart from its rows.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// How many each sheet has, by its place, and the first of them.
    left: Vec<(At, usize)>,
    /// Those that are no more what the template has.
    changed: Vec<At>,
    /// The cells of other rows that an example has as well, though the row is about another: the first, and how all of
    /// them are called.
    left_over: Vec<(At, Vec<&'static str>)>,
    /// Whether any row of a sheet that must be filled in is none.
    begun: bool,
}

/// The sheets that a problem cannot do without, beside the settings and when visits are.
const NEEDED: [&Spec; 5] =
    [&sheets::PRISONS, &sheets::VOLUNTEERS, &sheets::AVAILABILITY, &sheets::FAMILIES, &sheets::REQUESTS];

/// Sets the examples of a book apart.
pub(crate) fn set_apart(book: &mut Book) -> Examples {
    let mut found = Examples::default();
    for (place, sheet) in book.sheets.iter_mut().enumerate() {
        let Some(spec) = sheet.spec().filter(|spec| !spec.examples.is_empty()) else { continue };
        if let Some(columns) = columns(sheet, spec) {
            found.of_sheet(place, sheet, spec, &columns);
        }
        found.begun |= sheet.rows.len() > 1 && NEEDED.iter().any(|needed| needed.name == spec.name);
    }
    found
}

/// Where the columns of a sheet are; none where it has no heading over what marks examples.
fn columns(sheet: &Sheet, spec: &Spec) -> Option<Vec<Option<u32>>> {
    let headings = sheet.rows.first()?;
    let of = |names: &mut dyn Iterator<Item = &&'static str>| {
        let names: Vec<String> = names.map(|name| plain(name)).collect();
        headings.cells.iter().find(|(_, cell)| names.contains(&plain(&cell.shown()))).map(|(number, _)| *number)
    };
    let columns = spec.columns.iter();
    let found: Vec<_> =
        columns.map(|column| of(&mut [&column.name].into_iter()).or_else(|| of(&mut column.also.iter()))).collect();
    found.first().copied().flatten().and(Some(found))
}

impl Examples {
    fn of_sheet(&mut self, place: usize, sheet: &mut Sheet, spec: &'static Spec, columns: &[Option<u32>]) {
        let Some(Some(first)) = columns.first().copied() else { return };
        let mark_of = |row: &Row| match row.get(first) {
            Some(Cell::Text(text)) if is_mark(text) => Some(text.clone()),
            _ => None,
        };
        let (marked, rows): (Vec<_>, Vec<_>) = std::mem::take(&mut sheet.rows)
            .into_iter()
            .enumerate()
            .partition(|(n, row)| *n > 0 && mark_of(row).is_some());
        sheet.rows = rows.into_iter().map(|(_, row)| row).collect();
        sheet.examples = marked.into_iter().map(|(_, row)| row).collect();
        let originals: Vec<Vec<Option<Cell>>> = examples(spec).collect();
        self.left_over.extend(sheet.rows.iter().skip(1).filter_map(|row| {
            let (column, names) = originals.iter().find_map(|original| left_over(row, spec, columns, original))?;
            Some((At { sheet: place, row: Some(row.number), column: Some(column) }, names))
        }));
        for row in &sheet.examples {
            let at = At { sheet: place, row: Some(row.number), column: Some(first) };
            match self.left.last_mut() {
                Some((before, number)) if before.sheet == place => *number += 1,
                _ => self.left.push((at, 1)),
            }
            let is_as_made = |original: &Vec<Option<Cell>>| is_as_made(row, spec, columns, original);
            if !originals.iter().any(is_as_made) {
                self.changed.push(at);
            }
        }
    }

    /// Tells of them.
    pub(crate) fn tell(self, book: &Book, reading: &mut Reading) {
        for (at, names) in &self.left_over {
            let message = format!(
                "The template's example has the same in this row: {}. Was it left there when the row was typed over?",
                names.join(", ")
            );
            let remedy = "Look these cells over; clear what is not so.";
            let finding = Finding::warning(Code::Examples, "", message, remedy);
            let shown = book.cell(*at).map(Cell::shown).unwrap_or_default();
            reading.found.push(Found { finding: finding.with_value(shown), at: Some(*at) });
        }
        let Some((first, _)) = self.left.first().copied() else { return };
        for at in &self.changed {
            let shown = book.sheets.get(at.sheet).and_then(|sheet| {
                let row = sheet.examples.iter().find(|row| Some(row.number) == at.row)?;
                row.get(at.column?).map(Cell::shown)
            });
            let message = "This row still begins with the word example, so it would not count, but it is not the \
                           template's example any more.";
            let remedy = "Type over its first cell if the row is real, or delete the row.";
            let finding = Finding::error(Code::Examples, "", message, remedy).with_value(shown.unwrap_or_default());
            reading.found.push(Found { finding, at: Some(*at) });
        }
        if !self.changed.is_empty() {
            (reading.problem, reading.draft) = (None, None);
        } else if !self.begun {
            self.untouched(book, reading);
            return;
        }
        let count: usize = self.left.iter().map(|(_, number)| number).sum();
        let has = |spec: &&&Spec| {
            self.left.iter().any(|(at, _)| book.sheets.get(at.sheet).is_some_and(|sheet| sheet.is(spec)))
        };
        let sheets: Vec<_> = sheets::ALL.iter().filter(has).map(|spec| spec.name).collect();
        let on = if sheets.len() == 1 { "sheet" } else { "sheets" };
        let (rows, them) = match count {
            1 => ("One row is an example of the template and does".to_owned(), "it"),
            _ => (format!("{count} rows are examples of the template and do"), "them"),
        };
        let message = format!("{rows} not take part in the rota: see the {on} {}.", sheets.join(", "));
        let remedy = format!("Delete {them} when you no longer need {them}.");
        let finding = Finding::warning(Code::Examples, "", message, remedy);
        reading.found.push(Found { finding, at: Some(first) });
    }

    /// That nothing is filled in yet: what else is missing goes without saying.
    fn untouched(&self, book: &Book, reading: &mut Reading) {
        (reading.problem, reading.draft) = (None, None);
        let of_settings = |found: &Found| {
            let sheet = found.at.and_then(|at| book.sheets.get(at.sheet)).and_then(Sheet::spec);
            let is_settings = sheet.is_some_and(|spec| spec.name.ends_with(sheets::SETTINGS.name));
            is_settings && found.finding.code != Code::MissingField
        };
        reading.found.retain(of_settings);
        let sheets = NEEDED.map(|spec| spec.name).join(", ");
        let message =
            "Nothing is filled in yet: the sheets hold only the template's examples, which are never planned.";
        let remedy = format!(
            "Begin with the week's first date on the sheet settings, then fill in {sheets}, and sessions or slots. The \
             sheet \"{}\" tells how, step by step.",
            sheets::START_HERE
        );
        reading.found.push(Found { finding: Finding::error(Code::Examples, "", message, remedy), at: None });
    }
}

/// Whether a row holds what an example of the template does, whatever a spreadsheet program made of it.
fn is_as_made(row: &Row, spec: &Spec, columns: &[Option<u32>], original: &[Option<Cell>]) -> bool {
    spec.columns.iter().zip(columns).zip(original).all(|((column, number), original)| {
        let cell = number.and_then(|number| row.get(number));
        match (cell, original) {
            (None, None) => true,
            // A column may have been taken out.
            (None, Some(_)) => number.is_none(),
            (Some(_), None) => false,
            (Some(cell), Some(original)) => means_the_same(column.kind, cell, original),
        }
    })
}

/// The columns of a row in which an example has the same, and the number of the first that can hardly be so by chance:
/// an invented number, a note, a date. None where the row is the example itself, or has nothing of the kind.
fn left_over(
    row: &Row,
    spec: &'static Spec,
    columns: &[Option<u32>],
    original: &[Option<Cell>],
) -> Option<(u32, Vec<&'static str>)> {
    let same = |n: usize| {
        let column = spec.columns.get(n)?;
        let number = columns.get(n).copied().flatten()?;
        let (cell, original) = (row.get(number)?, original.get(n)?.as_ref()?);
        means_the_same(column.kind, cell, original).then_some((number, column, original))
    };
    let first = columns.first().copied().flatten().and_then(|number| row.get(number))?.shown();
    let marked = original.first()?.as_ref()?.shown();
    let own = marked.split_once(' ').map_or(marked.as_str(), |(_, own)| own);
    if plain(&first) == plain(own) {
        return None;
    }
    let all: Vec<_> = (1..spec.columns.len()).filter_map(same).collect();
    let is_telling = |column: &Column, original: &Cell| {
        let shown = original.shown();
        let has_digit = shown.contains(|c: char| c.is_ascii_digit());
        match column.name {
            "notes" | "phone" => true,
            _ => column.kind == Kind::Holds && has_digit,
        }
    };
    let (number, ..) = all.iter().find(|(_, column, original)| is_telling(column, original))?;
    Some((*number, all.iter().map(|(_, column, _)| column.name).collect()))
}

fn means_the_same(kind: Kind, cell: &Cell, original: &Cell) -> bool {
    cell.shown() == original.shown()
        || same(value::read(kind, cell, None), value::read(kind, original, None))
        || same(value::date(cell, None), value::date(original, None))
        || same(value::time(cell, None), value::time(original, None))
}

fn same<T: PartialEq>(one: Result<T, Fault>, other: Result<T, Fault>) -> bool {
    matches!((one, other), (Ok(one), Ok(other)) if one == other)
}
