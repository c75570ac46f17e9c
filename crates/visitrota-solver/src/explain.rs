//! Why a request is not served, what would have to change for it to be, and how one trip runs by itself.

mod case;

pub(crate) mod blocked;
mod cars;
pub(crate) mod idle;

mod party;
mod time_changes;
mod visit_changes;

mod meetings;
mod one_car;
mod two_cars;

pub(crate) mod near_misses;
pub(crate) mod nearest;

pub(crate) mod trip_timing;

pub use party::fittings_used;
