//! Driver sheets: a page per volunteer and day, to print or to hand on. It holds what that volunteer needs for the day
//! and nothing besides.

use std::collections::BTreeMap;

use maud::{Markup, html};
use visitrota_model::{Date, Family, StopKind, Volunteer, WallTime};

use crate::book::{Book, Call, Host, Load, Spot, Tour};
use crate::html::{Document, apart, plain, who};
use crate::name::FileNames;
use crate::out_file::OutFile;
use crate::words::{clock, count, distance, duration};

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
                @if tour.driver.id == volunteer.id { (drives(book, tour, level)) } @else { (rides(book, volunteer, tour, level)) }
            }
            @if book.links_routes() && tours.iter().any(|tour| tour.driver.id == volunteer.id) {
                p.small { (ROUTE_LINKS) }
            }
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
            (head(level + 1, &html! { "Trip " (tour.number) ": you drive" }))
            p { "Leave home at " b { (clock(tour.leaves(), day)) } ", be at the gate at "
                @if let Some(gate) = tour.gate() { b { (clock(gate.arrive, day)) } }
                ", be home again at " b { (clock(tour.back(), day)) } ". "
                "Driving " (duration(tour.trip.drive_min)) ", " (distance(tour.trip.metres)) "." }
            @if let Some(chaperone) = tour.chaperone {
                p { (who(book.who(chaperone.id.as_str()))) " rides with you as chaperone." }
            }
            table {
                caption.visually-hidden { "Stops" }
                thead { tr {
                    th scope="col" { "Time" } th scope="col" { "What" } th scope="col" { "Who, and how many" }
                    th scope="col" { "Where" }
                } }
                tbody { @for (at, call) in tour.calls.iter().enumerate() {
                    @let before = at.checked_sub(1).and_then(|at| tour.calls.get(at));
                    (stop(book, tour, before, call))
                } }
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

/// A chaperone is told who rides and when, but not where the families live: somebody else drives there.
fn rides(book: &Book<'_>, volunteer: &Volunteer, tour: &Tour<'_>, level: u8) -> Markup {
    let day = Some(tour.date());
    let own = |call: &Call<'_>| call.host.id() == volunteer.id.as_str();
    let first = tour.calls.iter().position(own).unwrap_or_default();
    let last = tour.calls.iter().rposition(own).unwrap_or_default();
    let here = tour.calls.iter().enumerate().filter(|(at, _)| (first..=last).contains(at));
    let driver = tour.driver.id.as_str();
    html! {
        section {
            (head(level + 1, &html! { "Trip " (tour.number) ": you ride as chaperone" }))
            p { (who(book.who(driver))) " drives" @if let Some(phone) = book.phone(driver) { ", telephone " (apart(phone)) } "." }
            table {
                caption.visually-hidden { "Stops" }
                thead { tr { th scope="col" { "Time" } th scope="col" { "What" } th scope="col" { "Who, and how many" } } }
                tbody { @for (_, call) in here {
                    @match (call.kind, call.host) {
                        (StopKind::Pickup, Host::Family(family, _)) => tr {
                            td { (span(call.arrive, call.depart, day)) } td { "gets in" } td { (crowd(book, family)) }
                        },
                        (StopKind::Dropoff, Host::Family(family, _)) => tr {
                            td { (span(call.arrive, call.depart, day)) } td { "gets out" } td { (crowd(book, family)) }
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
            (children(book, tour))
        }
    }
}

/// Who needs an adult of the scheme.
fn children(book: &Book<'_>, tour: &Tour<'_>) -> Markup {
    let alone: Vec<_> = tour.rides.iter().filter(|ride| ride.family.child_only()).collect();
    html! {
        @for ride in alone {
            p.notice { (who(book.who(ride.family.id.as_str()))) " travel without an adult of their family: an adult from the "
                "scheme goes in with them. Have photo ID ready." }
        }
    }
}

fn stop(book: &Book<'_>, tour: &Tour<'_>, before: Option<&Call<'_>>, call: &Call<'_>) -> Markup {
    let day = Some(tour.date());
    let when = span(call.arrive, call.depart, day);
    let place = where_it_is(book, before.and_then(|before| before.host.spot()), call);
    html! {
        @if let Some(pause) = call.drive.map(|drive| drive.pause).filter(|pause| *pause > 0) {
            tr.rest { td {} td colspan="3" { "on the way: a break of " (duration(pause)) } }
        }
        @match (call.kind, call.host) {
            (StopKind::Leave, _) => tr { td { (when) } td { "leave home" } td {} td {} },
            (StopKind::Pickup, Host::Family(family, _)) => {
                tr { td { (when) } td { "pick up" } td { (crowd(book, family)) (phone(book, call)) } td { (place) } }
            },
            (StopKind::Dropoff, Host::Family(family, _)) => {
                tr { td { (when) } td { "drop off" } td { (crowd(book, family)) } td { (place) } }
            },
            (StopKind::Pickup, host) => {
                tr { td { (when) } td { "pick up" } td { (who(book.who(host.id()))) (phone(book, call)) } td { (place) } }
            },
            (StopKind::Dropoff, host) => tr { td { (when) } td { "drop off" } td { (who(book.who(host.id()))) } td { (place) } },
            (StopKind::Gate, _) => {
                tr { td { (clock(call.arrive, day)) } td { "at the gate" } td { (who(book.gate(tour.prison))) (phone(book, call)) }
                    td { (place) } }
                tr { td { (span(tour.slot.start, tour.slot.end, day)) } td { "visit" } td {} td {} }
                tr { td { (clock(call.depart, day)) } td { "leave the gate" } td {} td {} }
            },
            (StopKind::Home, _) => tr { td { (when) } td { "home" } td {} td { (place) } },
        }
    }
}

fn phone(book: &Book<'_>, call: &Call<'_>) -> Markup {
    html! { @if let Some(phone) = book.phone(call.host.id()) { br; "telephone " b { (apart(phone)) } } }
}

/// Notes, postcode, coordinates, and a link to the way there that says nothing but coordinates.
fn where_it_is(book: &Book<'_>, from: Option<Spot>, call: &Call<'_>) -> Markup {
    let id = call.host.id();
    let own = call.kind == StopKind::Home;
    let postcode = call.host.placed().postcode().filter(|_| !own);
    let notes = book.notes(id).filter(|_| !own && call.kind != StopKind::Dropoff);
    html! {
        @if let Some(notes) = notes { (apart(notes)) br; }
        @if let Some(postcode) = postcode { b { (apart(postcode)) } " " }
        @if let Some(to) = call.host.spot() {
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

fn degrees(Spot { lat, lon }: Spot) -> String {
    format!("{lat:.5},{lon:.5}")
}

/// The way from one place to another on a public map: coordinates alone, and followed only by whoever clicks it.
fn route(from: Spot, to: Spot) -> String {
    let ends = [degrees(from), degrees(to)].join(";").replace(',', "%2C").replace(';', "%3B");
    format!("https://www.openstreetmap.org/directions?engine=fossgis_osrm_car&route={ends}")
}

fn crowd(book: &Book<'_>, family: &Family) -> Markup {
    let load = Load::of(family);
    html! { (who(book.who(family.id.as_str()))) ", " (heads(load)) }
}

/// `4 people: 2 adults, 2 children`.
pub(crate) fn heads(load: Load) -> String {
    let people = count(load.people as usize, "person");
    let parts = [(load.adults, "adult"), (load.children(), "child")];
    let parts: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(*n as usize, noun)).collect();
    if parts.is_empty() { people } else { format!("{people}: {}", parts.join(", ")) }
}

/// What is to be fitted, if anything.
pub(crate) fn seats(load: Load) -> Option<String> {
    let seats = [
        (load.infant, "infant seat"),
        (load.harness, "harness seat"),
        (load.booster, "booster seat"),
        (load.wheelchairs, "wheelchair space"),
    ];
    let seats: Vec<_> = seats.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(*n as usize, noun)).collect();
    (!seats.is_empty()).then(|| seats.join(", "))
}

fn fit(load: Load) -> String {
    let own = (load.own > 0).then(|| format!("they bring {} of their own", count(load.own as usize, "child seat")));
    let told: Vec<_> = seats(load).into_iter().chain(own).collect();
    if told.is_empty() { "none".to_owned() } else { told.join("; ") }
}

/// A heading of a level from 1 to 4.
pub(crate) fn head(level: u8, text: &Markup) -> Markup {
    html! {
        @match level { 1 => h1 { (text) }, 2 => h2 { (text) }, 3 => h3 { (text) }, _ => h4 { (text) } }
    }
}

fn span(from: WallTime, to: WallTime, day: Option<Date>) -> String {
    if from == to { clock(from, day) } else { format!("{}–{}", clock(from, day), clock(to, day)) }
}
