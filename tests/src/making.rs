//! Random problems: small, and tight, so that every rule stops something somewhere.

use serde_json::{Value, json};
use visitrota::Problem;

use crate::random::Random;

/// How large a random problem is: ranges, both ends inside.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Volunteers who drive; some of them are chaperones too.
    pub drivers: (i64, i64),
    /// Volunteers who are chaperones alone.
    pub chaperones: (i64, i64),
    /// Families.
    pub families: (i64, i64),
    /// Requests.
    pub requests: (i64, i64),
    /// Slots.
    pub slots: (i64, i64),
    /// How tight limits are, in per cent: how many people have a limit of a kind, and how many slots, pairs and cars
    /// are scarce.
    pub tight: (i64, i64),
    /// Whether everybody may ride with everybody.
    pub all_share: bool,
    /// How often there are pins, in per cent.
    pub pins: usize,
}

/// Small enough for the [`Oracle`](crate::Oracle), and tight.
pub const TINY: Size = Size {
    drivers: (2, 4),
    chaperones: (0, 2),
    families: (2, 5),
    requests: (2, 6),
    slots: (2, 4),
    tight: (5, 60),
    all_share: false,
    pins: 25,
};

/// Beyond the oracle, and quick to plan.
pub const MIDDLING: Size = Size {
    drivers: (5, 7),
    chaperones: (1, 3),
    families: (8, 12),
    requests: (9, 14),
    slots: (6, 8),
    tight: (10, 30),
    all_share: false,
    pins: 0,
};

/// Few requests, and thousands of trips: everybody may ride with everybody.
pub const CROWDED: Size = Size {
    drivers: (5, 5),
    chaperones: (3, 3),
    families: (7, 7),
    requests: (7, 7),
    slots: (4, 4),
    tight: (4, 4),
    all_share: true,
    pins: 0,
};

/// Everything that somebody may hold, and somebody else ask for.
const SKILLS: [&str; 6] = ["dbs", "insurance", "licence", "child", "escort", "makaton"];
/// Those that are asked of every driver, unless the policy says otherwise.
const REQUIRED: [&str; 3] = ["dbs", "insurance", "licence"];

/// Weeks by their dates: an ordinary one, and those in which the clocks change on the third date. Slots are on the
/// second to the fourth.
const WEEKS: [[&str; 5]; 3] = [
    ["2026-06-04", "2026-06-05", "2026-06-06", "2026-06-07", "2026-06-08"],
    ["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31"],
    ["2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"],
];

/// The random problem of a seed.
///
/// # Panics
/// If the maker is at fault, and what it made is not of the form of a problem.
#[must_use]
pub fn random_problem(seed: u64, size: &Size) -> Problem {
    let mut random = Random::new(seed);
    let week = if random.chance(60) { WEEKS[0] } else { *random.pick(&WEEKS[1..]) };
    let tight = random.within(size.tight.0, size.tight.1) as usize;
    let busy_day = random.chance(40);
    let mut maker = Maker { random, size: *size, tight, week, slots: Vec::new(), busy_day };
    let document = maker.problem(format!("seed {seed}"));
    serde_json::from_value(document).unwrap_or_else(|error| panic!("seed {seed}: {error}"))
}

struct Maker {
    random: Random,
    size: Size,
    tight: usize,
    week: [&'static str; 5],
    /// When each slot starts and ends, in minutes after midnight of the week's first date.
    slots: Vec<(i64, i64)>,
    /// Whether all slots are on one date.
    busy_day: bool,
}

impl Maker {
    fn problem(&mut self, name: String) -> Value {
        let size = self.size;
        let prisons = self.random.within(1, 2);
        let mut count = |range: (i64, i64)| self.random.within(range.0, range.1);
        let (drivers, chaperones) = (count(size.drivers), count(size.chaperones));
        let (families, requests, slots) = (count(size.families), count(size.requests), count(size.slots));
        let volunteers = drivers + chaperones;

        let prisons: Vec<Value> = (1..=prisons).map(|n| self.prison(n)).collect();
        let slots: Vec<Value> = (1..=slots).map(|n| self.slot(n, prisons.len() as i64)).collect();
        let policy = self.policy();
        let volunteers: Vec<Value> = (1..=volunteers).map(|n| self.volunteer(n, n <= drivers)).collect();
        let families: Vec<Value> = (1..=families).map(|n| self.family(n)).collect();
        let requests: Vec<Value> = (1..=requests).map(|n| self.request(n, families.len() as i64)).collect();
        let people = || volunteers.iter().chain(&families).map(|person| &person["id"]);
        let places: Vec<&Value> = prisons.iter().map(|prison| &prison["id"]).chain(people()).collect();
        let pairs = self.pairs(&volunteers, &families);
        let pins = self.pins(&requests, drivers, &pairs);
        let published = self.published(&requests, slots.len() as i64, volunteers.len() as i64);
        json!({
            "format": "visitrota/1",
            "name": name,
            "week": { "from": self.week[1], "to": self.week[3] },
            "policy": policy,
            "travel": self.travel(&places),
            "prisons": prisons,
            "slots": slots,
            "volunteers": volunteers,
            "families": families,
            "requests": requests,
            "pairs": pairs,
            "pins": pins,
            "published": published,
        })
    }

    fn tight(&mut self) -> bool {
        let tight = self.tight;
        self.random.chance(tight)
    }

    /// Sets a field, so many times in a hundred.
    fn maybe(&mut self, per_cent: usize, object: &mut Value, field: &str, value: impl FnOnce(&mut Self) -> Value) {
        if self.random.chance(per_cent) {
            object[field] = value(self);
        }
    }

    /// Sets a field to a number, as often as limits are tight.
    fn limit(&mut self, object: &mut Value, field: &str, least: i64, most: i64) {
        let tight = self.tight;
        self.maybe(tight, object, field, |m| m.random.within(least, most).into());
    }

    fn number(&mut self, least: i64, most: i64) -> Value {
        self.random.within(least, most).into()
    }

    /// A wall clock, so many minutes after midnight of the week's first date.
    fn wall(&self, minutes: i64) -> String {
        let minutes = minutes.clamp(0, 5 * 1440 - 1);
        let (day, minute) = (minutes / 1440, minutes % 1440);
        format!("{}T{:02}:{:02}", self.week[day as usize], minute / 60, minute % 60)
    }

    fn policy(&mut self) -> Value {
        let mut policy = json!({
            "children_alone": *self.random.pick(&["chaperone", "chaperone", "chaperone", "chaperone", "driver", "never"]),
            "break_after_min": *self.random.pick(&[0, 15, 20, 30, 45, 60]),
            "break_min": self.number(1, 15),
            "turnaround_min": self.number(0, 150),
            "detour_min": self.number(0, 60),
            "detour_pct": self.number(0, 100),
        });
        if self.size.all_share {
            policy["children_alone"] = "chaperone".into();
            policy["detour_min"] = 1000.into();
        }
        self.maybe(70, &mut policy, "driver_requires", |_| json!(["dbs"]));
        self.maybe(80, &mut policy, "chaperone_requires", |_| json!(["dbs", "child"]));
        self.maybe(40, &mut policy, "child_only_requires", |_| json!(["child"]));
        self.maybe(75, &mut policy, "weights", Self::weights);
        self.maybe(25, &mut policy, "max_duty_min", |m| m.number(120, 500));
        self.maybe(15, &mut policy, "max_driving_min", |m| m.number(40, 300));
        policy
    }

    fn weights(&mut self) -> Value {
        json!({
            "visit": self.number(100, 1000),
            "per_week_waiting": self.number(0, 100),
            "max_weeks": self.number(0, 5),
            "slot_rank": self.number(0, 200),
            "new_volunteer": self.number(0, 300),
            "load": self.number(0, 200),
            "drive_min": self.number(0, 6),
            "change_slot": self.number(0, 500),
            "change_driver": self.number(0, 300),
            "drop_published": self.number(0, 700),
        })
    }

    fn prison(&mut self, n: i64) -> Value {
        let mut prison = json!({
            "id": format!("P{n}"),
            "check_in_min": self.number(0, 45),
            "check_out_min": self.number(0, 20),
        });
        self.maybe(40, &mut prison, "adult_age", |m| m.number(5, 18));
        self.limit(&mut prison, "max_visitors", 2, 5);
        self.limit(&mut prison, "max_adults", 1, 3);
        self.maybe(40, &mut prison, "escort_requires", |_| json!(["escort"]));
        prison
    }

    fn slot(&mut self, n: i64, prisons: i64) -> Value {
        let day = if self.busy_day { 2 } else { self.random.within(1, 3) };
        // Where the clocks change, some visits are so early that the way there leads through the night.
        let early = self.week != WEEKS[0] && day == 2 && self.random.chance(70);
        let start = if early { self.random.within(12, 20) } else { self.random.within(36, 72) };
        let start = day * 1440 + 15 * start;
        let end = start + self.random.within(30, 75);
        self.slots.push((start, end));
        let mut slot = json!({
            "id": format!("S{n}"),
            "prison": format!("P{}", self.random.within(1, prisons)),
            "start": self.wall(start),
            "end": self.wall(end),
        });
        self.limit(&mut slot, "tables", 0, 2);
        slot
    }

    /// Windows that let through some ways to some slots: several round one slot, neither including the other, and now
    /// and then a day or all days.
    fn windows(&mut self, most: i64) -> Vec<Value> {
        let number = self.random.within(1, most);
        let mut windows = Vec::new();
        for _ in 0..number {
            if self.tight() {
                let (start, end) = *self.random.pick(&self.slots);
                for _ in 0..self.random.within(1, 2) {
                    let (before, after) = (self.random.within(30, 160), self.random.within(20, 140));
                    windows.push((start - before, end + after));
                }
            } else if self.random.chance(40) {
                let day = self.random.within(1, 3) * 1440;
                windows.push((day + self.random.within(0, 600), day + self.random.within(900, 1439)));
            } else {
                windows.push((self.random.within(0, 1440), self.random.within(4 * 1440, 5 * 1440)));
            }
        }
        windows.iter().map(|&(from, to)| json!({ "from": self.wall(from), "to": self.wall(to) })).collect()
    }

    fn volunteer(&mut self, n: i64, drives: bool) -> Value {
        let roles = match (drives, self.random.chance(30)) {
            (true, false) => json!(["driver"]),
            (true, true) => json!(["driver", "chaperone"]),
            (false, _) => json!(["chaperone"]),
        };
        let mut volunteer = json!({
            "id": format!("V{n}"),
            "roles": roles,
            "available": self.windows(3),
            "max_trips": self.number(1, 4),
            "max_trips_per_day": self.number(1, 3),
            "max_families": self.number(1, 3),
            "holds": self.holds(),
            "recent_trips": self.number(0, 3),
        });
        if drives {
            let scarce = self.tight();
            let mut few = |most: i64| if scarce { self.random.within(0, most) } else { most };
            volunteer["car"] = json!({
                "seats": few(4) + 2, "infant": few(2), "harness": few(2), "booster": few(3), "wheelchair": few(1),
            });
            self.limit(&mut volunteer, "max_duty_min", 100, 400);
            self.limit(&mut volunteer, "max_driving_min", 30, 200);
            self.limit(&mut volunteer, "max_km_week", 20, 200);
        }
        if self.size.all_share {
            volunteer["max_families"] = 4.into();
            volunteer["max_trips"] = 2.into();
        } else if self.random.chance(3) {
            let field = *self.random.pick(&["max_families", "max_trips", "max_trips_per_day"]);
            volunteer[field] = 0.into();
        }
        volunteer
    }

    fn holds(&mut self) -> Vec<Value> {
        let mut holds = Vec::new();
        for what in SKILLS {
            // Checks are rarely lacking, skills often.
            let tight = if REQUIRED.contains(&what) { self.tight / 6 } else { self.tight * 2 / 3 };
            if self.random.chance(tight) {
                if self.random.chance(60) {
                    let until = *self.random.pick(&self.week[1..4]);
                    holds.push(json!({ "what": what, "until": until }));
                }
            } else {
                holds.push(json!({ "what": what }));
            }
        }
        holds
    }

    fn family(&mut self, n: i64) -> Value {
        let mut members: Vec<Value> = Vec::new();
        if self.random.chance(60) {
            members.push(json!({ "age": self.number(18, 70) }));
        }
        let more = self.random.within(i64::from(members.is_empty()), 2);
        for _ in 0..more {
            members.push(self.member());
        }
        let mut family = json!({
            "id": format!("F{n}"),
            "members": members,
            "shares_car": self.random.chance(75),
            "boarding_min": self.number(0, 8),
        });
        if self.size.all_share {
            family["shares_car"] = true.into();
        }
        let tight = self.tight;
        self.maybe(tight / 2, &mut family, "max_ride_min", |m| m.number(20, 80));
        self.maybe(tight, &mut family, "available", |m| m.windows(3).into());
        self.maybe(tight / 2, &mut family, "needs", |_| json!(["makaton"]));
        family
    }

    fn member(&mut self) -> Value {
        let mut member = json!({ "age": *self.random.pick(&[0, 1, 2, 3, 4, 8, 11, 12, 15, 17, 18, 50]) });
        self.maybe(20, &mut member, "restraint", |m| {
            (*m.random.pick(&["infant", "harness", "booster", "none"])).into()
        });
        self.maybe(15, &mut member, "own_restraint", |_| true.into());
        self.maybe(10, &mut member, "wheelchair", |_| true.into());
        member
    }

    fn request(&mut self, n: i64, families: i64) -> Value {
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

    fn pairs(&mut self, volunteers: &[Value], families: &[Value]) -> Vec<Value> {
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

    fn pins(&mut self, requests: &[Value], drivers: i64, pairs: &[Value]) -> Vec<Value> {
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

    fn published(&mut self, requests: &[Value], slots: i64, volunteers: i64) -> Vec<Value> {
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

    /// A matrix of one of three kinds: on a plane; on a plane, with metres that have nothing to do with minutes; wild,
    /// where the way through a third place may be shorter, and the way back another than the way there.
    fn travel(&mut self, places: &[&Value]) -> Value {
        let wild = self.random.chance(40);
        let unrelated = self.random.chance(40);
        let points: Vec<(i64, i64)> =
            places.iter().map(|_| (self.random.within(0, 20), self.random.within(0, 20))).collect();
        let (mut minutes, mut metres) = (Vec::new(), Vec::new());
        for from in &points {
            let (mut row_of_minutes, mut row_of_metres) = (Vec::new(), Vec::new());
            for to in &points {
                let across = (from.0 - to.0).abs() + (from.1 - to.1).abs();
                let minutes = if wild { self.random.within(1, 40) } else { across + self.random.within(0, 2) };
                let metres = if wild || unrelated { self.random.within(500, 45_000) } else { 900 * minutes };
                row_of_minutes.push(minutes);
                row_of_metres.push(metres);
            }
            minutes.push(row_of_minutes);
            metres.push(row_of_metres);
        }
        let mut travel = json!({ "kind": "matrix", "places": places, "minutes": minutes, "metres": metres });
        self.maybe(15, &mut travel, "margin_pct", |m| m.number(1, 40));
        travel
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use visitrota::{Code, check};

    #[test]
    fn problems_are_sound_but_for_pins() {
        for (size, seeds) in [(&TINY, 0..400), (&MIDDLING, 0..40), (&CROWDED, 0..10)] {
            for seed in seeds {
                let findings = check(&random_problem(seed, size));
                let error = findings.iter().find(|finding| finding.is_error() && finding.code != Code::ImpossiblePin);
                assert!(error.is_none(), "seed {seed}: {error:?}");
            }
        }
    }
}
