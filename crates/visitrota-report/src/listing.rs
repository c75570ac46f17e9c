//! Small files of rows that people keep beside a problem, as CSV: names, rates, miles.

use visitrota_csv::{Most, TooMuch};
use visitrota_model::{Code, Finding, Measure, ReadLimits};

/// A row: where it is, and its cells in the order of the columns asked for.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// `row 3`, as spreadsheets count.
    pub(crate) place: String,
    pub(crate) cells: Vec<String>,
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
    let places = places(&head, &headings, columns, found);
    let missing: Vec<_> = columns.iter().zip(&places).take(needed).filter(|(_, place)| place.is_none()).collect();
    for (column, _) in &missing {
        let message = format!("There is no column `{column}`.");
        let remedy = format!("The first row names the columns: {}.", columns.join(", "));
        found.push(Finding::error(Code::MissingField, &head, message, remedy));
    }
    if !missing.is_empty() {
        return Vec::new();
    }
    let cell = |fields: &[String], at: &Option<usize>| at.and_then(|at| fields.get(at)).map(|text| unguarded(text));
    let cells = |fields: &[String]| places.iter().map(|at| cell(fields, at).unwrap_or_default()).collect();
    rows.map(|(place, fields)| Row { place, cells: cells(&fields) }).collect()
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
fn places(head: &str, headings: &[String], columns: &[&str], found: &mut Vec<Finding>) -> Vec<Option<usize>> {
    let mut places = vec![None; columns.len()];
    for (at, heading) in headings.iter().enumerate() {
        let name = heading.replace(' ', "_");
        match columns.iter().position(|column| name.eq_ignore_ascii_case(column)).map(|column| &mut places[column]) {
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
