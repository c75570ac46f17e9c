//! A rota for people: day by day, trip by trip, stop by stop.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use visitrota::report::words::{clock, ended, listed, odd, quality, short};
use visitrota::{
    Problem, Rota,
    problem::{Date, FamilyId, Request, RequestId, Slot, SlotId, WallTime},
    rota::{KeptFree, Status, Stop, StopKind, Trip},
};

use super::shown::line;
use super::text::{GOOD, HEADING, STRONG, WARNING, count, distance, duration, grouped, paragraph, styled};
use super::{reasons, score};

/// The rota: its trips by day, the visits that stay unmet, and how good it is.
pub(crate) fn text(problem: &Problem, rota: &Rota, width: usize) -> String {
    let names = Names::new(problem);
    let mut out = String::new();
    if !rota.problem.is_empty() {
        paragraph(&mut out, "", &styled(STRONG, &rota.problem), width);
        out.push('\n');
    }
    let mut days: BTreeMap<Option<Date>, Vec<&Trip>> = BTreeMap::new();
    for trip in &rota.trips {
        days.entry(names.slot(&trip.slot).map(|slot| slot.start.date())).or_default().push(trip);
    }
    for (day, trips) in days {
        let heading = day.map_or_else(|| "Another day".to_owned(), Date::long);
        out.push_str(&format!("{}\n\n", styled(HEADING, &heading)));
        for trip in trips {
            one(&mut out, &names, trip, day, width);
            out.push('\n');
        }
    }
    odd_trips(&mut out, &names, rota, width);
    unmet(&mut out, &names, rota, width);
    kept_free(&mut out, &names, rota, width);
    if let Some(parts) = &rota.parts {
        out.push_str(&format!("{}\n{}\n", styled(STRONG, "Score"), score::table(parts)));
    }
    paragraph(&mut out, "", &summary(rota), width);
    out
}

/// That the rota was written, in a line.
pub(crate) fn written(rota: &Rota, file: &Path) -> String {
    format!("Wrote {}: {}\n", line(&file.to_string_lossy()), summary(rota))
}

/// How much the rota does, and how good it is.
fn summary(rota: &Rota) -> String {
    let served = rota.trips.iter().flat_map(|trip| &trip.requests).collect::<BTreeSet<_>>().len();
    let all = served + rota.unmet.len();
    let style = if rota.status == Status::Optimal { GOOD } else { STRONG };
    let quality = styled(style, &quality(rota));
    let trips = count(rota.trips.len(), "trip");
    let ended = ended(rota).map(|ended| format!(" {ended}")).unwrap_or_default();
    format!("{served} of {} in {trips}, score {}, {quality}.{ended}", count(all, "visit"), grouped(rota.score))
}

fn one<'a>(out: &mut String, names: &Names<'a>, trip: &'a Trip, day: Option<Date>, width: usize) {
    let slot = names.slot(&trip.slot);
    let prison = slot.map(|slot| format!(" to {}", names.who(slot.prison.as_str()))).unwrap_or_default();
    let chaperone =
        trip.chaperone.as_ref().map(|chaperone| format!(" with chaperone {}", names.who(chaperone.as_str())));
    let head = format!(
        "{}{}{prison}, slot {}",
        styled(STRONG, &names.who(trip.driver.as_str())),
        chaperone.unwrap_or_default(),
        trip.slot.as_str()
    );
    paragraph(out, "  ", &head, width);
    let riders = format!("{}, {}", count(names.families(trip).len(), "family"), count(names.people(trip), "person"));
    let drive = format!("driving {}, {}", duration(trip.drive_min), distance(trip.metres));
    let stands = if names.problem.is_locked(trip) { "; stands as it is" } else { "" };
    paragraph(out, "  ", &format!("{riders}; {drive}{stands}"), width);
    let rows: Vec<_> = trip.stops.iter().flat_map(|stop| rows(names, trip, stop, slot, day)).collect();
    let wide = rows.iter().map(|(time, _)| time.chars().count()).max().unwrap_or_default();
    for (time, what) in rows {
        paragraph(out, &format!("    {time:wide$}  "), &what, width);
    }
}

/// What happens at a stop, and when: the gate is three things, and every other stop one.
fn rows(names: &Names, trip: &Trip, stop: &Stop, slot: Option<&Slot>, day: Option<Date>) -> Vec<(String, String)> {
    let who = || names.rider(trip, stop);
    let Stop { kind, arrive, depart, .. } = stop;
    let span = |from: Option<WallTime>, to: Option<WallTime>| {
        let times = [from, to.filter(|to| Some(*to) != from)];
        times.into_iter().flatten().map(|time| clock(time, day)).collect::<Vec<_>>().join("–")
    };
    match kind {
        StopKind::Leave => vec![(span(None, *depart), "leaves home".to_owned())],
        StopKind::Pickup => vec![(span(*arrive, *depart), format!("picks up {}", who()))],
        StopKind::Gate => vec![
            (span(*arrive, None), "at the gate".to_owned()),
            (span(slot.map(|slot| slot.start), slot.map(|slot| slot.end)), "visit".to_owned()),
            (span(None, *depart), "leaves the gate".to_owned()),
        ],
        StopKind::Dropoff => vec![(span(*arrive, *depart), format!("drops off {}", who()))],
        StopKind::Home => vec![(span(*arrive, None), "home".to_owned())],
    }
}

/// The trips that keep every rule given and are odd all the same, each with the setting that would rule it out.
fn odd_trips(out: &mut String, names: &Names, rota: &Rota, width: usize) {
    if rota.odd.is_empty() {
        return;
    }
    out.push_str(&format!("{}\n\n", styled(WARNING, &format!("Odd: {}", count(odd_number(rota), "trip")))));
    paragraph(out, "  ", odd::HEAD, width);
    for one in &rota.odd {
        let Some(trip) = rota.trips.get(one.trip) else { continue };
        let day = names.slot(&trip.slot).map(|slot| slot.start.date());
        let what = odd::what(one, day, |id| names.who(id));
        let on = day.map(|day| format!("{}: ", short(day))).unwrap_or_default();
        let driver = names.problem.volunteers.iter().find(|volunteer| volunteer.id == trip.driver);
        let line = format!("{on}{} {what}; {}.", names.who(trip.driver.as_str()), odd::rule(one, driver));
        paragraph(out, "  ", &line, width);
    }
    out.push('\n');
}

/// How many trips are odd, in one way or several.
fn odd_number(rota: &Rota) -> usize {
    rota.odd.iter().map(|odd| odd.trip).collect::<BTreeSet<_>>().len()
}

fn unmet(out: &mut String, names: &Names, rota: &Rota, width: usize) {
    if rota.unmet.is_empty() {
        return;
    }
    let heading = format!("Not met: {}", count(rota.unmet.len(), "visit"));
    out.push_str(&format!("{}\n\n", styled(WARNING, &heading)));
    for unmet in &rota.unmet {
        let families = names.request(&unmet.request).map(|request| &*request.families).unwrap_or_default();
        let who: Vec<_> = families.iter().map(|family| names.who(family.as_str())).collect();
        let family = (!who.is_empty()).then(|| format!(" for {}", listed(&who)));
        let head = format!("{}{}", styled(STRONG, unmet.request.as_str()), family.unwrap_or_default());
        paragraph(out, "  ", &head, width);
        reasons::lines(out, &unmet.reasons, rota.status, width);
        out.push('\n');
    }
}

fn kept_free(out: &mut String, names: &Names, rota: &Rota, width: usize) {
    if rota.kept_free.is_empty() {
        return;
    }
    out.push_str(&format!("{}\n\n", styled(HEADING, "Kept free to stand in")));
    for KeptFree { date, volunteer, trips, .. } in &rota.kept_free {
        let instead: Vec<_> = trips.iter().filter_map(|at| rota.trips.get(*at)).collect();
        let instead: Vec<_> = instead.iter().map(|trip| names.who(trip.driver.as_str())).collect();
        let line =
            format!("{}: {} could drive for {}", short(*date), names.who(volunteer.as_str()), instead.join(", "));
        paragraph(out, "  ", &line, width);
    }
    out.push('\n');
}

/// What the problem says of the ids in a rota.
struct Names<'a> {
    problem: &'a Problem,
    /// The names of people and places: they share one space of ids.
    names: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    fn new(problem: &'a Problem) -> Self {
        Self { problem, names: problem.named().collect() }
    }

    /// Id and name.
    fn who(&self, id: &str) -> String {
        match self.names.get(id) {
            Some(name) if !name.is_empty() => format!("{id} {name}"),
            _ => id.to_owned(),
        }
    }

    /// Who gets in or out at a stop: a family with its request, or the chaperone.
    fn rider(&self, trip: &Trip, stop: &Stop) -> String {
        let place = stop.place.as_str();
        let who = self.who(place);
        let carried = |request: &&Request| request.families_in(trip).any(|family| family.as_str() == place);
        let who = match self.problem.requests.iter().find(carried) {
            Some(request) => format!("{who} ({})", request.id),
            None => who,
        };
        match &stop.at {
            Some(point) => format!("{who} at {}", self.who(point.as_str())),
            None => who,
        }
    }

    fn slot(&self, id: &SlotId) -> Option<&'a Slot> {
        self.problem.slots.iter().find(|slot| slot.id == *id)
    }

    fn request(&self, id: &RequestId) -> Option<&'a Request> {
        self.problem.requests.iter().find(|request| request.id == *id)
    }

    /// The families that a trip carries.
    fn families(&self, trip: &'a Trip) -> BTreeSet<&'a FamilyId> {
        let named = trip.requests.iter().filter_map(|id| self.request(id));
        named.flat_map(|request| request.families_in(trip)).collect()
    }

    /// How many people ride, without the volunteers.
    fn people(&self, trip: &'a Trip) -> usize {
        let carried = self.families(trip);
        let families = self.problem.families.iter().filter(|family| carried.contains(&family.id));
        families.map(|family| family.members.len()).sum()
    }
}
