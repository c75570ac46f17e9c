//! Miles, and those that volunteers have claimed so far in the tax year.

use std::collections::BTreeMap;

use visitrota_model::{Code, Finding, Problem, ReadLimits, VolunteerId, tenths_of_a_mile};

use crate::error::Error;
use crate::listing::{self, Row, hundredths};

/// Tenths of a mile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(pub u64);

impl Tenths {
    /// Metres in tenths of a mile, to the nearest.
    #[must_use]
    pub fn of_metres(metres: u64) -> Self {
        Self(tenths_of_a_mile(metres))
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub(crate) fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// The miles that volunteers have claimed so far, by id, in the tax year in which the week begins. The default is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MilesSoFar(BTreeMap<String, Tenths>);

const COLUMNS: [&str; 2] = ["id", "miles"];

impl MilesSoFar {
    /// Reads a file of miles: CSV with the columns `id` and `miles`, with one decimal at the most.
    ///
    /// # Errors
    /// [`Error::Miles`] with everything that is wrong in it.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_csv_within(bytes, ReadLimits::default())
    }

    /// Reads a file of miles as [`from_csv`](Self::from_csv) does, within other limits.
    ///
    /// # Errors
    /// [`Error::Miles`] with everything that is wrong in it.
    pub fn from_csv_within(bytes: &[u8], limits: ReadLimits) -> Result<Self, Error> {
        let mut found = Vec::new();
        let mut miles = BTreeMap::new();
        for Row { place, cells, .. } in listing::read(bytes, &COLUMNS, COLUMNS.len(), limits, &mut found) {
            let [id, text] = cells.as_slice() else { continue };
            if id.is_empty() {
                let remedy = "Give the id of a volunteer.";
                found.push(Finding::error(Code::EmptyId, &place, "The row has no id.", remedy));
                continue;
            }
            let tenths = hundredths(text).filter(|hundredths| hundredths % 10 == 0);
            let Some(tenths) = tenths.map(|hundredths| hundredths / 10).filter(|tenths| *tenths <= 10_000_000) else {
                let message = format!("The miles of {id} are not a number of miles.");
                let remedy = "Write miles with at most one decimal, such as 1234.5.";
                found.push(Finding::error(Code::WrongType, &place, message, remedy).with_value(text));
                continue;
            };
            if miles.insert(id.clone(), Tenths(tenths)).is_some() {
                let message = format!("The id {id} is already in an earlier row.");
                found.push(Finding::error(Code::DuplicateId, &place, message, "Keep one of the two rows."));
            }
        }
        if found.is_empty() { Ok(Self(miles)) } else { Err(Error::Miles(found)) }
    }

    /// What somebody has claimed so far.
    #[must_use]
    pub fn of(&self, volunteer: &VolunteerId) -> Tenths {
        self.0.get(volunteer.as_str()).copied().unwrap_or_default()
    }

    /// The ids that are no volunteer's in the problem, in order.
    pub fn strangers(&self, problem: &Problem) -> impl Iterator<Item = &str> {
        let known = |id: &str| problem.volunteers.iter().any(|volunteer| volunteer.id.as_str() == id);
        self.0.keys().map(String::as_str).filter(move |id| !known(id))
    }

    /// Everybody, with their miles.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, Tenths)> {
        self.0.iter().map(|(id, miles)| (id.as_str(), *miles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn miles_as_a_spreadsheet_saves_them() {
        let miles = MilesSoFar::from_csv(b"\xef\xbb\xbfID,Miles\r\nV1,\"9,950.5\"\r\nV2,12\r\n,\r\n").unwrap();
        let of = |id: &str| miles.of(&VolunteerId::from(id));
        assert_eq!([of("V1"), of("V2"), of("V3")], [Tenths(99_505), Tenths(120), Tenths(0)]);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let csv = "id,miles\nV1,many\nV1,1.25\n,3\nV2,1\nV2,2\nV3,\nV4,-1\nV5,99999999999999999999999\n";
        let Err(error) = MilesSoFar::from_csv(csv.as_bytes()) else { panic!("no error") };
        let rows: Vec<_> = error.findings().iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(rows, ["row 2", "row 3", "row 4", "row 6", "row 7", "row 8", "row 9"]);
        for garbage in [&b""[..], b"id", b"miles\n1", b"\xff", b"id,id\n1,2", b"{}"] {
            assert!(MilesSoFar::from_csv(garbage).is_err());
        }
    }
}
