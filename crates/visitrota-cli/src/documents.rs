//! Documents as they are read and written: every verb has them from here.

pub(crate) mod problem;
pub(crate) mod rota;
