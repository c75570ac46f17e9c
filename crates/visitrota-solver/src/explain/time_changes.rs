//! What would have to change for a trip to be in time (§4.8 to §4.10, §5.3).

use visitrota_model::{
    Change, Date, Hours, Instant, Limit, PlaceId, Problem, TimeOfDay, WallTime, Way, Window, effort,
};

use crate::instance::index::VolunteerIx;
use crate::instance::{Instance, Slack};
use crate::trip::{Trip, call_times, rider};

/// The instants between which somebody is called on.
type Span = (i64, i64);

/// What would have to change for a trip to be in time. None if nothing helps: a volunteer is out on a locked trip
/// (§5.6), no hours of the date are long enough (§4.10), or no rota can write the times (§7).
pub(super) fn time_changes(instance: &Instance<'_>, trip: &Trip) -> Option<Vec<Change>> {
    let problem = instance.problem;
    let slot = &instance.slots[trip.crew.slot.at()];
    let calls = call_times(instance, trip);
    if calls.iter().any(|call| !instance.can_write(call.arrive) || !instance.can_write(call.depart)) {
        return None;
    }
    let volunteers: Vec<(VolunteerIx, Span)> = trip.volunteers().collect();
    if volunteers.iter().any(|&(volunteer, busy)| instance.is_taken(volunteer, busy)) {
        return None;
    }
    // Of each family, the calls at its stops: outward, and on the return.
    let gate = trip.out.len() + 1;
    let stop = |order: &[u8], nth: usize| order.iter().position(|&rider| usize::from(rider) == nth);
    let stops = (0..trip.rides.len())
        .map(|nth| Some((calls.get(1 + stop(&trip.out, nth)?)?, calls.get(gate + 1 + stop(&trip.back, nth)?)?)));
    let stops = stops.collect::<Option<Vec<_>>>()?;
    let outings: Vec<Span> =
        stops.iter().map(|(picked_up, dropped_off)| (picked_up.arrive, dropped_off.arrive)).collect();
    let mut changes = Vec::new();

    // §4.10
    let date = problem.slots[trip.crew.slot.at()].start.date();
    let busy: Vec<Span> = volunteers.iter().map(|(_, busy)| *busy).collect();
    for (families, hours, spans) in
        [(false, problem.policy.volunteer_hours, &busy), (true, problem.policy.family_hours, &outings)]
    {
        if let Some(was) = hours {
            let to = hours_for(problem, date, was, spans)?;
            changes.extend((to != was).then_some(Change::Hours { families, was, to }));
        }
    }

    // §4.9
    for (volunteer, busy) in volunteers {
        let volunteer = &problem.volunteers[volunteer.at()];
        changes.extend(availability_change(problem, volunteer.id.place(), &volunteer.available, busy));
    }
    for (&ride, &outing) in trip.rides.iter().zip(&outings) {
        let family = instance.documents(ride).1;
        if !family.available.is_empty() {
            changes.extend(availability_change(problem, family.id.place(), &family.available, outing));
        }
    }

    // §4.8
    for (&ride, (picked_up, dropped_off)) in trip.rides.iter().zip(&stops) {
        let rides = [slot.gate_in - picked_up.depart, dropped_off.arrive - slot.gate_out];
        let limits = [Way::Out, Way::Back].map(|way| rider(instance, way, trip.crew.slot, ride, Slack::ANY).max_ride);
        if rides[0] > limits[0] || rides[1] > limits[1] {
            let to = u32::try_from(rides[0].max(rides[1])).ok()?;
            let was = u32::try_from(if rides[0] > limits[0] { limits[0] } else { limits[1] }).ok()?;
            changes.push(Change::Ride { family: instance.documents(ride).1.id.clone(), was, to });
        }
    }
    changes.extend(limit_changes(instance, trip)?);
    Some(changes)
}

/// §5.3: what the driver would have to do more, beside locked trips.
fn limit_changes(instance: &Instance<'_>, trip: &Trip) -> Option<Vec<Change>> {
    let day = instance.locked_day(trip.crew.driver, instance.slots[trip.crew.slot.at()].date);
    let (_, metres) = instance.locked_week(trip.crew.driver);
    let driver = &instance.problem.volunteers[trip.crew.driver.at()];
    let policy = instance.policy;
    let kilometres = i64::try_from((metres + trip.metres).div_ceil(1000)).ok()?;
    let limits = [
        (Limit::Duty, policy.max_duty_of(driver), day.duty + trip.duty(), trip.duty()),
        (Limit::Driving, policy.max_driving_of(driver), day.drive + trip.drive, trip.drive),
        (Limit::Kilometres, driver.max_km_week, kilometres, i64::try_from(trip.metres).ok()?),
    ];
    let mut changes = Vec::new();
    for (limit, was, to, more) in limits {
        let (Some(was), to) = (was, u32::try_from(to).ok()?) else { continue };
        // What takes nothing of a limit keeps within it, whatever locked trips take.
        if to > was && more > 0 {
            changes.push(Change::Stretch { volunteer: driver.id.clone(), limit, was, to });
        }
    }
    Some(changes)
}

/// The hours of a date, made as long as some spans need. None where that is beyond the date.
fn hours_for(problem: &Problem, date: Date, was: Hours, spans: &[Span]) -> Option<Hours> {
    let zone = problem.timezone;
    let instant = |time: TimeOfDay| zone.instant(time.on(date)).0;
    let mut hours = was;
    for &(from, to) in spans {
        if from < instant(hours.from) {
            let first = zone.wall(Instant(from));
            hours.from = TimeOfDay::new(first.minute_of_day()).filter(|_| first.date() == date)?;
        }
        if instant(hours.to) < to {
            let last = zone.wall(Instant(to));
            let minutes = if last == date.plus_days(1).midnight() { 24 * 60 } else { last.minute_of_day() };
            hours.to = TimeOfDay::new(minutes).filter(|_| last.date() == date || minutes == 24 * 60)?;
        }
    }
    Some(hours)
}

/// What would have to change for somebody to be available for a span of instants: a window made wider, or a new one,
/// whichever takes less.
fn availability_change(problem: &Problem, person: PlaceId, windows: &[Window], (from, to): Span) -> Option<Change> {
    let zone = problem.timezone;
    let wall = |instant: i64| zone.wall(Instant(instant));
    let (first, last): (WallTime, WallTime) = (wall(from), wall(to));
    let wider = |was: Window| {
        let begins = zone.instant(was.from).0;
        let ends = zone.instant(was.to).0;
        let window = Window::new(if from < begins { first } else { was.from }, if ends < to { last } else { was.to });
        Change::Widen { person: person.clone(), was, window }
    };
    let includes = |window: &Window| zone.instant(window.from).0 <= from && to <= zone.instant(window.to).0;
    if windows.iter().any(includes) {
        return None;
    }
    let new = Change::Free { person: person.clone(), window: Window::new(first, last) };
    windows
        .iter()
        .map(|&window| wider(window))
        .chain([new])
        .min_by_key(|change| effort(std::slice::from_ref(change), zone))
}
