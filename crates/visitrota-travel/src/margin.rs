//! The margin by which minutes are lengthened.

use crate::error::TravelError;

/// Minutes times 1 + margin/100, rounded up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Margin {
    per_cent: f64,
}

impl Margin {
    pub(crate) fn new(margin_pct: f64) -> Result<Self, TravelError> {
        let per_cent = number("margin_pct", margin_pct)?;
        Ok(Self { per_cent })
    }

    /// Whole minutes, lengthened.
    pub(crate) fn lengthen(self, minutes: f64) -> u32 {
        // The little that is taken off keeps 50 × 1.1 at 55, where floating point says 55.00000000000001. A float
        // that is too large or not a number becomes the nearest whole number, or 0: the cast saturates.
        (minutes * (100.0 + self.per_cent) / 100.0 - 1e-9).ceil() as u32
    }

    /// This margin, or the nearest below it under which lengthening keeps the triangle inequality.
    ///
    /// With a whole number of thousandths, a product is a whole number of minutes or at least 0.00001 above one, so
    /// that rounding up is exact, and ⌈k(x + y)⌉ ≤ ⌈kx⌉ + ⌈ky⌉. A finer margin could make the sum of two hidden
    /// remainders show.
    pub(crate) fn in_thousandths(self) -> Self {
        Self { per_cent: (self.per_cent * 1000.0).floor() / 1000.0 }
    }
}

/// A number of the document that is finite and not negative.
pub(crate) fn number(field: &'static str, value: f64) -> Result<f64, TravelError> {
    if value.is_finite() && value >= 0.0 { Ok(value) } else { Err(TravelError::BadNumber { field, value }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengthened_minutes() {
        let cases = [(0.0, 60.0, 60), (10.0, 50.0, 55), (10.0, 51.0, 57), (25.0, 1.0, 2), (20.0, 0.0, 0)];
        for (per_cent, minutes, expected) in cases {
            assert_eq!(Margin::new(per_cent).unwrap().lengthen(minutes), expected, "{minutes} + {per_cent} %");
        }
        assert_eq!(Margin::new(1e300).unwrap().lengthen(1e300), u32::MAX);
    }

    #[test]
    fn thousandths_keep_usual_margins_and_never_add() {
        for per_cent in [0.0, 10.0, 12.5, 20.0, 25.0] {
            let margin = Margin::new(per_cent).unwrap();
            assert_eq!(margin.in_thousandths(), margin);
        }
        let fine = Margin::new(4e-8).unwrap();
        assert!((1..200).any(|x| fine.lengthen(f64::from(2 * x)) > 2 * fine.lengthen(f64::from(x))));
        let coarse = fine.in_thousandths();
        assert!((1..200).all(|x| coarse.lengthen(f64::from(x)) <= fine.lengthen(f64::from(x))));
    }

    #[test]
    fn margins_that_are_none() {
        for per_cent in [f64::NAN, f64::INFINITY, -0.1] {
            assert!(matches!(Margin::new(per_cent), Err(TravelError::BadNumber { field: "margin_pct", .. })));
        }
    }
}
