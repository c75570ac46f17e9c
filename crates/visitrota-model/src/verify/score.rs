//! What a rota's trips earn (§6), and what the rota says of itself (§7).

use std::collections::{BTreeMap, BTreeSet};
use std::num::Saturating;

use super::clause::Clause;
use super::facts::{Facts, Whole, whole};
use super::outing::Outing;
use super::report::Report;
use super::served::Served;
use crate::problem::{PairRule, Published};
use crate::rota::{Rota, ScoreParts, Status};

/// §6: the score by its parts.
pub(super) fn recompute(facts: &Facts, outings: &[Outing], served: &Served) -> ScoreParts {
    let weights = &facts.problem.policy.weights;
    let zero: Whole = Saturating(0);
    let (mut waiting, mut extra, mut rank) = (zero, zero, zero);
    for visit in served.requests.values() {
        let request = visit.request;
        waiting += whole(request.weeks_waiting.min(weights.max_weeks)) * whole(weights.per_week_waiting);
        extra += whole(request.extra_points);
        // §5.6: a locked trip may go to a slot that is none of the request's options, of rank 0.
        let option = request.options.iter().find(|option| option.slot.as_str() == visit.slot);
        rank += option.map_or(zero, |option| whole(option.rank));
    }
    let changes = Changes::of(facts, served);
    let mut driving = zero;
    let mut trips: BTreeMap<&str, u32> = BTreeMap::new();
    for Outing { party, journey } in outings {
        driving += journey.drive;
        let crew = [Some(&party.trip.driver), party.trip.chaperone.as_ref()];
        let crew: BTreeSet<_> = crew.into_iter().flatten().map(|id| id.as_str()).collect();
        for volunteer in crew {
            *trips.entry(volunteer).or_default() += 1;
        }
    }
    let mut load = zero;
    for (volunteer, count) in trips {
        // Σ (recent + k − 1) for k from 1 to n is n · recent + n (n − 1) / 2.
        let (n, recent) = (whole(count), facts.volunteers.get(volunteer).map_or(zero, |v| whole(v.recent_trips)));
        load += n * recent + n * (n - Saturating(1)) / Saturating(2);
    }
    ScoreParts {
        visits: (whole(served.requests.len()) * whole(weights.visit)).0,
        waiting: waiting.0,
        extra: extra.0,
        slot_rank: (rank * whole(weights.slot_rank)).0,
        new_volunteer: (new_volunteers(facts, outings) * whole(weights.new_volunteer)).0,
        driving: (driving * whole(weights.drive_min)).0,
        load: (load * whole(weights.load)).0,
        change_slot: (changes.slots * whole(weights.change_slot)).0,
        change_driver: (changes.drivers * whole(weights.change_driver)).0,
        change_time: (changes.times * whole(weights.change_time)).0,
        drop_published: (changes.dropped * whole(weights.drop_published)).0,
    }
}

/// §6: how many published entries the rota changes, and in what.
#[derive(Default)]
struct Changes {
    slots: Whole,
    drivers: Whole,
    times: Whole,
    dropped: Whole,
}

impl Changes {
    fn of(facts: &Facts, served: &Served) -> Self {
        let mut changes = Self::default();
        for entry in &facts.problem.published {
            let Some(request) = facts.requests.get(entry.request.as_str()) else { continue };
            let family = entry.family.as_ref().or(request.families.first());
            let Some(family) = family.filter(|family| request.families.contains(family)) else { continue };
            if !served.requests.contains_key(request.id.as_str()) {
                changes.dropped += 1;
                continue;
            }
            let Some(outing) = served.ride(request.id.as_str(), family.as_str()) else {
                // The family stays behind.
                changes.slots += 1;
                changes.drivers += 1;
                continue;
            };
            let trip = outing.party.trip;
            let slot = entry.slot != trip.slot;
            let driver = entry.driver != trip.driver
                || entry.chaperone.is_some() && entry.chaperone.as_ref() != trip.chaperone.as_ref();
            changes.slots += i64::from(slot);
            changes.drivers += i64::from(driver);
            changes.times += i64::from(!slot && !driver && Self::moves(facts, entry, family.as_str(), outing));
        }
        changes
    }

    /// Whether the car comes to a family's stop at another time than was announced, either way.
    fn moves(facts: &Facts, entry: &Published, family: &str, outing: &Outing) -> bool {
        let Some(timetable) = &outing.journey.timetable else { return false };
        let tolerance = whole(facts.problem.policy.time_tolerance_min);
        let ways = [(entry.pickup, &timetable.outward), (entry.home, &timetable.back)];
        ways.into_iter().any(|(announced, stays)| {
            let stop = announced.zip(stays.get(family));
            stop.is_some_and(|(announced, stay)| {
                let announced = facts.instant(announced);
                (announced - stay.arrive).max(stay.arrive - announced) > tolerance
            })
        })
    }
}

/// §6, `new_volunteer`: how many families with usual volunteers ride with none of them.
fn new_volunteers(facts: &Facts, outings: &[Outing]) -> Whole {
    let mut usual: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for pair in facts.problem.pairs.iter().filter(|pair| pair.rule == PairRule::Usual) {
        for (family, volunteer) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
            if facts.families.contains_key(family.as_str()) {
                usual.entry(family.as_str()).or_default().insert(volunteer.as_str());
            }
        }
    }
    let mut count = Saturating(0);
    for Outing { party, .. } in outings {
        for volunteers in party.families.iter().filter_map(|family| usual.get(family.id.as_str())) {
            let chaperone = party.trip.chaperone.as_ref();
            let known = volunteers.contains(party.trip.driver.as_str())
                || chaperone.is_some_and(|id| volunteers.contains(id.as_str()));
            count += i64::from(!known);
        }
    }
    count
}

/// §6: whether the rota's score, its parts and its bound are what the trips earn.
pub(super) fn check(rota: &Rota, earned: &ScoreParts, report: &mut Report) {
    let gains = [earned.visits, earned.waiting, earned.extra];
    let costs = [
        earned.slot_rank,
        earned.new_volunteer,
        earned.driving,
        earned.load,
        earned.change_slot,
        earned.change_driver,
        earned.change_time,
        earned.drop_published,
    ];
    let score = costs.into_iter().fold(gains.into_iter().fold(0, i64::saturating_add), i64::saturating_sub);
    if rota.score != score {
        report.add(Clause::WrongScore, format!("the rota's score is given as {}; its trips earn {score}", rota.score));
    }
    if let Some(given) = &rota.parts {
        for (part, given, earned) in [
            ("visits", given.visits, earned.visits),
            ("waiting", given.waiting, earned.waiting),
            ("extra", given.extra, earned.extra),
            ("slot_rank", given.slot_rank, earned.slot_rank),
            ("new_volunteer", given.new_volunteer, earned.new_volunteer),
            ("driving", given.driving, earned.driving),
            ("load", given.load, earned.load),
            ("change_slot", given.change_slot, earned.change_slot),
            ("change_driver", given.change_driver, earned.change_driver),
            ("change_time", given.change_time, earned.change_time),
            ("drop_published", given.drop_published, earned.drop_published),
        ] {
            if given != earned {
                let message = format!("the score's part `{part}` is given as {given}; by the trips it is {earned}");
                report.add(Clause::WrongScore, message);
            }
        }
    }
    if let Some(bound) = rota.bound.filter(|bound| *bound < score) {
        report.add(Clause::BoundTooLow, format!("the bound is {bound}, and the trips earn {score}"));
    }
    if rota.status == Status::Optimal {
        match rota.bound {
            None => report.add(Clause::NotProven, "the rota is called optimal, and gives no bound"),
            Some(bound) if bound > score => {
                let message = format!("the rota is called optimal with {score} points, and the bound is {bound}");
                report.add(Clause::NotProven, message);
            }
            Some(_) => {}
        }
    }
}

/// §7: whether the rota is of this problem, and lists as unmet exactly the requests that it does not serve.
pub(super) fn check_unmet(facts: &Facts, rota: &Rota, served: &Served, report: &mut Report) {
    let name = &facts.problem.name;
    if !rota.problem.is_empty() && rota.problem != *name {
        report.add(Clause::OtherProblem, format!("the rota is of `{}`, and the problem is `{name}`", rota.problem));
    }
    let mut unmet = BTreeSet::new();
    for id in rota.unmet.iter().map(|unmet| unmet.request.as_str()) {
        if !facts.requests.contains_key(id) {
            report.add(Clause::WrongUnmet, format!("the problem knows no request {id}, listed as unmet"));
        } else if !unmet.insert(id) {
            report.add(Clause::WrongUnmet, format!("request {id} is listed as unmet twice"));
        } else if served.requests.contains_key(id) {
            report.add(Clause::WrongUnmet, format!("request {id} is listed as unmet, and a trip serves it"));
        }
    }
    for id in facts.requests.keys().filter(|id| !served.requests.contains_key(*id) && !unmet.contains(*id)) {
        report.add(Clause::WrongUnmet, format!("no trip serves request {id}, and it is not listed as unmet"));
    }
}
