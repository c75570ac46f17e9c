//! Whether a trip is valid, and when it stops where (§4).

use visitrota_model::{Rule, Way};

use super::calls::call_times;
use super::compatibility::compatible;
use super::riders::{announced_minutes, chaperone_rider, rider};
use super::timing::{Criteria, HalfTrip, Rider, Task, WorkBudget, halves};
use super::{Crew, FoundTrips, Trip};
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::instance::windows::WindowLimits;
use crate::instance::{Instance, Slack};

/// The trips in which a crew serves a group of rides; none if a rule forbids it.
pub(crate) fn assemble(instance: &Instance<'_>, crew: Crew, group: &[RideIx]) -> FoundTrips {
    match compatible(instance, crew, group) {
        Ok(()) => timed_trips(instance, crew, group, TimeLimits::ALL),
        Err(_) => FoundTrips { trips: Vec::new(), complete: true },
    }
}

/// Whether a crew can serve a group of rides; if not, the rule that forbids it.
pub(crate) fn feasible(instance: &Instance<'_>, crew: Crew, group: &[RideIx]) -> Result<(), Rule> {
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
    /// §4.10: the scheme's hours, of families and of volunteers.
    family_hours: bool,
    volunteer_hours: bool,
    /// §5.6: the times of locked trips.
    locked: bool,
    /// §5.3, for one trip: the driver's minutes and kilometres.
    driver_limits: bool,
    /// §7: every time can be written in a rota document.
    writing: bool,
}

impl TimeLimits {
    const ALL: Self = Self {
        rides: true,
        families: true,
        chaperone: true,
        driver: true,
        family_hours: true,
        volunteer_hours: true,
        locked: true,
        driver_limits: true,
        writing: true,
    };
    const NONE: Self = Self {
        rides: false,
        families: false,
        chaperone: false,
        driver: false,
        family_hours: false,
        volunteer_hours: false,
        locked: false,
        driver_limits: false,
        writing: false,
    };

    /// The slacks of a family's windows, as far as they count.
    fn family_slacks(self, instance: &Instance<'_>, ride: RideIx, slot: SlotIx) -> Vec<Slack> {
        let limits = WindowLimits { given: self.families, hours: self.family_hours, locked: true };
        match instance.option(ride, slot).filter(|_| limits == WindowLimits::ALL) {
            Some(option) => option.slacks.clone(),
            None => instance.family_slacks_within(ride, slot, limits),
        }
    }

    /// The slacks of a volunteer's windows, as far as they count; `given` says whether the windows as given do.
    fn slacks(self, instance: &Instance<'_>, volunteer: VolunteerIx, slot: SlotIx, given: bool) -> Vec<Slack> {
        let limits = WindowLimits { given, hours: self.volunteer_hours, locked: self.locked };
        instance.slacks_within(volunteer, slot, limits)
    }
}

/// The rule to name where no order of stops makes a trip valid: the first without which the trip would be valid; or,
/// where there is none such, the first that forbids it by itself.
pub(crate) fn binding_time_rule(instance: &Instance<'_>, crew: Crew, group: &[RideIx]) -> Rule {
    type Limit = fn(&mut TimeLimits) -> &mut bool;
    let limit_of_rule: [(Rule, Limit); 9] = [
        (Rule::RideTime, |limits| &mut limits.rides),
        (Rule::FamilyHours, |limits| &mut limits.family_hours),
        (Rule::VolunteerHours, |limits| &mut limits.volunteer_hours),
        (Rule::Locked, |limits| &mut limits.locked),
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
pub(crate) fn without_time_limits(instance: &Instance<'_>, crew: Crew, group: &[RideIx]) -> Vec<Trip> {
    /// Every order of no more riders than these: six orders each way, thirty-six trips.
    const MAX_RIDERS_FOR_EVERY_ORDER: usize = 3;
    let home = instance.volunteers[crew.driver.at()].home;
    let gate = instance.slots[crew.slot.at()].gate;
    let [outs, backs] = [Way::Out, Way::Back].map(|way| {
        let unlimited =
            |&ride: &RideIx| Rider { max_ride: i64::MAX, ..rider(instance, way, crew.slot, ride, Slack::ANY) };
        let mut riders: Vec<Rider> = group.iter().map(unlimited).collect();
        riders.extend(crew.chaperone.map(|chaperone| chaperone_rider(instance, chaperone, i64::MAX)));
        let every_order = riders.len() <= MAX_RIDERS_FOR_EVERY_ORDER;
        let criteria = Criteria { every_order, ..Criteria::default() };
        let task = Task { way, home, gate, slack: i64::MAX, riders: &riders };
        halves(instance, &task, crew.chaperone.map(|_| group.len()), criteria, &mut WorkBudget::for_one_group())
    });
    let join = |out, back| join_halves(instance, crew, group, out, back);
    outs.iter().flat_map(|out| backs.iter().map(move |back| join(out, back))).collect()
}

/// The trips of a crew with a group, one for each order of stops that keeps these limits and that no other dominates.
fn timed_trips(instance: &Instance<'_>, crew: Crew, group: &[RideIx], limits: TimeLimits) -> FoundTrips {
    /// The work of one choice of windows apart from its orders, in stops tried.
    const WORK_OF_A_CHOICE: u64 = 20;
    let facts = &instance.volunteers[crew.driver.at()];
    // §4.9: each person is inside one of their windows. One list of choices a person: the driver, the families, the
    // chaperone.
    let mut people = vec![limits.slacks(instance, crew.driver, crew.slot, limits.driver)];
    people.extend(group.iter().map(|&ride| limits.family_slacks(instance, ride, crew.slot)));
    people.extend(crew.chaperone.map(|chaperone| limits.slacks(instance, chaperone, crew.slot, limits.chaperone)));
    let slot = &instance.slots[crew.slot.at()];
    let longest = |side: fn(&Slack) -> i64| people[0].iter().map(side).max().unwrap_or(0);
    let leaves = slot.gate_in.saturating_sub(longest(|slack| slack.before));
    let comes_home = slot.gate_out.saturating_add(longest(|slack| slack.after));
    let criteria = Criteria {
        metres: facts.max_metres.is_some(),
        chaperone_time: crew.chaperone.is_some_and(|chaperone| instance.volunteers[chaperone.at()].max_trips > 1),
        announced_times: announced_times(instance, crew, group),
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
        let half = |way, budget: &mut WorkBudget| {
            let mut riders: Vec<Rider> = group
                .iter()
                .zip(&choice[1..])
                .map(|(&ride, &slack)| Rider {
                    announced: announced_minutes(instance, way, crew, ride),
                    ..rider(instance, way, crew.slot, ride, slack)
                })
                .collect();
            if let (Some(chaperone), Some(&slack)) = (crew.chaperone, choice.last()) {
                riders.push(chaperone_rider(instance, chaperone, slack.on(way)));
            }
            if !limits.rides {
                riders.iter_mut().for_each(|rider| rider.max_ride = i64::MAX);
            }
            let task = Task {
                way,
                home: facts.home,
                gate: instance.slots[crew.slot.at()].gate,
                slack: choice[0].on(way),
                riders: &riders,
            };
            halves(instance, &task, crew.chaperone.map(|_| group.len()), criteria, budget)
        };
        let outs = half(Way::Out, &mut budget);
        let backs = if outs.is_empty() { Vec::new() } else { half(Way::Back, &mut budget) };
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

/// Whether the times of a trip with a group bear on its points (§6).
fn announced_times(instance: &Instance<'_>, crew: Crew, group: &[RideIx]) -> bool {
    let is_told = |way| group.iter().any(|&ride| announced_minutes(instance, way, crew, ride).is_some());
    instance.policy.weights.change_time > 0 && [Way::Out, Way::Back].into_iter().any(is_told)
}

/// Adds a trip unless a trip kept already dominates it, and removes those that it dominates. Several choices of slacks
/// give the same trips again and again.
fn keep_undominated(trips: &mut Vec<Trip>, trip: Trip, criteria: Criteria) {
    let within = |a: (i64, i64), b: (i64, i64)| b.0 <= a.0 && a.1 <= b.1;
    let dominates = |a: &Trip, b: &Trip| {
        a.drive <= b.drive
            && a.points >= b.points
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
fn join_halves(instance: &Instance<'_>, crew: Crew, group: &[RideIx], out: &HalfTrip, back: &HalfTrip) -> Trip {
    let slot = &instance.slots[crew.slot.at()];
    let weights = &instance.policy.weights;
    let drive = out.drive + back.drive;
    let served: i64 = group
        .iter()
        .map(|&ride| {
            let usual = &instance.family(ride).usual;
            let unfamiliar = !usual.is_empty() && !usual.iter().any(|&v| v == crew.driver || Some(v) == crew.chaperone);
            let announced = &instance.rides[ride.at()].announced;
            let changed_crews =
                announced.iter().filter(|entry| entry.has_other_crew(crew.driver, crew.chaperone)).count();
            instance.option(ride, crew.slot).map_or(0, |option| option.points)
                - i64::from(weights.new_volunteer) * i64::from(unfamiliar)
                - i64::from(weights.change_driver) * i64::try_from(changed_crews).unwrap_or(i64::MAX)
        })
        .sum();
    let retimed = i64::from((out.retimed | back.retimed).count_ones());
    Trip {
        crew,
        rides: group.into(),
        out: out.order.clone().into(),
        back: back.order.clone().into(),
        drive,
        metres: out.metres + back.metres,
        busy: (slot.gate_in - out.total, slot.gate_out + back.total),
        chaperone_busy: crew
            .chaperone
            .map(|_| (slot.gate_in - out.chaperone_minutes, slot.gate_out + back.chaperone_minutes)),
        points: served - i64::from(weights.drive_min) * drive - i64::from(weights.change_time) * retimed,
    }
}

/// §5.3, for one trip: the driver's duty, driving and kilometres.
fn within_driver_limits(instance: &Instance<'_>, trip: &Trip) -> bool {
    let Crew { driver, slot, .. } = trip.crew;
    let date = instance.slots[slot.at()].date;
    instance.max_duty_on(driver, date).is_none_or(|limit| trip.duty() <= limit)
        && instance.max_driving_on(driver, date).is_none_or(|limit| trip.drive <= limit)
        && instance.volunteers[driver.at()].max_metres.is_none_or(|limit| trip.metres <= limit)
}

/// §7: whether a rota document can write the times of every stop. A wall clock that goes back names an hour only once.
fn writable(instance: &Instance<'_>, trip: &Trip) -> bool {
    let (leave, home) = trip.busy;
    instance.can_write_all(leave, home)
        || call_times(instance, trip)
            .iter()
            .all(|call| [call.arrive, call.depart].into_iter().all(|time| instance.can_write(time)))
}
