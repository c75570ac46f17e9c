//! What a plan is asked for, what it says on the way, and how it fails.

pub use visitrota_model::Progress;
use visitrota_model::RequestId;

use crate::failure::Failure;

/// The world as the planner sees it: it reads no clock and writes nothing by itself.
pub trait Watch: Sync {
    /// Seconds until planning must end; infinite where nothing limits it, 0 once it has been cancelled.
    fn seconds_left(&self) -> f64;

    /// Receives progress as it is made.
    fn progress(&self, progress: &Progress);
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
    /// Time ran out, or planning was cancelled, before there was a rota that keeps the pins.
    #[error("stopped before a rota was found")]
    Stopped,
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Solver(String),
}

impl From<Failure> for PlanError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Infeasible | Failure::OutOfTime => Self::Stopped,
            Failure::Solver(what) => Self::Solver(what),
        }
    }
}
