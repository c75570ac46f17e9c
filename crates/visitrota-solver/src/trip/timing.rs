//! The clock of a trip: orders of stops, and when the car is at each.
//!
//! The outward half is timed backwards from the gate and the return half forwards from it, so the two are independent
//! of each other. Most groups are small: their orders are tried one after the other, cut off as soon as a limit is
//! passed. Those of many stops go by [`labels`].

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
pub(crate) use self::half::{Criteria, Direction, Half, Rider, Task};
pub(crate) use self::monotone_test::may_be_in_time;
pub(crate) use self::work_budget::WorkBudget;
use crate::instance::Instance;

/// The orders worth having: none is at least as good as another in everything that matters. Where effort does not
/// suffice, there may be others.
///
/// `chaperone` says which of the riders is the chaperone, if one of them is.
pub(crate) fn halves(
    instance: &Instance<'_>,
    task: &Task<'_>,
    chaperone: Option<usize>,
    criteria: Criteria,
    budget: &mut WorkBudget,
) -> Vec<Half> {
    /// The orders of no more stops than these are sooner tried than labels are compared.
    const FEW: usize = 7;
    if task.riders.len() <= FEW {
        orders::halves(instance, task, chaperone, criteria)
    } else {
        labels::halves(instance, task, chaperone, criteria, budget)
    }
}
