//! Points on the globe and how far apart they are.

use geo::{Coord, HaversineMeasure};

/// The Earth's mean radius in kilometres.
const RADIUS_KM: f64 = HaversineMeasure::GRS80_MEAN_RADIUS.radius() / 1000.0;

/// Points nearer to each other than this are one spot: no driving between them.
pub(crate) const SAME_SPOT_KM: f64 = 0.001;

/// A point on the globe.
///
/// It keeps its place on the unit sphere, so that a distance costs a square root and an arcsine; that is the
/// haversine formula with its trigonometry done once for each point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    /// Degrees, x = east and y = north.
    pub(crate) degrees: Coord,
    unit: [f64; 3],
}

impl Point {
    /// The point at a latitude and longitude in degrees, if there is one.
    pub(crate) fn new(lat: f64, lon: f64) -> Option<Self> {
        if !(lat.abs() <= 90.0 && lon.abs() <= 180.0) {
            return None;
        }
        let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
        Some(Self { degrees: Coord { x: lon, y: lat }, unit: [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat] })
    }

    /// Great-circle kilometres to another point.
    pub(crate) fn km_to(&self, other: &Self) -> f64 {
        let [x, y, z] = self.unit;
        let [u, v, w] = other.unit;
        let chord = ((x - u).powi(2) + (y - v).powi(2) + (z - w).powi(2)).sqrt();
        2.0 * RADIUS_KM * (chord / 2.0).min(1.0).asin()
    }

    /// Kilometres along a slanting axis through the Earth: two points lie at least as far apart as along it.
    pub(crate) fn along_axis(&self) -> f64 {
        let [x, y, z] = self.unit;
        RADIUS_KM * (0.48 * x + 0.64 * y + 0.6 * z)
    }
}

#[cfg(test)]
mod tests {
    use geo::{Distance, Haversine};

    use super::*;

    #[test]
    fn distances_are_haversine() {
        let places = [
            (51.63445, -2.46738),
            (51.634_451, -2.467_38),
            (51.4535, -2.5966),
            (52.4153, -4.0829),
            (54.78, -1.55),
            (-33.86, 151.21),
            (90.0, 0.0),
            (0.0, 180.0),
            (0.0, -180.0),
        ];
        for (lat, lon) in places {
            for (lat2, lon2) in places {
                let ours = Point::new(lat, lon).unwrap().km_to(&Point::new(lat2, lon2).unwrap());
                let geos = Haversine.distance(geo::Point::new(lon, lat), geo::Point::new(lon2, lat2)) / 1000.0;
                assert!((ours - geos).abs() < 1e-6, "{lat},{lon} to {lat2},{lon2}: {ours} against {geos}");
            }
        }
    }

    #[test]
    fn a_degree_of_the_meridian() {
        let (south, north) = (Point::new(51.0, -3.0).unwrap(), Point::new(52.0, -3.0).unwrap());
        assert!((south.km_to(&north) - 6371.0088 * std::f64::consts::PI / 180.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_not_on_the_globe() {
        for (lat, lon) in [(f64::NAN, 0.0), (0.0, f64::NAN), (91.0, 0.0), (0.0, -181.0), (f64::INFINITY, 0.0)] {
            assert_eq!(Point::new(lat, lon), None, "{lat},{lon}");
        }
    }
}
