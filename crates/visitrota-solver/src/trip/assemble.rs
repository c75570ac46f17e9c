//! Whether a trip is valid, and when it stops where (§4).

use visitrota_model::Rule;

use super::calls::call_times;
use super::compatibility::compatible;
use super::riders::rider;
use super::timing::{Criteria, Direction, HalfTrip, Rider, Task, WorkBudget, halves};
use super::{Crew, FoundTrips, Trip};
use crate::instance::index::RequestIx;
use crate::instance::{Instance, Slack};

/// The trips in which a crew serves a group of requests; none if a rule forbids it.
pub(crate) fn assemble(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> FoundTrips {
    match compatible(instance, crew, group) {
        Ok(()) => timed_trips(instance, crew, group, TimeLimits::ALL),
        Err(_) => FoundTrips { trips: Vec::new(), complete: true },
    }
}

/// Whether a crew can serve a group of requests; if not, the rule that forbids it.
pub(crate) fn feasible(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Result<(), Rule> {
    compatible(instance, crew, group)?;
    let found = timed_trips(instance, crew, group, TimeLimits::ALL);
    if found.trips.is_empty() { Err(binding_time_rule(instance, crew, group)) } else { Ok(()) }
}

/// Which limits of time apply: all of them, except while the one that binds is looked for.
#[derive(Clone, Copy)]
struct TimeLimits {
    /// §4.8: ride time.
    rides: bool,
    /// §4.9: the families' windows.
    families: bool,
    /// §4.9: the chaperone's windows.
    chaperone: bool,
    /// §4.9: the driver's windows.
    driver: bool,
    /// §5.3, for one trip: the driver's minutes and kilometres.
    driver_limits: bool,
    /// §7: every time can be written in a rota document.
    writing: bool,
}

impl TimeLimits {
    const ALL: Self =
        Self { rides: true, families: true, chaperone: true, driver: true, driver_limits: true, writing: true };
    const NONE: Self =
        Self { rides: false, families: false, chaperone: false, driver: false, driver_limits: false, writing: false };
}

/// The rule to name where no order of stops makes a trip valid: the first without which the trip would be valid; or,
/// where there is none such, the first that forbids it by itself.
pub(crate) fn binding_time_rule(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Rule {
    type Limit = fn(&mut TimeLimits) -> &mut bool;
    let limit_of_rule: [(Rule, Limit); 6] = [
        (Rule::RideTime, |limits| &mut limits.rides),
        (Rule::FamilyAway, |limits| &mut limits.families),
        (Rule::ChaperoneAway, |limits| &mut limits.chaperone),
        (Rule::DriverAway, |limits| &mut limits.driver),
        (Rule::DriverLimits, |limits| &mut limits.driver_limits),
        (Rule::RepeatedHour, |limits| &mut limits.writing),
    ];
    let valid_under = |limits| !timed_trips(instance, crew, group, limits).trips.is_empty();
    let all_but = |limit: Limit| {
        let mut limits = TimeLimits::ALL;
        *limit(&mut limits) = false;
        limits
    };
    let only = |limit: Limit| {
        let mut limits = TimeLimits::NONE;
        *limit(&mut limits) = true;
        limits
    };
    let binds = limit_of_rule.iter().find(|(_, limit)| valid_under(all_but(*limit)));
    let forbids = || limit_of_rule.iter().find(|(_, limit)| !valid_under(only(*limit)));
    binds.or_else(forbids).map_or(Rule::DriverAway, |(rule, _)| *rule)
}

/// The trips of a crew with a group if there were no limits of time. Which limits count is not known here, so every
/// order of few stops gives a trip; of more, only those of the least driving.
pub(crate) fn without_time_limits(instance: &Instance<'_>, crew: Crew, group: &[RequestIx]) -> Vec<Trip> {
    /// Every order of no more riders than these: six orders each way, thirty-six trips.
    const MAX_RIDERS_FOR_EVERY_ORDER: usize = 3;
    let unlimited_rider = |home| Rider { home, boarding: 0, max_ride: i64::MAX, slack: i64::MAX };
    let mut riders: Vec<Rider> = group
        .iter()
        .map(|&request| Rider {
            boarding: instance.family(request).boarding,
            ..unlimited_rider(instance.family(request).home)
        })
        .collect();
    riders.extend(crew.chaperone.map(|chaperone| unlimited_rider(instance.volunteers[chaperone.at()].home)));
    let home = instance.volunteers[crew.driver.at()].home;
    let gate = instance.slots[crew.slot.at()].gate;
    let criteria = Criteria { every_order: riders.len() <= MAX_RIDERS_FOR_EVERY_ORDER, ..Criteria::default() };
    let [outs, backs] = [Direction::Out, Direction::Back].map(|direction| {
        let task = Task { direction, home, gate, slack: i64::MAX, riders: &riders };
        halves(instance, &task, crew.chaperone.map(|_| group.len()), criteria, &mut WorkBudget::for_one_group())
    });
    let join = |out, back| join_halves(instance, crew, group, out, back);
    outs.iter().flat_map(|out| backs.iter().map(move |back| join(out, back))).collect()
}

/// The trips of a crew with a group, one for each order of stops that keeps these limits and that no other dominates.
fn timed_trips(instance: &Instance<'_>, crew: Crew, group: &[RequestIx], limits: TimeLimits) -> FoundTrips {
    /// The work of one choice of windows apart from its orders, in stops tried.
    const WORK_OF_A_CHOICE: u64 = 20;
    let facts = &instance.volunteers[crew.driver.at()];
    let any = || vec![Slack::ANY];
    // §4.9: each person is inside one of their windows. One list of choices a person: the driver, the families, the
    // chaperone.
    let mut people = vec![if limits.driver { instance.slacks(crew.driver, crew.slot) } else { any() }];
    for &request in group {
        let option = instance.option(request, crew.slot).filter(|_| limits.families);
        people.push(option.map_or_else(any, |option| option.slacks.clone()));
    }
    if let Some(chaperone) = crew.chaperone {
        people.push(if limits.chaperone { instance.slacks(chaperone, crew.slot) } else { any() });
    }
    let slot = &instance.slots[crew.slot.at()];
    let longest = |side: fn(&Slack) -> i64| people[0].iter().map(side).max().unwrap_or(0);
    let leaves = slot.gate_in.saturating_sub(longest(|slack| slack.before));
    let comes_home = slot.gate_out.saturating_add(longest(|slack| slack.after));
    let criteria = Criteria {
        metres: facts.max_metres.is_some(),
        chaperone_time: crew.chaperone.is_some_and(|chaperone| instance.volunteers[chaperone.at()].max_trips > 1),
        every_order: limits.writing && !instance.can_write_all(leaves, comes_home),
    };
    let mut budget = WorkBudget::for_one_group();
    let mut trips = Vec::new();
    if people.iter().any(Vec::is_empty) {
        return FoundTrips { trips, complete: true };
    }
    // §4.6, §4.7: only the windows chosen and the driver's limits join the two halves.
    let mut chosen = vec![0; people.len()];
    loop {
        let choice: Vec<Slack> = people.iter().zip(&chosen).map(|(slacks, &nth)| slacks[nth]).collect();
        let half = |direction, budget: &mut WorkBudget| {
            let mut riders: Vec<Rider> = group
                .iter()
                .zip(&choice[1..])
                .map(|(&request, &slack)| rider(instance, direction, crew.slot, request, slack))
                .collect();
            if let (Some(chaperone), Some(&slack)) = (crew.chaperone, choice.last()) {
                let home = instance.volunteers[chaperone.at()].home;
                riders.push(Rider { home, boarding: 0, max_ride: i64::MAX, slack: direction.of(slack) });
            }
            if !limits.rides {
                riders.iter_mut().for_each(|rider| rider.max_ride = i64::MAX);
            }
            let task = Task {
                direction,
                home: facts.home,
                gate: instance.slots[crew.slot.at()].gate,
                slack: direction.of(choice[0]),
                riders: &riders,
            };
            halves(instance, &task, crew.chaperone.map(|_| group.len()), criteria, budget)
        };
        let outs = half(Direction::Out, &mut budget);
        let backs = if outs.is_empty() { Vec::new() } else { half(Direction::Back, &mut budget) };
        for out in &outs {
            for back in &backs {
                budget.spend(1);
                let trip = join_halves(instance, crew, group, out, back);
                if (!limits.driver_limits || within_driver_limits(instance, &trip))
                    && (!limits.writing || writable(instance, &trip))
                {
                    keep_undominated(&mut trips, trip, criteria);
                }
            }
        }
        budget.spend(WORK_OF_A_CHOICE);
        let more = next_choice(&mut chosen, &people);
        if !more || !budget.suffices() {
            return FoundTrips { trips, complete: !more && budget.suffices() };
        }
    }
}

/// Adds a trip unless a trip kept already dominates it, and removes those that it dominates. Several choices of slacks
/// give the same trips again and again.
fn keep_undominated(trips: &mut Vec<Trip>, trip: Trip, criteria: Criteria) {
    let within = |a: (i64, i64), b: (i64, i64)| b.0 <= a.0 && a.1 <= b.1;
    let dominates = |a: &Trip, b: &Trip| {
        a.drive <= b.drive
            && within(a.busy, b.busy)
            && (!criteria.metres || a.metres <= b.metres)
            && (!criteria.chaperone_time || a.chaperone_busy.zip(b.chaperone_busy).is_none_or(|(a, b)| within(a, b)))
    };
    if !trips.iter().any(|other| dominates(other, &trip)) {
        trips.retain(|other| !dominates(&trip, other));
        trips.push(trip);
    }
}

/// Moves on to the next choice of one slack a person, by position; false if that was the last. Nearly always there is
/// just one choice.
fn next_choice(chosen: &mut [usize], people: &[Vec<Slack>]) -> bool {
    for (nth, slacks) in chosen.iter_mut().zip(people).rev() {
        *nth += 1;
        if *nth < slacks.len() {
            return true;
        }
        *nth = 0;
    }
    false
}

/// The trip that two halves make, with its times and its points (§6).
fn join_halves(instance: &Instance<'_>, crew: Crew, group: &[RequestIx], out: &HalfTrip, back: &HalfTrip) -> Trip {
    let slot = &instance.slots[crew.slot.at()];
    let weights = &instance.policy.weights;
    let drive = out.drive + back.drive;
    let served: i64 = group
        .iter()
        .map(|&request| {
            let usual = &instance.family(request).usual;
            let unfamiliar = !usual.is_empty() && !usual.iter().any(|&v| v == crew.driver || Some(v) == crew.chaperone);
            let announced = &instance.requests[request.at()].announced;
            let changed_drivers = announced.iter().filter(|&&was| was != crew.driver).count();
            instance.option(request, crew.slot).map_or(0, |option| option.points)
                - i64::from(weights.new_volunteer) * i64::from(unfamiliar)
                - i64::from(weights.change_driver) * i64::try_from(changed_drivers).unwrap_or(i64::MAX)
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
        chaperone_busy: crew
            .chaperone
            .map(|_| (slot.gate_in - out.chaperone_minutes, slot.gate_out + back.chaperone_minutes)),
        points: served - i64::from(weights.drive_min) * drive,
    }
}

/// §5.3, for one trip: the driver's duty, driving and kilometres.
fn within_driver_limits(instance: &Instance<'_>, trip: &Trip) -> bool {
    let facts = &instance.volunteers[trip.crew.driver.at()];
    facts.max_duty_min.is_none_or(|limit| trip.duty() <= limit.into())
        && facts.max_driving_min.is_none_or(|limit| trip.drive <= limit.into())
        && facts.max_metres.is_none_or(|limit| trip.metres <= limit)
}

/// §7: whether a rota document can write the times of every stop. A wall clock that goes back names an hour only once.
fn writable(instance: &Instance<'_>, trip: &Trip) -> bool {
    let (leave, home) = trip.busy;
    instance.can_write_all(leave, home)
        || call_times(instance, trip)
            .iter()
            .all(|call| [call.arrive, call.depart].into_iter().all(|time| instance.can_write(time)))
}
