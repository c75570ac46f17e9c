//! Points as whole numbers of small parts, so that a bound worked out with them is exact.

/// Prices and points are counted in this part of a point, as whole numbers: a bound worked out with them is exact,
/// however the prices were found.
pub(crate) const SCALE: i128 = 1 << 20;

/// Points, scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScaledPoints(pub(crate) i128);

impl ScaledPoints {
    /// What this is more than another, in points.
    #[expect(clippy::cast_precision_loss, reason = "a measure, and no proof")]
    pub(crate) fn more_than(self, other: Self) -> f64 {
        (self.0 - other.0).max(0) as f64 / SCALE as f64
    }

    pub(crate) fn whole(self) -> i64 {
        i64::try_from(self.0.div_euclid(SCALE)).unwrap_or(i64::MAX)
    }

    /// What a bound is above so many points and one more; negative if it rules them out.
    pub(crate) fn above(self, points: i64) -> i128 {
        self.0 - (i128::from(points) + 1) * SCALE
    }

    /// Whether more than so many points are left.
    pub(crate) fn exceeds(self, points: i64) -> bool {
        self.above(points) >= 0
    }

    /// Whether a bound came down to this by a part of what it is above so many points.
    pub(crate) fn fell(self, from: Self, points: i64, part: i128) -> bool {
        (from.0 - self.0) * part > self.above(points)
    }
}
