//! A driver's reachable slots, and upper bounds on what trips to them are worth together: the completion bounds of a
//! driver's week.
//!
//! The direct ways there and back decide which two slots go together, so the answer holds for all trips to them. On one
//! date the best compatible slots are a weighted interval scheduling problem, solved by dynamic programming over the
//! ends of intervals (J. Kleinberg and É. Tardos, Algorithm Design, 2006, section 6.1); dates are then combined by
//! number of trips.

use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::prices::Prices;
use crate::instance::Instance;
use crate::instance::index::{DateIx, SlotIx, VolunteerIx};

/// The slots that a driver can go to, in the order of slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReachableSlots {
    slots: Vec<ReachableSlot>,
    /// How many trips the driver makes at most in the week, and on a date.
    max_trips: usize,
    max_trips_a_day: usize,
    turnaround: i64,
    /// By how many points the nth trip of the week costs more than the one before it, as far as no linking row counts
    /// them.
    pub(crate) step_cost: i64,
}

/// A slot in reach.
#[derive(Clone, Copy, Debug)]
struct ReachableSlot {
    slot: SlotIx,
    date: DateIx,
    /// From when until when the driver is away from home on every trip, by the direct way there and back.
    away: (i64, i64),
}

impl ReachableSlots {
    /// No slots yet, with what the driver allows in a week.
    pub(crate) fn new(instance: &Instance<'_>, rows: &LinkingRows, driver: VolunteerIx) -> Self {
        let week = &rows.rows[rows.week_row(driver) as usize];
        let facts = &instance.volunteers[driver.at()];
        Self {
            slots: Vec::new(),
            max_trips: facts.max_trips as usize,
            max_trips_a_day: instance.max_trips_a_day(driver) as usize,
            turnaround: instance.policy.turnaround_min.into(),
            step_cost: if week.one_driver { week.step_cost } else { 0 },
        }
    }

    /// Adds a slot, which must come after those added before, and when the driver is away for it on every trip.
    pub(crate) fn add(&mut self, instance: &Instance<'_>, slot: SlotIx, away: (i64, i64)) {
        self.slots.push(ReachableSlot { slot, date: instance.slots[slot.at()].date, away });
    }

    /// How many slots are in reach.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Where a slot stands among those in reach.
    pub(crate) fn position(&self, slot: SlotIx) -> Option<usize> {
        self.slots.binary_search_by_key(&slot, |reachable| reachable.slot).ok()
    }

    /// Whether trips to two slots, by position, can be made in one week.
    pub(crate) fn compatible(&self, a: usize, b: usize) -> bool {
        let [a, b] = [a, b].map(|at| self.slots[at]);
        (a.date != b.date || self.max_trips_a_day > 1) && (self.follows(a, b) || self.follows(b, a))
    }

    /// Whether a trip to the one slot ends early enough for one to the other to follow.
    fn follows(&self, first: ReachableSlot, then: ReachableSlot) -> bool {
        first.away.1 + self.turnaround <= then.away.0
    }

    /// For each slot, an upper bound on what the other trips of a week add to a trip there, where a trip to each slot
    /// is worth at most its value (scaled).
    ///
    /// Overlaps across midnight are not considered, which only raises the bound.
    pub(crate) fn best_beside(&self, values: &[i64]) -> Vec<i64> {
        let further = self.max_trips.saturating_sub(1);
        if further == 0 {
            return vec![0; self.len()];
        }
        let mut order: Vec<usize> = (0..self.len()).filter(|&at| values[at] > 0).collect();
        order.sort_unstable_by_key(|&at| (self.slots[at].date, self.slots[at].away.1));
        let dates: Vec<(DateIx, &[usize], Vec<i64>)> = order
            .chunk_by(|&a, &b| self.slots[a].date == self.slots[b].date)
            .map(|slots| {
                (self.slots[slots[0]].date, slots, self.best_on_date(slots, values, further.min(self.max_trips_a_day)))
            })
            .collect();
        // With only one trip a date, what others are worth does not depend on the slot.
        let mut last_answer: Option<(DateIx, i64)> = None;
        let mut beside = |at: usize| {
            let own_date = self.slots[at].date;
            if let Some((_, others)) = last_answer.filter(|(date, _)| self.max_trips_a_day == 1 && *date == own_date) {
                return others;
            }
            // For each number of trips, what they are worth.
            let mut best_by_count = vec![0];
            for (date, slots, of_date) in &dates {
                if *date != own_date {
                    best_by_count = combined(&best_by_count, of_date, further);
                } else if self.max_trips_a_day > 1 {
                    let compatible: Vec<usize> =
                        slots.iter().copied().filter(|&other| self.compatible(at, other)).collect();
                    let of_date = self.best_on_date(&compatible, values, further.min(self.max_trips_a_day - 1));
                    best_by_count = combined(&best_by_count, &of_date, further);
                }
            }
            let gains = best_by_count.iter().enumerate().map(|(trips, value)| value - self.cost_beside(trips));
            let others = gains.max().unwrap_or(0);
            last_answer = Some((own_date, others));
            others
        };
        (0..self.len()).map(&mut beside).collect()
    }

    /// For each slot, the limit on what an unknown trip may be worth so that no week with such trips is worth much more
    /// than `week_value`, where `known` are the values of the best known trips to each slot (scaled).
    ///
    /// Beside known trips alone an unknown one may be worth what these leave of the week. Several unknown trips may
    /// still come to too much together: each is then allowed less, by an even share, but no less than a known one is
    /// worth.
    pub(crate) fn unknown_trip_limits(&self, known: &[i64], week_value: i64) -> Vec<i64> {
        /// How many times the excess is shared out. Each round takes half of it off every trip: enough that little is
        /// left, few enough that thresholds take little of a round of pricing.
        const ROUNDS: u32 = 4;
        let mut limits: Vec<i64> =
            self.best_beside(known).into_iter().map(|others| (week_value - others).max(0)).collect();
        for _ in 0..ROUNDS {
            let trips: Vec<i64> = known.iter().zip(&limits).map(|(&known, &limit)| known.max(limit)).collect();
            let mut lowered = false;
            for ((limit, &known), others) in limits.iter_mut().zip(known).zip(self.best_beside(&trips)) {
                let lower = (*limit - (*limit + others - week_value + 1).div_euclid(2)).max(known);
                if lower < *limit {
                    (*limit, lowered) = (lower, true);
                }
            }
            if !lowered {
                break;
            }
        }
        limits
    }

    /// What one trip after so many others costs the driver beyond the first step of load (scaled).
    pub(crate) fn cost_of_next(&self, earlier_trips: usize) -> i64 {
        self.step_cost * Prices::SCALE * i64::try_from(earlier_trips).unwrap_or(i64::MAX)
    }

    /// What trips of some values, the most valuable first, gain after so many others, each less its step of load.
    pub(crate) fn total_gain(&self, values: impl Iterator<Item = i64>, earlier_trips: usize) -> i64 {
        let gains =
            (earlier_trips..).zip(values).map(|(earlier_trips, value)| value - self.cost_of_next(earlier_trips));
        gains.take_while(|gain| *gain > 0).sum()
    }

    /// What so many trips beside another cost beyond the first step of load of each (scaled).
    fn cost_beside(&self, trips: usize) -> i64 {
        (1..=trips).map(|earlier_trips| self.cost_of_next(earlier_trips)).sum()
    }

    /// For each number of trips up to `max_trips`, the most that so many trips to slots of one date are worth together,
    /// no two at once. The slots are in the order of their ends.
    fn best_on_date(&self, slots: &[usize], values: &[i64], max_trips: usize) -> Vec<i64> {
        // For each number of trips, the best over each number of slots that end first.
        let mut best = vec![vec![0; slots.len() + 1]];
        for count in 1..=max_trips.min(slots.len()) {
            let fewer = &best[count - 1];
            let mut with = vec![0; slots.len() + 1];
            for (nth, &at) in slots.iter().enumerate() {
                let before = slots[..nth].partition_point(|&other| self.follows(self.slots[other], self.slots[at]));
                with[nth + 1] = with[nth].max(fewer[before] + values[at]);
            }
            best.push(with);
        }
        best.iter().map(|by_slots| by_slots[slots.len()]).collect()
    }
}

/// For each number of trips up to `max_trips`, the most that trips of two kinds are worth together; given the same for
/// each kind.
fn combined(a: &[i64], b: &[i64], max_trips: usize) -> Vec<i64> {
    let best_of = |total: usize| {
        let splits = (0..b.len().min(total + 1)).filter(|of_b| total - of_b < a.len());
        splits.map(|of_b| a[total - of_b] + b[of_b]).max().unwrap_or(0)
    };
    (0..(a.len() + b.len() - 1).min(max_trips + 1)).map(best_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl ReachableSlots {
        /// Slots on these dates, each with when the driver is away.
        pub(crate) fn of(
            max_trips: usize,
            max_trips_a_day: usize,
            step_cost: i64,
            slots: &[(usize, (i64, i64))],
        ) -> Self {
            let reachable = |(nth, &(date, away)): (usize, &(usize, (i64, i64)))| ReachableSlot {
                slot: SlotIx::new(nth),
                date: DateIx::new(date),
                away,
            };
            let slots = slots.iter().enumerate().map(reachable).collect();
            Self { slots, max_trips, max_trips_a_day, turnaround: 1, step_cost }
        }
    }

    /// A morning, a noon and an afternoon, the noon at once with both others; and the next two days.
    const SLOTS: [(usize, (i64, i64)); 5] = [(0, (8, 12)), (0, (11, 15)), (0, (14, 18)), (1, (32, 36)), (2, (56, 60))];
    const VALUES: [i64; 5] = [50, 90, 60, 30, 20];

    #[test]
    fn no_two_at_once() {
        let reachable = ReachableSlots::of(3, 2, 0, &SLOTS);
        assert_eq!(reachable.best_beside(&VALUES), [60 + 30, 30 + 20, 50 + 30, 50 + 60, 90 + 30]);
        assert!(reachable.compatible(0, 2) && !reachable.compatible(0, 1) && !reachable.compatible(1, 1));
    }

    #[test]
    fn no_more_than_the_driver_makes() {
        assert_eq!(ReachableSlots::of(3, 1, 0, &SLOTS).best_beside(&VALUES), [50, 50, 50, 90 + 20, 90 + 30]);
        assert_eq!(ReachableSlots::of(2, 2, 0, &SLOTS).best_beside(&VALUES), [60, 30, 50, 90, 90]);
        assert_eq!(ReachableSlots::of(1, 1, 0, &SLOTS).best_beside(&VALUES), [0; 5]);
        assert_eq!(ReachableSlots::of(9, 9, 0, &SLOTS).best_beside(&VALUES), [110, 50, 100, 130, 140]);
    }

    /// Two unknown trips, each worth all that the driver's best week earns, would be worth it twice together.
    #[test]
    fn unknown_trips_have_room_in_the_best_week_together() {
        let known = [10, 100, 10, 0, 0];
        for (max_trips, a_day) in [(1, 1), (2, 1), (2, 2), (3, 2), (9, 9)] {
            let reachable = ReachableSlots::of(max_trips, a_day, 0, &SLOTS);
            let week = (0..5).map(|at| known[at] + reachable.best_beside(&known)[at]).max().expect("slots");
            let limits = reachable.unknown_trip_limits(&known, week);
            let trips: Vec<i64> = known.iter().zip(&limits).map(|(&known, &limit)| known.max(limit)).collect();
            for ((&limit, others), known) in limits.iter().zip(reachable.best_beside(&trips)).zip(known) {
                assert!(limit + others <= week + 8 && limit >= known, "{max_trips} {a_day}: {limit} {others} {known}");
            }
        }
        // Beside the noon there is no other on its date: a morning and an afternoon share what it is worth.
        assert_eq!(ReachableSlots::of(2, 2, 0, &SLOTS[..3]).unknown_trip_limits(&[0, 100, 0], 100), [50, 100, 50]);
    }

    /// A trip that costs more than it is worth is not made.
    #[test]
    fn trips_are_made_while_they_are_worth_their_load() {
        let scaled = VALUES.map(|value| value * Prices::SCALE);
        let others = ReachableSlots::of(3, 2, 25, &SLOTS).best_beside(&scaled);
        let expected = [60 - 25, 30 - 25, 50 - 25, 90 - 25, 90 - 25].map(|value| value * Prices::SCALE);
        assert_eq!(others, expected);
    }
}
