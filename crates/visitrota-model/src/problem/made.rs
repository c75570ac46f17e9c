//! Documents made in code: each struct by what it must have. All else is what the document says where it says nothing.

use super::defaults;
use super::{
    Car, Family, Hold, Hours, MeetingPoint, Member, Pair, PairRule, Pin, Policy, Prison, Prisoner, Problem,
    ProblemFormat, Published, Request, Role, Slot, SlotOption, Travel, TravelSource, Volunteer, Week, Window,
};
use crate::id::{FamilyId, MeetingPointId, PlaceId, PrisonId, PrisonerId, RequestId, SlotId, VolunteerId};
use crate::time::{Date, WallTime, Zone};
use crate::time_of_day::TimeOfDay;

impl Problem {
    /// A week in which nobody does or wants anything yet.
    ///
    /// ```
    /// use visitrota_model::{Problem, Week};
    ///
    /// let problem = Problem::new(Week::new("2026-12-05".parse()?, "2026-12-06".parse()?));
    /// assert!(problem.volunteers.is_empty());
    /// # Ok::<(), visitrota_model::TimeError>(())
    /// ```
    #[must_use]
    pub fn new(week: Week) -> Self {
        Self {
            format: ProblemFormat::V1,
            name: String::new(),
            week,
            timezone: Zone::default(),
            policy: Policy::default(),
            travel: Travel::default(),
            prisons: Vec::new(),
            meeting_points: Vec::new(),
            prisoners: Vec::new(),
            slots: Vec::new(),
            volunteers: Vec::new(),
            families: Vec::new(),
            requests: Vec::new(),
            pairs: Vec::new(),
            pins: Vec::new(),
            published: Vec::new(),
            locked: Vec::new(),
        }
    }
}

impl Week {
    /// The week from the first date to the last, both inside.
    #[must_use]
    pub fn new(from: Date, to: Date) -> Self {
        Self { from, to }
    }
}

impl Prison {
    /// A prison that admits visitors as most do. It needs coordinates or a postcode besides.
    #[must_use]
    pub fn new(id: impl Into<PrisonId>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            lat: None,
            lon: None,
            postcode: None,
            check_in_min: defaults::check_in_min(),
            check_out_min: defaults::check_out_min(),
            adult_age: defaults::adult_age(),
            max_visitors: defaults::max_visitors(),
            max_adults: defaults::max_adults(),
            escort_requires: Vec::new(),
            visitor_requires: Vec::new(),
        }
    }
}

impl MeetingPoint {
    /// A meeting point. It needs coordinates or a postcode besides.
    #[must_use]
    pub fn new(id: impl Into<MeetingPointId>) -> Self {
        Self { id: id.into(), name: String::new(), lat: None, lon: None, postcode: None }
    }
}

impl Prisoner {
    /// Somebody in a prison who may be visited as often as there are slots.
    #[must_use]
    pub fn new(id: impl Into<PrisonerId>, prison: impl Into<PrisonId>) -> Self {
        Self { id: id.into(), name: String::new(), prison: prison.into(), visits: None }
    }
}

impl Slot {
    /// A slot at a prison, with as many tables as there are families.
    #[must_use]
    pub fn new(id: impl Into<SlotId>, prison: impl Into<PrisonId>, start: WallTime, end: WallTime) -> Self {
        Self { id: id.into(), prison: prison.into(), start, end, tables: None }
    }
}

impl Volunteer {
    /// A volunteer who makes one trip a week and takes two families at once. They need coordinates or a postcode besides,
    /// windows in which they are available, and a car if they drive.
    #[must_use]
    pub fn new(id: impl Into<VolunteerId>, roles: impl Into<Vec<Role>>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            lat: None,
            lon: None,
            postcode: None,
            roles: roles.into(),
            car: None,
            available: Vec::new(),
            max_trips: defaults::max_trips(),
            max_trips_per_day: defaults::max_trips(),
            max_duty_min: None,
            max_driving_min: None,
            max_km_week: None,
            max_families: defaults::max_families(),
            holds: Vec::new(),
            recent_trips: 0,
        }
    }
}

impl Car {
    /// A car with so many seats without the driver's, and nothing fitted.
    #[must_use]
    pub const fn new(seats: u32) -> Self {
        Self { seats, infant: 0, harness: 0, booster: 0, wheelchair: 0 }
    }
}

impl Window {
    /// The span from one time to another, both inside.
    #[must_use]
    pub fn new(from: WallTime, to: WallTime) -> Self {
        Self { from, to }
    }
}

impl Hold {
    /// A check, permission or skill that does not run out.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), until: None }
    }

    /// The same, valid until a date, that date inside.
    #[must_use]
    pub fn until(self, date: Date) -> Self {
        Self { until: Some(date), ..self }
    }
}

impl Family {
    /// A family that rides with no other and is free at any time. It needs coordinates or a postcode besides.
    #[must_use]
    pub fn new(id: impl Into<FamilyId>, members: impl Into<Vec<Member>>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            lat: None,
            lon: None,
            postcode: None,
            members: members.into(),
            shares_car: false,
            boarding_min: defaults::boarding_min(),
            max_ride_min: None,
            available: Vec::new(),
            pickup: None,
            dropoff: None,
            holds: Vec::new(),
            needs: Vec::new(),
        }
    }
}

impl Member {
    /// Somebody of an age in years, with the restraint that goes with it.
    #[must_use]
    pub fn new(age: u8) -> Self {
        Self { age, restraint: None, own_restraint: false, wheelchair: false }
    }
}

impl Request {
    /// One family's visit, in one of these slots. For a joint visit, add to `families`.
    #[must_use]
    pub fn new(id: impl Into<RequestId>, family: impl Into<FamilyId>, options: impl Into<Vec<SlotOption>>) -> Self {
        Self {
            id: id.into(),
            families: vec![family.into()],
            options: options.into(),
            prisoner: None,
            pickup: None,
            dropoff: None,
            weeks_waiting: 0,
            extra_points: 0,
        }
    }
}

impl SlotOption {
    /// A slot that would do; 0 is the family's first choice.
    #[must_use]
    pub fn new(slot: impl Into<SlotId>, rank: u32) -> Self {
        Self { slot: slot.into(), rank, pickup: None, dropoff: None }
    }
}

impl Pair {
    /// A rule about two people.
    #[must_use]
    pub fn new(a: impl Into<PlaceId>, b: impl Into<PlaceId>, rule: PairRule) -> Self {
        Self { a: a.into(), b: b.into(), rule }
    }
}

impl Pin {
    /// That a request is served, by anybody in any of its slots.
    #[must_use]
    pub fn new(request: impl Into<RequestId>) -> Self {
        Self { request: request.into(), slot: None, driver: None, family: None }
    }
}

impl Published {
    /// That a slot and a driver were announced, without a chaperone or times.
    #[must_use]
    pub fn new(request: impl Into<RequestId>, slot: impl Into<SlotId>, driver: impl Into<VolunteerId>) -> Self {
        Self {
            request: request.into(),
            slot: slot.into(),
            driver: driver.into(),
            chaperone: None,
            family: None,
            pickup: None,
            home: None,
        }
    }
}

impl Hours {
    /// The hours from one time of the day to another.
    #[must_use]
    pub fn new(from: TimeOfDay, to: TimeOfDay) -> Self {
        Self { from, to }
    }
}

impl From<TravelSource> for Travel {
    /// Travel of this source, without a margin.
    fn from(source: TravelSource) -> Self {
        Self { source, margin_pct: 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, from_value, json};

    use super::*;

    /// What is made with a constructor is what the document says with nothing else in it.
    fn same<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(made: T, document: Value) {
        assert_eq!(made, from_value(document).unwrap());
        assert_eq!(made, from_value(serde_json::to_value(&made).unwrap()).unwrap());
    }

    #[test]
    fn constructors_have_the_defaults_of_the_documents() {
        let time = |text: &str| text.parse::<WallTime>().unwrap();
        let (from, to) = (time("2026-12-05T14:00"), time("2026-12-05T16:00"));
        let week = Week::new(from.date(), from.date());
        let dates = json!({"from": "2026-12-05", "to": "2026-12-05"});
        same(Problem::new(week), json!({"format": "visitrota/1", "week": dates}));
        same(Prison::new("P"), json!({"id": "P"}));
        same(MeetingPoint::new("M"), json!({"id": "M"}));
        same(Prisoner::new("X", "P"), json!({"id": "X", "prison": "P"}));
        let slot = json!({"id": "S", "prison": "P", "start": "2026-12-05T14:00", "end": "2026-12-05T16:00"});
        same(Slot::new("S", "P", from, to), slot);
        same(Volunteer::new("V", [Role::Driver]), json!({"id": "V", "roles": ["driver"], "available": []}));
        same(Car::new(4), json!({"seats": 4}));
        same(Window::new(from, to), json!({"from": "2026-12-05T14:00", "to": "2026-12-05T16:00"}));
        same(Hold::new("dbs"), json!({"what": "dbs"}));
        same(Hold::new("dbs").until(from.date()), json!({"what": "dbs", "until": "2026-12-05"}));
        same(Family::new("F", [Member::new(8)]), json!({"id": "F", "members": [{"age": 8}]}));
        let options = json!([{"slot": "S"}]);
        same(Request::new("R", "F", [SlotOption::new("S", 0)]), json!({"id": "R", "family": "F", "options": options}));
        same(Pair::new("V", "F", PairRule::Usual), json!({"a": "V", "b": "F", "rule": "usual"}));
        same(Pin::new("R"), json!({"request": "R"}));
        same(Published::new("R", "S", "V"), json!({"request": "R", "slot": "S", "driver": "V"}));
        let hours = Hours::new("06:30".parse().unwrap(), "21:00".parse().unwrap());
        same(hours, json!({"from": "06:30", "to": "21:00"}));
        same(Travel::from(TravelSource::Estimate), json!({"kind": "estimate"}));
    }
}
