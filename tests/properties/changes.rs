//! Changes of a problem that leave it, in some sense, the same.

use std::collections::BTreeMap;

use serde_json::Value;
use visitrota::{
    Problem,
    problem::{PlaceId, TravelSource},
};
use visitrota_tests::Random;

/// The problem with every list whose order says nothing in another order.
pub(crate) fn shuffled(problem: &Problem, random: &mut Random) -> Problem {
    let mut other = problem.clone();
    random.shuffle(&mut other.prisons);
    random.shuffle(&mut other.slots);
    random.shuffle(&mut other.volunteers);
    random.shuffle(&mut other.families);
    random.shuffle(&mut other.requests);
    random.shuffle(&mut other.pairs);
    random.shuffle(&mut other.pins);
    random.shuffle(&mut other.published);
    random.shuffle(&mut other.meeting_points);
    random.shuffle(&mut other.prisoners);
    random.shuffle(&mut other.locked);
    for volunteer in &mut other.volunteers {
        random.shuffle(&mut volunteer.available);
        random.shuffle(&mut volunteer.holds);
        random.shuffle(&mut volunteer.roles);
    }
    for family in &mut other.families {
        random.shuffle(&mut family.available);
        random.shuffle(&mut family.members);
        random.shuffle(&mut family.holds);
    }
    for request in &mut other.requests {
        random.shuffle(&mut request.options);
        random.shuffle(&mut request.families);
    }
    other
}

/// The problem with other ids.
pub(crate) fn relabelled(problem: &Problem, label: impl Fn(&str) -> String) -> Problem {
    let places = problem.prisons.iter().map(|prison| prison.id.as_str());
    let places = places.chain(problem.volunteers.iter().map(|volunteer| volunteer.id.as_str()));
    let places = places.chain(problem.families.iter().map(|family| family.id.as_str()));
    let places = places.chain(problem.meeting_points.iter().map(|point| point.id.as_str()));
    let places = places.chain(problem.prisoners.iter().map(|prisoner| prisoner.id.as_str()));
    let others = problem.slots.iter().map(|slot| slot.id.as_str());
    let ids = places.chain(others).chain(problem.requests.iter().map(|request| request.id.as_str()));
    let labels: BTreeMap<&str, String> = ids.map(|id| (id, label(id))).collect();
    let mut document = serde_json::to_value(problem).expect("a document");
    relabel(&mut document, &labels);
    serde_json::from_value(document).expect("the same problem by other names")
}

fn relabel(value: &mut Value, labels: &BTreeMap<&str, String>) {
    match value {
        Value::String(text) => {
            if let Some(label) = labels.get(text.as_str()) {
                text.clone_from(label);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| relabel(item, labels)),
        Value::Object(fields) => fields.values_mut().for_each(|field| relabel(field, labels)),
        _ => {}
    }
}

/// Lets somebody new live where somebody else does.
pub(crate) fn live_at(problem: &mut Problem, new: &str, old: &str) {
    let TravelSource::Matrix { places, minutes, metres } = &mut problem.travel.source else { return };
    let Some(at) = places.iter().position(|place| *place == PlaceId::from(old)) else { return };
    places.push(new.into());
    for table in [minutes, metres] {
        table.iter_mut().for_each(|row| row.push(row[at]));
        table.push(table[at].clone());
    }
}

/// Everything that gives or takes points does so twice.
pub(crate) fn weighing_twice(problem: &Problem) -> Problem {
    let mut other = problem.clone();
    let weights = &mut other.policy.weights;
    for weight in [
        &mut weights.visit,
        &mut weights.per_week_waiting,
        &mut weights.slot_rank,
        &mut weights.new_volunteer,
        &mut weights.load,
        &mut weights.drive_min,
        &mut weights.change_slot,
        &mut weights.change_driver,
        &mut weights.change_time,
        &mut weights.drop_published,
    ] {
        *weight *= 2;
    }
    other.requests.iter_mut().for_each(|request| request.extra_points *= 2);
    other
}

/// The problem and its mirror image in one, too far apart to have anything to do with each other.
pub(crate) fn beside_its_mirror(problem: &Problem) -> Problem {
    /// Longer than any window.
    const FAR: u32 = 100_000;
    let mut both = problem.clone();
    let mirror = relabelled(problem, |id| format!("mirrored-{id}"));
    both.prisons.extend(mirror.prisons);
    both.slots.extend(mirror.slots);
    both.volunteers.extend(mirror.volunteers);
    both.families.extend(mirror.families);
    both.requests.extend(mirror.requests);
    both.pairs.extend(mirror.pairs);
    both.pins.extend(mirror.pins);
    both.published.extend(mirror.published);
    both.meeting_points.extend(mirror.meeting_points);
    both.prisoners.extend(mirror.prisoners);
    both.locked.extend(mirror.locked);
    if let (
        TravelSource::Matrix { places, minutes, metres },
        TravelSource::Matrix { places: mirrored, minutes: there, metres: far },
    ) = (&mut both.travel.source, mirror.travel.source)
    {
        let side = mirrored.len();
        places.extend(mirrored);
        for (table, other) in [(minutes, there), (metres, far)] {
            table.iter_mut().for_each(|row| row.extend(vec![FAR; side]));
            table.extend(other.into_iter().map(|row| [vec![FAR; side], row].concat()));
        }
    }
    both
}
