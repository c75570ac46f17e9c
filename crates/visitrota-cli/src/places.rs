//! Which files a run reads and which it writes: nothing that is read is ever written over.

mod conflict;
mod of_verb;
mod spot;

pub(crate) use of_verb::Places;
