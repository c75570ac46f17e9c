//! The rota page: the week at a glance, every trip, what is not met and why, and how good it is.
//!
//! One file that needs nothing from anywhere. All of it is there without the script, which only filters.

mod grid;
mod keys;
mod map;
mod odd;
mod paint;
mod people;
mod proof;
mod timeline;
mod trips;
mod unmet;

use maud::{Markup, html};

use crate::attribution::attribution;
use crate::book::Book;
use crate::html::{Document, apart, plain};
use crate::out_file::OutFile;
use crate::sheets;
use crate::words::short;

use paint::Paint;

const STYLE: &str = include_str!("../assets/page.css");
const SCRIPT: &str = include_str!("../assets/page.js");

/// The rota page.
pub(crate) fn file(book: &Book<'_>) -> OutFile {
    let title = format!("Rota {}", span(book));
    let document = Document { language: "en-GB", title: &title, style: STYLE, script: Some(SCRIPT) };
    document.file("rota.html".to_owned(), &body(book, &title))
}

fn body(book: &Book<'_>, title: &str) -> Markup {
    let paint = Paint::new(book);
    html! {
        a.skip href="#main" { "Skip to the rota" }
        header {
            h1 { (title) }
            // The scheme's name may tell where it drives to.
            @if book.privacy().prisons && !book.problem().name.is_empty() { p.name { (apart(&book.problem().name)) } }
            (proof::summary(book))
            nav aria-label="On this page" {
                a href="#week" { "Week" } " "
                @if odd::any(book) { a href="#odd" { "Odd" } " " }
                a href="#trips" { "Trips" } " "
                @if !book.unmet().is_empty() { a href="#unmet" { "Not met" } " " }
                a href="#volunteers" { "Volunteers" } " " a href="#score" { "Score" }
            }
        }
        (filter(book))
        main #main tabindex="-1" {
            (grid::section(book, &paint))
            @if odd::any(book) { (odd::section(book)) }
            (trips::section(book, &paint))
            (unmet::section(book))
            (people::section(book))
            (proof::section(book))
        }
        footer {
            p { "This page is about children and prisoners. Show it only to people who need it, and delete it when the "
                "week is over. Everything is in this file: it loads nothing from the internet." }
            @if book.tours().iter().any(|tour| sheets::has_routes(book, tour)) { p { (sheets::ROUTE_LINKS) } }
            (attribution(book.tours()))
            @if let Some(made) = &book.rota().made_by {
                p { "Made by " (apart(&made.program)) ", seed " (made.seed) "." }
            }
        }
    }
}

/// The week, from its first date to its last: `Mon 30 Nov to Sun 6 Dec 2026`.
fn span(book: &Book<'_>) -> String {
    let week = book.problem().week;
    if week.from == week.to { week.to.long() } else { format!("{} to {}", short(week.from), week.to.long()) }
}

/// The filter. It is hidden until the script is there to heed it.
fn filter(book: &Book<'_>) -> Markup {
    html! {
        form #filter role="search" aria-label="Filter the rota" hidden {
            p { label for="find" { "Search" }
                input #find type="search" autocomplete="off" placeholder="Name, id, slot …"; }
            p { label for="day" { "Day" }
                select #day {
                    option value="" { "All days" }
                    @for day in book.days() { option value=(day) { (short(day)) } }
                } }
            p { label for="person" { "Volunteer" }
                select #person {
                    option value="" { "All volunteers" }
                    @for volunteer in &book.problem().volunteers {
                        option value=(plain(volunteer.id.as_str())) { (plain(&book.who(volunteer.id.as_str()).to_string())) }
                    }
                } }
            p { button type="reset" { "Show all" } }
            p #shown role="status" {}
        }
    }
}
