//! The knapsack of kilometres: for drivers whose kilometres are limited, the required reduced cost depends on how far a
//! trip goes.
//!
//! A trip that goes no farther than another to the same slot, and has at least its reduced cost, can take its place in
//! any week, as far as kilometres go. It dominates the other. So of the unknown trips only those matter that no known
//! trip dominates, and of the known ones only the Pareto frontier of metres and reduced costs: the labels that remain
//! when a knapsack is solved by a list of undominated states (G. L. Nemhauser and Z. Ullmann, Discrete dynamic
//! programming and capital allocation, Management Science 15, 1969).

use crate::column_generation::reachable_slots::ReachableSlots;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{SlotIx, VolunteerIx};

/// A reduced cost that no trip reaches, and small enough that values can be added to it without overflow.
pub(crate) const NEVER: i64 = i64::MAX / 64;

/// A value that grows with metres, by steps: each step says from how many metres on the value holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct StepFunction(Vec<(u64, i64)>);

impl StepFunction {
    /// The value at so many metres; none below the first step.
    pub(crate) fn at(&self, metres: u64) -> Option<i64> {
        let steps = self.0.partition_point(|(from, _)| *from <= metres);
        steps.checked_sub(1).map(|last| self.0[last].1)
    }

    /// The Pareto frontier of some trips, given as metres and values: for each number of metres, the greatest value of
    /// a trip that takes no more.
    fn frontier(mut trips: Vec<(u64, i64)>) -> Self {
        trips.sort_unstable_by_key(|&(metres, value)| (metres, std::cmp::Reverse(value)));
        let mut greatest_value = i64::MIN;
        trips.retain(|&(_, value)| {
            let undominated = value > greatest_value;
            greatest_value = greatest_value.max(value);
            undominated
        });
        Self(trips)
    }
}

/// The undominated known trips of a driver whose kilometres are limited, and who makes more than one trip.
#[derive(Clone, Debug)]
pub(crate) struct MileageFrontier {
    max_metres: u64,
    /// How many trips may go beside one.
    further_trips: usize,
    /// For each slot, in order, the frontier of the known trips to it.
    known: Vec<(SlotIx, StepFunction)>,
}

impl MileageFrontier {
    /// The frontier of a driver's trips in the pool; none for drivers whose kilometres are not limited or who make one
    /// trip.
    pub(crate) fn new(
        instance: &Instance<'_>,
        pool: &TripPool,
        driver: VolunteerIx,
        reduced_costs: &[i64],
    ) -> Option<Self> {
        let facts = &instance.volunteers[driver.at()];
        let max_metres = facts.max_metres?;
        let further_trips = (facts.max_trips as usize).checked_sub(1).filter(|further| *further > 0)?;
        let mut trips: Vec<(SlotIx, u64, i64)> = pool
            .of_driver(driver)
            .iter()
            .filter(|&&trip| reduced_costs[trip.at()] > 0)
            .map(|&trip| (pool[trip].crew.slot, pool[trip].metres, reduced_costs[trip.at()]))
            .collect();
        trips.sort_unstable();
        let known = trips
            .chunk_by(|a, b| a.0 == b.0)
            .map(|of_slot| {
                let trips = of_slot.iter().map(|&(_, metres, value)| (metres, value)).collect();
                (of_slot[0].0, StepFunction::frontier(trips))
            })
            .collect();
        Some(Self { max_metres, further_trips, known })
    }

    /// The required reduced cost of a trip to a slot, by its metres, so that no known trip dominates it.
    pub(crate) fn required_unless_covered(&self, slot: SlotIx) -> StepFunction {
        let known = self.known.binary_search_by_key(&slot, |(slot, _)| *slot).ok().map(|at| &self.known[at].1);
        let too_far = (self.max_metres + 1, NEVER);
        let known = known.iter().flat_map(|steps| &steps.0).map(|&(metres, value)| (metres, value + 1));
        StepFunction(known.filter(|(metres, _)| *metres <= self.max_metres).chain([too_far]).collect())
    }

    /// The required reduced cost of a trip to a slot, by its metres, so that a week with it may be worth
    /// `required_of_week`.
    ///
    /// An unknown trip that a known one dominates may exceed that one by `covered_excess`. Other unknown trips are
    /// worth at most `uncovered_limits`, for each reachable slot, however far they go.
    pub(crate) fn required_beside_known(
        &self,
        reachable: &ReachableSlots,
        slot: SlotIx,
        required_of_week: i64,
        covered_excess: i64,
        uncovered_limits: &[i64],
    ) -> StepFunction {
        let Some(at) = reachable.position(slot) else { return StepFunction(vec![(0, NEVER)]) };
        let compatible = |other: SlotIx| reachable.position(other).is_some_and(|other| reachable.compatible(at, other));
        let steps = self.known.iter().filter(|(other, _)| compatible(*other)).flat_map(|(_, steps)| &steps.0);
        let covered = steps.map(|&(metres, value)| (metres, value + covered_excess));
        let uncovered = (0..reachable.len())
            .filter(|&other| reachable.compatible(at, other))
            .map(|other| (0, uncovered_limits[other]));
        let others = StepFunction::frontier(covered.chain(uncovered).filter(|(_, value)| *value > 0).collect());
        let one_more_after = |trips: usize| {
            let cost = reachable.cost_of_next(trips);
            others.0.iter().map(move |&(metres, value)| (metres, value - cost))
        };
        let mut best_beside = StepFunction::frontier(one_more_after(1).collect());
        for trips in 2..=self.further_trips {
            let extended = |(metres, value): (u64, i64)| {
                one_more_after(trips).map(move |(further, gain)| (metres + further, value + gain))
            };
            let fewer = best_beside.0.iter().copied();
            let states = fewer.clone().flat_map(extended).chain(fewer);
            best_beside = StepFunction::frontier(states.filter(|(metres, _)| *metres <= self.max_metres).collect());
        }
        // The farther a trip goes, the less it leaves for others.
        let mut steps = Vec::with_capacity(best_beside.0.len() + 2);
        let mut from = 0;
        for &(metres, value) in best_beside.0.iter().rev().filter(|(metres, _)| *metres <= self.max_metres) {
            steps.push((from, required_of_week - value.max(0)));
            from = self.max_metres - metres + 1;
        }
        steps.extend([(from, required_of_week), (self.max_metres + 1, NEVER)]);
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

    /// Another trip of the week counts, known or not, as far as there are kilometres for it.
    #[test]
    fn others_not_known_count_too() {
        // Two at once, and one the day after.
        let reachable = ReachableSlots::of(2, 1, 0, &[(0, (0, 9)), (0, (8, 12)), (1, (24, 33))]);
        let [first, other] = [0, 2].map(SlotIx::new);
        let frontier = MileageFrontier {
            max_metres: 100,
            further_trips: 1,
            known: vec![(other, StepFunction::frontier(vec![(60, 50)]))],
        };
        let required = |uncovered: [i64; 3]| {
            let steps = frontier.required_beside_known(&reachable, first, 80, 5, &uncovered);
            [0, 40, 41, 100, 101].map(|metres| steps.at(metres).expect("a step"))
        };
        assert_eq!(required([0, 0, 0]), [25, 25, 80, 80, NEVER]);
        assert_eq!(required([0, 0, 30]), [25, 25, 50, 50, NEVER]);
        assert_eq!(required([70, 70, 30]), [25, 25, 50, 50, NEVER], "not beside the first");
    }
}
