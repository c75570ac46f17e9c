//! Why not, why this, and what would help: answered by planning again with one thing changed, and by nothing else.
//!
//! A cost is the difference of two proven best scores. Where planning ends before both are proven, it lies between two
//! numbers, and is said to.

mod advise;
mod ask;
mod candidates;
mod explain;
mod judge;
mod otherwise;
mod pins;
mod served;
mod standby;
mod tight;

pub use advise::advise;
pub use explain::{Questions, explain};
pub use judge::{fill_in_times, judge};
pub use pins::contradiction;
pub use standby::{plan_with_standby, standby};
