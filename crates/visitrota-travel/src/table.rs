//! Legs in a flat table.

use std::sync::OnceLock;

use visitrota_model::{Leg, PlaceId};

use crate::error::TravelError;
use crate::margin::Margin;
use crate::places::{self, Spot};
use crate::shortest::shortest;

/// The most places for which shortest ways are worked out; their number grows with the cube.
const MOST_FOR_SHORTEST: usize = 1_000;

/// Every leg between the places of a problem, and a lower bound of each.
#[derive(Debug, PartialEq)]
pub(crate) struct Table {
    side: usize,
    /// Row after row; row = from.
    legs: Vec<Leg>,
    at_least: AtLeast,
    /// Metres that no way undercuts, in the layout of the legs; worked out when they are first asked for.
    metres_at_least: OnceLock<Vec<u32>>,
}

#[derive(Debug, PartialEq)]
enum AtLeast {
    /// The leg's own minutes: they obey the triangle inequality.
    Leg,
    /// Minutes in the layout of the legs.
    Minutes(Vec<u32>),
    /// Nothing: to find better would take too long.
    Zero,
}

impl AtLeast {
    fn of(legs: &[Leg], minutes: Vec<u32>) -> Self {
        let same = legs.iter().map(|leg| leg.minutes).eq(minutes.iter().copied());
        if same { Self::Leg } else { Self::Minutes(minutes) }
    }
}

impl Table {
    /// A table of any legs; the lower bound is the shortest way, by whatever stops.
    pub(crate) fn new(side: usize, legs: Vec<Leg>) -> Self {
        if side > MOST_FOR_SHORTEST {
            return Self { side, legs, at_least: AtLeast::Zero, metres_at_least: OnceLock::from(Vec::new()) };
        }
        let at_least = shortest(side, legs.iter().map(|leg| leg.minutes).collect());
        let at_least = AtLeast::of(&legs, at_least);
        Self { side, legs, at_least, metres_at_least: OnceLock::new() }
    }

    /// A table of legs whose lower bounds are known, in the layout of the legs.
    pub(crate) fn with_bounds(side: usize, legs: Vec<Leg>, minutes: Vec<u32>, metres: Vec<u32>) -> Self {
        let at_least = AtLeast::of(&legs, minutes);
        Self { side, legs, at_least, metres_at_least: OnceLock::from(metres) }
    }

    /// The table of a matrix: its rows and columns in the order of the problem's places.
    pub(crate) fn from_matrix(
        spots: &[Spot],
        listed: &[PlaceId],
        minutes: &[Vec<u32>],
        metres: &[Vec<u32>],
        margin: Margin,
    ) -> Result<Self, TravelError> {
        check_shape("minutes", listed, minutes)?;
        check_shape("metres", listed, metres)?;
        let index = places::index(listed, "travel.places")?;
        let rows: Vec<_> = spots.iter().filter_map(|spot| index.get(&spot.id)).map(|row| row.0 as usize).collect();
        if rows.len() < spots.len() {
            let missing = spots.iter().filter(|spot| !index.contains_key(&spot.id));
            return Err(TravelError::NotInMatrix { places: missing.map(|spot| spot.id.clone()).collect() });
        }
        let leg = |from: usize, to: usize| match from == to {
            true => Leg::default(),
            false => Leg { minutes: margin.lengthen(f64::from(minutes[from][to])), metres: metres[from][to] },
        };
        let legs = rows.iter().flat_map(|&from| rows.iter().map(move |&to| leg(from, to))).collect();
        Ok(Self::new(rows.len(), legs))
    }

    pub(crate) fn leg(&self, from: usize, to: usize) -> Leg {
        self.cell(from, to).and_then(|cell| self.legs.get(cell)).copied().unwrap_or_default()
    }

    pub(crate) fn at_least(&self, from: usize, to: usize) -> u32 {
        match &self.at_least {
            AtLeast::Leg => self.leg(from, to).minutes,
            AtLeast::Minutes(minutes) => {
                self.cell(from, to).and_then(|cell| minutes.get(cell)).copied().unwrap_or_default()
            }
            AtLeast::Zero => 0,
        }
    }

    pub(crate) fn metres_at_least(&self, from: usize, to: usize) -> u32 {
        let metres = || shortest(self.side, self.legs.iter().map(|leg| leg.metres).collect());
        let metres = self.metres_at_least.get_or_init(metres);
        self.cell(from, to).and_then(|cell| metres.get(cell)).copied().unwrap_or_default()
    }

    fn cell(&self, from: usize, to: usize) -> Option<usize> {
        (from < self.side && to < self.side).then(|| from * self.side + to)
    }
}

/// One row for each place listed, with one entry for each.
fn check_shape(table: &'static str, listed: &[PlaceId], rows: &[Vec<u32>]) -> Result<(), TravelError> {
    let expected = listed.len();
    if rows.len() != expected {
        return Err(TravelError::MatrixRows { table, found: rows.len(), expected });
    }
    match listed.iter().zip(rows).find(|(_, row)| row.len() != expected) {
        Some((from, row)) => Err(TravelError::MatrixRow { table, from: from.clone(), found: row.len(), expected }),
        None => Ok(()),
    }
}
