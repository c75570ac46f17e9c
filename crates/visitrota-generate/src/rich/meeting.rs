//! Where families are met: schools and stations of their towns.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{FamilyId, MeetingPlace, MeetingPoint, MeetingPointId, Problem};

use crate::families::Home;
use crate::land::Town;
use crate::names;
use crate::random::Random;
use crate::recipe::Recipe;

/// Adds the meeting points of the families' towns. Every fourth family near one is met there; some requests and slots
/// have it otherwise.
pub(super) fn add(recipe: &Recipe, homes: &[Home], problem: &mut Problem) {
    let towns: BTreeSet<Town> = homes.iter().map(|home| home.town).collect();
    let mut near: BTreeMap<Town, Vec<MeetingPointId>> = BTreeMap::new();
    for town in towns {
        let mut random = Random::of(recipe.seed, "meeting points", &town.numbers());
        for (kind, per_cent) in [("School", 50), ("Station", 40)] {
            let there = random.chance(per_cent);
            let name = format!("{} {kind}", names::family(&mut random));
            let (lat, lon) = town.home(recipe.seed, &mut random).degrees();
            if there {
                let id = MeetingPointId::from(format!("M{}", problem.meeting_points.len() + 1));
                near.entry(town).or_default().push(id.clone());
                let mut point = MeetingPoint::new(id);
                point.name = name;
                (point.lat, point.lon) = (Some(lat), Some(lon));
                problem.meeting_points.push(point);
            }
        }
    }
    let none = Vec::new();
    let mut of_family: BTreeMap<FamilyId, &[MeetingPointId]> = BTreeMap::new();
    for (number, (home, family)) in homes.iter().zip(&mut problem.families).enumerate() {
        let mut random = Random::of(recipe.seed, "family met", &[number as i64]);
        let near = near.get(&home.town).unwrap_or(&none);
        of_family.insert(family.id.clone(), near);
        (family.pickup, family.dropoff) = places(&mut random, near, 25);
    }
    for (number, request) in problem.requests.iter_mut().enumerate() {
        let mut random = Random::of(recipe.seed, "request met", &[number as i64]);
        let near = request.families.first().and_then(|family| of_family.get(family)).copied().unwrap_or_default();
        (request.pickup, request.dropoff) = places(&mut random, near, 8);
        for option in &mut request.options {
            (option.pickup, option.dropoff) = places(&mut random, near, 4);
        }
    }
    let used = used(problem);
    problem.meeting_points.retain(|point| used.contains(&point.id));
}

/// The meeting points where somebody is met.
fn used(problem: &Problem) -> BTreeSet<MeetingPointId> {
    let of_families = problem.families.iter().flat_map(|family| [&family.pickup, &family.dropoff]);
    let of_requests = problem.requests.iter().flat_map(|request| {
        let of_options = request.options.iter().flat_map(|option| [&option.pickup, &option.dropoff]);
        [&request.pickup, &request.dropoff].into_iter().chain(of_options)
    });
    of_families.chain(of_requests).flatten().filter_map(MeetingPlace::point).cloned().collect()
}

/// Where to meet, out and back: at a point near, so many times in a hundred; back home as often as back there.
fn places(random: &mut Random, near: &[MeetingPointId], per_cent: u32) -> (Option<MeetingPlace>, Option<MeetingPlace>) {
    let there = random.chance(per_cent);
    let point = random.pick(near).map(|point| MeetingPlace::Point(point.clone()));
    let back = random.below(4);
    let Some(point) = point.filter(|_| there) else { return (None, None) };
    match back {
        0 => (Some(point), Some(MeetingPlace::Home)),
        1 => (Some(point), None),
        2 => (None, Some(point)),
        _ => (Some(point.clone()), Some(point)),
    }
}
