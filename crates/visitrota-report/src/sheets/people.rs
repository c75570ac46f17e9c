//! Who rides, as a sheet tells it: how many, what to fit for them, who visits together.

use maud::{Markup, html};
use visitrota_model::{Family, Request};

use crate::book::{Book, Load, Tour};
use crate::html::{apart, everyone, who};
use crate::words::count;

/// A family, and how many it is.
pub(super) fn crowd(book: &Book<'_>, family: &Family) -> Markup {
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

/// What is to be fitted for a family, and what it brings.
pub(super) fn fit(load: Load) -> String {
    let own = (load.own > 0).then(|| format!("they bring {} of their own", count(load.own as usize, "child seat")));
    let told: Vec<_> = seats(load).into_iter().chain(own).collect();
    if told.is_empty() { "none".to_owned() } else { told.join("; ") }
}

/// A telephone number, where it is known.
pub(super) fn phone(book: &Book<'_>, id: &str) -> Markup {
    html! { @if let Some(phone) = book.phone(id) { br; "telephone " b { (apart(phone)) } } }
}

/// Which families of the car make one visit, and whether others of it come by another car: they are not named.
pub(super) fn together(book: &Book<'_>, tour: &Tour<'_>) -> Markup {
    html! { @for request in tour.joint() { (visit(book, tour, request)) } }
}

fn visit(book: &Book<'_>, tour: &Tour<'_>, request: &Request) -> Markup {
    let here = tour.rides.iter().filter(|ride| ride.request.id == request.id);
    let here: Vec<_> = here.map(|ride| book.who(ride.family.id.as_str())).collect();
    let others = book.rides_elsewhere(&request.id, tour);
    html! {
        @if here.len() > 1 || others {
            p {
                (everyone(&here))
                @match (here.len() > 1, others) {
                    (true, false) => " visit together, at one table.",
                    (true, true) => " visit together, at one table. Others of the visit come by another car.",
                    (false, _) => ": others of the visit come by another car.",
                }
            }
        }
    }
}

/// Who needs an adult of the scheme.
pub(super) fn children(book: &Book<'_>, tour: &Tour<'_>) -> Markup {
    let alone: Vec<_> = tour.rides.iter().filter(|ride| ride.family.child_only()).collect();
    html! {
        @for ride in alone {
            p.notice { (who(book.who(ride.family.id.as_str()))) " travel without an adult of their family: an adult from the "
                "scheme goes in with them. Have photo ID ready." }
        }
    }
}
