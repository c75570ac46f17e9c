//! The problem as the solver reads it: positions for ids, minutes since the epoch for wall clocks, and every look-up
//! that a rule needs. It holds facts and answers their simplest questions; the rules of a trip are in [`crate::trip`].

pub(crate) mod canonical;
pub(crate) mod index;

pub(crate) mod locked;
pub(crate) mod visit_rows;
pub(crate) mod windows;

mod checks;
mod load;
mod positions;
mod slack;

mod facts;
mod visit_rules;

#[cfg(feature = "highs")]
mod pin_bonus;
mod prepare;
mod prepare_rides;
mod questions;

pub(crate) use self::facts::{Instance, RequestFacts, SlotFacts};
pub(crate) use self::load::Load;
pub(crate) use self::slack::Slack;
