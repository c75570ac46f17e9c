//! What was told, and what must be, of each household by itself.

use serde_json::{Value, json};

use super::super::document::{families_of, list};
use super::Richer;

impl Richer<'_> {
    /// An entry for each ride of a joint request that was published, and chaperones named.
    pub(super) fn promises(&mut self) {
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
    pub(super) fn pins(&mut self) {
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
