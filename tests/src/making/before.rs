//! What went before: a rota of the problem, of which some trips stand and others were told, and what has changed since.

use serde_json::{Value, json};
use visitrota::{Options, Rota, plan};

use super::Size;
use super::document::{families_of, later, list};
use super::read;

use crate::random::Random;

/// Plans a document, locks some trips, publishes others with times that have moved a little, and changes the document.
pub(super) fn replan(document: &mut Value, random: &mut Random, size: &Size) {
    let mut earlier = document.clone();
    (earlier["pins"], earlier["published"]) = (json!([]), json!([]));
    // What is asked for since.
    let requests = list(&mut earlier, "requests");
    if requests.len() > 2 && random.chance(60) {
        requests.remove(random.below(requests.len()));
    }
    // Planning may fail while it has a fault; then nothing went before.
    let Ok(rota) = plan(&read(earlier), &Options::default()) else { return };
    let mut trips = trips(&rota);
    random.shuffle(&mut trips);
    let locks = if random.chance(75) { random.within(1, 2) as usize } else { 0 };
    let mut locked = trips.split_off(trips.len().saturating_sub(locks));
    for trip in &mut locked {
        stay_behind(document, trip, random);
        join(document, trip, random);
        if random.chance(20) {
            shift(trip, random.within(-15, 15));
        }
    }
    published(document, random, trips.iter().chain(&locked));
    for _ in 0..random.within(1, 3) {
        change(document, random, &rota);
    }
    if random.chance(60) {
        strain(document, random, &locked);
    }
    if size.pins > 0 {
        pins(document, random, &locked);
    }
    document["locked"] = locked.into();
}

fn trips(rota: &Rota) -> Vec<Value> {
    let trips = serde_json::to_value(&rota.trips).expect("a document");
    trips.as_array().expect("a list").clone()
}

/// Takes one household of a joint visit out of a trip, now and then, and the slot out of what a request asks for.
fn stay_behind(document: &mut Value, trip: &mut Value, random: &mut Random) {
    let requests = list(document, "requests");
    let carried = list(trip, "requests").clone();
    let stops = trip["stops"].as_array().expect("a list").clone();
    let rides = |family: &String| stops.iter().any(|stop| stop["place"] == **family);
    for request in requests.iter_mut().filter(|request| carried.contains(&request["id"])) {
        let aboard: Vec<String> = families_of(request).into_iter().filter(rides).collect();
        if aboard.len() > 1 && random.chance(85) {
            let left = random.pick(&aboard);
            list(trip, "stops").retain(|stop| stop["place"] != **left);
        }
        let elsewhere = |option: &Value| option["slot"] != trip["slot"];
        if random.chance(12) && list(request, "options").iter().any(elsewhere) {
            list(request, "options").retain(elsewhere);
        }
    }
}

/// Lets another household join a visit that stands: it may still come, or stay behind.
fn join(document: &mut Value, trip: &Value, random: &mut Random) {
    let families: Vec<String> =
        list(document, "families").iter().map(|family| family["id"].as_str().expect("an id").to_owned()).collect();
    let pairs = list(document, "pairs").clone();
    let carried = trip["requests"].as_array().expect("a list");
    for id in carried {
        let other = random.pick(&families).clone();
        let requests = list(document, "requests");
        let request = requests.iter_mut().find(|request| request["id"] == *id).expect("a request");
        let [only] = families_of(request).try_into().unwrap_or_default();
        let apart = |pair: &Value| {
            let two = [&pair["a"], &pair["b"]];
            pair["rule"] == "never-same-slot" && two.contains(&&json!(only)) && two.contains(&&json!(other))
        };
        let rides = trip["stops"].as_array().expect("a list").iter().any(|stop| stop["place"] == other);
        if rides || only.is_empty() || only == other || pairs.iter().any(apart) || !random.chance(30) {
            continue;
        }
        request.as_object_mut().expect("a request").shift_remove("family");
        request["families"] = json!([only, other]);
        list(document, "published").retain(|entry| entry["request"] != *id);
    }
}

/// Moves a trip by some minutes, unless midnight is in the way, or an hour in which clocks change.
fn shift(trip: &mut Value, minutes: i64) {
    let mut moved = trip.clone();
    for stop in list(&mut moved, "stops") {
        for field in ["arrive", "depart"] {
            if let Some(time) = stop.get(field).cloned() {
                stop[field] = later(&time, minutes);
                let in_the_night = time.as_str().and_then(|time| time.get(11..)) < Some("04");
                if in_the_night || later(&stop[field], -minutes) != time {
                    return;
                }
            }
        }
    }
    *trip = moved;
}

/// What was told of these trips, an entry for each ride.
fn published<'a>(document: &mut Value, random: &mut Random, trips: impl Iterator<Item = &'a Value>) {
    if random.chance(20) {
        return;
    }
    let requests = list(document, "requests").clone();
    let volunteers: Vec<Value> = list(document, "volunteers").iter().map(|volunteer| volunteer["id"].clone()).collect();
    let mut published = Vec::new();
    for trip in trips {
        let carried = |request: &&Value| trip["requests"].as_array().expect("a list").contains(&request["id"]);
        for request in requests.iter().filter(carried) {
            let families = families_of(request);
            for family in &families {
                let time = |kind: &str| {
                    let stops = trip["stops"].as_array().expect("a list");
                    let stop = stops.iter().find(|stop| stop["kind"] == kind && stop["place"] == **family)?;
                    Some(stop["arrive"].clone())
                };
                let told = |entry: &Value| {
                    entry["request"] == request["id"] && entry.get("family").is_none_or(|of| *of == **family)
                };
                if random.chance(15) || published.iter().any(told) {
                    continue;
                }
                let mut entry = json!({ "request": request["id"], "slot": trip["slot"], "driver": trip["driver"] });
                if families.len() > 1 {
                    entry["family"] = family.as_str().into();
                }
                if trip.get("chaperone").is_some() && random.chance(80) {
                    entry["chaperone"] = trip["chaperone"].clone();
                }
                if random.chance(10) {
                    entry["chaperone"] = random.pick(&volunteers).clone();
                }
                for (field, kind) in [("pickup", "pickup"), ("home", "dropoff")] {
                    if let Some(time) = time(kind).filter(|_| random.chance(80)) {
                        let moved = if random.chance(40) { random.within(-20, 20) } else { 0 };
                        entry[field] = later(&time, moved);
                    }
                }
                published.push(entry);
            }
        }
    }
    document["published"] = published.into();
}

/// Something that has happened since.
fn change(document: &mut Value, random: &mut Random, rota: &Rota) {
    let on_the_road: Vec<&str> = rota
        .trips
        .iter()
        .flat_map(|trip| [Some(&trip.driver), trip.chaperone.as_ref()])
        .flatten()
        .map(|id| id.as_str())
        .collect();
    match random.below(8) {
        0 | 1 if !on_the_road.is_empty() => {
            let away = *random.pick(&on_the_road);
            let volunteers = list(document, "volunteers");
            let volunteer = volunteers.iter_mut().find(|volunteer| volunteer["id"] == away).expect("a volunteer");
            let windows = list(volunteer, "available");
            windows.truncate(random.below(windows.len().max(1)));
        }
        2 => {
            let volunteers = list(document, "volunteers");
            let at = random.below(volunteers.len());
            let field =
                *random.pick(&["max_trips", "max_trips_per_day", "max_km_week", "max_driving_min", "max_duty_min"]);
            let most = if field.starts_with("max_trips") { 1 } else { 60 };
            volunteers[at][field] = random.within(0, most).into();
        }
        3 => {
            let families = list(document, "families");
            let at = random.below(families.len());
            families[at]["boarding_min"] = random.within(0, 12).into();
        }
        4 => {
            let slots = list(document, "slots");
            let at = random.below(slots.len());
            slots[at]["tables"] = random.within(0, 1).into();
        }
        5 => document["policy"]["break_min"] = random.within(0, 15).into(),
        6 => {
            let requests = list(document, "requests");
            let at = random.below(requests.len());
            requests[at]["extra_points"] = random.within(0, 900).into();
        }
        _ => {
            let families = list(document, "families");
            let at = random.below(families.len());
            families[at].as_object_mut().expect("a family").shift_remove("pickup");
            families[at]["shares_car"] = random.chance(50).into();
        }
    }
}

/// Rules that locked trips break, which is no breach among themselves: others in their slots, and the households that they
/// leave behind, are bound all the same.
fn strain(document: &mut Value, random: &mut Random, locked: &[Value]) {
    let requests = list(document, "requests").clone();
    for trip in locked {
        let carried = |request: &&Value| trip["requests"].as_array().expect("a list").contains(&request["id"]);
        let prisoners: Vec<&Value> = requests.iter().filter(carried).filter_map(|one| one.get("prisoner")).collect();
        if random.chance(35) {
            let slots = list(document, "slots");
            slots.iter_mut().find(|slot| slot["id"] == trip["slot"]).expect("a slot")["tables"] =
                random.below(2).into();
        }
        let [one, other] = [0, 1].map(|at| prisoners.get(at).copied().unwrap_or(&Value::Null));
        if random.chance(30) && !other.is_null() {
            // Both visit the first, at one time.
            for request in list(document, "requests").iter_mut().filter(|request| request["prisoner"] == *other) {
                request["prisoner"] = one.clone();
            }
        }
        if random.chance(50) && !prisoners.is_empty() {
            let all = list(document, "prisoners");
            let theirs = all.iter_mut().filter(|prisoner| prisoners.contains(&&prisoner["id"]));
            theirs.for_each(|prisoner| prisoner["visits"] = 0.into());
        }
        let stops = trip["stops"].as_array().expect("a list");
        let pickups: Vec<&Value> =
            stops.iter().filter(|stop| stop["kind"] == "pickup").map(|stop| &stop["place"]).collect();
        let families: Vec<Vec<String>> = requests.iter().filter(carried).map(families_of).collect();
        let aboard =
            |of: &Vec<String>| of.iter().find(|family| pickups.iter().any(|place| **place == ***family)).cloned();
        for pair in [
            prisoners.iter().map(|id| id.to_string().replace('"', "")).collect(),
            families.iter().filter_map(aboard).collect(),
        ] {
            let pair: Vec<String> = pair;
            let [a, b, ..] = pair.as_slice() else { continue };
            let together = |request: &Value| [a, b].iter().all(|family| families_of(request).contains(family));
            if a != b && random.chance(50) && !requests.iter().any(together) {
                list(document, "pairs").push(json!({ "a": a, "b": b, "rule": "never-same-slot" }));
            }
        }
    }
}

/// Pins that go with the locked trips: of what they carry, those that say what is so anyhow, and drivers for households
/// that they leave behind.
fn pins(document: &mut Value, random: &mut Random, locked: &[Value]) {
    let requests = list(document, "requests").clone();
    let drivers: Vec<Value> = list(document, "volunteers").iter().map(|volunteer| volunteer["id"].clone()).collect();
    let is_locked = |id: &Value| locked.iter().any(|trip| trip["requests"].as_array().expect("a list").contains(id));
    list(document, "pins").retain(|pin| !is_locked(&pin["request"]));
    for trip in locked {
        let carried = |request: &&Value| trip["requests"].as_array().expect("a list").contains(&request["id"]);
        for request in requests.iter().filter(carried) {
            if random.chance(15) {
                list(document, "pins").push(json!({ "request": request["id"], "slot": trip["slot"] }));
            }
            let rides = |family: &&String| {
                let stops = locked.iter().flat_map(|trip| trip["stops"].as_array().expect("a list"));
                stops.into_iter().any(|stop| stop["place"] == ***family)
            };
            let families = families_of(request);
            if let Some(behind) = families.iter().find(|family| !rides(family)).filter(|_| random.chance(15)) {
                let driver = random.pick(&drivers).clone();
                list(document, "pins").push(json!({ "request": request["id"], "family": behind, "driver": driver }));
            }
        }
    }
}
