//! The table as it lies in the program. It is searched as it is, and nothing of it is read in at the start.
//!
//! A district is 14 bytes: its name in four, with blanks behind it; which digits have a sector, a bit each, in two; the
//! number of the first of its sectors in two; its middle in six. A sector is its middle alone. A middle is hundred
//! thousandths of a degree north of 49° N and east of 9° W, in three bytes each. Numbers begin with their least byte.
//! `scripts/make-postcodes` makes the two files.

static DISTRICTS: &[u8] = include_bytes!("../data/districts.bin");
static SECTORS: &[u8] = include_bytes!("../data/sectors.bin");

/// The longest name of a district.
const NAME: usize = 4;

/// A point: degrees north and degrees east.
pub(crate) type Middle = (f64, f64);

/// A postcode district.
#[derive(Clone, Copy, Debug)]
pub(crate) struct District(&'static [u8; 14]);

/// Every district, in order of their names.
pub(crate) fn districts() -> impl Iterator<Item = District> {
    records().iter().map(District)
}

/// The district of this name, in capitals.
pub(crate) fn district(name: &str) -> Option<District> {
    let mut wanted = [b' '; NAME];
    if name.is_empty() {
        return None;
    }
    wanted.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
    let at = records().binary_search_by(|record| record[..NAME].cmp(&wanted)).ok()?;
    records().get(at).map(District)
}

impl District {
    /// Its name, such as `CF10`.
    pub(crate) fn name(self) -> &'static str {
        str::from_utf8(&self.0[..NAME]).unwrap_or_default().trim_end()
    }

    /// Its middle.
    pub(crate) fn middle(self) -> Middle {
        middle(&self.0[8..]).unwrap_or_default()
    }

    /// The middle of its sector with this digit.
    pub(crate) fn sector(self, digit: u8) -> Option<Middle> {
        let there = u16::from_le_bytes([self.0[4], self.0[5]]);
        let own = 1_u16.checked_shl(digit.into())?;
        if there & own == 0 {
            return None;
        }
        let before = (there & (own - 1)).count_ones() as usize;
        let at = usize::from(u16::from_le_bytes([self.0[6], self.0[7]])) + before;
        middle(SECTORS.get(6 * at..)?)
    }
}

fn records() -> &'static [[u8; 14]] {
    DISTRICTS.as_chunks().0
}

fn middle(bytes: &[u8]) -> Option<Middle> {
    let &[a, b, c, d, e, f, ..] = bytes else { return None };
    // Divided, not multiplied: so that it is the very number that its decimals are read as.
    let degrees = |bytes: [u8; 3], least: i32| {
        f64::from(i32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]) + 100_000 * least) / 100_000.0
    };
    Some((degrees([a, b, c], 49), degrees([d, e, f], -9)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_small_and_in_order() {
        assert!(DISTRICTS.len() + SECTORS.len() < 150_000);
        assert_eq!((DISTRICTS.len() % 14, SECTORS.len() % 6), (0, 0));
        assert_eq!((districts().count(), SECTORS.len() / 6), (2_995, 12_005));
        assert!(records().is_sorted_by(|a, b| a[..NAME] < b[..NAME]));
    }

    #[test]
    fn every_district_is_found_and_every_sector_has_its_own_middle() {
        let mut sectors = 0;
        for of_all in districts() {
            let found = district(of_all.name()).unwrap_or_else(|| panic!("{} is not found", of_all.name()));
            assert_eq!(found.0, of_all.0);
            let first = usize::from(u16::from_le_bytes([found.0[6], found.0[7]]));
            assert_eq!(first, sectors, "{}", found.name());
            let own: Vec<_> = (0..=u8::MAX).filter_map(|digit| found.sector(digit)).collect();
            assert!(!own.is_empty(), "{}", found.name());
            sectors += own.len();
            for (lat, lon) in own.into_iter().chain([found.middle()]) {
                assert!((49.8..60.9).contains(&lat) && (-8.7..1.8).contains(&lon), "{}: {lat}, {lon}", found.name());
            }
        }
        assert_eq!(sectors, 12_005);
    }

    #[test]
    fn what_is_no_district_is_not_found() {
        for name in ["", " ", "C", "CF", "CF10 ", "CF100", "cf10", "ZZ9", "É1", "\0\0\0\0"] {
            assert!(district(name).is_none(), "{name:?}");
        }
    }
}
