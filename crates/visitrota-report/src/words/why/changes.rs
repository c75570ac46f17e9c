//! Changes of a problem in words: conditions that begin with "if".

use visitrota_model::{Change, Date, Fitting, Hours, Limit, MeetingPlace, RequestId, WallTime, Way, Window};

use super::Words;
use crate::words::{clock, count, duration, grouped, listed, short};

impl Words<'_> {
    /// Changes as a condition: `V1 Ann could leave at 07:35, 25 minutes before 08:00`.
    #[must_use]
    pub fn condition(&self, changes: &[Change]) -> String {
        let parts: Vec<String> = changes.iter().map(|change| self.one(change)).collect();
        parts.join(", and ")
    }

    fn one(&self, change: &Change) -> String {
        match change {
            Change::Widen { person, was, window } => {
                format!("{} {}", self.who(person.as_str()), self.wider(was, window))
            }
            Change::Free { person, window } => {
                format!("{} were free {} as well", self.who(person.as_str()), span(window))
            }
            Change::Hold { volunteer, what, was, until } => self.held(volunteer.as_str(), what, *was, *until),
            Change::Consent { family, what, was, until } => self.held(family.as_str(), what, *was, *until),
            Change::Fit { volunteer, fitting, was, to } => {
                let more = to.saturating_sub(*was);
                let (one, many) = fitted(*fitting);
                let what = if more == 1 { one } else { many };
                let who = self.who(volunteer.as_str());
                format!("the car of {who} had {} more {what} ({to} rather than {was})", grouped(more))
            }
            Change::Stretch { volunteer, limit, was, to } => {
                format!("{} {}", self.who(volunteer.as_str()), stretched(*limit, *was, *to))
            }
            Change::Ride { family, was, to } => {
                let who = self.who(family.as_str());
                format!("{who} could ride for {}, {} more than now", duration(*to), duration(to.saturating_sub(*was)))
            }
            Change::Tables { slot, was, to } => {
                format!("slot {slot} had {} rather than {was}", count(*to as usize, "table"))
            }
            Change::Visits { prisoner, was, to } => {
                let left = count(*to as usize, "visit");
                format!("{} had {left} left in the week rather than {was}", self.who(prisoner.as_str()))
            }
            Change::Admit { prison, adults, was, to } => {
                let whom = if *adults { "adult" } else { "visitor" };
                let who = self.who(prison.as_str());
                format!("{who} admitted {} at a family's visit rather than {was}", count(*to as usize, whom))
            }
            Change::Ask { request, slot, .. } => format!("{request} asked for slot {slot} as well"),
            Change::Meet { request, slot, way, at } => {
                let slot = slot.as_ref().map(|slot| format!(" for slot {slot}")).unwrap_or_default();
                format!("{} {}{slot}", self.families_of(request), self.met(*way, at))
            }
            Change::Hours { families, was, to } => {
                let whom = if *families { "families" } else { "volunteers" };
                format!("{whom} were called on {}", longer(was, to))
            }
            Change::Without { request, family } => {
                format!("{request} went ahead without {}", self.who(family.as_str()))
            }
            Change::Share { family } => format!("{} shared a car", self.who(family.as_str())),
            Change::Recruit { volunteer, near } => {
                let day = volunteer.available.first().map(|window| format!(" on {}", short(window.from.date())));
                let car = volunteer.car.map(|car| {
                    let seats = count(car.seats as usize, "seat");
                    let fittings = Fitting::ALL.into_iter().filter(|fitting| *fitting != Fitting::Seats);
                    let fittings = fittings.map(|fitting| (fitting, fitting.of(car))).filter(|(_, number)| *number > 0);
                    let words = fittings.map(|(fitting, number)| {
                        let (one, many) = fitted(fitting);
                        format!("{} {}", grouped(number), if number == 1 { one } else { many })
                    });
                    let all: Vec<String> = std::iter::once(seats).chain(words).collect();
                    format!(" a car of {}", listed(&all))
                });
                let near = self.who(near.as_str());
                format!("somebody new near {near} could drive{}{}", car.unwrap_or_default(), day.unwrap_or_default())
            }
            Change::Unpin { request } => format!("{request} were not pinned"),
        }
    }

    /// That somebody holds what they lack.
    fn held(&self, id: &str, what: &str, was: Option<Date>, until: Date) -> String {
        let who = self.who(id);
        let until = short(until);
        match was {
            Some(was) => format!("{who} had `{what}` renewed until {until} at least (it ends on {})", short(was)),
            None => format!("{who} had `{what}` by {until}"),
        }
    }

    /// The families of a request, as those of whom something is said: `the family of R1 was`.
    fn families_of(&self, request: &RequestId) -> String {
        let joint = self.problem.requests.iter().any(|other| other.id == *request && other.is_joint());
        if joint { format!("the families of {request} were") } else { format!("the family of {request} was") }
    }

    /// Where somebody would be met.
    fn met(&self, way: Way, at: &MeetingPlace) -> String {
        match (way, at) {
            (Way::Out, MeetingPlace::Home) => "picked up at home".to_owned(),
            (Way::Out, MeetingPlace::Point(point)) => format!("picked up at {}", self.who(point.as_str())),
            (Way::Back, MeetingPlace::Home) => "brought back home".to_owned(),
            (Way::Back, MeetingPlace::Point(point)) => format!("brought back to {}", self.who(point.as_str())),
        }
    }

    fn wider(&self, was: &Window, window: &Window) -> String {
        let zone = self.problem.timezone;
        let minutes = |from: WallTime, to: WallTime| {
            duration(u32::try_from(zone.instant(to).0 - zone.instant(from).0).unwrap_or(u32::MAX))
        };
        let day = |time: WallTime| short(time.date());
        let earlier = (window.from < was.from).then(|| {
            let early = minutes(window.from, was.from);
            format!(
                "leave at {} on {}, {early} before {}",
                window.from.clock(),
                day(window.from),
                at(was.from, window.from)
            )
        });
        let later = (was.to < window.to).then(|| {
            let late = minutes(was.to, window.to);
            format!("be back at {} on {}, {late} after {}", window.to.clock(), day(window.to), at(was.to, window.to))
        });
        let both: Vec<String> = [earlier, later].into_iter().flatten().collect();
        format!("could {}", both.join(" and "))
    }
}

/// By how much hours are longer: `from 06:00 rather than 06:30`.
fn longer(was: &Hours, to: &Hours) -> String {
    let earlier = (to.from < was.from).then(|| format!("from {} rather than {}", to.from, was.from));
    let later = (was.to < to.to).then(|| format!("until {} rather than {}", to.to, was.to));
    let both: Vec<String> = [earlier, later].into_iter().flatten().collect();
    both.join(" and ")
}

fn at(time: WallTime, day: WallTime) -> String {
    clock(time, Some(day.date()))
}

fn span(window: &Window) -> String {
    format!("from {} to {} on {}", window.from.clock(), at(window.to, window.from), short(window.from.date()))
}

fn fitted(fitting: Fitting) -> (&'static str, &'static str) {
    match fitting {
        Fitting::Seats => ("seat", "seats"),
        Fitting::Infant => ("infant seat", "infant seats"),
        Fitting::Harness => ("harness seat", "harness seats"),
        Fitting::Booster => ("booster seat", "booster seats"),
        Fitting::Wheelchair => ("wheelchair space", "wheelchair spaces"),
    }
}

fn stretched(limit: Limit, was: u32, to: u32) -> String {
    let more = to.saturating_sub(was);
    match limit {
        Limit::Trips => format!("made {} in the week rather than {was}", count(to as usize, "trip")),
        Limit::TripsPerDay => format!("made {} in a day rather than {was}", count(to as usize, "trip")),
        Limit::Families => format!("took {} at once rather than {was}", count(to as usize, "family")),
        Limit::Duty => format!("could be out for {} in a day, {} more than now", duration(to), duration(more)),
        Limit::Driving => format!("could drive for {} in a day, {} more than now", duration(to), duration(more)),
        Limit::Kilometres => format!("could drive {} km in the week, {} km more than now", grouped(to), grouped(more)),
    }
}

#[cfg(test)]
mod tests {
    use visitrota_model::Problem;

    use super::*;
    use crate::privacy::Privacy;
    use crate::words::why::called;

    fn problem() -> Problem {
        let json = r#"{
            "format": "visitrota/1", "week": { "from": "2026-12-04", "to": "2026-12-05" },
            "prisons": [{ "id": "ASH" }], "prisoners": [{ "id": "N1", "name": "Selwood", "prison": "ASH" }],
            "meeting_points": [{ "id": "SCH", "name": "Ysgol Glan Nant" }],
            "families": [{ "id": "F1", "name": "Adair", "members": [] }, { "id": "F2", "members": [] }],
            "requests": [
                { "id": "R1", "family": "F1", "options": [] },
                { "id": "R2", "families": ["F1", "F2"], "options": [] }
            ]
        }"#;
        Problem::from_json(json.as_bytes()).unwrap()
    }

    fn told(change: Change, privacy: Privacy) -> String {
        let problem = problem();
        let calls = |id: &str| called(&problem, privacy, id);
        Words::new(&problem, &calls).condition(&[change])
    }

    #[test]
    fn consents_are_given_and_renewed() {
        let (family, what, until) = ("F1".into(), "consent".to_owned(), "2026-12-04".parse().unwrap());
        let consent = Change::Consent { family, what, was: None, until };
        assert_eq!(told(consent.clone(), Privacy::ALL), "F1 Adair had `consent` by Fri 4 Dec");
        let Change::Consent { family, what, until, .. } = consent else { panic!("a consent") };
        let renewed = Change::Consent { family, what, was: Some("2026-11-30".parse().unwrap()), until };
        assert_eq!(
            told(renewed, Privacy::default()),
            "F1 had `consent` renewed until Fri 4 Dec at least (it ends on Mon 30 Nov)"
        );
    }

    #[test]
    fn families_are_met_elsewhere() {
        let meet = |request: &str, slot: Option<&str>, way, at: &str| {
            let at = MeetingPlace::from(at.to_owned());
            told(Change::Meet { request: request.into(), slot: slot.map(Into::into), way, at }, Privacy::ALL)
        };
        assert_eq!(meet("R1", None, Way::Out, "SCH"), "the family of R1 was picked up at SCH Ysgol Glan Nant");
        assert_eq!(meet("R2", Some("am"), Way::Out, "home"), "the families of R2 were picked up at home for slot am");
        assert_eq!(meet("R2", None, Way::Back, "SCH"), "the families of R2 were brought back to SCH Ysgol Glan Nant");
        assert_eq!(meet("R1", Some("am"), Way::Back, "home"), "the family of R1 was brought back home for slot am");
    }

    #[test]
    fn visits_are_added_and_households_left_out() {
        let visits = |to| Change::Visits { prisoner: "N1".into(), was: 0, to };
        assert_eq!(told(visits(1), Privacy::default()), "N1 had 1 visit left in the week rather than 0");
        assert_eq!(told(visits(2), Privacy::ALL), "N1 Selwood had 2 visits left in the week rather than 0");
        let without = Change::Without { request: "R2".into(), family: "F1".into() };
        assert_eq!(told(without, Privacy::ALL), "R2 went ahead without F1 Adair");
    }
}
