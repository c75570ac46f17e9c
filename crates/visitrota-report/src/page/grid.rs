//! The week at a glance: volunteers by days.

use maud::{Markup, html};
use visitrota_model::{Date, Volunteer};

use super::keys::{anchor, key};
use super::paint::Paint;
use crate::book::{Book, Tour};
use crate::html::who;
use crate::words::{clock, short, weekday};

/// The section. Roles are written out, since the style sheet lays the table out as a list on a phone.
pub(super) fn section(book: &Book<'_>, paint: &Paint) -> Markup {
    let week = shown(book);
    html! {
        section #week aria-labelledby="week-head" {
            h2 #week-head { "The week at a glance" }
            @if book.problem().volunteers.is_empty() { p { "There are no volunteers." } }
            @else {
                table.grid role="table" aria-labelledby="week-head" {
                    thead role="rowgroup" {
                        tr role="row" {
                            th role="columnheader" scope="col" { "Volunteer" }
                            @for day in &week {
                                th role="columnheader" scope="col" data-day=(day) { (weekday(*day)) " " span { (date(*day)) } }
                            }
                        }
                    }
                    tbody role="rowgroup" {
                        @for volunteer in &book.problem().volunteers { (row(book, paint, &week, volunteer)) }
                    }
                }
                p.key { "A trip shows its number and when the volunteer is out; "
                    span.free { "free" } ", on a day without a trip, the hours offered." }
            }
        }
    }
}

/// The dates of the week; of a long one, those with trips.
fn shown(book: &Book<'_>) -> Vec<Date> {
    const MOST: usize = 14;
    let week = book.week();
    if week.len() <= MOST { week } else { book.days().into_iter().collect() }
}

fn date(day: Date) -> String {
    let short = short(day);
    short.split_once(' ').map_or(short.as_str(), |(_, date)| date).to_owned()
}

fn row(book: &Book<'_>, paint: &Paint, week: &[Date], volunteer: &Volunteer) -> Markup {
    let tours: Vec<_> = book.tours_of(&volunteer.id).collect();
    html! {
        tr role="row" data-people=(key(volunteer)) class=[tours.is_empty().then_some("idle")] {
            th role="rowheader" scope="row" { (who(book.who(volunteer.id.as_str()))) }
            @for day in week {
                @let here: Vec<_> = tours.iter().filter(|tour| tour.date() == *day).collect();
                @let free = free(volunteer, *day);
                td role="cell" data-day=(day) data-name=(short(*day))
                    class=[(here.is_empty()).then_some(if free.is_empty() { "none" } else { "some" })] {
                    @for tour in &here { (trip(book, paint, volunteer, tour)) }
                    @if here.is_empty() {
                        @for span in &free { span.free { "free " (span) } " " }
                        @if free.is_empty() { span.quiet aria-label="not available" { "·" } }
                    }
                }
            }
        }
    }
}

fn trip(book: &Book<'_>, paint: &Paint, volunteer: &Volunteer, tour: &Tour<'_>) -> Markup {
    let drives = tour.driver.id == volunteer.id;
    let (from, to) = out(tour, volunteer);
    let day = Some(tour.date());
    html! {
        a class={ "trip " (paint.class(tour)) } href=(format!("#{}", anchor(tour))) {
            (paint.badge(tour)) " "
            span { (clock(from, day)) "–" (clock(to, day)) } " "
            @if drives {
                span.with { @for (at, ride) in tour.rides.iter().enumerate() {
                    @if at > 0 { ", " } (crate::html::apart(ride.family.id.as_str()))
                } }
            } @else {
                span.with { "rides with " (crate::html::apart(book.who(tour.driver.id.as_str()).id)) }
            }
        }
    }
}

/// When a volunteer is out on a trip: the driver from home to home, a chaperone from being picked up to being dropped
/// off.
fn out(tour: &Tour<'_>, volunteer: &Volunteer) -> (visitrota_model::WallTime, visitrota_model::WallTime) {
    let calls = tour.calls.iter().filter(|call| call.host.id() == volunteer.id.as_str());
    let (mut from, mut to) = (tour.leaves(), tour.back());
    for (at, call) in calls.enumerate() {
        if at == 0 {
            from = call.depart;
        }
        to = call.arrive;
    }
    (from, to)
}

/// The times of a date at which somebody is available.
fn free(volunteer: &Volunteer, day: Date) -> Vec<String> {
    let (midnight, next) = (day.midnight(), day.plus_days(1).midnight());
    let inside = volunteer.available.iter().filter(|window| window.from < next && midnight < window.to);
    inside
        .map(|window| {
            let from = if window.from < midnight { "0:00".to_owned() } else { window.from.clock() };
            let to = if window.to >= next { "24:00".to_owned() } else { window.to.clock() };
            format!("{from}–{to}")
        })
        .collect()
}
