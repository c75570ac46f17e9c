//! Failures: why there is no rota.

/// Why there is no rota, or no solution of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The rows contradict each other.
    Infeasible,
    /// Time ran out before anything was found.
    OutOfTime,
    /// The solver failed.
    Solver(String),
}
