//! How long each family rides, and whether everybody is available for the whole of it (§4.8 and §4.9).

use std::num::Saturating;

use super::clause::Clause;
use super::facts::{Facts, Party, Whole, whole};
use super::journey::{Journey, Timetable, breaks};
use super::report::Report;
use crate::problem::{Family, Window};
use crate::time::Date;

/// §4.8 by [`rides`], and §4.9: driver, chaperone and each family inside one of their windows.
pub(super) fn check(facts: &Facts, party: &Party, journey: &Journey, report: &mut Report) {
    let (Some(timetable), Some(day)) = (&journey.timetable, party.day()) else { return };
    rides(facts, party, timetable, report);
    let mut within = |away: Away, windows: &[Window], code| {
        if let Some(message) = away.outside(facts, windows, day) {
            report.add(code, message);
        }
    };
    if let Some(driver) = party.driver {
        let away = Away {
            who: driver.id.to_string(),
            begins: "leave home",
            ends: "be home",
            from: timetable.leave,
            to: timetable.home,
        };
        within(away, &driver.available, Clause::DriverWindow);
    }
    let fetched = |id: &str, who: String| {
        let (out, back) = (timetable.outward.get(id)?, timetable.back.get(id)?);
        Some(Away { who, begins: "be fetched", ends: "be back", from: out.arrive, to: back.arrive })
    };
    if let Some(chaperone) = party.chaperone
        && let Some(away) = fetched(chaperone.id.as_str(), chaperone.id.to_string())
    {
        within(away, &chaperone.available, Clause::ChaperoneWindow);
    }
    for family in party.families.iter().filter(|family| !family.available.is_empty()) {
        if let Some(away) = fetched(family.id.as_str(), format!("family {}", family.id)) {
            within(away, &family.available, Clause::FamilyWindow);
        }
    }
}

/// §4.8: how long each family rides, in each direction.
fn rides(facts: &Facts, party: &Party, timetable: &Timetable, report: &mut Report) {
    let Some(prison) = party.prison else { return };
    for family in &party.families {
        let (home, gate) = (family.id.place(), prison.id.place());
        let outward = timetable.outward.get(family.id.as_str()).map(|stay| timetable.gate_in - stay.depart);
        let back = timetable.back.get(family.id.as_str()).map(|stay| stay.arrive - timetable.gate_out);
        for (ride, from, to, way) in [(outward, &home, &gate, "to the prison"), (back, &gate, &home, "home")] {
            let direct = facts.legs.leg(from, to).map(|leg| whole(leg.minutes));
            let (Some(ride), Some(most)) = (ride, most(facts, family, direct)) else { continue };
            if ride > most {
                let message = format!("family {} rides {ride} min {way}; the most is {most}", family.id);
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
struct Away {
    who: String,
    begins: &'static str,
    ends: &'static str,
    from: Whole,
    to: Whole,
}

impl Away {
    /// §4.9: why it lies inside none of the windows, if it does not.
    fn outside(&self, facts: &Facts, windows: &[Window], day: Date) -> Option<String> {
        let Self { who, begins, ends, from, to } = self;
        let windows: Vec<_> = windows.iter().map(|w| (facts.instant(w.from), facts.instant(w.to))).collect();
        if windows.iter().any(|(opens, closes)| opens <= from && to <= closes) {
            return None;
        }
        let closes = windows.iter().filter(|(opens, closes)| opens <= from && from <= closes).map(|w| w.1).max();
        let opens = windows.iter().filter(|(opens, closes)| opens <= to && to <= closes).map(|w| w.0).min();
        let clock = |instant| facts.clock(instant, day);
        Some(match (closes, opens) {
            (Some(closes), _) => {
                format!("{who} would {ends} at {}, after the window that ends at {}", clock(*to), clock(closes))
            }
            (_, Some(opens)) => {
                format!("{who} would {begins} at {}, before the window that begins at {}", clock(*from), clock(opens))
            }
            _ => format!("{who} would be out from {} to {}, inside no window given", clock(*from), clock(*to)),
        })
    }
}
