//! What visits of a week may not be together (§5.1, §5.2, §5.4 and §5.5).
//!
//! What locked trips use among themselves is never a breach (§5.6): limits bind what is added to them.

use std::collections::BTreeMap;

use super::clause::Clause;
use super::facts::{Facts, whole};
use super::report::Report;
use super::served::{Served, Visit};
use crate::problem::Pin;
use crate::time::Date;

pub(super) fn check(facts: &Facts, served: &Served, report: &mut Report) {
    dates(served, report);
    slots(facts, served, report);
    pins(facts, served, report);
    prisoners(facts, served, report);
}

/// §5.1: a family's visits are on different dates.
fn dates(served: &Served, report: &mut Report) {
    #[derive(Default)]
    struct Visits {
        all: u32,
        locked: u32,
    }
    let mut visits: BTreeMap<(&str, Date), Visits> = BTreeMap::new();
    for (_, family, outing) in served.rides() {
        let Some(day) = outing.party.day() else { continue };
        let visits = visits.entry((family, day)).or_default();
        visits.all += 1;
        visits.locked += u32::from(outing.party.locked);
    }
    for ((family, day), Visits { all, locked }) in visits {
        if all > locked.max(1) {
            let times = if all == 2 { "twice".to_owned() } else { format!("{all} times") };
            report.add(Clause::SameDay, format!("family {family} visits {times} on {}", day.long()));
        }
    }
}

/// §5.2: tables, and who never shares a slot.
fn slots(facts: &Facts, served: &Served, report: &mut Report) {
    let mut visits: BTreeMap<&str, Vec<&Visit>> = BTreeMap::new();
    for visit in served.requests.values() {
        visits.entry(visit.slot).or_default().push(visit);
    }
    let mut families: BTreeMap<&str, BTreeMap<&str, bool>> = BTreeMap::new();
    for (_, family, outing) in served.rides() {
        add(families.entry(outing.party.trip.slot.as_str()).or_default(), family, outing.party.locked);
    }
    for (slot, families) in &families {
        apart(facts, "families", slot, families, report);
    }
    for (slot, visits) in visits {
        let locked = visits.iter().filter(|visit| visit.locked).count();
        if let Some(tables) = facts.slots.get(slot).and_then(|slot| slot.tables)
            && visits.len() > locked
            && whole(visits.len()) > whole(tables)
        {
            let count = visits.len();
            let noun = if count == 1 { "visit" } else { "visits" };
            report.add(Clause::Tables, format!("slot {slot} has {count} {noun}; there are tables for {tables}"));
        }
        let mut visited = BTreeMap::new();
        for visit in visits {
            if let Some(prisoner) = &visit.request.prisoner {
                add(&mut visited, prisoner.as_str(), visit.locked);
            }
        }
        apart(facts, "prisoners", slot, &visited, report);
    }
}

/// Notes somebody as in a slot, and whether that is by locked trips alone.
fn add<'a>(present: &mut BTreeMap<&'a str, bool>, who: &'a str, locked: bool) {
    present.entry(who).and_modify(|all_locked| *all_locked &= locked).or_insert(locked);
}

/// §5.2: no two of a pair are in one slot, unless locked trips bring both.
fn apart(facts: &Facts, what: &str, slot: &str, present: &BTreeMap<&str, bool>, report: &mut Report) {
    for (a, b) in &facts.never_same_slot {
        if let (Some(first), Some(second)) = (present.get(a), present.get(b))
            && !(*first && *second)
        {
            report.add(Clause::NeverSameSlot, format!("{what} {a} and {b} never share a slot, and both have {slot}"));
        }
    }
}

/// §5.4: every pin holds.
fn pins(facts: &Facts, served: &Served, report: &mut Report) {
    for Pin { request, slot, driver, family } in &facts.problem.pins {
        let Some(visit) = served.requests.get(request.as_str()) else {
            report.add(Clause::Pin, format!("request {request} is pinned, and not served"));
            continue;
        };
        if let Some(slot) = slot.as_ref().filter(|slot| slot.as_str() != visit.slot) {
            report.add(Clause::Pin, format!("request {request} is pinned to slot {slot}, and has {}", visit.slot));
        }
        let Some(driver) = driver else { continue };
        let families = family.as_ref().map_or(visit.request.families.as_slice(), std::slice::from_ref);
        for family in families {
            let who = match visit.request.families.as_slice() {
                [only] if only == family => format!("request {request}"),
                _ => format!("family {family} of request {request}"),
            };
            match served.ride(request.as_str(), family.as_str()).map(|outing| &outing.party.trip.driver) {
                Some(other) if other != driver => {
                    report.add(Clause::Pin, format!("{who} is pinned to driver {driver}, and has {other}"));
                }
                None => report.add(Clause::Pin, format!("{who} is pinned to driver {driver}, and rides with nobody")),
                Some(_) => {}
            }
        }
    }
}

/// §5.5: each prisoner's visits, and no two of them at one time.
fn prisoners(facts: &Facts, served: &Served, report: &mut Report) {
    let mut visits: BTreeMap<&str, Vec<&Visit>> = BTreeMap::new();
    for visit in served.requests.values() {
        if let Some(prisoner) = &visit.request.prisoner {
            visits.entry(prisoner.as_str()).or_default().push(visit);
        }
    }
    for (prisoner, visits) in visits {
        let (count, locked) = (visits.len(), visits.iter().filter(|visit| visit.locked).count());
        if let Some(most) = facts.prisoners.get(prisoner).and_then(|prisoner| prisoner.visits)
            && count > locked
            && whole(count) > whole(most)
        {
            let visits = if count == 1 { "visit" } else { "visits" };
            let message = format!("prisoner {prisoner} has {count} {visits} in the week; {most} are left");
            report.add(Clause::PrisonerVisits, message);
        }
        at_one_time(facts, prisoner, &visits, report);
    }
}

/// §5.5: no two visits of a prisoner overlap; slots that only touch don't. Each is told with the one before it that
/// lasts longest.
fn at_one_time(facts: &Facts, prisoner: &str, visits: &[&Visit], report: &mut Report) {
    let mut spans: Vec<_> = visits
        .iter()
        .filter_map(|visit| {
            let slot = facts.slots.get(visit.slot)?;
            Some((facts.instant(slot.start), facts.instant(slot.end), visit.slot, visit.locked))
        })
        .collect();
    spans.sort_unstable();
    // The longest so far, of all and of those that are not locked.
    let (mut longest, mut longest_added) = (None, None);
    for span in spans {
        let (start, end, slot, locked) = span;
        let before = if locked { longest_added } else { longest };
        if let Some((_, until, other, _)) = before
            && (until > start || other == slot)
        {
            let message = format!("prisoner {prisoner} has visits in slots {other} and {slot}, which overlap");
            report.add(Clause::PrisonerTwice, message);
        }
        let later = |known: Option<(_, _, _, _)>| known.filter(|(_, until, ..)| *until > end).or(Some(span));
        longest = later(longest);
        if !locked {
            longest_added = later(longest_added);
        }
    }
}
