//! Whether planning must end, which everything that takes long asks on its way.

use std::fmt;

#[cfg(any(test, feature = "highs"))]
use rayon::prelude::*;

use crate::failure::Failure;

/// Says whether planning must end. Once it has said so, it says so for good.
///
/// Nothing works on for more than some hundredths of a second without asking. What was made by then may lack anything:
/// whoever proves something by it asks [`Stop::check`] after it was made.
#[derive(Clone, Copy)]
pub(crate) struct Stop<'a>(&'a (dyn Fn() -> bool + Sync));

impl fmt::Debug for Stop<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stop").field(&self.now()).finish()
    }
}

impl<'a> Stop<'a> {
    /// Planning goes on to its end.
    pub(crate) const NEVER: Stop<'static> = Stop(&|| false);

    /// Planning ends when this says so.
    pub(crate) const fn when(must_end: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self(must_end)
    }

    /// Whether planning must end.
    pub(crate) fn now(self) -> bool {
        (self.0)()
    }

    /// Goes on unless planning must end.
    pub(crate) fn check(self) -> Result<(), Failure> {
        if self.now() { Err(Failure::OutOfTime) } else { Ok(()) }
    }

    /// What is made of each of these, on all threads and in their order; nothing of those that are not begun when
    /// planning must end.
    #[cfg(any(test, feature = "highs"))]
    pub(crate) fn each<T: Sync, R: Default + Send>(self, things: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
        things.par_iter().map(|thing| if self.now() { R::default() } else { make(thing) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn each_is_made_in_order_until_planning_must_end() {
        let things: Vec<usize> = (0..1_000).collect();
        let twice: Vec<usize> = things.iter().map(|thing| 2 * thing).collect();
        assert_eq!(Stop::NEVER.each(&things, |thing| 2 * thing), twice);
        let made = AtomicUsize::new(0);
        let must_end = || made.load(Ordering::Relaxed) >= 10;
        let stop = Stop::when(&must_end);
        assert_eq!(stop.check(), Ok(()));
        assert_eq!(stop.each(&things, |_| made.fetch_add(1, Ordering::Relaxed)).len(), things.len());
        assert!(made.load(Ordering::Relaxed) < things.len());
        assert_eq!(stop.check(), Err(Failure::OutOfTime));
    }
}
