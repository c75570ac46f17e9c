//! The vocabulary of visitrota: problem and rota documents, checking a problem, verifying a rota.
//!
//! This crate does no I/O, reads no clock and never panics, whatever it is given.

mod absent;
mod change;
mod check;
mod contact;
mod finding;
mod findings;
mod id;
mod leg;
mod limit;
mod miles;
mod names;
mod nearest;
mod odd_trips;
mod patch;
mod problem;
mod progress;
mod read;
mod read_limits;
mod rota;
mod schema;
mod time;
mod time_of_day;
mod verify;
mod why;

pub use absent::NamesById;
pub use change::{Change, Fitting, Limit, effort};
pub use check::{check, check_rota, check_week, in_document_order, lacking, lacking_for_some, lacks_what_all_need};
pub use contact::{Contact, Language};
pub use finding::{Code, Finding, FindingList, Mention, Severity};
pub use findings::Tally;
pub use id::{FamilyId, MeetingPointId, PlaceId, PrisonId, PrisonerId, RequestId, SlotId, VolunteerId};
pub use leg::{Leg, Legs};
pub use miles::tenths_of_a_mile;
pub use names::{Names, listed};
pub use nearest::likely;
pub use odd_trips::odd_trips;
pub use patch::{Patch, apply, apply_within, patch, read_patch};
pub use problem::{
    Car, ChildrenAlone, Family, Hold, Hours, MeetingPlace, MeetingPoint, Member, Pair, PairRule, Pin, Policy, Position,
    Prison, Prisoner, Problem, ProblemFormat, Published, Request, Restraint, Role, Slot, SlotOption, Travel,
    TravelSource, Volunteer, Way, Week, Weights, Window,
};
pub use progress::Progress;
pub use read_limits::{Measure, ReadLimits, TooLarge};
pub use rota::{
    EndedBy, KeptFree, MadeBy, OddSetting, OddTrip, Oddity, Reason, Rota, RotaFormat, Rule, ScoreParts, Status, Stop,
    StopKind, Trip, Unmet,
};
pub use schema::DocumentKind;
pub use time::{Date, Instant, Observance, TimeError, WallTime, Zone};
pub use time_of_day::TimeOfDay;
pub use verify::{Breach, Clause, Verdict, Verification, verify};
pub use why::{
    Advice, Alternative, Assignment, Block, Bounds, Chaperones, Contradiction, Dropped, Explanation, Judgement, Moved,
    Nearest, Repair, Served, Serving, StandIn, Standby, Suggestion, Tight, TripStandby, WayOut, WhyNot, WhyUnmet,
};
