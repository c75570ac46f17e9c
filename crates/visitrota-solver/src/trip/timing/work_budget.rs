//! The work budget of a search for orders.

use visitrota_model::Way;

use std::rc::Rc;

use super::half::Task;
use super::legs::HalfLegs;
use crate::instance::Instance;

/// What is left of the work that a search for the orders of one group may do, in stops tried. Counted work, unlike
/// time, is the same on every machine.
///
/// The legs of each half do not depend on the choice of windows. They are worked out once for the group, and kept here.
#[derive(Clone, Debug)]
pub(crate) struct WorkBudget {
    pub(super) remaining: u64,
    pub(super) exhausted: bool,
    pub(super) legs: [Option<Rc<HalfLegs>>; 2],
}

impl WorkBudget {
    pub(crate) fn for_one_group() -> Self {
        /// Some tenths of a second. Enough for nearly every group of up to some fifteen stops.
        const STOPS_TRIED: u64 = 400_000;
        Self { remaining: STOPS_TRIED, exhausted: false, legs: [None, None] }
    }

    pub(super) fn unlimited() -> Self {
        Self { remaining: u64::MAX, ..Self::for_one_group() }
    }

    pub(crate) fn spend(&mut self, steps: u64) {
        self.exhausted |= self.remaining < steps;
        self.remaining = self.remaining.saturating_sub(steps);
    }

    /// The legs of one half, worked out when first asked for.
    pub(super) fn legs(&mut self, instance: &Instance<'_>, task: &Task<'_>) -> Rc<HalfLegs> {
        /// So many legs are added up in about the time of one stop tried.
        const LEGS_FOR_A_STOP: u64 = 128;
        let way = usize::from(task.way == Way::Back);
        if let Some(legs) = &self.legs[way] {
            return Rc::clone(legs);
        }
        let legs = Rc::new(HalfLegs::new(instance, task));
        self.spend(legs.completion.legs_added_up() / LEGS_FOR_A_STOP);
        self.legs[way] = Some(Rc::clone(&legs));
        legs
    }

    /// Notes that not all was looked at, whatever is left of the budget.
    pub(super) fn give_up(&mut self) {
        self.exhausted = true;
    }

    /// Whether everything asked for so far was looked at to the end.
    pub(crate) fn suffices(&self) -> bool {
        !self.exhausted
    }
}
