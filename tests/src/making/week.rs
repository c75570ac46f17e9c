//! A week: the policy, prisons, slots and roads of a random problem.

use serde_json::{Value, json};

use super::{Size, WEEKS};
use crate::random::Random;

pub(super) struct Maker {
    pub(super) random: Random,
    pub(super) size: Size,
    pub(super) tight: usize,
    pub(super) week: [&'static str; 5],
    /// When each slot starts and ends, in minutes after midnight of the week's first date.
    pub(super) slots: Vec<(i64, i64)>,
    /// Whether all slots are on one date.
    busy_day: bool,
}

impl Maker {
    pub(super) fn new(random: Random, size: Size, tight: usize, week: [&'static str; 5], busy_day: bool) -> Self {
        Self { random, size, tight, week, slots: Vec::new(), busy_day }
    }

    pub(super) fn problem(&mut self, name: String) -> Value {
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

    pub(super) fn tight(&mut self) -> bool {
        let tight = self.tight;
        self.random.chance(tight)
    }

    /// Sets a field, so many times in a hundred.
    pub(super) fn maybe(
        &mut self,
        per_cent: usize,
        object: &mut Value,
        field: &str,
        value: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.random.chance(per_cent) {
            object[field] = value(self);
        }
    }

    /// Sets a field to a number, as often as limits are tight.
    pub(super) fn limit(&mut self, object: &mut Value, field: &str, least: i64, most: i64) {
        let tight = self.tight;
        self.maybe(tight, object, field, |m| m.random.within(least, most).into());
    }

    pub(super) fn number(&mut self, least: i64, most: i64) -> Value {
        self.random.within(least, most).into()
    }

    /// A wall clock, so many minutes after midnight of the week's first date.
    pub(super) fn wall(&self, minutes: i64) -> String {
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
    pub(super) fn windows(&mut self, most: i64) -> Vec<Value> {
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
