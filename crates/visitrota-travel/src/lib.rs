//! Minutes and metres between the places of a problem, from any source.
//!
//! A [`TravelTable`] is made once for a problem and then answers for every leg. The sources are a table that the
//! document carries, a power law of the great-circle distance, and an estimate that needs nothing but coordinates
//! and knows the estuaries of England and Wales; `docs/travel-estimate.md` has its formula and its errors.
//!
//! ```
//! use visitrota_model::Problem;
//! use visitrota_travel::TravelTable;
//!
//! let problem = Problem::from_json(br#"{
//!     "format": "visitrota/1", "week": {"from": "2026-11-30", "to": "2026-12-06"},
//!     "prisons": [{"id": "P1", "lat": 51.6345, "lon": -2.4674}],
//!     "families": [{"id": "F1", "lat": 51.4785, "lon": -3.177, "members": [{"age": 7}]}]
//! }"#).expect("a problem");
//! let travel = TravelTable::new(&problem)?;
//! let [home, gate] = ["F1", "P1"].map(|id| travel.place(&id.into()).expect("a place of the problem"));
//! assert_eq!(travel.leg(home, gate).minutes, 65);
//! # Ok::<(), visitrota_travel::TravelError>(())
//! ```
//!
//! This crate does no I/O and never panics, whatever problem it is given.

mod barriers;
mod bound;
mod error;
mod formula;
mod gate;
mod margin;
mod places;
mod roads;
mod shortest;
mod sphere;
mod table;

use std::collections::{HashMap, HashSet};

use visitrota_model::{Leg, Legs, PlaceId, Problem, TravelSource};

pub use error::TravelError;
pub use places::PlaceIndex;

use crate::formula::{Curve, Formula};
use crate::margin::Margin;
use crate::roads::Roads;
use crate::table::Table;

/// The most places whose legs are all worked out beforehand: at 12 bytes each, 27 MB. Between more places a leg is
/// worked out when it is asked for.
const MOST_TABULATED: usize = 1_500;

/// Every leg between the places of one problem.
///
/// Legs are directed: a matrix may have one-way streets. The formulas give the same leg both ways.
#[derive(Debug)]
pub struct TravelTable {
    index: HashMap<PlaceId, PlaceIndex>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Table(Table),
    Roads(Roads),
}

impl TravelTable {
    /// The travel table of a problem.
    ///
    /// # Errors
    /// See [`TravelError`].
    pub fn new(problem: &Problem) -> Result<Self, TravelError> {
        Self::with_most_tabulated(problem, MOST_TABULATED)
    }

    fn with_most_tabulated(problem: &Problem, most: usize) -> Result<Self, TravelError> {
        let mut spots = places::spots(problem);
        if let TravelSource::Matrix { places, .. } = &problem.travel.source {
            let listed: HashSet<_> = places.iter().collect();
            spots.retain(|spot| spot.used || listed.contains(&spot.id));
        }
        let wherein = "prisons, volunteers, families and meeting points";
        let index = places::index(spots.iter().map(|spot| &spot.id), wherein)?;
        let margin = Margin::new(problem.travel.margin_pct)?;
        let by_formula = |formula| {
            let roads = Roads::new(formula, margin, places::points(&spots)?);
            Ok(if spots.len() <= most { Source::Table(roads.tabulate()) } else { Source::Roads(roads) })
        };
        let source = match &problem.travel.source {
            TravelSource::Estimate => by_formula(Formula::estimate())?,
            &TravelSource::StraightLine { minutes_factor, minutes_power, km_factor, km_power } => {
                let minutes = Curve { factor: minutes_factor, power: minutes_power };
                by_formula(Formula::straight_line(minutes, Curve { factor: km_factor, power: km_power })?)?
            }
            TravelSource::Matrix { places, minutes, metres } => {
                Source::Table(Table::from_matrix(&spots, places, minutes, metres, margin)?)
            }
            TravelSource::Osrm { .. } => return Err(TravelError::Server { kind: "osrm" }),
            TravelSource::Valhalla { .. } => return Err(TravelError::Server { kind: "valhalla" }),
        };
        Ok(Self { index, source })
    }

    /// The index of a place; `None` where it is not a place of the problem.
    #[must_use]
    pub fn place(&self, place: &PlaceId) -> Option<PlaceIndex> {
        self.index.get(place).copied()
    }

    /// The leg from one place to another. (Between indices of another problem's places it may be anything.)
    #[must_use]
    pub fn leg(&self, from: PlaceIndex, to: PlaceIndex) -> Leg {
        let (from, to) = (from.0 as usize, to.0 as usize);
        match &self.source {
            Source::Table(table) => table.leg(from, to),
            Source::Roads(roads) => roads.leg(from, to),
        }
    }

    /// Minutes that no way from one place to another undercuts, by whatever stops between: a lower bound of the
    /// leg's minutes that obeys the triangle inequality.
    ///
    /// For a matrix it is the shortest way, which is the leg itself where the matrix obeys the triangle inequality;
    /// for `straight-line` the leg itself; for `estimate` the general curve along the great circle. Where that would
    /// take too long to work out — a matrix of more than 1,000 places, or a straight line whose minutes grow faster
    /// than distance between as many — it is 0.
    #[must_use]
    pub fn at_least(&self, from: PlaceIndex, to: PlaceIndex) -> u32 {
        let (from, to) = (from.0 as usize, to.0 as usize);
        match &self.source {
            Source::Table(table) => table.at_least(from, to),
            Source::Roads(roads) => roads.at_least(from, to),
        }
    }

    /// Metres that no way of up to 64 legs from one place to another undercuts, by whatever stops between; 0 where
    /// that would take too long to work out.
    #[must_use]
    pub fn metres_at_least(&self, from: PlaceIndex, to: PlaceIndex) -> u32 {
        let (from, to) = (from.0 as usize, to.0 as usize);
        match &self.source {
            Source::Table(table) => table.metres_at_least(from, to),
            Source::Roads(roads) => roads.metres_at_least(from, to),
        }
    }
}

impl Legs for TravelTable {
    fn leg(&self, from: &PlaceId, to: &PlaceId) -> Option<Leg> {
        Some(self.leg(self.place(from)?, self.place(to)?))
    }
}

#[cfg(test)]
mod tests;
