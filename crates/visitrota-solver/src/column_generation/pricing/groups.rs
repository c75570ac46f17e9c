//! The groups of rides that may ride together to a slot, whoever drives.
//!
//! A set-enumeration tree (R. Rymon, Search through systematic set enumeration, KR 1992): each group is grown from
//! another by one ride that comes later in order, and the tree is expanded only where a search goes. A group is in
//! it if it passes a test that does not depend on the driver and is monotone: if a group fails, so does every larger
//! one, with every driver. The test asks what [`crate::trip::timing::may_be_in_time`] asks, by dynamic programming over
//! the sets of stops nearest to the gate (M. Held and R. M. Karp, A dynamic programming approach to sequencing
//! problems, Journal of SIAM 10, 1962). It also gives the least driving between the gate and the stop farthest from it.

use visitrota_model::Way;

use crate::bits::Bits;
use crate::instance::index::{RequestIx, RideIx, SlotIx};
use crate::instance::{Instance, Load};
use crate::trip;
use crate::trip::timing::Rider;

/// The groups of one slot.
#[derive(Debug)]
pub(crate) struct Groups {
    pub(crate) slot: SlotIx,
    /// The rides that may be served here.
    pub(crate) rides: Vec<RideIx>,
    pub(crate) loads: Vec<Load>,
    pub(crate) child_only: Bits,
    /// Those that take a table: one of each visit's.
    pub(crate) at_table: Bits,
    /// The request of each.
    requests: Vec<RequestIx>,
    share: Vec<Bits>,
    /// Least minutes between homes, and between homes and the gate (the last position), out and back.
    legs: [Vec<u32>; 2],
    /// What each ride's family asks of the way out and back.
    riders: [Vec<Rider>; 2],
    nodes: Vec<GroupNode>,
    /// For each node and each of its members in turn, minutes of driving between the gate and that member as the stop
    /// farthest from it, out and back.
    drive_by_farthest: Vec<[u16; 2]>,
}

/// A group, by the ride added last.
#[derive(Clone, Copy, Debug)]
struct GroupNode {
    ride: u32,
    /// Least minutes of driving between the gate and the stop farthest from it, out and back.
    drive: [u32; 2],
    /// Where its part of [`Groups::drive_by_farthest`] begins.
    first_drive: u32,
    first_child: u32,
    children: u32,
}

/// The number of children of a node that has not been expanded.
const UNEXPANDED: u32 = u32::MAX;

/// How many groups a slot may have before larger ones are no longer looked for: these take some 100 MB, and slots are
/// searched in parallel.
const MAX_GROUPS: usize = 2_000_000;

/// A group in the course of a search.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) node: u32,
    /// Least minutes of driving between the gate and the stop farthest from it, out and back.
    pub(crate) drive: [u32; 2],
    /// The rides, by position, in the order in which they were added.
    pub(crate) members: Vec<usize>,
    /// The rides, by position, that may be added.
    pub(crate) extensions: Bits,
}

impl Groups {
    pub(crate) fn new(instance: &Instance<'_>, slot: SlotIx) -> Self {
        let mut rides: Vec<_> = instance.rides_by_slot[slot.at()]
            .iter()
            .copied()
            .filter(|&ride| trip::may_visit(instance, ride, slot).is_ok())
            .collect();
        // The most valuable first, so that a search meets the best groups early.
        let points = |ride: RideIx| instance.option(ride, slot).map_or(0, |option| option.points);
        rides.sort_by_key(|&ride| (std::cmp::Reverse(points(ride)), ride));
        let count = rides.len();
        let share = rides
            .iter()
            .map(|&a| {
                let mut bits = Bits::none(count);
                let others = rides.iter().enumerate().filter(|&(_, &b)| trip::may_share(instance, slot, a, b));
                others.for_each(|(at, _)| bits.set(at));
                bits
            })
            .collect();
        let gate = instance.slots[slot.at()].gate;
        let legs = [Way::Out, Way::Back].map(|way| {
            let places: Vec<_> = rides.iter().map(|&ride| instance.place(ride, slot, way)).chain([gate]).collect();
            let towards = |from, to| match way {
                // Backwards in time on the way out: from the gate to the driver's home.
                Way::Out => instance.travel.at_least(to, from),
                Way::Back => instance.travel.at_least(from, to),
            };
            places
                .iter()
                .flat_map(|&from| places.iter().map(move |&to| towards(from, to)).collect::<Vec<_>>())
                .collect()
        });
        let riders = [Way::Out, Way::Back].map(|way| {
            let rider = |&ride| trip::rider(instance, way, slot, ride, trip::widest_slack(instance, ride, slot));
            rides.iter().map(rider).collect()
        });
        let (mut child_only, mut at_table) = (Bits::none(count), Bits::none(count));
        for (at, &ride) in rides.iter().enumerate() {
            if instance.family(ride).child_only {
                child_only.set(at);
            }
            if instance.visit_rows.tables(ride, slot) > 0 {
                at_table.set(at);
            }
        }
        let requests = rides.iter().map(|ride| instance.rides[ride.at()].request).collect();
        let root = GroupNode { ride: u32::MAX, drive: [0; 2], first_drive: 0, first_child: 0, children: UNEXPANDED };
        let loads = rides.iter().map(|&ride| instance.family(ride).load).collect();
        let (nodes, drive_by_farthest) = (vec![root], Vec::new());
        Self { slot, rides, loads, child_only, at_table, requests, share, legs, riders, nodes, drive_by_farthest }
    }

    /// Lower bounds on the minutes that a chaperone who rides with a ride's family is out before the gate, and after
    /// it; `legs` are minutes from the chaperone's home to where the family is met and from there, for each way, `direct`
    /// those to the gate and back.
    ///
    /// Breaks are counted as in [`Self::extend_table`]: of each ride only those that fall into it wherever it begins.
    pub(crate) fn chaperone_minutes(
        &self,
        instance: &Instance<'_>,
        position: usize,
        legs: [[i64; 2]; 2],
        direct: [i64; 2],
    ) -> [i64; 2] {
        let gate = self.rides.len();
        let elapsed = |drive: i64| drive + instance.breaks(drive);
        [Way::Out, Way::Back].map(|way| {
            let side = usize::from(way == Way::Back);
            let Rider { boarding, max_ride, slack, .. } = self.riders[side][position];
            let (from, to) = if way == Way::Out { (position, gate) } else { (gate, position) };
            let chaperone_farther = elapsed(self.leg(way, from, to) + legs[side][side]) + boarding;
            // Then the way between the two stops is driven in the other direction.
            let ride = elapsed(direct[side] + legs[side][1 - side]);
            let away = if way == Way::Out { ride + boarding } else { ride };
            let nearer = (ride <= max_ride && away <= slack).then(|| elapsed(direct[side]));
            nearer.map_or(chaperone_farther, |nearer| nearer.min(chaperone_farther))
        })
    }

    /// Whether a group has not been expanded, and there are too many groups already to unfold it.
    pub(crate) fn at_capacity(&self, group: &Group) -> bool {
        self.nodes[group.node as usize].children == UNEXPANDED && self.nodes.len() >= MAX_GROUPS
    }

    /// How many groups have been expanded.
    pub(crate) fn expanded_count(&self) -> usize {
        self.nodes.len()
    }

    /// The empty group.
    pub(crate) fn root(&self) -> Group {
        let mut extensions = Bits::none(self.rides.len());
        (0..self.rides.len()).for_each(|at| extensions.set(at));
        Group { node: 0, drive: [0; 2], members: Vec::new(), extensions }
    }

    /// The children of a group: the groups that are larger by one ride, which comes after the others in order.
    pub(crate) fn larger(&mut self, instance: &Instance<'_>, group: &Group) -> Vec<Group> {
        if self.nodes[group.node as usize].children == UNEXPANDED {
            self.expand(instance, group);
        }
        let GroupNode { first_child, children, .. } = self.nodes[group.node as usize];
        (first_child..first_child + children)
            .map(|node| {
                let GroupNode { ride, drive, .. } = self.nodes[node as usize];
                let mut members = Vec::with_capacity(group.members.len() + 1);
                members.extend_from_slice(&group.members);
                members.push(ride as usize);
                let extensions = group.extensions.both_after(&self.share[ride as usize], ride as usize);
                Group { node, drive, members, extensions }
            })
            .collect()
    }

    /// For each member of a group, in the order in which they were added, lower bounds on the minutes between the gate
    /// and that member as the stop farthest from it, out and back.
    pub(crate) fn drive_by_farthest(&self, group: &Group) -> &[[u16; 2]] {
        let first = self.nodes[group.node as usize].first_drive as usize;
        &self.drive_by_farthest[first..first + group.members.len()]
    }

    /// Whether one more ride takes one more adult into a visit: its family is child-only, and none of those before of
    /// the same request is (§4.3).
    pub(crate) fn takes_an_adult(&self, before: &[usize], added: usize) -> bool {
        let same_visit = |&other: &usize| self.requests[other] == self.requests[added] && self.child_only.has(other);
        self.child_only.has(added) && !before.iter().any(same_visit)
    }

    /// The most rides of one trip for whose visits there are tables (§5.2).
    pub(crate) fn most_at_tables(&self, instance: &Instance<'_>) -> usize {
        let tables = instance.slots[self.slot.at()].tables.map_or(usize::MAX, |tables| tables as usize);
        let without_table = self.rides.len() - self.at_table.iter().count();
        let is_limited = self.at_table.iter().next().is_some();
        if is_limited { tables.saturating_add(without_table) } else { usize::MAX }
    }

    /// Whether two rides may be in one trip.
    pub(crate) fn share(&self, a: usize, b: usize) -> bool {
        self.share[a].has(b)
    }

    /// The gate's position, beside those of rides.
    pub(crate) fn gate(&self) -> usize {
        self.rides.len()
    }

    /// A lower bound on the minutes from where one ride's family is met to where another's is, by positions; the gate's
    /// comes last.
    pub(crate) fn leg(&self, way: Way, from: usize, to: usize) -> i64 {
        let side = self.rides.len() + 1;
        match way {
            Way::Out => self.legs[0][to * side + from].into(),
            Way::Back => self.legs[1][from * side + to].into(),
        }
    }

    /// Works out the children of a group.
    fn expand(&mut self, instance: &Instance<'_>, group: &Group) {
        let first_child = u32::try_from(self.nodes.len()).unwrap_or(UNEXPANDED);
        let mut members = group.members.clone();
        let mut tables = [Way::Out, Way::Back].map(|way| {
            let mut table = vec![NearestStops::NOBODY];
            (1..=members.len()).for_each(|count| self.extend_table(instance, way, &members[..count], &mut table));
            table
        });
        for at in group.extensions.iter() {
            members.push(at);
            let nears = [Way::Out, Way::Back].map(|way| {
                let table = &mut tables[usize::from(way == Way::Back)];
                let known = table.len();
                self.extend_table(instance, way, &members, table);
                let near = table.last().copied().unwrap_or(NearestStops::NOBODY);
                table.truncate(known);
                near
            });
            if let [Some(out), Some(back)] = nears.map(|near| near.least_drive()) {
                let ride = u32::try_from(at).unwrap_or(u32::MAX);
                let first_drive = u32::try_from(self.drive_by_farthest.len()).unwrap_or(u32::MAX);
                let timed = members.len() <= MAX_TIMED;
                let drive_by = |near: &NearestStops, farthest: usize| {
                    let drive = if timed { near.drive[farthest] } else { near.least_drive().unwrap_or(0) };
                    u16::try_from(drive).unwrap_or(u16::MAX)
                };
                let out_and_back = |farthest: usize| nears.each_ref().map(|near| drive_by(near, farthest));
                self.drive_by_farthest.extend((0..members.len()).map(out_and_back));
                let drive = [out, back];
                self.nodes.push(GroupNode { ride, drive, first_drive, first_child: 0, children: UNEXPANDED });
            }
            members.pop();
        }
        let children = u32::try_from(self.nodes.len()).unwrap_or(UNEXPANDED) - first_child;
        let node = &mut self.nodes[group.node as usize];
        (node.first_child, node.children) = (first_child, children);
    }

    /// Extends Held and Karp's table for all sets of all but the last of the members by the sets that hold the last.
    /// Sets are bits.
    ///
    /// Of two ways over the same stops to the same last one the shorter dominates: it is better for all that follows.
    fn extend_table(&self, instance: &Instance<'_>, way: Way, members: &[usize], table: &mut Vec<NearestStops>) {
        let count = members.len();
        if count > MAX_TIMED {
            // Too many to tell: they might be in time.
            return;
        }
        let side = self.rides.len() + 1;
        let legs = &self.legs[usize::from(way == Way::Back)];
        let riders = &self.riders[usize::from(way == Way::Back)];
        for set in 1_usize << (count - 1)..1 << count {
            let mut near = NearestStops { drive: [UNREACHED; MAX_TIMED], boarded: 0 };
            for (last, &to) in members.iter().enumerate().filter(|(last, _)| set >> last & 1 == 1) {
                let before = &table_at(table, set & !(1 << last));
                let drive = if set == 1 << last {
                    legs[(side - 1) * side + to]
                } else {
                    let over = members.iter().zip(before.drive).filter(|(_, drive)| *drive != UNREACHED);
                    over.map(|(&other, drive)| drive + legs[other * side + to]).min().unwrap_or(UNREACHED)
                };
                let Rider { boarding, max_ride, slack, .. } = riders[to];
                near.boarded = before.boarded + boarding;
                if drive == UNREACHED {
                    continue;
                }
                let minutes = i64::from(drive);
                let ride = minutes + instance.breaks(minutes) + before.boarded;
                let away = if way == Way::Out { ride + boarding } else { ride };
                if ride <= max_ride && away <= slack {
                    near.drive[last] = drive;
                }
            }
            table.push(near);
        }
    }
}

/// The stops nearest to the gate, as a set: how soon each can be the farthest of them.
#[derive(Clone, Copy, Debug)]
struct NearestStops {
    /// For each as the last, the least minutes of driving between it and the gate.
    drive: [u32; MAX_TIMED],
    /// Minutes that the car stays at all of them.
    boarded: i64,
}

/// How many rides a group may have to be timed here: most groups that cars carry, but no more, since a table has an
/// entry for each set of rides, and each further one doubles it. Larger groups pass the test untimed.
const MAX_TIMED: usize = 12;
/// The minutes of a way that is not in time.
const UNREACHED: u32 = u32::MAX;

impl NearestStops {
    const NOBODY: Self = Self { drive: [UNREACHED; MAX_TIMED], boarded: 0 };

    fn least_drive(&self) -> Option<u32> {
        self.drive.iter().copied().min().filter(|&drive| drive != UNREACHED)
    }
}

fn table_at(table: &[NearestStops], set: usize) -> NearestStops {
    table.get(set).copied().unwrap_or(NearestStops::NOBODY)
}
