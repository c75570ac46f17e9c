//! The speed of legs: minutes and metres of which one is in another unit, or has a digit too many.

use super::counted::count;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::id::PlaceId;
use crate::limit::{LEG_METRES, LEG_MINUTES};
use crate::problem::{Problem, TravelSource};

/// Nobody drives faster, …
const FASTEST_KMH: f64 = 130.0;
/// … or slower than on foot.
const SLOWEST_KMH: f64 = 5.0;
/// Legs of fewer minutes may be slow: they are rounded, and hold time for parking.
const SHORT_MIN: u32 = 10;

/// What is wrong with a leg's speed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Odd {
    Fast,
    Slow,
}

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    match &problem.travel.source {
        TravelSource::Matrix { places, minutes, metres } => {
            for odd in [Odd::Fast, Odd::Slow] {
                matrix(odd, places, minutes, metres, found);
            }
        }
        &TravelSource::StraightLine { minutes_factor, minutes_power, km_factor, km_power } => {
            /// A usual drive.
            const LINE_KM: f64 = 30.0;
            let (minutes, km) = (minutes_factor * LINE_KM.powf(minutes_power), km_factor * LINE_KM.powf(km_power));
            let speed = 60.0 * km / minutes;
            // Numbers below zero and beyond all bounds are errors, told of elsewhere.
            let sound = (0.0..=f64::from(LEG_MINUTES)).contains(&minutes) && km >= 0.0;
            if sound && speed.is_finite() && !(SLOWEST_KMH..=FASTEST_KMH).contains(&speed) {
                let message = format!(
                    "By the straight line, {LINE_KM} km are {km:.1} km of road in {minutes:.1} minutes: {speed:.0} km/h."
                );
                let remedy = "Give factors for minutes and for kilometres.";
                let path = "travel.minutes_factor";
                found.push(Finding::warning(Code::OddLeg, path, message, remedy).with_value(minutes_factor));
            }
        }
        TravelSource::Estimate | TravelSource::Osrm { .. } | TravelSource::Valhalla { .. } => {}
    }
}

/// One finding for all legs of a matrix that are too fast, or too slow: mostly they have one cause.
fn matrix(odd: Odd, places: &[PlaceId], minutes: &[Vec<u32>], metres: &[Vec<u32>], found: &mut Findings) {
    let mut legs = 0_usize;
    let mut first = None;
    let mut number = 0_usize;
    for (from, (minutes, metres)) in minutes.iter().zip(metres).enumerate() {
        for (to, (&minutes, &metres)) in minutes.iter().zip(metres).enumerate().filter(|(to, _)| *to != from) {
            legs += 1;
            if is_odd(minutes, metres) == Some(odd) {
                number += 1;
                first.get_or_insert((from, to, minutes, metres));
            }
        }
    }
    let Some((from, to, minutes, metres)) = first else { return };
    let place = |at: usize| places.get(at).map_or_else(|| format!("number {}", at + 1), ToString::to_string);
    let than = match odd {
        Odd::Fast => format!("faster than {FASTEST_KMH} km/h"),
        Odd::Slow => format!("slower than {SLOWEST_KMH} km/h"),
    };
    let (speed, unit) = (kmh(minutes, metres), unit(odd, minutes, metres));
    let which = if number == 1 { "A leg".to_owned() } else { format!("{number} of {legs} legs") };
    let are = if number == 1 { "is" } else { "are" };
    let speed = if speed.is_finite() { format!(", {speed:.1} km/h") } else { String::new() };
    let message = format!(
        "{which} of the matrix {are} {than}: from {} to {} it is {} in {}{speed}.",
        place(from),
        place(to),
        count(metres as usize, "metre"),
        count(minutes as usize, "minute")
    );
    let (table, value) = match unit {
        Some(Unit::Kilometres | Unit::Miles) => ("metres", metres),
        Some(Unit::Seconds | Unit::Hours) | None => ("minutes", minutes),
    };
    let path = format!("travel.{table}[{from}][{to}]");
    let remedy = remedy(unit);
    found.push(Finding::warning(Code::OddLeg, path, message, remedy).with_value(value));
}

fn is_odd(minutes: u32, metres: u32) -> Option<Odd> {
    // The most stands for a way that cannot be driven.
    if minutes >= LEG_MINUTES || metres >= LEG_METRES {
        None
    } else if kmh(minutes.saturating_add(1), metres) > FASTEST_KMH {
        // Minutes may be rounded down.
        Some(Odd::Fast)
    } else {
        (minutes >= SHORT_MIN && kmh(minutes, metres) < SLOWEST_KMH).then_some(Odd::Slow)
    }
}

/// What numbers may be in, where they should be minutes or metres.
#[derive(Clone, Copy)]
enum Unit {
    Seconds,
    Hours,
    Kilometres,
    Miles,
}

/// The unit that makes a drive of a leg.
fn unit(odd: Odd, minutes: u32, metres: u32) -> Option<Unit> {
    let drive = |unit: &Unit| {
        let (minutes, metres) = (f64::from(minutes), f64::from(metres));
        let speed = match unit {
            Unit::Seconds => 3.6 * metres / minutes,
            Unit::Hours => 0.001 * metres / minutes,
            Unit::Kilometres => 60.0 * metres / minutes,
            Unit::Miles => 96.6 * metres / minutes,
        };
        (15.0..=FASTEST_KMH).contains(&speed)
    };
    let units: &[Unit] = match odd {
        Odd::Fast => &[Unit::Hours],
        // Metres of fewer digits than minutes, or minutes of more than a day: each is a slip of its own.
        Odd::Slow => &[Unit::Kilometres, Unit::Miles, Unit::Seconds],
    };
    units.iter().find(|unit| drive(unit)).copied()
}

fn remedy(unit: Option<Unit>) -> &'static str {
    match unit {
        Some(Unit::Seconds) => "Are the minutes seconds? Give minutes: a sixtieth.",
        Some(Unit::Hours) => "Are the minutes hours? Give minutes: sixty times as many.",
        Some(Unit::Kilometres) => "Are the metres kilometres? Give metres: a thousand times as many.",
        Some(Unit::Miles) => "Are the metres miles? Give metres: 1609 to a mile.",
        None => "Mend the minutes or the metres; if they are right, leave them.",
    }
}

fn kmh(minutes: u32, metres: u32) -> f64 {
    0.06 * f64::from(metres) / f64::from(minutes)
}
