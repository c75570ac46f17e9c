//! From the problem's document to the facts: ids become positions, wall clocks become minutes since the epoch.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use visitrota_model::{Date, Instant, PairRule, PlaceId, Problem, Role, Window, Zone};
use visitrota_travel::{PlaceIndex, TravelTable};

use super::checks::Checks;
use super::facts::{FamilyFacts, Instance, OptionFacts, Person, PinFacts, RequestFacts, SlotFacts, VolunteerFacts};
use super::index::{DateIx, FamilyIx, RequestIx, SlotIx, VolunteerIx};
use super::load::Load;
#[cfg(feature = "highs")]
use super::pin_bonus::larger_than_any_difference;
use super::slack::{Slack, slacks};

impl<'a> Instance<'a> {
    /// Prepares a problem in which [`visitrota_model::check`] finds no error. What names nothing is left out.
    pub(crate) fn new(problem: &'a Problem, travel: &'a TravelTable) -> Self {
        let policy = &problem.policy;
        let positions = Positions::of(problem);
        let mut places = Places { travel, ids: BTreeMap::new() };

        let mut checks = Checks::default();
        let driver_requires = checks.positions(&policy.driver_requires);
        let chaperone_requires = checks.positions(&policy.chaperone_requires);
        let child_only_requires = checks.positions(&policy.child_only_requires);
        let escort_requires = problem.prisons.iter().map(|p| checks.positions(&p.escort_requires)).collect();
        let needs: Vec<_> = problem.families.iter().map(|f| checks.positions(&f.needs)).collect();

        let mut dates: Vec<Date> = problem.slots.iter().map(|slot| slot.start.date()).collect();
        dates.sort_unstable();
        dates.dedup();

        let gates: Vec<_> = problem.prisons.iter().map(|prison| places.index(prison.id.place())).collect();
        let slots = slots(problem, &positions, &gates, &dates);
        let volunteers: Vec<_> = problem
            .volunteers
            .iter()
            .map(|v| VolunteerFacts {
                home: places.index(v.id.place()),
                car: v.drives(),
                chaperones: v.roles.contains(&Role::Chaperone),
                max_trips: v.max_trips,
                max_trips_per_day: v.max_trips_per_day,
                max_duty_min: problem.policy.max_duty_of(v),
                max_driving_min: problem.policy.max_driving_of(v),
                max_metres: v.max_km_week.map(|km| 1000 * u64::from(km)),
                max_families: v.max_families,
                recent_trips: v.recent_trips,
                windows: instants(problem.timezone, &v.available),
                held: checks.held(v),
            })
            .collect();
        let mut families: Vec<_> = problem
            .families
            .iter()
            .zip(needs)
            .map(|(f, needs)| FamilyFacts {
                home: places.index(f.id.place()),
                load: Load::of(&f.members),
                child_only: f.child_only(),
                shares_car: f.shares_car,
                boarding: f.boarding_min.into(),
                max_ride: f.max_ride_min.map(Into::into),
                usual: Vec::new(),
                windows: instants(problem.timezone, &f.available),
                needs,
            })
            .collect();
        let NeverPairs { never, never_same_slot } = apply_pairs(problem, &positions, &mut families);
        let (requests, requests_by_slot) = requests(problem, &positions, &slots, &families);
        Self {
            problem,
            travel,
            policy,
            #[cfg(feature = "highs")]
            pin_bonus_points: larger_than_any_difference(policy, &requests, &volunteers),
            unwritable: unwritable(problem.timezone, &volunteers),
            slots,
            volunteers,
            families,
            requests,
            requests_by_slot,
            never_same_slot: never_same_slot.into_iter().collect(),
            never,
            escort_requires,
            driver_requires,
            chaperone_requires,
            child_only_requires,
            dates,
            places: places.ids,
        }
    }
}

/// The position of each id in the problem's lists.
struct Positions<'a> {
    prisons: HashMap<&'a str, usize>,
    slots: HashMap<&'a str, usize>,
    volunteers: HashMap<&'a str, usize>,
    families: HashMap<&'a str, usize>,
    requests: HashMap<&'a str, usize>,
}

impl<'a> Positions<'a> {
    fn of(problem: &'a Problem) -> Self {
        let by_id = |ids: &mut dyn Iterator<Item = &'a str>| ids.enumerate().map(|(at, id)| (id, at)).collect();
        Self {
            prisons: by_id(&mut problem.prisons.iter().map(|p| p.id.as_str())),
            slots: by_id(&mut problem.slots.iter().map(|s| s.id.as_str())),
            volunteers: by_id(&mut problem.volunteers.iter().map(|v| v.id.as_str())),
            families: by_id(&mut problem.families.iter().map(|f| f.id.as_str())),
            requests: by_id(&mut problem.requests.iter().map(|r| r.id.as_str())),
        }
    }

    fn slot(&self, id: &str) -> Option<SlotIx> {
        self.slots.get(id).map(|&at| SlotIx::new(at))
    }

    fn volunteer(&self, id: &str) -> Option<VolunteerIx> {
        self.volunteers.get(id).map(|&at| VolunteerIx::new(at))
    }

    fn family(&self, id: &str) -> Option<FamilyIx> {
        self.families.get(id).map(|&at| FamilyIx::new(at))
    }

    fn person(&self, id: &str) -> Option<Person> {
        self.volunteer(id).map(Person::Volunteer).or_else(|| self.family(id).map(Person::Family))
    }
}

/// The places that the instance uses, in the order of the travel table.
struct Places<'a> {
    travel: &'a TravelTable,
    ids: BTreeMap<PlaceIndex, PlaceId>,
}

impl Places<'_> {
    fn index(&mut self, id: PlaceId) -> PlaceIndex {
        let place = self.travel.place(&id).unwrap_or(PlaceIndex(u32::MAX));
        self.ids.insert(place, id);
        place
    }
}

fn slots(problem: &Problem, positions: &Positions<'_>, gates: &[PlaceIndex], dates: &[Date]) -> Vec<SlotFacts> {
    let zone = problem.timezone;
    let facts = |slot: &visitrota_model::Slot| {
        let prison = positions.prisons.get(slot.prison.as_str()).copied().unwrap_or(0);
        let (check_in, check_out) =
            problem.prisons.get(prison).map_or((0, 0), |p| (i64::from(p.check_in_min), i64::from(p.check_out_min)));
        SlotFacts {
            prison,
            gate: gates.get(prison).copied().unwrap_or(PlaceIndex(u32::MAX)),
            gate_in: zone.instant(slot.start).0 - check_in,
            gate_out: zone.instant(slot.end).0 + check_out,
            date: DateIx::new(dates.binary_search(&slot.start.date()).unwrap_or(0)),
            tables: slot.tables,
        }
    };
    problem.slots.iter().map(facts).collect()
}

/// The pairs that forbid something.
#[derive(Default)]
struct NeverPairs {
    never: BTreeSet<(Person, Person)>,
    never_same_slot: BTreeSet<(FamilyIx, FamilyIx)>,
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
            (PairRule::NeverSameSlot, Person::Family(a), Person::Family(b)) => {
                pairs.never_same_slot.insert((a, b));
            }
            _ => {}
        }
    }
    pairs
}

/// The requests, and for each slot those that ask for it.
fn requests(
    problem: &Problem,
    positions: &Positions<'_>,
    slots: &[SlotFacts],
    families: &[FamilyFacts],
) -> (Vec<RequestFacts>, Vec<Vec<RequestIx>>) {
    let weights = &problem.policy.weights;
    let pins = pins(problem, positions);
    let mut announced = announced(problem, positions);
    let mut requests_by_slot = vec![Vec::new(); slots.len()];
    let requests = problem.requests.iter().enumerate().map(|(at, request)| {
        let family = positions.family(request.family.as_str()).unwrap_or(FamilyIx::new(0));
        let announced = announced.remove(&at).unwrap_or_default();
        let served = i64::from(weights.visit)
            + i64::from(weights.per_week_waiting) * i64::from(request.weeks_waiting.min(weights.max_weeks))
            + i64::from(request.extra_points);
        let option = |option: &visitrota_model::SlotOption| {
            let slot = positions.slot(option.slot.as_str())?;
            requests_by_slot[slot.at()].push(RequestIx::new(at));
            let changed_slots = announced.iter().filter(|(was, _)| *was != slot).count();
            let kept = i64::from(weights.drop_published) * i64::try_from(announced.len()).unwrap_or(i64::MAX);
            let SlotFacts { gate_in, gate_out, .. } = slots[slot.at()];
            Some(OptionFacts {
                slot,
                points: served + kept
                    - i64::from(weights.slot_rank) * i64::from(option.rank)
                    - i64::from(weights.change_slot) * i64::try_from(changed_slots).unwrap_or(i64::MAX),
                slacks: match families.get(family.at()) {
                    Some(f) if !f.windows.is_empty() => slacks(&f.windows, gate_in, gate_out),
                    _ => vec![Slack::ANY],
                },
            })
        };
        RequestFacts {
            family,
            options: request.options.iter().filter_map(option).collect(),
            pin: pins.get(&at).copied(),
            announced: announced.into_iter().map(|(_, driver)| driver).collect(),
        }
    });
    (requests.collect(), requests_by_slot)
}

/// What each request is pinned to, by the request's position. Of several pins that name a slot or a driver, the last
/// counts.
fn pins(problem: &Problem, positions: &Positions<'_>) -> BTreeMap<usize, PinFacts> {
    let mut pins: BTreeMap<usize, PinFacts> = BTreeMap::new();
    for pin in &problem.pins {
        if let Some(&request) = positions.requests.get(pin.request.as_str()) {
            let facts = pins.entry(request).or_default();
            let slot = pin.slot.as_ref().and_then(|id| positions.slot(id.as_str()));
            let driver = pin.driver.as_ref().and_then(|id| positions.volunteer(id.as_str()));
            facts.slot = slot.or(facts.slot);
            facts.driver = driver.or(facts.driver);
        }
    }
    pins
}

/// What was announced of each request, by the request's position.
fn announced(problem: &Problem, positions: &Positions<'_>) -> BTreeMap<usize, Vec<(SlotIx, VolunteerIx)>> {
    // A slot or driver that is not in this week's problem differs from whatever the rota says.
    const GONE: usize = u32::MAX as usize;
    let mut announced: BTreeMap<usize, Vec<(SlotIx, VolunteerIx)>> = BTreeMap::new();
    for published in &problem.published {
        if let Some(&request) = positions.requests.get(published.request.as_str()) {
            let slot = positions.slot(published.slot.as_str()).unwrap_or(SlotIx::new(GONE));
            let driver = positions.volunteer(published.driver.as_str()).unwrap_or(VolunteerIx::new(GONE));
            announced.entry(request).or_default().push((slot, driver));
        }
    }
    announced
}

fn instants(zone: Zone, windows: &[Window]) -> Vec<(i64, i64)> {
    windows.iter().map(|window| (zone.instant(window.from).0, zone.instant(window.to).0)).collect()
}

/// The spans in which the clocks show times for the second time, while any volunteer may be out (§7).
fn unwritable(zone: Zone, volunteers: &[VolunteerFacts]) -> Vec<(i64, i64)> {
    let windows = || volunteers.iter().flat_map(|volunteer| &volunteer.windows);
    let (Some(first), Some(last)) = (windows().map(|&(from, _)| from).min(), windows().map(|&(_, to)| to).max()) else {
        return Vec::new();
    };
    // A span that began before the first window may last into it.
    const DAY: i64 = 24 * 60;
    let spans = zone.second_showings(Instant(first - DAY), Instant(last));
    spans.into_iter().map(|(from, to)| (from.0, to.0)).collect()
}
