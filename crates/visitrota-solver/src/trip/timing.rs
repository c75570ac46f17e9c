//! The clock of a trip: orders of stops, and when the car is at each.
//!
//! The outward half is timed backwards from the gate and the return half forwards from it, so the two are independent
//! of each other. Most groups are small: their orders are tried one after the other, cut off as soon as a limit is
//! passed. Those of many stops go by [`labels`].

mod effort;
mod half;
mod labels;
mod legs;
mod might;
mod orders;
#[cfg(test)]
mod tests;

pub(crate) use self::effort::Effort;
#[cfg(feature = "highs")]
pub(crate) use self::half::MOST_RIDERS;
pub(crate) use self::half::{Direction, Half, Matters, Rider, Task};
pub(crate) use self::might::might_do;
use crate::instance::Instance;

/// The orders worth having: none is at least as good as another in everything that matters. Where effort does not
/// suffice, there may be others.
///
/// `chaperone` says which of the riders is the chaperone, if one of them is.
pub(crate) fn halves(
    instance: &Instance<'_>,
    task: &Task<'_>,
    chaperone: Option<usize>,
    matters: Matters,
    effort: &mut Effort,
) -> Vec<Half> {
    /// The orders of no more stops than these are sooner tried than labels are compared.
    const FEW: usize = 7;
    if task.riders.len() <= FEW {
        orders::halves(instance, task, chaperone, matters)
    } else {
        labels::halves(instance, task, chaperone, matters, effort)
    }
}
