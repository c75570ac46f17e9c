//! A lower bound of formula minutes that obeys the triangle inequality.
//!
//! Let f be a formula's fastest curve, a·g^p with 0 < p ≤ 1. It is concave and f(0) = 0, so f(x + y) ≤ f(x) + f(y);
//! the great-circle distance d is a metric; hence f∘d is one, and so is ⌈f∘d⌉, as ⌈x + y⌉ ≤ ⌈x⌉ + ⌈y⌉ (to the last
//! digit of floating point). No way undercuts a metric that no leg undercuts.
//!
//! But two places less than a metre apart are one spot, 0 minutes apart, and over such a free step a third place may
//! be a minute nearer than it is directly. So the bound measures between *leaders*: places linked by free steps are
//! one group, and the group's first place stands for all. With no member farther than r from its leader, two groups'
//! leaders are at most 2r farther apart than any two of their members: x ≤ d + 2r. To stay below the leg, the
//! distance is shrunk by θ = 1 − 2r/u, where f(u) = 1:
//!
//! - if θx ≤ u, the bound is at most one minute, and two places of different groups are at least a minute apart;
//! - else x > u, so θx = x − 2r·x/u ≤ x − 2r ≤ d, and the bound is at most ⌈f(d)⌉.
//!
//! Shrinking keeps a metric a metric. Where no two places are that near, which is nearly always, r = 0 and θ = 1.

use crate::formula::Curve;
use crate::margin::Margin;
use crate::sphere::{Point, SAME_SPOT_KM};

/// The bound, for the places of one problem.
#[derive(Debug)]
pub(crate) struct Bound {
    fastest: Curve,
    margin: Margin,
    /// The leader of each place.
    leaders: Vec<Point>,
    shrink: f64,
}

impl Bound {
    /// The bound of a formula's fastest curve; `None` where the curve is not concave, or flat.
    pub(crate) fn new(fastest: Curve, margin: Margin, points: &[Point]) -> Option<Self> {
        if !(fastest.power > 0.0 && fastest.power <= 1.0) {
            return None;
        }
        let leaders = leaders(points);
        let reach = points.iter().zip(&leaders).map(|(point, leader)| point.km_to(leader)).fold(0.0, f64::max);
        let shrink = if reach > 0.0 {
            let one_minute_km = (1.0 / fastest.factor).powf(1.0 / fastest.power);
            (1.0 - 2.0 * reach / one_minute_km).max(0.0)
        } else {
            1.0
        };
        Some(Self { fastest, margin: margin.in_thousandths(), leaders, shrink })
    }

    /// Minutes that no way from one place to another undercuts.
    pub(crate) fn minutes(&self, from: usize, to: usize) -> u32 {
        let (Some(from), Some(to)) = (self.leaders.get(from), self.leaders.get(to)) else { return 0 };
        let km = self.shrink * from.km_to(to);
        self.margin.lengthen(self.fastest.at(km).ceil())
    }
}

/// For each point, the one that stands for all that are linked to it by steps within one spot.
fn leaders(points: &[Point]) -> Vec<Point> {
    // Along an axis, points of one spot are close neighbours; a slanting one, because places often share a latitude.
    let mut order: Vec<_> = points.iter().map(Point::along_axis).enumerate().collect();
    order.sort_by(|(i, a), (j, b)| a.total_cmp(b).then(i.cmp(j)));
    let mut leader: Vec<usize> = (0..points.len()).collect();
    let mut distinct: Vec<(usize, f64)> = Vec::new();
    for (here, axis) in order {
        let mut twin = false;
        for &(there, _) in distinct.iter().rev().take_while(|(_, before)| axis - before < 2.0 * SAME_SPOT_KM) {
            twin = points[here] == points[there];
            if points[here].km_to(&points[there]) < SAME_SPOT_KM {
                let (a, b) = (root(&mut leader, here), root(&mut leader, there));
                leader[a.max(b)] = a.min(b);
            }
            if twin {
                break;
            }
        }
        if !twin {
            distinct.push((here, axis));
        }
    }
    (0..points.len()).map(|place| points[root(&mut leader, place)]).collect()
}

/// The leader of a place's group, shortening the way to it for the next who ask.
fn root(leader: &mut [usize], mut place: usize) -> usize {
    while leader[place] != place {
        leader[place] = leader[leader[place]];
        place = leader[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(places: &[(f64, f64)]) -> Vec<Point> {
        places.iter().map(|&(lat, lon)| Point::new(lat, lon).unwrap()).collect()
    }

    #[test]
    fn neighbours_within_a_metre_have_one_leader() {
        // 0.000005 degrees of latitude are 0.56 m.
        let places =
            points(&[(51.0, -3.0), (51.5, -3.0), (51.000_01, -3.0), (51.000_005, -3.0), (51.5, -3.0), (51.2, -3.0)]);
        let (first, second, last) = (places[0], places[1], places[5]);
        assert_eq!(leaders(&places), [first, second, first, first, second, last]);
    }

    #[test]
    fn a_crowd_in_one_place() {
        let crowd = points(&vec![(51.0, -3.0); 30_000]);
        assert_eq!(leaders(&crowd), crowd);
    }

    #[test]
    fn curves_without_a_bound() {
        let places = points(&[(51.0, -3.0)]);
        for power in [0.0, 1.01] {
            assert!(Bound::new(Curve { factor: 1.0, power }, Margin::new(0.0).unwrap(), &places).is_none(), "{power}");
        }
    }
}
