//! What a search for orders may still do.

use std::rc::Rc;

use super::half::{Direction, Task};
use super::legs::Roads;
use crate::instance::Instance;

/// What a search for orders may still do, in stops tried. The same search does the same work on every machine, and what it
/// may do takes some tenths of a second at the most.
///
/// What is worked out once for all choices of windows of a group is kept with it: it is the effort for one group alone.
#[derive(Clone, Debug)]
pub(crate) struct Effort {
    pub(super) left: u64,
    pub(super) spent: bool,
    pub(super) roads: [Option<Rc<Roads>>; 2],
}

impl Effort {
    /// For one group.
    pub(crate) fn of_group() -> Self {
        Self { left: 400_000, spent: false, roads: [None, None] }
    }

    pub(super) fn unlimited() -> Self {
        Self { left: u64::MAX, ..Self::of_group() }
    }

    pub(crate) fn spend(&mut self, steps: u64) {
        self.spent |= self.left < steps;
        self.left = self.left.saturating_sub(steps);
    }

    /// The legs of one half, worked out at its first task.
    pub(super) fn roads(&mut self, instance: &Instance<'_>, task: &Task<'_>) -> Rc<Roads> {
        /// So many legs are added up in the time of one stop tried.
        const LEGS: u64 = 128;
        let direction = usize::from(task.direction == Direction::Back);
        if let Some(roads) = &self.roads[direction] {
            return Rc::clone(roads);
        }
        let roads = Rc::new(Roads::new(instance, task));
        self.spend(roads.left.legs() / LEGS);
        self.roads[direction] = Some(Rc::clone(&roads));
        roads
    }

    /// Gives up what was asked for.
    pub(super) fn give_up(&mut self) {
        self.spent = true;
    }

    /// Whether whatever was asked for was looked at to the end.
    pub(crate) fn suffices(&self) -> bool {
        !self.spent
    }
}
