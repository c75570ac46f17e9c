//! The sheets of a problem and their columns: what each is called, holds and means. Reading, writing, the template and
//! its notes all follow this one list.

mod people;
mod places;
mod rides;
mod settings;
mod spec;

pub(crate) use people::{AVAILABILITY, FAMILIES, PEOPLE, PRISONERS, VOLUNTEERS};
pub(crate) use places::{BLOCKED, MEETING_POINTS, PLACES, PRISONS, SESSIONS, SLOTS, TRAVEL};
pub(crate) use rides::{LOCKED, PAIRS, PINS, PUBLISHED, REQUESTS, RIDES, is_of_a_report};
pub(crate) use settings::{ALL_SETTINGS, MORE_SETTINGS, SETTINGS, Setting};
pub(crate) use spec::{Column, Kind, Spec};

/// Every sheet, in the order in which they are written.
pub(crate) const ALL: [&Spec; 19] = [
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
    &MORE_SETTINGS,
];

/// The sheets that a coordinator fills in first.
pub(crate) const NEEDED: [&str; 7] =
    [SETTINGS.name, PRISONS.name, SESSIONS.name, VOLUNTEERS.name, AVAILABILITY.name, FAMILIES.name, REQUESTS.name];
/// The sheet that a template opens on.
pub(crate) const START_HERE: &str = "Start here";
/// The sheet of what everything means.
pub(crate) const NOTES: &str = "notes";
/// The hidden sheet of what drop-downs offer.
pub(crate) const LISTS: &str = "lists";
/// Sheets that are passed over.
pub(crate) const UNREAD: [&str; 6] = [START_HERE, NOTES, LISTS, "note", "readme", "help"];
