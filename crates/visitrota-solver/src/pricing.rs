//! Pricing: the trips worth having at given prices, found without looking at all of them.
//!
//! What a group of requests earns at the prices does not depend on who drives it, so groups are searched once for all
//! drivers of a slot, and a branch of [`Groups`] is cut off as soon as nothing in it can pass the lowest threshold of
//! any driver. A group that passes is tried with each driver, and with each chaperone if it needs one, by bounds first
//! and at last by [`assemble`]; every trip tried is remembered and tried once only.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::groups::{Bits, Group, Groups};
use crate::index::{DateIx, RequestIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Load, Slack};
use crate::pool::Prices;
use crate::rows::Rows;
use crate::trip::{self, Crew, Trip, assemble};

/// What finds the trips of a problem.
#[derive(Debug)]
pub(crate) struct Pricing {
    places: Vec<Place>,
}

/// A slot, with those who may go there.
#[derive(Debug)]
struct Place {
    groups: Groups,
    date: DateIx,
    drivers: Vec<Access>,
    chaperones: Vec<Escort>,
    /// What has been tried: a driver's position, a group's node, a chaperone's number.
    tried: HashSet<(u32, u32, u32)>,
}

/// A driver who may go to a slot.
#[derive(Debug)]
struct Access {
    driver: VolunteerIx,
    /// The requests, by position, that the driver may take.
    able: Bits,
    /// Minutes that no way there and back undercuts.
    direct: i64,
    most: usize,
    slacks: Vec<Slack>,
}

/// A chaperone who may go to a slot.
#[derive(Debug)]
struct Escort {
    volunteer: VolunteerIx,
    /// The requests, by position, beside whom the chaperone might be in time.
    able: Bits,
    /// Minutes that no way from the chaperone's home to the gate undercuts, and back.
    there: i64,
    back: i64,
}

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quest<'a> {
    pub(crate) prices: &'a Prices,
    /// For each volunteer and date, the value (scaled) that a trip must have to be worth having.
    pub(crate) least: &'a [Vec<i64>],
    /// How many of the best trips are enough for each driver and slot; `usize::MAX` for all.
    pub(crate) keep: usize,
    /// The most requests in a trip.
    pub(crate) most: usize,
    /// How many drivers to try for each group, those first that promise most.
    pub(crate) reach: usize,
    /// The most trips to try at one slot.
    pub(crate) attempts: u64,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) trips: Vec<Trip>,
    /// For each volunteer, by how much (scaled) a trip not tried may exceed what it must have.
    pub(crate) missed: Vec<i64>,
    /// The same where trips were left out for size or reach; no more than `missed` if none was.
    pub(crate) beyond: Vec<i64>,
    /// Whether nothing was left out for size or reach.
    pub(crate) whole: bool,
    /// How much work it was: groups unfolded and trips tried.
    pub(crate) work: u64,
}

impl Pricing {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let slots: Vec<SlotIx> = instance.slot_ixs().filter(|slot| !instance.asking[slot.at()].is_empty()).collect();
        let places = slots.par_iter().map(|&slot| Place::new(instance, slot));
        Self { places: places.filter(|place| !place.drivers.is_empty()).collect() }
    }

    /// The most requests that a trip can serve.
    pub(crate) fn largest(&self, instance: &Instance<'_>) -> usize {
        self.places.iter().map(|place| place.largest(instance)).max().unwrap_or(0)
    }

    /// Looks for trips not tried before that are worth having.
    pub(crate) fn search(&mut self, instance: &Instance<'_>, rows: &Rows, quest: Quest<'_>) -> Found {
        let searched: Vec<Found> =
            self.places.par_iter_mut().map(|place| place.search(instance, rows, quest)).collect();
        let nothing = vec![0; instance.volunteers.len()];
        let mut found = Found { missed: nothing.clone(), beyond: nothing, whole: true, ..Found::default() };
        for (mut part, place) in searched.into_iter().zip(&self.places) {
            found.trips.append(&mut part.trips);
            found.work += part.work;
            found.whole &= part.whole;
            for (access, (missed, beyond)) in place.drivers.iter().zip(part.missed.into_iter().zip(part.beyond)) {
                let driver = access.driver.at();
                found.missed[driver] = found.missed[driver].max(missed);
                found.beyond[driver] = found.beyond[driver].max(beyond);
            }
        }
        found
    }
}

impl Place {
    fn new(instance: &Instance<'_>, slot: SlotIx) -> Self {
        let mut groups = Groups::new(instance, slot);
        let root = groups.root();
        let alone: Vec<(usize, [u32; 2])> =
            groups.larger(instance, &root).into_iter().map(|group| (group.members[0], group.drive)).collect();
        let gate = instance.slots[slot.at()].gate;
        let drivers = instance
            .volunteer_ixs()
            .filter(|&driver| trip::driver_may(instance, driver, slot).is_ok())
            .filter_map(|driver| {
                let facts = &instance.volunteers[driver.at()];
                let there = instance.travel.at_least(facts.home, gate);
                let back = instance.travel.at_least(gate, facts.home);
                let slacks = instance.slack(driver, slot);
                if !slacks.iter().any(|slack| i64::from(there) <= slack.before && i64::from(back) <= slack.after) {
                    return None;
                }
                let in_time = |at: usize, [out, back]: [u32; 2]| {
                    let family = instance.family(groups.requests[at]);
                    let elapsed = |inner: u32, leg: u32| {
                        let drive = i64::from(inner) + i64::from(leg);
                        drive + instance.breaks(drive) + family.boarding
                    };
                    let out = elapsed(out, instance.travel.at_least(facts.home, family.home));
                    let back = elapsed(back, instance.travel.at_least(family.home, facts.home));
                    slacks.iter().any(|slack| out <= slack.before && back <= slack.after)
                };
                let mut able = Bits::none(groups.requests.len());
                let mut any = false;
                for &(at, drive) in &alone {
                    let may = trip::may_ride(instance, driver, slot, groups.requests[at]).is_ok();
                    if may && in_time(at, drive) {
                        able.set(at);
                        any = true;
                    }
                }
                let most = facts.max_families as usize;
                any.then_some(Access { driver, able, direct: i64::from(there) + i64::from(back), most, slacks })
            })
            .collect();
        let escort = |volunteer: VolunteerIx| {
            trip::chaperone_may(instance, volunteer, slot).ok()?;
            let home = instance.volunteers[volunteer.at()].home;
            let there = i64::from(instance.travel.at_least(home, gate));
            let back = i64::from(instance.travel.at_least(gate, home));
            let slacks = instance.slack(volunteer, slot);
            if !slacks.iter().any(|slack| there <= slack.before && back <= slack.after) {
                return None;
            }
            let able = groups.beside(instance, home);
            Some(Escort { volunteer, able, there, back })
        };
        let child_only = instance.chaperone_rides() && groups.child_only.iter().next().is_some();
        let chaperones = instance.volunteer_ixs().filter(|_| child_only).filter_map(escort).collect();
        Self { groups, date: instance.slots[slot.at()].date, drivers, chaperones, tried: HashSet::new() }
    }

    /// The most requests that a trip can serve here.
    fn largest(&self, instance: &Instance<'_>) -> usize {
        let tables = instance.slots[self.groups.slot.at()].tables.map_or(usize::MAX, |tables| tables as usize);
        let cars = self.drivers.iter().map(|access| access.most).max().unwrap_or(0);
        cars.min(tables).min(self.groups.requests.len())
    }

    /// Looks for trips not tried before that are worth having; what is missed is told for each of the place's drivers.
    fn search(&mut self, instance: &Instance<'_>, rows: &Rows, quest: Quest<'_>) -> Found {
        let slot = self.groups.slot;
        let Quest { prices, least, keep, most, reach, attempts } = quest;
        let worth: Vec<i64> = self
            .groups
            .requests
            .iter()
            .map(|&request| {
                let points = instance.option(request, slot).map_or(0, |option| option.points);
                let points = points + instance.bonus(request);
                points * Prices::SCALE - rows.request_price(&prices.0, instance, request, slot.at())
            })
            .collect();
        let mut dearest: Vec<usize> = (0..worth.len()).collect();
        dearest.sort_unstable_by_key(|&at| (std::cmp::Reverse(worth[at]), at));
        let price = |volunteer: VolunteerIx| {
            instance.load_step(volunteer, 0) * Prices::SCALE + rows.volunteer_price(&prices.0, volunteer)
        };
        let needs: Vec<i64> = self
            .drivers
            .iter()
            .map(|access| least[access.driver.at()][self.date.at()] + price(access.driver))
            .collect();
        let mut chaperones: Vec<(i64, usize)> =
            self.chaperones.iter().enumerate().map(|(at, chaperone)| (price(chaperone.volunteer), at)).collect();
        chaperones.sort_unstable();
        let largest = self.largest(instance);
        let mut visit = Visit {
            instance,
            drivers: &self.drivers,
            escorts: &self.chaperones,
            tried: &mut self.tried,
            worth,
            dearest,
            needs,
            lowest: Vec::new(),
            order: Vec::new(),
            escorted: instance.chaperone_rides(),
            chaperones,
            a_minute: i64::from(instance.policy.weights.drive_min) * Prices::SCALE,
            keep,
            reach,
            attempts,
            whole: largest <= most,
            most: largest.min(most),
            floors: vec![0; self.drivers.len()],
            open: vec![Vec::new(); self.drivers.len()],
            trips: Vec::new(),
            work: 0,
        };
        visit.rank();
        let unfolded = self.groups.unfolded();
        let root = self.groups.root();
        visit.larger(&mut self.groups, &root, 0, Load::default(), 0);
        visit.try_open(&self.groups);
        let work = visit.work + (self.groups.unfolded() - unfolded) as u64;
        let beyond = if visit.whole { visit.floors.clone() } else { visit.beyond() };
        Found { missed: visit.floors, beyond, whole: visit.whole, work, trips: visit.trips }
    }
}

/// A search through the groups of a slot.
struct Visit<'a> {
    instance: &'a Instance<'a>,
    drivers: &'a [Access],
    escorts: &'a [Escort],
    tried: &'a mut HashSet<(u32, u32, u32)>,
    /// What each request earns at the prices.
    worth: Vec<i64>,
    /// The requests, those first that earn most.
    dearest: Vec<usize>,
    /// What a trip must earn with each driver, before driving and a chaperone.
    needs: Vec<i64>,
    /// For each size of group, the least that one must earn with any driver who takes as many, driving included.
    lowest: Vec<i64>,
    /// The drivers, by what a trip must earn with them at the least, driving included; the least first.
    order: Vec<(i64, usize)>,
    /// Whether a chaperone goes with families without an adult.
    escorted: bool,
    /// What each chaperone costs, the cheapest first.
    chaperones: Vec<(i64, usize)>,
    a_minute: i64,
    keep: usize,
    reach: usize,
    attempts: u64,
    whole: bool,
    most: usize,
    /// For each driver, the surplus that a trip must have to be tried.
    floors: Vec<i64>,
    /// For each driver, the trips to be tried.
    open: Vec<Vec<Candidate>>,
    trips: Vec<Trip>,
    work: u64,
}

impl Visit<'_> {
    /// Orders the drivers by what they ask for.
    fn rank(&mut self) {
        let key =
            |(at, access): (usize, &Access)| (self.needs[at] + self.floors[at] + self.a_minute * access.direct, at);
        self.order = self.drivers.iter().enumerate().map(key).collect();
        self.order.sort_unstable();
        let lowest = |size: usize| {
            let takes = self.order.iter().find(|(_, at)| self.drivers[*at].most >= size);
            takes.map_or(i64::MAX, |(key, _)| *key)
        };
        self.lowest = (0..=self.most).map(lowest).collect();
    }

    /// For each driver, what the surplus of any trip cannot exceed, whatever has been looked at.
    fn beyond(&self) -> Vec<i64> {
        let surplus = |(access, need): (&Access, &i64)| {
            let dearest = self.dearest.iter().filter(|&&at| access.able.has(at)).take(access.most);
            dearest.map(|&at| self.worth[at].max(0)).sum::<i64>() - self.a_minute * access.direct - need
        };
        self.drivers.iter().zip(&self.needs).map(surplus).collect()
    }

    fn larger(&mut self, groups: &mut Groups, group: &Group, worth: i64, load: Load, alone: usize) {
        for larger in groups.larger(self.instance, group) {
            let Some(&last) = larger.members.last() else { continue };
            let worth = worth + self.worth[last];
            let load = load.and(groups.loads[last]);
            let alone = alone + usize::from(groups.child_only.has(last));
            if alone > if self.escorted { 2 } else { 1 } {
                continue;
            }
            let chaperone = if alone > 0 && self.escorted {
                match self.chaperones.first() {
                    Some(&(price, _)) => price,
                    None => continue,
                }
            } else {
                0
            };
            let size = larger.members.len();
            let mut hope = worth - chaperone;
            if hope >= self.lowest[size] {
                self.try_drivers(groups, &larger, hope, load, alone);
            }
            let joining = self.dearest.iter().filter(|&&at| larger.joining.has(at)).take(self.most - size);
            let promising = joining.zip(size + 1..).any(|(&at, size)| {
                hope += self.worth[at];
                hope >= self.lowest[size]
            });
            if promising {
                self.larger(groups, &larger, worth, load, alone);
            }
        }
    }

    fn try_drivers(&mut self, groups: &Groups, group: &Group, worth: i64, load: Load, alone: usize) {
        let instance = self.instance;
        let chaperoned = alone > 0 && self.escorted;
        let load = if chaperoned { load.and(Load::ADULT) } else { load };
        let [inner_out, inner_back] = group.drive.map(i64::from);
        let boarding: i64 = group.members.iter().map(|&member| instance.family(groups.requests[member]).boarding).sum();
        let facts = &instance.slots[groups.slot.at()];
        let mut nth = 0;
        let mut promising = 0;
        while let Some(&(key, at)) = self.order.get(nth) {
            nth += 1;
            if worth < key {
                break;
            }
            let access = &self.drivers[at];
            if worth - self.a_minute * (inner_out + inner_back) - self.needs[at] < self.floors[at]
                || group.members.len() > access.most
                || !group.members.iter().all(|&member| access.able.has(member))
            {
                continue;
            }
            let volunteer = &instance.volunteers[access.driver.at()];
            let Some(car) = volunteer.car else { continue };
            if !(load.fits_seats(car) && load.fits_wheelchairs(car) && load.fits_restraints(car)) {
                continue;
            }
            let homes = || group.members.iter().map(|&member| instance.family(groups.requests[member]).home);
            let least = |from, to| i64::from(instance.travel.at_least(from, to));
            let out = inner_out + homes().map(|home| least(volunteer.home, home)).min().unwrap_or(0);
            let back = inner_back + homes().map(|home| least(home, volunteer.home)).min().unwrap_or(0);
            let drive = access.direct.max(out + back);
            let surplus = worth - self.a_minute * drive - self.needs[at];
            if surplus < self.floors[at] {
                continue;
            }
            let elapsed = |drive: i64| drive + instance.breaks(drive) + boarding;
            let duty = elapsed(out) + elapsed(back) + facts.gate_out - facts.gate_in;
            if !access.slacks.iter().any(|slack| elapsed(out) <= slack.before && elapsed(back) <= slack.after)
                || volunteer.max_duty_min.is_some_and(|most| duty > most.into())
                || volunteer.max_driving_min.is_some_and(|most| drive > most.into())
            {
                continue;
            }
            promising += 1;
            if promising > self.reach {
                self.whole = false;
                break;
            }
            if !chaperoned {
                self.attempt(group, at, None, surplus);
                continue;
            }
            let mut escorts = 0;
            for nth in 0..self.chaperones.len() {
                let (price, escort) = self.chaperones[nth];
                let surplus = surplus - (price - self.chaperones[0].0);
                if surplus < self.floors[at] {
                    break;
                }
                let Escort { volunteer: chaperone, able, there, back } = &self.escorts[escort];
                if *chaperone == access.driver || !group.members.iter().all(|&member| able.has(member)) {
                    continue;
                }
                let home = instance.volunteers[chaperone.at()].home;
                let there = least(volunteer.home, home) + there;
                let back = back + least(home, volunteer.home);
                let surplus = surplus - self.a_minute * (there + back - drive).max(0);
                if surplus >= self.floors[at] {
                    escorts += 1;
                    if escorts > self.reach {
                        self.whole = false;
                        break;
                    }
                    self.attempt(group, at, Some(*chaperone), surplus);
                }
            }
        }
    }

    /// Notes a trip to be tried, unless it has been.
    fn attempt(&mut self, group: &Group, at: usize, chaperone: Option<VolunteerIx>, surplus: i64) {
        let key = (number(at), group.node, chaperone.map_or(0, |chaperone| number(chaperone.at() + 1)));
        if self.tried.contains(&key) {
            return;
        }
        let members = group.members.iter().map(|&member| number(member)).collect();
        let open = &mut self.open[at];
        open.push(Candidate { surplus, key, chaperone, members });
        let most = self.keep.saturating_mul(OPEN);
        if open.len() >= most.saturating_mul(2) {
            open.sort_unstable_by_key(Candidate::rank);
            self.floors[at] = open[most].surplus;
            open.truncate(most);
            self.rank();
        }
    }

    /// Tries the most promising trips of each driver until enough are found; what is left sets the driver's floor.
    fn try_open(&mut self, groups: &Groups) {
        for at in 0..self.open.len() {
            let mut open = std::mem::take(&mut self.open[at]);
            open.sort_unstable_by_key(Candidate::rank);
            let mut found = 0;
            for candidate in open {
                if found >= self.keep || self.work >= self.attempts {
                    self.whole &= self.work < self.attempts;
                    self.floors[at] = candidate.surplus.max(self.floors[at]);
                    break;
                }
                found += usize::from(self.assemble(groups, at, &candidate));
            }
        }
    }

    /// Tries a trip; returns whether it can be made.
    fn assemble(&mut self, groups: &Groups, at: usize, candidate: &Candidate) -> bool {
        self.tried.insert(candidate.key);
        self.work += 1;
        let crew = Crew { driver: self.drivers[at].driver, chaperone: candidate.chaperone, slot: groups.slot };
        let members = candidate.members.iter();
        let mut requests: Vec<RequestIx> = members.map(|&member| groups.requests[member as usize]).collect();
        requests.sort_unstable();
        let trips = assemble(self.instance, crew, &requests).unwrap_or_default();
        let known = self.trips.len();
        self.trips.extend(trips);
        self.trips.len() > known
    }
}

/// Candidates kept in view for each trip looked for.
const OPEN: usize = 16;

/// A trip to be tried.
#[derive(Clone, Debug)]
struct Candidate {
    /// By how much its value may exceed what it must have.
    surplus: i64,
    key: (u32, u32, u32),
    chaperone: Option<VolunteerIx>,
    members: Box<[u32]>,
}

impl Candidate {
    /// Their order: the most promising first.
    fn rank(&self) -> (std::cmp::Reverse<i64>, (u32, u32, u32)) {
        (std::cmp::Reverse(self.surplus), self.key)
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
