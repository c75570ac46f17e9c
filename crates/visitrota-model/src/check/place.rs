//! A place, whosever it is.

use crate::limit::{LATITUDE, LONGITUDE};
use crate::problem::Position;

/// A prison, meeting point, volunteer or family, as far as it is a place.
pub(super) struct Place<'a> {
    pub(super) path: String,
    pub(super) who: String,
    pub(super) lat: Option<f64>,
    pub(super) lon: Option<f64>,
    pub(super) postcode: Option<&'a str>,
}

impl Place<'_> {
    /// Where it is, and how that is known; nothing where its degrees are none.
    pub(super) fn position(&self) -> Option<Position> {
        let position = Position::of(self.lat, self.lon, self.postcode)?;
        (in_range(position.lat, LATITUDE) && in_range(position.lon, LONGITUDE)).then_some(position)
    }
}

/// Whether degrees are some.
pub(super) fn in_range(value: f64, most: i32) -> bool {
    value.abs() <= f64::from(most)
}
