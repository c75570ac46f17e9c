//! What the measuring programs share: reading progress, peak memory, the exponent of growth, and tables.

mod growth;
mod memory;
mod news;
mod table;
mod trace;

pub use growth::exponent;
pub use memory::{kilobytes_of, own_kilobytes};
pub use news::moment;
pub use table::{csv, markdown};
pub use trace::{Moment, Trace, gap};
