//! The pricing problem of a slot: who may go there, and lower bounds on how far it is for them.
//!
//! All that holds at any prices is worked out here once, as preprocessing does for the labels of a shortest path
//! problem with resource constraints (S. Irnich and G. Desaulniers, Shortest path problems with resource constraints,
//! in: Column Generation, Springer 2005): direct ways, the rides that fit into a driver's time, and detours to
//! chaperones.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use visitrota_model::Way;
use visitrota_travel::PlaceIndex;

use crate::bits::Bits;
use crate::column_generation::pricing::groups::{Group, Groups};
use crate::instance::index::{DateIx, RideIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Slack};
use crate::trip;

/// A trip that pricing may try, by numbers that last as long as the slot's subproblem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TripKey {
    /// The driver's position at the slot.
    pub(crate) driver: u32,
    /// The group's node.
    pub(crate) node: u32,
    /// The chaperone's number and one, or 0 for none.
    pub(crate) chaperone: u32,
}

/// A slot, with those who may go there.
#[derive(Debug)]
pub(crate) struct SlotSubproblem {
    pub(crate) groups: Groups,
    pub(crate) access: SlotAccess,
    pub(crate) tried: TriedTrips,
}

/// Who may go to a slot.
#[derive(Debug)]
pub(crate) struct SlotAccess {
    pub(crate) slot: SlotIx,
    pub(crate) date: DateIx,
    pub(crate) drivers: Vec<DriverAccess>,
    pub(crate) chaperones: Vec<ChaperoneAccess>,
}

/// What pricing has tried at a slot so far, at any prices.
#[derive(Debug, Default)]
pub(crate) struct TriedTrips {
    /// Each trip is tried once.
    pub(crate) tried: HashSet<TripKey>,
    /// Those of them that there may be other ways of making: their groups have too many stops to look at every order.
    pub(crate) partly_timed: HashSet<TripKey>,
    /// The groups grown greedily: a driver's position, and the rides by theirs.
    pub(crate) grown: HashSet<(u32, Box<[u32]>)>,
}

/// A driver who may go to a slot.
#[derive(Debug)]
pub(crate) struct DriverAccess {
    pub(crate) driver: VolunteerIx,
    /// The rides, by position, that the driver may take.
    pub(crate) able: Bits,
    /// A lower bound on the minutes of driving there and back.
    pub(crate) direct: i64,
    /// From when until when the driver is away from home on every trip.
    pub(crate) away: (i64, i64),
    pub(crate) max_families: usize,
    pub(crate) slacks: Vec<Slack>,
    legs: Legs,
    /// Points lost on each ride if the driver is no usual volunteer of the family, and if another was announced.
    unfamiliarity: Vec<[i64; 2]>,
    /// The driver's home and the limit on metres in a week, if there is one.
    max_metres: Option<(PlaceIndex, u64)>,
}

/// A chaperone who may go to a slot.
#[derive(Debug)]
pub(crate) struct ChaperoneAccess {
    pub(crate) volunteer: VolunteerIx,
    /// The rides, by position, with whose families the chaperone might ride in time.
    pub(crate) able: Bits,
    /// Lower bounds on the minutes from the chaperone's home to the gate, and back.
    pub(crate) there: i64,
    pub(crate) back: i64,
    /// To and from where families are met outward, and where they are on the return.
    legs: [Legs; 2],
}

/// Lower bounds on the minutes from a home to each ride's stop, and from one.
#[derive(Clone, Debug)]
struct Legs {
    /// For every ride of the prison.
    minutes: Arc<[[u16; 2]]>,
    /// Where the slot's rides stand among them.
    positions: Arc<[u32]>,
}

impl Legs {
    fn of(&self, position: usize) -> [i64; 2] {
        self.minutes[self.positions[position] as usize].map(i64::from)
    }
}

/// The roads from volunteers' homes to those who ask for the slots of one prison, worked out once for all of its slots.
struct Roads<'a> {
    instance: &'a Instance<'a>,
    /// Where those who ask are met: outward, and on the return.
    places: Vec<[PlaceIndex; 2]>,
    known: BTreeMap<(VolunteerIx, Ends), Arc<[[u16; 2]]>>,
}

/// Which of a ride's two places roads lead to, and which they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ends {
    /// To where the family is met outward, and from where it is on the return: the driver's.
    Round,
    /// To and from where it is met outward.
    Out,
    /// To and from where it is on the return.
    Back,
}

impl Roads<'_> {
    fn of(&mut self, volunteer: VolunteerIx, ends: Ends) -> Arc<[[u16; 2]]> {
        let Self { instance, places, known } = self;
        let home = instance.volunteers[volunteer.at()].home;
        let lower_bound = |from, to| u16::try_from(instance.travel.at_least(from, to)).unwrap_or(u16::MAX);
        // Mostly the two places are one, and what leads to them is the same.
        let ends = if places.iter().all(|[out, back]| out == back) { Ends::Round } else { ends };
        let by_ends = |&[out, back]: &[PlaceIndex; 2]| match ends {
            Ends::Round => [lower_bound(home, out), lower_bound(back, home)],
            Ends::Out => [lower_bound(home, out), lower_bound(out, home)],
            Ends::Back => [lower_bound(home, back), lower_bound(back, home)],
        };
        known.entry((volunteer, ends)).or_insert_with(|| places.iter().map(by_ends).collect()).clone()
    }
}

/// Where the rides of a prison's slots, with the places where they are met, stand among them.
type PositionsAtPrison = BTreeMap<(RideIx, [PlaceIndex; 2]), u32>;

impl SlotSubproblem {
    /// The slots that anybody asks for and can be driven to.
    pub(crate) fn all(instance: &Instance<'_>) -> Vec<Self> {
        let mut slots_by_gate: BTreeMap<PlaceIndex, Vec<SlotIx>> = BTreeMap::new();
        for slot in instance.slot_ixs().filter(|slot| !instance.rides_by_slot[slot.at()].is_empty()) {
            slots_by_gate.entry(instance.slots[slot.at()].gate).or_default().push(slot);
        }
        let gates: Vec<Vec<SlotIx>> = slots_by_gate.into_values().collect();
        let mut subproblems: Vec<Self> = gates
            .par_iter()
            .flat_map_iter(|slots| {
                let met = |ride, slot| [Way::Out, Way::Back].map(|way| instance.place(ride, slot, way));
                let rides = slots.iter().flat_map(|&slot| {
                    instance.rides_by_slot[slot.at()].iter().map(move |&ride| (ride, met(ride, slot)))
                });
                let rides: BTreeSet<(RideIx, [PlaceIndex; 2])> = rides.collect();
                let places = rides.iter().map(|(_, places)| *places).collect();
                let positions: PositionsAtPrison = rides.into_iter().zip(0..).collect();
                let mut roads = Roads { instance, places, known: BTreeMap::new() };
                let going_on = slots.iter().take_while(|_| !instance.stop.now());
                going_on.map(|&slot| Self::new(instance, slot, &positions, &mut roads)).collect::<Vec<_>>()
            })
            .collect();
        subproblems.retain(|subproblem| !subproblem.access.drivers.is_empty());
        subproblems.sort_by_key(|subproblem| subproblem.groups.slot);
        subproblems
    }

    fn new(
        instance: &Instance<'_>,
        slot: SlotIx,
        positions_at_prison: &PositionsAtPrison,
        roads: &mut Roads<'_>,
    ) -> Self {
        let mut groups = Groups::new(instance, slot);
        let root = groups.root();
        let singles: Vec<(usize, [u32; 2])> =
            groups.larger(instance, &root).into_iter().map(|group| (group.members[0], group.drive)).collect();
        let places = |ride| [Way::Out, Way::Back].map(|way| instance.place(ride, slot, way));
        let positions = groups.rides.iter().map(|&ride| positions_at_prison[&(ride, places(ride))]).collect();
        let mut at_slot = AtSlot { instance, groups: &groups, positions, roads };
        let drivers =
            instance.volunteer_ixs().filter_map(|driver| DriverAccess::new(&mut at_slot, driver, &singles)).collect();
        let needs_chaperones = instance.chaperone_rides() && groups.child_only.iter().next().is_some();
        let volunteers = instance.volunteer_ixs().filter(|_| needs_chaperones);
        let chaperones = volunteers.filter_map(|volunteer| ChaperoneAccess::new(&mut at_slot, volunteer)).collect();
        let access = SlotAccess { slot, date: instance.slots[slot.at()].date, drivers, chaperones };
        Self { groups, access, tried: TriedTrips::default() }
    }

    /// The most rides that a trip can serve here.
    pub(crate) fn max_group_size(&self, instance: &Instance<'_>) -> usize {
        let cars = self.access.drivers.iter().map(|access| access.max_families).max().unwrap_or(0);
        cars.min(self.groups.most_at_tables(instance)).min(self.groups.rides.len())
    }
}

/// What it takes to work out who may go to a slot.
struct AtSlot<'a, 'b> {
    instance: &'a Instance<'a>,
    groups: &'a Groups,
    /// Where the slot's rides stand among those of the prison.
    positions: Arc<[u32]>,
    roads: &'a mut Roads<'b>,
}

impl AtSlot<'_, '_> {
    fn legs(&mut self, volunteer: VolunteerIx, ends: Ends) -> Legs {
        Legs { minutes: self.roads.of(volunteer, ends), positions: self.positions.clone() }
    }
}

impl DriverAccess {
    /// A driver's access, unless there is none. `singles` has the rides that might go by themselves, by position,
    /// with minutes of driving to and from the gate.
    fn new(at_slot: &mut AtSlot<'_, '_>, driver: VolunteerIx, singles: &[(usize, [u32; 2])]) -> Option<Self> {
        let AtSlot { instance, groups, .. } = *at_slot;
        let slot = groups.slot;
        trip::may_drive(instance, driver, slot).ok()?;
        let facts = &instance.volunteers[driver.at()];
        let gate = instance.slots[slot.at()].gate;
        let slacks = instance.slacks(driver, slot);
        let visit = instance.slots[slot.at()].gate_out - instance.slots[slot.at()].gate_in;
        let date = instance.slots[slot.at()].date;
        let (max_duty, max_driving) = (instance.max_duty_on(driver, date), instance.max_driving_on(driver, date));
        let in_time = |out: i64, back: i64, boarding: i64| {
            let [away, home] = [out, back].map(|drive| drive + instance.breaks(drive) + boarding);
            slacks.iter().any(|slack| away <= slack.before && home <= slack.after)
                && max_duty.is_none_or(|limit| away + visit + home <= limit)
                && max_driving.is_none_or(|limit| out + back <= limit)
        };
        let [there, back] =
            [instance.travel.at_least(facts.home, gate).into(), instance.travel.at_least(gate, facts.home).into()];
        if !in_time(there, back, 0) {
            return None;
        }
        let legs = at_slot.legs(driver, Ends::Round);
        let mut able = Bits::none(groups.rides.len());
        let mut any = false;
        for &(at, [out, back]) in singles {
            let leg = legs.of(at);
            let boarding = instance.family(groups.rides[at]).boarding;
            if in_time(i64::from(out) + leg[0], i64::from(back) + leg[1], boarding)
                && trip::may_ride(instance, driver, slot, groups.rides[at]).is_ok()
            {
                able.set(at);
                any = true;
            }
        }
        let visit = &instance.slots[slot.at()];
        any.then(|| Self {
            driver,
            able,
            direct: there + back,
            away: (visit.gate_in - there, visit.gate_out + back),
            max_families: facts.max_families as usize,
            slacks,
            legs,
            unfamiliarity: groups.rides.iter().map(|&ride| unfamiliarity(instance, ride, driver)).collect(),
            max_metres: facts.max_metres.map(|limit| (facts.home, limit)),
        })
    }

    /// Lower bounds on the minutes from the driver's home to a ride's, and back.
    pub(crate) fn leg(&self, position: usize) -> [i64; 2] {
        self.legs.of(position)
    }

    /// Points lost if the driver serves a group, with this chaperone if any: for families who know neither, and for
    /// those to whom another driver was announced.
    pub(crate) fn unfamiliarity_cost(
        &self,
        instance: &Instance<'_>,
        groups: &Groups,
        group: &Group,
        chaperone: Option<VolunteerIx>,
    ) -> i64 {
        let knows_chaperone = |at: usize| {
            let usual = &instance.family(groups.rides[at]).usual;
            chaperone.is_some_and(|chaperone| usual.contains(&chaperone))
        };
        let lost = |&at: &usize| {
            let [new_volunteer, changed_driver] = self.unfamiliarity[at];
            changed_driver + if knows_chaperone(at) { 0 } else { new_volunteer }
        };
        group.members.iter().map(lost).sum()
    }

    /// A lower bound on the metres of a trip with a group, and the driver's limit, if there is one: there and back by
    /// way of any one, or two, of the families.
    pub(crate) fn metres(&self, instance: &Instance<'_>, groups: &Groups, group: &Group) -> Option<(u64, u64)> {
        let (home, limit) = self.max_metres?;
        let gate = instance.slots[groups.slot.at()].gate;
        let lower_bound = |from, to| u64::from(instance.travel.metres_at_least(from, to));
        let by_way = |way, from, to| {
            let place = |&member: &usize| instance.place(groups.rides[member], groups.slot, way);
            let places: Vec<PlaceIndex> = group.members.iter().map(place).collect();
            let by_one = |&a: &PlaceIndex| lower_bound(from, a) + lower_bound(a, to);
            let by_two = |a, b| lower_bound(from, a) + lower_bound(a, b) + lower_bound(b, to);
            let either_first = |(nth, &a): (usize, &PlaceIndex)| {
                places[nth + 1..].iter().map(|&b| by_two(a, b).min(by_two(b, a))).max().unwrap_or(0)
            };
            let twos = places.iter().enumerate().map(either_first);
            places.iter().map(by_one).chain(twos).max().unwrap_or(0)
        };
        Some((by_way(Way::Out, home, gate) + by_way(Way::Back, gate, home), limit))
    }
}

/// Points lost on a ride if the driver is no usual volunteer of the family, and if another was announced.
fn unfamiliarity(instance: &Instance<'_>, ride: RideIx, driver: VolunteerIx) -> [i64; 2] {
    let weights = &instance.policy.weights;
    let usual = &instance.family(ride).usual;
    let stranger = !usual.is_empty() && !usual.contains(&driver);
    let changed = instance.rides[ride.at()].announced.iter().filter(|entry| entry.driver != driver).count();
    let changed = i64::try_from(changed).unwrap_or(i64::MAX);
    [i64::from(weights.new_volunteer) * i64::from(stranger), i64::from(weights.change_driver) * changed]
}

impl ChaperoneAccess {
    /// A chaperone's access, unless there is none.
    fn new(at_slot: &mut AtSlot<'_, '_>, volunteer: VolunteerIx) -> Option<Self> {
        let AtSlot { instance, groups, .. } = *at_slot;
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
        let legs = [Ends::Out, Ends::Back].map(|ends| at_slot.legs(volunteer, ends));
        let mut able = Bits::none(groups.rides.len());
        for position in 0..groups.rides.len() {
            let both_ways = legs.each_ref().map(|legs| legs.of(position));
            if in_time(groups.chaperone_minutes(instance, position, both_ways, [there, back])) {
                able.set(position);
            }
        }
        able.iter().next()?;
        Some(Self { volunteer, able, there, back, legs })
    }

    /// Lower bounds on the minutes by which a call for the chaperone makes the ways out and back longer, wherever
    /// between two stops it is: a group's trip without the chaperone is no longer than the trip with the call left out.
    /// `ends` are minutes from the driver's home to the chaperone's, and back.
    pub(crate) fn detours(&self, groups: &Groups, group: &Group, access: &DriverAccess, ends: [i64; 2]) -> [i64; 2] {
        let gate = groups.rides.len();
        let members = || group.members.iter().copied();
        let to = |way, at: usize| self.legs[usize::from(way == Way::Back)].of(at)[1];
        let from = |way, at: usize| self.legs[usize::from(way == Way::Back)].of(at)[0];
        let between = |way| {
            let pairs = members().flat_map(|a| members().filter(move |&b| a != b).map(move |b| (a, b)));
            pairs.map(|(a, b)| to(way, a) + from(way, b) - groups.leg(way, a, b)).min()
        };
        let first = members().map(|at| ends[0] + from(Way::Out, at) - access.leg(at)[0]).min();
        let last = members().map(|at| to(Way::Back, at) + ends[1] - access.leg(at)[1]).min();
        let before_gate = members().map(|at| to(Way::Out, at) + self.there - groups.leg(Way::Out, at, gate)).min();
        let after_gate = members().map(|at| self.back + from(Way::Back, at) - groups.leg(Way::Back, gate, at)).min();
        let shortest = |ways: [Option<i64>; 3]| ways.into_iter().flatten().min().unwrap_or(0).max(0);
        [shortest([between(Way::Out), first, before_gate]), shortest([between(Way::Back), last, after_gate])]
    }
}
