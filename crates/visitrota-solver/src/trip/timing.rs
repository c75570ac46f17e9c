//! The clock of a trip: orders of stops, and when the car is at each (§4.6 to §4.8).
//!
//! The outward half is timed backwards from the gate and the return half forwards from it, so the two do not depend on
//! each other. Most groups are small: [`orders`] tries their orders one after the other and cuts off those that pass a
//! limit. Groups of many stops go by [`labels`].

mod half;
mod labels;
mod legs;
mod monotone_test;
mod orders;
#[cfg(test)]
mod tests;
mod work_budget;

#[cfg(feature = "highs")]
pub(crate) use self::half::MAX_RIDERS;
pub(crate) use self::half::{Criteria, HalfTrip, Rider, Task};
pub(crate) use self::monotone_test::may_be_in_time;
pub(crate) use self::work_budget::WorkBudget;
use crate::instance::Instance;

/// The orders worth having: none dominates another by the criteria. Where the work budget runs out, there may be
/// others.
///
/// `chaperone` says which of the riders is the chaperone, if one of them is.
pub(crate) fn halves(
    instance: &Instance<'_>,
    task: &Task<'_>,
    chaperone: Option<usize>,
    criteria: Criteria,
    budget: &mut WorkBudget,
) -> Vec<HalfTrip> {
    /// Up to this many stops, trying the orders takes less time than comparing labels.
    const MAX_STOPS_FOR_ORDERS: usize = 7;
    if task.riders.len() <= MAX_STOPS_FOR_ORDERS {
        orders::halves(instance, task, chaperone, criteria)
    } else {
        labels::halves(instance, task, chaperone, criteria, budget)
    }
}
