//! Writing workbooks.

mod choices;
mod lists;

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Note, Workbook, Worksheet, XlsxError,
};

use crate::book::{At, Book};
use crate::cell::{Cell, Moment};
use crate::sheets::{ALL_SETTINGS, Kind, NEEDED, SETTINGS, START_HERE};
use crate::write::{Draft, note};
use choices::{MADE_READY, drop_down};
use lists::Lists;

/// The number by which Excel knows the size of paper.
const A4: u8 = 9;
/// The height of a line of text.
const LINE: f64 = 15.0;
/// Rows on one page that people still read with ease.
const ON_A_PAGE: usize = 60;
/// What begins examples, as a condition on their rows.
const IS_EXAMPLE: &str = "=LEFT($A2,7)=\"example\"";
const BLUE: Color = Color::RGB(0x002F_75B5);
const GREY: Color = Color::RGB(0x00BF_BFBF);

/// Sheets as a workbook. The headings have notes, the cells drop-downs.
pub(crate) fn written(drafts: &[Draft]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    sheets_of(&mut book, drafts)?;
    book.save_to_buffer()
}

/// The same, with rows that are seen to be examples for as long as they are, and tabs that show what is needed.
pub(crate) fn template(drafts: &[Draft]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    sheets_of(&mut book, drafts)?;
    let struck = Format::new().set_font_color(Color::Gray).set_italic().set_font_strikethrough();
    for (sheet, draft) in book.worksheets_mut().iter_mut().zip(drafts) {
        let is_first = draft.name == START_HERE;
        let is_needed = is_first || draft.spec.is_some_and(|spec| NEEDED.contains(&spec.name));
        sheet.set_tab_color(if is_needed { BLUE } else { GREY });
        if draft.spec.is_some_and(|spec| !spec.examples.is_empty()) {
            let last = u16::try_from(draft.headings.len()).unwrap_or(1).saturating_sub(1);
            let condition = ConditionalFormatFormula::new().set_rule(IS_EXAMPLE).set_format(&struck);
            sheet.add_conditional_format(1, 0, MADE_READY, last, &condition)?;
        }
        if is_first {
            sheet.set_active(true);
        }
    }
    book.save_to_buffer()
}

fn sheets_of(book: &mut Workbook, drafts: &[Draft]) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00DD_E8F0))
        .set_border_bottom(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left);
    let (formats, bold) = (Formats::of(&wrapped), Formats::of(&wrapped.clone().set_bold()));
    let lists = Lists::of(drafts);
    for draft in drafts {
        let sheet = book.add_worksheet();
        sheet.set_name(draft.name)?;
        sheet.set_freeze_panes(1, 0)?;
        page(sheet, draft)?;
        let widths = widths(draft);
        for (column, name) in (0..).zip(&draft.headings) {
            sheet.write_string_with_format(0, column, *name, &heading)?;
            let of_spec = draft.spec.and_then(|spec| Some((spec, spec.columns.iter().find(|one| one.name == *name)?)));
            if let Some((spec, column_spec)) = of_spec {
                sheet.insert_note(0, column, &quiet(&note(column_spec)))?;
                if let Some(choice) = drop_down(spec, column_spec, &lists)? {
                    sheet.add_data_validation(1, column, MADE_READY, column, &choice)?;
                }
            }
            for (row, cells) in (1..).zip(&draft.rows) {
                if let Some(Some(cell)) = cells.get(usize::from(column)) {
                    let formats = if draft.spec.is_none() && column == 0 { &bold } else { &formats };
                    write(sheet, row, column, cell, formats)?;
                }
            }
            if *name == "phone" {
                // As a number it would lose its nought.
                sheet.set_column_format(column, &Format::new().set_num_format("@"))?;
            }
            sheet.set_column_width(column, widths.get(usize::from(column)).copied().map_or(8.0, f64::from))?;
        }
        for (row, lines) in (0..).zip(lines(draft, &widths)).filter(|(_, lines)| *lines > 1) {
            sheet.set_row_height(row, LINE * f64::from(lines) + 1.0)?;
        }
        of_settings(sheet, draft)?;
    }
    if !lists.is_empty() {
        lists.write(book.add_worksheet())?;
    }
    Ok(())
}

/// How a sheet is printed: on one page, unless it would be too small to read, under its name and with its headings.
fn page(sheet: &mut Worksheet, draft: &Draft) -> Result<(), XlsxError> {
    let pages = u16::from(draft.rows.len() <= ON_A_PAGE);
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, pages);
    sheet.set_header("&L&\"-,Bold\"&A&R&F").set_footer("&C&P / &N").set_print_gridlines(draft.spec.is_some());
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3).set_repeat_rows(0, 0)?;
    Ok(())
}

/// How wide each column is made, in letters: as its cells want it, and as the words of its heading do.
fn widths(draft: &Draft) -> Vec<u8> {
    let is_settings = draft.spec.is_some_and(|spec| spec.name.ends_with(SETTINGS.name));
    let of = |(column, name): (usize, &&str)| {
        let longest_word = name.split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
        let cells = draft.rows.iter().filter_map(|row| row.get(column)?.as_ref()).map(width);
        let most = match draft.spec {
            // What a setting means stands beside it.
            Some(_) if is_settings && column == 2 => 80,
            Some(_) => 26,
            None => 100,
        };
        let least = if draft.spec.is_some() { 8 } else { 4 };
        let wanted = cells.max().unwrap_or_default().max(longest_word + 1) + 2;
        u8::try_from(wanted.clamp(least, most)).unwrap_or(u8::MAX)
    };
    draft.headings.iter().enumerate().map(of).collect()
}

/// How many lines each row has, the headings first, where columns are so wide. Programs differ in how wide letters are.
fn lines<'a>(draft: &'a Draft, widths: &'a [u8]) -> impl Iterator<Item = u8> + 'a {
    let filled = |text: &str, width: u8| {
        let most = usize::from(width).saturating_sub(1);
        let mut lines = u8::try_from(text.matches('\n').count()).unwrap_or(u8::MAX).saturating_add(1);
        let mut along = 0_usize;
        for word in text.split(' ') {
            let letters = word.chars().count();
            if along > 0 && along + 1 + letters > most {
                lines = lines.saturating_add(1);
                along = 0;
            }
            along += letters + usize::from(along > 0);
        }
        lines
    };
    let headings = draft.headings.iter().zip(widths).map(move |(name, width)| filled(name, *width)).max();
    let rows = draft.rows.iter().map(move |row| {
        let cells = row.iter().zip(widths).filter_map(|(cell, width)| Some((cell.as_ref()?, *width)));
        let texts = cells.filter(|(cell, _)| matches!(cell, Cell::Text(_)));
        texts.map(|(cell, width)| filled(&cell.shown(), width)).max().unwrap_or(1)
    });
    std::iter::once(headings.unwrap_or(1)).chain(rows)
}

/// Drop-downs of single settings.
fn of_settings(sheet: &mut Worksheet, draft: &Draft) -> Result<(), XlsxError> {
    if !draft.spec.is_some_and(|spec| spec.name.ends_with(SETTINGS.name)) {
        return Ok(());
    }
    for (row, cells) in (1..).zip(&draft.rows) {
        let name = cells.first().and_then(Option::as_ref).map(Cell::shown);
        let Some(setting) = ALL_SETTINGS.iter().find(|setting| Some(setting.name) == name.as_deref()) else { continue };
        let words = match setting.kind {
            Kind::YesNo => &["yes", "no"],
            Kind::Choice(words) => words,
            _ => continue,
        };
        sheet.add_data_validation(row, 1, row, 1, &DataValidation::new().allow_list_strings(words)?)?;
    }
    Ok(())
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
        for row in original.rows.iter().chain(&original.examples) {
            for (column, cell) in &row.cells {
                let Ok(column) = u16::try_from(*column) else { continue };
                let formats = if left.contains_key(&(row.number, column)) { &red } else { &formats };
                write(sheet, row.number, column, cell, formats)?;
            }
        }
        for ((row, column), why) in left {
            let there = original
                .rows
                .iter()
                .chain(&original.examples)
                .any(|line| line.number == row && line.get(column.into()).is_some());
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
