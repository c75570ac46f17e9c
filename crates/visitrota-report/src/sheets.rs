//! Driver sheets: a page per volunteer and day, to print or to hand on. It holds what that volunteer needs for the day
//! and nothing besides.

mod chaperone;
mod people;
mod place;

use std::collections::BTreeMap;

use maud::{Markup, html};
use visitrota_model::{Date, StopKind, Volunteer};

use crate::attribution::attribution;
use crate::book::{Book, Host, Load, Tour};
use crate::html::{Document, head, plain, stands, who};
use crate::name::FileNames;
use crate::out_file::OutFile;
use crate::words::{clock, distance, duration, span};
use people::{children, crowd, fit, phone, together};
use place::place;

pub(crate) use place::has_routes;

pub(crate) use people::{heads, seats};

/// What whoever follows a link must know.
pub(crate) const ROUTE_LINKS: &str = "A route link on a driver's sheet opens a map site, openstreetmap.org, with both \
    addresses in it: whoever follows one tells that site where the way begins and ends, at a family's home maybe.";

pub(crate) const STYLE: &str = include_str!("../assets/paper.css");

/// A sheet for each volunteer and day, and all of them in one file to print.
pub(crate) fn files(book: &Book<'_>) -> Vec<OutFile> {
    let mut names = FileNames::default();
    let mut files = Vec::new();
    let mut all = Vec::new();
    for volunteer in &book.problem().volunteers {
        let mut days: BTreeMap<Date, Vec<&Tour<'_>>> = BTreeMap::new();
        for tour in book.tours_of(&volunteer.id) {
            days.entry(tour.date()).or_default().push(tour);
        }
        for (day, mut tours) in days {
            tours.sort_by_key(|tour| (tour.leaves(), tour.number));
            let title = format!("Trip sheet {}, {day}", volunteer.id);
            let sheet = |level| sheet(book, volunteer, day, &tours, level);
            let name = names.give("sheets/sheet", &[volunteer.id.as_str(), &day.to_string()], "html");
            files.push(document(&title).file(name, &html! { main { (sheet(1)) } }));
            all.push(sheet(2));
        }
    }
    let together = html! {
        main {
            h1.visually-hidden { "Trip sheets" }
            @if all.is_empty() { p { "There are no trips." } }
            @for sheet in &all { (sheet) }
        }
    };
    files.push(document("Trip sheets").file("sheets.html".to_owned(), &together));
    files
}

fn document(title: &str) -> Document<'_> {
    Document { language: "en-GB", title, style: STYLE, script: None }
}

fn sheet(book: &Book<'_>, volunteer: &Volunteer, day: Date, tours: &[&Tour<'_>], level: u8) -> Markup {
    html! {
        article.paper {
            header {
                (head(level, &who(book.who(volunteer.id.as_str()))))
                p.day { (day.long()) }
            }
            @for tour in tours {
                @if tour.driver.id == volunteer.id { (drives(book, tour, level)) } @else { (chaperone::rides(book, volunteer, tour, level)) }
            }
            @if tours.iter().any(|tour| tour.driver.id == volunteer.id && has_routes(book, tour)) {
                p.small { (ROUTE_LINKS) }
            }
            (attribution(tours.iter().copied()))
            p.small { "This sheet is for you only. Keep it out of sight in the car, and destroy it after the trip." }
        }
    }
}

fn drives(book: &Book<'_>, tour: &Tour<'_>, level: u8) -> Markup {
    let day = Some(tour.date());
    let requires = book.problem().policy.driver_requires.iter();
    let requires: Vec<_> = requires.map(|what| plain(what)).collect();
    let rests = tour.pauses() > 0;
    html! {
        section {
            (head(level + 1, &html! { "Trip " (tour.number) ": you drive" (stands(tour)) }))
            p { "Leave home at " b { (clock(tour.leaves(), day)) } ", be at the gate at "
                @if let Some(gate) = tour.gate() { b { (clock(gate.arrive, day)) } }
                ", be home again at " b { (clock(tour.back(), day)) } ". "
                "Driving " (duration(tour.trip.drive_min)) ", " (distance(tour.trip.metres)) "." }
            @if let Some(chaperone) = tour.chaperone {
                p { (who(book.who(chaperone.id.as_str()))) " rides with you as chaperone." }
            }
            (together(book, tour))
            table {
                caption.visually-hidden { "Stops" }
                thead { tr {
                    th scope="col" { "Time" } th scope="col" { "What" } th scope="col" { "Who, and how many" }
                    th scope="col" { "Where" }
                } }
                tbody { @for at in 0..tour.calls.len() { (stop(book, tour, at)) } }
            }
            div.lists {
                div {
                    (head(level + 2, &html! { "Seats to fit" }))
                    ul {
                        @for ride in &tour.rides { li {
                            (who(book.who(ride.family.id.as_str()))) ": " (fit(Load::of(ride.family)))
                        } }
                    }
                }
                div {
                    (head(level + 2, &html! { "Bring" }))
                    ul {
                        li { "This sheet, your telephone, and photo ID" }
                        @if !requires.is_empty() { li { "Proof, in case you are asked, of: " (requires.join(", ")) } }
                        @if rests { li { "Something to drink, for the breaks" } }
                    }
                }
                @if rests {
                    div {
                        (head(level + 2, &html! { "Breaks" }))
                        p { "The plan includes time for them. Take a break before you have driven for "
                            (duration(book.problem().policy.break_after_min)) " without one." }
                    }
                }
            }
            (children(book, tour))
        }
    }
}

fn stop(book: &Book<'_>, tour: &Tour<'_>, at: usize) -> Markup {
    let Some(call) = tour.calls.get(at) else { return html! {} };
    let day = Some(tour.date());
    let when = span(call.arrive, call.depart, day);
    let place = place(book, tour, at);
    html! {
        @if let Some(pause) = call.drive.map(|drive| drive.pause).filter(|pause| *pause > 0) {
            tr.rest { td {} td colspan="3" { "on the way: a break of " (duration(pause)) } }
        }
        @match (call.kind, call.host) {
            (StopKind::Leave, _) => tr { td { (when) } td { "leave home" } td {} td {} },
            (StopKind::Pickup, Host::Family(family, _)) => {
                tr { td { (when) } td { "pick up" } td { (crowd(book, family)) (phone(book, call.host.id())) } td { (place) } }
            },
            (StopKind::Dropoff, Host::Family(family, _)) => {
                tr { td { (when) } td { "drop off" } td { (crowd(book, family)) } td { (place) } }
            },
            (StopKind::Pickup, host) => {
                tr { td { (when) } td { "pick up" } td { (who(book.who(host.id()))) (phone(book, call.host.id())) } td { (place) } }
            },
            (StopKind::Dropoff, host) => tr { td { (when) } td { "drop off" } td { (who(book.who(host.id()))) } td { (place) } },
            (StopKind::Gate, _) => {
                tr { td { (clock(call.arrive, day)) } td { "at the gate" } td { (who(book.gate(tour.prison))) (phone(book, call.host.id())) }
                    td { (place) } }
                tr { td { (span(tour.slot.start, tour.slot.end, day)) } td { "visit" } td {} td {} }
                tr { td { (clock(call.depart, day)) } td { "leave the gate" } td {} td {} }
            },
            (StopKind::Home, _) => tr { td { (when) } td { "home" } td {} td { (place) } },
        }
    }
}
