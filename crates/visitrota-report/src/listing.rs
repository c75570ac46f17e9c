//! Small files of rows that people keep beside a problem, as CSV: names, rates, miles.

use std::rc::Rc;

use visitrota_csv::{Most, TooMuch};
use visitrota_model::{Code, Finding, Measure, ReadLimits};

/// A row: where it is, and its cells in the order of the columns asked for.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// `row 3`, as spreadsheets count.
    pub(crate) place: String,
    pub(crate) cells: Vec<String>,
    /// The headings over the cells, as the file has them; empty where it has none.
    headings: Rc<[String]>,
}

impl Row {
    /// Where a cell is: `row 3, column "phone"`; by the name that we have for the column, if the file has none.
    pub(crate) fn at(&self, column: usize, name: &str) -> String {
        let heading = self.headings.get(column).filter(|heading| !heading.is_empty());
        format!("{}, column \"{}\"", self.place, heading.map_or(name, String::as_str))
    }
}

/// Reads rows of the columns named, in any order, as a spreadsheet program saves them; the first `needed` of them must
/// be there. What is wrong is told, and the rows that can be read are given all the same.
pub(crate) fn read(
    bytes: &[u8],
    columns: &[&str],
    needed: usize,
    limits: ReadLimits,
    found: &mut Vec<Finding>,
) -> Vec<Row> {
    read_also(bytes, columns, &[], needed, limits, found)
}

/// The same, where columns may have other headings too.
pub(crate) fn read_also(
    bytes: &[u8],
    columns: &[&str],
    also: &[&[&str]],
    needed: usize,
    limits: ReadLimits,
    found: &mut Vec<Finding>,
) -> Vec<Row> {
    let place = |row: u32| format!("row {}", u64::from(row) + 1);
    let most = Most { fields: limits.most(Measure::Cells), letters: limits.most(Measure::CellText) };
    let text = limits.hold(Measure::Bytes, bytes.len() as u64).and_then(|()| {
        visitrota_csv::read_within(bytes, most).map_err(|too_much| match too_much {
            TooMuch::Fields => limits.too_large(Measure::Cells),
            TooMuch::Letters { row, .. } => limits.too_large(Measure::CellText).at(place(row)),
        })
    });
    let text = match text {
        Ok(text) => text,
        Err(large) => {
            found.push(large.finding());
            return Vec::new();
        }
    };
    if let Some(row) = text.open_quote {
        let message = "A quotation mark opens in this row and never closes.";
        found.push(Finding::error(Code::WrongType, place(row), message, "Close it or delete it."));
    }
    let rows = text.rows.into_iter().map(|row| {
        let fields = row.fields.iter().map(|field| field.trim().to_owned());
        (place(row.number), fields.collect::<Vec<_>>())
    });
    let mut rows = rows.filter(|(_, fields)| fields.iter().any(|field| !field.is_empty()));
    let (head, headings) = rows.next().unwrap_or_else(|| (place(0), Vec::new()));
    let places = places(&head, &headings, columns, also, found);
    let missing: Vec<_> = columns.iter().zip(&places).take(needed).filter(|(_, place)| place.is_none()).collect();
    for (column, _) in &missing {
        let message = format!("There is no column `{column}`.");
        let remedy = format!("The first row names the columns: {}.", columns.join(", "));
        found.push(Finding::error(Code::MissingField, &head, message, remedy));
    }
    if !missing.is_empty() {
        return Vec::new();
    }
    let over: Rc<[String]> =
        places.iter().map(|at| at.and_then(|at| headings.get(at)).cloned().unwrap_or_default()).collect();
    let mut read = Vec::new();
    for (place, fields) in rows {
        unheaded(&place, &fields, &headings, found);
        let mut row = Row { place, cells: Vec::new(), headings: Rc::clone(&over) };
        for (column, at) in places.iter().enumerate() {
            let text = at.and_then(|at| fields.get(at)).map(String::as_str).unwrap_or_default();
            let text = meant(text).unwrap_or_else(|why| {
                let remedy = "Type what should stand there.";
                let at = row.at(column, columns.get(column).copied().unwrap_or_default());
                found.push(Finding::error(Code::WrongType, at, why, remedy).with_value(text));
                String::new()
            });
            row.cells.push(text);
        }
        read.push(row);
    }
    read
}

/// Tells of fields that stand under no heading.
fn unheaded(place: &str, fields: &[String], headings: &[String], found: &mut Vec<Finding>) {
    let has_heading = |column: usize| headings.get(column).is_some_and(|heading| !heading.is_empty());
    for (column, field) in
        fields.iter().enumerate().filter(|(column, field)| !field.is_empty() && !has_heading(*column))
    {
        let message = "The headings do not say what this cell holds.";
        let remedy = "Give the column a heading, or delete it. A text with a comma in it stands in quotation marks.";
        let at = format!("{place}, column {}", letters(column));
        found.push(Finding::error(Code::MissingField, at, message, remedy).with_value(field));
    }
}

/// A column's letters: A, B, …, Z, AA.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = Some(column);
    while let Some(column) = left {
        letters.push(u8::try_from(column % 26).map_or('?', |letter| char::from(b'A' + letter)));
        left = (column / 26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

/// What a cell says, where it is no formula: `="0770"` is a text that a spreadsheet was kept from changing.
fn meant(text: &str) -> Result<String, String> {
    let inside = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
    if let Some(inside) = inside.filter(|inside| !inside.contains('"')) {
        return Ok(inside.trim().to_owned());
    }
    if text.starts_with('=') {
        return Err("A formula stands here, and not what it gives.".to_owned());
    }
    if is_error(text) {
        return Err(format!("The formula here gives an error, {text}."));
    }
    Ok(unguarded(text))
}

/// Whether a text is what a spreadsheet shows where a formula gives an error.
fn is_error(text: &str) -> bool {
    let shown = text.strip_prefix('#').is_some_and(|rest| rest == "N/A" || rest.ends_with(['!', '?']));
    shown && !text.contains(' ') || text.strip_prefix("Err:").is_some_and(|number| number.parse::<u32>().is_ok())
}

/// A text of ours as it was: an apostrophe keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell).to_owned()
}

/// Whether a spreadsheet would take a text for a formula.
pub(crate) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// Where each of the columns stands.
fn places(
    head: &str,
    headings: &[String],
    columns: &[&str],
    also: &[&[&str]],
    found: &mut Vec<Finding>,
) -> Vec<Option<usize>> {
    let mut places = vec![None; columns.len()];
    for (at, heading) in headings.iter().enumerate() {
        let name = heading.replace('_', " ");
        let is = |known: &str| known.replace('_', " ").eq_ignore_ascii_case(&name);
        let known = columns.iter().position(|column| is(column));
        let known = known.or_else(|| also.iter().position(|also| also.iter().any(|known| is(known))));
        match known.and_then(|column| places.get_mut(column)) {
            Some(place @ None) => *place = Some(at),
            Some(Some(_)) => found.push(Finding::error(
                Code::FieldConflict,
                head,
                format!("The column `{heading}` is there twice."),
                "Delete one of them.",
            )),
            None if heading.is_empty() => {}
            None => found.push(Finding::error(
                Code::UnknownField,
                head,
                format!("There is no such column as `{heading}`."),
                format!("The columns are {}.", columns.join(", ")),
            )),
        }
    }
    places
}

/// A number of two decimals at the most, times a hundred. Commas may stand between thousands, and nowhere else: `9,5`
/// is not taken for 95.
pub(crate) fn hundredths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, thousands) = whole.split_once(',').map_or((whole, None), |(first, rest)| (first, Some(rest)));
    let grouped = thousands.is_none_or(|rest| first.len() <= 3 && rest.split(',').all(|group| group.len() == 3));
    let whole = whole.replace(',', "");
    if first.is_empty() || !grouped || !digits(&whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}
