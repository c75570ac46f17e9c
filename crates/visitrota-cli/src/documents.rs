//! Documents as they are read.

pub(crate) mod problem;
