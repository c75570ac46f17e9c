//! Where a prison, a meeting point, a volunteer or a family is.

use visitrota_postcodes::{Precision, locate};

use super::{Family, MeetingPoint, Prison, Volunteer};

/// Where a place is, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees north, WGS84.
    pub lat: f64,
    /// Degrees east, WGS84.
    pub lon: f64,
    /// Where it is known by a postcode alone: of what it is the middle.
    pub by_postcode: Option<Precision>,
}

impl Position {
    /// The coordinates given; if there are none at all, those of the postcode, if that exists.
    pub(crate) fn of(lat: Option<f64>, lon: Option<f64>, postcode: Option<&str>) -> Option<Self> {
        match (lat, lon) {
            (Some(lat), Some(lon)) => Some(Self { lat, lon, by_postcode: None }),
            (None, None) => {
                let found = locate(postcode?).ok()?;
                Some(Self { lat: found.lat, lon: found.lon, by_postcode: Some(found.precision) })
            }
            // One of the two is a slip: where the place is, nobody knows.
            _ => None,
        }
    }
}

macro_rules! positioned {
    ($($type:ident),*) => {$(
        impl $type {
            /// Where it is: its coordinates, or, without any, the middle of its postcode's sector or district.
            #[must_use]
            pub fn position(&self) -> Option<Position> {
                Position::of(self.lat, self.lon, self.postcode.as_deref())
            }
        }
    )*};
}

positioned!(Family, MeetingPoint, Prison, Volunteer);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_come_before_the_postcode() {
        let given = Position::of(Some(51.5), Some(-3.2), Some("AB10 1AA")).unwrap();
        assert_eq!(given, Position { lat: 51.5, lon: -3.2, by_postcode: None });
        let found = Position::of(None, None, Some("cf103at")).unwrap();
        assert_eq!(found, Position { lat: 51.47918, lon: -3.1834, by_postcode: Some(Precision::Sector) });
        assert_eq!(Position::of(Some(51.5), None, Some("CF10 3AT")), None);
        assert_eq!(Position::of(None, None, Some("BT1 1AA")), None);
        assert_eq!(Position::of(None, None, None), None);
    }
}
