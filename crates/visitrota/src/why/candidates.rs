//! Changes that might help, thought of where the best rota leaves something wanting.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Car, Change, Date, Family, Fitting, Hold, Limit, Member, PlaceId, Problem, Request, RequestId, Role, Rota, Slot,
    Trip, Volunteer, VolunteerId, Window, effort,
};
use visitrota_solver::NearMiss;

use super::served::{request_of, rides_of, visits_in};

/// The changes to weigh: first, for each request that no trip could serve, the easiest that lets one;
/// then the kinds of change in turn, of each kind those first that more unmet requests could do with, and of these the
/// easier. Once `stop` says so, no more are thought of.
pub(super) fn candidates(
    problem: &Problem,
    rota: &Rota,
    unmet: &[&RequestId],
    near: &[Vec<NearMiss>],
    stop: &dyn Fn() -> bool,
) -> Vec<Vec<Change>> {
    /// More are not looked at.
    const MOST: usize = 400;
    let week = Week::new(problem, rota);
    let mut chosen: Vec<Vec<Change>> = Vec::new();
    let mut kinds: BTreeMap<u8, Vec<(usize, Vec<Change>)>> = BTreeMap::new();
    for (request, near) in unmet.iter().zip(near) {
        if near.first().is_some_and(|miss| miss.changes.len() == 1) {
            chosen.extend(near.first().map(|miss| miss.changes.clone()).filter(|changes| !chosen.contains(changes)));
        }
        for changes in week.for_request(request, near) {
            let of_kind = kinds.entry(kind(&changes)).or_default();
            match of_kind.iter_mut().find(|(_, other)| alike(other, &changes)) {
                Some((wanted, _)) => *wanted += 1,
                None => of_kind.push((1, changes)),
            }
        }
        if stop() {
            break;
        }
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    for of_kind in &mut kinds {
        of_kind.sort_by_key(|(wanted, changes)| (std::cmp::Reverse(*wanted), effort(changes, problem.timezone)));
    }
    let longest = kinds.iter().map(Vec::len).max().unwrap_or(0);
    for nth in 0..longest {
        for (_, changes) in kinds.iter().filter_map(|of_kind| of_kind.get(nth)) {
            if !chosen.contains(changes) {
                chosen.push(changes.clone());
            }
        }
    }
    chosen.truncate(MOST);
    chosen
}

/// Whether one of two changes stands for both: the same, or somebody new on the same day with the same home.
fn alike(one: &[Change], other: &[Change]) -> bool {
    match (one, other) {
        ([Change::Recruit { volunteer, near }], [Change::Recruit { volunteer: another, near: beside }]) => {
            near == beside && volunteer.available == another.available
        }
        _ => one == other,
    }
}

/// What kind of change it is.
fn kind(changes: &[Change]) -> u8 {
    match changes.first() {
        Some(Change::Widen { .. }) => 0,
        Some(Change::Free { .. }) => 1,
        Some(Change::Hold { .. }) => 2,
        Some(Change::Consent { .. }) => 3,
        Some(Change::Fit { .. }) => 4,
        Some(Change::Stretch { limit: Limit::Trips | Limit::TripsPerDay, .. }) => 5,
        Some(Change::Stretch { .. }) => 6,
        Some(Change::Ride { .. }) => 7,
        Some(Change::Meet { .. }) => 8,
        Some(Change::Tables { .. }) => 9,
        Some(Change::Visits { .. }) => 10,
        Some(Change::Admit { .. }) => 11,
        Some(Change::Ask { .. }) => 12,
        Some(Change::Share { .. }) => 13,
        Some(Change::Hours { .. }) => 14,
        Some(Change::Without { .. }) => 15,
        Some(Change::Recruit { .. }) => 16,
        Some(Change::Unpin { .. }) | None => 17,
    }
}

/// The best rota as it is, seen by slot, person and date.
struct Week<'a> {
    problem: &'a Problem,
    rota: &'a Rota,
    slots: BTreeMap<&'a str, &'a Slot>,
}

impl<'a> Week<'a> {
    fn new(problem: &'a Problem, rota: &'a Rota) -> Self {
        Self { problem, rota, slots: problem.slots.iter().map(|slot| (slot.id.as_str(), slot)).collect() }
    }

    /// What might help one request, or make room for it.
    fn for_request(&self, request: &RequestId, near: &[NearMiss]) -> Vec<Vec<Change>> {
        let Some(asked) = request_of(self.problem, request) else { return Vec::new() };
        let families: Vec<&Family> =
            self.problem.families.iter().filter(|family| asked.families.contains(&family.id)).collect();
        let mut found: Vec<Vec<Change>> = Vec::new();
        // Nobody is left behind where something else would do.
        let parts_them = |change: &Change| matches!(change, Change::Without { .. });
        let together = near.iter().any(|miss| miss.changes.len() < 2 && !miss.changes.iter().any(parts_them));
        for miss in near {
            match miss.changes.as_slice() {
                // They could take it already: what stands in the way is what else they do.
                [] => found.extend(self.once_more(&miss.driver, miss.slot.as_str())),
                [change] if together && parts_them(change) => {}
                [_] => found.push(miss.changes.clone()),
                _ => {}
            }
        }
        for option in &asked.options {
            let Some(slot) = self.slots.get(option.slot.as_str()) else { continue };
            let taken = number(visits_in(self.rota, &slot.id));
            if let Some(was) = slot.tables.filter(|tables| *tables <= taken) {
                found.push(vec![Change::Tables { slot: slot.id.clone(), was, to: taken + 1 }]);
            }
            let there = self.rota.trips.iter().filter(|trip| trip.slot == slot.id);
            for trip in there.filter(|trip| !self.problem.is_locked(trip)) {
                found.extend(self.room(trip, &families));
            }
            found.extend(self.recruit(slot, &families));
        }
        found.extend(self.one_visit_more(asked));
        let alone = families.iter().filter(|family| !family.shares_car);
        found.extend(alone.map(|family| vec![Change::Share { family: family.id.clone() }]));
        found
    }

    /// One visit more of a prisoner who has had all that were left.
    fn one_visit_more(&self, asked: &Request) -> Option<Vec<Change>> {
        let prisoner = self.problem.prisoners.iter().find(|prisoner| asked.prisoner.as_ref() == Some(&prisoner.id))?;
        let was = prisoner.visits?;
        let served: BTreeSet<&RequestId> = self.rota.trips.iter().flat_map(|trip| &trip.requests).collect();
        let visits = self.problem.requests.iter().filter(|request| request.prisoner == asked.prisoner);
        let had = number(visits.filter(|request| served.contains(&request.id)).count());
        (was <= had).then(|| vec![Change::Visits { prisoner: prisoner.id.clone(), was, to: had + 1 }])
    }

    /// One trip more of a volunteer who has made all of theirs.
    fn once_more(&self, volunteer: &VolunteerId, slot: &str) -> Option<Vec<Change>> {
        let facts = self.problem.volunteers.iter().find(|other| other.id == *volunteer)?;
        let date = self.slots.get(slot)?.start.date();
        let goes = |trip: &&Trip| trip.driver == *volunteer || trip.chaperone.as_ref() == Some(volunteer);
        let trips = || self.rota.trips.iter().filter(goes);
        let on_date =
            trips().filter(|trip| self.slots.get(trip.slot.as_str()).is_some_and(|slot| slot.start.date() == date));
        let made = [
            (Limit::Trips, facts.max_trips, number(trips().count())),
            (Limit::TripsPerDay, facts.max_trips_per_day, number(on_date.count())),
        ];
        let full = made.into_iter().filter(|(_, most, made)| most <= made);
        let changes: Vec<Change> = full
            .map(|(limit, was, made)| Change::Stretch { volunteer: volunteer.clone(), limit, was, to: made + 1 })
            .collect();
        (!changes.is_empty()).then_some(changes)
    }

    /// Room for a request's families in a car that goes there, where one thing alone is missing.
    fn room(&self, trip: &Trip, families: &[&Family]) -> Option<Vec<Change>> {
        let driver = self.problem.volunteers.iter().find(|volunteer| volunteer.id == trip.driver)?;
        let car = driver.car?;
        let rides = rides_of(self.problem, trip);
        let rides_there = |family: &&Family| rides.iter().any(|(_, riding)| **riding == family.id);
        let riding = self.problem.families.iter().filter(rides_there);
        let riding: Vec<Member> = members(riding.chain(families.iter().copied()));
        let escort = u32::from(trip.chaperone.is_some());
        let fit = |fitting: Fitting| {
            let to =
                visitrota_solver::fittings_used(&riding, fitting) + if fitting == Fitting::Seats { escort } else { 0 };
            let was = fitting.of(car);
            (was < to).then(|| Change::Fit { volunteer: driver.id.clone(), fitting, was, to })
        };
        let mut changes: Vec<Change> = Fitting::ALL.into_iter().filter_map(fit).collect();
        let families = number(rides.len() + families.len());
        if driver.max_families < families {
            let (limit, was) = (Limit::Families, driver.max_families);
            changes.push(Change::Stretch { volunteer: driver.id.clone(), limit, was, to: families });
        }
        (changes.len() == 1).then_some(changes)
    }

    /// Somebody new, who lives near one of a request's families and has a car for all.
    fn recruit(&self, slot: &Slot, families: &[&Family]) -> Option<Vec<Change>> {
        let (family, near) = families.iter().find_map(|family| Some((family, family.position()?)))?;
        // Where legs come from a table, nobody knows the way from a place that is not in it.
        if matches!(self.problem.travel.source, visitrota_model::TravelSource::Matrix { .. }) {
            return None;
        }
        let mut holds: BTreeSet<&String> = BTreeSet::new();
        let policy = &self.problem.policy;
        holds.extend(&policy.driver_requires);
        holds.extend(&policy.chaperone_requires);
        holds.extend(&policy.child_only_requires);
        holds.extend(self.problem.prisons.iter().flat_map(|prison| &prison.escort_requires));
        holds.extend(families.iter().flat_map(|family| &family.needs));
        let members = members(families.iter().copied());
        let fittings = |fitting| visitrota_solver::fittings_used(&members, fitting);
        let date = slot.start.date();
        let mut car = Car::new(fittings(Fitting::Seats).max(4));
        (car.infant, car.harness) = (fittings(Fitting::Infant), fittings(Fitting::Harness));
        (car.booster, car.wheelchair) = (fittings(Fitting::Booster), fittings(Fitting::Wheelchair));
        let mut volunteer = Volunteer::new(self.new_id(date), [Role::Driver, Role::Chaperone]);
        (volunteer.lat, volunteer.lon) = (Some(near.lat), Some(near.lon));
        volunteer.car = Some(car);
        volunteer.available = vec![Window::new(date.midnight(), date.plus_days(1).midnight())];
        volunteer.max_families = number(families.len()).max(2);
        volunteer.holds = holds.into_iter().map(Hold::new).collect();
        Some(vec![Change::Recruit { volunteer: Box::new(volunteer), near: PlaceId::from(family.id.as_str()) }])
    }

    /// An id that nobody has.
    fn new_id(&self, date: Date) -> VolunteerId {
        let ids: BTreeSet<&str> = self.problem.named().map(|(id, _)| id).collect();
        let mut id = format!("new-{date}");
        while ids.contains(id.as_str()) {
            id.push('+');
        }
        id.into()
    }
}

fn members<'a>(families: impl Iterator<Item = &'a Family>) -> Vec<Member> {
    families.flat_map(|family| family.members.iter().copied()).collect()
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
