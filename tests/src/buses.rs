//! Random problems of large groups: one bus, or a few minibuses and cars, and twelve families or so.
//!
//! In a part of them nothing limits a trip but its size, and what decides is the order of stops to the minute; in the
//! others some of the rules that make one order better than another bind.

use serde_json::{Value, json};
use visitrota::Problem;

use crate::random::Random;

const DATES: [&str; 2] = ["2026-12-05", "2026-12-06"];
/// A visit is short, so that two on one date can be made.
const VISIT_MIN: i64 = 60;

/// A problem of one driver and one slot, with 12 or 13 families of which five to eight ride together.
///
/// # Panics
/// If the maker is at fault, and what it made is not of the form of a problem.
#[must_use]
pub fn bus_problem(seed: u64) -> Problem {
    let mut random = Random::new(seed ^ 0xb05);
    let families = random.within(12, 13);
    let vehicles = vec![random.within(5, 8)];
    Maker { random, vehicles, families, slots: vec![(0, 720)] }.problem(format!("bus {seed}"))
}

/// A problem of two or three minibuses and cars, one to three slots, and 8 to 12 families who may choose among them.
///
/// # Panics
/// If the maker is at fault, and what it made is not of the form of a problem.
#[must_use]
pub fn minibus_problem(seed: u64) -> Problem {
    let mut random = Random::new(seed ^ 0x311b_05e5);
    let families = random.within(8, 12);
    let drivers = random.within(2, 3);
    let mut vehicles = vec![random.within(5, 8)];
    for _ in 1..drivers {
        vehicles.push(if random.chance(50) { random.within(5, 8) } else { random.within(1, 3) });
    }
    let slots = (0..random.within(1, 3)).map(|at| (random.below(2), 600 + 180 * at)).collect();
    Maker { random, vehicles, families, slots }.problem(format!("minibus {seed}"))
}

struct Maker {
    random: Random,
    /// For each driver, the families in a trip of theirs.
    vehicles: Vec<i64>,
    families: i64,
    /// The date of each slot, and the minute of the day at which it starts.
    slots: Vec<(usize, i64)>,
}

/// A place on a plane, in tenths of a kilometre.
type Point = (i64, i64);

impl Maker {
    fn problem(mut self, name: String) -> Problem {
        let plain = self.random.chance(60);
        let slots: Vec<Value> = (0..self.slots.len()).map(|at| self.slot(at, plain)).collect();
        let mut families: Vec<Value> = (1..=self.families).map(|n| self.family(n, plain)).collect();
        let mut volunteers: Vec<Value> = (0..self.vehicles.len()).map(|at| self.driver(at, plain)).collect();
        if !plain && self.random.chance(25) {
            self.children(&mut families, &mut volunteers);
        }
        let requests: Vec<Value> = self.requests(plain);
        let pairs = if plain { Vec::new() } else { self.pairs() };
        let published = if plain { Vec::new() } else { self.published() };
        let ids = [json!("P")].into_iter();
        let places: Vec<Value> = ids.chain(volunteers.iter().chain(&families).map(|who| who["id"].clone())).collect();
        let points = self.points(volunteers.len(), families.len());
        let document = json!({
            "format": "visitrota/1",
            "name": name,
            "week": { "from": DATES[0], "to": DATES[1] },
            "policy": self.policy(plain),
            "travel": self.travel(&places, &points, plain),
            "prisons": [{ "id": "P" }],
            "slots": slots,
            "volunteers": volunteers,
            "families": families,
            "requests": requests,
            "pairs": pairs,
            "published": published,
        });
        serde_json::from_value(document).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn number(&mut self, least: i64, most: i64) -> Value {
        self.random.within(least, most).into()
    }

    /// Sets a field to a number, so many times in a hundred.
    fn maybe(&mut self, per_cent: usize, object: &mut Value, field: &str, least: i64, most: i64) {
        if self.random.chance(per_cent) {
            object[field] = self.number(least, most);
        }
    }

    fn wall(date: usize, minute: i64) -> String {
        let minute = minute.clamp(0, 1439);
        format!("{}T{:02}:{:02}", DATES[date], minute / 60, minute % 60)
    }

    /// Now and then the default, under which a visit is worth far more than any drive.
    fn policy(&mut self, plain: bool) -> Value {
        let mut policy = json!({ "driver_requires": [], "chaperone_requires": [], "detour_min": 300 });
        if plain {
            return policy;
        }
        if self.random.chance(30) {
            policy["detour_min"] = self.number(0, 60);
            policy["detour_pct"] = self.number(0, 100);
        }
        if self.random.chance(30) {
            policy["break_after_min"] = self.number(20, 90);
            policy["break_min"] = self.number(1, 20);
        }
        policy["turnaround_min"] = self.number(0, 60);
        if self.random.chance(30) {
            policy["weights"] = json!({
                "visit": self.number(20, 1000),
                "per_week_waiting": self.number(0, 60),
                "slot_rank": self.number(0, 100),
                "new_volunteer": self.number(0, 200),
                "load": self.number(0, 100),
                "drive_min": self.number(0, 6),
                "change_slot": self.number(0, 300),
                "drop_published": self.number(0, 400),
                "change_driver": self.number(0, 200),
            });
        }
        policy
    }

    fn slot(&mut self, at: usize, plain: bool) -> Value {
        let (date, start) = self.slots[at];
        let end = start + VISIT_MIN;
        let mut slot = json!({
            "id": format!("S{}", at + 1), "prison": "P",
            "start": Self::wall(date, start), "end": Self::wall(date, end),
        });
        let most = self.families;
        self.maybe(if plain { 0 } else { 20 }, &mut slot, "tables", 3, most);
        slot
    }

    fn driver(&mut self, at: usize, plain: bool) -> Value {
        let most = self.vehicles[at];
        let days = [0, 1].map(|date| json!({ "from": Self::wall(date, 0), "to": Self::wall(date, 1439) }));
        let mut driver = json!({
            "id": format!("V{}", at + 1), "roles": ["driver"], "available": days,
            "car": { "seats": 20 }, "max_families": most,
        });
        if plain {
            return driver;
        }
        if self.random.chance(25) {
            driver["available"] = self.windows();
        }
        if self.random.chance(25) {
            driver["car"]["seats"] = self.number(most, 2 * most);
        }
        self.maybe(if self.slots.len() > 1 { 60 } else { 0 }, &mut driver, "max_trips", 1, 2);
        self.maybe(40, &mut driver, "max_trips_per_day", 1, 2);
        if self.random.chance(20) {
            // Then minutes and metres both matter, and many an order of stops: with fewer of these it is quicker.
            driver["max_km_week"] = self.number(30, 250);
            driver["max_families"] = most.min(6).into();
        }
        self.maybe(10, &mut driver, "max_driving_min", 60, 300);
        self.maybe(10, &mut driver, "max_duty_min", 250, 600);
        self.maybe(30, &mut driver, "recent_trips", 0, 3);
        driver
    }

    /// A window round a slot, or two, neither of which holds the other.
    fn windows(&mut self) -> Value {
        let mut windows = Vec::new();
        for _ in 0..self.random.within(1, 2) {
            let &(date, start) = self.random.pick(&self.slots);
            let from = start - self.random.within(80, 300);
            let to = start + VISIT_MIN + self.random.within(40, 260);
            windows.push(json!({ "from": Self::wall(date, from), "to": Self::wall(date, to) }));
        }
        windows.into()
    }

    fn family(&mut self, n: i64, plain: bool) -> Value {
        let mut family = json!({ "id": format!("F{n}"), "members": [{ "age": 30 }], "shares_car": true });
        if plain {
            return family;
        }
        if self.random.chance(20) {
            family["members"] = json!([{ "age": 30 }, { "age": 12 }]);
        }
        self.maybe(30, &mut family, "boarding_min", 0, 10);
        self.maybe(8, &mut family, "max_ride_min", 20, 150);
        if self.random.chance(6) {
            family["available"] = self.windows();
        }
        family
    }

    /// Lets some children travel without an adult of theirs, and somebody go with them.
    fn children(&mut self, families: &mut [Value], volunteers: &mut Vec<Value>) {
        for _ in 0..self.random.within(1, 3) {
            let at = self.random.below(families.len());
            families[at]["members"] = json!([{ "age": 14 }]);
        }
        for n in 1..=self.random.within(1, 2) {
            let available = if self.random.chance(40) {
                self.windows()
            } else {
                json!([{ "from": Self::wall(0, 0), "to": Self::wall(1, 1439) }])
            };
            volunteers.push(json!({
                "id": format!("C{n}"), "roles": ["chaperone"], "available": available,
                "max_trips": self.number(1, 2), "max_trips_per_day": 2,
            }));
        }
    }

    fn requests(&mut self, plain: bool) -> Vec<Value> {
        let waiting = self.random.chance(if plain { 30 } else { 50 });
        (1..=self.families)
            .map(|n| {
                let mut slots: Vec<usize> = (1..=self.slots.len()).collect();
                self.random.shuffle(&mut slots);
                let number = self.random.within(1, slots.len() as i64) as usize;
                let options: Vec<Value> = slots[..number]
                    .iter()
                    .map(|slot| json!({ "slot": format!("S{slot}"), "rank": self.number(0, 2) }))
                    .collect();
                let mut request = json!({ "id": format!("R{n}"), "family": format!("F{n}"), "options": options });
                self.maybe(if waiting { 100 } else { 0 }, &mut request, "weeks_waiting", 0, 5);
                self.maybe(if plain { 0 } else { 10 }, &mut request, "extra_points", -300, 300);
                request
            })
            .collect()
    }

    fn pairs(&mut self) -> Vec<Value> {
        let mut pairs: Vec<Value> = Vec::new();
        for _ in 0..self.random.within(0, 4) {
            let rule = *self.random.pick(&["usual", "usual", "never", "never-same-slot"]);
            let a = self.random.within(1, self.families);
            let driver = rule == "usual" || (rule == "never" && self.vehicles.len() > 1 && self.random.chance(30));
            let b = if driver {
                format!("V{}", self.random.within(1, self.vehicles.len() as i64))
            } else {
                format!("F{}", 1 + a % self.families)
            };
            let a = format!("F{a}");
            if !pairs.iter().any(|pair| pair["a"] == *a && pair["b"] == *b) {
                pairs.push(json!({ "a": a, "b": b, "rule": rule }));
            }
        }
        pairs
    }

    fn published(&mut self) -> Vec<Value> {
        let mut published = Vec::new();
        if self.random.chance(25) {
            for n in 1..=self.families {
                if self.random.chance(50) {
                    let slot = 1 + self.random.below(self.slots.len());
                    let driver = 1 + self.random.below(self.vehicles.len());
                    published.push(json!({
                        "request": format!("R{n}"), "slot": format!("S{slot}"), "driver": format!("V{driver}"),
                    }));
                }
            }
        }
        published
    }

    /// The gate, the volunteers' homes, and the families' homes: often a driver lives where a family does, or two
    /// families live in one place.
    fn points(&mut self, volunteers: usize, families: usize) -> Vec<Point> {
        let width = *self.random.pick(&[60, 90, 120]);
        let point = |random: &mut Random| (random.within(0, width), random.within(0, width));
        let mut homes: Vec<Point> = (0..families).map(|_| point(&mut self.random)).collect();
        if self.random.chance(30) {
            homes[0] = homes[1];
        }
        let mut points = vec![point(&mut self.random)];
        for _ in 0..volunteers {
            let beside = self.random.chance(60);
            points.push(if beside { *self.random.pick(&homes) } else { point(&mut self.random) });
        }
        points.extend(homes);
        points
    }

    /// Minutes by a law of the distance, rounded up, so that many orders differ by a minute or not at all; in most
    /// problems some legs have nothing to do with it, and the way through a third place may be shorter.
    fn travel(&mut self, places: &[Value], points: &[Point], plain: bool) -> Value {
        let kept = *self.random.pick(&[30, 50, 70, 85, 100]);
        // Minutes grow with the straight line, or with its power of 3/4; so many tenths for the first kilometre.
        let straight = self.random.chance(60);
        let factor = self.random.within(10, 31);
        let unrelated = !plain && self.random.chance(30);
        let (mut minutes, mut metres) = (Vec::new(), Vec::new());
        for from in points {
            let (mut row, mut row_of_metres) = (Vec::new(), Vec::new());
            for to in points {
                let squared = (from.0 - to.0).pow(2) + (from.1 - to.1).pow(2);
                let by_law = if straight {
                    rounded_up(factor * rounded_up_root(10_000 * squared), 10_000)
                } else {
                    // The root of the distance times its root: all in hundredths, and of tenths of a kilometre.
                    let root = rounded_up_root(rounded_up_root(100_000_000 * squared));
                    rounded_up(factor * rounded_up_root(rounded_up_root(10_000 * squared) * root), 5_623)
                };
                let minutes = if squared == 0 || self.random.chance(kept) { by_law } else { self.random.within(1, 59) };
                row.push(minutes);
                row_of_metres.push(if unrelated { self.random.within(500, 40_000) } else { 900 * minutes });
            }
            minutes.push(row);
            metres.push(row_of_metres);
        }
        json!({ "kind": "matrix", "places": places, "minutes": minutes, "metres": metres })
    }
}

/// A quotient.
fn rounded_up(number: i64, by: i64) -> i64 {
    (number + by - 1) / by
}

/// The least whole number whose square is no less.
fn rounded_up_root(square: i64) -> i64 {
    let root = square.isqrt();
    root + i64::from(root * root < square)
}

#[cfg(test)]
mod tests {
    use super::*;
    use visitrota::{Checks, check};

    #[test]
    fn problems_are_sound() {
        for problem in (0..300).flat_map(|seed| [bus_problem(seed), minibus_problem(seed)]) {
            let findings = check(&problem, &Checks::document());
            let error = findings.iter().find(|finding| finding.is_error());
            assert!(error.is_none(), "{}: {error:?}", problem.name);
        }
    }
}
