//! What a random problem may have besides: joint requests, meeting points, prisoners, consents, hours, promises.

use serde_json::{Value, json};

use super::Size;
use crate::random::Random;

/// Adds some of each to a document, nothing of which is there yet.
pub(super) fn add(document: &mut Value, random: &mut Random, size: &Size) {
    let tight = random.within(size.tight.0, size.tight.1) as usize;
    let mut richer = Richer { document, random, tight };
    if richer.random.chance(60) {
        richer.room();
    }
    if richer.random.chance(50) {
        richer.slot_beside();
    }
    if richer.random.chance(60) {
        richer.joint_requests(size.rides);
    }
    if richer.random.chance(55) {
        richer.meeting_points();
    }
    if richer.random.chance(60) {
        richer.prisoners();
    }
    richer.consents();
    richer.hours();
    richer.promises();
    richer.pins();
    let policy = &mut richer.document["policy"];
    if richer.random.chance(50) {
        policy["chaperone_throughout"] = true.into();
    }
    policy["time_tolerance_min"] = richer.random.within(0, 10).into();
    if policy["weights"].is_object() {
        policy["weights"]["change_time"] = richer.random.within(0, 300).into();
    }
}

/// The elements of one of the document's lists.
pub(super) fn list<'a>(document: &'a mut Value, field: &str) -> &'a mut Vec<Value> {
    document[field].as_array_mut().expect("a list")
}

/// The families of a request.
pub(super) fn families_of(request: &Value) -> Vec<String> {
    let several = request["families"].as_array().into_iter().flatten();
    let all = several.chain(request.get("family"));
    all.map(|family| family.as_str().expect("an id").to_owned()).collect()
}

/// A time so many minutes later, on the same date.
pub(super) fn later(time: &Value, minutes: i64) -> Value {
    let (date, clock) = time.as_str().and_then(|text| text.split_once('T')).expect("a time");
    let (hour, minute) = clock.split_once(':').expect("a time of day");
    let number = |text: &str| text.parse::<i64>().expect("a number");
    let moved = (60 * number(hour) + number(minute) + minutes).clamp(0, 1439);
    format!("{date}T{:02}:{:02}", moved / 60, moved % 60).into()
}

/// The time of day of a time, so many minutes later.
fn time_of_day(time: &Value, minutes: i64) -> Value {
    later(time, minutes).as_str().and_then(|text| text.get(11..)).expect("a time").into()
}

struct Richer<'a> {
    document: &'a mut Value,
    random: &'a mut Random,
    /// How often something is scarce, in per cent.
    tight: usize,
}

impl Richer<'_> {
    /// The id of an element of a list.
    fn someone(&mut self, field: &str) -> Value {
        let of = list(self.document, field);
        self.random.pick(of)["id"].clone()
    }

    /// Makes some things easier, so that there is more to decide: time, company, and room in the car.
    fn room(&mut self) {
        let week = &self.document["week"];
        let day = |side: &str, time: &str| format!("{}T{time}", week[side].as_str().expect("a date"));
        let whole = json!({ "from": day("from", "00:00"), "to": day("to", "23:59") });
        for volunteer in list(self.document, "volunteers") {
            if self.random.chance(60) {
                list(volunteer, "available").push(whole.clone());
            }
            if volunteer.get("car").is_some() && self.random.chance(60) {
                volunteer["max_families"] = 3.into();
                volunteer["max_trips"] = 4.into();
                volunteer["max_trips_per_day"] = 3.into();
                volunteer["car"]["seats"] = self.random.within(4, 7).into();
            }
        }
        self.document["policy"]["detour_min"] = self.random.within(30, 90).into();
        if self.random.chance(50) {
            self.document["policy"]["turnaround_min"] = self.random.within(30, 300).into();
        }
    }

    /// A slot in another room at nearly the same time, for those who would take the first.
    fn slot_beside(&mut self) {
        let slots = list(self.document, "slots");
        let mut slot = self.random.pick(slots).clone();
        let beside = slot["id"].clone();
        slot["id"] = format!("S{}", slots.len() + 1).into();
        for field in ["start", "end"] {
            slot[field] = later(&slot[field], self.random.within(-4, 4) * 10);
        }
        if slot["start"].as_str() >= slot["end"].as_str() {
            return;
        }
        slots.push(slot.clone());
        for request in list(self.document, "requests") {
            let options = list(request, "options");
            if options.iter().any(|option| option["slot"] == beside) && self.random.chance(70) {
                options.push(json!({ "slot": slot["id"], "rank": self.random.within(0, 3) }));
            }
        }
    }

    /// Requests that several households make, some of whom ride with nobody else.
    fn joint_requests(&mut self, most: usize) {
        let families: Vec<String> =
            list(self.document, "families").iter().map(|f| f["id"].as_str().expect("an id").to_owned()).collect();
        let mut rides = list(self.document, "requests").len();
        for at in 0..rides {
            if !self.random.chance(40) {
                continue;
            }
            let mut joint = families_of(&list(self.document, "requests")[at]);
            for _ in 0..if self.random.chance(15) { 2 } else { 1 } {
                let other = self.random.pick(&families);
                if rides < most && !joint.contains(other) {
                    joint.push(other.clone());
                    rides += 1;
                }
            }
            if joint.len() > 1 {
                let request = &mut list(self.document, "requests")[at];
                request.as_object_mut().expect("a request").shift_remove("family");
                request["families"] = json!(joint);
                if self.random.chance(30) {
                    let family = self.random.pick(&joint);
                    let families = list(self.document, "families");
                    families.iter_mut().find(|f| f["id"] == **family).expect("a family")["shares_car"] = false.into();
                }
            }
        }
        // Who visits together is kept apart in cars alone.
        let joint: Vec<Vec<String>> = list(self.document, "requests").iter().map(families_of).collect();
        let one_of = |pair: &Value, families: &Vec<String>| {
            ["a", "b"].iter().all(|side| families.iter().any(|family| pair[side] == **family))
        };
        list(self.document, "pairs")
            .retain(|pair| pair["rule"] != "never-same-slot" || !joint.iter().any(|families| one_of(pair, families)));
    }

    /// Meeting points near some places, with a way from each to itself that nobody ever goes.
    fn meeting_points(&mut self) {
        let count = self.random.within(1, 2);
        let points: Vec<Value> = (1..=count).map(|n| json!({ "id": format!("M{n}") })).collect();
        for point in &points {
            self.place(point["id"].clone());
        }
        self.document["meeting_points"] = points.into();
        for (field, per_cent) in [("families", 35), ("requests", 20)] {
            for at in 0..list(self.document, field).len() {
                let mut element = list(self.document, field)[at].clone();
                self.meet(&mut element, per_cent);
                if field == "requests" {
                    for option in list(&mut element, "options") {
                        self.meet(option, 12);
                    }
                }
                list(self.document, field)[at] = element;
            }
        }
    }

    fn meet(&mut self, element: &mut Value, per_cent: usize) {
        for way in ["pickup", "dropoff"] {
            if self.random.chance(per_cent) {
                let at_home = self.random.chance(20);
                element[way] = if at_home { "home".into() } else { self.someone("meeting_points") };
            }
        }
    }

    /// Puts a place into the matrix, near another.
    fn place(&mut self, id: Value) {
        let travel = &mut self.document["travel"];
        let places = list(travel, "places");
        let places_before = places.len();
        let near = self.random.below(places_before);
        places.push(id);
        for (field, detour) in [("minutes", 4), ("metres", 3_000)] {
            let table = list(travel, field);
            let mut beyond =
                |known: &Value| -> Value { (known.as_i64().expect("a number") + self.random.within(0, detour)).into() };
            for row in table.iter_mut() {
                let row = row.as_array_mut().expect("a row");
                row.push(beyond(&row[near]));
            }
            let row = table[near].as_array().expect("a row").iter().map(&mut beyond).collect();
            table.push(row);
            let to_itself = &mut table[places_before][places_before];
            *to_itself =
                (if field == "minutes" { self.random.within(3, 25) } else { self.random.within(3_000, 25_000) }).into();
        }
    }

    /// Who is visited: requests keep the options at one prison.
    fn prisoners(&mut self) {
        let count = self.random.within(1, 3);
        let mut prisoners: Vec<Value> = Vec::new();
        for n in 1..=count {
            let mut prisoner = json!({ "id": format!("X{n}"), "prison": self.someone("prisons") });
            if self.random.chance(40) {
                prisoner["visits"] = (*self.random.pick(&[0, 1, 1, 1, 1, 1, 2])).into();
            }
            prisoners.push(prisoner);
        }
        let slots = list(self.document, "slots").clone();
        let prison =
            |option: &Value| slots.iter().find(|slot| slot["id"] == option["slot"]).expect("a slot")["prison"].clone();
        for at in 0..list(self.document, "requests").len() {
            let prisoner = self.random.pick(&prisoners).clone();
            let request = &mut list(self.document, "requests")[at];
            let there = |option: &Value| prison(option) == prisoner["prison"];
            if self.random.chance(75) && list(request, "options").iter().any(there) {
                list(request, "options").retain(there);
                request["prisoner"] = prisoner["id"].clone();
            }
        }
        for _ in 0..self.random.within(1, 4) {
            let (a, b) = (self.random.pick(&prisoners)["id"].clone(), self.random.pick(&prisoners)["id"].clone());
            if a != b {
                list(self.document, "pairs").push(json!({ "a": a, "b": b, "rule": "never-same-slot" }));
            }
        }
        self.document["prisoners"] = prisoners.into();
    }

    /// What families hold, and are asked to.
    fn consents(&mut self) {
        let date = |slot: &Value| slot["start"].as_str().and_then(|start| start.get(..10)).expect("a date").to_owned();
        let dates: Vec<String> = list(self.document, "slots").iter().map(date).collect();
        if self.random.chance(40) {
            self.document["policy"]["family_requires"] = json!(["consent"]);
        }
        if self.random.chance(25) {
            self.document["policy"]["child_only_requires"] = json!(["child"]);
        }
        if self.random.chance(25) {
            self.document["policy"]["chaperone_requires"] = json!(["dbs", "child", "escort"]);
        }
        for prison in list(self.document, "prisons") {
            if self.random.chance(30) {
                prison["visitor_requires"] = json!(["list"]);
            }
        }
        for family in list(self.document, "families") {
            let mut holds = Vec::new();
            for what in ["consent", "list"] {
                if !self.random.chance(self.tight * 2 / 3) {
                    holds.push(json!({ "what": what }));
                } else if self.random.chance(80) {
                    holds.push(json!({ "what": what, "until": self.random.pick(&dates) }));
                }
            }
            family["holds"] = holds.into();
        }
    }

    /// Hours that some ways to some slots are outside of.
    fn hours(&mut self) {
        for (field, before, after) in [("volunteer_hours", 220, 200), ("family_hours", 180, 160)] {
            if self.random.chance(22) {
                let slots = list(self.document, "slots");
                let (first, last) = (self.random.pick(slots)["start"].clone(), self.random.pick(slots)["end"].clone());
                let from = time_of_day(&first, -self.random.within(60, before));
                let to = time_of_day(&last, self.random.within(40, after));
                let to = if self.random.chance(15) { "24:00".into() } else { to };
                if from.as_str() < to.as_str() {
                    self.document["policy"][field] = json!({ "from": from, "to": to });
                }
            }
        }
    }

    /// An entry for each ride of a joint request that was published, and chaperones named.
    fn promises(&mut self) {
        let entries = std::mem::take(list(self.document, "published"));
        for entry in entries {
            let request = list(self.document, "requests").iter().find(|request| request["id"] == entry["request"]);
            let families = families_of(request.expect("a request"));
            for family in &families {
                let mut entry = entry.clone();
                if families.len() > 1 {
                    if !self.random.chance(70) {
                        continue;
                    }
                    entry["family"] = family.as_str().into();
                }
                if self.random.chance(25) {
                    entry["chaperone"] = self.someone("volunteers");
                }
                list(self.document, "published").push(entry);
            }
        }
    }

    /// Pins said one thing at a time, and drivers of some families alone.
    fn pins(&mut self) {
        let given = std::mem::take(list(self.document, "pins"));
        for pin in given {
            if self.random.chance(40) {
                continue;
            }
            let request = list(self.document, "requests").iter().find(|request| request["id"] == pin["request"]);
            let request = request.expect("a request").clone();
            let asked = |option: &Value| pin.get("slot").is_none_or(|slot| option["slot"] == *slot);
            if !request["options"].as_array().into_iter().flatten().any(asked) {
                continue;
            }
            let families = families_of(&request);
            let Some(driver) = pin.get("driver").cloned() else {
                list(self.document, "pins").push(pin);
                continue;
            };
            let mut rest = pin.clone();
            rest.as_object_mut().expect("a pin").shift_remove("driver");
            list(self.document, "pins").push(rest);
            let mut of_driver = json!({ "request": pin["request"], "driver": driver });
            if families.len() > 1 && self.random.chance(70) {
                of_driver["family"] = self.random.pick(&families).as_str().into();
            }
            list(self.document, "pins").push(of_driver);
        }
        let drivers: Vec<Value> = (list(self.document, "volunteers").iter())
            .filter(|volunteer| volunteer.get("car").is_some())
            .map(|volunteer| volunteer["id"].clone())
            .collect();
        for request in list(self.document, "requests").clone() {
            let families = families_of(&request);
            if families.len() > 1 && self.random.chance(10) {
                let (family, driver) = (self.random.pick(&families), self.random.pick(&drivers));
                let pin = json!({ "request": request["id"], "family": family, "driver": driver });
                list(self.document, "pins").push(pin);
            }
        }
    }
}
