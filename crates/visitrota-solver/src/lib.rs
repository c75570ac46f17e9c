//! The planner of visitrota: from a problem and travel times to the best rota and its bound.

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

pub use plan::{PlanError, Progress, Watch, plan, unservable};
