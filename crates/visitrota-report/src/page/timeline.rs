//! A trip as a bar along the hours of its day.
//!
//! Places along it are per cent of its width, so that it stretches to any page while its texts keep their size.

use std::ops::Range;

use maud::{Markup, html};
use visitrota_model::{Instant, StopKind, WallTime, Zone};

use crate::book::{Book, Call, Tour};

/// The hours that a day's bars have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hours {
    zone: Zone,
    from: i64,
    to: i64,
}

impl Hours {
    /// Whole hours, from before the first leaves until after the last is home.
    pub(super) fn of(book: &Book<'_>, tours: &[&Tour<'_>]) -> Self {
        let zone = book.problem().timezone;
        let minute = |time: WallTime| zone.instant(time).0;
        let times = || tours.iter().flat_map(|tour| tour.calls.iter().flat_map(|call| [call.arrive, call.depart]));
        let from = times().map(minute).min().unwrap_or_default();
        let to = times().map(minute).max().unwrap_or_default();
        // An hour more on both sides: the first and the last time are written there.
        Self { zone, from: (from.div_euclid(60) - 1) * 60, to: ((to + 59).div_euclid(60) + 1) * 60 }
    }

    /// Per cent along the bar.
    fn at(self, minute: i64) -> f64 {
        let long = (self.to - self.from).max(1);
        // A day's minutes are few.
        #[allow(clippy::cast_precision_loss)]
        let share = (minute - self.from) as f64 / long as f64;
        (share * 100.0).clamp(0.0, 100.0)
    }

    /// Full hours to mark, no more than a dozen.
    fn marks(self) -> impl Iterator<Item = (i64, String)> {
        let hours = (self.to - self.from) / 60;
        let step = (hours / 12 + 1) * 60;
        let first = (self.from + 60).div_euclid(step) * step;
        let minutes =
            (0..=hours).map(move |n| first + n * step).filter(move |minute| self.from < *minute && *minute < self.to);
        minutes.map(move |minute| (minute, self.zone.wall(Instant(minute)).clock()))
    }
}

/// The bar. The list of stops says the same in words, so those who do not see it miss nothing.
pub(super) fn bar(hours: Hours, tour: &Tour<'_>, class: &str) -> Markup {
    let minute = |time: WallTime| hours.zone.instant(time).0;
    html! {
        svg class={ "bar " (class) } width="100%" height="64" aria-hidden="true" {
            @for (at, text) in hours.marks() {
                line.hour x1=(pct(hours.at(at))) x2=(pct(hours.at(at))) y1="14" y2="46" {}
                text.hour x=(pct(hours.at(at))) y="10" text-anchor="middle" { (text) }
            }
            @for call in &tour.calls {
                @if let Some(drive) = call.drive { (drove(hours, minute(drive.from), minute(drive.to), drive.pause)) }
            }
            @for call in &tour.calls { (stop(hours, tour, call)) }
            @for (time, anchor) in told(tour) {
                text.time x=(pct(hours.at(minute(time)))) y="60" text-anchor=(anchor) { (time.clock()) }
            }
        }
    }
}

/// The meaning of the bar's parts, drawn with the parts themselves.
pub(super) fn key() -> Markup {
    html! {
        ul.key aria-hidden="true" {
            li { svg width="28" height="20" { rect.drive x="0" y="7" width="28" height="6" {} } " driving" }
            li { svg width="14" height="20" { rect.pause x="1" y="4" width="12" height="12" {} } " break" }
            li { svg width="8" height="20" { rect.board x="1" y="2" width="5" height="16" {} } " getting in or out" }
            li { svg width="28" height="20" { rect.gate x="1" y="3" width="26" height="14" {} } " at the gate" }
            li { svg width="28" height="20" { rect.visit x="0" y="2" width="28" height="16" {} } " visit" }
        }
    }
}

fn drove(hours: Hours, from: i64, to: i64, pause: u32) -> Markup {
    let pause = i64::from(pause).min(to - from);
    // The rota says that there is a break on the way, not where: it is drawn half-way.
    let rests = from + (to - from - pause) / 2;
    html! {
        (part("drive", hours, from..to, 6))
        @if pause > 0 { (part("pause", hours, rests..rests + pause, 14)) }
    }
}

fn stop(hours: Hours, tour: &Tour<'_>, call: &Call<'_>) -> Markup {
    let minute = |time: WallTime| hours.zone.instant(time).0;
    html! {
        @match call.kind {
            StopKind::Gate => {
                (part("gate", hours, minute(call.arrive)..minute(call.depart), 16))
                (part("visit", hours, minute(tour.slot.start)..minute(tour.slot.end), 20))
            }
            StopKind::Pickup | StopKind::Dropoff => {
                (part("board", hours, minute(call.arrive)..minute(call.depart), 20))
            }
            StopKind::Leave | StopKind::Home => {
                circle.home cx=(pct(hours.at(minute(call.arrive)))) cy=(LINE) r="5" {}
            }
        }
    }
}

/// How far down the line is.
const LINE: u32 = 30;

/// A bar over a stretch of time, which stands round the line.
fn part(class: &str, hours: Hours, time: Range<i64>, height: u32) -> Markup {
    let (from, to) = (hours.at(time.start), hours.at(time.end));
    let y = LINE - height / 2;
    html! { rect class=(class) x=(pct(from)) width=(pct((to - from).max(0.5))) y=(y) height=(height) {} }
}

/// The times written below: leaving home, at the gate, leaving it, home again.
fn told(tour: &Tour<'_>) -> Vec<(WallTime, &'static str)> {
    let mut told = vec![(tour.leaves(), "end")];
    if let Some(gate) = tour.gate() {
        told.extend([(gate.arrive, "middle"), (gate.depart, "middle")]);
    }
    told.push((tour.back(), "start"));
    told
}

fn pct(share: f64) -> String {
    format!("{share:.2}%")
}
