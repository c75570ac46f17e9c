//! Calendars (RFC 5545): one for each volunteer, one for all; entries of withdrawn trips, to be taken out again.
//!
//! A calendar is copied from device to device, so an entry holds no name of a person, its title neither the prison nor
//! anything of it, unless prisons are to be shown. An entry is the same entry in every rota of the week in which the
//! volunteer goes to the slot, whoever rides: a change moves it, rather than to take one out and put another in.

mod entry;
mod text;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Instant, VolunteerId, Zone};

use crate::book::Book;
use crate::error::Error;
use crate::name::FileNames;
use crate::out_file::OutFile;
use crate::words;
use entry::{Entry, Role, Stage};
use text::Text;

/// The calendars, and what takes withdrawn trips out of them, where there are any.
pub(crate) fn files(book: &Book) -> Result<Vec<OutFile>, Error> {
    let stages = entry::stages(book)?;
    let mut names = FileNames::default();
    let mut files = Vec::new();
    let mut add = |names: &mut FileNames, whose: Option<&VolunteerId>, stages: &[&Stage]| {
        let calendar = Calendar { book, stages, all: whose.is_none() };
        let mut name = |stem: &str, all: &str| match whose {
            Some(id) => names.give(stem, &[id.as_str()], "ics"),
            None => names.give(all, &[], "ics"),
        };
        files.push(calendar.file(name("calendars/calendar", "calendars/all"), "PUBLISH"));
        let withdrawn: Vec<_> = stages.iter().copied().filter(|stage| stage.withdrawn).collect();
        if !withdrawn.is_empty() {
            let calendar = Calendar { stages: &withdrawn, ..calendar };
            files.push(calendar.file(name("calendars/withdrawn", "calendars/all-withdrawn"), "CANCEL"));
        }
    };
    let mut of: BTreeMap<&VolunteerId, Vec<&Stage>> = BTreeMap::new();
    for stage in &stages {
        of.entry(stage.entry.volunteer).or_default().push(stage);
    }
    for (volunteer, stages) in of {
        add(&mut names, Some(volunteer), &stages);
    }
    add(&mut names, None, &stages.iter().collect::<Vec<_>>());
    Ok(files)
}

#[derive(Clone, Copy)]
struct Calendar<'b, 'a> {
    book: &'b Book<'a>,
    stages: &'b [&'b Stage<'a>],
    /// Whether it is that of all volunteers, whose titles then say whose an entry is.
    all: bool,
}

impl Calendar<'_, '_> {
    fn file(&self, name: String, method: &str) -> OutFile {
        let mut text = Text::default();
        text.component("VCALENDAR", |text| {
            text.line("VERSION", "2.0");
            text.text("PRODID", "-//visitrota//visitrota//EN");
            text.line("CALSCALE", "GREGORIAN");
            text.line("METHOD", method);
            text.text("X-WR-CALNAME", if self.all { "All trips" } else { "Driving" });
            let zone = self.book.problem().timezone;
            let times = || self.stages.iter().flat_map(|stage| [stage.entry.start, stage.entry.end]);
            let times: BTreeSet<_> = times().map(|time| zone.instant(time)).collect();
            if let (Some(first), Some(last)) = (times.first(), times.last()) {
                zone::write(text, zone, *first, *last);
            }
            for stage in self.stages {
                self.event(text, zone, stage);
            }
        });
        OutFile { name, bytes: text.into_bytes() }
    }

    fn event(&self, text: &mut Text, zone: Zone, stage: &Stage) {
        let Stage { entry, sequence, withdrawn } = stage;
        text.component("VEVENT", |text| {
            text.line("UID", &entry.uid);
            text.line("SEQUENCE", &sequence.to_string());
            let made = self.book.made().unwrap_or(Instant(0));
            text.line("DTSTAMP", &format!("{}Z", zone::compact(Zone::UTC.wall(made))));
            text.line(&format!("DTSTART;TZID={zone}"), &zone::compact(entry.start));
            text.line(&format!("DTEND;TZID={zone}"), &zone::compact(entry.end));
            text.text("SUMMARY", &self.title(stage));
            if let Some(prison) = self.prison(entry) {
                text.text("LOCATION", prison);
            }
            text.text("DESCRIPTION", &entry.stops());
            text.line("STATUS", if *withdrawn { "CANCELLED" } else { "CONFIRMED" });
            text.line("CLASS", "PRIVATE");
            text.line("TRANSP", if *withdrawn { "TRANSPARENT" } else { "OPAQUE" });
            // To publish and to cancel take an organiser; this is what calendars write for one without an address.
            text.line("ORGANIZER;CN=visitrota", "invalid:nomail");
        });
    }

    fn title(&self, Stage { entry, withdrawn, .. }: &Stage) -> String {
        let cancelled = if *withdrawn { "Cancelled: " } else { "" };
        let whose = if self.all { format!("{}: ", entry.volunteer) } else { String::new() };
        let what = match entry.role {
            Role::Driver => "Driving",
            Role::Chaperone => "Chaperone",
        };
        let to = self.prison(entry).map(|prison| format!(" to {prison}")).unwrap_or_default();
        format!("{cancelled}{whose}{what}{to} – trip {}", words::grouped(entry.number))
    }

    /// The prison's name, where it is to be shown.
    fn prison(&self, entry: &Entry) -> Option<&str> {
        let prison =
            entry.gate().and_then(|place| self.book.prison_at(place)).filter(|_| self.book.privacy().prisons)?;
        let who = self.book.where_to(prison);
        Some(who.name.unwrap_or(who.id))
    }
}
