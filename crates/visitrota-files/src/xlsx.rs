//! Writing workbooks.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Note, Workbook, Worksheet, XlsxError,
};

use crate::book::{At, Book};
use crate::cell::{Cell, Moment};
use crate::sheets::{Column, Kind, MEETING_POINTS};
use crate::write::{Draft, note};

/// Rows below the headings that have drop-downs.
const MADE_READY: u32 = 1_000;
/// The number by which Excel knows the size of paper.
const A4: u8 = 9;

/// Sheets as a workbook. The headings have notes, the cells drop-downs.
pub(crate) fn written(drafts: &[Draft]) -> Result<Vec<u8>, XlsxError> {
    workbook_of(drafts, &Formats::plain())
}

/// The same, with rows that are seen to be examples.
pub(crate) fn template(drafts: &[Draft]) -> Result<Vec<u8>, XlsxError> {
    workbook_of(drafts, &Formats::examples())
}

fn workbook_of(drafts: &[Draft], of_problem: &Formats) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let heading =
        Format::new().set_bold().set_background_color(Color::RGB(0x00DD_E8F0)).set_border_bottom(FormatBorder::Thin);
    let of_notes = Formats::of(&Format::new().set_text_wrap().set_align(FormatAlign::Top));
    for draft in drafts {
        let sheet = book.add_worksheet();
        sheet.set_name(draft.name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        let formats = if draft.spec.is_some() { of_problem } else { &of_notes };
        for (column, name) in (0..).zip(&draft.headings) {
            sheet.write_string_with_format(0, column, *name, &heading)?;
            let spec = draft.spec.and_then(|spec| spec.columns.iter().find(|column| column.name == *name));
            let mut widest = name.chars().count() + 3;
            if let Some(spec) = spec {
                sheet.insert_note(0, column, &quiet(&note(spec)))?;
                if let Some(choice) = drop_down(spec, drafts)? {
                    sheet.add_data_validation(1, column, MADE_READY, column, &choice)?;
                }
            }
            for (row, cells) in (1..).zip(&draft.rows) {
                if let Some(Some(cell)) = cells.get(usize::from(column)) {
                    write(sheet, row, column, cell, formats)?;
                    widest = widest.max(width(cell) + 2);
                }
            }
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            sheet.set_column_width(column, widest.clamp(8, if draft.spec.is_some() { 60 } else { 120 }) as f64)?;
        }
    }
    book.save_to_buffer()
}

/// A copy of a book with some of its places marked: red, and with a note that says why.
pub(crate) fn marked(book: &Book, marks: &BTreeMap<At, Vec<String>>) -> Result<Vec<u8>, XlsxError> {
    let mut copy = workbook()?;
    let formats = Formats::plain();
    let red = Formats::marked();
    for (place, original) in book.sheets.iter().enumerate() {
        let sheet = copy.add_worksheet();
        sheet.set_name(&original.name)?;
        sheet.set_freeze_panes(1, 0)?;
        let mut left: BTreeMap<(u32, u16), Vec<&str>> = BTreeMap::new();
        for (at, why) in marks.iter().filter(|(at, _)| at.sheet == place) {
            let cell = (at.row.unwrap_or(0), u16::try_from(at.column.unwrap_or(0)).unwrap_or(u16::MAX));
            left.entry(cell).or_default().extend(why.iter().map(String::as_str));
        }
        for row in &original.rows {
            for (column, cell) in &row.cells {
                let Ok(column) = u16::try_from(*column) else { continue };
                let formats = if left.contains_key(&(row.number, column)) { &red } else { &formats };
                write(sheet, row.number, column, cell, formats)?;
            }
        }
        for ((row, column), why) in left {
            let there = original.rows.iter().any(|line| line.number == row && line.get(column.into()).is_some());
            if !there {
                sheet.write_blank(row, column, &red.text)?;
            }
            sheet.insert_note(row, column, &quiet(&why.join("\n\n")))?;
        }
    }
    if book.sheets.is_empty() {
        copy.add_worksheet();
    }
    copy.save_to_buffer()
}

/// A workbook that is the same whenever and by whomever it is made.
fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

/// A note that names no author.
fn quiet(text: &str) -> Note {
    const MOST: usize = 4_000;
    let text: String = text.chars().take(MOST).collect();
    let lines = u32::try_from(text.chars().count() / 40 + 2).unwrap_or(2);
    Note::new(text).add_author_prefix(false).set_author("visitrota").set_width(300).set_height(20 * lines.min(20))
}

/// How many letters wide a cell is shown.
fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Moment(Moment::Date(_)) => "Wed 30 Sept 2026".len(),
        Cell::Moment(Moment::Both(..)) => "Wed 30 Sept 2026 00:00".len(),
        other => other.shown().chars().count(),
    }
}

struct Formats {
    text: Format,
    date: Format,
    time: Format,
    both: Format,
}

impl Formats {
    fn of(base: &Format) -> Self {
        let numbered = |format: &str| base.clone().set_num_format(format).set_align(FormatAlign::Left);
        Self {
            text: base.clone(),
            date: numbered("ddd d mmm yyyy"),
            time: numbered("hh:mm"),
            both: numbered("ddd d mmm yyyy hh:mm"),
        }
    }

    fn plain() -> Self {
        Self::of(&Format::new())
    }

    fn examples() -> Self {
        Self::of(&Format::new().set_italic().set_font_color(Color::Gray))
    }

    fn marked() -> Self {
        Self::of(&Format::new().set_background_color(Color::RGB(0x00FF_C7CE)).set_font_color(Color::RGB(0x009C_0006)))
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) | Cell::Error(text) | Cell::Uncalculated(text) => {
            sheet.write_string_with_format(row, column, text, &formats.text)?
        }
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &formats.text)?,
        Cell::YesNo(truth) => sheet.write_boolean_with_format(row, column, *truth, &formats.text)?,
        Cell::Moment(moment) => match moment.serial() {
            Some(serial) => {
                let format = match moment {
                    Moment::Date(_) => &formats.date,
                    Moment::Time(_) => &formats.time,
                    Moment::Both(..) => &formats.both,
                };
                sheet.write_number_with_format(row, column, serial, format)?
            }
            None => sheet.write_string_with_format(row, column, cell.shown(), &formats.text)?,
        },
    };
    Ok(())
}

/// What helps to fill in a column's cells.
fn drop_down(column: &Column, drafts: &[Draft]) -> Result<Option<DataValidation>, XlsxError> {
    let new = DataValidation::new;
    Ok(Some(match column.kind {
        Kind::YesNo => new().allow_list_strings(&["yes", "no"])?,
        Kind::Choice(options) => new().allow_list_strings(options)?,
        Kind::Choices(options) => {
            // A comma would part it in two.
            let all = options.join("; ");
            new().allow_list_strings(&[options, &[all.as_str()]].concat())?.show_error_message(false)
        }
        // A list by itself would have the dates of other weeks refused: what stands on the other sheet is offered,
        // and anything else may be typed.
        Kind::Ref(name) | Kind::Refs(name) if drafts.iter().any(|draft| draft.name == name) => {
            let ids = Formula::new(format!("='{name}'!$A$2:$A${}", MADE_READY + 1));
            new().allow_list_formula(ids).show_error_message(false)
        }
        Kind::MeetingPlace => return drop_down(&Column { kind: Kind::Ref(MEETING_POINTS.name), ..*column }, drafts),
        Kind::Whole { least, most } => match (i32::try_from(least), i32::try_from(most)) {
            (Ok(least), Ok(most)) => new().allow_whole_number(DataValidationRule::Between(least, most)),
            (Ok(least), Err(_)) => new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(least)),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    }))
}
