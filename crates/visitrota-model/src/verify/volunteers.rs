//! What volunteers do in a week, and the most that they may (§5.3).
//!
//! Of each limit, what locked trips use is no breach (§5.6).

use std::collections::BTreeMap;
use std::num::Saturating;

use super::clause::Clause;
use super::facts::{Facts, Whole, whole};
use super::outing::Outing;
use super::report::Report;
use crate::miles::tenths_of_a_mile;
use crate::problem::Volunteer;
use crate::time::Date;

pub(super) fn check(facts: &Facts, outings: &[Outing], report: &mut Report) {
    for (id, volunteer) in &facts.volunteers {
        Load::of(id, outings).check(facts, volunteer, report);
    }
}

/// What the week asks of a volunteer (§5.3).
#[derive(Default)]
struct Load<'a> {
    trips: Amount,
    metres: Amount,
    days: BTreeMap<Date, DayLoad>,
    busy: Vec<Busy<'a>>,
}

#[derive(Default)]
struct DayLoad {
    trips: Amount,
    duty: Amount,
    driving: Amount,
}

/// How much is used of a limit, and how much of that by locked trips.
#[derive(Clone, Copy, Default)]
struct Amount {
    all: Whole,
    locked: Whole,
}

impl Amount {
    fn add(&mut self, amount: Whole, locked: bool) {
        self.all += amount;
        if locked {
            self.locked += amount;
        }
    }
}

/// A time when a volunteer is out, and the slot they are out for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Busy<'a> {
    from: Whole,
    to: Whole,
    day: Date,
    slot: &'a str,
    locked: bool,
}

impl<'a> Load<'a> {
    fn of(id: &str, outings: &[Outing<'a>]) -> Self {
        let mut load = Self::default();
        for Outing { party, journey } in outings {
            let drives = party.trip.driver.as_str() == id;
            if !drives && party.trip.chaperone.as_ref().is_none_or(|chaperone| chaperone.as_str() != id) {
                continue;
            }
            let locked = party.locked;
            load.trips.add(Saturating(1), locked);
            if drives {
                load.metres.add(journey.metres, locked);
            }
            let Some(slot) = party.slot else { continue };
            let date = slot.start.date();
            let day = load.days.entry(date).or_default();
            day.trips.add(Saturating(1), locked);
            if drives {
                day.driving.add(journey.drive, locked);
            }
            let Some(timetable) = &journey.timetable else { continue };
            let span = if drives {
                day.duty.add(timetable.home - timetable.leave, locked);
                Some((timetable.leave, timetable.home))
            } else {
                timetable.outward.get(id).zip(timetable.back.get(id)).map(|(out, back)| (out.arrive, back.arrive))
            };
            load.busy.extend(span.map(|(from, to)| Busy { from, to, day: date, slot: slot.id.as_str(), locked }));
        }
        load.busy.sort_unstable();
        load
    }

    /// §5.3: the limits of a volunteer; those of minutes and metres count only trips that they drive.
    fn check(&self, facts: &Facts, volunteer: &Volunteer, report: &mut Report) {
        let id = &volunteer.id;
        self.overlaps(facts, volunteer, report);
        let mut limit = |code, used: Amount, most: Option<Whole>, what: &str, span: &str| {
            let count = used.all;
            if let Some(most) = most.map(|most| most.max(used.locked)).filter(|most| count > *most) {
                report.add(code, format!("{id} has {count} {what} {span}; the most is {most}"));
            }
        };
        let policy = &facts.problem.policy;
        let max_duty = volunteer.max_duty_min.or(policy.max_duty_min).map(whole);
        let max_driving = volunteer.max_driving_min.or(policy.max_driving_min).map(whole);
        limit(Clause::MaxTrips, self.trips, Some(whole(volunteer.max_trips)), "trips", "in the week");
        for (date, day) in &self.days {
            let on = format!("on {}", date.long());
            limit(Clause::MaxTripsPerDay, day.trips, Some(whole(volunteer.max_trips_per_day)), "trips", &on);
            limit(Clause::MaxDuty, day.duty, max_duty, "min from home to home", &on);
            limit(Clause::MaxDriving, day.driving, max_driving, "min of driving", &on);
        }
        let most = volunteer.max_km_week.map(|km| whole(km) * Saturating(1000));
        if let Some(most) = most.map(|most| most.max(self.metres.locked)).filter(|most| self.metres.all > *most) {
            let [all, most] = [self.metres.all, most].map(miles);
            report.add(Clause::MaxKmWeek, format!("{id} has {all} to drive in the week; the most is {most}"));
        }
    }

    /// §5.3: busy intervals, lengthened by the turnaround, do not overlap. Each is told with the one before it that
    /// lasts longest: a short trip inside a long one must not hide the long one from the next.
    fn overlaps(&self, facts: &Facts, volunteer: &Volunteer, report: &mut Report) {
        let turnaround = facts.problem.policy.turnaround_min;
        let (mut longest, mut longest_added): (Option<&Busy>, Option<&Busy>) = (None, None);
        for busy in &self.busy {
            // §5.6: two locked trips may overlap.
            let before = if busy.locked { longest_added } else { longest };
            if let Some(before) = before.filter(|before| before.to + whole(turnaround) > busy.from) {
                let (until, from) = (facts.clock(before.to, busy.day), facts.clock(busy.from, busy.day));
                let message = format!(
                    "{} is out for slot {} until {until} and for slot {} from {from}; {turnaround} min lie between trips",
                    volunteer.id, before.slot, busy.slot
                );
                report.add(Clause::Overlap, message);
            }
            longest = longest.filter(|before| before.to > busy.to).or(Some(busy));
            if !busy.locked {
                longest_added = longest_added.filter(|before| before.to > busy.to).or(Some(busy));
            }
        }
    }
}

/// Metres as people in Britain drive them, and as they were counted: `62.1 miles (100000 m)`.
fn miles(Saturating(metres): Whole) -> String {
    let tenths = tenths_of_a_mile(metres.try_into().unwrap_or_default());
    format!("{}.{} miles ({metres} m)", tenths / 10, tenths % 10)
}
