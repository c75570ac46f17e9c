//! One way to decide a column.

use crate::instance::index::ColumnIx;

/// A column, and whether it is to be more, not less.
pub(crate) type BranchSide = (ColumnIx, bool);

/// One way to decide a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BoundChange {
    pub(crate) column: ColumnIx,
    /// It is no more than this, or if `up`, it is more.
    threshold: i64,
    pub(crate) up: bool,
}

impl BoundChange {
    /// One of the two ways to decide a column of some share.
    pub(crate) fn of(column: ColumnIx, share: f64, up: bool) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a small count")]
        let most = share.floor() as i64;
        Self { column, threshold: most, up }
    }

    pub(crate) fn side(&self) -> BranchSide {
        (self.column, self.up)
    }

    /// That a column of 0 or 1 is taken, or is not.
    pub(crate) fn taken(column: ColumnIx, taken: bool) -> Self {
        Self { column, threshold: 0, up: taken }
    }

    /// What it leaves of a range.
    pub(crate) fn within(&self, (low, high): (i64, i64)) -> (i64, i64) {
        if self.up { (low.max(self.threshold + 1), high) } else { (low, high.min(self.threshold)) }
    }
}
