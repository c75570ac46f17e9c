//! The engine: from an instance to its best rota, proven, by generating trips and weeks as they are needed.
//!
//! 1. *Approach*: prices are sought at which the relaxation over weeks is worth little more than it must be, and trips
//!    worth having at them, in turn; see [`crate::column_generation::volume`]. At any prices of the linking rows, what the rows are worth
//!    and each driver's best week add up to a bound (Lagrange's), so every round that leaves nothing out proves one.
//! 2. *Relax*: where a linear program of the weeks is small enough, weeks are generated until none improves it, and cuts
//!    are added. (G. B. Dantzig and P. Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960.)
//! 3. *Search*: the relaxation is rounded to a rota, and the rota improved; see [`crate::search`].
//! 4. *Finish*: the trips that a better rota can hold are found by the bound; if they are few, a mixed-integer program
//!    over them finds the best rota, and proves it.

mod state;

mod approach;
mod cutting;

mod improving;

mod closing;

use std::collections::BTreeSet;

use self::state::Engine;
pub(crate) use self::state::EngineLimits;
use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::prices::Prices;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::search::rota_state::ChosenTrips;
use crate::trip::Trip;
use crate::warm_start::WarmStart;

/// The best rota found and what no rota exceeds.
#[derive(Debug)]
pub(crate) struct EngineOutcome {
    pub(crate) trips: Vec<Trip>,
    pub(crate) bound: i64,
    /// In how many of the trips that were looked at each request could ride.
    pub(crate) trips_serving: Vec<u64>,
    /// To begin with the next time.
    pub(crate) start: WarmStart,
}

/// The best rota, proven if the limits allow. `most` is what no rota exceeds; a plan of nearly the same problem may be
/// begun with.
///
/// # Errors
/// [`Failure::Infeasible`] if no rota keeps all pins; [`Failure::OutOfTime`] if none was found that does.
pub(crate) fn best_rota(
    instance: &Instance<'_>,
    limits: &EngineLimits<'_>,
    most: i64,
    start: Option<&WarmStart>,
) -> Result<EngineOutcome, Failure> {
    let bonus: i64 = instance.request_ixs().map(|request| instance.pin_bonus(request)).sum();
    let mut decomposition = Decomposition::new(instance);
    let prices = start.map(|start| start.prices_and_cuts(instance, &mut decomposition.rows));
    let (most, best) = (most + bonus, ChosenTrips::default());
    let mut engine = Engine {
        decomposition: decomposition,
        best_bound: None,
        recent_bounds: Vec::new(),
        provisional_bound: None,
        pin_bonus: bonus,
        upper_bound: most,
        incumbent: best,
        limits,
        work: 0,
        search_rounds: 0,
        effort: 1,
    };
    let ended = engine.run(prices);
    if engine.upper_bound < engine.incumbent.points {
        let Engine { upper_bound: most, incumbent: best, .. } = &engine;
        return Err(Failure::Solver(format!("a proof does not hold: a bound of {most} is below {}", best.points)));
    }
    let Engine { decomposition, incumbent: best, upper_bound: most, best_bound: bound, .. } = engine;
    let mut could = vec![0; instance.requests.len()];
    decomposition.pool.trips.iter().flat_map(|trip| trip.requests.iter()).for_each(|request| could[request.at()] += 1);
    let trips: Vec<Trip> = best.trips.iter().map(|&trip| decomposition.pool[trip].clone()).collect();
    if keeps_pins(instance, &trips) {
        let start = WarmStart::of(instance, &decomposition.rows, bound.as_ref().map(|bound| &bound.prices));
        // Should the solver have failed, what was found and proven before holds all the same.
        Ok(EngineOutcome { trips, bound: most - bonus, trips_serving: could, start })
    } else if let Err(failure) = ended {
        Err(failure)
    } else if most <= best.points {
        // To miss a pin costs more than all else is worth.
        Err(Failure::Infeasible)
    } else {
        Err(Failure::OutOfTime)
    }
}

fn keeps_pins(instance: &Instance<'_>, trips: &[Trip]) -> bool {
    let served: BTreeSet<_> = trips.iter().flat_map(|trip| trip.requests.iter().copied()).collect();
    instance.request_ixs().all(|request| instance.requests[request.at()].pin.is_none() || served.contains(&request))
}

impl Engine<'_> {
    fn run(&mut self, start: Option<Prices>) -> Result<(), Failure> {
        /// With more rows than this, the relaxation is left to the volume algorithm.
        const ROWS_FOR_PROGRAM: usize = 3_000;
        /// Rounds of cuts in a row that may be idle before cutting ends; with the cuts of an earlier plan, hardly any
        /// are missing.
        const IDLE: u32 = 3;
        const IDLE_LATER: u32 = 1;
        let large =
            self.decomposition.rows.linking_count() + self.decomposition.instance.volunteers.len() > ROWS_FOR_PROGRAM;
        let idle = if start.is_some() { IDLE_LATER } else { IDLE };
        let mut volume = match start {
            Some(prices) => self.start_at(&prices)?,
            None => self.approach(large)?,
        };
        if large {
            self.improve_large(&mut volume)?;
        } else {
            let mut master = self.master(&volume.prices(&self.decomposition))?;
            self.relax(&mut master, 1.0)?;
            self.cut_rounds(&mut master, idle)?;
        }
        self.prove()
    }
}
