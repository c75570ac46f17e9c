//! The sheets of a problem and their columns: what each is called, holds and means. Reading, writing, the template and
//! its notes all follow this one list.

mod people;
mod places;
mod rides;
mod settings;
mod spec;

pub(crate) use people::{AVAILABILITY, FAMILIES, PEOPLE, PRISONERS, VOLUNTEERS};
pub(crate) use places::{BLOCKED, MEETING_POINTS, PLACES, PRISONS, SESSIONS, SLOTS, TRAVEL};
pub(crate) use rides::{LOCKED, PAIRS, PINS, PUBLISHED, REQUESTS, RIDES};
pub(crate) use settings::{ALL_SETTINGS, SETTINGS, Setting};
pub(crate) use spec::{Column, Kind, Spec};

/// Every sheet, in the order in which they are written.
pub(crate) const ALL: [&Spec; 18] = [
    &SETTINGS,
    &PRISONS,
    &SESSIONS,
    &BLOCKED,
    &SLOTS,
    &VOLUNTEERS,
    &AVAILABILITY,
    &FAMILIES,
    &PEOPLE,
    &MEETING_POINTS,
    &PRISONERS,
    &REQUESTS,
    &PAIRS,
    &PINS,
    &PUBLISHED,
    &LOCKED,
    &PLACES,
    &TRAVEL,
];
