//! Which files a run reads and which it writes.

mod conflict;

pub(crate) use conflict::Places;
