//! The planner of visitrota: from a problem and travel times to the best rota and its bound.
//!
//! This crate does no I/O, reads no clock and uses no randomness without a seed; what it needs of the world comes in
//! through [`Watch`].

#[cfg(feature = "highs")]
mod agenda;
#[cfg(feature = "highs")]
mod bits;
#[cfg(feature = "highs")]
mod branch;
mod candidates;
mod canonical;
#[cfg(feature = "highs")]
mod cut;
#[cfg(feature = "highs")]
mod cuts;
mod diagnose;
mod document;
#[cfg(feature = "highs")]
mod engine;
#[cfg(feature = "every-trip")]
mod every_trip;
mod failure;
#[cfg(feature = "highs")]
mod groups;
#[cfg(feature = "highs")]
mod grow;
mod index;
mod instance;
#[cfg(feature = "highs")]
mod kilometres;
#[cfg(feature = "highs")]
mod left_out;
mod lp;
#[cfg(feature = "highs")]
mod market;
#[cfg(feature = "highs")]
mod master;
mod mip;
mod near;
#[cfg(feature = "highs")]
mod neighbourhood;
mod outing;
#[cfg(feature = "highs")]
mod place;
mod plan;
#[cfg(feature = "highs")]
mod pool;
#[cfg(feature = "highs")]
mod prices;
#[cfg(feature = "highs")]
mod pricing;
mod program;
#[cfg(feature = "highs")]
mod rank_one;
#[cfg(feature = "highs")]
mod relaxation;
mod row_name;
#[cfg(feature = "highs")]
mod rows;
#[cfg(test)]
mod samples;
#[cfg(feature = "highs")]
mod search;
mod solve;
mod start;
#[cfg(feature = "highs")]
mod state;
mod timing;
#[cfg(feature = "highs")]
mod trials;
mod trip;
#[cfg(feature = "highs")]
mod volume;
#[cfg(feature = "highs")]
mod week;
#[cfg(feature = "highs")]
mod witness;

#[cfg(feature = "every-trip")]
#[doc(hidden)]
pub use every_trip::{EveryTrip, TripIds, TripProgram, TripRow, every_trip};
pub use near::{NearMiss, blocked, near_misses, nearest, servable, taken};
pub use outing::Outings;
pub use plan::{PlanError, Progress, Settings, Watch, plan, plan_from, plan_held, unservable};
pub use start::Start;
