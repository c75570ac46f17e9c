//! What the page and its script know trips and people by.

use visitrota_model::Volunteer;

use crate::book::Tour;
use crate::html::plain;

/// What the script filters a trip's parts by.
pub(super) fn people_of(tour: &Tour<'_>) -> String {
    tour.volunteers().map(key).collect::<Vec<_>>().join("\n")
}

/// What the script knows a volunteer by.
pub(super) fn key(volunteer: &Volunteer) -> String {
    plain(volunteer.id.as_str())
}

/// Where the page shows a trip.
pub(super) fn anchor(tour: &Tour<'_>) -> String {
    format!("trip-{}", tour.number)
}
