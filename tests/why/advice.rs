//! What would help, and pins that contradict each other.

use visitrota::{Error, Options, advise, answers::Change, apply, contradiction, patch, plan};
use visitrota_tests::{MIDDLING, Size, TINY, for_each_seed};

use crate::asking::{SEEDS, best, each_rota, hold, less, visits};

#[test]
fn advice_gains_what_it_promises() {
    each_rota(&TINY, |problem, rota| {
        let advice = advise(problem, 25, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(advice.best.least == rota.score && advice.best.most == rota.score, || format!("{:?}", advice.best))?;
        hold(advice.unknown == 0, || format!("{} are not known", advice.unknown))?;
        let mut last = i64::MAX;
        for suggestion in &advice.suggestions {
            let changed = apply(problem, &suggestion.patch).map_err(|error| format!("{error:?}"))?;
            let after = best(&changed)?.ok_or("no rota")?;
            hold(after.score == suggestion.score && after.score - rota.score == suggestion.gain_points, || {
                format!("{suggestion:?}: it is {}", after.score)
            })?;
            let more = i64::try_from(visits(&after)).unwrap() - i64::try_from(visits(rota)).unwrap();
            // Rotas as good as each other may differ in their visits.
            hold(suggestion.gain_visits.abs_diff(more) <= 1, || format!("{suggestion:?}: {more} visits"))?;
            hold(0 < suggestion.gain_points && suggestion.gain_points <= last, || format!("{suggestion:?}"))?;
            last = suggestion.gain_points;
            // Nor would less of it do.
            for at in 0..suggestion.changes.len() {
                for smaller in less(&suggestion.changes, at, problem) {
                    let Some(patch) = patch(&smaller, problem) else { continue };
                    let Ok(changed) = apply(problem, &patch) else { continue };
                    let after = best(&changed)?.ok_or("no rota")?;
                    hold(after.score < suggestion.score, || format!("{smaller:?} instead of {suggestion:?}"))?;
                }
            }
        }
        Ok(())
    });
}

#[test]
fn pins_that_contradict_each_other_are_explained() {
    for_each_seed(SEEDS, &Size { pins: 60, ..TINY }, |problem| {
        let Err(Error::ImpossiblePins { requests }) = plan(problem, &Options::default()) else { return Ok(()) };
        let why = contradiction(problem, &requests, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(why.dropped.len() == requests.len(), || format!("{why:?}"))?;
        for way in &why.ways_out {
            let changed = apply(problem, &way.patch).map_err(|error| format!("{error:?}"))?;
            hold(best(&changed)?.is_none() == why.others, || format!("{way:?}, and others: {}", why.others))?;
        }
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
