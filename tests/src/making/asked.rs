//! What is asked of a random week, and what is settled: requests, pairs, pins, what was published.

use serde_json::{Value, json};

use super::week::Maker;
use crate::random::Random;

impl Maker {
    pub(super) fn request(&mut self, n: i64, families: i64) -> Value {
        let mut slots: Vec<usize> = (1..=self.slots.len()).collect();
        self.random.shuffle(&mut slots);
        let most = if self.size.all_share { 4 } else { 3 };
        let number = self.random.within(1, most) as usize;
        let options: Vec<Value> = slots
            .into_iter()
            .take(number)
            .map(|slot| json!({ "slot": format!("S{slot}"), "rank": self.number(0, 3) }))
            .collect();
        // Most families ask once.
        let family = if n <= families { n } else { self.random.within(1, families) };
        let mut request = json!({
            "id": format!("R{n}"),
            "family": format!("F{family}"),
            "options": options,
            "weeks_waiting": self.number(0, 6),
        });
        self.maybe(30, &mut request, "extra_points", |m| m.number(-800, 400));
        request
    }

    pub(super) fn pairs(&mut self, volunteers: &[Value], families: &[Value]) -> Vec<Value> {
        let mut pairs = Vec::new();
        let most = (volunteers.len() + families.len()) as i64;
        for _ in 0..self.random.within(0, most) {
            let rule = *self.random.pick(&["usual", "never", "never", "never-same-slot"]);
            let someone = |random: &mut Random, among: &[&Value]| (*random.pick(among))["id"].clone();
            let everyone: Vec<&Value> = volunteers.iter().chain(families).collect();
            let (volunteers, families): (Vec<_>, Vec<_>) = (volunteers.iter().collect(), families.iter().collect());
            let (one, other) = match rule {
                "usual" => (&families, &volunteers),
                "never" => (&everyone, &everyone),
                _ => (&families, &families),
            };
            let mut two = [someone(&mut self.random, one), someone(&mut self.random, other)];
            self.random.shuffle(&mut two);
            let [a, b] = two;
            if a != b && (rule == "usual" || self.tight()) {
                pairs.push(json!({ "a": a, "b": b, "rule": rule }));
            }
        }
        pairs
    }

    pub(super) fn pins(&mut self, requests: &[Value], drivers: i64, pairs: &[Value]) -> Vec<Value> {
        let mut pins = Vec::new();
        let per_cent = self.size.pins;
        if !self.random.chance(per_cent) {
            return pins;
        }
        for _ in 0..self.random.within(1, 3) {
            let request = self.random.pick(requests);
            let options: Vec<&Value> = request["options"].as_array().into_iter().flatten().collect();
            let slot = self.random.pick(&options)["slot"].clone();
            let mut pin = json!({ "request": request["id"] });
            self.maybe(50, &mut pin, "slot", |_| slot);
            let driver = Value::from(format!("V{}", self.random.within(1, drivers)));
            let two = [&request["family"], &driver];
            let apart =
                |pair: &Value| pair["rule"] == "never" && two.contains(&&pair["a"]) && two.contains(&&pair["b"]);
            if !pairs.iter().any(apart) {
                self.maybe(40, &mut pin, "driver", |_| driver);
            }
            if !pins.iter().any(|other: &Value| other["request"] == pin["request"]) {
                pins.push(pin);
            }
        }
        pins
    }

    pub(super) fn published(&mut self, requests: &[Value], slots: i64, volunteers: i64) -> Vec<Value> {
        let mut published = Vec::new();
        if self.random.chance(35) {
            for request in requests {
                if self.random.chance(50) {
                    // What was announced may be gone since.
                    let slot = self.random.within(1, slots + 1);
                    let driver = self.random.within(1, volunteers);
                    published.push(json!({
                        "request": request["id"], "slot": format!("S{slot}"), "driver": format!("V{driver}"),
                    }));
                }
            }
        }
        published
    }
}
