//! The entries of calendars, and what has become of them from rota to rota.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use visitrota_model::{Code, Finding, PlaceId, Rota, SlotId, Stop, StopKind, Trip, VolunteerId, WallTime, Week};

use crate::book::Book;
use crate::error::Error;

/// A trip in the calendar of somebody who drives it or goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// The same in every rota of the week.
    pub(super) uid: String,
    pub(super) volunteer: &'a VolunteerId,
    pub(super) role: Role,
    /// The trip's number in its rota, from 1.
    pub(super) number: usize,
    pub(super) start: WallTime,
    pub(super) end: WallTime,
    trip: &'a Trip,
}

/// What somebody does on a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Driver,
    Chaperone,
}

/// What has become of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stage<'a> {
    /// As it is now; of a withdrawn one, as it was last.
    pub(super) entry: Entry<'a>,
    /// How often it has changed since it was first made.
    pub(super) sequence: u32,
    pub(super) withdrawn: bool,
}

/// The entries of the rota, those withdrawn since earlier rotas included, in order of time.
pub(super) fn stages<'a>(book: &Book<'a>) -> Result<Vec<Stage<'a>>, Error> {
    let week = book.problem().week;
    let found = strays(book.earlier(), week);
    if !found.is_empty() {
        return Err(Error::Earlier(found));
    }
    let mut stages: BTreeMap<String, Stage> = BTreeMap::new();
    for rota in book.earlier().iter().chain([book.rota()]) {
        let mut now: BTreeMap<_, _> = entries(rota, week).into_iter().map(|entry| (entry.uid.clone(), entry)).collect();
        for (uid, stage) in &mut stages {
            let entry = now.remove(uid);
            let withdrawn = entry.is_none();
            let entry = entry.unwrap_or_else(|| stage.entry.clone());
            if stage.withdrawn != withdrawn || stage.entry != entry {
                *stage = Stage { entry, sequence: stage.sequence.saturating_add(1), withdrawn };
            }
        }
        stages.extend(now.into_iter().map(|(uid, entry)| (uid, Stage { entry, sequence: 0, withdrawn: false })));
    }
    let mut stages: Vec<_> = stages.into_values().collect();
    stages.sort_by(|a, b| (a.entry.start, &a.entry.uid).cmp(&(b.entry.start, &b.entry.uid)));
    Ok(stages)
}

/// Trips of earlier rotas that are of another week: their entries would be withdrawn though they took place.
fn strays(earlier: &[Rota], week: Week) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, rota) in earlier.iter().enumerate() {
        for (number, trip) in rota.trips.iter().enumerate() {
            let gate = trip.stops.iter().find(|stop| stop.kind == StopKind::Gate).and_then(|stop| stop.arrive);
            // A slot begins within the week, and whoever comes for it may be there the day before.
            let strays = |date| date > week.to || week.from.days_since(date) > 1;
            if let Some(gate) = gate.filter(|gate| strays(gate.date())) {
                let message = format!("The trip is not in the week {} to {}.", week.from, week.to);
                let remedy = "Give only earlier rotas of this week.";
                let path = format!("earlier[{at}].trips[{number}]");
                found.push(Finding::error(Code::SlotOutsideWeek, path, message, remedy).with_value(gate));
            }
        }
    }
    found
}

/// The entries of one rota. What has no time has no place in a calendar.
fn entries(rota: &Rota, week: Week) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    let mut told: BTreeMap<String, u32> = BTreeMap::new();
    for (at, trip) in rota.trips.iter().enumerate() {
        let number = at + 1;
        let times = [(&trip.driver, Role::Driver, whole(trip))];
        let along = trip.chaperone.as_ref().map(|chaperone| (chaperone, Role::Chaperone, ride(trip, chaperone)));
        for (volunteer, role, times) in times.into_iter().chain(along) {
            let Some((start, end)) = times else { continue };
            let base = uid(rota, week, (volunteer, role), &trip.slot, 0);
            // Somebody twice in one slot is against the rules; such a rota is printed as it stands all the same.
            let again = told.entry(base.clone()).or_default();
            let uid = if *again == 0 { base } else { uid(rota, week, (volunteer, role), &trip.slot, *again) };
            *again += 1;
            entries.push(Entry { uid, volunteer, role, number, start, end, trip });
        }
    }
    entries
}

/// From when the driver leaves home to when they are back.
fn whole(trip: &Trip) -> Option<(WallTime, WallTime)> {
    let (first, last) = (trip.stops.first()?, trip.stops.last()?);
    Some((first.depart.or(first.arrive)?, last.arrive.or(last.depart)?))
}

/// From when the chaperone is picked up to when they are home.
fn ride(trip: &Trip, chaperone: &VolunteerId) -> Option<(WallTime, WallTime)> {
    let at = |kind| {
        let stop = trip.stops.iter().find(|stop| stop.kind == kind && stop.place.as_str() == chaperone.as_str());
        stop.and_then(|stop| stop.arrive.or(stop.depart))
    };
    Some((at(StopKind::Pickup)?, at(StopKind::Dropoff)?))
}

/// The same for the same volunteer in the same slot of the same week, whoever rides; nothing can be read from it.
fn uid(rota: &Rota, week: Week, (volunteer, role): (&VolunteerId, Role), slot: &SlotId, again: u32) -> String {
    let role = match role {
        Role::Driver => "driver",
        Role::Chaperone => "chaperone",
    };
    let week = format!("{}/{}", week.from, week.to);
    let mut hash = Sha256::new();
    for part in [&rota.problem, week.as_str(), volunteer.as_str(), role, slot.as_str(), &again.to_string()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let hex: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}@visitrota")
}

impl<'a> Entry<'a> {
    /// Where the gate is.
    pub(super) fn gate(&self) -> Option<&'a PlaceId> {
        self.trip.stops.iter().find(|stop| stop.kind == StopKind::Gate).map(|stop| &stop.place)
    }

    /// The stops that are theirs to know, a line each: by ids, since the driver's sheet has the names.
    pub(super) fn stops(&self) -> String {
        let stops = self.trip.stops.iter().filter(|stop| match self.role {
            Role::Driver => true,
            Role::Chaperone => stop.kind == StopKind::Gate || stop.place.as_str() == self.volunteer.as_str(),
        });
        stops.map(|stop| self.stop(stop)).collect::<Vec<_>>().join("\n")
    }

    fn stop(&self, stop: &Stop) -> String {
        let clock = |time: Option<WallTime>| time.map(WallTime::clock).unwrap_or_default();
        let (arrive, depart) = (clock(stop.arrive.or(stop.depart)), clock(stop.depart.or(stop.arrive)));
        let own = stop.place.as_str() == self.volunteer.as_str();
        let at = stop.at.as_ref().map(|point| format!(" at {point}")).unwrap_or_default();
        match stop.kind {
            StopKind::Leave => format!("{depart} leave home"),
            StopKind::Pickup if own => format!("{arrive} you are picked up"),
            StopKind::Pickup => format!("{arrive} pick up {}{at}", stop.place),
            StopKind::Gate => format!("{arrive} at the gate\n{depart} leave the gate"),
            StopKind::Dropoff if own => format!("{arrive} you are home"),
            StopKind::Dropoff => format!("{arrive} drop off {}{at}", stop.place),
            StopKind::Home => format!("{arrive} home"),
        }
    }
}
