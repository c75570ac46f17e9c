//! From the problem's document to the facts: ids become positions, wall clocks become minutes since the epoch.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Date, Family, Instant, PairRule, Prison, Problem, Role, Volunteer, Zone};
use visitrota_travel::{PlaceIndex, TravelTable};

use super::checks::{CheckIx, Checks};
use super::facts::{FamilyFacts, Instance, LockedDay, RequestFacts, SlotFacts, VolunteerFacts};
use super::index::{DateIx, Person};
use super::load::Load;
use super::locked::Locked;
#[cfg(feature = "highs")]
use super::pin_bonus::larger_than_any_difference;
use super::positions::Positions;
use super::prepare_rides::{AskedFor, Rides};
use super::visit_rules::Visits;
use super::windows::{Windows, hours_on, instants};
use crate::stop::Stop;

impl<'a> Instance<'a> {
    /// Prepares a problem in which [`visitrota_model::check`] finds no error. What names nothing is left out.
    pub(crate) fn new(problem: &'a Problem, travel: &'a TravelTable) -> Self {
        Self::within(problem, travel, Stop::NEVER)
    }

    /// Prepares a problem as [`Self::new`] does, for planning that may have to end.
    pub(crate) fn within(problem: &'a Problem, travel: &'a TravelTable, stop: Stop<'a>) -> Self {
        let policy = &problem.policy;
        let positions = Positions::of(problem);
        let locked = Locked::new(problem, &positions);

        let mut checks = Checks::default();
        let driver_requires = checks.positions(&policy.driver_requires);
        let chaperone_requires = checks.positions(&policy.chaperone_requires);
        let child_only_requires = checks.positions(&policy.child_only_requires);
        let family_requires = checks.positions(&policy.family_requires);
        let mut of_prisons = |requires: fn(&'a Prison) -> &'a [String]| -> Vec<_> {
            problem.prisons.iter().map(|prison| checks.positions(requires(prison))).collect()
        };
        let escort_requires = of_prisons(|prison| &prison.escort_requires);
        let visitor_requires = of_prisons(|prison| &prison.visitor_requires);
        let needs: Vec<_> = problem.families.iter().map(|f| checks.positions(&f.needs)).collect();

        let mut dates: Vec<Date> = problem.slots.iter().map(|slot| slot.start.date()).collect();
        dates.sort_unstable();
        dates.dedup();

        let mut slots = slots(problem, travel, &positions, &dates);
        let mut volunteers: Vec<_> =
            problem.volunteers.iter().map(|v| volunteer(problem, travel, &checks, &dates, v)).collect();
        take_locked(&locked, policy.turnaround_min.into(), &mut slots, &mut volunteers);
        let mut families: Vec<_> =
            problem.families.iter().zip(needs).map(|(f, needs)| family(problem, &checks, &dates, f, needs)).collect();
        let NeverPairs { never, never_same_slot } = apply_pairs(problem, &positions, &mut families);
        let asked = AskedFor { problem, travel, positions: &positions, slots: &slots, families: &families };
        let announced = asked.announced();
        let Rides { requests, rides, rides_by_slot } = asked.rides(&locked, &announced);
        let visits_left = visits_left(problem, &locked, &requests);
        let visits = Visits {
            slots: &slots,
            requests: &requests,
            rides: &rides,
            never_same_slot: &never_same_slot,
            visits_left: &visits_left,
        };
        Self {
            problem,
            travel,
            policy,
            stop,
            #[cfg(feature = "highs")]
            pin_bonus_points: larger_than_any_difference(policy, &rides, &volunteers),
            unwritable: unwritable(problem.timezone, &volunteers),
            visit_rows: visits.rows(),
            slots,
            volunteers,
            families,
            requests,
            rides,
            rides_by_slot,
            visits_left,
            never_same_slot,
            never,
            escort_requires,
            driver_requires,
            chaperone_requires,
            child_only_requires,
            family_requires,
            visitor_requires,
            dates,
            announced,
            locked,
        }
    }
}

fn slots(problem: &Problem, travel: &TravelTable, positions: &Positions<'_>, dates: &[Date]) -> Vec<SlotFacts> {
    let zone = problem.timezone;
    let gates: Vec<_> = problem.prisons.iter().map(|prison| travel.place(&prison.id.place())).collect();
    let facts = |slot: &visitrota_model::Slot| {
        let prison = positions.prison(slot.prison.as_str()).unwrap_or(0);
        let (check_in, check_out) =
            problem.prisons.get(prison).map_or((0, 0), |p| (i64::from(p.check_in_min), i64::from(p.check_out_min)));
        let visit = (zone.instant(slot.start).0, zone.instant(slot.end).0);
        SlotFacts {
            prison,
            gate: gates.get(prison).copied().flatten().unwrap_or(PlaceIndex(u32::MAX)),
            gate_in: visit.0 - check_in,
            gate_out: visit.1 + check_out,
            visit,
            date: DateIx::new(dates.binary_search(&slot.start.date()).unwrap_or(0)),
            tables: slot.tables,
        }
    };
    problem.slots.iter().map(facts).collect()
}

fn volunteer(
    problem: &Problem,
    travel: &TravelTable,
    checks: &Checks<'_>,
    dates: &[Date],
    volunteer: &Volunteer,
) -> VolunteerFacts {
    let (zone, policy) = (problem.timezone, &problem.policy);
    VolunteerFacts {
        home: travel.place(&volunteer.id.place()).unwrap_or(PlaceIndex(u32::MAX)),
        car: volunteer.drives(),
        chaperones: volunteer.roles.contains(&Role::Chaperone),
        max_trips: volunteer.max_trips,
        max_trips_per_day: volunteer.max_trips_per_day,
        max_duty_min: policy.max_duty_of(volunteer),
        max_driving_min: policy.max_driving_of(volunteer),
        max_metres: volunteer.max_km_week.map(|km| 1000 * u64::from(km)),
        max_families: volunteer.max_families,
        trips_made: volunteer.recent_trips,
        locked_days: BTreeMap::new(),
        windows: Windows::new(
            Some(instants(zone, &volunteer.available)),
            hours_on(zone, policy.volunteer_hours, dates),
        ),
        held: checks.held(&volunteer.holds),
    }
}

fn family(problem: &Problem, checks: &Checks<'_>, dates: &[Date], family: &Family, needs: Vec<CheckIx>) -> FamilyFacts {
    let zone = problem.timezone;
    let given = (!family.available.is_empty()).then(|| instants(zone, &family.available));
    FamilyFacts {
        load: Load::of(&family.members),
        child_only: family.child_only(),
        shares_car: family.shares_car,
        boarding: family.boarding_min.into(),
        max_ride: family.max_ride_min.map(Into::into),
        usual: Vec::new(),
        windows: Windows::new(given, hours_on(zone, problem.policy.family_hours, dates)),
        needs,
        held: checks.held(&family.holds),
    }
}

/// §5.6: takes what locked trips use off what there is for others.
fn take_locked(locked: &Locked, turnaround: i64, slots: &mut [SlotFacts], volunteers: &mut [VolunteerFacts]) {
    for trip in &locked.trips {
        let date = slots[trip.slot.at()].date;
        for (volunteer, (from, to), drives) in trip.volunteers() {
            let facts = &mut volunteers[volunteer.at()];
            facts.max_trips = facts.max_trips.saturating_sub(1);
            facts.trips_made = facts.trips_made.saturating_add(1);
            facts.windows.take((from - turnaround, to + turnaround));
            let day: &mut LockedDay = facts.locked_days.entry(date).or_default();
            day.trips += 1;
            if drives {
                day.duty += to - from;
                day.drive += trip.drive;
                day.metres += trip.metres;
                facts.max_metres = facts.max_metres.map(|metres| metres.saturating_sub(trip.metres));
            }
        }
    }
    for slot in locked.slots().values() {
        let tables = &mut slots[slot.at()].tables;
        *tables = tables.map(|tables| tables.saturating_sub(1));
    }
}

/// The pairs that forbid something, each once, the lesser first.
#[derive(Default)]
struct NeverPairs {
    never: BTreeSet<(Person, Person)>,
    never_same_slot: BTreeSet<(Person, Person)>,
}

/// Reads the pairs, and gives each family its usual volunteers.
fn apply_pairs(problem: &Problem, positions: &Positions<'_>, families: &mut [FamilyFacts]) -> NeverPairs {
    let mut pairs = NeverPairs::default();
    for pair in &problem.pairs {
        let (Some(a), Some(b)) = (positions.person(pair.a.as_str()), positions.person(pair.b.as_str())) else {
            continue;
        };
        match (pair.rule, a.min(b), a.max(b)) {
            (PairRule::Usual, Person::Volunteer(v), Person::Family(f)) => families[f.at()].usual.push(v),
            (PairRule::Never, a, b) => {
                pairs.never.insert((a, b));
            }
            (PairRule::NeverSameSlot, a, b) => {
                pairs.never_same_slot.insert((a, b));
            }
            (PairRule::Usual, ..) => {}
        }
    }
    pairs
}

/// §5.5: how many visits more each prisoner may have, beside those of locked trips.
fn visits_left(problem: &Problem, locked: &Locked, requests: &[RequestFacts]) -> Vec<Option<u32>> {
    let mut left: Vec<Option<u32>> = problem.prisoners.iter().map(|prisoner| prisoner.visits).collect();
    for request in locked.slots().keys() {
        if let Some(prisoner) = requests[request.at()].prisoner {
            left[prisoner.at()] = left[prisoner.at()].map(|visits| visits.saturating_sub(1));
        }
    }
    left
}

/// The spans in which the clocks show times for the second time, while any volunteer may be out (§7).
fn unwritable(zone: Zone, volunteers: &[VolunteerFacts]) -> Vec<(i64, i64)> {
    let windows = || volunteers.iter().flat_map(|volunteer| volunteer.windows.given());
    let (Some(first), Some(last)) = (windows().map(|&(from, _)| from).min(), windows().map(|&(_, to)| to).max()) else {
        return Vec::new();
    };
    // A span that began before the first window may last into it.
    const DAY: i64 = 24 * 60;
    let spans = zone.second_showings(Instant(first - DAY), Instant(last));
    spans.into_iter().map(|(from, to)| (from.0, to.0)).collect()
}
