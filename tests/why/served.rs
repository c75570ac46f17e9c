//! Why a request is met as it is.

use visitrota::{Options, Problem, Questions, Rota, answers::Alternative, explain, problem::Pin, rota::Trip};
use visitrota_tests::{Held, TINY};

use crate::asking::{best, each_rota, hold};

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
            let in_slots = slots.map(|slot| {
                let mut pin = Pin::new(request.id.clone());
                pin.slot = Some(slot.clone());
                pin
            });
            let mut with_drivers = Vec::new();
            for trip in &trips {
                for family in request.families_in(trip) {
                    let speaks =
                        |pin: &&Pin| pin.driver.is_some() && pin.family.as_ref().is_none_or(|named| named == family);
                    let others =
                        problem.volunteers.iter().filter(|other| other.id != trip.driver && other.drives().is_some());
                    with_drivers.extend(others.filter(|_| !pins.iter().any(speaks)).map(|other| {
                        let mut pin = Pin::new(request.id.clone());
                        pin.driver = Some(other.id.clone());
                        pin.family = Some(family.clone());
                        pin
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
