//! The limits at which the enumeration of trips stops.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use crate::stop::Stop;

/// The limits of an enumeration, shared by its threads: a number of trips, a work budget, and a stop flag from outside.
pub(super) struct SearchLimits<'a> {
    stop: Stop<'a>,
    found: AtomicUsize,
    max_trips: usize,
    /// What is left of the work budget; `u64::MAX` means that there is none.
    work_left: AtomicU64,
    /// Whether some trips may have been left out.
    incomplete: AtomicBool,
}

impl<'a> SearchLimits<'a> {
    /// No more than so many trips, until planning must end.
    pub(super) fn new(stop: Stop<'a>, max_trips: usize) -> Self {
        Self {
            stop,
            found: AtomicUsize::new(0),
            max_trips,
            work_left: AtomicU64::new(u64::MAX),
            incomplete: AtomicBool::new(false),
        }
    }

    /// The same limits with a work budget.
    pub(super) fn with_work(self, work: u64) -> Self {
        Self { work_left: AtomicU64::new(work), ..self }
    }

    /// Counts trips found.
    pub(super) fn add_found(&self, trips: usize) {
        self.found.fetch_add(trips, Ordering::Relaxed);
    }

    /// Notes that some trips may have been left out.
    pub(super) fn set_incomplete(&self) {
        self.incomplete.store(true, Ordering::Relaxed);
    }

    /// Whether some trips may have been left out, for want of work or as noted.
    pub(super) fn incomplete(&self) -> bool {
        self.incomplete.load(Ordering::Relaxed)
    }

    pub(super) fn too_many_trips(&self) -> bool {
        self.found.load(Ordering::Relaxed) > self.max_trips
    }

    pub(super) fn must_stop(&self) -> bool {
        self.stop.now() || self.too_many_trips()
    }

    /// Takes the work of one group of so many rides off the budget, and says whether there was enough of it. The
    /// work grows as the number of orders does, up to a point.
    pub(super) fn take_work_for(&self, group: usize) -> bool {
        let work = 1_u64 << (2 * group).min(6);
        let left = self.work_left.load(Ordering::Relaxed);
        if left != u64::MAX {
            self.work_left.store(left.saturating_sub(work), Ordering::Relaxed);
        }
        self.incomplete.fetch_or(left < work, Ordering::Relaxed);
        left >= work
    }
}
