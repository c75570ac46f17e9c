//! Legs worked out from coordinates, each when it is asked for.

use visitrota_model::Leg;

use crate::bound::Bound;
use crate::formula::Formula;
use crate::margin::Margin;
use crate::sphere::{Point, SAME_SPOT_KM};
use crate::table::Table;

/// The most legs of one way for which metres are bounded.
const MOST_LEGS: u32 = 64;

/// The places of a problem and a formula for the legs between them.
#[derive(Debug)]
pub(crate) struct Roads {
    formula: Formula,
    margin: Margin,
    points: Vec<Point>,
    bound: Option<Bound>,
}

impl Roads {
    pub(crate) fn new(formula: Formula, margin: Margin, points: Vec<Point>) -> Self {
        let bound = Bound::new(formula.fastest(), margin, &points);
        Self { formula, margin, points, bound }
    }

    pub(crate) fn leg(&self, from: usize, to: usize) -> Leg {
        let (Some(from), Some(to)) = (self.points.get(from), self.points.get(to)) else { return Leg::default() };
        self.formula.drive(from, to).map_or(Leg::default(), |drive| Leg {
            minutes: self.margin.lengthen(drive.minutes.ceil()),
            // A number too large for the type becomes the largest: the cast saturates.
            metres: (1000.0 * drive.road_km).round() as u32,
        })
    }

    /// A lower bound; 0 where the formula has none that costs nothing to work out.
    pub(crate) fn at_least(&self, from: usize, to: usize) -> u32 {
        self.bound.as_ref().map_or(0, |bound| bound.minutes(from, to))
    }

    /// Metres that no way of up to [`MOST_LEGS`] legs undercuts.
    ///
    /// A concave curve through 0 obeys the triangle inequality; each leg is rounded, and may be a free step within one
    /// spot.
    pub(crate) fn metres_at_least(&self, from: usize, to: usize) -> u32 {
        let (Some(from), Some(to)) = (self.points.get(from), self.points.get(to)) else { return 0 };
        let curve = self.formula.shortest();
        if !(curve.power > 0.0 && curve.power <= 1.0) {
            return 0;
        }
        let leeway = f64::from(MOST_LEGS) * (1.0 + 1000.0 * curve.at(SAME_SPOT_KM));
        // Casts saturate.
        (1000.0 * curve.at(from.km_to(to)) - leeway).max(0.0) as u32
    }

    /// The same legs, all worked out beforehand.
    pub(crate) fn tabulate(&self) -> Table {
        let side = self.points.len();
        let legs = symmetric(side, |from, to| self.leg(from, to));
        let metres = symmetric(side, |from, to| self.metres_at_least(from, to));
        match &self.bound {
            Some(bound) => Table::with_bounds(side, legs, symmetric(side, |from, to| bound.minutes(from, to)), metres),
            None => Table::new(side, legs),
        }
    }
}

/// A square table, row after row, of what is the same both ways.
fn symmetric<T: Copy + Default>(side: usize, cell: impl Fn(usize, usize) -> T) -> Vec<T> {
    let mut cells = vec![T::default(); side * side];
    for from in 0..side {
        for to in 0..=from {
            let value = cell(from, to);
            cells[from * side + to] = value;
            cells[to * side + from] = value;
        }
    }
    cells
}
