//! The trips, day by day: a map of the day, then each trip with its bar and its stops.

use maud::{Markup, html};
use visitrota_model::{Date, FamilyId, Request, StopKind};

use super::keys::{anchor, people_of};
use super::map;
use super::odd;
use super::paint::Paint;
use super::timeline::{self, Hours};
use crate::book::{Book, Call, Host, Tour};
use crate::html::{apart, stands, who};
use crate::sheets::{heads, seats};
use crate::words::{clock, count, distance, duration, span};

pub(super) fn section(book: &Book<'_>, paint: &Paint) -> Markup {
    let land = map::Land::new(book);
    html! {
        section #trips aria-labelledby="trips-head" {
            h2 #trips-head { "The trips" }
            @if book.tours().is_empty() { p { "There are no trips." } }
            @else {
                (timeline::key())
                (land.note(book))
                @for date in book.days() { (day(book, paint, &land, date)) }
                p.empty #no-trips hidden { "No trip matches." }
            }
        }
    }
}

fn day(book: &Book<'_>, paint: &Paint, land: &map::Land, date: Date) -> Markup {
    let tours: Vec<_> = book.tours_on(date).collect();
    let hours = Hours::of(book, &tours);
    let head = format!("day-{date}");
    html! {
        section.day data-day=(date) aria-labelledby=(head) {
            h3 id=(head) { (date.long()) " " small { (count(tours.len(), "trip")) } }
            (land.figure(book, paint, date, &tours))
            div.trips { @for tour in &tours { (trip(book, paint, hours, tour)) } }
        }
    }
}

fn trip(book: &Book<'_>, paint: &Paint, hours: Hours, tour: &Tour<'_>) -> Markup {
    let load = tour.load();
    let id = anchor(tour);
    let head = format!("{id}-head");
    let day = Some(tour.date());
    html! {
        article class={ "trip " (paint.class(tour)) } id=(id) aria-labelledby=(head) data-day=(tour.date()) data-people=(people_of(tour)) {
            h4 id=(head) {
                span.visually-hidden { "Trip " } (paint.badge(tour)) " " (who(book.who(tour.driver.id.as_str())))
                @if let Some(chaperone) = tour.chaperone { " " span.with { "with " (who(book.who(chaperone.id.as_str()))) } }
                (stands(tour))
            }
            p.what {
                "Visit " (span(tour.slot.start, tour.slot.end, day)) " at " (who(book.where_to(tour.prison)))
                ", slot " (apart(tour.slot.id.as_str())) br;
                (count(tour.rides.len(), "family")) ", " (heads(load)) @if let Some(seats) = seats(load) { "; " (seats) } br;
                "Driving " (duration(tour.trip.drive_min)) ", " (distance(tour.trip.metres))
                @if tour.pauses() > 0 { ", breaks of " (duration(tour.pauses())) " in all" }
                (odd::of(book, tour))
            }
            @for request in tour.joint() { (joint(book, tour, request)) }
            (timeline::bar(hours, tour, &paint.class(tour)))
            table.stops {
                caption.visually-hidden { "Stops of trip " (tour.number) }
                thead { tr { th scope="col" { "Time" } th scope="col" { "Stop" } th scope="col" { "Drive to it" } } }
                tbody { @for (at, call) in tour.calls.iter().enumerate() {
                    @let before = at.checked_sub(1).and_then(|at| tour.calls.get(at));
                    (stop(book, tour, before, call))
                } }
            }
        }
    }
}

/// A visit that several families make together: who of them rides elsewhere.
fn joint(book: &Book<'_>, tour: &Tour<'_>, request: &Request) -> Markup {
    let here =
        |family: &FamilyId| tour.rides.iter().any(|ride| ride.request.id == request.id && ride.family.id == *family);
    let others = request.families.iter().filter(|family| !here(family));
    html! {
        p.what {
            (apart(request.id.as_str())) " is one visit of " (count(request.families.len(), "family"))
            @for family in others {
                "; " (who(book.who(family.as_str())))
                @match book.tour_with(&request.id, family) {
                    Some(other) => { " ride in " a href=(format!("#{}", anchor(other))) { "trip " (other.number) } },
                    None => " stay behind",
                }
            }
            "."
        }
    }
}

/// A stop's rows: the gate is three things, and every other stop one.
fn stop(book: &Book<'_>, tour: &Tour<'_>, before: Option<&Call<'_>>, call: &Call<'_>) -> Markup {
    let day = Some(tour.date());
    let when = span(call.arrive, call.depart, day);
    let host = match call.host {
        Host::Family(family, request) => html! {
            (who(book.who(family.id.as_str()))) " " span.quiet { "(" (apart(request.id.as_str())) ", "
                (count(family.members.len(), "person")) ")" }
        },
        Host::Chaperone(volunteer) | Host::Driver(volunteer) => who(book.who(volunteer.id.as_str())),
        Host::Prison(prison) => who(book.where_to(prison)),
    };
    let at = html! { @if let Some(point) = call.point { " at " (who(book.who(point.id.as_str()))) } };
    let drive = call.drive.map_or_else(String::new, |drive| {
        let pause = if drive.pause > 0 { format!(", break {}", duration(drive.pause)) } else { String::new() };
        format!("{}, {}{pause}", duration(drive.minutes), distance(drive.metres.into()))
    });
    let drive = if call.stays(before) { "the same place".to_owned() } else { drive };
    html! {
        @match call.kind {
            StopKind::Leave => tr { td { (when) } td { "leaves home" } td {} },
            StopKind::Pickup => tr { td { (when) } td { "picks up " (host) (at) } td { (drive) } },
            StopKind::Gate => {
                tr { td { (clock(call.arrive, day)) } td { "at the gate of " (host) } td { (drive) } }
                tr { td { (span(tour.slot.start, tour.slot.end, day)) } td { "visit" } td {} }
                tr { td { (clock(call.depart, day)) } td { "leaves the gate" } td {} }
            },
            StopKind::Dropoff => tr { td { (when) } td { "drops off " (host) (at) } td { (drive) } },
            StopKind::Home => tr { td { (when) } td { "home" } td { (drive) } },
        }
    }
}
