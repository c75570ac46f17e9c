//! The visiting slots, each with those who may go there and how far it is for them at the least.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use visitrota_travel::PlaceIndex;

use crate::bits::Bits;
use crate::column_generation::pricing::groups::{Group, Groups};
use crate::instance::index::{DateIx, RequestIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Slack};
use crate::trip;

/// A slot, with those who may go there.
#[derive(Debug)]
pub(crate) struct SlotSubproblem {
    pub(crate) groups: Groups,
    pub(crate) date: DateIx,
    pub(crate) drivers: Vec<DriverAccess>,
    pub(crate) chaperones: Vec<ChaperoneAccess>,
    /// What has been tried: a driver's position, a group's node, a chaperone's number.
    pub(crate) tried: HashSet<(u32, u32, u32)>,
    /// Of these, what there may be other ways of: its group has too many stops to tell.
    pub(crate) partly_timed: HashSet<(u32, u32, u32)>,
    /// Groups grown for a driver, by their positions.
    pub(crate) grown: HashSet<(u32, Box<[u32]>)>,
}

/// A driver who may go to a slot.
#[derive(Debug)]
pub(crate) struct DriverAccess {
    pub(crate) driver: VolunteerIx,
    /// The requests, by position, that the driver may take.
    pub(crate) able: Bits,
    /// Minutes that no way there and back undercuts.
    pub(crate) direct: i64,
    /// When the driver is away from home at the least.
    pub(crate) away: (i64, i64),
    pub(crate) max_families: usize,
    pub(crate) slacks: Vec<Slack>,
    legs: Legs,
    /// Points lost by serving each request as no usual volunteer of the family, and as not the driver announced.
    unfamiliarity: Vec<[i64; 2]>,
    /// The driver's home and the most metres of a week, if they are limited.
    max_metres: Option<(PlaceIndex, u64)>,
}

/// A chaperone who may go to a slot.
#[derive(Debug)]
pub(crate) struct ChaperoneAccess {
    pub(crate) volunteer: VolunteerIx,
    /// The requests, by position, beside whom the chaperone might be in time.
    pub(crate) able: Bits,
    /// Minutes that no way from the chaperone's home to the gate undercuts, and back.
    pub(crate) there: i64,
    pub(crate) back: i64,
    legs: Legs,
}

/// Minutes that no way from a home to each request's undercuts, and back.
#[derive(Clone, Debug)]
struct Legs {
    /// For every request of the prison.
    minutes: Arc<[[u16; 2]]>,
    /// Where the slot's requests stand among them.
    at: Arc<[u32]>,
}

impl Legs {
    fn of(&self, position: usize) -> [i64; 2] {
        self.minutes[self.at[position] as usize].map(i64::from)
    }
}

/// The roads from volunteers' homes to those who ask for the slots of one prison, worked out once for all of its slots.
struct Roads<'a> {
    instance: &'a Instance<'a>,
    homes: Vec<PlaceIndex>,
    known: BTreeMap<VolunteerIx, Arc<[[u16; 2]]>>,
}

impl Roads<'_> {
    fn of(&mut self, volunteer: VolunteerIx) -> Arc<[[u16; 2]]> {
        let Self { instance, homes, known } = self;
        let home = instance.volunteers[volunteer.at()].home;
        let least = |from, to| u16::try_from(instance.travel.at_least(from, to)).unwrap_or(u16::MAX);
        let legs = || homes.iter().map(|&other| [least(home, other), least(other, home)]).collect();
        known.entry(volunteer).or_insert_with(legs).clone()
    }
}

impl SlotSubproblem {
    /// The slots that anybody asks for and can be driven to.
    pub(crate) fn all(instance: &Instance<'_>) -> Vec<Self> {
        let mut of_gate: BTreeMap<PlaceIndex, Vec<SlotIx>> = BTreeMap::new();
        for slot in instance.slot_ixs().filter(|slot| !instance.asking[slot.at()].is_empty()) {
            of_gate.entry(instance.slots[slot.at()].gate).or_default().push(slot);
        }
        let gates: Vec<Vec<SlotIx>> = of_gate.into_values().collect();
        let mut places: Vec<Self> = gates
            .par_iter()
            .flat_map_iter(|slots| {
                let asking = slots.iter().flat_map(|slot| &instance.asking[slot.at()]);
                let requests: BTreeMap<RequestIx, u32> = asking.map(|&request| (request, 0)).collect();
                let requests: BTreeMap<RequestIx, u32> = requests.into_keys().zip(0..).collect();
                let homes = requests.keys().map(|&request| instance.family(request).home).collect();
                let mut roads = Roads { instance, homes, known: BTreeMap::new() };
                slots.iter().map(|&slot| Self::new(instance, slot, &requests, &mut roads)).collect::<Vec<_>>()
            })
            .collect();
        places.retain(|place| !place.drivers.is_empty());
        places.sort_by_key(|place| place.groups.slot);
        places
    }

    fn new(instance: &Instance<'_>, slot: SlotIx, of_prison: &BTreeMap<RequestIx, u32>, roads: &mut Roads<'_>) -> Self {
        let mut groups = Groups::new(instance, slot);
        let at: Arc<[u32]> = groups.requests.iter().map(|request| of_prison[request]).collect();
        let root = groups.root();
        let alone: Vec<(usize, [u32; 2])> =
            groups.larger(instance, &root).into_iter().map(|group| (group.members[0], group.drive)).collect();
        let drivers = instance
            .volunteer_ixs()
            .filter_map(|driver| DriverAccess::new(instance, &groups, driver, &alone, &at, roads))
            .collect();
        let child_only = instance.chaperone_rides() && groups.child_only.iter().next().is_some();
        let chaperones = instance.volunteer_ixs().filter(|_| child_only);
        let chaperones =
            chaperones.filter_map(|chaperone| ChaperoneAccess::new(instance, &groups, chaperone, &at, roads)).collect();
        Self {
            date: instance.slots[slot.at()].date,
            groups,
            drivers,
            chaperones,
            tried: HashSet::new(),
            partly_timed: HashSet::new(),
            grown: HashSet::new(),
        }
    }

    /// The most requests that a trip can serve here.
    pub(crate) fn largest(&self, instance: &Instance<'_>) -> usize {
        let tables = instance.slots[self.groups.slot.at()].tables.map_or(usize::MAX, |tables| tables as usize);
        let cars = self.drivers.iter().map(|access| access.max_families).max().unwrap_or(0);
        cars.min(tables).min(self.groups.requests.len())
    }
}

impl DriverAccess {
    /// `alone` has the requests that might go by themselves, by position, with minutes to and from the gate.
    fn new(
        instance: &Instance<'_>,
        groups: &Groups,
        driver: VolunteerIx,
        alone: &[(usize, [u32; 2])],
        at: &Arc<[u32]>,
        roads: &mut Roads<'_>,
    ) -> Option<Self> {
        let slot = groups.slot;
        trip::may_drive(instance, driver, slot).ok()?;
        let facts = &instance.volunteers[driver.at()];
        let gate = instance.slots[slot.at()].gate;
        let slacks = instance.slacks(driver, slot);
        let visit = instance.slots[slot.at()].gate_out - instance.slots[slot.at()].gate_in;
        let in_time = |out: i64, back: i64, boarding: i64| {
            let [away, home] = [out, back].map(|drive| drive + instance.breaks(drive) + boarding);
            slacks.iter().any(|slack| away <= slack.before && home <= slack.after)
                && facts.max_duty_min.is_none_or(|most| away + visit + home <= most.into())
                && facts.max_driving_min.is_none_or(|most| out + back <= most.into())
        };
        let [there, back] =
            [instance.travel.at_least(facts.home, gate).into(), instance.travel.at_least(gate, facts.home).into()];
        if !in_time(there, back, 0) {
            return None;
        }
        let legs = Legs { minutes: roads.of(driver), at: at.clone() };
        let mut able = Bits::none(groups.requests.len());
        let mut any = false;
        for &(at, [out, back]) in alone {
            let leg = legs.of(at);
            let boarding = instance.family(groups.requests[at]).boarding;
            if in_time(i64::from(out) + leg[0], i64::from(back) + leg[1], boarding)
                && trip::may_ride(instance, driver, slot, groups.requests[at]).is_ok()
            {
                able.set(at);
                any = true;
            }
        }
        let limited = facts.max_metres.map(|most| (facts.home, most));
        let strange = groups.requests.iter().map(|&request| unfamiliarity(instance, request, driver)).collect();
        let most = facts.max_families as usize;
        let facts = &instance.slots[slot.at()];
        let away = (facts.gate_in - there, facts.gate_out + back);
        any.then(|| Self {
            driver,
            able,
            direct: there + back,
            away,
            max_families: most,
            slacks,
            legs,
            unfamiliarity: strange,
            max_metres: limited,
        })
    }

    /// Minutes that no way from the driver's home to a request's undercuts, and back.
    pub(crate) fn leg(&self, position: usize) -> [i64; 2] {
        self.legs.of(position)
    }

    /// Points lost by serving a group as a driver whom the families do not know, or who was not announced.
    pub(crate) fn unfamiliarity_cost(
        &self,
        instance: &Instance<'_>,
        groups: &Groups,
        group: &Group,
        chaperone: Option<VolunteerIx>,
    ) -> i64 {
        let known = |at: usize| {
            let usual = &instance.family(groups.requests[at]).usual;
            chaperone.is_some_and(|chaperone| usual.contains(&chaperone))
        };
        let lost = |&at: &usize| self.unfamiliarity[at][1] + if known(at) { 0 } else { self.unfamiliarity[at][0] };
        group.members.iter().map(lost).sum()
    }

    /// Metres that no trip with a group undercuts, if they matter: there and back by way of any one, or two, of the
    /// families.
    pub(crate) fn metres(&self, instance: &Instance<'_>, groups: &Groups, group: &Group) -> Option<(u64, u64)> {
        let (home, most) = self.max_metres?;
        let gate = instance.slots[groups.slot.at()].gate;
        let least = |from, to| u64::from(instance.travel.metres_at_least(from, to));
        let homes: Vec<PlaceIndex> =
            group.members.iter().map(|&member| instance.family(groups.requests[member]).home).collect();
        let by_way = |from, to| {
            let by_one = |&a: &PlaceIndex| least(from, a) + least(a, to);
            let by_two = |a, b| least(from, a) + least(a, b) + least(b, to);
            let either_first = |(nth, &a): (usize, &PlaceIndex)| {
                homes[nth + 1..].iter().map(|&b| by_two(a, b).min(by_two(b, a))).max().unwrap_or(0)
            };
            let twos = homes.iter().enumerate().map(either_first);
            homes.iter().map(by_one).chain(twos).max().unwrap_or(0)
        };
        Some((by_way(home, gate) + by_way(gate, home), most))
    }
}

/// Points lost by serving a request with a driver as no usual volunteer of the family, and as not the one announced.
fn unfamiliarity(instance: &Instance<'_>, request: RequestIx, driver: VolunteerIx) -> [i64; 2] {
    let weights = &instance.policy.weights;
    let usual = &instance.family(request).usual;
    let stranger = !usual.is_empty() && !usual.contains(&driver);
    let changed = instance.requests[request.at()].announced.iter().filter(|&&was| was != driver).count();
    let changed = i64::try_from(changed).unwrap_or(i64::MAX);
    [i64::from(weights.new_volunteer) * i64::from(stranger), i64::from(weights.change_driver) * changed]
}

impl ChaperoneAccess {
    fn new(
        instance: &Instance<'_>,
        groups: &Groups,
        volunteer: VolunteerIx,
        at: &Arc<[u32]>,
        roads: &mut Roads<'_>,
    ) -> Option<Self> {
        let slot = groups.slot;
        trip::may_chaperone(instance, volunteer, slot).ok()?;
        let home = instance.volunteers[volunteer.at()].home;
        let gate = instance.slots[slot.at()].gate;
        let there = i64::from(instance.travel.at_least(home, gate));
        let back = i64::from(instance.travel.at_least(gate, home));
        let slacks = instance.slacks(volunteer, slot);
        let in_time = |[out, back]: [i64; 2]| slacks.iter().any(|slack| out <= slack.before && back <= slack.after);
        if !in_time([there, back]) {
            return None;
        }
        let legs = Legs { minutes: roads.of(volunteer), at: at.clone() };
        let mut able = Bits::none(groups.requests.len());
        for position in 0..groups.requests.len() {
            if in_time(groups.beside(instance, position, legs.of(position), [there, back])) {
                able.set(position);
            }
        }
        able.iter().next()?;
        Some(Self { volunteer, able, there, back, legs })
    }

    /// By how many minutes calling for the chaperone makes the ways out and back longer at the least, wherever between
    /// two stops it is: a group's trip without the chaperone is no longer than it is with the call left out. `ends` are
    /// minutes from the driver's home to the chaperone's, and back.
    pub(crate) fn detours(&self, groups: &Groups, group: &Group, access: &DriverAccess, ends: [i64; 2]) -> [i64; 2] {
        let gate = groups.requests.len();
        let members = || group.members.iter().copied();
        let [from, to] = [0, 1].map(|side| move |at: usize| self.legs.of(at)[side]);
        let between = members().flat_map(|a| members().filter(move |&b| a != b).map(move |b| (a, b)));
        let between = between.map(|(a, b)| to(a) + from(b) - groups.leg(a, b)).min();
        let first = members().map(|at| ends[0] + from(at) - access.leg(at)[0]).min();
        let last = members().map(|at| to(at) + ends[1] - access.leg(at)[1]).min();
        let before_gate = members().map(|at| to(at) + self.there - groups.leg(at, gate)).min();
        let after_gate = members().map(|at| self.back + from(at) - groups.leg(gate, at)).min();
        let least = |ways: [Option<i64>; 3]| ways.into_iter().flatten().min().unwrap_or(0).max(0);
        [least([between, first, before_gate]), least([between, last, after_gate])]
    }
}
