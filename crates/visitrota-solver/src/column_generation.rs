//! Column generation: the relaxation over drivers' weeks, and the bounds that it proves.
//!
//! Dantzig and Wolfe's decomposition, with a driver's week as the column. In reading order: what links the drivers and
//! what it costs; a driver's week; the pricing problem, which finds trips; the decomposition, which makes a Lagrangian
//! bound of these; what a bound rules out; and two ways to good prices, a linear program and the volume algorithm.

pub(crate) mod linking_rows;
pub(crate) mod prices;
pub(crate) mod trip_pool;

pub(crate) mod driver_week;
pub(crate) mod mileage;
pub(crate) mod reachable_slots;

mod week_search;

pub(crate) mod best_weeks;

pub(crate) mod left_out;
pub(crate) mod neighbourhood;
pub(crate) mod pricing;

pub(crate) mod decomposition;

mod bound_gaps;
mod fixing;

pub(crate) mod master;
pub(crate) mod volume;

#[cfg(test)]
mod agreement_tests;
