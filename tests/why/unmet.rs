//! Why a request is not met, and what would have to change.

use visitrota::{
    Problem,
    answers::{Nearest, Serving, WhyNot},
    apply, patch,
    problem::{FamilyId, Pin, RequestId},
};
use visitrota_tests::{Held, MIDDLING, TINY};

use crate::asking::{best, can_be_served, each_rota, explained, hold, less, servable, with_pin};

#[test]
fn every_unmet_request_has_a_reason() {
    each_rota(&TINY, |problem, rota| {
        let explanation = explained(problem, rota)?;
        let asked: Vec<_> = rota.unmet.iter().map(|unmet| &unmet.request).collect();
        let told: Vec<_> = explanation.unmet.iter().map(|unmet| &unmet.request).collect();
        hold(asked == told, || format!("{asked:?} is not {told:?}"))?;
        explanation.unmet.iter().try_for_each(|unmet| match &unmet.why {
            WhyNot::ImpossibleAlone { blocks, .. } => {
                hold(!can_be_served(problem, &unmet.request)?, || format!("{} is servable", unmet.request))?;
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
            whoever_is_named_can(problem, &unmet.request, nearest, &changed)?;
            for at in 0..nearest.changes.len() {
                for smaller in less(&nearest.changes, at, problem) {
                    let Some(patch) = patch(&smaller, problem) else { continue };
                    let Ok(changed) = apply(problem, &patch) else { continue };
                    hold(!can_be_served(&changed, &unmet.request)?, || format!("{smaller:?} would have been enough"))?;
                }
            }
        }
        Ok(())
    });
    assert!(found.into_inner() >= if cfg!(feature = "highs") { 20 } else { 1 }, "hardly any nearest misses were seen");
}

/// That the driver named takes the households named, after the changes.
fn whoever_is_named_can(problem: &Problem, request: &RequestId, nearest: &Nearest, changed: &Problem) -> Held {
    let asked = changed.requests.iter().find(|other| other.id == *request).ok_or("no such request")?;
    if !asked.is_joint() || !problem.pins.is_empty() {
        return Ok(());
    }
    let all = nearest.families.is_empty();
    let whom = asked.families.iter().filter(|family| all || nearest.families.contains(family));
    let pin = |family: &FamilyId| {
        let mut pin = Pin::new(request.clone());
        pin.slot = Some(nearest.slot.clone());
        pin.driver = Some(nearest.driver.clone());
        pin.family = Some(family.clone());
        pin
    };
    let mut pinned = changed.clone();
    pinned.pins = whom.map(pin).collect();
    hold(best(&pinned)?.is_some(), || format!("{} does not take them: {nearest:?}", nearest.driver))
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
