//! What a search for orders may still do.

use std::rc::Rc;

use super::half::{Direction, Task};
use super::legs::HalfLegs;
use crate::instance::Instance;

/// What a search for orders may still do, in stops tried. The same search does the same work on every machine, and what it
/// may do takes some tenths of a second at the most.
///
/// What is worked out once for all choices of windows of a group is kept with it: it is the effort for one group alone.
#[derive(Clone, Debug)]
pub(crate) struct WorkBudget {
    pub(super) remaining: u64,
    pub(super) exhausted: bool,
    pub(super) legs: [Option<Rc<HalfLegs>>; 2],
}

impl WorkBudget {
    /// For one group.
    pub(crate) fn for_one_group() -> Self {
        Self { remaining: 400_000, exhausted: false, legs: [None, None] }
    }

    pub(super) fn unlimited() -> Self {
        Self { remaining: u64::MAX, ..Self::for_one_group() }
    }

    pub(crate) fn spend(&mut self, steps: u64) {
        self.exhausted |= self.remaining < steps;
        self.remaining = self.remaining.saturating_sub(steps);
    }

    /// The legs of one half, worked out at its first task.
    pub(super) fn legs(&mut self, instance: &Instance<'_>, task: &Task<'_>) -> Rc<HalfLegs> {
        /// So many legs are added up in the time of one stop tried.
        const LEGS: u64 = 128;
        let direction = usize::from(task.direction == Direction::Back);
        if let Some(legs) = &self.legs[direction] {
            return Rc::clone(legs);
        }
        let legs = Rc::new(HalfLegs::new(instance, task));
        self.spend(legs.completion.legs_added_up() / LEGS);
        self.legs[direction] = Some(Rc::clone(&legs));
        legs
    }

    /// Gives up what was asked for.
    pub(super) fn give_up(&mut self) {
        self.exhausted = true;
    }

    /// Whether whatever was asked for was looked at to the end.
    pub(crate) fn suffices(&self) -> bool {
        !self.exhausted
    }
}
