//! The planner of visitrota: from a problem and travel times to the best rota and its bound.
//!
//! This crate does no I/O, reads no clock and uses no randomness without a seed; what it needs of the world comes in
//! through [`Watch`].

#[cfg(feature = "highs")]
mod bits;
mod failure;
mod given_rota;
mod instance;
mod lp;
#[cfg(feature = "highs")]
mod row_name;
#[cfg(test)]
mod samples;
mod stop;
mod trip;

mod program;

#[cfg(feature = "highs")]
mod column_generation;
#[cfg(feature = "highs")]
mod cuts;

#[cfg(feature = "highs")]
mod engine;
#[cfg(feature = "highs")]
mod search;
mod warm_start;
#[cfg(feature = "highs")]
mod witness;

mod document;
#[cfg(feature = "every-trip")]
mod every_trip;
mod explain;
mod plan;
mod score;

#[cfg(feature = "every-trip")]
#[doc(hidden)]
pub use every_trip::{EveryTrip, TripIds, TripProgram, TripRow, every_trip};
pub use explain::blocked::{blocked, servable};
pub use explain::fittings_used;
pub use explain::idle::{IdleVolunteer, idle_volunteers};
pub use explain::near_misses::{NearMiss, near_misses};
pub use explain::nearest::nearest;
pub use explain::trip_timing::{Outings, Ride};
pub use plan::{PlanError, Progress, Settings, Start, Watch, plan, plan_from, plan_held, unservable, upper_bound};
pub use warm_start::WarmStart;
