//! The XML of a workbook looked over, piece by piece: how much it would become, before it is made so much of.
//!
//! What is counted are the things by which little stands for much: cells and rows that are repeated, spaces that are
//! counted, formats that are copied for each style, lists whose length is told ahead. Everything else takes room in
//! step with the file.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use visitrota_model::Measure;

use crate::book::{COLUMNS, ROWS, letters, place};
use crate::room::Room;
use crate::unreadable::Unreadable;
use crate::unseen::Eye;

/// Elements within each other: far more than any program writes.
const DEEPEST: usize = 200;
/// Looks one file of a workbook over, with somebody who looks on.
pub(crate) fn scan(
    name: &str,
    xml: &[u8],
    room: &mut Room,
    elements: &mut u64,
    eye: &mut Eye,
) -> Result<(), Unreadable> {
    let broken = |why: &str| Unreadable::Broken(format!("{name} in it {why}"));
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut open: usize = 0;
    eye.part(name);
    let mut sight =
        Sight { part: name, room, cell: None, table: None, holders: 0, letters: 0, sheets: 0, styles: 0, longest: 0 };
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| broken(&format!("is not sound: {error}")))?;
        match event {
            Event::Start(tag) => {
                open += 1;
                if open > DEEPEST {
                    return Err(broken("has elements within elements, too deep for any workbook"));
                }
                *elements += 1;
                sight.begins(&tag)?;
                eye.begins(&tag);
            }
            Event::Empty(tag) => {
                *elements += 1;
                sight.begins(&tag)?;
                sight.ends(tag.name().as_ref())?;
                eye.begins(&tag);
                eye.ends(tag.name().as_ref());
            }
            Event::End(tag) => {
                // The reader has seen to it that it was open.
                open = open.saturating_sub(1);
                sight.ends(tag.name().as_ref())?;
                eye.ends(tag.name().as_ref());
            }
            Event::Text(text) => {
                sight.says(text.chars().count() as u64)?;
                eye.says(&text);
            }
            Event::CData(text) => {
                sight.says(text.chars().count() as u64)?;
                eye.says(&text);
            }
            Event::Comment(text) => sight.says(text.chars().count() as u64)?,
            Event::GeneralRef(letter) => {
                sight.says(1)?;
                let meant = match letter.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "apos" => "'",
                    "quot" => "\"",
                    _ => "?",
                };
                eye.says(meant);
            }
            Event::Eof => break,
            _ => {}
        }
        sight.room.limits.hold(Measure::Elements, *elements)?;
    }
    if open > 0 {
        return Err(broken("ends too soon"));
    }
    sight.over()
}

/// What has been seen of one file.
struct Sight<'a> {
    part: &'a str,
    room: &'a mut Room,
    /// The cell of an `.ods` sheet that is open.
    cell: Option<Cell>,
    /// The `.ods` sheet that is open.
    table: Option<Table>,
    /// Things open whose texts become one.
    holders: u64,
    /// Letters of the text that is open.
    letters: u64,
    sheets: u64,
    /// Styles, of which each is given a copy of the longest tag at the most.
    styles: u64,
    longest: u64,
}

/// A cell of an `.ods` sheet.
struct Cell {
    repeated: u64,
    /// Whether anything stands in it.
    filled: bool,
    /// Letters of its formula and value besides those between its tags.
    letters: u64,
}

/// An `.ods` sheet: as a table without gaps, which is what is made of it.
#[derive(Default)]
struct Table {
    name: String,
    /// Rows from the first that is filled to the last.
    rows: u64,
    /// Empty rows since the last that is filled.
    empty: u64,
    /// Columns to the last that is filled.
    columns: u64,
    /// Cells kept of the rows as they stand in the file, before they are repeated.
    kept: u64,
    /// Of the row that is open: how often it is repeated, columns so far, how many of them a last empty cell stands for,
    /// columns to the last filled cell, and letters.
    repeated: u64,
    along: u64,
    run: u64,
    filled: u64,
    letters: u64,
    /// Cells within cells: none of them are of this sheet.
    inner: u64,
}

impl Sight<'_> {
    /// A tag opens.
    fn begins(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        let most = self.room.limits.most(Measure::CellText);
        let length = tag.len() as u64;
        // A tag may hold a formula and a value besides each other.
        if length > most.saturating_mul(4) {
            return Err(self.room.limits.too_large(Measure::CellText).at(self.part).into());
        }
        self.longest = self.longest.max(length);
        if self.holders == 0 {
            self.letters = 0;
        }
        self.holders += u64::from(holds_text(tag.name().as_ref()));
        match tag.name().as_ref() {
            "table:table" => return self.table(tag),
            "table:table-row" => return self.row(tag),
            "table:table-cell" | "table:covered-table-cell" => return self.ods_cell(tag),
            "text:s" => {
                let spaces = self.largest(tag, &["text:c"])?.unwrap_or(1);
                return self.says(spaces);
            }
            _ => {}
        }
        match tag.local_name().as_ref() {
            "xf" => self.styles += 1,
            "sheet" => self.sheet()?,
            _ => {}
        }
        match tag.local_name().as_ref() {
            "sst" => {
                if let Some(count) = self.largest(tag, &["uniqueCount", "count"])? {
                    self.room.limits.hold(Measure::Cells, count).map_err(|large| large.at(self.part))?;
                }
            }
            "c" | "row" => self.references(tag, "r")?,
            "dimension" => self.references(tag, "ref")?,
            _ => {}
        }
        Ok(())
    }

    /// A tag closes.
    fn ends(&mut self, name: &str) -> Result<(), Unreadable> {
        self.holders = self.holders.saturating_sub(u64::from(holds_text(name)));
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.ods_cell_ends(),
            "table:table-row" => self.row_ends(),
            "table:table" => {
                let cells = self.table.take().map_or(0, |table| table.cells());
                Ok(self.room.cells(cells)?)
            }
            _ => Ok(()),
        }
    }

    /// So many letters more stand there.
    fn says(&mut self, letters: u64) -> Result<(), Unreadable> {
        self.letters = self.letters.saturating_add(letters);
        let place = || match &self.table {
            Some(table) => format!("sheet {}, row {}", table.name, table.rows + table.empty + 1),
            None => self.part.to_owned(),
        };
        Ok(self.room.limits.hold(Measure::CellText, self.letters).map_err(|large| large.at(place()))?)
    }

    fn sheet(&mut self) -> Result<(), Unreadable> {
        self.sheets += 1;
        Ok(self.room.limits.hold(Measure::Sheets, self.sheets)?)
    }

    /// Whatever must hold of the file as a whole.
    fn over(self) -> Result<(), Unreadable> {
        let copied = self.styles.saturating_mul(self.longest);
        let hint = "It has more formats than any sheet needs: copy the sheets into a new workbook.";
        Ok(self.room.limits.hold(Measure::Text, copied).map_err(|large| large.at(self.part).hint(hint))?)
    }

    /// The largest whole number among attributes: where one stands twice, either may be the one that is read.
    fn largest(&self, tag: &BytesStart<'_>, names: &[&str]) -> Result<Option<u64>, Unreadable> {
        let mut largest = None;
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.unsound(&error.to_string()))?;
            if names.contains(&attribute.key.as_ref()) {
                // What is no number is refused by whoever reads it; what is too large to be one is large.
                let digits = attribute.value.chars().all(|c| c.is_ascii_digit());
                let number = attribute.value.parse().unwrap_or(if digits { u64::MAX } else { 0 });
                largest = largest.max(Some(number));
            }
        }
        Ok(largest)
    }

    fn unsound(&self, why: &str) -> Unreadable {
        Unreadable::Broken(format!("{} in it is not sound: {why}", self.part))
    }

    /// That cells are named as they can be: `XFD1048576` is the last.
    fn references(&self, tag: &BytesStart<'_>, name: &str) -> Result<(), Unreadable> {
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.unsound(&error.to_string()))?;
            if attribute.key.as_ref() != name {
                continue;
            }
            let mut before = (0, 0);
            for reference in attribute.value.split(':') {
                let place = place(reference).filter(|(row, column)| before.0 <= *row && before.1 <= *column);
                before = place.ok_or_else(|| self.unsound(&format!("no sheet has a place \"{reference}\"")))?;
            }
        }
        Ok(())
    }

    fn table(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        self.sheet()?;
        if self.table.is_some() {
            return Err(self.unsound("a table stands within a table"));
        }
        let name = tag.try_get_attribute("table:name").map_err(|error| self.unsound(&error.to_string()))?;
        let name = name.map(|name| name.value.into_owned()).unwrap_or_default();
        self.table = Some(Table { name, ..Table::default() });
        Ok(())
    }

    fn row(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        let repeated = self.largest(tag, &["table:number-rows-repeated"])?.unwrap_or(1).min(ROWS);
        if let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) {
            (table.repeated, table.along, table.run, table.filled, table.letters) = (repeated, 0, 0, 0, 0);
        }
        Ok(())
    }

    fn ods_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        if self.cell.is_some() {
            if let Some(table) = &mut self.table {
                table.inner += 1;
            }
            return Ok(());
        }
        let repeated = self.largest(tag, &["table:number-columns-repeated"])?.unwrap_or(1).min(COLUMNS);
        let (mut filled, mut letters) = (false, 0);
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.unsound(&error.to_string()))?;
            let key = attribute.key.as_ref();
            if key.starts_with("office:") || key.starts_with("calcext:") || key == "table:formula" {
                filled = true;
                letters += attribute.value.chars().count() as u64;
            }
        }
        self.cell = Some(Cell { repeated, filled, letters });
        Ok(())
    }

    fn ods_cell_ends(&mut self) -> Result<(), Unreadable> {
        let Some(table) = &mut self.table else {
            self.cell = None;
            return Ok(());
        };
        if table.inner > 0 {
            table.inner -= 1;
            return Ok(());
        }
        let Some(cell) = self.cell.take() else { return Ok(()) };
        table.along = table.along.saturating_add(cell.repeated).min(COLUMNS);
        table.run = if cell.filled { 0 } else { cell.repeated };
        if cell.filled {
            table.filled = table.along;
            let letters = cell.letters.saturating_add(self.letters).saturating_mul(cell.repeated);
            table.letters = table.letters.saturating_add(letters);
        }
        Ok(())
    }

    fn row_ends(&mut self) -> Result<(), Unreadable> {
        let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) else { return Ok(()) };
        table.kept = table.kept.saturating_add(table.along.saturating_sub(table.run));
        let rows = table.repeated;
        if table.filled == 0 {
            table.empty = if table.rows > 0 { table.empty.saturating_add(rows) } else { 0 };
        } else {
            table.rows = table.rows.saturating_add(table.empty).saturating_add(rows).min(ROWS);
            table.empty = 0;
            table.columns = table.columns.max(table.filled);
        }
        if table.cells() > self.room.cells_left() {
            let to = letters(u32::try_from(table.columns.saturating_sub(1)).unwrap_or_default());
            let place = format!("sheet {}, down to row {} and along to column {to}", table.name, table.rows);
            let hint =
                "Something may be far from the rest by mistake: delete the rows and columns that should be empty.";
            return Err(self.room.limits.too_large(Measure::Cells).at(place).hint(hint).into());
        }
        let letters = if table.filled > 0 { table.letters } else { 0 };
        self.room.text(letters, rows).map_err(|large| large.at(format!("sheet {}", table.name)))?;
        Ok(())
    }
}

impl Table {
    /// Cells that are made of it.
    fn cells(&self) -> u64 {
        self.rows.saturating_mul(self.columns).max(self.kept)
    }
}

/// Whether the texts in an element become one: a cell's, or one that several cells share.
fn holds_text(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or_default();
    ["si", "c", "definedName", "table-cell", "covered-table-cell"].contains(&local)
}
