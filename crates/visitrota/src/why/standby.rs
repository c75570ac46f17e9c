//! Who could stand in, and rotas that keep somebody free who could.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Date, Problem, Rota, StandIn, Standby, Status, TripStandby, Verdict, VolunteerId};
use visitrota_solver::Outings;
use visitrota_travel::TravelTable;

use super::ask::{Answer, Asker};
use super::explain::trips_of;
use crate::error::Error;
use crate::options::Options;
use crate::run::{made_by, sound};

/// Who could take each trip of a rota in its driver's place, all else left as it stands, in order of cost.
///
/// Whoever else drives, the trip starts from their home, and calls in whatever order is best for them. A trip with
/// nobody is fragile: its driver's illness breaks it.
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors.
pub fn standby(problem: &Problem, rota: &Rota, options: &Options) -> Result<Standby, Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options)?;
    let trips: Vec<usize> = (0..rota.trips.len()).collect();
    let outings = Outings::new(problem, &travel);
    let verdict = visitrota_model::verify(problem, rota, &travel);
    let trips = asker.each(&trips, |&trip| {
        Ok(TripStandby { trip, stand_ins: stand_ins(problem, &travel, &outings, rota, &verdict, trip) })
    })?;
    Ok(Standby { trips })
}

fn stand_ins(
    problem: &Problem,
    travel: &TravelTable,
    outings: &Outings<'_>,
    rota: &Rota,
    verdict: &Verdict,
    at: usize,
) -> Vec<StandIn> {
    let trip = &rota.trips[at];
    // What is broken already is nobody's fault who stands in.
    let before = verdict.broken.iter().filter(|breach| breach.trip.is_none_or(|trip| trip != at)).count();
    let others = problem.volunteers.iter().map(|volunteer| &volunteer.id).filter(|id| **id != trip.driver);
    let mut found: Vec<StandIn> = others
        .filter_map(|volunteer| {
            let instead = outings.valid(volunteer, trip.chaperone.as_ref(), &trip.slot, &trip.requests)?;
            let mut changed = rota.clone();
            changed.trips[at] = instead;
            let after = scored(problem, travel, &mut changed);
            let points_lost = verdict.score.total() - after.score.total();
            (after.broken.len() <= before).then(|| StandIn { volunteer: volunteer.clone(), points_lost })
        })
        .collect();
    found.sort_by(|a, b| (a.points_lost, &a.volunteer).cmp(&(b.points_lost, &b.volunteer)));
    found
}

/// Gives a rota the score that its trips earn, and claims no more than that; returns what the verifier finds.
pub(super) fn scored(problem: &Problem, travel: &TravelTable, rota: &mut Rota) -> Verdict {
    let parts = visitrota_model::verify(problem, rota, travel).score;
    (rota.score, rota.parts) = (parts.total(), Some(parts));
    if rota.bound.is_some_and(|bound| bound <= rota.score) {
        rota.bound = None;
    }
    rota.status = Status::Feasible;
    visitrota_model::verify(problem, rota, travel)
}

/// The best rota that keeps, on each date with trips, a driver free who could take one of them, wherever that costs no
/// visit: date by date, with the date's most useful driver kept free if no one is already.
///
/// # Errors
/// See [`plan`](crate::plan()).
pub fn plan_with_standby(problem: &Problem, options: &Options) -> Result<(Rota, Standby), Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options)?;
    let (best, start) = asker.best(problem, &travel)?;
    let visits = trips_of(&best).len();
    let slots: BTreeMap<&str, Date> = problem.slots.iter().map(|slot| (slot.id.as_str(), slot.start.date())).collect();
    let dates: BTreeSet<Date> = best.trips.iter().filter_map(|trip| slots.get(trip.slot.as_str()).copied()).collect();
    let mut kept = problem.clone();
    let mut rota = *best.clone();
    let mut free = standby(problem, &rota, options)?;
    for date in dates {
        let on_date = |rota: &Rota, trip: usize| slots.get(rota.trips[trip].slot.as_str()) == Some(&date);
        let covered = |rota: &Rota, standby: &Standby| {
            (standby.trips.iter())
                .filter(|of| on_date(rota, of.trip))
                .any(|of| of.stand_ins.iter().any(|who| idle(rota, &slots, date, &who.volunteer)))
        };
        if covered(&rota, &free) || asker.over() {
            continue;
        }
        // Whoever drives that day already knows the way; those who are away then are no use.
        let drivers: BTreeSet<&VolunteerId> = (rota.trips.iter().enumerate())
            .filter(|(at, _)| on_date(&rota, *at))
            .map(|(_, trip)| &trip.driver)
            .collect();
        let drivers: Vec<&VolunteerId> = drivers.into_iter().collect();
        let tried = asker.each(&drivers, |driver| {
            let without = resting(&kept, driver, date);
            let Answer::Rota(rota) = asker.plan(&without, &travel, &start)? else { return Ok(None) };
            if trips_of(&rota).len() < visits {
                return Ok(None);
            }
            let standby = standby(problem, &rota, &options.within(None))?;
            Ok(covered(&rota, &standby).then_some((without, *rota, standby)))
        })?;
        let best = tried.into_iter().flatten().max_by_key(|(_, rota, _)| rota.score);
        if let Some((without, with, standby)) = best {
            (kept, rota, free) = (without, with, standby);
        }
    }
    if rota.score < best.score {
        rota.bound = best.bound;
        rota.status = Status::Feasible;
    } else {
        rota.bound = best.bound;
        rota.status = best.status;
    }
    rota.made_by = Some(made_by(options));
    crate::run::broken(problem, &rota, &travel)?;
    Ok((rota, free))
}

/// Whether a volunteer has no trip on a date.
fn idle(rota: &Rota, slots: &BTreeMap<&str, Date>, date: Date, volunteer: &VolunteerId) -> bool {
    let goes = |trip: &visitrota_model::Trip| trip.driver == *volunteer || trip.chaperone.as_ref() == Some(volunteer);
    !rota.trips.iter().any(|trip| goes(trip) && slots.get(trip.slot.as_str()) == Some(&date))
}

/// The problem with a volunteer free of trips on a date: kept apart from every family by being away.
fn resting(problem: &Problem, volunteer: &VolunteerId, date: Date) -> Problem {
    let zone = problem.timezone;
    let [from, to] = [date.midnight(), date.plus_days(1).midnight()].map(|time| zone.instant(time).0);
    let mut changed = problem.clone();
    for volunteer in changed.volunteers.iter_mut().filter(|other| other.id == *volunteer) {
        volunteer.available.retain(|window| zone.instant(window.to).0 <= from || to <= zone.instant(window.from).0);
    }
    changed
}
