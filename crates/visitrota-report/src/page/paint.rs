//! Colours of trips. A trip's number and its dashes tell it apart as well, so that nothing hangs on colour alone.

use std::collections::BTreeMap;

use maud::{Markup, html};
use visitrota_model::Date;

use crate::book::{Book, Tour};

/// How many colours there are: those of Okabe and Ito, made for colour-blind people, in shades that stand out from the
/// page. The style sheet has them as `c0`, `c1`, …
const COLOURS: usize = 7;
/// Dashes, in the same order; as many as share no factor with the colours, so that pairs come round late.
const DASHES: [&str; 5] = ["none", "9 4", "2 3", "12 3 2 3", "5 2"];

/// What each trip is painted in: different ones on one day, as far as there are.
#[derive(Debug)]
pub(super) struct Paint(BTreeMap<usize, usize>);

impl Paint {
    pub(super) fn new(book: &Book<'_>) -> Self {
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        let mut places = BTreeMap::new();
        for tour in book.tours() {
            let of_day = days.entry(tour.date()).or_default();
            places.insert(tour.number, *of_day);
            *of_day += 1;
        }
        Self(places)
    }

    /// Which of its day's trips it is, from 0.
    pub(super) fn place(&self, tour: &Tour<'_>) -> usize {
        self.0.get(&tour.number).copied().unwrap_or_default()
    }

    /// The class of its colour.
    pub(super) fn class(&self, tour: &Tour<'_>) -> String {
        format!("c{}", self.place(tour) % COLOURS)
    }

    /// Its dashes.
    pub(super) fn dashes(&self, tour: &Tour<'_>) -> &'static str {
        DASHES[self.place(tour) % DASHES.len()]
    }

    /// Its number, as a badge.
    pub(super) fn badge(&self, tour: &Tour<'_>) -> Markup {
        html! { span class={ "badge " (self.class(tour)) } { (tour.number) } }
    }

    /// Its line as on the map.
    pub(super) fn line(&self, tour: &Tour<'_>) -> Markup {
        html! {
            svg class={ "line " (self.class(tour)) } width="40" height="10" aria-hidden="true" {
                line x1="1" y1="5" x2="39" y2="5" stroke-dasharray=(self.dashes(tour)) {}
            }
        }
    }
}
