//! Legs by formula: the kinds `straight-line` and `estimate`.

use geo::{Coord, Intersects, Rect};

use crate::barriers;
use crate::error::TravelError;
use crate::gate::Gate;
use crate::margin::number;
use crate::sphere::{Point, SAME_SPOT_KM};

/// A power law of distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Curve {
    pub(crate) factor: f64,
    pub(crate) power: f64,
}

impl Curve {
    /// The value at a distance in kilometres.
    pub(crate) fn at(self, km: f64) -> f64 {
        self.factor * km.powf(self.power)
    }
}

/// Minutes and road kilometres as power laws of distance, driven round the water where it is in the way.
#[derive(Debug)]
pub(crate) struct Formula {
    minutes: Curve,
    road_km: Curve,
    gates: Vec<Gate>,
    slow: Option<Slow>,
}

/// A region that is slow to drive to or from.
#[derive(Clone, Copy, Debug)]
struct Slow {
    region: Rect,
    minutes: Curve,
}

/// A drive before rounding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Drive {
    pub(crate) minutes: f64,
    pub(crate) road_km: f64,
}

impl Formula {
    /// The kind `straight-line`: power laws of the great-circle distance.
    pub(crate) fn straight_line(minutes: Curve, road_km: Curve) -> Result<Self, TravelError> {
        number("minutes_factor", minutes.factor)?;
        number("minutes_power", minutes.power)?;
        number("km_factor", road_km.factor)?;
        number("km_power", road_km.power)?;
        Ok(Self { minutes, road_km, gates: Vec::new(), slow: None })
    }

    /// The kind `estimate`: constants fitted to drives in England and Wales; `docs/travel-estimate.md` tells how.
    pub(crate) fn estimate() -> Self {
        Self {
            minutes: Curve { factor: 3.02, power: 0.775 },
            road_km: Curve { factor: 1.60, power: 0.962 },
            gates: barriers::ALL.iter().map(Gate::new).collect(),
            slow: Some(Slow {
                // Wales north of the M4, A48 and A40.
                region: Rect::new(Coord { x: -5.4, y: 51.9 }, Coord { x: -3.05, y: 53.45 }),
                minutes: Curve { factor: 4.13, power: 0.733 },
            }),
        }
    }

    /// The curve that no drive's minutes undercut: minutes are never fewer than its value at the great-circle distance.
    pub(crate) fn fastest(&self) -> Curve {
        self.minutes
    }

    /// The curve that no drive's kilometres undercut, of the great-circle distance.
    pub(crate) fn shortest(&self) -> Curve {
        self.road_km
    }

    /// The drive between two points, the same both ways; `None` where they are one spot.
    pub(crate) fn drive(&self, from: &Point, to: &Point) -> Option<Drive> {
        let km = self.km(from, to);
        if km < SAME_SPOT_KM {
            return None;
        }
        let minutes = self.minutes.at(km);
        let minutes = match self.slow {
            Some(slow) if slow.region.intersects(&from.degrees) || slow.region.intersects(&to.degrees) => {
                // Beyond 1,700 km, farther than anybody drives here, the slow curve would be the faster one.
                minutes.max(slow.minutes.at(km))
            }
            _ => minutes,
        };
        Some(Drive { minutes, road_km: self.road_km.at(km) })
    }

    /// Kilometres as the crow flies, or by the longest of the detours round water. Detours are not chained: hardly a
    /// journey meets two waters that lie apart.
    fn km(&self, from: &Point, to: &Point) -> f64 {
        self.gates.iter().filter_map(|gate| gate.detour(from, to)).fold(from.km_to(to), f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EASTWOOD_PARK: (f64, f64) = (51.63445, -2.46738);
    const BRISTOL: (f64, f64) = (51.4535, -2.5966);
    const CARDIFF: (f64, f64) = (51.48, -3.18);

    fn point((lat, lon): (f64, f64)) -> Point {
        Point::new(lat, lon).unwrap()
    }

    fn estimate(from: (f64, f64), to: (f64, f64)) -> Drive {
        Formula::estimate().drive(&point(from), &point(to)).unwrap()
    }

    #[test]
    fn worked_values() {
        // Kilometres of g, road kilometres and minutes, worked out from the formula apart from this program.
        let cases = [
            ("Bristol", BRISTOL, 22.02, 31.3, 33.2),
            ("Swansea", (51.62946, -3.93841), 101.89, 136.8, 108.7),
            ("Aberystwyth", (52.4153, -4.0829), 145.52, 192.7, 159.0),
        ];
        for (town, from, g, road_km, minutes) in cases {
            let km = Formula::estimate().km(&point(from), &point(EASTWOOD_PARK));
            assert!((km - g).abs() < 0.005, "{town}: g {km}");
            let drive = estimate(from, EASTWOOD_PARK);
            assert!((drive.road_km - road_km).abs() < 0.05, "{town}: {drive:?}");
            assert!((drive.minutes - minutes).abs() < 0.05, "{town}: {drive:?}");
        }
    }

    #[test]
    fn round_the_bristol_channel() {
        let (from, to) = (point((51.20, -2.72)), point(CARDIFF));
        assert!((from.km_to(&to) - 44.61).abs() < 0.005);
        assert!((Formula::estimate().km(&from, &to) - 76.42).abs() < 0.005);
        assert!(estimate(CARDIFF, BRISTOL).road_km > 65.0);
    }

    #[test]
    fn cardiff_to_eastwood_park() {
        let drive = estimate((51.4785, -3.177), EASTWOOD_PARK);
        assert_eq!(drive.road_km.round(), 72.0, "{drive:?}");
        assert_eq!(drive.minutes.round(), 65.0, "{drive:?}");
    }

    #[test]
    fn only_wales_off_the_main_roads_is_slow() {
        let general = |drive: Drive, from, to| {
            drive.minutes == Formula::estimate().minutes.at(Formula::estimate().km(&point(from), &point(to)))
        };
        let fast = [
            ("Newport", (51.587, -2.998)),
            ("Merthyr Tydfil", (51.748, -3.378)),
            ("Carmarthen", (51.856, -4.309)),
            ("Haverfordwest", (51.801, -4.969)),
            ("Chester", (53.191, -2.892)),
        ];
        for (town, from) in fast {
            assert!(general(estimate(from, EASTWOOD_PARK), from, EASTWOOD_PARK), "{town}");
        }
        let slow = [("Builth", (52.150, -3.404)), ("Cardigan", (52.083, -4.661)), ("Bangor", (53.228, -4.129))];
        for (town, from) in slow {
            assert!(!general(estimate(from, EASTWOOD_PARK), from, EASTWOOD_PARK), "{town}");
        }
    }

    #[test]
    fn the_same_both_ways_and_never_below_the_fastest() {
        let formula = Formula::estimate();
        let grid: Vec<_> = (0..14)
            .flat_map(|i| (0..12).map(move |j| point((50.1 + 0.4 * f64::from(i), -5.3 + 0.61 * f64::from(j)))))
            .collect();
        for from in &grid {
            for to in &grid {
                let drive = formula.drive(from, to);
                assert_eq!(drive, formula.drive(to, from));
                let fastest = formula.fastest().at(from.km_to(to));
                assert!(drive.is_none_or(|drive| drive.minutes >= fastest), "{from:?} to {to:?}");
            }
        }
        // Aberystwyth to Sydney: farther than the two curves keep their order.
        let (here, there) = (point((52.4153, -4.0829)), point((-33.86, 151.21)));
        assert!(formula.drive(&here, &there).unwrap().minutes >= formula.fastest().at(here.km_to(&there)));
    }

    #[test]
    fn numbers_that_give_no_times() {
        let (good, bad) = (Curve { factor: 2.0, power: 0.9 }, Curve { factor: 1.0, power: f64::NAN });
        let error = Formula::straight_line(bad, good).unwrap_err();
        assert!(matches!(error, TravelError::BadNumber { field: "minutes_power", .. }), "{error}");
        let error = Formula::straight_line(good, Curve { factor: -1.0, power: 1.0 }).unwrap_err();
        assert_eq!(error.to_string(), "travel.km_factor is -1; give a number of at least 0");
    }
}
