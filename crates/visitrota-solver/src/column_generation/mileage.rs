//! Drivers whose kilometres are limited: what a trip must be worth depends on how far it goes.
//!
//! A trip that goes no farther than another to the same slot and is worth as much can take its place in any week, as far
//! as kilometres go. So of the trips not known only those matter that no known one covers like that.

use crate::column_generation::reachable_slots::ReachableSlots;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{SlotIx, VolunteerIx};

/// More than any trip is worth, and so little that it can be added to.
pub(crate) const NEVER: i64 = i64::MAX / 64;

/// A value that grows with metres, by steps: from so many metres on it is so much.
#[derive(Clone, Debug, Default)]
pub(crate) struct StepFunction(Vec<(u64, i64)>);

impl StepFunction {
    /// The value at so many metres, if any step is that low.
    pub(crate) fn at(&self, metres: u64) -> Option<i64> {
        let steps = self.0.partition_point(|(from, _)| *from <= metres);
        steps.checked_sub(1).map(|last| self.0[last].1)
    }

    /// The most valuable of some trips, given as metres and values, for each number of metres.
    fn frontier(mut trips: Vec<(u64, i64)>) -> Self {
        trips.sort_unstable_by_key(|&(metres, value)| (metres, std::cmp::Reverse(value)));
        let mut most = i64::MIN;
        trips.retain(|&(_, value)| {
            let more = value > most;
            most = most.max(value);
            more
        });
        Self(trips)
    }
}

/// The known trips of a driver whose kilometres are limited, and who makes more than one trip.
#[derive(Clone, Debug)]
pub(crate) struct MileageFrontier {
    max_metres: u64,
    more_trips: usize,
    /// For each slot, what known trips are worth.
    known: Vec<(SlotIx, StepFunction)>,
}

impl MileageFrontier {
    pub(crate) fn new(instance: &Instance<'_>, pool: &TripPool, driver: VolunteerIx, values: &[i64]) -> Option<Self> {
        let facts = &instance.volunteers[driver.at()];
        let most_metres = facts.max_metres?;
        let more_trips = (facts.max_trips as usize).checked_sub(1).filter(|more| *more > 0)?;
        let mut trips: Vec<(SlotIx, u64, i64)> = pool
            .of_driver(driver)
            .iter()
            .filter(|&&trip| values[trip.at()] > 0)
            .map(|&trip| (pool[trip].crew.slot, pool[trip].metres, values[trip.at()]))
            .collect();
        trips.sort_unstable();
        let slots = trips
            .chunk_by(|a, b| a.0 == b.0)
            .map(|of_slot| {
                let trips = of_slot.iter().map(|&(_, metres, value)| (metres, value)).collect();
                (of_slot[0].0, StepFunction::frontier(trips))
            })
            .collect();
        Some(Self { max_metres: most_metres, more_trips, known: slots })
    }

    /// What a trip to a slot must be worth, by its metres, so that no known one covers it.
    pub(crate) fn required_unless_covered(&self, slot: SlotIx) -> StepFunction {
        let known = self.known.binary_search_by_key(&slot, |(slot, _)| *slot).ok().map(|at| &self.known[at].1);
        let beyond = (self.max_metres + 1, NEVER);
        let known = known.iter().flat_map(|steps| &steps.0).map(|&(metres, value)| (metres, value + 1));
        StepFunction(known.filter(|(metres, _)| *metres <= self.max_metres).chain([beyond]).collect())
    }

    /// What a trip to a slot must be worth, by its metres, so that a week with it may be worth `least`. Of the trips not
    /// known, those that a known one covers may be worth `more` than it; the others may be worth so much by the slots of
    /// the agenda, however far they go.
    pub(crate) fn required_beside_known(
        &self,
        agenda: &ReachableSlots,
        slot: SlotIx,
        least: i64,
        more: i64,
        uncovered: &[i64],
    ) -> StepFunction {
        let Some(at) = agenda.position(slot) else { return StepFunction(vec![(0, NEVER)]) };
        let together = |other: SlotIx| agenda.position(other).is_some_and(|other| agenda.compatible(at, other));
        let steps = self.known.iter().filter(|(other, _)| together(*other)).flat_map(|(_, steps)| &steps.0);
        let covered = steps.map(|&(metres, value)| (metres, value + more));
        let uncovered =
            (0..agenda.len()).filter(|&other| agenda.compatible(at, other)).map(|other| (0, uncovered[other]));
        let others = StepFunction::frontier(covered.chain(uncovered).filter(|(_, value)| *value > 0).collect());
        let after = |trips: usize| {
            let cost = agenda.cost_of_next(trips);
            others.0.iter().map(move |&(metres, value)| (metres, value - cost))
        };
        let mut best = StepFunction::frontier(after(1).collect());
        for trips in 2..=self.more_trips {
            let with = |(metres, value): (u64, i64)| after(trips).map(move |(m, v)| (metres + m, value + v));
            let more: Vec<_> = best.0.iter().copied().flat_map(with).chain(best.0.iter().copied()).collect();
            best = StepFunction::frontier(more.into_iter().filter(|(metres, _)| *metres <= self.max_metres).collect());
        }
        // The farther a trip goes, the less it leaves for others.
        let mut steps = Vec::with_capacity(best.0.len() + 2);
        let mut from = 0;
        for &(metres, value) in best.0.iter().rev().filter(|(metres, _)| *metres <= self.max_metres) {
            steps.push((from, least - value.max(0)));
            from = self.max_metres - metres + 1;
        }
        steps.extend([(from, least), (self.max_metres + 1, NEVER)]);
        StepFunction(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farther_the_more_valuable_or_covered() {
        let steps = StepFunction::frontier(vec![(30, 5), (10, 4), (20, 3), (30, 6)]);
        assert_eq!(steps.0, [(10, 4), (30, 6)]);
        assert_eq!([9, 10, 29, 30, 99].map(|metres| steps.at(metres)), [None, Some(4), Some(4), Some(6), Some(6)]);
    }

    /// What another trip of the week may be worth counts, known or not, as far as there are kilometres for it.
    #[test]
    fn others_not_known_count_too() {
        // Two at once, and one the day after.
        let agenda = ReachableSlots::of(2, 1, 0, &[(0, (0, 9)), (0, (8, 12)), (1, (24, 33))]);
        let [first, other] = [0, 2].map(SlotIx::new);
        let limited = MileageFrontier {
            max_metres: 100,
            more_trips: 1,
            known: vec![(other, StepFunction::frontier(vec![(60, 50)]))],
        };
        let needed = |uncovered: [i64; 3]| {
            let steps = limited.required_beside_known(&agenda, first, 80, 5, &uncovered);
            [0, 40, 41, 100, 101].map(|metres| steps.at(metres).expect("a step"))
        };
        assert_eq!(needed([0, 0, 0]), [25, 25, 80, 80, NEVER]);
        assert_eq!(needed([0, 0, 30]), [25, 25, 50, 50, NEVER]);
        assert_eq!(needed([70, 70, 30]), [25, 25, 50, 50, NEVER], "not beside the first");
    }
}
