//! The planner against the oracle: the same score, the same verdict on pins, the same requests beyond all help.

mod decisive;

#[cfg(feature = "highs")]
mod large;
mod locked;

use std::sync::atomic::{AtomicUsize, Ordering};

use visitrota::Options;
#[cfg(feature = "highs")]
use visitrota::{
    Error, Problem, Questions, advise,
    answers::{Advice, Serving, WhyNot},
    explain, plan,
    problem::Pin,
};
use visitrota_tests::{CROWDED, Oracle, Planned, TINY, as_the_oracle, for_each_seed};

#[test]
fn tiny_problems() {
    let [rotas, contradictions] = [(); 2].map(|()| AtomicUsize::new(0));
    for_each_seed(0..if cfg!(feature = "highs") { 1200 } else { 400 }, &TINY, |problem| {
        let counter = match as_the_oracle(problem, &Oracle::new(problem), &Options::default())? {
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

/// Where trips may be many they are generated as needed: the same best rotas, by another way.
#[cfg(feature = "highs")]
#[test]
fn trips_generated_as_needed() {
    let options = Options::default().few_trips(0);
    for_each_seed(0..400, &TINY, |problem| {
        as_the_oracle(problem, &Oracle::new(problem), &options).map(drop).map_err(String::from)
    });
    for_each_seed(0..12, &CROWDED, |problem| {
        as_the_oracle(problem, &Oracle::new(problem), &options).map(drop).map_err(String::from)
    });
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
            pinned.pins.push(Pin::new(unmet.request.clone()));
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
        as_the_oracle(problem, &Oracle::new(problem), &Options::default()).map(drop).map_err(String::from)
    });
}
