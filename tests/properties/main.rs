//! How the best rota answers to changes of its problem: what must not change it, and what can only make it worse.

mod changes;
mod households;
#[cfg(feature = "highs")]
mod limits;
mod richer;

use std::num::NonZeroUsize;

use serde_json::Value;
use visitrota::{
    Error, Options, Problem, Rota, plan,
    problem::{ChildrenAlone, Pin, Slot},
    rota::{Reason, Status},
};
use visitrota_tests::{Held, MIDDLING, Random, for_each_seed};

/// Problems for each property.
const SEEDS: std::ops::Range<u64> = 0..if cfg!(feature = "highs") { 25 } else { 4 };

/// The proven best rota.
fn best(problem: &Problem) -> Result<Rota, String> {
    best_with(problem, &Options::default())
}

fn best_with(problem: &Problem, options: &Options) -> Result<Rota, String> {
    let rota = plan(problem, options).map_err(|error| format!("{error:?}"))?;
    if rota.status == Status::Optimal { Ok(rota) } else { Err("not proven".to_owned()) }
}

/// The score of the best rota; none if the pins cannot all hold.
fn score(problem: &Problem) -> Result<Option<i64>, String> {
    match plan(problem, &Options::default()) {
        Ok(rota) => Ok(Some(rota.score)),
        Err(Error::ImpossiblePins { .. }) => Ok(None),
        Err(other) => Err(format!("{other:?}")),
    }
}

fn same<T: PartialEq + std::fmt::Debug>(one: &T, other: &T) -> Held {
    if one == other { Ok(()) } else { Err(format!("{one:?}\nis not\n{other:?}")) }
}

fn at_most<T: PartialOrd + std::fmt::Debug>(one: &T, other: &T) -> Held {
    if one <= other { Ok(()) } else { Err(format!("{one:?} is more than {other:?}")) }
}

/// A stream of random numbers for a problem, of its own.
fn random(problem: &Problem) -> Random {
    Random::new(problem.name.bytes().map(u64::from).sum())
}

#[test]
fn threads_do_not_matter() {
    for_each_seed(SEEDS, &MIDDLING, |problem| on_one_thread_as_on_four(problem, &Options::default()));
}

fn on_one_thread_as_on_four(problem: &Problem, options: &Options) -> Held {
    let [one, four] = [NonZeroUsize::MIN, NonZeroUsize::MIN.saturating_add(3)]
        .map(|threads| plan(problem, &options.clone().threads(threads)).map_err(|error| format!("{error:?}")));
    let text = |rota: Rota| serde_json::to_string(&rota).map_err(|error| error.to_string());
    same(&text(one?)?, &text(four?)?)
}

/// Where trips are generated as needed, and where work ends the planning: still not.
#[cfg(feature = "highs")]
#[test]
fn threads_do_not_matter_to_limited_work() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        [2_000, 30_000, u64::MAX]
            .into_iter()
            .try_for_each(|work| on_one_thread_as_on_four(problem, &Options::default().few_trips(0).work_limit(work)))
    });
}

/// However little work is done, the rota keeps the rules and the best one lies between score and bound.
#[cfg(feature = "highs")]
#[test]
fn a_limited_rota_and_its_bound_hold() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let best = best(problem)?.score;
        let generated = Options::default().few_trips(0);
        let limited = [1, 500, 5_000, 50_000].map(|work| generated.clone().work_limit(work));
        limited.into_iter().chain([0.2, 0.01].map(|gap| generated.clone().gap(gap))).try_for_each(|options| match plan(
            problem, &options,
        ) {
            Ok(Rota { score, bound: Some(bound), .. }) if score <= best && best <= bound => Ok(()),
            Err(Error::Stopped { bound }) if best <= bound => Ok(()),
            other => Err(format!("the best rota scores {best}: {other:?}")),
        })
    });
}

#[test]
fn the_order_of_lists_does_not_matter() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let (rota, other) = (best(problem)?, changes::shuffled(problem, &mut random(problem)));
        let shuffled = best(&other)?;
        same(&rota.trips, &shuffled.trips)?;
        same(&rota.parts, &shuffled.parts)?;
        // What is unmet stands in the problem's order, for the same reasons.
        let reasons = |request| rota.unmet.iter().find(|unmet| unmet.request == request).cloned();
        let expected: Vec<_> = other.requests.iter().filter_map(|request| reasons(request.id.clone())).collect();
        same(&expected, &shuffled.unmet)
    });
}

#[test]
fn another_seed_is_as_good() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        same(&best(problem)?.score, &best_with(problem, &Options::default().seed(7))?.score)
    });
}

#[test]
fn names_do_not_matter() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        same(&best(problem)?.score, &best(&changes::relabelled(problem, |id| format!("{}-of-old", turned(id))))?.score)
    });
}

/// An id in which the last comes first, so that ids sort differently.
fn turned(id: &str) -> String {
    let number: u32 = id.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default();
    format!("{:02}{}", 99 - number.min(99), id.chars().take(1).collect::<String>())
}

#[test]
fn a_volunteer_who_is_always_away_does_not_matter() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let mut other = problem.clone();
        let Some(first) = problem.volunteers.first() else { return Ok(()) };
        let mut away = first.clone();
        (away.id, away.available) = ("A0".into(), Vec::new());
        other.volunteers.push(away);
        changes::live_at(&mut other, "A0", first.id.as_str());
        same(&best(problem)?.score, &best(&other)?.score)
    });
}

#[test]
fn a_visit_that_cannot_be_does_not_matter() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let mut other = problem.clone();
        let (Some(family), Some(request)) = (problem.families.first(), problem.requests.first()) else {
            return Ok(());
        };
        let mut crowd = family.clone();
        crowd.id = "A0".into();
        let members = family.members.iter().copied().cycle();
        crowd.members = members.take(100).collect();
        other.families.push(crowd);
        changes::live_at(&mut other, "A0", family.id.as_str());
        let mut visit = request.clone();
        (visit.id, visit.families) = ("A0".into(), vec!["A0".into()]);
        other.requests.push(visit);
        let rota = best(&other)?;
        let unmet = rota.unmet.last().filter(|unmet| unmet.request.as_str() == "A0");
        let reasons = unmet.map(|unmet| unmet.reasons.as_slice()).unwrap_or_default();
        if !reasons.iter().any(|reason| matches!(reason, Reason::Blocked { .. })) {
            return Err(format!("a family of 100 is not blocked: {reasons:?}"));
        }
        same(&best(problem)?.score, &rota.score)
    });
}

#[test]
fn less_room_is_never_better() {
    let tighter: [fn(&mut Problem); 16] = [
        |p| p.volunteers.iter_mut().for_each(|v| v.max_trips = v.max_trips.saturating_sub(1)),
        |p| p.volunteers.iter_mut().for_each(|v| v.max_trips_per_day = v.max_trips_per_day.min(1)),
        |p| p.volunteers.iter_mut().for_each(|v| v.max_duty_min = Some(v.max_duty_min.unwrap_or(300) * 9 / 10)),
        |p| p.volunteers.iter_mut().for_each(|v| v.max_driving_min = Some(v.max_driving_min.unwrap_or(120) * 9 / 10)),
        |p| p.volunteers.iter_mut().for_each(|v| v.max_km_week = Some(v.max_km_week.unwrap_or(150) * 9 / 10)),
        |p| p.volunteers.iter_mut().filter_map(|v| v.car.as_mut()).for_each(|car| car.seats -= 1),
        |p| p.volunteers.iter_mut().for_each(|v| v.available.truncate(1)),
        |p| p.slots.iter_mut().for_each(|slot: &mut Slot| slot.tables = Some(slot.tables.unwrap_or(2).min(1))),
        |p| p.families.iter_mut().for_each(|f| f.shares_car = false),
        |p| p.families.iter_mut().for_each(|f| f.max_ride_min = f.max_ride_min.map(|most| most * 9 / 10)),
        |p| p.policy.turnaround_min += 30,
        |p| p.policy.children_alone = ChildrenAlone::Never,
        |p| p.policy.chaperone_throughout = true,
        |p| p.policy.family_requires.push("consent".to_owned()),
        |p| p.prisons.iter_mut().for_each(|prison| prison.visitor_requires.push("list".to_owned())),
        |p| p.prisoners.iter_mut().for_each(|prisoner| prisoner.visits = Some(prisoner.visits.unwrap_or(2).min(1))),
    ];
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let before = score(problem)?;
        let mut random = random(problem);
        for _ in 0..3 {
            let mut other = problem.clone();
            random.pick(&tighter)(&mut other);
            at_most(&score(&other)?, &before)?;
        }
        Ok(())
    });
}

/// Pins what is served as it is served, and what is not as it might be: pins of the first kind change nothing, and
/// each pin that is dropped can only help.
#[test]
fn fewer_pins_are_never_worse() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let rota = best(problem)?;
        let mut pinned = problem.clone();
        for trip in rota.trips.iter().step_by(2) {
            pinned.pins.extend(households::rides(problem, trip).map(|(request, family)| {
                let mut pin = Pin::new(request.id.clone());
                pin.slot = Some(trip.slot.clone());
                pin.driver = Some(trip.driver.clone());
                pin.family = Some(family.clone());
                pin
            }));
        }
        same(&best(&pinned)?.score, &rota.score)?;
        let mut last = Some(rota.score);
        for request in rota.unmet.iter().map(|unmet| &unmet.request).take(2) {
            pinned.pins.push(Pin::new(request.clone()));
            let now = score(&pinned)?;
            at_most(&now, &last)?;
            last = now;
        }
        Ok(())
    });
}

/// Each request that is told of is pinned, the pins of all of them cannot hold, and without any one of them the others
/// can.
#[test]
fn contradictions_are_as_small_as_can_be() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let mut pinned = problem.clone();
        let pin = |request: &visitrota::problem::Request| Pin::new(request.id.clone());
        pinned.pins = problem.requests.iter().map(pin).collect();
        let Err(Error::ImpossiblePins { requests }) = plan(&pinned, &Options::default()) else { return Ok(()) };
        let keep = |pinned: &mut Problem, requests: &[visitrota::problem::RequestId]| {
            pinned.pins.retain(|pin| requests.contains(&pin.request));
            score(pinned)
        };
        same(&keep(&mut pinned, &requests)?, &None)?;
        for without in &requests {
            let others: Vec<_> = requests.iter().filter(|request| *request != without).cloned().collect();
            if keep(&mut pinned.clone(), &others)?.is_none() {
                return Err(format!("{without} is no part of the contradiction of {requests:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn twice_the_weights_are_twice_the_score() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        same(&(2 * best(problem)?.score), &best(&changes::weighing_twice(problem))?.score)
    });
}

#[test]
fn two_schemes_side_by_side_score_both() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        same(&(2 * best(problem)?.score), &best(&changes::beside_its_mirror(problem))?.score)
    });
}

#[test]
fn a_document_read_again_is_the_same_problem() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let value: Value = serde_json::to_value(problem).map_err(|error| error.to_string())?;
        let read = Problem::from_json(value.to_string().as_bytes()).map_err(|findings| format!("{findings:?}"))?;
        same(&read, problem)
    });
}
