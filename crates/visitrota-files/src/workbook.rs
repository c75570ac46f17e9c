//! Workbooks: reading `.xlsx` and `.ods`.

use std::collections::BTreeMap;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, SheetType, Xlsx};

use visitrota_model::{Code, Date, Finding, ReadLimits, TooLarge};

use crate::book::{Row, Sheet, letters};
use crate::cell::{Cell, DAY, Moment, plain, tidy};
use crate::room::Room;
use crate::sheets::LISTS;
use crate::unpack::{Metered, unpacked};
use crate::unreadable::Unreadable;
use crate::unseen::Unseen;
use crate::when;

/// What kind of workbook a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Xlsx,
    Ods,
    /// An Excel file of before 2007, or one under a password.
    Old,
}

/// What kind of workbook these bytes are, if they are one at all.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    const OPEN_DOCUMENT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    const FIRST_ENTRY: usize = 30;
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Some(Kind::Old)
    } else if !bytes.starts_with(b"PK") {
        None
    } else if bytes.get(FIRST_ENTRY..).is_some_and(|rest| rest.starts_with(OPEN_DOCUMENT)) {
        Some(Kind::Ods)
    } else {
        Some(Kind::Xlsx)
    }
}

/// The sheets of a workbook, or why they cannot be read.
pub(crate) fn read(kind: Kind, bytes: &[u8], limits: ReadLimits) -> Result<Vec<Sheet>, Finding> {
    sheets(kind, bytes, limits).map_err(Unreadable::finding)
}

fn sheets(kind: Kind, bytes: &[u8], limits: ReadLimits) -> Result<Vec<Sheet>, Unreadable> {
    if kind == Kind::Old {
        let why = "it is an Excel file of before 2007, or is kept under a password";
        return Err(Unreadable::Broken(why.to_owned()));
    }
    let mut room = Room::new(limits);
    let (file, unseen) = unpacked(bytes, &mut room)?;
    let sheets = match kind {
        Kind::Ods => ods(file, unseen)?,
        _ => xlsx(file, unseen, &mut room)?,
    };
    for (number, sheet) in sheets.iter().enumerate() {
        if sheets.iter().skip(number + 1).any(|other| other.name == sheet.name) {
            let message = format!("Two sheets have the name {}.", sheet.name);
            let finding = Finding::error(Code::FieldConflict, "", message, "Rename one of them, or merge them.");
            return Err(Unreadable::Odd(finding));
        }
    }
    Ok(sheets)
}

/// Whether a sheet is for people: ours of what drop-downs offer is not.
fn is_read(name: &str) -> bool {
    plain(name) != LISTS
}

fn xlsx(file: Metered, mut unseen: BTreeMap<String, Unseen>, room: &mut Room) -> Result<Vec<Sheet>, Unreadable> {
    let why = |error: calamine::XlsxError| Unreadable::Broken(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(file).map_err(why)?;
    let names = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names = names.filter(|sheet| is_read(&sheet.name));
    let names: Vec<_> = names.map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        let large = |large: TooLarge| large.at(format!("sheet {name}"));
        let mut cells = Vec::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(why)?;
        while let Some(found) = reader.next_cell().map_err(why)? {
            // A text that stands in many cells is one in the file: it is counted before it is copied.
            if let DataRef::SharedString(text) = found.get_value() {
                room.text(text.len() as u64, 1).map_err(large)?;
            }
            if let Some(cell) = cell_of_ref(found.get_value()) {
                room.cells(1).map_err(large)?;
                cells.push((found.get_position(), cell));
            }
        }
        let unseen = unseen.remove(&name).unwrap_or_default();
        sheets.push(sheet(name, cells, unseen)?);
    }
    Ok(sheets)
}

fn ods(file: Metered, mut unseen: BTreeMap<String, Unseen>) -> Result<Vec<Sheet>, Unreadable> {
    let why = |error: calamine::OdsError| Unreadable::Broken(error.to_string());
    let mut book: Ods<_> = Ods::new(file).map_err(why)?;
    let names = book.sheets_metadata().iter().filter(|sheet| is_read(&sheet.name));
    let names: Vec<_> = names.map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        let range = book.worksheet_range(&name).map_err(why)?;
        let (row, column) = range.start().unwrap_or_default();
        let cells = range.used_cells().filter_map(|(down, along, data)| {
            let at = (row.checked_add(u32::try_from(down).ok()?)?, column.checked_add(u32::try_from(along).ok()?)?);
            Some((at, cell(data)?))
        });
        let unseen = unseen.remove(&name).unwrap_or_default();
        sheets.push(sheet(name, cells.collect(), unseen)?);
    }
    Ok(sheets)
}

fn sheet(name: String, mut cells: Vec<((u32, u32), Cell)>, unseen: Unseen) -> Result<Sheet, Unreadable> {
    let Unseen { odd, hidden } = unseen;
    cells.retain(|(at, _)| !odd.contains_key(at));
    cells.extend(odd);
    cells.sort_by_key(|(at, _)| *at);
    let mut rows: Vec<Row> = Vec::new();
    for ((number, column), cell) in cells {
        match rows.last_mut().filter(|row| row.number == number) {
            Some(row) if row.cells.last().is_some_and(|(before, _)| *before == column) => {
                let place = format!("sheet {name}, cell {}{}", letters(column), u64::from(number) + 1);
                let message = "This cell holds two values.";
                let remedy = "Open the workbook in a spreadsheet program, correct the cell and save the workbook.";
                return Err(Unreadable::Odd(Finding::error(Code::FieldConflict, place, message, remedy)));
            }
            Some(row) => row.cells.push((column, cell)),
            None => rows.push(Row { number, cells: vec![(column, cell)] }),
        }
    }
    Ok(Sheet { name, ending: "", meant: None, rows, examples: Vec::new(), hidden })
}

fn cell_of_ref(data: &DataRef<'_>) -> Option<Cell> {
    match data {
        DataRef::SharedString(text) => Cell::text(text),
        other => cell(&Data::from(other.clone())),
    }
}

fn cell(data: &Data) -> Option<Cell> {
    match data {
        Data::Empty => None,
        Data::String(text) => Cell::text(text),
        #[expect(clippy::cast_precision_loss, reason = "a cell's number has no more digits than a float")]
        Data::Int(number) => Some(Cell::Number(*number as f64)),
        Data::Float(number) => Some(Cell::Number(*number)),
        Data::Bool(truth) => Some(Cell::YesNo(*truth)),
        Data::DateTime(moment) => Some(moment_of(moment)),
        Data::DateTimeIso(text) => Some(match when::moment(text, None) {
            Ok((Some(date), None | Some(0))) => Cell::Moment(Moment::Date(date)),
            Ok((Some(date), Some(minute))) => Cell::Moment(Moment::Both(date, minute)),
            Ok((None, Some(minute))) => Cell::Moment(Moment::Time(minute)),
            _ => Cell::Text(tidy(text)),
        }),
        Data::DurationIso(text) => {
            Some(duration(text).map_or_else(|| Cell::Text(tidy(text)), |minutes| Cell::Moment(Moment::Time(minutes))))
        }
        Data::Error(error) => Some(Cell::Error(error.to_string())),
    }
}

fn moment_of(moment: &ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    let exact = || {
        // Which of the two calendars of Excel is meant, the moment knows.
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        let date = Date::new(year.into(), month.into(), day.into())?;
        let minute = u32::from(hour) * 60 + u32::from(minute) + u32::from(second >= 30);
        Some(match minute {
            0 => Moment::Date(date),
            DAY => Moment::Date(date.plus_days(1)),
            minute => Moment::Both(date, minute),
        })
    };
    let time = Moment::of_serial(serial).filter(|moment| matches!(moment, Moment::Time(_)));
    let moment = time.or_else(|| (serial > 0.0).then(exact).flatten());
    moment.map_or(Cell::Number(serial), Cell::Moment)
}

/// The minutes of `PT08H10M00S`, within a day.
fn duration(text: &str) -> Option<u32> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, seconds) = rest.split_once('M')?;
    let seconds: f64 = seconds.strip_suffix('S')?.replace(',', ".").parse().ok()?;
    let minutes = hours.parse::<u32>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
    let minutes = minutes.checked_add(u32::from(seconds >= 30.0))?;
    (minutes <= DAY).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::DateTime;

    #[test]
    fn moments_of_both_calendars() {
        let date = Cell::Moment(Moment::Date(Date::new(2026, 12, 5).expect("a date")));
        assert_eq!(moment_of(&ExcelDateTime::new(46361.0, DateTime, false)), date);
        assert_eq!(moment_of(&ExcelDateTime::new(46361.0 - 1462.0, DateTime, true)), date);
        assert_eq!(moment_of(&ExcelDateTime::new(0.5, DateTime, true)), Cell::Moment(Moment::Time(720)));
        assert_eq!(moment_of(&ExcelDateTime::new(f64::NAN, DateTime, false)).shown(), "NaN");
    }

    #[test]
    fn durations() {
        assert_eq!([duration("PT08H10M00S"), duration("PT24H00M00S")], [Some(490), Some(1440)]);
        assert_eq!([duration("PT99999999999H00M00S"), duration("P1D"), duration("")], [None; 3]);
    }

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        assert_eq!(kind(b"{}"), None);
        assert_eq!(kind(b"PK\x03\x04"), Some(Kind::Xlsx));
        assert_eq!(kind(b"\xd0\xcf\x11\xe0"), Some(Kind::Old));
    }
}
