//! A driver's agenda: the slots in reach, and what trips to them can be worth together.
//!
//! Which two slots go together is told by the straight ways there and back, so it holds for all trips to them.

use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::prices::Prices;
use crate::instance::Instance;
use crate::instance::index::{DateIx, SlotIx, VolunteerIx};

/// The slots that a driver can go to, in the order of slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReachableSlots {
    slots: Vec<ReachableSlot>,
    /// The most trips in the week, and on a date.
    max_trips: usize,
    max_trips_a_day: usize,
    turnaround: i64,
    /// Points that the nth trip of the week costs more than the one before it, as far as no linking row counts them.
    pub(crate) step_cost: i64,
}

/// A slot in reach.
#[derive(Clone, Copy, Debug)]
struct ReachableSlot {
    slot: SlotIx,
    date: DateIx,
    /// When the driver is away from home at the least.
    away: (i64, i64),
}

impl ReachableSlots {
    /// An agenda without slots.
    pub(crate) fn new(instance: &Instance<'_>, rows: &LinkingRows, driver: VolunteerIx) -> Self {
        let week = &rows.rows[rows.week_row(driver) as usize];
        let facts = &instance.volunteers[driver.at()];
        Self {
            slots: Vec::new(),
            max_trips: facts.max_trips as usize,
            max_trips_a_day: facts.max_trips_per_day as usize,
            turnaround: instance.policy.turnaround_min.into(),
            step_cost: if week.one_driver { week.step_cost } else { 0 },
        }
    }

    /// Adds a slot, which comes after those there, and when the driver is away for it at the least.
    pub(crate) fn add(&mut self, instance: &Instance<'_>, slot: SlotIx, away: (i64, i64)) {
        self.slots.push(ReachableSlot { slot, date: instance.slots[slot.at()].date, away });
    }

    /// How many slots are in reach.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn position(&self, slot: SlotIx) -> Option<usize> {
        self.slots.binary_search_by_key(&slot, |stop| stop.slot).ok()
    }

    /// Whether trips to two slots, by position, can be made in one week.
    pub(crate) fn compatible(&self, a: usize, b: usize) -> bool {
        let [a, b] = [a, b].map(|at| self.slots[at]);
        (a.date != b.date || self.max_trips_a_day > 1) && (self.apart(a, b) || self.apart(b, a))
    }

    fn apart(&self, first: ReachableSlot, then: ReachableSlot) -> bool {
        first.away.1 + self.turnaround <= then.away.0
    }

    /// The most that other trips of a week can be worth beside one to each slot, where trips to each slot are worth so
    /// much (scaled).
    ///
    /// Overlaps across midnight are left aside.
    pub(crate) fn best_beside(&self, values: &[i64]) -> Vec<i64> {
        let more = self.max_trips.saturating_sub(1);
        if more == 0 {
            return vec![0; self.len()];
        }
        let mut order: Vec<usize> = (0..self.len()).filter(|&at| values[at] > 0).collect();
        order.sort_unstable_by_key(|&at| (self.slots[at].date, self.slots[at].away.1));
        let dates: Vec<(DateIx, &[usize], Vec<i64>)> = order
            .chunk_by(|&a, &b| self.slots[a].date == self.slots[b].date)
            .map(|slots| {
                (self.slots[slots[0]].date, slots, self.best_on_date(slots, values, more.min(self.max_trips_a_day)))
            })
            .collect();
        // With only one trip a date, what others are worth does not depend on the slot.
        let mut known: Option<(DateIx, i64)> = None;
        let mut beside = |at: usize| {
            let own = self.slots[at].date;
            if let Some((_, others)) = known.filter(|(date, _)| self.max_trips_a_day == 1 && *date == own) {
                return others;
            }
            // What so many trips are worth.
            let mut best = vec![0];
            for (date, slots, worth) in &dates {
                if *date != own {
                    best = both(&best, worth, more);
                } else if self.max_trips_a_day > 1 {
                    let with: Vec<usize> = slots.iter().copied().filter(|&other| self.compatible(at, other)).collect();
                    best = both(&best, &self.best_on_date(&with, values, more.min(self.max_trips_a_day - 1)), more);
                }
            }
            let others =
                best.iter().enumerate().map(|(trips, value)| value - self.cost_beside(trips)).max().unwrap_or(0);
            known = Some((own, others));
            others
        };
        (0..self.len()).map(&mut beside).collect()
    }

    /// For each slot, what a trip that is not known may be worth, so that no week with such trips is worth much more than
    /// `week`, where the best known to each slot are worth so much (scaled).
    ///
    /// Beside known trips alone it may be worth what these leave of the week. Several such trips may still come to too
    /// much together: each is then allowed less, by an even part, but no less than a known one is worth.
    pub(crate) fn unknown_trip_limits(&self, known: &[i64], week: i64) -> Vec<i64> {
        /// Times that what is too much is shared out.
        const ROUNDS: u32 = 4;
        let mut room: Vec<i64> = self.best_beside(known).into_iter().map(|others| (week - others).max(0)).collect();
        for _ in 0..ROUNDS {
            let trips: Vec<i64> = known.iter().zip(&room).map(|(&known, &room)| known.max(room)).collect();
            let mut shared = false;
            for ((room, &known), others) in room.iter_mut().zip(known).zip(self.best_beside(&trips)) {
                let less = (*room - (*room + others - week + 1).div_euclid(2)).max(known);
                if less < *room {
                    (*room, shared) = (less, true);
                }
            }
            if !shared {
                break;
            }
        }
        room
    }

    /// What one more trip than so many costs the driver beyond the first step of load (scaled).
    pub(crate) fn cost_of_next(&self, made: usize) -> i64 {
        self.step_cost * Prices::SCALE * i64::try_from(made).unwrap_or(i64::MAX)
    }

    /// What trips of some values, the most valuable first, gain after so many others.
    pub(crate) fn total_gain(&self, values: impl Iterator<Item = i64>, made: usize) -> i64 {
        let gains = (made..).zip(values).map(|(made, value)| value - self.cost_of_next(made));
        gains.take_while(|gain| *gain > 0).sum()
    }

    /// What so many trips beside another cost beyond the first step of load of each (scaled).
    fn cost_beside(&self, trips: usize) -> i64 {
        (1..=trips).map(|made| self.cost_of_next(made)).sum()
    }

    /// What up to so many trips to slots of one date, in the order of their ends, are worth together, for each number of
    /// them: no two at once.
    fn best_on_date(&self, slots: &[usize], values: &[i64], most: usize) -> Vec<i64> {
        let mut best = vec![vec![0; slots.len() + 1]];
        for count in 1..=most.min(slots.len()) {
            let fewer = &best[count - 1];
            let mut with = vec![0; slots.len() + 1];
            for (nth, &at) in slots.iter().enumerate() {
                let before = slots[..nth].partition_point(|&other| self.apart(self.slots[other], self.slots[at]));
                with[nth + 1] = with[nth].max(fewer[before] + values[at]);
            }
            best.push(with);
        }
        best.iter().map(|of| of[slots.len()]).collect()
    }
}

/// What trips of two kinds are worth together, for each number of them up to `most`; given for each number of a kind.
fn both(a: &[i64], b: &[i64], most: usize) -> Vec<i64> {
    let of = |total: usize| {
        let splits = (0..b.len().min(total + 1)).filter(|of_b| total - of_b < a.len());
        splits.map(|of_b| a[total - of_b] + b[of_b]).max().unwrap_or(0)
    };
    (0..(a.len() + b.len() - 1).min(most + 1)).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl ReachableSlots {
        /// An agenda of slots on these dates, each with when the driver is away.
        pub(crate) fn of(most: usize, a_day: usize, step: i64, stops: &[(usize, (i64, i64))]) -> Self {
            let stop = |(nth, &(date, away)): (usize, &(usize, (i64, i64)))| ReachableSlot {
                slot: SlotIx::new(nth),
                date: DateIx::new(date),
                away,
            };
            Self {
                slots: stops.iter().enumerate().map(stop).collect(),
                max_trips: most,
                max_trips_a_day: a_day,
                turnaround: 1,
                step_cost: step,
            }
        }
    }

    /// A morning, a noon and an afternoon, the noon at once with both others; and the next two days.
    const STOPS: [(usize, (i64, i64)); 5] = [(0, (8, 12)), (0, (11, 15)), (0, (14, 18)), (1, (32, 36)), (2, (56, 60))];
    const VALUES: [i64; 5] = [50, 90, 60, 30, 20];

    #[test]
    fn no_two_at_once() {
        let agenda = ReachableSlots::of(3, 2, 0, &STOPS);
        assert_eq!(agenda.best_beside(&VALUES), [60 + 30, 30 + 20, 50 + 30, 50 + 60, 90 + 30]);
        assert!(agenda.compatible(0, 2) && !agenda.compatible(0, 1) && !agenda.compatible(1, 1));
    }

    #[test]
    fn no_more_than_the_driver_makes() {
        assert_eq!(ReachableSlots::of(3, 1, 0, &STOPS).best_beside(&VALUES), [50, 50, 50, 90 + 20, 90 + 30]);
        assert_eq!(ReachableSlots::of(2, 2, 0, &STOPS).best_beside(&VALUES), [60, 30, 50, 90, 90]);
        assert_eq!(ReachableSlots::of(1, 1, 0, &STOPS).best_beside(&VALUES), [0; 5]);
        assert_eq!(ReachableSlots::of(9, 9, 0, &STOPS).best_beside(&VALUES), [110, 50, 100, 130, 140]);
    }

    /// Two trips not known, each worth all that the driver's best week earns, would be worth it twice together.
    #[test]
    fn trips_that_are_not_known_have_room_in_the_best_week_together() {
        let known = [10, 100, 10, 0, 0];
        for (most, a_day) in [(1, 1), (2, 1), (2, 2), (3, 2), (9, 9)] {
            let agenda = ReachableSlots::of(most, a_day, 0, &STOPS);
            let week = (0..5).map(|at| known[at] + agenda.best_beside(&known)[at]).max().expect("slots");
            let room = agenda.unknown_trip_limits(&known, week);
            let trips: Vec<i64> = known.iter().zip(&room).map(|(&known, &room)| known.max(room)).collect();
            for ((&room, others), known) in room.iter().zip(agenda.best_beside(&trips)).zip(known) {
                assert!(room + others <= week + 8 && room >= known, "{most} {a_day}: {room} {others} {known}");
            }
        }
        // Beside the noon there is no other on its date: a morning and an afternoon share what it is worth.
        assert_eq!(ReachableSlots::of(2, 2, 0, &STOPS[..3]).unknown_trip_limits(&[0, 100, 0], 100), [50, 100, 50]);
    }

    /// A trip that costs more than it is worth is not made.
    #[test]
    fn trips_are_made_while_they_are_worth_their_load() {
        let scaled = VALUES.map(|value| value * Prices::SCALE);
        let others = ReachableSlots::of(3, 2, 25, &STOPS).best_beside(&scaled);
        let expected = [60 - 25, 30 - 25, 50 - 25, 90 - 25, 90 - 25].map(|value| value * Prices::SCALE);
        assert_eq!(others, expected);
    }
}
