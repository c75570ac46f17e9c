//! How near a request is to being possible: for each slot and driver, what would have to change for the driver to take
//! it alone, to the minute; and of all that, the smallest.
//!
//! What would have to change is worked out from the trip as it would run with no limit of time, in every order of stops.
//! That a change is enough, and that a smaller one is not, is then asked of the planner itself, with the change made to
//! the problem.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use visitrota_model::{
    Block, Change, ChildrenAlone, Fitting, Instant, Limit, Member, Nearest, PlaceId, Problem, RequestId, Restraint,
    Rule, SlotId, VolunteerId, WallTime, Window, apply, check, effort, patch,
};
use visitrota_travel::TravelTable;

use crate::explain::blocked::{blocking_rules, serves_alone};
use crate::instance::Instance;
use crate::instance::index::{RequestIx, SlotIx, VolunteerIx};
use crate::trip::{Crew, Trip, call_times, without_time_limits};

/// A driver, a slot, and what would have to change for the driver to take a request there alone.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// The slot.
    pub slot: SlotId,
    /// The driver.
    pub driver: VolunteerId,
    /// The second adult, if one must ride.
    pub chaperone: Option<VolunteerId>,
    /// What would have to change; nothing where the trip is possible as it is.
    pub changes: Vec<Change>,
    /// How hard that is to bring about.
    pub effort: u64,
}

/// Whether any trip could serve a request, whatever the rest of the rota; also where that takes too long to tell.
#[must_use]
pub fn servable(problem: &Problem, travel: &TravelTable, request: &RequestId) -> bool {
    let instance = Instance::new(problem, travel);
    request_ix(problem, request)
        .is_some_and(|request| blocking_rules(&instance, request, &|| false).is_none_or(|blocks| blocks.is_empty()))
}

/// Which rule stops which drivers from serving a request alone, slot by slot as it asks for them; in each slot the rule
/// that stops most comes first.
#[must_use]
pub fn blocked(problem: &Problem, travel: &TravelTable, request: &RequestId) -> Vec<Block> {
    let instance = Instance::new(problem, travel);
    let Some(request) = request_ix(problem, request) else { return Vec::new() };
    let drivers: Vec<_> =
        instance.volunteer_ixs().filter(|&driver| instance.volunteers[driver.at()].car.is_some()).collect();
    let options = &instance.requests[request.at()].options;
    if options.is_empty() {
        return vec![Block { slot: None, rule: Rule::NoSlot, volunteers: Vec::new() }];
    }
    let mut found = Vec::new();
    for option in options {
        let slot = Some(problem.slots[option.slot.at()].id.clone());
        if drivers.is_empty() {
            found.push(Block { slot, rule: Rule::NotADriver, volunteers: Vec::new() });
            continue;
        }
        let mut by_rule: BTreeMap<Rule, Vec<VolunteerId>> = BTreeMap::new();
        for &driver in &drivers {
            if let Err(rule) = serves_alone(&instance, driver, option.slot, request) {
                by_rule.entry(rule).or_default().push(problem.volunteers[driver.at()].id.clone());
            }
        }
        let mut here: Vec<_> =
            by_rule.into_iter().map(|(rule, volunteers)| Block { slot: slot.clone(), rule, volunteers }).collect();
        here.sort_by_key(|block| (Reverse(block.volunteers.len()), block.rule));
        found.extend(here);
    }
    found
}

/// For each slot that a request asks for and each driver, the least that would have to change for the driver to take it
/// alone; the least of all first. Drivers whom no such change would help are left out.
#[must_use]
pub fn near_misses(problem: &Problem, travel: &TravelTable, request: &RequestId) -> Vec<NearMiss> {
    let instance = Instance::new(problem, travel);
    let Some(request) = request_ix(problem, request) else { return Vec::new() };
    let mut found: Vec<NearMiss> = (instance.requests[request.at()].options.iter())
        .flat_map(|option| of_slot(&instance, request, option.slot, Vec::new()))
        .collect();
    sort(&mut found);
    found
}

/// The smallest change that makes a request possible that no trip could serve: enough, and with nothing of it smaller
/// not enough, as the planner finds. `None` if nothing that anybody could change helps.
///
/// Where no change within the slots asked for is smaller, another slot of the same prisons is thought of. Of changes that
/// are enough, the smallest is taken after which the problem still `suits`; the smallest of all if none does.
#[must_use]
pub fn nearest(
    problem: &Problem,
    travel: &TravelTable,
    request: &RequestId,
    suits: &dyn Fn(&Problem) -> bool,
) -> Option<Nearest> {
    /// Each that is tried is nearly always enough; what the planner refuses, such as a time that the clocks show twice,
    /// is soon past.
    const TRIED: usize = 50;
    let instance = Instance::new(problem, travel);
    let at = request_ix(problem, request)?;
    let mut found = near_misses(problem, travel, request);
    found.extend(other_slots(&instance, at));
    sort(&mut found);
    let changed = |changes: &[Change]| {
        let changed = patch(changes, problem).and_then(|patch| apply(problem, &patch).ok())?;
        let sound = !check(&changed).iter().any(visitrota_model::Finding::is_error);
        (sound && servable(&changed, travel, request)).then_some(changed)
    };
    let mut enough = (found.into_iter())
        .filter(|miss| !miss.changes.is_empty())
        .take(TRIED)
        .filter_map(|miss| Some((changed(&miss.changes)?, miss)));
    let (after, first) = enough.next()?;
    let chosen = if suits(&after) { None } else { enough.find(|(after, _)| suits(after)).map(|(_, miss)| miss) };
    let NearMiss { slot, driver, chaperone, changes, .. } = chosen.unwrap_or(first);
    let changes = shrunk(changes, problem, &|changes| changed(changes).is_some());
    let patch = patch(&changes, problem)?;
    Some(Nearest { changes, slot, driver, chaperone, patch })
}

/// Changes that are enough, made as small as can be one by one. They are that already, but for rides that grow shorter
/// in company.
fn shrunk(mut changes: Vec<Change>, problem: &Problem, enough: &dyn Fn(&[Change]) -> bool) -> Vec<Change> {
    loop {
        let mut fewer_or_smaller: Vec<Vec<Change>> = Vec::new();
        for (at, change) in changes.iter().enumerate() {
            let put = |less: &[Change]| [&changes[..at], less, &changes[at + 1..]].concat();
            if changes.len() > 1 {
                fewer_or_smaller.push(put(&[]));
            }
            fewer_or_smaller.extend(change.smaller(problem.timezone).into_iter().map(|less| put(&[less])));
        }
        match fewer_or_smaller.into_iter().find(|fewer| enough(fewer)) {
            Some(fewer) => changes = fewer,
            None => return changes,
        }
    }
}

fn sort(found: &mut [NearMiss]) {
    found.sort_by(|a, b| {
        let key = |miss: &NearMiss| (miss.effort, miss.changes.len());
        key(a).cmp(&key(b)).then_with(|| (&a.slot, &a.driver, &a.chaperone).cmp(&(&b.slot, &b.driver, &b.chaperone)))
    });
}

fn request_ix(problem: &Problem, request: &RequestId) -> Option<RequestIx> {
    problem.requests.iter().position(|other| other.id == *request).map(RequestIx::new)
}

/// What would have to change in slots of the same prisons that the request does not ask for, that it ask for them
/// among it. The rest of it is worked out as if it did.
fn other_slots(instance: &Instance<'_>, request: RequestIx) -> Vec<NearMiss> {
    let problem = instance.problem;
    let facts = &problem.requests[request.at()];
    let asked: Vec<SlotIx> = instance.requests[request.at()].options.iter().map(|option| option.slot).collect();
    let prisons: Vec<usize> = asked.iter().map(|slot| instance.slots[slot.at()].prison).collect();
    let rank = facts.options.iter().map(|option| option.rank + 1).max().unwrap_or(0);
    (instance.slot_ixs())
        .filter(|slot| !asked.contains(slot) && prisons.contains(&instance.slots[slot.at()].prison))
        .flat_map(|slot| {
            let ask = Change::Ask { request: facts.id.clone(), slot: problem.slots[slot.at()].id.clone(), rank };
            of_slot(instance, request, slot, vec![ask])
        })
        .collect()
}

/// The least change for each driver in a slot, on top of some given.
fn of_slot(instance: &Instance<'_>, request: RequestIx, slot: SlotIx, given: Vec<Change>) -> Vec<NearMiss> {
    let problem = instance.problem;
    let zone = problem.timezone;
    let Some(party) = Party::of(instance, request, slot) else { return Vec::new() };
    let escorted = party.child_only && instance.chaperone_rides();
    let chaperones: Vec<Option<VolunteerIx>> =
        if escorted { instance.volunteer_ixs().map(Some).collect() } else { vec![None] };
    let escorts: Vec<_> = chaperones
        .into_iter()
        .filter_map(|chaperone| {
            let needed = chaperone.map_or(Some(Vec::new()), |chaperone| party.chaperone_needs(instance, chaperone))?;
            Some((chaperone, needed))
        })
        .collect();
    let of_driver = |driver: VolunteerIx| {
        let mut needed = given.clone();
        needed.extend(party.all_need.iter().cloned());
        needed.extend(party.driver_needs(instance, driver)?);
        let so_far = effort(&needed, zone);
        let mut best: Option<NearMiss> = None;
        for (chaperone, escort_needs) in &escorts {
            let beaten = |effort: u64| best.as_ref().is_some_and(|best| best.effort <= effort);
            let least = so_far + effort(escort_needs, zone);
            if chaperone.is_some_and(|chaperone| !company(instance, driver, chaperone)) || beaten(least) {
                continue;
            }
            let crew = Crew { driver, chaperone: *chaperone, slot };
            let in_time = without_time_limits(instance, crew, &[request]).into_iter().filter_map(|trip| {
                let changes = time_needs(instance, request, &trip)?;
                Some((effort(&changes, zone), changes))
            });
            let Some((more, time)) = in_time.min_by_key(|(effort, changes)| (*effort, changes.len())) else { continue };
            if !beaten(least + more) {
                best = Some(NearMiss {
                    slot: problem.slots[slot.at()].id.clone(),
                    driver: problem.volunteers[driver.at()].id.clone(),
                    chaperone: chaperone.map(|chaperone| problem.volunteers[chaperone.at()].id.clone()),
                    changes: needed.iter().chain(escort_needs).cloned().chain(time).collect(),
                    effort: least + more,
                });
            }
        }
        best
    };
    instance.volunteer_ixs().filter_map(of_driver).collect()
}

/// Whether two volunteers may be in one car.
fn company(instance: &Instance<'_>, driver: VolunteerIx, chaperone: VolunteerIx) -> bool {
    driver != chaperone && !instance.never_volunteers(driver, chaperone)
}

/// A request in a slot, as far as it does not matter who takes it.
struct Party<'a> {
    request: RequestIx,
    slot: SlotIx,
    child_only: bool,
    members: &'a [Member],
    /// What would have to change whoever takes it.
    all_need: Vec<Change>,
}

impl<'a> Party<'a> {
    /// None where nothing that can be changed is in the way.
    fn of(instance: &'a Instance<'_>, request: RequestIx, slot: SlotIx) -> Option<Self> {
        let problem = instance.problem;
        let facts = &instance.requests[request.at()];
        let child_only = instance.family(request).child_only;
        let members = &problem.families[facts.family.at()].members;
        let pinned_elsewhere = facts.pin.and_then(|pin| pin.slot).is_some_and(|pinned| pinned != slot);
        if pinned_elsewhere || (child_only && instance.policy.children_alone == ChildrenAlone::Never) {
            return None;
        }
        let mut all_need = Vec::new();
        let prison = problem.prisons.get(instance.slots[slot.at()].prison)?;
        let escort = u32::from(child_only);
        let adults = members.iter().filter(|member| member.age >= prison.adult_age).count();
        for (adults, people, was) in [(false, members.len(), prison.max_visitors), (true, adults, prison.max_adults)] {
            let to = u32::try_from(people).ok()? + escort;
            if to > was {
                all_need.push(Change::Admit { prison: prison.id.clone(), adults, was, to });
            }
        }
        if instance.slots[slot.at()].tables == Some(0) {
            all_need.push(Change::Tables { slot: problem.slots[slot.at()].id.clone(), was: 0, to: 1 });
        }
        Some(Self { request, slot, child_only, members, all_need })
    }

    /// What a driver would have to have or do besides, time apart; none if they cannot.
    fn driver_needs(&self, instance: &Instance<'_>, driver: VolunteerIx) -> Option<Vec<Change>> {
        let problem = instance.problem;
        let volunteer = &problem.volunteers[driver.at()];
        let facts = &instance.requests[self.request.at()];
        let car = volunteer.drives()?;
        let pinned_to_another = facts.pin.and_then(|pin| pin.driver).is_some_and(|pinned| pinned != driver);
        if pinned_to_another || instance.never_with(driver, facts.family) {
            return None;
        }
        let needs = &problem.families[facts.family.at()].needs;
        let mut asked: Vec<&String> = problem.policy.driver_requires.iter().chain(needs).collect();
        asked.extend(self.escort_requires(instance));
        let mut changes = self.holds(instance, driver, asked);
        changes.extend(self.makes_trips(instance, driver));
        if volunteer.max_families == 0 {
            let limit = Limit::Families;
            changes.push(Change::Stretch { volunteer: volunteer.id.clone(), limit, was: 0, to: 1 });
        }
        for fitting in Fitting::ALL {
            let escort = u32::from(fitting == Fitting::Seats && self.child_only && instance.chaperone_rides());
            let (was, to) = (fitting.of(car), taken(self.members, fitting) + escort);
            if to > was {
                changes.push(Change::Fit { volunteer: volunteer.id.clone(), fitting, was, to });
            }
        }
        Some(changes)
    }

    /// What a chaperone would have to have or do besides, time apart; none if they cannot.
    fn chaperone_needs(&self, instance: &Instance<'_>, chaperone: VolunteerIx) -> Option<Vec<Change>> {
        let facts = &instance.requests[self.request.at()];
        if !instance.volunteers[chaperone.at()].chaperones || instance.never_with(chaperone, facts.family) {
            return None;
        }
        let mut asked: Vec<&String> = instance.policy.chaperone_requires.iter().collect();
        asked.extend(self.escort_requires(instance));
        let mut changes = self.holds(instance, chaperone, asked);
        changes.extend(self.makes_trips(instance, chaperone));
        Some(changes)
    }

    /// What the adults with a child-only family hold besides.
    fn escort_requires<'i>(&self, instance: &'i Instance<'_>) -> Vec<&'i String> {
        if !self.child_only {
            return Vec::new();
        }
        let prison = instance.problem.prisons.get(instance.slots[self.slot.at()].prison);
        let prison = prison.into_iter().flat_map(|prison| &prison.escort_requires);
        instance.policy.child_only_requires.iter().chain(prison).collect()
    }

    fn holds(&self, instance: &Instance<'_>, volunteer: VolunteerIx, mut asked: Vec<&String>) -> Vec<Change> {
        let date = instance.problem.slots[self.slot.at()].start.date();
        let volunteer = &instance.problem.volunteers[volunteer.at()];
        asked.sort_unstable();
        asked.dedup();
        let lacks = |what: &&String| !volunteer.holds_on(what, date);
        let held = |what: &String| {
            let held = volunteer.holds.iter().filter(|hold| hold.what == *what);
            held.filter_map(|hold| hold.until).max()
        };
        let hold = |what: &String| Change::Hold {
            volunteer: volunteer.id.clone(),
            what: what.clone(),
            was: held(what),
            until: date,
        };
        asked.into_iter().filter(lacks).map(hold).collect()
    }

    /// Whether a volunteer makes any trip at all.
    fn makes_trips(&self, instance: &Instance<'_>, volunteer: VolunteerIx) -> Vec<Change> {
        let volunteer = &instance.problem.volunteers[volunteer.at()];
        let limits = [(Limit::Trips, volunteer.max_trips), (Limit::TripsPerDay, volunteer.max_trips_per_day)];
        let none = limits.into_iter().filter(|(_, most)| *most == 0);
        none.map(|(limit, was)| Change::Stretch { volunteer: volunteer.id.clone(), limit, was, to: 1 }).collect()
    }
}

/// How many of a car's fittings some people take up.
#[must_use]
pub fn taken(members: &[Member], fitting: Fitting) -> u32 {
    let restraint = |member: &Member, which| !member.own_restraint && member.restraint() == which;
    let takes = |member: &&Member| match fitting {
        Fitting::Seats => !member.wheelchair,
        Fitting::Wheelchair => member.wheelchair,
        Fitting::Infant => restraint(member, Restraint::Infant),
        Fitting::Harness => restraint(member, Restraint::Harness),
        Fitting::Booster => restraint(member, Restraint::Booster),
    };
    u32::try_from(members.iter().filter(takes).count()).unwrap_or(u32::MAX)
}

/// What would have to change for a trip that serves one request to be in time; none if it cannot be written down.
fn time_needs(instance: &Instance<'_>, request: RequestIx, trip: &Trip) -> Option<Vec<Change>> {
    let problem = instance.problem;
    let family = &problem.families[instance.requests[request.at()].family.at()];
    let driver = &problem.volunteers[trip.crew.driver.at()];
    let slot = &instance.slots[trip.crew.slot.at()];
    let calls = call_times(instance, trip);
    if calls.iter().any(|call| !instance.can_write(call.arrive) || !instance.can_write(call.depart)) {
        return None;
    }
    let home = instance.family(request).home;
    let gate = calls.iter().position(|call| call.arrive == slot.gate_in && call.depart == slot.gate_out)?;
    // The family alone rides: its stop on either side is the one that is not the chaperone's.
    let stop = |order: &[u8]| order.iter().position(|&rider| rider == 0);
    let picked_up = calls.get(1 + stop(&trip.out)?).filter(|call| call.place == home)?;
    let dropped_off = calls.get(gate + 1 + stop(&trip.back)?).filter(|call| call.place == home)?;
    let mut changes = Vec::new();

    changes.extend(free(problem, driver.id.place(), &driver.available, trip.busy));
    if let Some((chaperone, escort)) = trip.crew.chaperone.zip(trip.chaperone_busy) {
        let chaperone = &problem.volunteers[chaperone.at()];
        changes.extend(free(problem, chaperone.id.place(), &chaperone.available, escort));
    }
    if !family.available.is_empty() {
        changes.extend(free(problem, family.id.place(), &family.available, (picked_up.arrive, dropped_off.arrive)));
    }

    let rides = [slot.gate_in - picked_up.depart, dropped_off.arrive - slot.gate_out];
    let most = [crate::trip::timing::Direction::Out, crate::trip::timing::Direction::Back].map(|direction| {
        crate::trip::rider(instance, direction, trip.crew.slot, request, crate::instance::Slack::ANY).max_ride
    });
    if rides[0] > most[0] || rides[1] > most[1] {
        let to = u32::try_from(rides[0].max(rides[1])).ok()?;
        let was = u32::try_from(if rides[0] > most[0] { most[0] } else { most[1] }).ok()?;
        changes.push(Change::Ride { family: family.id.clone(), was, to });
    }

    let kilometres = i64::try_from(trip.metres.div_ceil(1000)).ok()?;
    let limits = [
        (Limit::Duty, driver.max_duty_min, trip.duty()),
        (Limit::Driving, driver.max_driving_min, trip.drive),
        (Limit::Kilometres, driver.max_km_week, kilometres),
    ];
    for (limit, was, to) in limits {
        let (Some(was), to) = (was, u32::try_from(to).ok()?) else { continue };
        if to > was {
            changes.push(Change::Stretch { volunteer: driver.id.clone(), limit, was, to });
        }
    }
    Some(changes)
}

/// What would have to change for somebody to be free for a span of instants: a window made wider, or one more.
fn free(problem: &Problem, person: PlaceId, windows: &[Window], (from, to): (i64, i64)) -> Option<Change> {
    let zone = problem.timezone;
    let wall = |instant: i64| zone.wall(Instant(instant));
    let (first, last): (WallTime, WallTime) = (wall(from), wall(to));
    let wider = |was: Window| {
        let begins = zone.instant(was.from).0;
        let ends = zone.instant(was.to).0;
        let window =
            Window { from: if from < begins { first } else { was.from }, to: if ends < to { last } else { was.to } };
        Change::Widen { person: person.clone(), was, window }
    };
    let holds = |window: &Window| zone.instant(window.from).0 <= from && to <= zone.instant(window.to).0;
    if windows.iter().any(holds) {
        return None;
    }
    let new = Change::Free { person: person.clone(), window: Window { from: first, to: last } };
    windows
        .iter()
        .map(|&window| wider(window))
        .chain([new])
        .min_by_key(|change| effort(std::slice::from_ref(change), zone))
}
