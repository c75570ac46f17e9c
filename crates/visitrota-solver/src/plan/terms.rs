//! What a plan is asked for, what it says on the way, and how it fails.

pub use visitrota_model::Progress;
use visitrota_model::{RequestId, Rota};

use crate::failure::Failure;
use crate::warm_start::WarmStart;

/// The world as the planner sees it: it reads no clock and writes nothing by itself.
pub trait Watch: Sync {
    /// Seconds until planning must end; infinite where nothing limits it, 0 once it has been cancelled. Once it is 0, it
    /// stays 0.
    fn seconds_left(&self) -> f64;

    /// Whether planning has been cancelled. It is only asked why planning ended.
    fn cancelled(&self) -> bool {
        false
    }

    /// Receives progress as it is made.
    fn progress(&self, progress: &Progress);

    /// Whether a better rota than the last is wanted now. It is only asked where there is one.
    fn wants_rota(&self) -> bool {
        false
    }

    /// Receives a better rota than the last, where one was wanted. Its unmet requests have no reasons yet.
    fn better_rota(&self, _rota: Rota) {}
}

/// What a plan begins with. Whatever it is, it proves nothing; it may lead to another of several rotas that score the
/// same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start<'a> {
    /// A rota, of this problem or of nearly the same: what is still valid of it is the first incumbent.
    pub rota: Option<&'a Rota>,
    /// What the plan of nearly the same problem left. Of many plans with one thing changed in each, all but the first
    /// are made much faster with it.
    pub warm: Option<&'a WarmStart>,
}

/// How to plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Decides between rotas that score the same.
    pub seed: u64,
    /// A limit on work, in units of about one trip timed. A plan that this limit ends is the same each time.
    pub work: u64,
    /// A gap between score and bound that is small enough, as a part of the bound; 0 for a proven optimum.
    pub gap: f64,
    /// Only rotas of more points than these are asked for: planning may end as soon as it is proven that there is none.
    /// Nothing else is known of the rota then.
    pub cutoff: i64,
    /// A limit on the trips over which one program is solved. Where there may be more, they are generated as needed.
    pub few_trips: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 0, work: u64::MAX, gap: 0.0, cutoff: i64::MIN, few_trips: 2_000 }
    }
}

/// Why there is no rota.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The pins cannot all hold.
    #[error("the pins cannot all hold")]
    ImpossiblePins {
        /// Pinned requests that cannot all be served as pinned; without any one of them the others could.
        requests: Vec<RequestId>,
    },
    /// Planning ended, by a limit of time or work or because it was cancelled, before there was a rota that keeps the pins
    /// and has a trip.
    #[error("stopped before a rota was found")]
    Stopped {
        /// Points that no rota exceeds.
        bound: i64,
    },
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Solver(String),
}

impl PlanError {
    /// What a failure comes to in a problem of which no rota has more points than `bound`.
    pub(super) fn of(failure: Failure, bound: i64) -> Self {
        match failure {
            Failure::Infeasible | Failure::OutOfTime => Self::Stopped { bound },
            #[cfg(feature = "highs")]
            Failure::NoRota { bound: proven } => Self::Stopped { bound: bound.min(proven) },
            Failure::Solver(what) => Self::Solver(what),
        }
    }
}
