//! Who could stand in, and rotas that keep somebody free who could.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Date, EndedBy, KeptFree, Pin, Problem, Rota, StandIn, Standby, Status, Trip, TripStandby, Verdict, VolunteerId,
};
use visitrota_solver::Outings;
use visitrota_travel::TravelTable;

use super::ask::{Answer, Asker, known, stopped};
use super::served::{rides_of, trips_of};
use crate::error::Error;
use crate::options::Options;
use crate::run::{made_by, sound};

/// Who could take each trip of a rota in its driver's place, all else left as it stands, in order of cost.
///
/// Whoever else drives, the trip starts from their home, and calls in whatever order is best for them. A trip with
/// nobody is fragile: its driver's illness breaks it. A pin of its driver is ignored, and the answer says so. A locked
/// trip stands as it is: nobody is asked.
///
/// Costs milliseconds for each trip.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, load, plan, standby};
///
/// let problem = load(file)?;
/// let rota = plan(&problem, &Options::default())?;
/// for trip in standby(&problem, &rota, &Options::default())?.trips {
///     println!("{} could stand in for {}", trip.stand_ins.len(), trip.driver);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Invalid`] if the problem has errors, or the rota names what it does not know; [`Error::Stopped`] if a limit
/// or cancelling ended it before all was known.
pub fn standby(problem: &Problem, rota: &Rota, options: &Options) -> Result<Standby, Error> {
    let travel = sound(problem)?;
    known(problem, rota)?;
    let asker = Asker::new(options, problem, &travel)?;
    stand_ins(&asker, problem, &travel, rota)?.ok_or_else(|| stopped(problem, &travel))
}

/// Who could take each trip of a rota; none if planning had to end before all was known.
fn stand_ins(asker: &Asker, problem: &Problem, travel: &TravelTable, rota: &Rota) -> Result<Option<Standby>, Error> {
    let trips: Vec<usize> = (0..rota.trips.len()).collect();
    let judged = Judged::new(problem, travel, rota);
    let trips = asker.each(&trips, |&at| {
        let trip = &rota.trips[at];
        let mut standby = TripStandby::new(at, trip.driver.clone(), trip.slot.clone());
        standby.locked = problem.is_locked(trip);
        if standby.locked || asker.over() {
            return Ok(standby);
        }
        let rides = rides_of(problem, trip);
        let carries = |pin: &Pin| {
            let speaks = |family| pin.family.as_ref().is_none_or(|named| named == family);
            rides.iter().any(|(request, family)| **request == pin.request && speaks(*family))
        };
        let ours = |pin: &Pin| pin.driver.as_ref() == Some(&trip.driver) && carries(pin);
        if !problem.pins.iter().any(ours) {
            standby.stand_ins = judged.stand_ins(at, asker);
            return Ok(standby);
        }
        let mut free = problem.clone();
        free.pins.iter_mut().filter(|pin| ours(pin)).for_each(|pin| pin.driver = None);
        standby.pinned = true;
        standby.stand_ins = Judged::new(&free, travel, rota).stand_ins(at, asker);
        Ok(standby)
    })?;
    Ok((!asker.over()).then(|| Standby::new(judged.verdict.broken.len(), trips)))
}

/// A rota as it stands, against which others may be held.
struct Judged<'a> {
    problem: &'a Problem,
    travel: &'a TravelTable,
    rota: &'a Rota,
    verdict: Verdict,
    outings: Outings<'a>,
}

impl<'a> Judged<'a> {
    fn new(problem: &'a Problem, travel: &'a TravelTable, rota: &'a Rota) -> Self {
        let verdict = visitrota_model::verify(problem, rota, travel);
        Self { problem, travel, rota, verdict, outings: Outings::new(problem, travel) }
    }

    /// Who could take this trip, in order of cost.
    fn stand_ins(&self, at: usize, asker: &Asker) -> Vec<StandIn> {
        let trip = &self.rota.trips[at];
        let rides = rides_of(self.problem, trip);
        let others = self.problem.volunteers.iter().map(|volunteer| &volunteer.id).filter(|id| **id != trip.driver);
        let mut found: Vec<StandIn> = others
            .take_while(|_| !asker.over())
            .filter_map(|volunteer| {
                let instead = self.outings.valid(volunteer, trip.chaperone.as_ref(), &trip.slot, &rides)?;
                let mut changed = self.rota.clone();
                changed.trips[at] = instead;
                let after = scored(self.problem, self.travel, &mut changed);
                let points_lost = self.verdict.score.total() - after.score.total();
                breaks_no_more(&self.verdict, &after).then(|| StandIn::new(volunteer.clone(), points_lost))
            })
            .collect();
        found.sort_by(|a, b| (a.points_lost, &a.volunteer).cmp(&(b.points_lost, &b.volunteer)));
        found
    }
}

/// Whether each breach was there before: what is broken already is nobody's fault who stands in.
fn breaks_no_more(before: &Verdict, after: &Verdict) -> bool {
    let mut left: Vec<_> = before.broken.iter().collect();
    after.broken.iter().all(|breach| match left.iter().position(|other| *other == breach) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        None => false,
    })
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
/// visit: date by date, with the date's most useful driver kept free if no one is already. The rota says whom. Where
/// planning ends before that is known of a date, nobody is kept free on it, and `ended_by` says what ended it.
///
/// Costs the best plan, and for each date with trips another from its prices.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, load, plan_with_standby};
///
/// for kept in plan_with_standby(&load(file)?, &Options::default())?.kept_free {
///     println!("{} is kept free on {}", kept.volunteer, kept.date);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// See [`plan`](crate::plan()).
pub fn plan_with_standby(problem: &Problem, options: &Options) -> Result<Rota, Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options, problem, &travel)?;
    let (best, start) = asker.best(problem, &travel)?;
    let visits = trips_of(&best).len();
    let dates = Dates::of(problem);
    let free = |rota: &Rota| -> Result<Option<_>, Error> {
        Ok(stand_ins(&asker, problem, &travel, rota)?.map(|standby| dates.kept_free(rota, &standby)))
    };
    let mut rota = (*best).clone();
    rota.kept_free = free(&rota)?.unwrap_or_default();
    for date in dates.0.values().copied().collect::<BTreeSet<_>>() {
        if !dates.bare(problem, &rota).contains(&date) || asker.over() {
            continue;
        }
        let mut kept = problem.clone();
        rota.kept_free.iter().for_each(|kept_free| rest(&mut kept, &kept_free.volunteer, kept_free.date));
        // Whoever drives that day already knows the way; those who are away then are no use.
        // Nor are those on a locked trip: they go in any case.
        let drivers: BTreeSet<&VolunteerId> = dates.trips(&rota, date).map(|(_, trip)| &trip.driver).collect();
        let goes = |driver: &VolunteerId| {
            let on_date = |trip: &&Trip| dates.0.get(trip.slot.as_str()) == Some(&date);
            problem.locked.iter().filter(on_date).any(|trip| is_out_on(trip, driver))
        };
        let drivers: Vec<&VolunteerId> = drivers.into_iter().filter(|driver| !goes(driver)).collect();
        let tried = asker.each(&drivers, |driver| {
            let mut without = kept.clone();
            rest(&mut without, driver, date);
            let Answer::Rota(mut other) = asker.plan(&without, &travel, &start)? else { return Ok(None) };
            if trips_of(&other).len() < visits {
                return Ok(None);
            }
            let Some(kept_free) = free(&other)? else { return Ok(None) };
            other.kept_free = kept_free;
            // A date without trips needs nobody, and that is not what is wanted.
            let is_kept = other.kept_free.iter().any(|kept_free| kept_free.date == date);
            Ok((is_kept && dates.bare(problem, &other).is_subset(&dates.bare(problem, &rota))).then_some(*other))
        })?;
        if let Some(other) = tried.into_iter().flatten().max_by_key(|other| other.score) {
            rota = other;
        }
    }
    rota.bound = best.bound;
    rota.status = if rota.score < best.score { Status::Feasible } else { best.status };
    rota.ended_by = match best.ended_by {
        Some(EndedBy::Proof | EndedBy::Gap) if asker.over() => Some(asker.ended_by()),
        // A rota that gives points away is not the one that was proven best.
        Some(EndedBy::Proof) if rota.score < best.score => None,
        ended_by => ended_by,
    };
    rota.odd = visitrota_model::odd_trips(problem, &rota);
    rota.made_by = Some(made_by(options));
    crate::run::broken(problem, &rota, &travel)?;
    Ok(rota)
}

/// The date of each slot.
struct Dates<'a>(BTreeMap<&'a str, Date>);

impl<'a> Dates<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self(problem.slots.iter().map(|slot| (slot.id.as_str(), slot.start.date())).collect())
    }

    /// The trips of a rota on a date.
    fn trips<'r>(&self, rota: &'r Rota, date: Date) -> impl Iterator<Item = (usize, &'r Trip)> {
        rota.trips.iter().enumerate().filter(move |(_, trip)| self.0.get(trip.slot.as_str()) == Some(&date))
    }

    /// Dates with trips, apart from locked ones, on which nobody is free who could take one.
    fn bare(&self, problem: &Problem, rota: &Rota) -> BTreeSet<Date> {
        let trips = rota.trips.iter().filter(|trip| !problem.is_locked(trip));
        let mut dates: BTreeSet<Date> = trips.filter_map(|trip| self.0.get(trip.slot.as_str()).copied()).collect();
        rota.kept_free.iter().for_each(|kept| {
            dates.remove(&kept.date);
        });
        dates
    }

    /// Of each date with trips, whoever without a trip then could take most of them.
    fn kept_free(&self, rota: &Rota, standby: &Standby) -> Vec<KeptFree> {
        let mut dates: BTreeMap<Date, BTreeMap<&VolunteerId, Vec<usize>>> = BTreeMap::new();
        for of in &standby.trips {
            let Some(date) = self.0.get(rota.trips[of.trip].slot.as_str()) else { continue };
            for stand_in in of.stand_ins.iter().filter(|stand_in| self.idle(rota, *date, &stand_in.volunteer)) {
                dates.entry(*date).or_default().entry(&stand_in.volunteer).or_default().push(of.trip);
            }
        }
        let most_useful = |(date, free): (Date, BTreeMap<&VolunteerId, Vec<usize>>)| {
            // Of those who could take as many, the first by their ids.
            let (volunteer, trips) = free.into_iter().rev().max_by_key(|(_, trips)| trips.len())?;
            Some(KeptFree::new(date, volunteer.clone(), trips))
        };
        dates.into_iter().filter_map(most_useful).collect()
    }

    /// Whether a volunteer has no trip on a date.
    fn idle(&self, rota: &Rota, date: Date, volunteer: &VolunteerId) -> bool {
        !self.trips(rota, date).any(|(_, trip)| is_out_on(trip, volunteer))
    }
}

/// Whether a volunteer is out on a trip, as driver or chaperone.
fn is_out_on(trip: &Trip, volunteer: &VolunteerId) -> bool {
    trip.driver == *volunteer || trip.chaperone.as_ref() == Some(volunteer)
}

/// Frees a volunteer of trips on a date: they are away for all of it.
fn rest(problem: &mut Problem, volunteer: &VolunteerId, date: Date) {
    let zone = problem.timezone;
    let [from, to] = [date.midnight(), date.plus_days(1).midnight()].map(|time| zone.instant(time).0);
    for volunteer in problem.volunteers.iter_mut().filter(|other| other.id == *volunteer) {
        volunteer.available.retain(|window| zone.instant(window.to).0 <= from || to <= zone.instant(window.from).0);
    }
}
