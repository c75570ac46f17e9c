//! Households, meeting points, prisoners, consents, hours, promises with times, locked trips: what does not matter, and
//! what can only help.

use serde_json::{Map, Value};
use visitrota::{
    Problem,
    problem::{Hold, MeetingPlace, Prisoner, PrisonerId, Request, Way},
};
use visitrota_tests::{Held, MIDDLING, for_each_seed};

use crate::{SEEDS, at_most, best, households, same, score};

/// The same problem for the planner, by another one.
fn as_good(make: impl Fn(&Problem) -> Problem + Sync) {
    for_each_seed(SEEDS, &MIDDLING, |problem| same(&best(problem)?.score, &best(&make(problem))?.score));
}

#[test]
fn more_room_is_never_worse() {
    let wider: [fn(&mut Problem); 7] = [
        |p| p.policy.volunteer_hours.iter_mut().for_each(|hours| hours.to = end_of_day()),
        |p| p.policy.family_hours.iter_mut().for_each(|hours| hours.to = end_of_day()),
        |p| (p.policy.volunteer_hours, p.policy.family_hours) = (None, None),
        |p| p.policy.time_tolerance_min += 5,
        |p| p.policy.chaperone_throughout = false,
        |p| p.prisoners.iter_mut().for_each(|prisoner| prisoner.visits = prisoner.visits.map(|visits| visits + 1)),
        |p| p.families.iter_mut().for_each(consenting),
    ];
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let before = score(problem)?;
        wider.iter().try_for_each(|widen| {
            let mut other = problem.clone();
            widen(&mut other);
            at_most(&before, &score(&other)?)
        })
    });
}

fn end_of_day() -> visitrota::problem::TimeOfDay {
    "24:00".parse().expect("a time of day")
}

fn consenting(family: &mut visitrota::problem::Family) {
    family.holds = ["consent", "list"].map(Hold::new).to_vec();
}

/// Trips of the best rota that stand leave it the best. A joint visit is not locked in part: then some of its
/// households might stay behind.
#[test]
fn locking_what_is_best_changes_nothing() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let rota = best(problem)?;
        let mut other = problem.clone();
        let whole = |trip: &&visitrota::rota::Trip| {
            !problem.locked.contains(trip) && !households::rides(problem, trip).any(|(request, _)| request.is_joint())
        };
        other.locked.extend(rota.trips.iter().filter(whole).step_by(2).cloned());
        same(&rota.score, &best(&other)?.score)?;
        // All of it.
        other.locked.clone_from(&rota.trips);
        let all = best(&other)?;
        at_most(&rota.score, &all.score)?;
        rota.trips.iter().try_for_each(|trip| {
            if all.trips.contains(trip) { Ok(()) } else { Err(format!("{trip:?} is locked, and not there")) }
        })
    });
}

#[test]
fn what_is_announced_as_planned_stays() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let mut other = problem.clone();
        other.published.clear();
        let rota = best(&other)?;
        other.published = rota.trips.iter().flat_map(|trip| households::told(problem, trip)).collect();
        let again = best(&other)?;
        same(&rota.score, &again.score)?;
        let lost =
            again.parts.map(|parts| [parts.change_slot, parts.change_driver, parts.change_time, parts.drop_published]);
        // The families of locked trips are told what is so; others could change only where that costs nothing.
        if lost.is_some_and(|lost| lost.iter().any(|lost| *lost < 0)) { Err(format!("{lost:?}")) } else { Ok(()) }
    });
}

/// A meeting place may be said of a family, of its request, or of each slot; and a home may be said to be one.
#[test]
fn it_does_not_matter_of_whom_a_meeting_place_is_said() {
    as_good(|problem| {
        let mut other = problem.clone();
        for request in &mut other.requests {
            let [pickup, dropoff] = [Way::Out, Way::Back].map(|way| said(problem, request, way));
            request.options.iter_mut().for_each(|option| {
                option.pickup = option.pickup.take().or(pickup.clone());
                option.dropoff = option.dropoff.take().or(dropoff.clone());
            });
            if pickup.is_some() {
                request.pickup = Some(MeetingPlace::Home);
            }
        }
        other
    });
}

/// Where all households of a request are met, if no slot says otherwise.
fn said(problem: &Problem, request: &Request, way: Way) -> Option<MeetingPlace> {
    let mut places = problem.families.iter().filter(|family| request.families.contains(&family.id)).map(|family| {
        let (of_request, of_family) = match way {
            Way::Out => (&request.pickup, &family.pickup),
            Way::Back => (&request.dropoff, &family.dropoff),
        };
        of_request.clone().or(of_family.clone()).unwrap_or(MeetingPlace::Home)
    });
    let first = places.next()?;
    places.all(|place| place == first).then_some(first)
}

#[test]
fn somebody_who_is_visited_once_does_not_matter() {
    as_good(|problem| {
        let mut other = problem.clone();
        for request in other.requests.iter_mut().filter(|request| request.prisoner.is_none()) {
            let prison = |slot: &visitrota::problem::SlotOption| {
                problem.slots.iter().find(|known| known.id == slot.slot).map(|slot| slot.prison.clone())
            };
            let Some(first) = request.options.first().and_then(prison) else { continue };
            if request.options.iter().any(|option| prison(option).as_ref() != Some(&first)) {
                continue;
            }
            let id = PrisonerId::from(format!("visited-{}", request.id));
            request.prisoner = Some(id.clone());
            let mut prisoner = Prisoner::new(id, first);
            prisoner.visits = Some(1);
            other.prisoners.push(prisoner);
        }
        other
    });
}

#[test]
fn pins_may_be_said_one_thing_at_a_time() {
    for_each_seed(SEEDS, &MIDDLING, |problem| {
        let rota = best(problem)?;
        let mut pinned = problem.clone();
        for (request, family, trip) in (rota.trips.iter())
            .flat_map(|trip| households::rides(problem, trip).map(move |(request, family)| (request, family, trip)))
        {
            let bare = visitrota::problem::Pin::new(request.id.clone());
            let (mut of_slot, mut of_driver) = (bare.clone(), bare);
            of_slot.slot = Some(trip.slot.clone());
            of_driver.driver = Some(trip.driver.clone());
            of_driver.family = request.is_joint().then(|| family.clone());
            pinned.pins.extend([of_slot, of_driver]);
        }
        same(&rota.score, &best(&pinned)?.score)
    });
}

/// Fields that may be absent, by the list whose elements have them; the document's own by none.
const OPTIONAL: &[(&str, &[&str])] = &[
    ("", &["meeting_points", "prisoners", "locked", "pairs", "pins", "published", "name"]),
    ("policy", &["volunteer_hours", "family_hours", "max_duty_min", "chaperone_throughout", "time_tolerance_min"]),
    ("prisons", &["lat", "postcode", "visitor_requires", "escort_requires", "max_visitors"]),
    ("meeting_points", &["lat", "lon", "postcode", "name"]),
    ("prisoners", &["visits", "name"]),
    ("slots", &["tables"]),
    ("volunteers", &["car", "max_duty_min", "max_km_week", "holds"]),
    ("families", &["pickup", "dropoff", "holds", "available", "needs", "max_ride_min"]),
    ("requests", &["family", "families", "prisoner", "pickup", "dropoff"]),
    ("pins", &["slot", "driver", "family"]),
    ("published", &["chaperone", "family", "pickup", "home"]),
    ("locked", &["chaperone"]),
];

#[test]
fn null_is_as_good_as_nothing() {
    let with_nulls = |object: &mut Value, fields: &[&str]| {
        let none = &mut Map::new();
        let object = object.as_object_mut().unwrap_or(none);
        for field in fields {
            object.entry(*field).or_insert(Value::Null);
        }
    };
    for_each_seed(SEEDS, &MIDDLING, |problem| -> Held {
        let mut document = serde_json::to_value(problem).map_err(|error| error.to_string())?;
        for (list, fields) in OPTIONAL {
            match document.get_mut(*list) {
                None => with_nulls(&mut document, fields),
                Some(Value::Array(elements)) => elements.iter_mut().for_each(|element| with_nulls(element, fields)),
                Some(object) => with_nulls(object, fields),
            }
        }
        let read = Problem::from_json(document.to_string().as_bytes()).map_err(|findings| format!("{findings:?}"))?;
        same(&read, problem)?;
        Ok(())
    });
}
