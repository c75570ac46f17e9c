//! Destroy operators: which part of a rota large-neighbourhood search destroys.

use std::collections::BTreeSet;

use crate::column_generation::neighbourhood::Opening;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, TripIx, VolunteerIx};
use crate::search::random::Random;
use crate::search::rota_state::ChosenTrips;
use crate::trip::Trip;

/// The part of a rota to destroy: its trips to some slots, by some drivers, or for some rides.
#[derive(Debug)]
pub(crate) enum Neighbourhood {
    Slots(BTreeSet<SlotIx>),
    Drivers(BTreeSet<VolunteerIx>),
    Rides(BTreeSet<RideIx>),
}

impl Neighbourhood {
    /// Where trips may be added once the neighbourhood is destroyed; rides that other trips serve stay served.
    pub(crate) fn opening(&self, instance: &Instance<'_>, pool: &TripPool, rota: &ChosenTrips) -> Opening {
        let mut opening = Opening {
            slots: vec![true; instance.slots.len()],
            drivers: vec![true; instance.volunteers.len()],
            rides: vec![true; instance.rides.len()],
        };
        match self {
            Self::Slots(slots) => {
                instance.slot_ixs().for_each(|slot| opening.slots[slot.at()] = slots.contains(&slot));
            }
            Self::Drivers(drivers) => {
                instance.volunteer_ixs().for_each(|driver| opening.drivers[driver.at()] = drivers.contains(&driver));
            }
            // Whoever goes, and when.
            Self::Rides(_) => {}
        }
        for trip in rota.trips.iter().map(|&trip| &pool[trip]).filter(|trip| !self.contains(trip)) {
            trip.rides.iter().for_each(|ride| opening.rides[ride.at()] = false);
        }
        opening
    }

    pub(crate) fn contains(&self, trip: &Trip) -> bool {
        match self {
            Self::Slots(slots) => slots.contains(&trip.crew.slot),
            Self::Drivers(drivers) => drivers.contains(&trip.crew.driver),
            Self::Rides(rides) => trip.rides.iter().any(|ride| rides.contains(ride)),
        }
    }
}

/// The destroy operators: each draws a neighbourhood of trips that are related, in which about so many visits are made.
/// Related trips can take each other's place. (Shaw removal: Ropke and Pisinger 2006.)
pub(crate) struct Destroy<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a TripPool,
    /// The trips of the pool at each slot.
    pub(crate) trips_by_slot: &'a [Vec<TripIx>],
    pub(crate) rota: &'a ChosenTrips,
    /// About how many visits to destroy.
    pub(crate) visits: usize,
    pub(crate) random: Random,
}

impl Destroy<'_> {
    /// A neighbourhood by one of the operators: every second time by slots, which are what most trips compete for.
    pub(crate) fn draw(mut self) -> Option<Neighbourhood> {
        match self.random.below(4) {
            0 => self.drivers_near(),
            1 => self.homes_near(),
            _ => self.slots_near(),
        }
    }

    /// Slots near one that is drawn: at its prison or prisons nearby, on its date or others.
    fn slots_near(mut self) -> Option<Neighbourhood> {
        /// Minutes that another prison, beside the road to it, and another date count as.
        const OTHER_PRISON: u32 = 60;
        const OTHER_DATE: u32 = 60;
        /// As much as both, so that any of these slots may come first.
        const BLUR: usize = 120;
        let instance = self.instance;
        let busy: Vec<SlotIx> = instance.slot_ixs().filter(|slot| !self.trips_by_slot[slot.at()].is_empty()).collect();
        let first = *busy.get(self.random.below(busy.len()))?;
        let first_facts = &instance.slots[first.at()];
        let distance = |slot: SlotIx| {
            let facts = &instance.slots[slot.at()];
            let by_prison = if facts.prison == first_facts.prison {
                0
            } else {
                OTHER_PRISON + instance.travel.leg(first_facts.gate, facts.gate).minutes
            };
            by_prison + if facts.date == first_facts.date { 0 } else { OTHER_DATE }
        };
        let others = busy.iter().copied().filter(|slot| *slot != first);
        let others = nearest_first(others, distance, BLUR, &mut self.random);
        let slots = std::iter::once(first).chain(others);
        Some(Neighbourhood::Slots(self.until_enough_visits(slots, |trip, slot| trip.crew.slot == slot)))
    }

    /// Drivers who live near one who has a trip.
    fn drivers_near(mut self) -> Option<Neighbourhood> {
        /// Minutes: which of the drivers nearby come first is left to chance.
        const BLUR: usize = 40;
        let Self { instance, pool, rota, .. } = self;
        let first = pool[*rota.trips.get(self.random.below(rota.trips.len()))?].crew.driver;
        let home = |driver: VolunteerIx| instance.volunteers[driver.at()].home;
        let drivers = instance.volunteer_ixs().filter(|&driver| !pool.of_driver(driver).is_empty());
        let distance = |driver| instance.travel.leg(home(first), home(driver)).minutes;
        let drivers = nearest_first(drivers, distance, BLUR, &mut self.random);
        Some(Neighbourhood::Drivers(self.until_enough_visits(drivers, |trip, driver| trip.crew.driver == driver)))
    }

    /// Rides of families who live near one that is drawn.
    fn homes_near(mut self) -> Option<Neighbourhood> {
        /// Minutes; less than for drivers, since there are more families nearby.
        const BLUR: usize = 20;
        let instance = self.instance;
        let first = instance.ride_ixs().nth(self.random.below(instance.rides.len()))?;
        let place = |ride: RideIx| instance.usual_place(ride);
        let distance = |ride| instance.travel.leg(place(first), place(ride)).minutes;
        let rides = nearest_first(instance.ride_ixs(), distance, BLUR, &mut self.random);
        let near = self.until_enough_visits(rides, |trip, ride| trip.rides.contains(&ride));
        // Who visits together moves together.
        let together = near.iter().flat_map(|&ride| &instance.request(ride).rides).copied();
        Some(Neighbourhood::Rides(near.iter().copied().chain(together).collect()))
    }

    /// The first of some slots, drivers or rides, until the trips made for them come to enough visits. One for which
    /// no trip is made counts as one visit.
    fn until_enough_visits<T: Copy + Ord>(
        &self,
        order: impl IntoIterator<Item = T>,
        is_made_for: impl Fn(&Trip, T) -> bool,
    ) -> BTreeSet<T> {
        let mut destroyed: BTreeSet<TripIx> = BTreeSet::new();
        let mut visits = 0;
        let first = order.into_iter().take_while(|&one| {
            let is_wanted = visits < self.visits;
            let mut made = self.rota.trips.iter().filter(|&&trip| is_made_for(&self.pool[trip], one)).peekable();
            visits += usize::from(made.peek().is_none());
            let added = made.filter(|&&trip| destroyed.insert(trip));
            visits += added.map(|&trip| self.pool[trip].rides.len()).sum::<usize>();
            is_wanted
        });
        first.collect()
    }
}

/// Slots, drivers or rides, the nearest first, but for chance of less than `blur` minutes.
fn nearest_first<T: Copy + Ord>(
    all: impl Iterator<Item = T>,
    minutes_away: impl Fn(T) -> u32,
    blur: usize,
    random: &mut Random,
) -> Vec<T> {
    let blurred = all.map(|one| (minutes_away(one) + u32::try_from(random.below(blur)).unwrap_or(0), one));
    let mut order: Vec<(u32, T)> = blurred.collect();
    order.sort_unstable();
    order.into_iter().map(|(_, one)| one).collect()
}
