//! Answers held against the planner: what is said to be enough is enough and no more than that, what is said to cost or
//! to gain so much does, and nothing stays unmet without a reason.

use visitrota::{
    Change, Error, Explanation, Finding, Options, Pin, Problem, Questions, RequestId, Rota, Serving, Status, WhyNot,
    advise, apply, check, contradiction, explain, patch, plan,
};
use visitrota_tests::{Held, MIDDLING, TINY, for_each_seed};

/// Problems for each property.
const SEEDS: std::ops::Range<u64> = 0..if cfg!(feature = "highs") { 40 } else { 6 };

fn best(problem: &Problem) -> Result<Option<Rota>, String> {
    match plan(problem, &Options::default()) {
        Ok(rota) if rota.status == Status::Optimal => Ok(Some(rota)),
        Ok(_) => Err("not proven".to_owned()),
        Err(Error::ImpossiblePins { .. }) => Ok(None),
        Err(other) => Err(format!("{other:?}")),
    }
}

fn explained(problem: &Problem, rota: &Rota) -> Result<Explanation, String> {
    explain(problem, rota, &Questions::default(), &Options::default()).map_err(|error| format!("{error:?}"))
}

fn hold(holds: bool, what: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(what()) }
}

/// The best score with a request pinned.
fn with_pin(problem: &Problem, request: &RequestId) -> Result<Option<i64>, String> {
    let mut pinned = problem.clone();
    if !pinned.pins.iter().any(|pin| pin.request == *request) {
        pinned.pins.push(Pin { request: request.clone(), slot: None, driver: None });
    }
    Ok(best(&pinned)?.map(|rota| rota.score))
}

/// Whether any trip could serve a request, and the problem is sound.
fn servable(problem: &Problem, request: &RequestId) -> bool {
    let findings = check(problem);
    let stopped = |finding: &Finding| {
        finding.code.as_str() == "nobody-can-serve" && finding.value.as_deref() == Some(request.as_str())
    };
    !findings.iter().any(Finding::is_error) && !findings.iter().any(stopped)
}

fn each_rota(size: &visitrota_tests::Size, hold: impl Fn(&Problem, &Rota) -> Held + Sync) {
    for_each_seed(SEEDS, size, |problem| best(problem)?.map_or(Ok(()), |rota| hold(problem, &rota)));
}

#[test]
fn every_unmet_request_has_a_reason() {
    each_rota(&TINY, |problem, rota| {
        let explanation = explained(problem, rota)?;
        let asked: Vec<_> = rota.unmet.iter().map(|unmet| &unmet.request).collect();
        let told: Vec<_> = explanation.unmet.iter().map(|unmet| &unmet.request).collect();
        hold(asked == told, || format!("{asked:?} is not {told:?}"))?;
        explanation.unmet.iter().try_for_each(|unmet| match &unmet.why {
            WhyNot::ImpossibleAlone { blocks, .. } => {
                hold(!servable(problem, &unmet.request), || format!("{} is servable", unmet.request))?;
                hold(!blocks.is_empty(), || format!("nothing stops {}", unmet.request))
            }
            WhyNot::LostToCompetition(serving) => {
                hold(servable(problem, &unmet.request), || format!("{} is not servable", unmet.request))?;
                hold(!matches!(serving, Serving::Unknown), || format!("nothing is known of {}", unmet.request))
            }
        })
    });
}

#[test]
fn a_nearest_miss_is_enough_and_no_more_than_enough() {
    let found = std::sync::atomic::AtomicUsize::new(0);
    each_rota(&TINY, |problem, rota| {
        for unmet in explained(problem, rota)?.unmet {
            let WhyNot::ImpossibleAlone { nearest: Some(nearest), .. } = &unmet.why else { continue };
            found.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let changed = apply(problem, &nearest.patch).map_err(|error| format!("{error:?}"))?;
            hold(servable(&changed, &unmet.request), || format!("{:?} is not enough", nearest.changes))?;
            // A pinned request that is servable is served, unless other pins forbid it.
            if problem.pins.is_empty() {
                let served = with_pin(&changed, &unmet.request)?.is_some();
                hold(served, || format!("{} is not served after {:?}", unmet.request, nearest.changes))?;
            }
            for at in 0..nearest.changes.len() {
                for smaller in less(&nearest.changes, at, problem) {
                    let Some(patch) = patch(&smaller, problem) else { continue };
                    let Ok(changed) = apply(problem, &patch) else { continue };
                    hold(!servable(&changed, &unmet.request), || format!("{smaller:?} would have been enough"))?;
                }
            }
        }
        Ok(())
    });
    assert!(found.into_inner() >= if cfg!(feature = "highs") { 20 } else { 1 }, "hardly any nearest misses were seen");
}

/// Changes with one of them smaller by one unit, or left out.
fn less(changes: &[Change], at: usize, problem: &Problem) -> Vec<Vec<Change>> {
    let put = |less: &[Change]| [&changes[..at], less, &changes[at + 1..]].concat();
    let left_out = (changes.len() > 1).then(|| put(&[]));
    changes[at].smaller(problem.timezone).into_iter().map(|less| put(&[less])).chain(left_out).collect()
}

#[test]
fn the_cost_of_serving_is_the_difference_of_two_optima() {
    each_rota(&MIDDLING, |problem, rota| {
        for unmet in explained(problem, rota)?.unmet {
            let WhyNot::LostToCompetition(serving) = &unmet.why else { continue };
            let pinned = with_pin(problem, &unmet.request)?;
            match serving {
                Serving::Costs { score, lost, .. } => {
                    hold(score.least == score.most && Some(score.least) == pinned, || {
                        format!("{}: {score:?} is not {pinned:?}", unmet.request)
                    })?;
                    let difference = rota.score - score.least;
                    hold(lost.least == difference && lost.most == difference, || format!("{lost:?}, {difference}"))?;
                }
                Serving::Pinned { .. } => hold(pinned.is_none(), || format!("{} can be served", unmet.request))?,
                Serving::Unknown => return Err(format!("nothing is known of {}", unmet.request)),
            }
        }
        Ok(())
    });
}

#[test]
fn advice_gains_what_it_promises() {
    each_rota(&TINY, |problem, rota| {
        let advice = advise(problem, 25, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(advice.best.least == rota.score && advice.best.most == rota.score, || format!("{:?}", advice.best))?;
        hold(advice.unknown == 0, || format!("{} are not known", advice.unknown))?;
        let served = |rota: &Rota| rota.trips.iter().map(|trip| trip.requests.len()).sum::<usize>();
        let mut last = i64::MAX;
        for suggestion in &advice.suggestions {
            let changed = apply(problem, &suggestion.patch).map_err(|error| format!("{error:?}"))?;
            let after = best(&changed)?.ok_or("no rota")?;
            hold(after.score == suggestion.score && after.score - rota.score == suggestion.gain_points, || {
                format!("{suggestion:?}: it is {}", after.score)
            })?;
            let visits = i64::try_from(served(&after)).unwrap() - i64::try_from(served(rota)).unwrap();
            // Rotas as good as each other may differ in their visits.
            hold(suggestion.gain_visits.abs_diff(visits) <= 1, || format!("{suggestion:?}: {visits} visits"))?;
            hold(0 < suggestion.gain_points && suggestion.gain_points <= last, || format!("{suggestion:?}"))?;
            last = suggestion.gain_points;
        }
        Ok(())
    });
}

#[test]
fn pins_that_contradict_each_other_are_explained() {
    for_each_seed(SEEDS, &visitrota_tests::Size { pins: 60, ..TINY }, |problem| {
        let Err(Error::ImpossiblePins { requests }) = plan(problem, &Options::default()) else { return Ok(()) };
        let why = contradiction(problem, &requests, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(why.dropped.len() == requests.len(), || format!("{why:?}"))?;
        for dropped in &why.dropped {
            let changed = apply(problem, &dropped.patch).map_err(|error| format!("{error:?}"))?;
            let after = best(&changed)?.map(|rota| rota.score);
            let told = dropped.score.map(|score| score.least);
            hold(told == after, || format!("{dropped:?}: it is {after:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn a_patch_for_another_problem_changes_nothing() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let (Some(first), Some(second)) = (problem.volunteers.first(), problem.volunteers.get(1)) else {
            return Ok(());
        };
        let change = Change::Hold {
            volunteer: first.id.clone(),
            what: "first aid".to_owned(),
            was: None,
            until: problem.week.to,
        };
        let patch = patch(&[change], problem).ok_or("no patch")?;
        let after = apply(problem, &patch).map_err(|error| format!("{error:?}"))?;
        hold(after.volunteers[0].holds_on("first aid", problem.week.to), || "the patch does nothing".to_owned())?;
        let mut swapped = problem.clone();
        swapped.volunteers.swap(0, 1);
        hold(apply(&swapped, &patch).is_err(), || format!("{} was taken for {}", second.id, first.id))
    });
}
