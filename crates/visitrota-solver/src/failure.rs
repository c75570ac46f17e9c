//! Failures: why there is no rota.

/// Why there is no rota, or no solution of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The rows contradict each other.
    Infeasible,
    /// Planning had to end before anything was found.
    OutOfTime,
    /// Planning had to end before there was a rota; none has more points than these.
    #[cfg(feature = "highs")]
    NoRota { bound: i64 },
    /// The solver failed.
    Solver(String),
}
