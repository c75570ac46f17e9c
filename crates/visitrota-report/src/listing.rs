//! Small files of rows that people keep beside a problem, as CSV: names, rates, miles.

use visitrota_model::{Code, Finding};

/// A row: where it is, and its cells in the order of the columns asked for.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// `row 3`, as spreadsheets count.
    pub(crate) place: String,
    pub(crate) cells: Vec<String>,
}

/// Reads rows of the columns named, in any order, split by commas or semicolons; the first `needed` of them must be
/// there. What is wrong is told, and the rows that can be read are given all the same.
pub(crate) fn read(bytes: &[u8], columns: &[&str], needed: usize, found: &mut Vec<Finding>) -> Vec<Row> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let many = |byte| head.iter().filter(|b| **b == byte).count();
    let delimiter = if many(b';') > many(b',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => {
            found.push(unreadable(&error));
            return Vec::new();
        }
    };
    let places = places(&headings, columns, found);
    let missing: Vec<_> = (0..needed).filter(|column| places[*column].is_none()).collect();
    for column in &missing {
        let message = format!("There is no column `{}`.", columns[*column]);
        let remedy = format!("The first row names the columns: {}.", columns.join(", "));
        found.push(Finding::error(Code::MissingField, "row 1", message, remedy));
    }
    let mut rows = Vec::new();
    if !missing.is_empty() {
        return rows;
    }
    for record in reader.records() {
        match record {
            Ok(record) if record.iter().all(str::is_empty) => {}
            Ok(record) => {
                let place = format!("row {}", record.position().map_or(0, csv::Position::line));
                let cell = |at: &Option<usize>| at.and_then(|at| record.get(at)).map(unguarded).unwrap_or_default();
                rows.push(Row { place, cells: places.iter().map(cell).collect() });
            }
            Err(error) => found.push(unreadable(&error)),
        }
    }
    rows
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
fn places(headings: &csv::StringRecord, columns: &[&str], found: &mut Vec<Finding>) -> Vec<Option<usize>> {
    let mut places = vec![None; columns.len()];
    for (at, heading) in headings.iter().enumerate() {
        match columns.iter().position(|column| heading.eq_ignore_ascii_case(column)) {
            Some(column) if places[column].is_none() => places[column] = Some(at),
            Some(_) => found.push(Finding::error(
                Code::FieldConflict,
                "row 1",
                format!("The column `{heading}` stands twice."),
                "Take one of them out.",
            )),
            None if heading.is_empty() => {}
            None => found.push(Finding::error(
                Code::UnknownField,
                "row 1",
                format!("Nobody knows a column `{heading}`."),
                format!("The columns are {}.", columns.join(", ")),
            )),
        }
    }
    places
}

fn unreadable(error: &csv::Error) -> Finding {
    let row = error.position().map_or_else(String::new, |at| format!("row {}", at.line()));
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "The text is not in UTF-8.".to_owned(),
        _ => format!("This cannot be read: {error}."),
    };
    Finding::error(Code::WrongType, row, message, "Save the file as CSV in UTF-8.")
}
