//! How long each family rides, and whether everybody may be called on for the whole of it (§4.8 to §4.10).

use std::num::Saturating;

use super::clause::Clause;
use super::facts::{Facts, Whole, whole};
use super::journey::{Journey, Timetable, breaks};
use super::party::Party;
use super::report::Report;
use crate::problem::{Family, Hours, Window};
use crate::rota::StopKind;
use crate::time::Date;

/// §4.8 by [`rides`]; §4.9 and §4.10: driver, chaperone and each family inside one of their windows, and the hours.
pub(super) fn check(facts: &Facts, party: &Party, journey: &Journey, report: &mut Report) {
    let (Some(timetable), Some(day)) = (&journey.timetable, party.day()) else { return };
    rides(facts, party, timetable, report);
    let policy = &facts.problem.policy;
    let (volunteer_hours, family_hours) = (policy.volunteer_hours, policy.family_hours);
    if let Some(driver) = party.driver {
        let (who, from, to) = (driver.id.to_string(), timetable.leave, timetable.home);
        let away = Away { facts, day, who, begins: "leave home", ends: "be home", from, to };
        away.hold_windows(&driver.available, Clause::DriverWindow, report);
        away.hold_hours(volunteer_hours, Clause::VolunteerHours, report);
    }
    let fetched = |id: &str, who: String| {
        let (out, back) = (timetable.outward.get(id)?, timetable.back.get(id)?);
        Some(Away { facts, day, who, begins: "be fetched", ends: "be back", from: out.arrive, to: back.arrive })
    };
    if let Some(chaperone) = party.chaperone
        && let Some(away) = fetched(chaperone.id.as_str(), chaperone.id.to_string())
    {
        away.hold_windows(&chaperone.available, Clause::ChaperoneWindow, report);
        away.hold_hours(volunteer_hours, Clause::VolunteerHours, report);
    }
    for family in &party.families {
        let Some(away) = fetched(family.id.as_str(), format!("family {}", family.id)) else { continue };
        if !family.available.is_empty() {
            away.hold_windows(&family.available, Clause::FamilyWindow, report);
        }
        away.hold_hours(family_hours, Clause::FamilyHours, report);
    }
}

/// §4.8: how long each family rides, in each direction.
fn rides(facts: &Facts, party: &Party, timetable: &Timetable, report: &mut Report) {
    let Some(prison) = party.prison else { return };
    for family in &party.families {
        let id = family.id.as_str();
        let [fetched, brought] = [StopKind::Pickup, StopKind::Dropoff].map(|kind| party.spot(kind, id));
        let gate = prison.id.place();
        let outward = timetable.outward.get(id).map(|stay| timetable.gate_in - stay.depart);
        let back = timetable.back.get(id).map(|stay| stay.arrive - timetable.gate_out);
        for (ride, from, to, way) in [(outward, &fetched, &gate, "to the prison"), (back, &gate, &brought, "home")] {
            let direct = facts.leg(from, to).map(|leg| whole(leg.minutes));
            let (Some(ride), Some(most)) = (ride, most(facts, family, direct)) else { continue };
            if ride > most {
                let message = format!("family {id} rides {ride} min {way}; the most is {most}");
                report.add(Clause::RideTime, message);
            }
        }
    }
}

/// §4.8: the limit on the minutes that a family may ride; `None` where that hangs on a direct leg that nobody knows.
fn most(facts: &Facts, family: &Family, direct: Option<Whole>) -> Option<Whole> {
    let policy = &facts.problem.policy;
    family.max_ride_min.map(whole).or_else(|| {
        let direct = direct? + breaks(policy, direct?);
        Some(direct + (direct * whole(policy.detour_pct) / Saturating(100)).max(whole(policy.detour_min)))
    })
}

/// Somebody's time away from home.
struct Away<'a, 'p> {
    facts: &'a Facts<'p>,
    day: Date,
    who: String,
    begins: &'static str,
    ends: &'static str,
    from: Whole,
    to: Whole,
}

impl Away<'_, '_> {
    /// §4.9: it lies inside one of the windows.
    fn hold_windows(&self, windows: &[Window], code: Clause, report: &mut Report) {
        let Self { facts, who, begins, ends, from, to, .. } = self;
        let windows: Vec<_> = windows.iter().map(|w| (facts.instant(w.from), facts.instant(w.to))).collect();
        if windows.iter().any(|(opens, closes)| opens <= from && to <= closes) {
            return;
        }
        let closes = windows.iter().filter(|(opens, closes)| opens <= from && from <= closes).map(|w| w.1).max();
        let opens = windows.iter().filter(|(opens, closes)| opens <= to && to <= closes).map(|w| w.0).min();
        let clock = |instant| facts.clock(instant, self.day);
        let message = match (closes, opens) {
            (Some(closes), _) => {
                format!("{who} would {ends} at {}, after the window that ends at {}", clock(*to), clock(closes))
            }
            (_, Some(opens)) => {
                format!("{who} would {begins} at {}, before the window that begins at {}", clock(*from), clock(opens))
            }
            _ => format!("{who} would be out from {} to {}, inside no window given", clock(*from), clock(*to)),
        };
        report.add(code, message);
    }

    /// §4.10: it lies inside the hours of the slot's date, where they are given.
    fn hold_hours(&self, hours: Option<Hours>, code: Clause, report: &mut Report) {
        let Some(hours) = hours else { return };
        let Self { facts, who, begins, ends, from, to, .. } = self;
        let clock = |instant: &Whole| facts.clock(*instant, self.day);
        let [opens, closes] = [hours.from, hours.to].map(|time| facts.instant(time.on(self.day)));
        if *from < opens {
            report.add(code, format!("{who} would {begins} at {}, and is called on from {}", clock(from), hours.from));
        }
        if *to > closes {
            report.add(code, format!("{who} would {ends} at {}, and is called on until {}", clock(to), hours.to));
        }
    }
}
