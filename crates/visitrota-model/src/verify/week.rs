//! What the trips of a week may not do together (§5).

use std::collections::{BTreeMap, BTreeSet};
use std::num::Saturating;

use super::clause::Clause;
use super::facts::{Facts, Whole, whole};
use super::outing::Outing;
use super::report::Report;
use crate::problem::Volunteer;
use crate::time::Date;

/// The trip of each request served: the first, where there are several.
pub(super) type Served<'a, 'o> = BTreeMap<&'a str, &'o Outing<'a>>;

pub(super) fn check<'a, 'o>(facts: &Facts<'a>, outings: &'o [Outing<'a>], report: &mut Report) -> Served<'a, 'o> {
    let served = once_each(outings, report);
    slots(facts, outings, report);
    for (id, volunteer) in &facts.volunteers {
        Load::of(id, outings).check(facts, volunteer, report);
    }
    pins(facts, &served, report);
    served
}

/// §5.1: each request in at most one trip, and a family's requests on different dates.
fn once_each<'a, 'o>(outings: &'o [Outing<'a>], report: &mut Report) -> Served<'a, 'o> {
    let mut served = Served::new();
    let mut visits = BTreeSet::new();
    for outing in outings {
        for request in &outing.party.requests {
            let Some(family) = request.families.first() else { continue };
            let id = request.id.as_str();
            if served.contains_key(id) {
                report.add(Clause::ServedTwice, format!("request {id} of family {family} is served twice"));
                continue;
            }
            served.insert(id, outing);
            if let Some(day) = outing.party.day()
                && !visits.insert((family.as_str(), day))
            {
                report.add(Clause::SameDay, format!("family {family} visits twice on {}", day.long()));
            }
        }
    }
    served
}

/// §5.2: tables, and families that never share a slot.
fn slots(facts: &Facts, outings: &[Outing], report: &mut Report) {
    let mut visiting: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Outing { party, .. } in outings {
        let families = party.families.iter().map(|family| family.id.as_str());
        visiting.entry(party.trip.slot.as_str()).or_default().extend(families);
    }
    for (slot, families) in visiting {
        let count = families.len();
        if let Some(tables) = facts.slots.get(slot).and_then(|slot| slot.tables)
            && whole(count) > whole(tables)
        {
            report.add(Clause::Tables, format!("slot {slot} has {count} families; there are tables for {tables}"));
        }
        for (a, b) in &facts.never_same_slot {
            if families.contains(a) && families.contains(b) {
                report.add(
                    Clause::NeverSameSlot,
                    format!("families {a} and {b} never share a slot, and both have {slot}"),
                );
            }
        }
    }
}

/// What the week asks of a volunteer (§5.3).
#[derive(Default)]
struct Load<'a> {
    trips: usize,
    metres: Whole,
    days: BTreeMap<Date, DayLoad>,
    busy: Vec<Busy<'a>>,
}

#[derive(Default)]
struct DayLoad {
    trips: usize,
    duty: Whole,
    driving: Whole,
}

/// A time when a volunteer is out, and the slot they are out for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Busy<'a> {
    from: Whole,
    to: Whole,
    day: Date,
    slot: &'a str,
}

impl<'a> Load<'a> {
    fn of(id: &str, outings: &[Outing<'a>]) -> Self {
        let mut load = Self::default();
        for Outing { party, journey } in outings {
            let drives = party.trip.driver.as_str() == id;
            if !drives && party.trip.chaperone.as_ref().is_none_or(|chaperone| chaperone.as_str() != id) {
                continue;
            }
            load.trips += 1;
            if drives {
                load.metres += journey.metres;
            }
            let Some(slot) = party.slot else { continue };
            let date = slot.start.date();
            let day = load.days.entry(date).or_default();
            day.trips += 1;
            if drives {
                day.driving += journey.drive;
            }
            let Some(timetable) = &journey.timetable else { continue };
            let span = if drives {
                day.duty += timetable.home - timetable.leave;
                Some((timetable.leave, timetable.home))
            } else {
                timetable.outward.get(id).zip(timetable.back.get(id)).map(|(out, back)| (out.arrive, back.arrive))
            };
            load.busy.extend(span.map(|(from, to)| Busy { from, to, day: date, slot: slot.id.as_str() }));
        }
        load.busy.sort_unstable();
        load
    }

    /// §5.3: the limits of a volunteer; those of minutes and metres count only trips that they drive.
    fn check(&self, facts: &Facts, volunteer: &Volunteer, report: &mut Report) {
        let id = &volunteer.id;
        self.overlaps(facts, volunteer, report);
        let mut limit = |code, count: Whole, most: Option<Whole>, what: &str, span: &str| {
            if let Some(most) = most.filter(|most| count > *most) {
                report.add(code, format!("{id} has {count} {what} {span}; the most is {most}"));
            }
        };
        let policy = &facts.problem.policy;
        let max_duty = volunteer.max_duty_min.or(policy.max_duty_min).map(whole);
        let max_driving = volunteer.max_driving_min.or(policy.max_driving_min).map(whole);
        limit(Clause::MaxTrips, whole(self.trips), Some(whole(volunteer.max_trips)), "trips", "in the week");
        for (date, day) in &self.days {
            let on = format!("on {}", date.long());
            limit(Clause::MaxTripsPerDay, whole(day.trips), Some(whole(volunteer.max_trips_per_day)), "trips", &on);
            limit(Clause::MaxDuty, day.duty, max_duty, "min from home to home", &on);
            limit(Clause::MaxDriving, day.driving, max_driving, "min of driving", &on);
        }
        let most = volunteer.max_km_week.map(|km| whole(km) * Saturating(1000));
        limit(Clause::MaxKmWeek, self.metres, most, "m to drive", "in the week");
    }

    /// §5.3: busy intervals, lengthened by the turnaround, do not overlap.
    fn overlaps(&self, facts: &Facts, volunteer: &Volunteer, report: &mut Report) {
        let turnaround = facts.problem.policy.turnaround_min;
        let mut longest: Option<&Busy> = None;
        for busy in &self.busy {
            if let Some(before) = longest.filter(|before| before.to + whole(turnaround) > busy.from) {
                let (until, from) = (facts.clock(before.to, busy.day), facts.clock(busy.from, busy.day));
                let message = format!(
                    "{} is out for slot {} until {until} and for slot {} from {from}; {turnaround} min lie between trips",
                    volunteer.id, before.slot, busy.slot
                );
                report.add(Clause::Overlap, message);
            }
            // A short trip inside a long one must not hide the long one from the next.
            longest = Some(longest.map_or(busy, |before| if before.to > busy.to { before } else { busy }));
        }
    }
}

/// §5.4: every pin holds.
fn pins(facts: &Facts, served: &Served, report: &mut Report) {
    for pin in &facts.problem.pins {
        let request = &pin.request;
        let Some(trip) = served.get(request.as_str()).map(|outing| outing.party.trip) else {
            report.add(Clause::Pin, format!("request {request} is pinned, and not served"));
            continue;
        };
        if let Some(slot) = pin.slot.as_ref().filter(|slot| **slot != trip.slot) {
            report.add(Clause::Pin, format!("request {request} is pinned to slot {slot}, and has {}", trip.slot));
        }
        if let Some(driver) = pin.driver.as_ref().filter(|driver| **driver != trip.driver) {
            report.add(Clause::Pin, format!("request {request} is pinned to driver {driver}, and has {}", trip.driver));
        }
    }
}
