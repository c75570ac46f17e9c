//! Why there are no travel times.

use std::fmt;

use visitrota_model::PlaceId;

/// Why there are no travel times for a problem.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TravelError {
    /// Places that the travel source cannot do without lack coordinates, or have coordinates that are none.
    #[error(
        "no usable coordinates: {}; give lat (-90 to 90) and lon (-180 to 180) in degrees, or travel of kind `matrix`",
        Names(places)
    )]
    NoCoordinates {
        /// The places, in the problem's order.
        places: Vec<PlaceId>,
    },
    /// Places of the problem that its travel matrix does not list.
    #[error("travel.places lacks {}; add each with its row and column", Names(places))]
    NotInMatrix {
        /// The places, in the problem's order.
        places: Vec<PlaceId>,
    },
    /// An id stands twice where it must be unique.
    #[error("the id `{place}` stands twice in {wherein}; rename or remove one")]
    DuplicateId {
        /// The id.
        place: PlaceId,
        /// Where.
        wherein: &'static str,
    },
    /// A table of the travel matrix has too many or too few rows.
    #[error("travel.{table} has {found} rows for {expected} places; give one row for each of travel.places")]
    MatrixRows {
        /// `minutes` or `metres`.
        table: &'static str,
        /// Rows found.
        found: usize,
        /// Rows needed.
        expected: usize,
    },
    /// A row of the travel matrix is too long or too short.
    #[error("the row of travel.{table} from `{from}` has {found} entries for {expected} places; give one for each")]
    MatrixRow {
        /// `minutes` or `metres`.
        table: &'static str,
        /// The place whose row it is.
        from: PlaceId,
        /// Entries found.
        found: usize,
        /// Entries needed.
        expected: usize,
    },
    /// A number of the travel source that gives no travel times.
    #[error("travel.{field} is {value}; give a number of at least 0")]
    BadNumber {
        /// The field.
        field: &'static str,
        /// Its value.
        value: f64,
    },
    /// A source that would have to be asked over the network.
    #[error(
        "travel of kind `{kind}` needs a routing server, and visitrota asks none; ask the server for its table of \
         minutes and metres between the places and give it as travel of kind `matrix`, or use kind `estimate`"
    )]
    Server {
        /// The kind of source.
        kind: &'static str,
    },
}

/// Places by name, the first few of them in full.
struct Names<'a>(&'a [PlaceId]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 10;
        for (n, place) in self.0.iter().take(MOST).enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}`{place}`")?;
        }
        match self.0.len().saturating_sub(MOST) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        let places = (1..=12).map(|n| PlaceId::from(format!("F{n}"))).collect();
        let message = TravelError::NotInMatrix { places }.to_string();
        assert!(message.starts_with("travel.places lacks `F1`, `F2`, "), "{message}");
        assert!(message.contains("`F10` and 2 more;"), "{message}");
    }
}
