//! Slots at times at which no prison receives: at night, for a day or longer, or given twice.

use std::collections::HashMap;

use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Problem, Slot};
use crate::time::{WallTime, Zone};

/// Minutes of half a day: what a lost `pm` comes to.
const HALF_DAY: u32 = 12 * 60;
/// No visit starts before this minute of the day, …
const EARLIEST: u32 = 7 * 60;
/// … or from this one on, …
const LATEST: u32 = 21 * 60;
/// … or lasts longer than so many minutes.
const LONGEST: i64 = 8 * 60;

pub(super) fn check(problem: &Problem, found: &mut Findings) {
    // The sessions so far: where, and when they start.
    let mut sessions: HashMap<(&str, WallTime), (usize, &Slot)> = HashMap::new();
    for (n, slot) in problem.slots.iter().enumerate() {
        odd_time(problem.timezone, n, slot, found);
        match sessions.get(&(slot.prison.as_str(), slot.start)) {
            Some(&(first, other)) if other.id != slot.id => twice(n, slot, first, other, found),
            Some(_) => {}
            None => drop(sessions.insert((slot.prison.as_str(), slot.start), (n, slot))),
        }
    }
}

fn odd_time(zone: Zone, n: usize, slot: &Slot, found: &mut Findings) {
    let Slot { id, start, end, .. } = slot;
    let lasts = zone.instant(*end).0 - zone.instant(*start).0;
    let (start_minute, end_minute) = (start.minute_of_day(), end.minute_of_day());
    let (field, message, meant, value) = if lasts <= 0 {
        // An end before the start is an error, told of elsewhere.
        return;
    } else if lasts > LONGEST {
        let message = format!("The slot {id} lasts {}: from {start} to {end}.", hours(lasts));
        // The wrong date, or a lost `pm`: whichever makes a visit of it.
        let same_day = start.date().at(end_minute);
        let afternoon = start.date().at(end_minute + HALF_DAY);
        let visit = |meant: &WallTime| (1..=LONGEST).contains(&(zone.instant(*meant).0 - zone.instant(*start).0));
        ("end", message, [same_day, afternoon].into_iter().find(visit), end)
    } else if !(EARLIEST..LATEST).contains(&start_minute) {
        let message = format!("The slot {id} starts in the night, at {start}.");
        let afternoon = start.date().at(start_minute + HALF_DAY);
        ("start", message, (start_minute < EARLIEST).then_some(afternoon), start)
    } else if end.date() != start.date() || end_minute > LATEST + 60 {
        let message = format!("The slot {id} ends in the night, at {end}.");
        ("end", message, None, end)
    } else {
        return;
    };
    let remedy = match meant {
        Some(meant) => format!("Is {meant} meant? If the time is right, leave it."),
        None => "Mend the times; if they are right, leave them.".to_owned(),
    };
    let path = format!("slots[{n}].{field}");
    found.push(Finding::warning(Code::OddSlot, path, message, remedy).with_value(value));
}

fn twice(n: usize, slot: &Slot, first: usize, other: &Slot, found: &mut Findings) {
    let Slot { id, prison, start, .. } = slot;
    let at = format!("slots[{first}]");
    let message = format!(
        "The slots {} and {id} are one session: both start at {prison} at {start}; the first is {at}. As two, the tables \
         of the session count twice.",
        other.id
    );
    let remedy = format!("Keep one of the two; if {prison} has two rooms at that time, leave them.");
    let path = format!("slots[{n}].start");
    found.push(Finding::warning(Code::SlotTwice, path, message, remedy).with_value(start).mentioning(at));
}

/// `25 h 30 min`.
fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
