//! Where a stop is, as a driver must know it, and the way there.

use maud::{Markup, html};
use visitrota_model::StopKind;

use crate::book::{Book, Call, Spot, Tour};
use crate::html::{apart, who};
use crate::words::{distance, duration};

/// Meeting point, notes, postcode, coordinates, and a link to the way there that says nothing but coordinates. Of a home
/// at which the car does not call, nothing is told.
pub(super) fn place(book: &Book<'_>, tour: &Tour<'_>, at: usize) -> Markup {
    let Some(call) = tour.calls.get(at) else { return html! {} };
    let before = at.checked_sub(1).and_then(|at| tour.calls.get(at));
    let stays = call.stays(before);
    html! {
        @if let Some(point) = call.point {
            (who(book.meeting_point(point)))
            @if !stays && !seen(tour, at) && let Some(phone) = book.phone(point.id.as_str()) { ", telephone " b { (apart(phone)) } }
            br;
        }
        @if stays { "the same place" } @else { (way(book, tour, at, before, call)) }
    }
}

fn way(book: &Book<'_>, tour: &Tour<'_>, at: usize, before: Option<&Call<'_>>, call: &Call<'_>) -> Markup {
    let own = call.kind == StopKind::Home;
    let postcode = call.placed().postcode().filter(|_| !own);
    let notes = book.notes(call.place()).filter(|_| !own && !seen(tour, at));
    let from = before.filter(|before| !before.rough()).and_then(Call::spot);
    html! {
        @if let Some(notes) = notes { (apart(notes)) br; }
        @if let Some(postcode) = postcode { b { (apart(postcode)) } " " }
        // The middle of a sector is not where the car is to stop: nobody is led there.
        @if call.rough() { @if !own { span.small { "position known by postcode only," } } }
        @else if let Some(to) = call.spot() {
            @if book.links_routes() { a href=(format!("geo:{}", degrees(to))) rel="noreferrer" { (degrees(to)) } }
            @else { (degrees(to)) }
            @if let Some(from) = from.filter(|_| book.links_routes()) {
                " "
                a href=(route(from, to)) rel="noreferrer" aria-label={ "Route to the stop at " (call.arrive.clock()) } { "route" }
            }
        }
        @if let Some(drive) = call.drive {
            span.small { " " (duration(drive.minutes)) ", " (distance(drive.metres.into())) }
        }
    }
}

/// Whether a sheet of the trip has a link to the way from one stop to the next.
pub(crate) fn has_routes(book: &Book<'_>, tour: &Tour<'_>) -> bool {
    let known = |call: &Call<'_>| !call.rough() && call.spot().is_some();
    book.links_routes() && tour.calls.windows(2).any(|two| two.iter().all(known) && !two[1].stays(Some(&two[0])))
}

/// Whether the car has been there before on the trip, so that its notes have been told.
fn seen(tour: &Tour<'_>, at: usize) -> bool {
    let here = tour.calls.get(at).map(Call::place);
    tour.calls.iter().take(at).any(|call| Some(call.place()) == here)
}

fn degrees(Spot { lat, lon }: Spot) -> String {
    format!("{lat:.5},{lon:.5}")
}

/// The way from one place to another on a public map: coordinates alone, and followed only by whoever clicks it.
fn route(from: Spot, to: Spot) -> String {
    let ends = [degrees(from), degrees(to)].join(";").replace(',', "%2C").replace(';', "%3B");
    format!("https://www.openstreetmap.org/directions?engine=fossgis_osrm_car&route={ends}")
}
