//! The planner of visitrota: from a problem and travel times to the best rota and its bound.
//!
//! This crate does no I/O, reads no clock and uses no randomness without a seed; what it needs of the world comes in
//! through [`Watch`].

#[cfg(feature = "highs")]
mod blocks;
mod candidates;
mod canonical;
mod diagnose;
mod document;
mod index;
mod instance;
mod mip;
mod plan;
mod program;
#[cfg(feature = "highs")]
mod relaxation;
mod solve;
mod timing;
mod trip;
#[cfg(feature = "highs")]
mod weeks;

pub use plan::{PlanError, Progress, Watch, plan, unservable};
