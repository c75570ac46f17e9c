//! Load per volunteer: who does how much.

use maud::{Markup, html};
use visitrota_model::{KeptFree, Role, Volunteer};

use super::keys::key;
use crate::book::Book;
use crate::html::{plain, who};
use crate::words::{distance, duration, grouped, short};

pub(super) fn section(book: &Book<'_>) -> Markup {
    let drive_min = book.tours().iter().map(|tour| tour.trip.drive_min).fold(0, u32::saturating_add);
    let metres = book.tours().iter().map(|tour| tour.trip.metres).fold(0, u64::saturating_add);
    html! {
        section #volunteers aria-labelledby="volunteers-head" {
            h2 #volunteers-head { "Load per volunteer" }
            table.load aria-labelledby="volunteers-head" {
                thead { tr {
                    th scope="col" { "Volunteer" }
                    th.number scope="col" { "Trips as driver" }
                    th.number scope="col" { "As chaperone" }
                    th.number scope="col" { "Most a week" }
                    th.number scope="col" { "Trips before" }
                    th.number scope="col" { "Driving" }
                    th.number scope="col" { "Distance" }
                } }
                tbody { @for volunteer in &book.problem().volunteers { (row(book, volunteer)) } }
                tfoot { tr {
                    th scope="row" { "All" }
                    td.number { (book.tours().len()) }
                    td.number { (book.tours().iter().filter(|tour| tour.chaperone.is_some()).count()) }
                    td {} td {}
                    td.number { (duration(drive_min)) }
                    td.number { (distance(metres)) }
                } }
            }
            @if !book.rota().kept_free.is_empty() {
                p { "Kept free to replace a driver who cannot come:" }
                ul { @for kept in &book.rota().kept_free { (kept_free(book, kept)) } }
            }
        }
    }
}

fn kept_free(book: &Book<'_>, kept: &KeptFree) -> Markup {
    let drivers = kept.trips.iter().filter_map(|at| book.rota().trips.get(*at));
    let drivers: Vec<_> = drivers.map(|trip| book.called(trip.driver.as_str())).collect();
    html! {
        li { (short(kept.date)) ": " (who(book.who(kept.volunteer.as_str()))) ", for " (plain(&drivers.join(", "))) "." }
    }
}

fn row(book: &Book<'_>, volunteer: &Volunteer) -> Markup {
    let drives: Vec<_> = book.tours_of(&volunteer.id).filter(|tour| tour.driver.id == volunteer.id).collect();
    let rides = book.tours_of(&volunteer.id).count() - drives.len();
    let drive_min = drives.iter().map(|tour| tour.trip.drive_min).fold(0, u32::saturating_add);
    let metres = drives.iter().map(|tour| tour.trip.metres).fold(0, u64::saturating_add);
    let may = |role| volunteer.roles.contains(&role);
    let number = |n: usize, may: bool| if n > 0 || may { n.to_string() } else { "–".to_owned() };
    html! {
        tr data-people=(key(volunteer)) class=[(drives.is_empty() && rides == 0).then_some("idle")] {
            th scope="row" { (who(book.who(volunteer.id.as_str()))) }
            td.number { (number(drives.len(), may(Role::Driver))) }
            td.number { (number(rides, may(Role::Chaperone))) }
            td.number { (grouped(volunteer.max_trips)) }
            td.number { (grouped(volunteer.recent_trips)) }
            td.number { @if drives.is_empty() { "–" } @else { (duration(drive_min)) } }
            td.number { @if drives.is_empty() { "–" } @else { (distance(metres)) } }
        }
    }
}
