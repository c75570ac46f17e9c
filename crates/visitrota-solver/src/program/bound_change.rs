//! A bound change, also called a domain change: a branching decision or a fixing, as a new bound of one column.

use crate::instance::index::ColumnIx;

/// Which bound a branch changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The upper bound is lowered.
    Down,
    /// The lower bound is raised.
    Up,
}

impl Side {
    pub(crate) const BOTH: [Self; 2] = [Self::Down, Self::Up];
}

/// A column, and which of its bounds a branch changes.
pub(crate) type BranchSide = (ColumnIx, Side);

/// One way to decide a column: a branch, or what a branch implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BoundChange {
    pub(crate) column: ColumnIx,
    /// Down, the column is at most this; up, it is more than this.
    threshold: i64,
    pub(crate) side: Side,
}

impl BoundChange {
    /// One of the two branches that rule out a fractional share of a column.
    pub(crate) fn rounding(column: ColumnIx, share: f64, side: Side) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a small count")]
        let threshold = share.floor() as i64;
        Self { column, threshold, side }
    }

    /// Fixes a column of 0 or 1.
    pub(crate) fn fixing(column: ColumnIx, taken: bool) -> Self {
        Self { column, threshold: 0, side: if taken { Side::Up } else { Side::Down } }
    }

    pub(crate) fn branch_side(&self) -> BranchSide {
        (self.column, self.side)
    }

    /// What the change leaves of a column's bounds.
    pub(crate) fn applied_to(&self, (low, high): (i64, i64)) -> (i64, i64) {
        match self.side {
            Side::Down => (low, high.min(self.threshold)),
            Side::Up => (low.max(self.threshold + 1), high),
        }
    }
}
