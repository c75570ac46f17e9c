//! A partial or whole rota as primal heuristics build it: which trips it has room for, and what each would add to its
//! points.

use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, TripIx, VolunteerIx};
use crate::instance::visit_rows::VisitRow;
use crate::trip::Trip;

/// What a set of trips of the pool uses. Families who visit together may be missing of it yet.
#[derive(Clone, Debug)]
pub(crate) struct RotaState {
    /// How many units of each row of the rules between visits are used.
    used: Vec<i64>,
    /// The slot that each ride goes to.
    slot_of: Vec<Option<SlotIx>>,
    of_slot: Vec<Vec<TripIx>>,
    /// The trips that each volunteer goes on, in either role.
    of_volunteer: Vec<Vec<TripIx>>,
}

impl RotaState {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self {
            used: vec![0; instance.visit_rows.rows.len()],
            slot_of: vec![None; instance.rides.len()],
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
        let slot = trip.crew.slot;
        for &ride in &trip.rides {
            self.slot_of[ride.at()] = Some(slot);
            for &(row, units) in instance.visit_rows.of(ride, slot) {
                self.used[row as usize] += i64::from(units);
            }
        }
        self.of_slot[slot.at()].push(trip_ix);
        trip.volunteers().for_each(|(volunteer, _)| self.of_volunteer[volunteer.at()].push(trip_ix));
    }

    /// Whether all who visit together with the families of a trip ride to its slot too (§5.1).
    pub(crate) fn is_whole(&self, instance: &Instance<'_>, trip: &Trip) -> bool {
        trip.rides.iter().all(|&ride| self.together(instance, ride).all(|other| self.is_there(other, trip)))
    }

    /// The rides that a ride goes together with.
    fn together<'i>(&self, instance: &'i Instance<'_>, ride: RideIx) -> impl Iterator<Item = RideIx> + use<'i> {
        let together = instance.rides[ride.at()].is_joint;
        instance.request(ride).rides.iter().copied().filter(move |&other| together && other != ride)
    }

    fn is_there(&self, ride: RideIx, trip: &Trip) -> bool {
        self.slot_of[ride.at()] == Some(trip.crew.slot)
    }

    /// What is lost without a trip beside its own points: the points of those who wait for nobody else to visit
    /// together.
    fn saved_by(&self, instance: &Instance<'_>, trip: &Trip) -> i64 {
        let slot = trip.crew.slot;
        let is_coming = |ride: RideIx| trip.rides.contains(&ride) || self.is_there(ride, trip);
        let points = |ride: RideIx| instance.option(ride, slot).map_or(0, |option| option.points);
        let saved = |&ride: &RideIx| {
            let all_there = self.together(instance, ride).all(is_coming);
            let others = self.together(instance, ride).filter(|other| !trip.rides.contains(other));
            if all_there { others.map(points).sum() } else { 0 }
        };
        trip.rides.iter().map(saved).sum()
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
        let slot = trip.crew.slot;
        let rows = &instance.visit_rows.rows;
        let mut added: Vec<(u32, i64)> = Vec::new();
        for &(row, units) in trip.rides.iter().flat_map(|&ride| instance.visit_rows.of(ride, slot)) {
            let units = i64::from(units);
            let in_all = match added.iter_mut().find(|(other, _)| *other == row) {
                Some((_, others)) => {
                    *others += units;
                    *others
                }
                None => {
                    added.push((row, units));
                    units
                }
            };
            let VisitRow { limit, .. } = rows[row as usize];
            if !rows[row as usize].is_link() && self.used[row as usize] + in_all > limit {
                return None;
            }
        }
        let elsewhere = |ride: RideIx| self.slot_of[ride.at()].is_some_and(|other| other != slot);
        if trip.rides.iter().any(|&ride| self.together(instance, ride).any(elsewhere)) {
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
        let that_date = date(trip);
        let others = || mine.iter().map(|&other| &pool[other]);
        let turnaround = i64::from(instance.policy.turnaround_min);
        if mine.len() >= facts.max_trips as usize
            || others().filter(|other| date(other) == that_date).count()
                >= instance.max_trips_on(volunteer, that_date) as usize
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
            minutes(trip) + driven().filter(|other| date(other) == that_date).map(minutes).sum::<i64>()
        };
        instance.max_duty_on(volunteer, that_date).is_none_or(|cap| on_date(Trip::duty) <= cap)
            && instance.max_driving_on(volunteer, that_date).is_none_or(|cap| on_date(|trip| trip.drive) <= cap)
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
    /// Adds trips greedily in this order: each for which there is room, and which adds to the points. Trips of families
    /// whose company does not come as well are left out in the end, and others take their place.
    pub(crate) fn fill(&mut self, instance: &Instance<'_>, pool: &TripPool, order: impl IntoIterator<Item = TripIx>) {
        let is_joint = |ride: &RideIx| instance.rides[ride.at()].is_joint;
        if !instance.rides.iter().any(|ride| ride.is_joint) {
            self.add_greedily(instance, pool, order);
            return;
        }
        let order: Vec<TripIx> = order.into_iter().collect();
        self.add_greedily(instance, pool, order.iter().copied());
        let mut state = RotaState::of(instance, pool, self.trips.iter().copied());
        while let Some(at) = self.trips.iter().position(|&trip| !state.is_whole(instance, &pool[trip])) {
            self.trips.remove(at);
            state = RotaState::of(instance, pool, self.trips.iter().copied());
        }
        let kept = std::mem::take(&mut self.trips);
        self.points = 0;
        let mut state = RotaState::new(instance);
        for trip in kept {
            self.points += state.gain(instance, pool, trip).unwrap_or(0);
            state.add(instance, pool, trip);
            self.trips.push(trip);
        }
        self.add_greedily(instance, pool, order.into_iter().filter(|&trip| !pool[trip].rides.iter().any(is_joint)));
    }

    fn add_greedily(&mut self, instance: &Instance<'_>, pool: &TripPool, order: impl IntoIterator<Item = TripIx>) {
        let mut state = RotaState::of(instance, pool, self.trips.iter().copied());
        for trip in order {
            let gain = state.gain(instance, pool, trip);
            if let Some(gain) = gain.filter(|gain| *gain + state.saved_by(instance, &pool[trip]) > 0) {
                state.add(instance, pool, trip);
                self.trips.push(trip);
                self.points += gain;
            }
        }
    }
}
