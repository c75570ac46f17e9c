//! The verbs: each reads its documents, calls the library and writes what comes back.

pub(crate) mod explain;
mod plan;

pub(crate) use plan::{read_timed, run};
