//! Trips: the rules that one keeps by itself, whatever the rest of the rota.
//!
//! [`assemble`] says whether a trip is valid and how it runs; everything else calls it. The smaller questions beside
//! it (may this volunteer drive to this slot at all?) are its parts, public so that a search can ask them early and an
//! explanation can say which rule it was.

pub(crate) mod enumerate;
pub(crate) mod timing;

use visitrota_model::{ChildrenAlone, Rule};
use visitrota_travel::PlaceIndex;

use crate::instance::index::{FamilyIx, RequestIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Load, Slack};
use crate::trip::timing::{Effort, Half, Matters, Rider, Task, Way, halves, might_do};

/// Who goes, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crew {
    pub(crate) driver: VolunteerIx,
    pub(crate) chaperone: Option<VolunteerIx>,
    pub(crate) slot: SlotIx,
}

/// A valid trip.
#[derive(Clone, Debug)]
pub(crate) struct Trip {
    pub(crate) crew: Crew,
    /// The requests served, in the problem's order.
    pub(crate) requests: Box<[RequestIx]>,
    /// The order of pick-ups, as positions in `requests`; the chaperone comes after the last of them.
    pub(crate) out: Box<[u8]>,
    /// The order of drop-offs, likewise.
    pub(crate) back: Box<[u8]>,
    /// Minutes of driving, out and back.
    pub(crate) drive: i64,
    pub(crate) metres: u64,
    /// When the driver leaves home, and is home again.
    pub(crate) busy: (i64, i64),
    /// When the car comes to the chaperone's home, and comes there again.
    pub(crate) escort: Option<(i64, i64)>,
    /// What the trip scores, without the volunteers' load.
    pub(crate) points: i64,
}

impl Trip {
    /// The volunteers on the trip, each with when they are busy; the driver first.
    pub(crate) fn volunteers(&self) -> impl Iterator<Item = (VolunteerIx, (i64, i64))> {
        let chaperone = self.crew.chaperone.zip(self.escort);
        std::iter::once((self.crew.driver, self.busy)).chain(chaperone)
    }

    /// What the trip earns by itself: its points less the first step of its volunteers' load.
    pub(crate) fn net(&self, instance: &Instance<'_>) -> i64 {
        self.points - self.volunteers().map(|(volunteer, _)| instance.load_step(volunteer, 0)).sum::<i64>()
    }

    /// Minutes from home to home.
    pub(crate) fn duty(&self) -> i64 {
        self.busy.1 - self.busy.0
    }
}

/// Whether a volunteer may drive to a slot at all.
pub(crate) fn driver_may(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx) -> Result<(), Rule> {
    let facts = &instance.volunteers[driver.at()];
    if facts.car.is_none() {
        Err(Rule::NotADriver)
    } else if !instance.holds_driver_checks(driver, slot) {
        Err(Rule::DriverLacks)
    } else if facts.max_families == 0 {
        Err(Rule::TooManyFamilies)
    } else if facts.max_trips == 0 || facts.max_trips_per_day == 0 {
        Err(Rule::DriverLimits)
    } else if instance.slack(driver, slot).is_empty() {
        Err(Rule::DriverAway)
    } else {
        Ok(())
    }
}

/// Whether a volunteer may be the chaperone of a trip to a slot at all.
pub(crate) fn chaperone_may(instance: &Instance<'_>, chaperone: VolunteerIx, slot: SlotIx) -> Result<(), Rule> {
    let facts = &instance.volunteers[chaperone.at()];
    if !facts.chaperones
        || facts.max_trips == 0
        || facts.max_trips_per_day == 0
        || !instance.holds_chaperone_checks(chaperone, slot)
        || !instance.may_escort(chaperone, slot)
    {
        Err(Rule::NoChaperone)
    } else if instance.slack(chaperone, slot).is_empty() {
        Err(Rule::ChaperoneAway)
    } else {
        Ok(())
    }
}

/// Whether a request may be served in a slot at all.
pub(crate) fn request_may(instance: &Instance<'_>, request: RequestIx, slot: SlotIx) -> Result<(), Rule> {
    let option = instance.option(request, slot).ok_or(Rule::NoSlot)?;
    let facts = &instance.requests[request.at()];
    let family = &instance.families[facts.family.at()];
    if facts.pin.and_then(|pin| pin.slot).is_some_and(|pinned| pinned != slot) {
        return Err(Rule::Pinned);
    }
    if family.child_only && instance.policy.children_alone == ChildrenAlone::Never {
        return Err(Rule::ChildrenAlone);
    }
    if let Some(prison) = instance.problem.prisons.get(instance.slots[slot.at()].prison) {
        let members = &instance.problem.families[facts.family.at()].members;
        let escort = u32::from(family.child_only);
        let adults = members.iter().filter(|member| member.age >= prison.adult_age).count();
        let over = |people: usize, most: u32| u32::try_from(people).is_ok_and(|people| people + escort <= most);
        if !over(members.len(), prison.max_visitors) || !over(adults, prison.max_adults) {
            return Err(Rule::VisitorsCap);
        }
    }
    if instance.slots[slot.at()].tables == Some(0) {
        return Err(Rule::Tables);
    }
    if option.slack.is_empty() {
        return Err(Rule::FamilyAway);
    }
    Ok(())
}

/// Whether a request may ride with a driver, who may drive to the slot that the request may have.
pub(crate) fn may_ride(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    request: RequestIx,
) -> Result<(), Rule> {
    let facts = &instance.requests[request.at()];
    let family = &instance.families[facts.family.at()];
    if facts.pin.and_then(|pin| pin.driver).is_some_and(|pinned| pinned != driver) {
        return Err(Rule::Pinned);
    }
    if instance.never_with(driver, facts.family) {
        return Err(Rule::NeverTogether);
    }
    if !instance.holds_needs(driver, facts.family, slot) || (family.child_only && !instance.may_escort(driver, slot)) {
        return Err(Rule::DriverLacks);
    }
    fits(instance, driver, &[request])
}

/// Whether two requests may ride together, as far as the two families and the road from their homes decide it.
pub(crate) fn may_share(instance: &Instance<'_>, slot: SlotIx, a: RequestIx, b: RequestIx) -> bool {
    let [fa, fb] = [a, b].map(|request| instance.requests[request.at()].family);
    fa != fb
        && instance.families[fa.at()].shares_car
        && instance.families[fb.at()].shares_car
        && !instance.never_families(fa, fb)
        && !instance.never_same_slot.contains(&(fa.min(fb), fa.max(fb)))
        && [Way::Out, Way::Back].into_iter().all(|way| {
            let riders = [a, b].map(|request| rider(instance, way, slot, request, widest(instance, request, slot)));
            let gate = instance.slots[slot.at()].gate;
            // With time without end, it does not matter where the driver lives.
            might_do(instance, &Task { way, home: gate, gate, slack: i64::MAX, riders: &riders })
        })
}

/// Whether the members of a group, and the chaperone that they need, fit a driver's car.
pub(crate) fn fits(instance: &Instance<'_>, driver: VolunteerIx, group: &[RequestIx]) -> Result<(), Rule> {
    let car = instance.volunteers[driver.at()].car.ok_or(Rule::NotADriver)?;
    let families = || group.iter().map(|&request| instance.family(request));
    let mut load = families().fold(Load::default(), |load, family| load.and(family.load));
    let alone = families().filter(|family| family.child_only).count();
    if alone > 0 && instance.chaperone_rides() {
        load = load.and(Load::ADULT);
    }
    if group.len() > instance.volunteers[driver.at()].max_families as usize {
        Err(Rule::TooManyFamilies)
    } else if alone > if instance.chaperone_rides() { 2 } else { 1 } {
        Err(Rule::TooFewAdults)
    } else if !load.fits_seats(car) {
        Err(Rule::Seats)
    } else if !load.fits_wheelchairs(car) {
        Err(Rule::WheelchairSpaces)
    } else if !load.fits_restraints(car) {
        Err(Rule::Restraints)
    } else {
        Ok(())
    }
}

/// The ways in which a crew serves a group of requests.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// Those worth having. There is more than one only where minutes, metres and the chaperone's time pull apart and all
    /// of them matter.
    pub(crate) trips: Vec<Trip>,
    /// Whether there are no others: where a group has very many stops, it may take too long to tell.
    pub(crate) all: bool,
}

/// The ways in which a crew serves a group of requests; none if a rule stops it.
pub(crate) fn assemble(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Ways {
    match permitted(instance, crew, group) {
        Ok(()) => timed(instance, crew, group, TimeLimits::ALL),
        Err(_) => Ways { trips: Vec::new(), all: true },
    }
}

/// Whether a crew can serve a group of requests; the rule that stops it if not.
pub(crate) fn possible(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Result<(), Rule> {
    permitted(instance, crew, group)?;
    let ways = timed(instance, crew, group, TimeLimits::ALL);
    if ways.trips.is_empty() { Err(blame(instance, crew, group)) } else { Ok(()) }
}

/// Whether a crew may serve a group of requests, as far as it is no question of time.
fn permitted(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Result<(), Rule> {
    let Crew { driver, chaperone, slot } = crew;
    driver_may(instance, driver, slot)?;
    for (at, &request) in group.iter().enumerate() {
        request_may(instance, request, slot)?;
        may_ride(instance, driver, slot, request)?;
        for &other in &group[..at] {
            together(instance, request, other)?;
        }
    }
    fits(instance, driver, group)?;
    let families = || group.iter().map(|&request| instance.requests[request.at()].family);
    let escorted = instance.chaperone_rides() && families().any(|family| instance.families[family.at()].child_only);
    match chaperone {
        Some(_) if !escorted => return Err(Rule::NoChaperone),
        None if escorted => return Err(Rule::NoChaperone),
        Some(chaperone) => {
            chaperone_may(instance, chaperone, slot)?;
            if chaperone == driver {
                return Err(Rule::NoChaperone);
            }
            if instance.never_volunteers(driver, chaperone)
                || families().any(|family| instance.never_with(chaperone, family))
            {
                return Err(Rule::NeverTogether);
            }
        }
        None => {}
    }
    Ok(())
}

fn together(instance: &Instance<'_>, a: RequestIx, b: RequestIx) -> Result<(), Rule> {
    let [fa, fb] = [a, b].map(|request| instance.requests[request.at()].family);
    if fa == fb || instance.never_families(fa, fb) {
        Err(Rule::NeverTogether)
    } else if [fa, fb].iter().any(|family: &FamilyIx| !instance.families[family.at()].shares_car) {
        Err(Rule::SharesNoCar)
    } else {
        Ok(())
    }
}

/// Which limits of time count; all of them, but when the one to blame is looked for.
#[derive(Clone, Copy)]
struct TimeLimits {
    rides: bool,
    families: bool,
    chaperone: bool,
    driver: bool,
    caps: bool,
    writing: bool,
}

impl TimeLimits {
    const ALL: Self = Self { rides: true, families: true, chaperone: true, driver: true, caps: true, writing: true };
    const NONE: Self =
        Self { rides: false, families: false, chaperone: false, driver: false, caps: false, writing: false };
}

/// The rule that stops a trip which no order of stops makes possible: the first that, set aside, would let it go; or,
/// where several stop it, the first that would by itself.
pub(crate) fn blame(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Rule {
    type Set = fn(&mut TimeLimits, bool);
    let rules: [(Rule, Set); 6] = [
        (Rule::RideTime, |limits, counts| limits.rides = counts),
        (Rule::FamilyAway, |limits, counts| limits.families = counts),
        (Rule::ChaperoneAway, |limits, counts| limits.chaperone = counts),
        (Rule::DriverAway, |limits, counts| limits.driver = counts),
        (Rule::DriverLimits, |limits, counts| limits.caps = counts),
        (Rule::RepeatedHour, |limits, counts| limits.writing = counts),
    ];
    let goes = |mut limits: TimeLimits, set: Set, counts| {
        set(&mut limits, counts);
        !timed(instance, crew, group, limits).trips.is_empty()
    };
    let culprit = rules.iter().find(|(_, set)| goes(TimeLimits::ALL, *set, false));
    let enough = || rules.iter().find(|(_, set)| !goes(TimeLimits::NONE, *set, true));
    culprit.or_else(enough).map_or(Rule::DriverAway, |(rule, _)| *rule)
}

/// The trips of a crew with a group, were there no limits of time: one for each order of stops that is worth having
/// where it is not known which of them matters.
pub(crate) fn unlimited(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Vec<Trip> {
    let rider_home = |home| Rider { home, boarding: 0, max_ride: i64::MAX, slack: i64::MAX };
    let mut riders: Vec<Rider> = group
        .iter()
        .map(|&request| Rider {
            boarding: instance.family(request).boarding,
            ..rider_home(instance.family(request).home)
        })
        .collect();
    riders.extend(crew.chaperone.map(|chaperone| rider_home(instance.volunteers[chaperone.at()].home)));
    let home = instance.volunteers[crew.driver.at()].home;
    let gate = instance.slots[crew.slot.at()].gate;
    // Of more stops than these, only the orders of the least driving are looked at.
    let matters = Matters { order: riders.len() <= 3, ..Matters::default() };
    let [outs, backs] = [Way::Out, Way::Back].map(|way| {
        let task = Task { way, home, gate, slack: i64::MAX, riders: &riders };
        halves(instance, &task, crew.chaperone.map(|_| group.len()), matters, &mut Effort::of_group())
    });
    let join = |out, back| join(instance, crew, group, out, back);
    outs.iter().flat_map(|out| backs.iter().map(move |back| join(out, back))).collect()
}

fn timed(instance: &Instance<'_>, crew: Crew, group: &[RequestIx], limits: TimeLimits) -> Ways {
    /// What one choice of windows takes of the effort, besides orders.
    const A_CHOICE: u64 = 20;
    let facts = &instance.volunteers[crew.driver.at()];
    let any = || vec![Slack::ANY];
    // One list of choices a person: the driver, the families, the chaperone.
    let mut people = vec![if limits.driver { instance.slack(crew.driver, crew.slot) } else { any() }];
    for &request in group {
        let option = instance.option(request, crew.slot).filter(|_| limits.families);
        people.push(option.map_or_else(any, |option| option.slack.clone()));
    }
    if let Some(chaperone) = crew.chaperone {
        people.push(if limits.chaperone { instance.slack(chaperone, crew.slot) } else { any() });
    }
    let slot = &instance.slots[crew.slot.at()];
    let longest = |side: fn(&Slack) -> i64| people[0].iter().map(side).max().unwrap_or(0);
    let leaves = slot.gate_in.saturating_sub(longest(|slack| slack.before));
    let comes_home = slot.gate_out.saturating_add(longest(|slack| slack.after));
    let matters = Matters {
        metres: facts.max_metres.is_some(),
        escort: crew.chaperone.is_some_and(|chaperone| instance.volunteers[chaperone.at()].max_trips > 1),
        order: limits.writing && !instance.can_write_all(leaves, comes_home),
    };
    let mut effort = Effort::of_group();
    let mut trips = Vec::new();
    if people.iter().any(Vec::is_empty) {
        return Ways { trips, all: true };
    }
    let mut chosen = vec![0; people.len()];
    loop {
        let choice: Vec<Slack> = people.iter().zip(&chosen).map(|(slacks, &nth)| slacks[nth]).collect();
        let half = |way, effort: &mut Effort| {
            let side = |slack: Slack| if way == Way::Out { slack.before } else { slack.after };
            let mut riders: Vec<Rider> = group
                .iter()
                .zip(&choice[1..])
                .map(|(&request, &slack)| rider(instance, way, crew.slot, request, slack))
                .collect();
            if let (Some(chaperone), Some(&slack)) = (crew.chaperone, choice.last()) {
                let home = instance.volunteers[chaperone.at()].home;
                riders.push(Rider { home, boarding: 0, max_ride: i64::MAX, slack: side(slack) });
            }
            if !limits.rides {
                riders.iter_mut().for_each(|rider| rider.max_ride = i64::MAX);
            }
            let task = Task {
                way,
                home: facts.home,
                gate: instance.slots[crew.slot.at()].gate,
                slack: side(choice[0]),
                riders: &riders,
            };
            halves(instance, &task, crew.chaperone.map(|_| group.len()), matters, effort)
        };
        let outs = half(Way::Out, &mut effort);
        let backs = if outs.is_empty() { Vec::new() } else { half(Way::Back, &mut effort) };
        for out in &outs {
            for back in &backs {
                effort.spend(1);
                let trip = join(instance, crew, group, out, back);
                if (!limits.caps || within_caps(instance, &trip)) && (!limits.writing || writable(instance, &trip)) {
                    add(&mut trips, trip, matters);
                }
            }
        }
        effort.spend(A_CHOICE);
        let more = next(&mut chosen, &people);
        if !more || !effort.suffices() {
            return Ways { trips, all: !more && effort.suffices() };
        }
    }
}

/// Adds a trip unless one there is as good in everything that matters; those to which it is go. Several choices of
/// slacks give the same trips over and over.
fn add(trips: &mut Vec<Trip>, trip: Trip, matters: Matters) {
    let within = |a: (i64, i64), b: (i64, i64)| b.0 <= a.0 && a.1 <= b.1;
    let as_good = |a: &Trip, b: &Trip| {
        a.drive <= b.drive
            && within(a.busy, b.busy)
            && (!matters.metres || a.metres <= b.metres)
            && (!matters.escort || a.escort.zip(b.escort).is_none_or(|(a, b)| within(a, b)))
    };
    if !trips.iter().any(|other| as_good(other, &trip)) {
        trips.retain(|other| !as_good(&trip, other));
        trips.push(trip);
    }
}

/// Goes on to the next choice of one slack a person, by position, if there is one; nearly always there is just one.
fn next(chosen: &mut [usize], people: &[Vec<Slack>]) -> bool {
    for (nth, slacks) in chosen.iter_mut().zip(people).rev() {
        *nth += 1;
        if *nth < slacks.len() {
            return true;
        }
        *nth = 0;
    }
    false
}

/// The most that a family's windows leave, each way by itself.
pub(crate) fn widest(instance: &Instance<'_>, request: RequestIx, slot: SlotIx) -> Slack {
    let slacks = instance.option(request, slot).map_or(&[][..], |option| &option.slack);
    let most = |side: fn(&Slack) -> i64| slacks.iter().map(side).max().unwrap_or(i64::MIN);
    Slack { before: most(|slack| slack.before), after: most(|slack| slack.after) }
}

/// A request's family as a rider of one half of a trip to a slot.
pub(crate) fn rider(instance: &Instance<'_>, way: Way, slot: SlotIx, request: RequestIx, slack: Slack) -> Rider {
    let family = instance.family(request);
    let gate = instance.slots[slot.at()].gate;
    let (from, to, slack) = match way {
        Way::Out => (family.home, gate, slack.before),
        Way::Back => (gate, family.home, slack.after),
    };
    let max_ride = family.max_ride.unwrap_or_else(|| {
        let direct = i64::from(instance.travel.leg(from, to).minutes);
        let direct = direct + instance.breaks(direct);
        let policy = instance.policy;
        direct + i64::from(policy.detour_min).max(direct * i64::from(policy.detour_pct) / 100)
    });
    Rider { home: family.home, boarding: family.boarding, max_ride, slack }
}

fn join(instance: &Instance<'_>, crew: Crew, group: &[RequestIx], out: &Half, back: &Half) -> Trip {
    let slot = &instance.slots[crew.slot.at()];
    let weights = &instance.policy.weights;
    let drive = out.drive + back.drive;
    let served: i64 = group
        .iter()
        .map(|&request| {
            let usual = &instance.family(request).usual;
            let stranger = !usual.is_empty() && !usual.iter().any(|&v| v == crew.driver || Some(v) == crew.chaperone);
            let announced = &instance.requests[request.at()].announced;
            let changed = announced.iter().filter(|&&was| was != crew.driver).count();
            instance.option(request, crew.slot).map_or(0, |option| option.points)
                - i64::from(weights.new_volunteer) * i64::from(stranger)
                - i64::from(weights.change_driver) * i64::try_from(changed).unwrap_or(i64::MAX)
        })
        .sum();
    Trip {
        crew,
        requests: group.into(),
        out: out.order.clone().into(),
        back: back.order.clone().into(),
        drive,
        metres: out.metres + back.metres,
        busy: (slot.gate_in - out.total, slot.gate_out + back.total),
        escort: crew.chaperone.map(|_| (slot.gate_in - out.escort, slot.gate_out + back.escort)),
        points: served - i64::from(weights.drive_min) * drive,
    }
}

fn within_caps(instance: &Instance<'_>, trip: &Trip) -> bool {
    let facts = &instance.volunteers[trip.crew.driver.at()];
    facts.max_duty_min.is_none_or(|most| trip.duty() <= most.into())
        && facts.max_driving_min.is_none_or(|most| trip.drive <= most.into())
        && facts.max_metres.is_none_or(|most| trip.metres <= most)
}

/// Whether a rota document can write the times of every stop: a wall clock that goes back names an hour only once.
fn writable(instance: &Instance<'_>, trip: &Trip) -> bool {
    let (leave, home) = trip.busy;
    instance.can_write_all(leave, home)
        || call_times(instance, trip)
            .iter()
            .all(|call| [call.arrive, call.depart].into_iter().all(|time| instance.can_write(time)))
}

/// The car's call at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) place: PlaceIndex,
    pub(crate) arrive: i64,
    pub(crate) depart: i64,
}

/// Where the car calls and when, from the driver's home to the driver's home; the gate stands once.
pub(crate) fn call_times(instance: &Instance<'_>, trip: &Trip) -> Vec<Call> {
    let slot = &instance.slots[trip.crew.slot.at()];
    let home = instance.volunteers[trip.crew.driver.at()].home;
    let stop = |position: &u8| match trip.requests.get(usize::from(*position)) {
        Some(&request) => (instance.family(request).home, instance.family(request).boarding),
        None => (trip.crew.chaperone.map_or(home, |c| instance.volunteers[c.at()].home), 0),
    };
    let mut calls = vec![Call { place: home, arrive: trip.busy.0, depart: trip.busy.0 }];
    let mut go = |start: i64, from: PlaceIndex, stops: &mut dyn Iterator<Item = (PlaceIndex, i64)>| {
        let (mut at, mut drive, mut boarded) = (from, 0, 0);
        for (place, boarding) in stops {
            drive += i64::from(instance.travel.leg(at, place).minutes);
            let arrive = start + drive + instance.breaks(drive) + boarded;
            boarded += boarding;
            calls.push(Call { place, arrive, depart: arrive + boarding });
            at = place;
        }
    };
    let visit = slot.gate_out - slot.gate_in;
    go(trip.busy.0, home, &mut trip.out.iter().map(stop).chain([(slot.gate, visit)]));
    go(slot.gate_out, slot.gate, &mut trip.back.iter().map(stop).chain([(home, 0)]));
    calls
}
