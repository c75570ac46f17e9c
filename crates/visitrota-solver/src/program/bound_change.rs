//! A bound change, also called a domain change: a branching decision or a fixing, as a new bound of one column.

use crate::instance::index::ColumnIx;

/// A column, and whether its lower bound is raised rather than its upper bound lowered.
pub(crate) type BranchSide = (ColumnIx, bool);

/// One way to decide a column: a branch, or what a branch implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BoundChange {
    pub(crate) column: ColumnIx,
    /// The column is at most this; with `up`, it is more than this.
    threshold: i64,
    pub(crate) up: bool,
}

impl BoundChange {
    /// One of the two branches that rule out a fractional share of a column.
    pub(crate) fn rounding(column: ColumnIx, share: f64, up: bool) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a small count")]
        let threshold = share.floor() as i64;
        Self { column, threshold, up }
    }

    /// Fixes a column of 0 or 1.
    pub(crate) fn fixing(column: ColumnIx, taken: bool) -> Self {
        Self { column, threshold: 0, up: taken }
    }

    pub(crate) fn side(&self) -> BranchSide {
        (self.column, self.up)
    }

    /// What the change leaves of a column's bounds.
    pub(crate) fn applied_to(&self, (low, high): (i64, i64)) -> (i64, i64) {
        if self.up { (low.max(self.threshold + 1), high) } else { (low, high.min(self.threshold)) }
    }
}
