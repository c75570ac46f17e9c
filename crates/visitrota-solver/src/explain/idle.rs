//! Volunteers whom no trip can take, whatever the rest of the rota, and what stops them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use visitrota_model::{Problem, Rule, VolunteerId};
use visitrota_travel::TravelTable;

use super::blocked::serves_alone;
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::stop::Stop;
use crate::trip::reach::may_take_in_some_trip;
use crate::trip::{self, Crew, feasible};

/// A volunteer whom no trip can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleVolunteer {
    /// Who.
    pub volunteer: VolunteerId,
    /// Which rules stop them, the most frequent first; none where nobody asks for what they do.
    pub rules: Vec<Rule>,
}

/// The volunteers whom no trip can take, in the problem's order. Whoever is on a locked trip is none of them. Once `stop`
/// says so, those found by then.
#[must_use]
pub fn idle_volunteers(
    problem: &Problem,
    travel: &TravelTable,
    stop: &(dyn Fn() -> bool + Sync),
) -> Vec<IdleVolunteer> {
    let instance = Instance::within(problem, travel, Stop::when(stop));
    let on_locked = |volunteer: VolunteerIx| {
        let mut locked = instance.locked.trips.iter();
        locked.any(|trip| trip.driver == volunteer || trip.chaperone == Some(volunteer))
    };
    let volunteers = instance.volunteer_ixs().take_while(|_| !instance.stop.now());
    let idle = volunteers.filter(|volunteer| !on_locked(*volunteer)).filter_map(|volunteer| {
        let mut rules = BTreeMap::new();
        if drives_somebody(&instance, volunteer, &mut rules) || accompanies_somebody(&instance, volunteer, &mut rules) {
            return None;
        }
        instance.stop.check().ok()?;
        let mut rules: Vec<(Rule, u32)> = rules.into_iter().collect();
        rules.sort_by_key(|&(rule, times)| (Reverse(times), rule));
        let rules = rules.into_iter().map(|(rule, _)| rule).collect();
        Some(IdleVolunteer { volunteer: problem.volunteers[volunteer.at()].id.clone(), rules })
    });
    idle.collect()
}

/// Whether a volunteer may drive some ride in some trip; else the rules that stop them are counted.
fn drives_somebody(instance: &Instance<'_>, driver: VolunteerIx, rules: &mut BTreeMap<Rule, u32>) -> bool {
    if instance.volunteers[driver.at()].car.is_none() {
        return false;
    }
    for (slot, rides) in wanted(instance) {
        if let Err(rule) = trip::may_drive(instance, driver, slot) {
            *rules.entry(rule).or_default() += u32::try_from(rides.len()).unwrap_or(u32::MAX);
            continue;
        }
        for &ride in rides.iter().take_while(|_| !instance.stop.now()) {
            match serves_alone(instance, driver, slot, &[ride]) {
                Ok(()) => return true,
                // Who rides along may move a break out of somebody's way: then it is not settled.
                Err(rule) if is_of_time(rule) && may_take_in_some_trip(instance, driver, slot, ride) => return true,
                Err(rule) => *rules.entry(rule).or_default() += 1,
            }
        }
    }
    false
}

/// Whether a volunteer may be the chaperone of some ride in some trip; else the rules that stop them are counted.
fn accompanies_somebody(instance: &Instance<'_>, chaperone: VolunteerIx, rules: &mut BTreeMap<Rule, u32>) -> bool {
    if !instance.chaperone_rides() || !instance.volunteers[chaperone.at()].chaperones {
        return false;
    }
    for (slot, rides) in wanted(instance) {
        let mut alone = rides.iter().filter(|ride| instance.family(**ride).child_only).peekable();
        if alone.peek().is_none() {
            continue;
        }
        if let Err(rule) = trip::may_chaperone(instance, chaperone, slot) {
            *rules.entry(rule).or_default() += 1;
            continue;
        }
        for &ride in alone.take_while(|_| !instance.stop.now()) {
            for driver in instance.volunteer_ixs().filter(|driver| *driver != chaperone) {
                let crew = Crew { driver, chaperone: Some(chaperone), slot };
                match feasible(instance, crew, &[ride]) {
                    Ok(()) => return true,
                    Err(rule) if is_of_time(rule) && may_take_in_some_trip(instance, driver, slot, ride) => {
                        return true;
                    }
                    Err(rule) => *rules.entry(rule).or_default() += 1,
                }
            }
        }
    }
    false
}

/// The slots that somebody asks for, with the rides.
fn wanted<'i>(instance: &'i Instance<'_>) -> impl Iterator<Item = (SlotIx, &'i [RideIx])> {
    let rides = |slot: SlotIx| (slot, instance.rides_by_slot[slot.at()].as_slice());
    instance.slot_ixs().take_while(|_| !instance.stop.now()).map(rides).filter(|(_, rides)| !rides.is_empty())
}

/// Whether a rule may stand in the way of a family by itself, and not in company.
fn is_of_time(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::RideTime
            | Rule::DriverAway
            | Rule::ChaperoneAway
            | Rule::FamilyAway
            | Rule::VolunteerHours
            | Rule::FamilyHours
            | Rule::DriverLimits
            | Rule::Locked
            | Rule::RepeatedHour
    )
}
