//! What stands in the place of a solver where none is chosen: one error that says how to choose.

use crate::failure::Failure;
use crate::program::Program;

compile_error!(
    "visitrota needs a solver: turn on its feature `highs` (fast, built with a C++ compiler, cmake and libclang) or \
     `microlp` (Rust alone, for small schemes)"
);

/// A solver's answer.
pub(crate) struct MipSolution {
    pub(crate) chosen: Option<Vec<bool>>,
    pub(crate) bound: Option<i64>,
}

/// Solves nothing.
pub(crate) fn solve(_: &Program, _: Option<&[bool]>, _: &(dyn Fn() -> f64 + Sync)) -> Result<MipSolution, Failure> {
    Ok(MipSolution { chosen: None, bound: None })
}
