//! Everything that a solver in another language needs to know.

use serde::Serialize;
use visitrota::{Problem, problem::PlaceId};
use visitrota_solver::EveryTrip;
use visitrota_travel::{PlaceIndex, TravelTable};

/// A problem with its travel times, every trip, and the program over them.
#[derive(Debug, Serialize)]
pub(crate) struct Export<'a> {
    list_seconds: f64,
    /// The document, with every default written out.
    problem: &'a Problem,
    /// The places in the order of the rows and columns of `minutes`; row = from.
    places: Vec<PlaceId>,
    minutes: Vec<Vec<u32>>,
    trips: Vec<Trip>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Trip {
    driver: String,
    chaperone: Option<String>,
    slot: String,
    requests: Vec<String>,
    /// What the trip earns by itself, the first step of its volunteers' load taken off.
    points: i64,
}

/// A row of the program: of `terms`, pairs of a trip's position and its units, at most `most` units; exactly so many
/// if `exactly`; the nth unit costs n − 1 times `step` points.
#[derive(Debug, Serialize)]
struct Row {
    terms: Vec<(usize, i64)>,
    most: i64,
    exactly: bool,
    step: i64,
}

impl<'a> Export<'a> {
    pub(crate) fn of(problem: &'a Problem, travel: &TravelTable, every: &EveryTrip<'_>, list_seconds: f64) -> Self {
        let places: Vec<PlaceId> = (problem.prisons.iter().map(|prison| prison.id.as_str()))
            .chain(problem.volunteers.iter().map(|volunteer| volunteer.id.as_str()))
            .chain(problem.families.iter().map(|family| family.id.as_str()))
            .map(PlaceId::from)
            .collect();
        let at: Vec<PlaceIndex> = places.iter().filter_map(|place| travel.place(place)).collect();
        let minutes = at.iter().map(|&from| at.iter().map(|&to| travel.leg(from, to).minutes).collect()).collect();
        let program = every.program();
        let trips = every.trips().zip(&program.points).map(|(trip, &points)| Trip {
            driver: trip.driver.to_string(),
            chaperone: trip.chaperone.map(|chaperone| chaperone.to_string()),
            slot: trip.slot.to_string(),
            requests: trip.requests.iter().map(ToString::to_string).collect(),
            points,
        });
        let trips = trips.collect();
        let rows = program.rows.into_iter();
        let rows =
            rows.map(|row| Row { terms: row.terms, most: row.limit, exactly: row.equality, step: row.step_cost });
        Self { list_seconds, problem, places, minutes, trips, rows: rows.collect() }
    }
}
