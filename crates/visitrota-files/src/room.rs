//! The room that is left for what a book holds, sheet by sheet.

use visitrota_model::{Measure, ReadLimits, TooLarge};

/// What has been read of a book so far, held against the limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) limits: ReadLimits,
    cells: u64,
    text: u64,
}

impl Room {
    pub(crate) fn new(limits: ReadLimits) -> Self {
        Self { limits, cells: 0, text: 0 }
    }

    /// Takes up so many cells.
    pub(crate) fn cells(&mut self, number: u64) -> Result<(), TooLarge> {
        self.cells = self.cells.saturating_add(number);
        self.limits.hold(Measure::Cells, self.cells)
    }

    /// How many more cells there may be.
    pub(crate) fn cells_left(&self) -> u64 {
        self.limits.most(Measure::Cells).saturating_sub(self.cells)
    }

    /// Takes up so many cells of a text of so many letters. More letters than a cell may hold are refused where they
    /// are read; here it is about all together.
    pub(crate) fn text(&mut self, letters: u64, cells: u64) -> Result<(), TooLarge> {
        self.text = self.text.saturating_add(letters.saturating_mul(cells));
        self.limits.hold(Measure::Text, self.text)
    }
}
