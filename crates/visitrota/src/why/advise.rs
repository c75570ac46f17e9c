//! What would help: changes thought of where the best rota leaves something wanting, each planned to its proven best.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Advice, Bounds, Car, Change, Date, FamilyId, Fitting, Hold, Limit, Member, PlaceId, Problem, RequestId, Role, Rota,
    Slot, Suggestion, Trip, Volunteer, VolunteerId, Window, apply, effort, patch,
};
use visitrota_solver::{NearMiss, WarmStart};

use super::ask::{Answer, Asker, bounds};
use super::explain::trips_of;
use crate::error::Error;
use crate::options::Options;
use crate::run::{sound, verify};

/// Single changes that would help, the most helpful first, each with its exact gain.
///
/// Changes are thought of where the best rota falls short: whatever keeps a driver from a request that is unmet, more
/// tables in a full slot, another trip of a driver who has made all of theirs, more seats in a car that could take one
/// family more, somebody new near a family that stays at home. What each could gain at the most is told by the prices of
/// the plan as it is. Then the problem with each change made is planned to its proven best, those of most hope first,
/// until the `top` most helpful are known. Of each, the least is told that gains the same.
///
/// # Errors
/// [`Error::Stopped`] if planning ended before there was a rota of the problem as it is; see [`Error`].
pub fn advise(problem: &Problem, top: usize, options: &Options) -> Result<Advice, Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options)?;
    let (rota, start) = asker.best(problem, &travel)?;
    let best = bounds(&rota);
    let visits = trips_of(&rota).len();
    let unmet: Vec<&RequestId> = rota.unmet.iter().map(|unmet| &unmet.request).collect();
    let near = asker.each(&unmet, |request| Ok(visitrota_solver::near_misses(problem, &travel, request)))?;
    let candidates = candidates(problem, &rota, &unmet, &near);
    let weigher = Weigher { asker: &asker, problem, start: &start };
    let Weighed { helpful, weighed, unknown } = weigher.most_helpful(&candidates, best, top)?;
    let mut suggestions: Vec<Suggestion> = (weigher.shrunk(helpful, top)?.into_iter())
        .filter_map(|helps| helps.suggestion(problem, best, visits))
        .collect();
    // Of two that gain the same, the easier first.
    suggestions.sort_by_key(|suggestion| {
        (std::cmp::Reverse(suggestion.gain_points), effort(&suggestion.changes, problem.timezone))
    });
    Ok(Advice { best, visits, suggestions, weighed, unknown })
}

/// What came of weighing changes.
struct Weighed {
    helpful: Vec<Helpful>,
    /// How many are known to help, or to help no more than these.
    weighed: usize,
    unknown: usize,
}

enum Weight {
    Helps(Helpful),
    Idle,
    Unknown,
}

/// Changes that help, and the proven best rota after them.
#[derive(Clone)]
struct Helpful {
    changes: Vec<Change>,
    after: Box<Rota>,
}

impl Helpful {
    /// Whether it is another that gains the same, or more than that.
    fn covers(&self, other: &Self) -> bool {
        let covered = |less: &Change| self.changes.iter().any(|change| change.covers(less));
        self.after.score == other.after.score && other.changes.iter().all(covered)
    }

    fn suggestion(self, problem: &Problem, best: Bounds, visits: usize) -> Option<Suggestion> {
        let number = |visits: usize| i64::try_from(visits).unwrap_or(i64::MAX);
        Some(Suggestion {
            patch: patch(&self.changes, problem)?,
            changes: self.changes,
            score: self.after.score,
            gain_points: self.after.score - best.least,
            gain_visits: number(trips_of(&self.after).len()) - number(visits),
        })
    }
}

/// What is not covered by another: what gains no more than a part of it does is no advice of its own.
fn distinct(all: Vec<Helpful>) -> Vec<Helpful> {
    let mut distinct: Vec<Helpful> = Vec::new();
    for helps in all {
        if !distinct.iter().any(|other| helps.covers(other)) {
            distinct.retain(|other| !other.covers(&helps));
            distinct.push(helps);
        }
    }
    distinct
}

/// Plans a problem with changes made.
struct Weigher<'a> {
    asker: &'a Asker,
    problem: &'a Problem,
    start: &'a WarmStart,
}

/// Changes planned side by side.
const AT_ONCE: usize = 8;

impl Weigher<'_> {
    /// Of the changes with most hope, those that help most.
    fn most_helpful(&self, candidates: &[Vec<Change>], best: Bounds, top: usize) -> Result<Weighed, Error> {
        /// The most changes planned.
        const PLANNED: usize = 90;
        if best.least < best.most {
            return Ok(Weighed { helpful: Vec::new(), weighed: 0, unknown: candidates.len() });
        }
        let ceilings = self.asker.each(candidates, |changes| self.ceiling(changes))?;
        let mut hopeful: Vec<(i64, &Vec<Change>)> =
            ceilings.into_iter().zip(candidates).filter(|(ceiling, _)| *ceiling > best.least).collect();
        hopeful.sort_by_key(|(ceiling, _)| std::cmp::Reverse(*ceiling));
        let hopeless = candidates.len() - hopeful.len();
        hopeful.truncate(PLANNED);
        let mut helpful: Vec<Helpful> = Vec::new();
        let mut unknown = 0;
        for some in hopeful.chunks(AT_ONCE) {
            let mut scores: Vec<i64> = helpful.iter().map(|helps| helps.after.score).collect();
            scores.sort_unstable_by_key(|score| std::cmp::Reverse(*score));
            // What gains no more than the last of the most helpful need not be known any better.
            let beyond = top.checked_sub(1).and_then(|last| scores.get(last)).copied().unwrap_or(best.least);
            if some[0].0 <= beyond {
                break;
            }
            for weight in self.asker.each(some, |(_, changes)| self.weigh(changes, beyond))? {
                match weight {
                    Weight::Helps(helps) => helpful.push(helps),
                    Weight::Idle => {}
                    Weight::Unknown => unknown += 1,
                }
            }
            helpful = distinct(helpful);
        }
        // Of equals, those thought of first.
        helpful.sort_by_key(|helps| std::cmp::Reverse(helps.after.score));
        Ok(Weighed { helpful, weighed: hopeless + hopeful.len() - unknown, unknown })
    }

    /// The first so many of helpful changes, each made as small as can be.
    fn shrunk(&self, helpful: Vec<Helpful>, top: usize) -> Result<Vec<Helpful>, Error> {
        let mut shrunk: Vec<Helpful> = Vec::new();
        let mut left = helpful.into_iter();
        while shrunk.len() < top {
            let some: Vec<Helpful> = left.by_ref().take(top - shrunk.len()).collect();
            if some.is_empty() {
                break;
            }
            shrunk.extend(self.asker.each(&some, |helps| self.shrink(helps.clone()))?);
            shrunk = distinct(shrunk);
        }
        Ok(shrunk)
    }

    /// What no rota after changes exceeds.
    fn ceiling(&self, changes: &[Change]) -> Result<i64, Error> {
        let Some(changed) = self.changed(changes) else { return Ok(i64::MIN) };
        Ok(self.asker.ceiling(&changed, self.start)?.unwrap_or(i64::MAX))
    }

    /// Whether the best rota after changes has more points than so many.
    fn weigh(&self, changes: &[Change], beyond: i64) -> Result<Weight, Error> {
        let Some(changed) = self.changed(changes) else { return Ok(Weight::Idle) };
        let Answer::Rota(after) = self.asker.plan_beyond(beyond, &changed, self.start)? else {
            return Ok(Weight::Unknown);
        };
        let score = bounds(&after);
        if score.most <= beyond {
            return Ok(Weight::Idle);
        }
        let known = score.least == score.most;
        Ok(if known { Weight::Helps(Helpful { changes: changes.to_vec(), after }) } else { Weight::Unknown })
    }

    /// The problem with changes made, if there is such a problem and it is sound.
    fn changed(&self, changes: &[Change]) -> Option<Problem> {
        let changed = patch(changes, self.problem).and_then(|patch| apply(self.problem, &patch).ok())?;
        sound(&changed).is_ok().then_some(changed)
    }

    fn plan(&self, changed: &Problem) -> Result<Option<Box<Rota>>, Error> {
        let answer = self.asker.plan_changed(changed, self.start)?;
        Ok(if let Answer::Rota(rota) = answer { Some(rota) } else { None })
    }

    /// The least of helpful changes that gains the same. More never gains less, so that each is made as small as can be
    /// once; what the best rota at hand does not use goes without planning.
    fn shrink(&self, mut helps: Helpful) -> Result<Helpful, Error> {
        for at in (0..helps.changes.len()).rev() {
            let fewer = [&helps.changes[..at], &helps.changes[at + 1..]].concat();
            if !fewer.is_empty() {
                self.lessen(&mut helps, fewer)?;
            }
        }
        let zone = self.problem.timezone;
        for at in 0..helps.changes.len() {
            for (side, most) in helps.changes[at].spare(zone).into_iter().enumerate() {
                let whole = helps.changes.clone();
                let less = |by| {
                    let less = whole[at].less(side, by, zone);
                    [&whole[..at], &[less], &whole[at + 1..]].concat()
                };
                let unused = last(0, most, &mut |by| Ok(self.allows(&less(by), &helps.after)))?;
                helps.changes = less(unused);
                if unused < most && self.lessen(&mut helps, less(unused + 1))? {
                    last(unused + 1, most, &mut |by| self.lessen(&mut helps, less(by)))?;
                }
            }
        }
        Ok(helps)
    }

    /// Whether these changes are enough for a rota.
    fn allows(&self, changes: &[Change], rota: &Rota) -> bool {
        let verdict = self.changed(changes).and_then(|changed| verify(&changed, rota).ok());
        verdict.is_some_and(|verdict| verdict.broken.is_empty() && verdict.score.total() == rota.score)
    }

    /// Takes smaller changes in the place of others if there is a rota as good after them.
    fn lessen(&self, helps: &mut Helpful, smaller: Vec<Change>) -> Result<bool, Error> {
        let after = match self.changed(&smaller) {
            None => None,
            Some(_) if self.allows(&smaller, &helps.after) => Some(helps.after.clone()),
            Some(changed) => self.plan(&changed)?.filter(|after| after.score >= helps.after.score),
        };
        let enough = after.is_some();
        if let Some(after) = after {
            *helps = Helpful { changes: smaller, after };
        }
        Ok(enough)
    }
}

/// The last number that will do, from one that does up to the last there is; whatever is less than one that does will do.
fn last(mut does: u32, most: u32, ask: &mut dyn FnMut(u32) -> Result<bool, Error>) -> Result<u32, Error> {
    let mut beyond = most + 1;
    while does + 1 < beyond {
        let middle = does + (beyond - does) / 2;
        if ask(middle)? { does = middle } else { beyond = middle }
    }
    Ok(does)
}

/// The changes to weigh: first, for each request that no trip could serve, the easiest that lets one;
/// then the kinds of change in turn, of each kind those first that more unmet requests could do with, and of these the
/// easier.
fn candidates(problem: &Problem, rota: &Rota, unmet: &[&RequestId], near: &[Vec<NearMiss>]) -> Vec<Vec<Change>> {
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
        Some(Change::Fit { .. }) => 3,
        Some(Change::Stretch { limit: Limit::Trips | Limit::TripsPerDay, .. }) => 4,
        Some(Change::Stretch { .. }) => 5,
        Some(Change::Ride { .. }) => 6,
        Some(Change::Tables { .. }) => 7,
        Some(Change::Admit { .. }) => 8,
        Some(Change::Ask { .. }) => 9,
        Some(Change::Share { .. }) => 10,
        Some(Change::Recruit { .. }) => 11,
        Some(Change::Unpin { .. }) | None => 12,
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
        let Some(asked) = self.problem.requests.iter().find(|other| other.id == *request) else { return Vec::new() };
        let members = self.members(request);
        let mut found: Vec<Vec<Change>> = Vec::new();
        for miss in near {
            match miss.changes.len() {
                // They could take it already: what stands in the way is what else they do.
                0 => found.extend(self.once_more(&miss.driver, miss.slot.as_str())),
                1 => found.push(miss.changes.clone()),
                _ => {}
            }
        }
        for option in &asked.options {
            let Some(slot) = self.slots.get(option.slot.as_str()) else { continue };
            let there: Vec<&Trip> = self.rota.trips.iter().filter(|trip| trip.slot == slot.id).collect();
            let taken = number(there.iter().map(|trip| trip.requests.len()).sum());
            if let Some(was) = slot.tables.filter(|tables| *tables <= taken) {
                found.push(vec![Change::Tables { slot: slot.id.clone(), was, to: taken + 1 }]);
            }
            for trip in there {
                found.extend(self.room(trip, &members));
            }
            found.extend(self.recruit(request, slot, &members));
        }
        let family = self.problem.families.iter().find(|family| asked.families.contains(&family.id));
        if let Some(family) = family.filter(|family| !family.shares_car) {
            found.push(vec![Change::Share { family: family.id.clone() }]);
        }
        found
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

    /// Room for a family more in a car that goes there, where one thing alone is missing.
    fn room(&self, trip: &Trip, members: &[Member]) -> Option<Vec<Change>> {
        let driver = self.problem.volunteers.iter().find(|volunteer| volunteer.id == trip.driver)?;
        let car = driver.car?;
        let mut riding: Vec<Member> = trip.requests.iter().flat_map(|request| self.members(request)).collect();
        riding.extend(members);
        let escort = u32::from(trip.chaperone.is_some());
        let fit = |fitting: Fitting| {
            let to =
                visitrota_solver::fittings_used(&riding, fitting) + if fitting == Fitting::Seats { escort } else { 0 };
            let was = fitting.of(car);
            (was < to).then(|| Change::Fit { volunteer: driver.id.clone(), fitting, was, to })
        };
        let mut changes: Vec<Change> = Fitting::ALL.into_iter().filter_map(fit).collect();
        let families = number(trip.requests.len()) + 1;
        if driver.max_families < families {
            let (limit, was) = (Limit::Families, driver.max_families);
            changes.push(Change::Stretch { volunteer: driver.id.clone(), limit, was, to: families });
        }
        (changes.len() == 1).then_some(changes)
    }

    /// Somebody new, who lives near the family and has a car for it.
    fn recruit(&self, request: &RequestId, slot: &Slot, members: &[Member]) -> Option<Vec<Change>> {
        let asked = self.problem.requests.iter().find(|other| other.id == *request)?;
        let family = self.problem.families.iter().find(|family| asked.families.contains(&family.id))?;
        // Where legs come from a table, nobody knows the way from a place that is not in it.
        let (lat, lon) = (family.lat?, family.lon?);
        if matches!(self.problem.travel.source, visitrota_model::TravelSource::Matrix { .. }) {
            return None;
        }
        let mut holds: BTreeSet<&String> = BTreeSet::new();
        let policy = &self.problem.policy;
        holds.extend(&policy.driver_requires);
        holds.extend(&policy.chaperone_requires);
        holds.extend(&policy.child_only_requires);
        holds.extend(self.problem.prisons.iter().flat_map(|prison| &prison.escort_requires));
        holds.extend(&family.needs);
        let fittings = |fitting| visitrota_solver::fittings_used(members, fitting);
        let date = slot.start.date();
        let volunteer = Volunteer {
            id: self.new_id(date),
            name: String::new(),
            lat: Some(lat),
            lon: Some(lon),
            postcode: None,
            roles: vec![Role::Driver, Role::Chaperone],
            car: Some(Car {
                seats: fittings(Fitting::Seats).max(4),
                infant: fittings(Fitting::Infant),
                harness: fittings(Fitting::Harness),
                booster: fittings(Fitting::Booster),
                wheelchair: fittings(Fitting::Wheelchair),
            }),
            available: vec![Window { from: date.midnight(), to: date.plus_days(1).midnight() }],
            max_trips: 1,
            max_trips_per_day: 1,
            max_duty_min: None,
            max_driving_min: None,
            max_km_week: None,
            max_families: 2,
            holds: holds.into_iter().map(|what| Hold { what: what.clone(), until: None }).collect(),
            recent_trips: 0,
        };
        Some(vec![Change::Recruit { volunteer: Box::new(volunteer), near: PlaceId::from(family.id.as_str()) }])
    }

    /// An id that nobody has.
    fn new_id(&self, date: Date) -> VolunteerId {
        let Problem { prisons, volunteers, families, .. } = self.problem;
        let ids: BTreeSet<&str> = (prisons.iter().map(|prison| prison.id.as_str()))
            .chain(volunteers.iter().map(|volunteer| volunteer.id.as_str()))
            .chain(families.iter().map(|family| family.id.as_str()))
            .collect();
        let mut id = format!("new-{date}");
        while ids.contains(id.as_str()) {
            id.push('+');
        }
        id.into()
    }

    fn members(&self, request: &RequestId) -> Vec<Member> {
        let asked = self.problem.requests.iter().find(|other| other.id == *request);
        let visits = |id: &FamilyId| asked.is_some_and(|asked| asked.families.contains(id));
        let families = self.problem.families.iter().filter(|family| visits(&family.id));
        families.flat_map(|family| family.members.iter().copied()).collect()
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
