//! Where a postcode is.

use std::fmt;

use crate::table::{District, district};
use crate::written::Written;

/// Where a postcode is, as nearly as the table knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Degrees north, WGS84.
    pub lat: f64,
    /// Degrees east, WGS84.
    pub lon: f64,
    /// Of what it is the middle.
    pub precision: Precision,
}

/// Of what a position is the middle, and so how far from it a place may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Precision {
    /// A postcode sector, such as `CF10 3`.
    Sector,
    /// A postcode district, such as `CF10`.
    District,
}

/// Why it is not known where something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// It is in a part of the world that the table does not have; a noun for it.
    Elsewhere(&'static str),
    /// There is no such postcode. [`nearest`](crate::nearest()) has those that look most like it.
    Nowhere,
}

/// Postcode areas outside Great Britain, or nowhere on land.
const ELSEWHERE: &[(&str, &str)] = &[
    ("BT", "Northern Ireland"),
    ("JE", "Jersey"),
    ("GY", "Guernsey"),
    ("IM", "the Isle of Man"),
    ("GX", "Gibraltar"),
    ("BF", "the British Forces"),
    ("BX", "no fixed place"),
];

impl Precision {
    /// So many kilometres a place is typically within.
    #[must_use]
    pub fn typical_km(self) -> f64 {
        match self {
            Self::Sector => 1.4,
            Self::District => 3.0,
        }
    }
}

impl fmt::Display for Unknown {
    /// What is to be said of a postcode, as the end of a sentence that begins with it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Elsewhere(whose @ ("the British Forces" | "no fixed place")) => {
                write!(f, "is a postcode of {whose}, so it says nothing of where a place is")
            }
            Self::Elsewhere(land) => {
                write!(f, "is in {land}, and the program knows the postcodes of Great Britain alone")
            }
            Self::Nowhere => f.write_str("is no postcode of Great Britain"),
        }
    }
}

/// Where a postcode is: the middle of its sector, or of its district where there is no such sector or none is given.
/// Capitals and blanks do not matter.
///
/// # Errors
/// [`Unknown`], if the table does not have it.
pub fn locate(postcode: &str) -> Result<Located, Unknown> {
    let written = Written::of(postcode);
    let readings = written.readings();
    let found = readings.iter().find_map(|parts| Some((district(&parts.district)?, parts.sector)));
    if let Some((district, sector)) = found {
        return Ok(middle(district, sector));
    }
    let area: String = written.signs.iter().take_while(|sign| sign.is_ascii_alphabetic()).collect();
    let numbered = written.signs.get(area.len()).is_some_and(char::is_ascii_digit);
    match ELSEWHERE.iter().find(|(name, _)| *name == area && numbered) {
        Some((_, land)) => Err(Unknown::Elsewhere(land)),
        None => Err(Unknown::Nowhere),
    }
}

/// The sector that a postcode names and that its district does not have, with those that it has: `GL12 1`, and `GL12 7`
/// to `GL12 9`. [`locate`] takes such a postcode to be in the middle of its district.
#[must_use]
pub fn no_such_sector(postcode: &str) -> Option<(String, Vec<String>)> {
    let readings = Written::of(postcode).readings();
    let (district, digit) = readings.iter().find_map(|parts| Some((district(&parts.district)?, parts.sector)))?;
    let digit = digit.filter(|digit| district.sector(*digit).is_none())?;
    let called = |digit: u8| format!("{} {digit}", district.name());
    let known = (0..=9).filter(|digit| district.sector(*digit).is_some()).map(called).collect();
    Some((called(digit), known))
}

fn middle(district: District, sector: Option<u8>) -> Located {
    match sector.and_then(|digit| district.sector(digit)) {
        Some((lat, lon)) => Located { lat, lon, precision: Precision::Sector },
        None => {
            let (lat, lon) = district.middle();
            Located { lat, lon, precision: Precision::District }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_postcode_is_in_its_sector() {
        let full = locate("CF10 3AT").unwrap();
        assert_eq!(full.precision, Precision::Sector);
        assert_eq!(full, locate("cf10 3").unwrap());
        assert_eq!(full, locate("CF103zz").unwrap());
        assert_ne!(full, locate("CF10 1AT").unwrap());
        assert_ne!(full, locate("CF1 3AT").unwrap());
    }

    #[test]
    fn a_sector_that_is_not_there_is_in_its_district() {
        let district = locate("CF10").unwrap();
        assert_eq!(district.precision, Precision::District);
        assert_eq!(locate("CF10 9AT").unwrap(), district);
        let (sector, known) = no_such_sector("cf109at").unwrap();
        assert!(sector == "CF10 9" && known.contains(&"CF10 3".to_owned()), "{known:?}");
        for known in ["CF10", "CF10 3AT", "BT1 1AA", "nowhere"] {
            assert_eq!(no_such_sector(known), None);
        }
    }

    #[test]
    fn what_is_beyond_the_table_is_told_by_its_name() {
        let lands = [
            ("bt7 1nn", "Northern Ireland"),
            ("JE2 3AB", "Jersey"),
            ("GY1 1AA", "Guernsey"),
            ("IM1", "the Isle of Man"),
        ];
        for (postcode, land) in lands {
            let unknown = locate(postcode).unwrap_err();
            assert_eq!(unknown, Unknown::Elsewhere(land));
            assert!(unknown.to_string().contains(land), "{unknown}");
        }
    }

    #[test]
    fn what_is_no_postcode_is_no_place() {
        for text in
            ["", " ", "-", "home", "CF", "CF10 3A", "CF10 3OT", "CF10 3ATT", "CF10 3AT x", "12 High Street", "É1 1AA"]
        {
            assert!(locate(text) == Err(Unknown::Nowhere), "{text:?}");
        }
    }
}
