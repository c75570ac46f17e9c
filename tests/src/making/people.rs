//! The volunteers and the families of a random problem.

use serde_json::{Value, json};

use super::week::Maker;

/// Everything that somebody may hold, and somebody else ask for.
const SKILLS: [&str; 6] = ["dbs", "insurance", "licence", "child", "escort", "makaton"];
/// Those that are asked of every driver, unless the policy says otherwise.
const REQUIRED: [&str; 3] = ["dbs", "insurance", "licence"];

impl Maker {
    pub(super) fn volunteer(&mut self, n: i64, drives: bool) -> Value {
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

    pub(super) fn family(&mut self, n: i64) -> Value {
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
}
