//! Where families are met.

use serde_json::{Value, json};

use super::super::document::list;
use super::Richer;

impl Richer<'_> {
    /// Meeting points near some places, with a way from each to itself that nobody ever goes.
    pub(super) fn meeting_points(&mut self) {
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
}
