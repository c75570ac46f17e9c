//! Points in fixed-point arithmetic, so that a bound is added up exactly.
//!
//! A linear program's duals are rounded to whole numbers of parts of a point, and the bound is added up from these in
//! integers. It holds whatever the solver's arithmetic did to the duals: rounding can make it weaker, never wrong. (On
//! bounds that are safe: A. Neumaier and O. Shcherbina, Safe bounds in linear and mixed-integer linear programming,
//! Mathematical Programming 99, 2004.)

/// Points as a whole number of parts, of which [`ScaledPoints::PARTS`] make one point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScaledPoints(i128);

impl ScaledPoints {
    /// The parts of one point. Enough that rounding the prices of thousands of rows costs a bound far less than a
    /// point; few enough that no sum of products comes near the limits of `i128`.
    pub(crate) const PARTS: i128 = 1 << 20;

    pub(crate) const fn from_parts(parts: i128) -> Self {
        Self(parts)
    }

    /// By how many points this exceeds another; 0 if it does not.
    #[expect(clippy::cast_precision_loss, reason = "a measure, and no proof")]
    pub(crate) fn excess_over(self, other: Self) -> f64 {
        (self.0 - other.0).max(0) as f64 / Self::PARTS as f64
    }

    /// Whole points, rounded down.
    pub(crate) fn floor(self) -> i64 {
        i64::try_from(self.0.div_euclid(Self::PARTS)).unwrap_or(i64::MAX)
    }

    /// By how many parts a bound exceeds the least score that beats the cutoff, which is one point above it; negative
    /// if the bound proves that no score does.
    pub(crate) fn parts_above(self, cutoff: i64) -> i128 {
        self.0 - (i128::from(cutoff) + 1) * Self::PARTS
    }

    /// Whether a bound leaves room for a score above the cutoff.
    pub(crate) fn exceeds(self, cutoff: i64) -> bool {
        self.parts_above(cutoff) >= 0
    }

    /// Whether a bound has fallen from an earlier one by more than 1/`divisor` of what it still leaves above the
    /// cutoff.
    pub(crate) fn fell_since(self, earlier: Self, cutoff: i64, divisor: i128) -> bool {
        (earlier.0 - self.0) * divisor > self.parts_above(cutoff)
    }
}
