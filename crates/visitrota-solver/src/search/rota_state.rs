//! A partial or whole rota as primal heuristics build it: which trips it has room for, and what each would add to its
//! points.

use std::collections::BTreeSet;

use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{DateIx, FamilyIx, SlotIx, TripIx, VolunteerIx};
use crate::trip::Trip;

/// What a valid set of trips of the pool uses.
#[derive(Clone, Debug)]
pub(crate) struct RotaState {
    /// Whether each request is served.
    served: Vec<bool>,
    family_dates: BTreeSet<(FamilyIx, DateIx)>,
    of_slot: Vec<Vec<TripIx>>,
    /// The trips that each volunteer goes on, in either role.
    of_volunteer: Vec<Vec<TripIx>>,
}

impl RotaState {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self {
            served: vec![false; instance.requests.len()],
            family_dates: BTreeSet::new(),
            of_slot: vec![Vec::new(); instance.slots.len()],
            of_volunteer: vec![Vec::new(); instance.volunteers.len()],
        }
    }

    pub(crate) fn of(instance: &Instance<'_>, pool: &TripPool, trips: impl IntoIterator<Item = TripIx>) -> Self {
        let mut state = Self::new(instance);
        trips.into_iter().for_each(|trip| state.add(instance, pool, trip));
        state
    }

    pub(crate) fn add(&mut self, instance: &Instance<'_>, pool: &TripPool, trip_ix: TripIx) {
        let trip = &pool[trip_ix];
        let date = instance.slots[trip.crew.slot.at()].date;
        for &request in &trip.requests {
            self.served[request.at()] = true;
            self.family_dates.insert((instance.requests[request.at()].family, date));
        }
        self.of_slot[trip.crew.slot.at()].push(trip_ix);
        trip.volunteers().for_each(|(volunteer, _)| self.of_volunteer[volunteer.at()].push(trip_ix));
    }

    /// The trips that a volunteer goes on, in either role.
    pub(crate) fn of_volunteer(&self, volunteer: VolunteerIx) -> &[TripIx] {
        &self.of_volunteer[volunteer.at()]
    }

    pub(crate) fn of_slot(&self, slot: SlotIx) -> &[TripIx] {
        &self.of_slot[slot.at()]
    }

    /// What one more trip adds to the points; none if there is no room for it.
    pub(crate) fn gain(&self, instance: &Instance<'_>, pool: &TripPool, trip_ix: TripIx) -> Option<i64> {
        let trip = &pool[trip_ix];
        let slot = &instance.slots[trip.crew.slot.at()];
        let family = |trip: &Trip, nth: usize| instance.requests[trip.requests[nth].at()].family;
        let families = || (0..trip.requests.len()).map(|nth| family(trip, nth));
        if trip.requests.iter().any(|request| self.served[request.at()])
            || families().any(|family| self.family_dates.contains(&(family, slot.date)))
        {
            return None;
        }
        let here = &self.of_slot[trip.crew.slot.at()];
        if let Some(tables) = slot.tables {
            let used_tables: usize = here.iter().map(|&other| pool[other].requests.len()).sum();
            if used_tables + trip.requests.len() > tables as usize {
                return None;
            }
        }
        let all_may_meet = here.iter().all(|&other| {
            let other = &pool[other];
            families().all(|a| (0..other.requests.len()).all(|nth| !instance.never_in_one_slot(a, family(other, nth))))
        });
        if !all_may_meet {
            return None;
        }
        let mut gain = pool.points[trip_ix.at()];
        for (volunteer, busy) in trip.volunteers() {
            if !self.has_room(instance, pool, trip, volunteer, busy) {
                return None;
            }
            let trips_already = u32::try_from(self.of_volunteer[volunteer.at()].len()).unwrap_or(u32::MAX);
            gain -= instance.load_step(volunteer, trips_already) - instance.load_step(volunteer, 0);
        }
        Some(gain)
    }

    /// Whether a volunteer, who would be busy on a trip from one minute to another, has room for it.
    fn has_room(
        &self,
        instance: &Instance<'_>,
        pool: &TripPool,
        trip: &Trip,
        volunteer: VolunteerIx,
        busy: (i64, i64),
    ) -> bool {
        let facts = &instance.volunteers[volunteer.at()];
        let mine = &self.of_volunteer[volunteer.at()];
        let date = |trip: &Trip| instance.slots[trip.crew.slot.at()].date;
        let others = || mine.iter().map(|&other| &pool[other]);
        let turnaround = i64::from(instance.policy.turnaround_min);
        if mine.len() >= facts.max_trips as usize
            || others().filter(|other| date(other) == date(trip)).count() >= facts.max_trips_per_day as usize
            || others().flat_map(Trip::volunteers).any(|(other, times)| {
                other == volunteer && times.0 < busy.1 + turnaround && busy.0 < times.1 + turnaround
            })
        {
            return false;
        }
        if volunteer != trip.crew.driver {
            return true;
        }
        let driven = || others().filter(|other| other.crew.driver == volunteer);
        let on_date = |minutes: fn(&Trip) -> i64| {
            minutes(trip) + driven().filter(|other| date(other) == date(trip)).map(minutes).sum::<i64>()
        };
        facts.max_duty_min.is_none_or(|cap| on_date(Trip::duty) <= cap.into())
            && facts.max_driving_min.is_none_or(|cap| on_date(|trip| trip.drive) <= cap.into())
            && facts.max_metres.is_none_or(|cap| trip.metres + driven().map(|other| other.metres).sum::<u64>() <= cap)
    }
}

/// A rota: trips of the pool, and its points, the bonus of pins included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ChosenTrips {
    pub(crate) trips: Vec<TripIx>,
    pub(crate) points: i64,
}

impl ChosenTrips {
    /// Adds trips greedily in this order: each for which there is room, and which adds to the points.
    pub(crate) fn fill(&mut self, instance: &Instance<'_>, pool: &TripPool, order: impl IntoIterator<Item = TripIx>) {
        let mut state = RotaState::of(instance, pool, self.trips.iter().copied());
        for trip in order {
            if let Some(gain) = state.gain(instance, pool, trip).filter(|gain| *gain > 0) {
                state.add(instance, pool, trip);
                self.trips.push(trip);
                self.points += gain;
            }
        }
    }
}
