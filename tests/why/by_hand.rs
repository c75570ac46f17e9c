//! Rotas made by hand: their times, and what mends them.

use visitrota::{Options, fill_in_times, judge, problem::SlotId, verify};
use visitrota_tests::MIDDLING;

use crate::asking::{by_hand, each_rota, hold};

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
        let twice = fill_in_times(problem, &twice, &Options::default()).map_err(|error| format!("{error:?}"))?;
        let judgement = judge(problem, &twice, &Options::default()).map_err(|error| format!("{error:?}"))?;
        let repair = judgement.repair.ok_or("no repair")?;
        hold(repair.moved.is_empty(), || format!("{:?}", repair.moved))
    });
}

#[test]
fn a_rota_made_by_hand_gets_its_times_back_and_is_mended() {
    each_rota(&MIDDLING, |problem, rota| {
        if rota.trips.is_empty() {
            return Ok(());
        }
        let filled = fill_in_times(problem, &by_hand(problem, rota), &Options::default())
            .map_err(|error| format!("{error:?}"))?;
        let verdict = verify(problem, &filled).map_err(|error| format!("{error:?}"))?;
        // Trip by trip the best; between trips, another way there might have left more room.
        hold(verdict.broken.iter().all(|breach| breach.trip.is_none()), || format!("{:?}", verdict.broken))?;
        hold(filled.score >= rota.score, || format!("{} is less than {}", filled.score, rota.score))?;
        // All trips to one slot: whatever that breaks is mended.
        let mut wrong = by_hand(problem, rota);
        let slot = wrong.trips[0].slot.clone();
        wrong.trips.iter_mut().for_each(|trip| trip.slot = slot.clone());
        let wrong = fill_in_times(problem, &wrong, &Options::default()).map_err(|error| format!("{error:?}"))?;
        let judgement = judge(problem, &wrong, &Options::default()).map_err(|error| format!("{error:?}"))?;
        hold(judgement.best.is_some_and(|best| best.least == rota.score), || format!("{:?}", judgement.best))?;
        let repair = judgement.repair.ok_or("no repair")?;
        let mended = verify(problem, &repair.rota).map_err(|error| format!("{error:?}"))?;
        hold(mended.broken.is_empty() && repair.rota.score <= rota.score, || format!("{:?}", mended.broken))
    });
}
