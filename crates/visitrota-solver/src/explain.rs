//! Why a request is not served, what would have to change for it to be, and how one trip runs by itself.

pub(crate) mod blocked;
pub(crate) mod near_misses;
pub(crate) mod nearest;
pub(crate) mod slot_visit;
mod time_changes;
pub(crate) mod trip_timing;
