//! Water in the way, and the way round it.

use geo::line_intersection::line_intersection;
use geo::{BoundingRect, Intersects, Line, LineString, Rect};

use crate::barriers::Barrier;
use crate::sphere::Point;

/// A barrier made ready for measuring.
#[derive(Debug)]
pub(crate) struct Gate {
    lines: Vec<Line>,
    bounds: Option<Rect>,
    crossings: Vec<Point>,
}

impl Gate {
    pub(crate) fn new(barrier: &Barrier) -> Self {
        let line: LineString = barrier.line.iter().map(|&(lat, lon)| (lon, lat)).collect();
        Self {
            lines: line.lines().collect(),
            bounds: line.bounding_rect(),
            crossings: barrier.crossings.iter().filter_map(|&(lat, lon)| Point::new(lat, lon)).collect(),
        }
    }

    /// Kilometres from one point to another by the best crossing; `None` where the water is not in the way.
    pub(crate) fn detour(&self, from: &Point, to: &Point) -> Option<f64> {
        let straight = Line::new(from.degrees, to.degrees);
        if !self.bounds?.intersects(&straight.bounding_rect()) {
            return None;
        }
        let crosses = |water: &Line| line_intersection(straight, *water).is_some_and(|crossing| crossing.is_proper());
        if !self.lines.iter().any(crosses) {
            return None;
        }
        self.crossings.iter().map(|crossing| from.km_to(crossing) + crossing.km_to(to)).reduce(f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::barriers::*;

    fn detour(barrier: &Barrier, from: (f64, f64), to: (f64, f64)) -> Option<f64> {
        let [from, to] = [from, to].map(|(lat, lon)| Point::new(lat, lon).unwrap());
        Gate::new(barrier).detour(&from, &to)
    }

    #[test]
    fn every_barrier_is_in_somebodys_way() {
        let cases = [
            ("Weston to Cardiff", SEVERN, (51.346, -2.977), (51.480, -3.180)),
            ("Berkeley to Lydney", SEVERN, (51.690, -2.458), (51.725, -2.530)),
            ("Hull to Grimsby", HUMBER, (53.744, -0.333), (53.567, -0.080)),
            ("Southend to Sheerness", THAMES, (51.538, 0.711), (51.441, 0.763)),
            ("King's Lynn to Skegness", WASH, (52.752, 0.395), (53.144, 0.336)),
            ("Liverpool to Birkenhead", MERSEY, (53.405, -2.980), (53.393, -3.023)),
            ("Liverpool to Wallasey", MERSEY, (53.405, -2.980), (53.424, -3.065)),
            ("Neston to Flint", DEE, (53.290, -3.062), (53.249, -3.136)),
            ("Barrow to Heysham", MORECAMBE_BAY, (54.111, -3.227), (54.036, -2.895)),
            ("Pwllheli to New Quay", CARDIGAN_BAY, (52.889, -4.417), (52.214, -4.359)),
            ("Tywyn to Borth", DYFI, (52.586, -4.089), (52.489, -4.050)),
            ("Silloth to Dumfries", SOLWAY, (54.869, -3.386), (55.070, -3.603)),
        ];
        for (way, barrier, from, to) in cases {
            let there = detour(&barrier, from, to).unwrap_or_else(|| panic!("{way} is not in the way"));
            let [p, q] = [from, to].map(|(lat, lon)| Point::new(lat, lon).unwrap());
            assert!(there > p.km_to(&q), "{way}");
            assert_eq!(detour(&barrier, to, from), Some(there), "{way} and back");
        }
    }

    #[test]
    fn dry_ways_are_free() {
        let cases = [
            ("Bristol to Eastwood Park", (51.4535, -2.5966), (51.63445, -2.46738)),
            ("Newport to Swansea", (51.587, -2.998), (51.62946, -3.93841)),
            ("Swansea to Haverfordwest", (51.62946, -3.93841), (51.801, -4.969)),
            ("Hull to Leeds", (53.744, -0.333), (53.797, -1.543)),
            ("Liverpool to Manchester", (53.405, -2.980), (53.479, -2.245)),
            ("Chester to Wrexham", (53.191, -2.892), (53.046, -2.993)),
            ("Chelmsford to London", (51.736, 0.469), (51.507, -0.128)),
            ("Maidstone to London", (51.272, 0.523), (51.507, -0.128)),
            ("Lancaster to Preston", (54.048, -2.801), (53.759, -2.699)),
            ("Aberystwyth to Cardigan", (52.4153, -4.0829), (52.083, -4.661)),
            ("Carlisle to Newcastle", (54.893, -2.933), (54.978, -1.614)),
            ("nowhere at all", (51.5, -2.0), (51.5, -2.0)),
        ];
        for (way, from, to) in cases {
            for (n, barrier) in ALL.iter().enumerate() {
                assert_eq!(detour(barrier, from, to), None, "{way}, barrier {n}");
            }
        }
    }
}
