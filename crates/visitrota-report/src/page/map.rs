//! A day's trips on a map that is drawn from coordinates alone: nothing is fetched for it.

use maud::{Markup, html};
use visitrota_model::{Date, StopKind};

use super::keys::people_of;
use super::paint::Paint;
use crate::attribution::by_postcode;
use crate::book::{Area, Book, Call, Host, Placed, Spot, Tour};
use crate::html::{plain, who};
use crate::words::{count, short};

/// The drawing is so wide, in units of its own; its height follows from the land.
const WIDTH: f64 = 1000.0;
/// Room around the outermost places, for their marks and badges.
const MARGIN: f64 = 60.0;
/// Kilometres of a degree north or south.
const DEGREE_KM: f64 = 111.2;
const KM_OF_A_MILE: f64 = 1.609_344;

/// The land that the week's trips go through: every day is drawn on the same, so that days can be compared.
#[derive(Debug)]
pub(super) struct Land(Option<Frame>);

/// How degrees become places on the drawing.
#[derive(Clone, Copy, Debug)]
struct Frame {
    north: f64,
    west: f64,
    /// How much narrower a degree east is than one north.
    narrow: f64,
    /// Units of the drawing for a degree north.
    scale: f64,
    left: f64,
    height: f64,
}

impl Land {
    pub(super) fn new(book: &Book<'_>) -> Self {
        let calls = book.tours().iter().flat_map(|tour| &tour.calls);
        let spots: Vec<Spot> = calls.filter_map(|call| spot(book, call)).collect();
        Self(Frame::around(&spots))
    }

    /// What is to be known of the maps, or that there are none.
    pub(super) fn note(&self, book: &Book<'_>) -> Markup {
        if self.0.is_none() {
            return html! { p { "There is no map because the problem has no coordinates." } };
        }
        let calls = book.tours().iter().flat_map(|tour| &tour.calls);
        let mut ids: Vec<_> = calls.filter(|call| call.spot().is_none()).map(|call| plain(call.place())).collect();
        ids.sort();
        ids.dedup();
        let met = book.tours().iter().flat_map(|tour| &tour.calls).any(|call| call.point.is_some());
        let homes = if met { "Homes and meeting points" } else { "Homes" };
        html! {
            p.key {
                "On the maps a square is a prison, a ring is where a driver starts, and a dot is where somebody gets in. "
                (homes) @if book.privacy().homes { " are shown at their exact position. " }
                @else { " are shown roughly, to the nearest 3 miles or so. " }
                @if by_postcode(book.tours()) { "Of some places only the postcode is known: they are in the middle of its sector. " }
                "Lines join the stops on the way to the prison; they do not follow roads."
                @if !ids.is_empty() { " Not on the maps, because they have no coordinates: " (ids.join(", ")) "." }
            }
        }
    }

    /// The map of a day.
    pub(super) fn figure(&self, book: &Book<'_>, paint: &Paint, date: Date, tours: &[&Tour<'_>]) -> Markup {
        let Some(frame) = self.0 else { return html! {} };
        let lines: Vec<_> = tours.iter().map(|tour| (*tour, line(book, frame, tour))).collect();
        let badges = badges(&lines);
        let title = format!("Map of the {} of {}", count(tours.len(), "trip"), short(date));
        html! {
            figure.map {
                svg role="img" aria-label=(title) viewBox=(format!("0 0 {WIDTH:.0} {:.0}", frame.height)) {
                    (frame.scale_bar())
                    @for (tour, line) in &lines { (drawn(paint, tours.len(), tour, line)) }
                    @for (_, line) in &lines { @for mark in line { (marked(mark)) } }
                    @for ((tour, _), (x, y)) in lines.iter().zip(badges) {
                        g class={ "badge " (paint.class(tour)) } data-people=(people_of(tour)) data-trip=(tour.number) {
                            circle cx=(units(x)) cy=(units(y)) r="15" {}
                            text x=(units(x)) y=(units(y)) dy=".35em" text-anchor="middle" { (tour.number) }
                        }
                    }
                }
                figcaption {
                    ul { @for tour in tours {
                        li data-people=(people_of(tour)) data-trip=(tour.number) {
                            (paint.badge(tour)) " " (paint.line(tour)) " " (who(book.who(tour.driver.id.as_str())))
                            @let areas = areas(book, tour);
                            @if !areas.is_empty() { span.quiet { ", families from " (areas.join(", ")) } }
                        }
                    } }
                }
            }
        }
    }
}

/// A stop on the drawing.
#[derive(Clone, Copy, Debug)]
struct Mark {
    kind: StopKind,
    x: f64,
    y: f64,
}

/// Where a place is shown: homes and meeting points roughly, unless asked otherwise.
fn spot(book: &Book<'_>, call: &Call<'_>) -> Option<Spot> {
    match call.host {
        Host::Prison(prison) => prison.spot(),
        _ => call.placed().area(book.privacy().homes).spot,
    }
}

/// The postcode districts that families of a trip are picked up in, as far as they are known; each once.
fn areas(book: &Book<'_>, tour: &Tour<'_>) -> Vec<String> {
    let mut areas: Vec<String> = Vec::new();
    for ride in &tour.rides {
        let exact = book.privacy().homes;
        let Area { district, .. } = ride.from.map_or_else(|| ride.family.area(exact), |point| point.area(exact));
        areas.extend(district.map(|district| plain(&district)).filter(|district| !areas.contains(district)));
    }
    areas
}

/// The way out, as far as its places are known.
fn line(book: &Book<'_>, frame: Frame, tour: &Tour<'_>) -> Vec<Mark> {
    let way_out = |call: &&Call<'_>| matches!(call.kind, StopKind::Leave | StopKind::Pickup | StopKind::Gate);
    let calls = tour.calls.iter().filter(way_out);
    calls.filter_map(|call| Some((call.kind, frame.place(spot(book, call)?)))).map(Mark::new).collect()
}

impl Mark {
    fn new((kind, (x, y)): (StopKind, (f64, f64))) -> Self {
        Self { kind, x, y }
    }
}

impl Frame {
    /// What shows all of these spots; nothing if there are none.
    fn around(spots: &[Spot]) -> Option<Self> {
        let least = |degrees: fn(&Spot) -> f64| spots.iter().map(degrees).reduce(f64::min);
        let most = |degrees: fn(&Spot) -> f64| spots.iter().map(degrees).reduce(f64::max);
        let (south, north) = (least(|spot| spot.lat)?, most(|spot| spot.lat)?);
        let (west, east) = (least(|spot| spot.lon)?, most(|spot| spot.lon)?);
        let narrow = ((north + south) / 2.0).to_radians().cos().max(0.01);
        // Never so near that a few homes in one town look like a country.
        const LEAST: f64 = 0.1;
        let (wide, tall) = (((east - west) * narrow).max(LEAST), (north - south).max(LEAST));
        const HEIGHT: f64 = 620.0;
        let scale = ((WIDTH - 2.0 * MARGIN) / wide).min((HEIGHT - 2.0 * MARGIN) / tall);
        let left = (WIDTH - (east - west) * narrow * scale) / 2.0;
        let height = (north - south) * scale + 2.0 * MARGIN;
        Some(Self { north, west, narrow, scale, left, height })
    }

    fn place(self, Spot { lat, lon }: Spot) -> (f64, f64) {
        let x = self.left + (lon - self.west) * self.narrow * self.scale;
        (x, MARGIN + (self.north - lat) * self.scale)
    }

    /// How far it is, in a round number of miles no longer than a quarter of the drawing.
    fn scale_bar(self) -> Markup {
        let unit_miles = DEGREE_KM / KM_OF_A_MILE / self.scale;
        let lengths = [200_u16, 100, 50, 20, 10, 5, 2];
        let length = |miles: u16| f64::from(miles) / unit_miles;
        let miles = lengths.into_iter().find(|miles| length(*miles) <= WIDTH / 4.0).unwrap_or(1);
        let (from, to, y) = (20.0, 20.0 + length(miles), self.height - 16.0);
        html! {
            g.scale {
                path d=(format!("M{0} {2}v-6m0 6H{1}v-6", units(from), units(to), units(y))) {}
                text x=(units(to + 8.0)) y=(units(y)) { (count(miles.into(), "mile")) }
            }
        }
    }
}

/// A trip's line, bent a little, each of a day's differently: where two go the same way both are seen.
fn drawn(paint: &Paint, trips: usize, tour: &Tour<'_>, marks: &[Mark]) -> Markup {
    // Counts of a day's trips are small.
    #[allow(clippy::cast_precision_loss)]
    let bend = (paint.place(tour) as f64 - (trips as f64 - 1.0) / 2.0).clamp(-12.0, 12.0) * 0.05;
    let mut path = String::new();
    for (at, mark) in marks.iter().enumerate() {
        let Some(before) = at.checked_sub(1).and_then(|at| marks.get(at)) else {
            path.push_str(&format!("M{} {}", units(mark.x), units(mark.y)));
            continue;
        };
        let (dx, dy) = (mark.x - before.x, mark.y - before.y);
        let (x, y) = (before.x + dx / 2.0 - dy * bend, before.y + dy / 2.0 + dx * bend);
        path.push_str(&format!("Q{} {} {} {}", units(x), units(y), units(mark.x), units(mark.y)));
    }
    html! {
        path class={ "way " (paint.class(tour)) } data-people=(people_of(tour)) data-trip=(tour.number)
            d=(path) stroke-dasharray=(paint.dashes(tour)) {}
    }
}

fn marked(Mark { kind, x, y }: &Mark) -> Markup {
    html! {
        @match kind {
            StopKind::Gate => rect.prison x=(units(x - 9.0)) y=(units(y - 9.0)) width="18" height="18" {},
            StopKind::Leave => circle.start cx=(units(*x)) cy=(units(*y)) r="7" {},
            _ => circle.stop cx=(units(*x)) cy=(units(*y)) r="5" {},
        }
    }
}

/// Where each trip's number stands: by where it sets out, on the first side that is free.
fn badges(lines: &[(&Tour<'_>, Vec<Mark>)]) -> Vec<(f64, f64)> {
    const NEAR: f64 = 32.0;
    const SIDES: [(f64, f64); 8] =
        [(0.0, -1.0), (0.0, 1.0), (-1.0, 0.0), (1.0, 0.0), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)];
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (_, marks) in lines {
        let Some(start) = marks.first() else {
            taken.push((-NEAR, -NEAR));
            continue;
        };
        let far = |ring: f64| SIDES.map(|(x, y)| (start.x + x * NEAR * ring, start.y + y * NEAR * ring));
        let mut places = [0.85, 1.7, 2.6].into_iter().flat_map(far);
        let free = |(x, y): &(f64, f64)| taken.iter().all(|(a, b)| (x - a).hypot(y - b) >= NEAR) && *y > 16.0;
        let place = places.find(free).unwrap_or((start.x, start.y - NEAR));
        taken.push(place);
    }
    taken
}

/// A number of the drawing's units, to a tenth.
fn units(value: f64) -> String {
    format!("{value:.1}")
}
