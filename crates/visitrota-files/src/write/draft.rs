//! A sheet before it is a file.

use crate::cell::Cell;
use crate::sheets::Spec;

/// A sheet to be written.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) name: &'static str,
    /// What it and its columns are for; a sheet that is for reading alone has none.
    pub(crate) spec: Option<&'static Spec>,
    pub(crate) headings: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Option<Cell>>>,
}

impl Draft {
    pub(super) fn new(spec: &'static Spec, rows: Vec<Vec<Option<Cell>>>) -> Self {
        let headings = spec.columns.iter().map(|column| column.name).collect();
        Self { name: spec.name, spec: Some(spec), headings, rows }
    }

    /// Leaves out the columns that no row and no reader needs.
    pub(super) fn without_idle_columns(mut self) -> Self {
        let needed = |name: &&str| {
            let column = self.spec.and_then(|spec| spec.columns.iter().find(|column| column.name == *name));
            column.is_none_or(|column| column.needed)
        };
        let used = self
            .headings
            .iter()
            .enumerate()
            .map(|(n, name)| needed(name) || self.rows.iter().any(|row| row.get(n).is_some_and(Option::is_some)));
        let used: Vec<bool> = used.collect();
        let keep = |n: usize| used.get(n).copied().unwrap_or_default();
        let columns = self.headings.into_iter().enumerate();
        self.headings = columns.filter(|(n, _)| keep(*n)).map(|(_, name)| name).collect();
        for row in &mut self.rows {
            let cells = std::mem::take(row).into_iter().enumerate();
            *row = cells.filter(|(n, _)| keep(*n)).map(|(_, cell)| cell).collect();
        }
        self
    }
}
