//! Who could stand in, and who is kept free.

use visitrota::{
    Options, Problem, Rota, fill_in_times, generate,
    generate::Recipe,
    plan, plan_with_standby,
    problem::{FamilyId, Pin, Request, VolunteerId},
    rota::Trip,
    standby, verify,
};
use visitrota_tests::{MIDDLING, Size};

use crate::asking::{best, by_hand, each_rota, hold, visits, written_down};

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
                        let pin = |request: &Request, family: &FamilyId| {
                            let mut pin = Pin::new(request.id.clone());
                            pin.slot = Some(other.slot.clone());
                            pin.driver = Some(driver.clone());
                            pin.family = request.is_joint().then(|| family.clone());
                            pin
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
    changed.trips[at] = written_down(problem, &rota.trips[at]);
    changed.trips[at].driver = driver.clone();
    fill_in_times(problem, &changed, &Options::default()).map_err(|error| format!("{error:?}"))
}

#[test]
fn whoever_stands_in_breaks_no_rule_that_was_kept() {
    each_rota(&MIDDLING, |problem, rota| {
        // The first slot for all: most of that breaks something.
        let mut wrong = by_hand(problem, rota);
        let Some(slot) = wrong.trips.first().map(|trip| trip.slot.clone()) else { return Ok(()) };
        wrong.trips.iter_mut().for_each(|trip| trip.slot = slot.clone());
        let wrong = fill_in_times(problem, &wrong, &Options::default()).map_err(|error| format!("{error:?}"))?;
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
    let few = &Size { requests: (6, 9), ..MIDDLING };
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

/// Points are given away for somebody kept free on a day that still has trips, and for nothing else.
#[test]
fn nobody_is_kept_free_by_emptying_a_day() {
    for seed in 1..26 {
        let problem = generate(&Recipe::from(visitrota::generate::Size::Scheme).seed(seed).families(12).volunteers(5));
        let best = plan(&problem, &Options::default()).expect("a rota");
        let rota = plan_with_standby(&problem, &Options::default()).expect("a rota");
        assert!(
            rota.score == best.score || !rota.kept_free.is_empty(),
            "seed {seed}: {} of {}",
            rota.score,
            best.score
        );
        for kept in &rota.kept_free {
            let of_date =
                |trip: &Trip| trip.stops.iter().any(|stop| stop.arrive.is_some_and(|at| at.date() == kept.date));
            assert!(rota.trips.iter().any(of_date), "seed {seed}: nothing to stand in for on {}", kept.date);
        }
    }
}
