//! A chaperone's part of a sheet.

use maud::{Markup, html};
use visitrota_model::{StopKind, Volunteer};

use super::people::{children, crowd, together};
use crate::book::{Book, Call, Host, Tour};
use crate::html::{apart, head, stands, who};
use crate::words::{clock, span};

/// A chaperone is told who rides and when, and the meeting points, where they may be of help, but not where the families
/// live: somebody else drives there.
pub(super) fn rides(book: &Book<'_>, volunteer: &Volunteer, tour: &Tour<'_>, level: u8) -> Markup {
    let day = Some(tour.date());
    let own = |call: &Call<'_>| call.host.id() == volunteer.id.as_str();
    let first = tour.calls.iter().position(own).unwrap_or_default();
    let last = tour.calls.iter().rposition(own).unwrap_or_default();
    let here = tour.calls.iter().enumerate().filter(|(at, _)| (first..=last).contains(at));
    let driver = tour.driver.id.as_str();
    html! {
        section {
            (head(level + 1, &html! { "Trip " (tour.number) ": you ride as chaperone" (stands(tour)) }))
            p { (who(book.who(driver))) " drives" @if let Some(phone) = book.phone(driver) { ", telephone " (apart(phone)) } "." }
            table {
                caption.visually-hidden { "Stops" }
                thead { tr { th scope="col" { "Time" } th scope="col" { "What" } th scope="col" { "Who, and how many" } } }
                tbody { @for (_, call) in here {
                    @match (call.kind, call.host) {
                        (StopKind::Pickup, Host::Family(family, _)) => tr {
                            td { (span(call.arrive, call.depart, day)) } td { "gets in" (at(book, call)) } td { (crowd(book, family)) }
                        },
                        (StopKind::Dropoff, Host::Family(family, _)) => tr {
                            td { (span(call.arrive, call.depart, day)) } td { "gets out" (at(book, call)) } td { (crowd(book, family)) }
                        },
                        (StopKind::Pickup, _) => tr { td { (clock(call.arrive, day)) } td { "you are picked up at home" } td {} },
                        (StopKind::Dropoff, _) => tr { td { (clock(call.arrive, day)) } td { "you are home again" } td {} },
                        (StopKind::Gate, _) => {
                            tr { td { (clock(call.arrive, day)) } td { "at the gate" } td { (who(book.gate(tour.prison))) } }
                            tr { td { (span(tour.slot.start, tour.slot.end, day)) } td { "visit" } td {} }
                            tr { td { (clock(call.depart, day)) } td { "leave the gate" } td {} }
                        },
                        (StopKind::Leave | StopKind::Home, _) => {},
                    }
                } }
            }
            div.lists {
                div { (head(level + 2, &html! { "In the car" })) ul { @for ride in &tour.rides { li { (crowd(book, ride.family)) } } } }
                div { (head(level + 2, &html! { "Bring" })) ul { li { "This sheet, your telephone, and photo ID" } } }
            }
            (together(book, tour))
            (children(book, tour))
        }
    }
}

/// The meeting point where they get in or out.
fn at(book: &Book<'_>, call: &Call<'_>) -> Markup {
    html! { @if let Some(point) = call.point { " at " (who(book.meeting_point(point))) } }
}
