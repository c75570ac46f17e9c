//! The content of an `.ods` workbook.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::sheet::{MOST, Unseen, add, value};
use crate::cell::{Cell, is_error};

/// A cell that is open.
#[derive(Debug)]
struct Open {
    repeated: u32,
    formula: Option<String>,
    has_value: bool,
    is_error: bool,
    text: String,
    /// Cells of tables within it.
    inner: usize,
}

/// A row that is open.
#[derive(Debug, Default)]
struct Line {
    repeated: u32,
    column: u32,
    odd: Vec<(u32, Cell)>,
}

#[derive(Debug, Default)]
pub(super) struct Eye {
    pub(super) sheets: BTreeMap<String, Unseen>,
    /// The style of a table that is being told of, and those of hidden ones.
    style: String,
    hidden_styles: BTreeSet<String>,
    table: Option<String>,
    row: u32,
    column: u32,
    line: Line,
    open: Option<Open>,
}

impl Eye {
    pub(super) fn begins(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "style:style" => self.style = value(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if value(tag, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table:table" if self.table.is_none() => {
                let name = value(tag, "table:name").unwrap_or_default();
                let unseen = self.sheets.entry(name.clone()).or_default();
                unseen.hidden.sheet =
                    value(tag, "table:style-name").is_some_and(|style| self.hidden_styles.contains(&style));
                self.table = Some(name);
                (self.row, self.column) = (0, 0);
            }
            "table:table-column" if self.open.is_none() => {
                let repeated = number(tag, "table:number-columns-repeated");
                let last = self.column.saturating_add(repeated - 1);
                if is_hidden(tag)
                    && let Some(unseen) = self.unseen()
                {
                    let from = last.saturating_sub(repeated - 1);
                    add(&mut unseen.hidden.columns, from, last);
                }
                self.column = last.saturating_add(1);
            }
            "table:table-row" if self.open.is_none() => {
                let repeated = number(tag, "table:number-rows-repeated");
                let (from, to) = (self.row, self.row.saturating_add(repeated - 1));
                if is_hidden(tag)
                    && let Some(unseen) = self.unseen()
                {
                    add(&mut unseen.hidden.rows, from, to);
                }
                self.line = Line { repeated, ..Line::default() };
            }
            "table:table-cell" | "table:covered-table-cell" => match &mut self.open {
                Some(open) => open.inner += 1,
                None => {
                    self.open = Some(Open {
                        repeated: number(tag, "table:number-columns-repeated"),
                        formula: value(tag, "table:formula"),
                        has_value: value(tag, "office:value-type").is_some(),
                        is_error: value(tag, "calcext:value-type").as_deref() == Some("error"),
                        text: String::new(),
                        inner: 0,
                    });
                }
            },
            _ => {}
        }
    }

    fn unseen(&mut self) -> Option<&mut Unseen> {
        self.sheets.get_mut(self.table.as_ref()?)
    }

    pub(super) fn says(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            let left = 60_usize.saturating_sub(open.text.chars().count());
            open.text.extend(text.chars().take(left));
        }
    }

    pub(super) fn ends(&mut self, name: &str) {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(open) = &mut self.open else { return };
                if open.inner > 0 {
                    open.inner -= 1;
                } else if let Some(open) = self.open.take() {
                    self.cell(open);
                }
            }
            "table:table-row" if self.open.is_none() => {
                let line = std::mem::take(&mut self.line);
                let row = self.row;
                self.row = row.saturating_add(line.repeated);
                if line.odd.is_empty() {
                    return;
                }
                let last = self.row;
                let Some(unseen) = self.unseen() else { return };
                for row in (row..last).take(MOST) {
                    for (column, cell) in &line.odd {
                        unseen.odd((row, *column), cell.clone());
                    }
                }
            }
            "table:table" if self.open.is_none() => self.table = None,
            _ => {}
        }
    }

    fn cell(&mut self, open: Open) {
        let Open { repeated, formula, has_value, is_error: says_so, text, .. } = open;
        let text = text.trim();
        let odd = if says_so || formula.is_some() && is_error(text) {
            Some(Cell::Error(if text.is_empty() { "#N/A".to_owned() } else { text.to_owned() }))
        } else {
            let formula = formula.filter(|_| !has_value && text.is_empty());
            formula.map(|formula| {
                // `of:=1+1`, as it stands in the file.
                let shown = formula.split_once(":=").map_or(formula.as_str(), |(_, shown)| shown);
                let shown: String = shown.trim_start_matches('=').chars().take(60).collect();
                Cell::Uncalculated(format!("={shown}"))
            })
        };
        let column = self.line.column;
        self.line.column = column.saturating_add(repeated);
        if let Some(cell) = odd {
            let room = MOST.saturating_sub(self.line.odd.len());
            let columns = (column..self.line.column).take(room);
            self.line.odd.extend(columns.map(|column| (column, cell.clone())));
        }
    }
}

/// How often something is repeated: once at least.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    value(tag, name).and_then(|number| number.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    value(tag, "table:visibility").is_some_and(|visibility| visibility != "visible")
}
