//! The relaxation over drivers' weeks, by column generation, and the bounds that it proves.

pub(crate) mod linking_rows;
pub(crate) mod prices;
pub(crate) mod trip_pool;

pub(crate) mod driver_week;
pub(crate) mod mileage;
pub(crate) mod reachable_slots;

pub(crate) mod left_out;
pub(crate) mod neighbourhood;
pub(crate) mod pricing;

pub(crate) mod decomposition;

mod bound_gaps;
mod fixing;

pub(crate) mod master;
pub(crate) mod volume;
