//! Answers to the questions that a rota raises: why not, why this, what would help. Plain data, with figures; what
//! they say in words is said elsewhere, in one place.
//!
//! Each serializes into the document that the program prints for it, and is read back from it. A `text` says in words
//! what stands beside it; the library leaves it out, and whoever shows an answer to people fills it in.

mod advice;
mod bounds;
mod contradiction;
mod explanation;
mod judgement;
mod served;
mod serving;
mod standby;

pub use advice::{Advice, Suggestion};
pub use bounds::Bounds;
pub use contradiction::{Contradiction, Dropped, WayOut};
pub use explanation::{Block, Explanation, Nearest, WhyNot, WhyUnmet};
pub use judgement::{Assignment, Chaperones, Judgement, Moved, Repair};
pub use served::{Alternative, Served, Tight};
pub use serving::Serving;
pub use standby::{StandIn, Standby, TripStandby};

#[cfg(test)]
mod tests;
