//! Trips that keep every rule given, and that people would hardly want.

use maud::{Markup, html};
use visitrota_model::OddTrip;

use super::keys::anchor;
use crate::book::{Book, Tour};
use crate::html::{plain, who};
use crate::words::odd::{HEAD, rule, what};
use crate::words::short;

/// The odd trips, each with the setting that would rule it out.
pub(super) fn section(book: &Book<'_>) -> Markup {
    html! {
        section #odd aria-labelledby="odd-head" {
            h2 #odd-head { "Odd trips" }
            p { (HEAD) }
            ul { @for (tour, odd) in odd_tours(book) {
                li {
                    a href=(format!("#{}", anchor(tour))) { "Trip " (tour.number) } ", " (short(tour.date())) ": "
                    (who(book.who(tour.driver.id.as_str()))) " " (said(book, tour, odd)) "; " (rule(odd, Some(tour.driver))) "."
                }
            } }
        }
    }
}

/// Whether there are any.
pub(super) fn any(book: &Book<'_>) -> bool {
    odd_tours(book).next().is_some()
}

/// What is odd about one trip, where it is shown.
pub(super) fn of(book: &Book<'_>, tour: &Tour<'_>) -> Markup {
    let odd: Vec<_> = odd_tours(book).filter(|(other, _)| other.number == tour.number).collect();
    html! {
        @for (at, (_, odd)) in odd.iter().enumerate() {
            @if at == 0 { br; "Odd: " } @else { "; " }
            (said(book, tour, odd))
        }
        @if !odd.is_empty() { "." }
    }
}

fn said(book: &Book<'_>, tour: &Tour<'_>, odd: &OddTrip) -> String {
    plain(&what(odd, Some(tour.date()), |id| book.called(id)))
}

fn odd_tours<'b, 'a>(book: &'b Book<'a>) -> impl Iterator<Item = (&'b Tour<'a>, &'a OddTrip)> {
    let tour = |odd: &OddTrip| book.tours().iter().find(|tour| tour.number.checked_sub(1) == Some(odd.trip));
    book.rota().odd.iter().filter_map(move |odd| Some((tour(odd)?, odd)))
}
