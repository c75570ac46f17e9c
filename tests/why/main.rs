//! Answers held against the planner: what is said to be enough is enough and no more than that, what is said to cost or
//! to gain so much does, and nothing stays unmet without a reason.

use std::collections::BTreeSet;

use visitrota::{
    Alternative, Change, Code, Error, Explanation, FamilyId, Finding, Nearest, Options, Pin, Problem, Questions,
    RequestId, Rota, Serving, SlotId, Status, Stop, StopKind, Trip, VolunteerId, WhyNot, advise, apply, check,
    contradiction, explain, fill_in_times, judge, patch, plan, plan_with_standby, standby, verify,
};
use visitrota_tests::{Held, MIDDLING, TINY, for_each_seed};

/// Problems for each property.
const SEEDS: std::ops::Range<u64> = 0..if cfg!(feature = "highs") { 40 } else { 6 };

fn best(problem: &Problem) -> Result<Option<Rota>, String> {
    match plan(problem, &Options::default()) {
        Ok(rota) if rota.status == Status::Optimal => Ok(Some(rota)),
        Ok(_) => Err("not proven".to_owned()),
        Err(Error::ImpossiblePins { .. }) => Ok(None),
        Err(Error::Invalid { findings }) if findings.iter().all(is_of_pins) => Ok(None),
        Err(other) => Err(format!("{other:?}")),
    }
}

/// Whether a finding says no worse than that pins cannot hold.
fn is_of_pins(finding: &Finding) -> bool {
    !finding.is_error() || finding.code == Code::ImpossiblePin
}

/// How many visits a rota has: households who visit together have one.
fn visits(rota: &Rota) -> usize {
    rota.trips.iter().flat_map(|trip| &trip.requests).collect::<BTreeSet<_>>().len()
}

/// A trip as people write it down: who, where and whom, and no times.
fn written_down(problem: &Problem, trip: &Trip) -> Trip {
    let mut written = Trip { drive_min: 0, metres: 0, ..trip.clone() };
    let is_family = |stop: &Stop| problem.families.iter().any(|family| family.id.place() == stop.place);
    written.stops.retain(|stop| stop.kind == StopKind::Pickup && is_family(stop));
    let bare = |stop: Stop| Stop { at: None, arrive: None, depart: None, leg_min: None, leg_metres: None, ..stop };
    written.stops = written.stops.into_iter().map(bare).collect();
    written
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
        pinned.pins.push(Pin { request: request.clone(), slot: None, driver: None, family: None });
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

/// Whether a rota could serve a request if nothing else were pinned. Trips by themselves are no proof: their company may
/// have no room in any rota.
fn can_be_served(problem: &Problem, request: &RequestId) -> Result<bool, String> {
    let mut alone = problem.clone();
    alone.pins.retain(|pin| pin.request == *request);
    Ok(servable(problem, request) && with_pin(&alone, request)?.is_some())
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
    let pin = |family: &FamilyId| Pin {
        request: request.clone(),
        slot: Some(nearest.slot.clone()),
        driver: Some(nearest.driver.clone()),
        family: Some(family.clone()),
    };
    let pinned = Problem { pins: whom.map(pin).collect(), ..changed.clone() };
    hold(best(&pinned)?.is_some(), || format!("{} does not take them: {nearest:?}", nearest.driver))
}

/// Changes with one of them smaller by one unit, or left out.
fn less(changes: &[Change], at: usize, problem: &Problem) -> Vec<Vec<Change>> {
    let put = |less: &[Change]| [&changes[..at], less, &changes[at + 1..]].concat();
    let left_out = (changes.len() > 1).then(|| put(&[]));
    changes[at].smaller(problem.timezone).into_iter().map(|less| put(&[less])).chain(left_out).collect()
}

#[test]
fn what_is_served_could_be_otherwise_at_the_price_told() {
    each_rota(&TINY, |problem, rota| {
        let requests = rota.trips.iter().flat_map(|trip| trip.requests.iter().cloned()).collect();
        let explanation = explain(problem, rota, &Questions { requests }, &Options::default());
        for served in explanation.map_err(|error| format!("{error:?}"))?.served {
            let request = problem.requests.iter().find(|other| other.id == served.request).ok_or("no such request")?;
            let trips: Vec<&Trip> = rota.trips.iter().filter(|trip| trip.requests.contains(&request.id)).collect();
            let locked = trips.iter().any(|trip| problem.locked.contains(trip));
            hold(served.locked == locked, || format!("{served:?}"))?;
            let first = served.other_trips.iter().chain([&served.trip]).min();
            let whole = trips.len() == 1 + served.other_trips.len() && first == Some(&served.trip);
            hold(whole, || format!("{served:?} of {trips:?}"))?;
            if locked {
                hold(served.other_driver == Alternative::None && served.tight.is_empty(), || format!("{served:?}"))?;
                continue;
            }
            // Existing pins leave no choice of what they name.
            let pins: Vec<&Pin> = problem.pins.iter().filter(|pin| pin.request == request.id).collect();
            let slots = request.options.iter().map(|option| &option.slot).filter(|slot| **slot != trips[0].slot);
            let slots = slots.filter(|_| pins.iter().all(|pin| pin.slot.is_none()));
            let in_slots = slots.map(|slot| Pin {
                request: request.id.clone(),
                slot: Some(slot.clone()),
                driver: None,
                family: None,
            });
            let mut with_drivers = Vec::new();
            for trip in &trips {
                for family in request.families_in(trip) {
                    let speaks =
                        |pin: &&Pin| pin.driver.is_some() && pin.family.as_ref().is_none_or(|named| named == family);
                    let others =
                        problem.volunteers.iter().filter(|other| other.id != trip.driver && other.drives().is_some());
                    with_drivers.extend(others.filter(|_| !pins.iter().any(speaks)).map(|other| Pin {
                        request: request.id.clone(),
                        slot: None,
                        driver: Some(other.id.clone()),
                        family: Some(family.clone()),
                    }));
                }
            }
            is_the_best_otherwise(problem, rota, &served.other_slot, in_slots.collect())?;
            is_the_best_otherwise(problem, rota, &served.other_driver, with_drivers)?;
        }
        Ok(())
    });
}

/// That the best of some plans, each with one pin more, is the alternative told.
fn is_the_best_otherwise(problem: &Problem, rota: &Rota, told: &Alternative, pins: Vec<Pin>) -> Held {
    let mut most: Option<i64> = None;
    for pin in pins {
        let mut pinned = problem.clone();
        pinned.pins.push(pin);
        most = most.max(best(&pinned)?.map(|rota| rota.score));
    }
    match (told, most) {
        (Alternative::None, None) => Ok(()),
        (Alternative::Costs { score, lost, .. }, Some(most)) => {
            let exact = score.least == most && score.most == most && lost.least == rota.score - most;
            hold(exact, || format!("{told:?}: it is {most}"))
        }
        _ => Err(format!("{told:?}: it is {most:?}")),
    }
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
    for_each_seed(SEEDS, &visitrota_tests::Size { pins: 60, ..TINY }, |problem| {
        let Err(Error::ImpossiblePins { requests }) = plan(problem, &Options::default()) else { return Ok(()) };
        let why = contradiction(problem, &requests, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(why.dropped.len() == requests.len(), || format!("{why:?}"))?;
        for changes in &why.ways_out {
            let patch = patch(changes, problem).ok_or("no patch")?;
            let changed = apply(problem, &patch).map_err(|error| format!("{error:?}"))?;
            hold(best(&changed)?.is_none() == why.others, || format!("{changes:?}, and others: {}", why.others))?;
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

#[test]
fn whoever_stands_in_can() {
    each_rota(&MIDDLING, |problem, rota| {
        let standby = standby(problem, rota, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(standby.trips.len() == rota.trips.len(), || format!("{standby:?}"))?;
        for (of, trip) in standby.trips.iter().zip(&rota.trips) {
            for stand_in in &of.stand_ins {
                // All else pinned as it stands, there is a rota with them, and it costs no more than was said.
                let mut pinned = problem.clone();
                pinned.pins = (rota.trips.iter().filter(|other| !problem.locked.contains(other)))
                    .flat_map(|other| {
                        let driver = if other == trip { &stand_in.volunteer } else { &other.driver };
                        let pin = |request: &visitrota::Request, family: &visitrota::FamilyId| Pin {
                            request: request.id.clone(),
                            slot: Some(other.slot.clone()),
                            driver: Some(driver.clone()),
                            family: request.is_joint().then(|| family.clone()),
                        };
                        let carried = problem.requests.iter();
                        let pins = carried.flat_map(|request| request.families_in(other).map(move |f| pin(request, f)));
                        pins.collect::<Vec<_>>()
                    })
                    .collect();
                let with = best(&pinned)?.ok_or_else(|| format!("{stand_in:?} cannot take {trip:?}"))?;
                hold(rota.score - with.score <= stand_in.points_lost, || format!("{stand_in:?}: {}", with.score))?;
            }
        }
        Ok(())
    });
}

/// The rota with somebody else in a trip's driver's place.
fn driven_by(problem: &Problem, rota: &Rota, at: usize, driver: &VolunteerId) -> Result<Rota, String> {
    let mut changed = rota.clone();
    changed.trips[at] = Trip { driver: driver.clone(), ..written_down(problem, &rota.trips[at]) };
    fill_in_times(problem, &changed).map_err(|error| format!("{error:?}"))
}

#[test]
fn whoever_stands_in_breaks_no_rule_that_was_kept() {
    each_rota(&MIDDLING, |problem, rota| {
        // The first slot for all: most of that breaks something.
        let mut wrong = by_hand(problem, rota);
        let Some(slot) = wrong.trips.first().map(|trip| trip.slot.clone()) else { return Ok(()) };
        wrong.trips.iter_mut().for_each(|trip| trip.slot = slot.clone());
        let wrong = fill_in_times(problem, &wrong).map_err(|error| format!("{error:?}"))?;
        let broken = |rota: &Rota| verify(problem, rota).map(|verdict| verdict.broken).map_err(|e| format!("{e:?}"));
        let before = broken(&wrong)?;
        for of in standby(problem, &wrong, &Options::default()).map_err(|error| format!("{error:?}"))?.trips {
            for stand_in in of.stand_ins.iter().filter(|_| !of.pinned) {
                let after = broken(&driven_by(problem, &wrong, of.trip, &stand_in.volunteer)?)?;
                let new = after.iter().find(|breach| !before.contains(breach));
                hold(new.is_none(), || format!("{stand_in:?} in trip {}: {new:?}", of.trip))?;
            }
        }
        Ok(())
    });
}

#[test]
fn a_free_driver_costs_no_visit() {
    let few = &visitrota_tests::Size { requests: (6, 9), ..MIDDLING };
    each_rota(few, |problem, rota| {
        let kept = plan_with_standby(problem, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(visits(&kept) >= visits(rota) && kept.score <= rota.score, || format!("{kept:?}"))?;
        let date = |trip: &Trip| problem.slots.iter().find(|slot| slot.id == trip.slot).map(|slot| slot.start.date());
        for free in &kept.kept_free {
            let goes = |trip: &Trip| trip.driver == free.volunteer || trip.chaperone.as_ref() == Some(&free.volunteer);
            let busy = kept.trips.iter().any(|trip| date(trip) == Some(free.date) && goes(trip));
            hold(!busy && !free.trips.is_empty(), || format!("{free:?} in {kept:?}"))?;
            for &at in &free.trips {
                hold(date(&kept.trips[at]) == Some(free.date), || format!("{free:?} in {kept:?}"))?;
                let with = driven_by(problem, &kept, at, &free.volunteer)?;
                let broken = verify(problem, &with).map_err(|error| format!("{error:?}"))?.broken;
                let pinned = problem.pins.iter().any(|pin| pin.driver.is_some());
                hold(pinned || broken.is_empty(), || format!("{free:?}: {broken:?}"))?;
            }
        }
        Ok(())
    });
}

#[test]
fn a_request_served_twice_keeps_its_valid_trip() {
    each_rota(&MIDDLING, |problem, rota| {
        if !problem.published.is_empty() || rota.trips.is_empty() {
            return Ok(());
        }
        let mut twice = by_hand(problem, rota);
        let mut again = twice.trips[0].clone();
        let asked = |slot: &SlotId| {
            let of_trip = problem.requests.iter().filter(|request| again.requests.contains(&request.id));
            of_trip.flat_map(|request| &request.options).any(|option| option.slot == *slot)
        };
        let Some(slot) = problem.slots.iter().map(|slot| &slot.id).find(|slot| !asked(slot)) else { return Ok(()) };
        again.slot = slot.clone();
        twice.trips.push(again);
        let twice = fill_in_times(problem, &twice).map_err(|error| format!("{error:?}"))?;
        let judgement = judge(problem, &twice, &Options::default()).map_err(|error| format!("{error:?}"))?;
        let repair = judgement.repair.ok_or("no repair")?;
        hold(repair.moved.is_empty(), || format!("{:?}", repair.moved))
    });
}

/// A rota that says who, where and with whom, and no more.
fn by_hand(problem: &Problem, rota: &Rota) -> Rota {
    let mut bare = rota.clone();
    (bare.score, bare.bound, bare.parts, bare.status) = (0, None, None, Status::Feasible);
    bare.unmet.clear();
    bare.trips.iter_mut().for_each(|trip| *trip = written_down(problem, trip));
    bare
}

#[test]
fn a_rota_made_by_hand_gets_its_times_back_and_is_mended() {
    each_rota(&MIDDLING, |problem, rota| {
        if rota.trips.is_empty() {
            return Ok(());
        }
        let filled = fill_in_times(problem, &by_hand(problem, rota)).map_err(|error| format!("{error:?}"))?;
        let verdict = verify(problem, &filled).map_err(|error| format!("{error:?}"))?;
        // Trip by trip the best; between trips, another way there might have left more room.
        hold(verdict.broken.iter().all(|breach| breach.trip.is_none()), || format!("{:?}", verdict.broken))?;
        hold(filled.score >= rota.score, || format!("{} is less than {}", filled.score, rota.score))?;
        // All trips to one slot: whatever that breaks is mended.
        let mut wrong = by_hand(problem, rota);
        let slot = wrong.trips[0].slot.clone();
        wrong.trips.iter_mut().for_each(|trip| trip.slot = slot.clone());
        let wrong = fill_in_times(problem, &wrong).map_err(|error| format!("{error:?}"))?;
        let judgement = judge(problem, &wrong, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(judgement.best.is_some_and(|best| best.least == rota.score), || format!("{:?}", judgement.best))?;
        let repair = judgement.repair.ok_or("no repair")?;
        let mended = verify(problem, &repair.rota).map_err(|error| format!("{error:?}"))?;
        hold(mended.broken.is_empty() && repair.rota.score <= rota.score, || format!("{:?}", mended.broken))
    });
}
