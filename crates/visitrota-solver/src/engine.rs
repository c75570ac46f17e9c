//! The engine: from an instance to its best rota, proven, by generating trips and weeks as they are needed.
//!
//! Column generation over drivers' weeks (G. B. Dantzig and P. Wolfe, Decomposition principle for linear programs,
//! Operations Research 8, 1960), cuts, large-neighbourhood search, and branch and cut over the trips that the bound
//! leaves. Its phases:
//!
//! 1. [`approach`]: the volume algorithm and pricing take turns, until the prices are good and the pool holds the trips
//!    that the relaxation needs. Any prices of the linking rows prove a bound (Lagrange's), so every round of pricing
//!    that leaves nothing out proves one. See [`crate::column_generation::volume`].
//! 2. [`cutting`], where a linear program of the weeks is small enough: weeks are generated until none improves the
//!    restricted master, and cuts bring its value down.
//! 3. [`improving`]: large-neighbourhood search improves the incumbent, between rounds of the other phases; where the
//!    linear program would be too large, it takes the place of cutting. See [`crate::search`].
//! 4. [`closing`]: the bound leaves few trips to rotas that come near it. Branch and cut over these finds such a rota,
//!    which is then the best, or proves that there is none, and the bound comes down.
//!
//! [`state`] holds what the phases share: the incumbent, the bounds, and what is left to spend.

mod state;

mod approach;
mod cutting;
mod improving;

mod closing;

use std::sync::atomic::AtomicI64;

use tracing::{Span, debug, info_span};

pub(crate) use self::state::EngineLimits;
use self::state::{Engine, keeps_pins};
use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::prices::Prices;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::score::base_points;
use crate::search::rota_state::ChosenTrips;
use crate::trip::Trip;
use crate::warm_start::WarmStart;

/// The best rota found and what no rota exceeds.
#[derive(Debug)]
pub(crate) struct EngineOutcome {
    pub(crate) trips: Vec<Trip>,
    pub(crate) bound: i64,
    /// For each ride, how many trips of the pool serve it.
    pub(crate) trips_serving: Vec<u64>,
    /// What a plan of nearly the same problem may begin with.
    pub(crate) start: WarmStart,
}

/// What a run begins with.
#[derive(Debug, Default)]
pub(crate) struct Beginning<'a> {
    /// Valid trips, of which the first incumbent is made as far as there is room for each.
    pub(crate) trips: Vec<Trip>,
    /// What a plan of nearly the same problem left.
    pub(crate) warm: Option<&'a WarmStart>,
}

/// The best rota, proven if the limits allow. No rota exceeds `upper_bound`.
///
/// # Errors
/// [`Failure::Infeasible`] if no rota keeps all pins; [`Failure::NoRota`] if none was found that does.
pub(crate) fn best_rota(
    instance: &Instance<'_>,
    limits: &EngineLimits<'_>,
    upper_bound: i64,
    beginning: Beginning<'_>,
) -> Result<EngineOutcome, Failure> {
    let pin_bonus: i64 = instance.ride_ixs().map(|ride| instance.pin_bonus(ride)).sum();
    let score_offset = pin_bonus - base_points(instance);
    let mut decomposition = info_span!("decomposition").in_scope(|| Decomposition::new(instance))?;
    let warm_prices = beginning.warm.map(|start| start.prices_and_cuts(instance, &mut decomposition.rows));
    let mut engine = Engine {
        decomposition,
        best_bound: None,
        recent_bounds: Vec::new(),
        provisional_bound: None,
        pin_bonus,
        score_offset,
        upper_bound: upper_bound + score_offset,
        incumbent: ChosenTrips::default(),
        limits,
        work: 0,
        search_rounds: 0,
        effort: 1,
        shown_points: AtomicI64::new(0),
    };
    engine.begin_with(beginning.trips);
    let ended = engine.run(warm_prices);
    let Engine { decomposition, incumbent, upper_bound, best_bound, .. } = engine;
    if upper_bound < incumbent.points {
        let points = incumbent.points;
        return Err(Failure::Solver(format!("a proof does not hold: a bound of {upper_bound} is below {points}")));
    }
    let mut trips_serving = vec![0; instance.rides.len()];
    let served = decomposition.pool.trips.iter().flat_map(|trip| trip.rides.iter());
    served.for_each(|ride| trips_serving[ride.at()] += 1);
    let trips: Vec<Trip> = incumbent.trips.iter().map(|&trip| decomposition.pool[trip].clone()).collect();
    if keeps_pins(instance, &trips) {
        let start = WarmStart::of(instance, &decomposition.rows, best_bound.as_ref().map(|bound| &bound.prices));
        // Should the solver have failed, what was found and proven before holds all the same.
        Ok(EngineOutcome { trips, bound: upper_bound - score_offset, trips_serving, start })
    } else {
        match ended {
            // To miss a pin costs more than all else is worth.
            Ok(()) if upper_bound <= incumbent.points => Err(Failure::Infeasible),
            Ok(()) | Err(Failure::OutOfTime) => Err(Failure::NoRota { bound: upper_bound - score_offset }),
            Err(failure) => Err(failure),
        }
    }
}

impl Engine<'_> {
    fn run(&mut self, warm_prices: Option<Prices>) -> Result<(), Failure> {
        /// With more rows, the relaxation is left to the volume algorithm: larger linear programs take too long to be
        /// solved again and again, and a step of the volume algorithm costs about a millisecond.
        const MAX_MASTER_ROWS: usize = 3_000;
        /// Idle rounds of cuts in a row that end cutting: a round or two may gain nothing by chance. From a warm start,
        /// hardly any cuts are missing.
        const MAX_IDLE_ROUNDS: u32 = 3;
        const MAX_IDLE_ROUNDS_WARM: u32 = 1;
        let master_rows = self.decomposition.rows.linking_count() + self.decomposition.instance.volunteers.len();
        let is_large = master_rows > MAX_MASTER_ROWS;
        let max_idle_rounds = if warm_prices.is_some() { MAX_IDLE_ROUNDS_WARM } else { MAX_IDLE_ROUNDS };
        let mut volume = self.phase(info_span!("root", rows = master_rows), |engine| match warm_prices {
            Some(prices) => engine.start_at(&prices),
            None => engine.approach(is_large),
        })?;
        if is_large {
            self.phase(info_span!("improving"), |engine| engine.improve_large(&mut volume))?;
        } else {
            self.phase(info_span!("cutting"), |engine| {
                let mut master = engine.restricted_master(&volume.prices(&engine.decomposition))?;
                engine.generate_weeks(&mut master, 1.0)?;
                engine.cut_rounds(&mut master, max_idle_rounds)
            })?;
        }
        self.phase(info_span!("closing"), Self::close)
    }

    /// One phase, and how far planning has come with it.
    fn phase<T>(&mut self, span: Span, phase: impl FnOnce(&mut Self) -> Result<T, Failure>) -> Result<T, Failure> {
        let made = span.in_scope(|| phase(self));
        let (score, bound) = (self.incumbent.points - self.score_offset, self.upper_bound - self.score_offset);
        span.in_scope(|| {
            debug!(score, bound, trips = self.decomposition.pool.trips.len(), rounds = self.search_rounds)
        });
        made
    }
}
