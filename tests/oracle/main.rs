//! The planner against the oracle: the same score, the same verdict on pins, the same requests beyond all help.

mod decisive;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

#[cfg(feature = "highs")]
use visitrota::{Advice, Pin, Questions, Serving, WhyNot, advise, explain};
use visitrota::{Code, Error, Finding, Options, Problem, Reason, RequestId, Rota, Status, plan, verify};
use visitrota_tests::{CROWDED, Held, Oracle, TINY, for_each_seed};

#[test]
fn tiny_problems() {
    let [rotas, contradictions] = [(); 2].map(|()| AtomicUsize::new(0));
    for_each_seed(0..if cfg!(feature = "highs") { 1200 } else { 400 }, &TINY, |problem| {
        let counter = match as_the_oracle(problem, &Options::default())? {
            Planned::Rota => &rotas,
            Planned::Contradiction => &contradictions,
            Planned::Refused => return Ok(()),
        };
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(())
    });
    // Otherwise the test shows little.
    assert!(rotas.into_inner() > 300 && contradictions.into_inner() > 30);
}

/// What came of planning.
enum Planned {
    Rota,
    Contradiction,
    Refused,
}

fn as_the_oracle(problem: &Problem, options: &Options) -> Result<Planned, String> {
    let oracle = Oracle::new(problem);
    match plan(problem, options) {
        Ok(rota) => is_best(problem, &oracle, &rota).map(|()| Planned::Rota),
        Err(Error::ImpossiblePins { requests }) => {
            contradict(problem, &oracle, &requests).map(|()| Planned::Contradiction)
        }
        Err(Error::Invalid { findings }) => pins_contradict(&oracle, &findings).map(|()| Planned::Refused),
        Err(other) => Err(format!("{other:?}")),
    }
}

/// Where trips may be many they are generated as needed: the same best rotas, by another way.
#[cfg(feature = "highs")]
#[test]
fn trips_generated_as_needed() {
    let options = Options::default().few_trips(0);
    for_each_seed(0..400, &TINY, |problem| as_the_oracle(problem, &options).map(drop));
    for_each_seed(0..12, &CROWDED, |problem| as_the_oracle(problem, &options).map(drop));
}

/// Plans that begin where another came to: what a request pinned costs, and what changes gain.
#[cfg(feature = "highs")]
#[test]
fn begun_where_another_plan_came_to() {
    let costs = AtomicUsize::new(0);
    let held = |problem: &Problem| {
        let options = Options::default().few_trips(0);
        let Ok(rota) = plan(problem, &options) else { return Ok(()) };
        let told = explain(problem, &rota, &Questions::default(), &options).map_err(|error| format!("{error:?}"))?;
        for unmet in &told.unmet {
            let WhyNot::LostToCompetition(serving) = &unmet.why else { continue };
            let mut pinned = problem.clone();
            pinned.pins.push(Pin { request: unmet.request.clone(), slot: None, driver: None });
            let best = Oracle::new(&pinned).best();
            let said = match serving {
                Serving::Costs { score, .. } if score.least == score.most => Some(score.least),
                Serving::Pinned { .. } => None,
                other => return Err(format!("{}: {other:?} is not proven", unmet.request)),
            };
            if said != best {
                return Err(format!("with {} the best is {best:?}, not {said:?}", unmet.request));
            }
            costs.fetch_add(1, Ordering::Relaxed);
        }
        let [few, all] = [&options, &Options::default()].map(|options| advise(problem, 12, options));
        let gains = |advice: Result<Advice, Error>| match advice {
            Ok(advice) => Ok(advice.suggestions.into_iter().map(|one| one.score).collect::<Vec<_>>()),
            Err(error) => Err(format!("{error:?}")),
        };
        match (gains(few)?, gains(all)?) {
            (few, all) if few == all => Ok(()),
            (few, all) => Err(format!("advice is worth {few:?}, not {all:?}")),
        }
    };
    for_each_seed(0..150, &TINY, held);
    for_each_seed(0..6, &CROWDED, held);
    assert!(costs.into_inner() > 50);
}

/// Where trips are many, whichever way the planner goes.
#[test]
fn crowded_problems() {
    for_each_seed(0..if cfg!(feature = "highs") { 12 } else { 2 }, &CROWDED, |problem| {
        as_the_oracle(problem, &Options::default()).map(drop)
    });
}

fn is_best(problem: &Problem, oracle: &Oracle<'_>, rota: &Rota) -> Held {
    let best = oracle.best();
    if Some(rota.score) != best {
        return Err(format!("the rota scores {}, the best is {best:?}", rota.score));
    }
    if (rota.status, rota.bound) != (Status::Optimal, best) {
        return Err(format!("not proven: {:?}, bound {:?}, score {}", rota.status, rota.bound, rota.score));
    }
    let verdict = verify(problem, rota).map_err(|error| format!("{error:?}"))?;
    if !verdict.broken.is_empty() || verdict.score.total() != rota.score {
        return Err(format!("{verdict:?}"));
    }
    for unmet in &rota.unmet {
        let blocked = unmet.reasons.iter().any(|reason| matches!(reason, Reason::Blocked { .. }));
        if blocked && oracle.a_trip_alone_serves(&unmet.request) {
            return Err(format!("{unmet:?} is not blocked"));
        }
        if !blocked && !oracle.some_trip_serves(&unmet.request) {
            return Err(format!("{unmet:?} is in no trip"));
        }
    }
    Ok(())
}

/// The pins of these requests cannot all hold, and those of all but any one of them can.
fn contradict(problem: &Problem, oracle: &Oracle<'_>, requests: &[RequestId]) -> Held {
    let all: BTreeSet<&RequestId> = requests.iter().collect();
    if oracle.best().is_some() || oracle.can_keep(&all) {
        return Err(format!("the pins of {requests:?} can hold"));
    }
    let too_many = requests.iter().find(|request| {
        let others = all.iter().copied().filter(|other| other != request).collect();
        !oracle.can_keep(&others)
    });
    let pinned = |request: &&RequestId| problem.pins.iter().any(|pin| pin.request == **request);
    match too_many {
        Some(request) => Err(format!("of {requests:?}, {request} is no part of the contradiction")),
        None if all.iter().all(pinned) => Ok(()),
        None => Err(format!("{requests:?} are not all pinned")),
    }
}

/// What is told of pins before planning is true; the rest of the problem is sound.
fn pins_contradict(oracle: &Oracle<'_>, findings: &[Finding]) -> Held {
    if let Some(other) = findings.iter().find(|finding| finding.is_error() && finding.code != Code::ImpossiblePin) {
        return Err(other.to_string());
    }
    match oracle.best() {
        Some(score) => Err(format!("a rota scores {score}, and the pins are called impossible: {findings:?}")),
        None => Ok(()),
    }
}
