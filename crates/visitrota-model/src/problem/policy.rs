//! The scheme's rules and weights.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::people::Volunteer;
use crate::limit;
use crate::time_of_day::TimeOfDay;

/// The scheme's rules and weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Policy {
    /// What every driver holds on the day.
    pub driver_requires: Vec<String>,
    /// What every chaperone holds on the day.
    pub chaperone_requires: Vec<String>,
    /// What every family holds on the day: a consent, say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(!skip_serializing_if)]
    pub family_requires: Vec<String>,
    /// What driver and chaperone of a trip with a child-only family hold besides.
    pub child_only_requires: Vec<String>,
    /// Who goes with a child-only family.
    pub children_alone: ChildrenAlone,
    /// A break falls due whenever this many minutes of driving are exceeded; 0 = none.
    #[schemars(range(max = limit::MINUTES))]
    pub break_after_min: u32,
    /// Minutes of a break; 0 = none.
    #[schemars(range(max = limit::MINUTES))]
    pub break_min: u32,
    /// Minutes between two trips of one volunteer.
    #[schemars(range(max = limit::MINUTES))]
    pub turnaround_min: u32,
    /// How many minutes longer than direct a family may ride, …
    #[schemars(range(max = limit::MINUTES))]
    pub detour_min: u32,
    /// … or how many per cent of the direct time, whichever is more.
    #[schemars(range(max = limit::PER_CENT))]
    pub detour_pct: u32,
    /// The hours of a date before and after which no volunteer is called on; absent = any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volunteer_hours: Option<Hours>,
    /// The hours of a date before and after which no family is called on; absent = any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_hours: Option<Hours>,
    /// The most minutes from home to home on one date, for drivers who give none of their own; absent = no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_duty_min: Option<u32>,
    /// The most minutes of driving on one date, for drivers who give none of their own; absent = no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_driving_min: Option<u32>,
    /// Whether the chaperone boards before every child-only family and leaves the car after them.
    #[serde(skip_serializing_if = "usual::chaperone_throughout")]
    #[schemars(!skip_serializing_if)]
    pub chaperone_throughout: bool,
    /// By how many minutes an announced time may move before that is a change.
    #[serde(skip_serializing_if = "usual::time_tolerance_min")]
    #[schemars(!skip_serializing_if, range(max = limit::MINUTES))]
    pub time_tolerance_min: u32,
    /// The weights of the score.
    pub weights: Weights,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            driver_requires: ["dbs", "insurance", "licence"].map(String::from).to_vec(),
            chaperone_requires: vec!["dbs".to_owned()],
            family_requires: Vec::new(),
            child_only_requires: Vec::new(),
            children_alone: ChildrenAlone::Chaperone,
            break_after_min: 120,
            break_min: 15,
            turnaround_min: 30,
            detour_min: 20,
            detour_pct: 20,
            volunteer_hours: None,
            family_hours: None,
            max_duty_min: None,
            max_driving_min: None,
            chaperone_throughout: false,
            time_tolerance_min: usual::TIME_TOLERANCE_MIN,
            weights: Weights::default(),
        }
    }
}

/// Hours of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Hours {
    /// When they begin.
    pub from: TimeOfDay,
    /// When they end: `24:00` at the latest.
    pub to: TimeOfDay,
}

/// Who goes with a child-only family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChildrenAlone {
    /// A second adult rides.
    #[default]
    Chaperone,
    /// The driver alone may.
    Driver,
    /// Child-only families are not carried.
    Never,
}

/// The weights of the score, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Weights {
    /// For each visit.
    #[schemars(range(max = limit::WEIGHT))]
    pub visit: u32,
    /// For each visit and week that it has waited.
    #[schemars(range(max = limit::WEIGHT))]
    pub per_week_waiting: u32,
    /// At most this many weeks of waiting count.
    #[schemars(range(max = limit::COUNT))]
    pub max_weeks: u32,
    /// Off for each step down a family's list of slots.
    #[schemars(range(max = limit::WEIGHT))]
    pub slot_rank: u32,
    /// Off for a family with usual volunteers that rides with none of them.
    #[schemars(range(max = limit::WEIGHT))]
    pub new_volunteer: u32,
    /// Off for a volunteer's trip, times the trips that volunteer has made before.
    #[schemars(range(max = limit::WEIGHT))]
    pub load: u32,
    /// Off for each minute of driving.
    #[schemars(range(max = limit::WEIGHT))]
    pub drive_min: u32,
    /// Off for a published visit that moves to another slot.
    #[schemars(range(max = limit::WEIGHT))]
    pub change_slot: u32,
    /// Off for a published visit that moves to another driver.
    #[schemars(range(max = limit::WEIGHT))]
    pub change_driver: u32,
    /// Off for a published ride whose times move by more than the policy's `time_tolerance_min`.
    #[serde(skip_serializing_if = "usual::change_time")]
    #[schemars(!skip_serializing_if, range(max = limit::WEIGHT))]
    pub change_time: u32,
    /// Off for a published visit that is not met.
    #[schemars(range(max = limit::WEIGHT))]
    pub drop_published: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            visit: 10_000,
            per_week_waiting: 500,
            max_weeks: 26,
            slot_rank: 100,
            new_volunteer: 200,
            load: 50,
            drive_min: 1,
            change_slot: 2_000,
            change_driver: 800,
            change_time: usual::CHANGE_TIME,
            drop_published: 5_000,
        }
    }
}
/// Fields that came later are not written where they are as usual: documents stay as they were, to the byte.
mod usual {
    pub(super) const TIME_TOLERANCE_MIN: u32 = 10;
    pub(super) const CHANGE_TIME: u32 = 300;

    pub(super) fn chaperone_throughout(given: &bool) -> bool {
        !given
    }
    pub(super) fn time_tolerance_min(given: &u32) -> bool {
        *given == TIME_TOLERANCE_MIN
    }
    pub(super) fn change_time(given: &u32) -> bool {
        *given == CHANGE_TIME
    }
}

impl Policy {
    /// The most minutes from home to home that a driver has on one date: their own limit, else the scheme's.
    #[must_use]
    pub fn max_duty_of(&self, driver: &Volunteer) -> Option<u32> {
        driver.max_duty_min.or(self.max_duty_min)
    }

    /// The most minutes of driving that a driver has on one date: their own limit, else the scheme's.
    #[must_use]
    pub fn max_driving_of(&self, driver: &Volunteer) -> Option<u32> {
        driver.max_driving_min.or(self.max_driving_min)
    }
}
