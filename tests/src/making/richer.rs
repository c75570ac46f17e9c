//! What a random problem may have besides: joint requests, meeting points, prisoners, consents, hours, promises.

mod places;
mod told;

use serde_json::{Value, json};

use super::Size;
use super::document::{families_of, later, list, time_of_day};
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
    if size.pins > 0 {
        richer.pins();
    }
    let policy = &mut richer.document["policy"];
    if richer.random.chance(50) {
        policy["chaperone_throughout"] = true.into();
    }
    policy["time_tolerance_min"] = richer.random.within(0, 10).into();
    if policy["weights"].is_object() {
        policy["weights"]["change_time"] = richer.random.within(0, 300).into();
    }
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
        if self.random.chance(30) {
            // One that only touches it.
            slot["start"] = slot["end"].clone();
            slot["end"] = later(&slot["start"], 45);
        } else {
            for field in ["start", "end"] {
                slot[field] = later(&slot[field], self.random.within(-4, 4) * 10);
            }
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
        let requests = list(self.document, "requests").len();
        let mut rides = requests;
        for at in 0..requests {
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
}
