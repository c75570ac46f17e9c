//! The problem as the solver reads it: positions for ids, minutes since the epoch for wall clocks, every look-up that
//! a rule needs prepared. It holds facts and their simplest questions; the rules of a trip are in [`crate::trip`].

pub(crate) mod canonical;
pub(crate) mod index;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use visitrota_model::{
    Car, ChildrenAlone, Date, Instant, PairRule, PlaceId, Policy, Problem, Restraint, Role, Window, Zone,
};
use visitrota_travel::{PlaceIndex, TravelTable};

use crate::instance::index::{DateIx, FamilyIx, RequestIx, SlotIx, VolunteerIx};

/// A week's problem, ready for solving.
#[derive(Debug)]
pub(crate) struct Instance<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) travel: &'a TravelTable,
    pub(crate) policy: &'a Policy,
    pub(crate) slots: Vec<SlotFacts>,
    pub(crate) volunteers: Vec<VolunteerFacts>,
    pub(crate) families: Vec<FamilyFacts>,
    pub(crate) requests: Vec<RequestFacts>,
    /// The requests that ask for each slot.
    pub(crate) asking: Vec<Vec<RequestIx>>,
    /// Pairs of families that never visit in the same slot, each once.
    pub(crate) never_same_slot: Vec<(FamilyIx, FamilyIx)>,
    never: BTreeSet<(Person, Person)>,
    /// For each prison, what an adult who goes in with a child-only family holds.
    escort_requires: Vec<Vec<CheckIx>>,
    driver_requires: Vec<CheckIx>,
    chaperone_requires: Vec<CheckIx>,
    child_only_requires: Vec<CheckIx>,
    dates: Vec<Date>,
    places: BTreeMap<PlaceIndex, PlaceId>,
    /// Spans of instants, end excluded, that a rota document cannot write (see [`Zone::second_showings`]).
    unwritable: Vec<(i64, i64)>,
    pin_bonus: i64,
}

#[derive(Debug)]
pub(crate) struct SlotFacts {
    pub(crate) prison: usize,
    pub(crate) gate: PlaceIndex,
    /// When everyone is at the gate.
    pub(crate) gate_in: i64,
    /// When everyone leaves it.
    pub(crate) gate_out: i64,
    pub(crate) date: DateIx,
    pub(crate) tables: Option<u32>,
}

#[derive(Debug)]
pub(crate) struct VolunteerFacts {
    pub(crate) home: PlaceIndex,
    /// The car of a volunteer who drives.
    pub(crate) car: Option<Car>,
    pub(crate) chaperones: bool,
    pub(crate) max_trips: u32,
    pub(crate) max_trips_per_day: u32,
    pub(crate) max_duty_min: Option<u32>,
    pub(crate) max_driving_min: Option<u32>,
    pub(crate) max_metres: Option<u64>,
    pub(crate) max_families: u32,
    pub(crate) recent_trips: u32,
    windows: Vec<(i64, i64)>,
    /// For each check that somebody asks for, how long it is held.
    held: Vec<Held>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    Not,
    Until(Date),
    Always,
}

#[derive(Debug)]
pub(crate) struct FamilyFacts {
    pub(crate) home: PlaceIndex,
    pub(crate) load: Load,
    pub(crate) child_only: bool,
    pub(crate) shares_car: bool,
    pub(crate) boarding: i64,
    pub(crate) max_ride: Option<i64>,
    pub(crate) usual: Vec<VolunteerIx>,
    windows: Vec<(i64, i64)>,
    needs: Vec<CheckIx>,
}

/// What people take up in a car.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    seats: u32,
    wheelchairs: u32,
    infant: u32,
    harness: u32,
    booster: u32,
}

#[derive(Debug)]
pub(crate) struct RequestFacts {
    pub(crate) family: FamilyIx,
    pub(crate) options: Vec<OptionFacts>,
    /// A pin on it, if there is one.
    pub(crate) pin: Option<PinFacts>,
    /// Whom it was announced with; a change costs.
    pub(crate) announced: Vec<VolunteerIx>,
}

#[derive(Debug)]
pub(crate) struct OptionFacts {
    pub(crate) slot: SlotIx,
    /// What serving the request in this slot earns, by whatever trip.
    pub(crate) points: i64,
    /// How long before `gate_in` and after `gate_out` the family can be away from home: the choices that its windows
    /// give, none of which includes another.
    pub(crate) slack: Vec<Slack>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PinFacts {
    pub(crate) slot: Option<SlotIx>,
    pub(crate) driver: Option<VolunteerIx>,
}

/// Minutes that somebody can be out before arrival at the gate and after leaving it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slack {
    pub(crate) before: i64,
    pub(crate) after: i64,
}

impl Slack {
    pub(crate) const ANY: Self = Self { before: i64::MAX, after: i64::MAX };
}

/// A check, permission or skill, by its position among those that somebody asks for.
type CheckIx = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Person {
    Volunteer(VolunteerIx),
    Family(FamilyIx),
}

impl<'a> Instance<'a> {
    /// Prepares a problem in which [`visitrota_model::check`] finds no error; anything that names nothing is left out.
    pub(crate) fn new(problem: &'a Problem, travel: &'a TravelTable) -> Self {
        let zone = problem.timezone;
        let policy = &problem.policy;
        let mut places = BTreeMap::new();
        let mut place_of = |id: PlaceId| {
            let place = travel.place(&id).unwrap_or(PlaceIndex(u32::MAX));
            places.insert(place, id);
            place
        };
        let gates: Vec<_> = problem.prisons.iter().map(|prison| place_of(prison.id.place())).collect();

        let by_id = |ids: &mut dyn Iterator<Item = &'a str>| -> HashMap<&'a str, usize> {
            ids.enumerate().map(|(at, id)| (id, at)).collect()
        };
        let prison_at = by_id(&mut problem.prisons.iter().map(|p| p.id.as_str()));
        let slot_at = by_id(&mut problem.slots.iter().map(|s| s.id.as_str()));
        let volunteer_at = by_id(&mut problem.volunteers.iter().map(|v| v.id.as_str()));
        let family_at = by_id(&mut problem.families.iter().map(|f| f.id.as_str()));
        let request_at = by_id(&mut problem.requests.iter().map(|r| r.id.as_str()));

        let mut checks = Checks::default();
        let driver_requires = checks.positions(&policy.driver_requires);
        let chaperone_requires = checks.positions(&policy.chaperone_requires);
        let child_only_requires = checks.positions(&policy.child_only_requires);
        let escort_requires = problem.prisons.iter().map(|p| checks.positions(&p.escort_requires)).collect();
        let needs: Vec<_> = problem.families.iter().map(|f| checks.positions(&f.needs)).collect();

        let mut dates: Vec<Date> = problem.slots.iter().map(|slot| slot.start.date()).collect();
        dates.sort_unstable();
        dates.dedup();
        let slots: Vec<_> = problem
            .slots
            .iter()
            .map(|slot| {
                let prison = prison_at.get(slot.prison.as_str()).copied().unwrap_or(0);
                let (check_in, check_out) = problem
                    .prisons
                    .get(prison)
                    .map_or((0, 0), |p| (i64::from(p.check_in_min), i64::from(p.check_out_min)));
                SlotFacts {
                    prison,
                    gate: gates.get(prison).copied().unwrap_or(PlaceIndex(u32::MAX)),
                    gate_in: zone.instant(slot.start).0 - check_in,
                    gate_out: zone.instant(slot.end).0 + check_out,
                    date: DateIx::new(dates.binary_search(&slot.start.date()).unwrap_or(0)),
                    tables: slot.tables,
                }
            })
            .collect();

        let volunteers: Vec<_> = problem
            .volunteers
            .iter()
            .map(|v| VolunteerFacts {
                home: place_of(v.id.place()),
                car: v.drives(),
                chaperones: v.roles.contains(&Role::Chaperone),
                max_trips: v.max_trips,
                max_trips_per_day: v.max_trips_per_day,
                max_duty_min: v.max_duty_min,
                max_driving_min: v.max_driving_min,
                max_metres: v.max_km_week.map(|km| 1000 * u64::from(km)),
                max_families: v.max_families,
                recent_trips: v.recent_trips,
                windows: windows(zone, &v.available),
                held: checks.held(v),
            })
            .collect();

        let mut families: Vec<_> = problem
            .families
            .iter()
            .zip(needs)
            .map(|(f, needs)| FamilyFacts {
                home: place_of(f.id.place()),
                load: Load::of(&f.members),
                child_only: f.child_only(),
                shares_car: f.shares_car,
                boarding: f.boarding_min.into(),
                max_ride: f.max_ride_min.map(Into::into),
                usual: Vec::new(),
                windows: windows(zone, &f.available),
                needs,
            })
            .collect();

        let person = |id: &str| {
            (volunteer_at.get(id).map(|&at| Person::Volunteer(VolunteerIx::new(at))))
                .or_else(|| family_at.get(id).map(|&at| Person::Family(FamilyIx::new(at))))
        };
        let mut never = BTreeSet::new();
        let mut never_same_slot = BTreeSet::new();
        for pair in &problem.pairs {
            let (Some(a), Some(b)) = (person(pair.a.as_str()), person(pair.b.as_str())) else { continue };
            match (pair.rule, a.min(b), a.max(b)) {
                (PairRule::Usual, Person::Volunteer(v), Person::Family(f)) => families[f.at()].usual.push(v),
                (PairRule::Never, a, b) => {
                    never.insert((a, b));
                }
                (PairRule::NeverSameSlot, Person::Family(a), Person::Family(b)) => {
                    never_same_slot.insert((a, b));
                }
                _ => {}
            }
        }

        let mut announced: BTreeMap<usize, Vec<(SlotIx, VolunteerIx)>> = BTreeMap::new();
        let nowhere = |at: Option<&usize>| at.copied().unwrap_or(u32::MAX as usize);
        for published in &problem.published {
            if let Some(&request) = request_at.get(published.request.as_str()) {
                // What was announced may be gone from this week: it then differs from whatever the rota says.
                let slot = SlotIx::new(nowhere(slot_at.get(published.slot.as_str())));
                let driver = VolunteerIx::new(nowhere(volunteer_at.get(published.driver.as_str())));
                announced.entry(request).or_default().push((slot, driver));
            }
        }
        let mut pins: BTreeMap<usize, PinFacts> = BTreeMap::new();
        for pin in &problem.pins {
            if let Some(&request) = request_at.get(pin.request.as_str()) {
                let facts = pins.entry(request).or_default();
                let slot = pin.slot.as_ref().and_then(|id| slot_at.get(id.as_str()));
                let driver = pin.driver.as_ref().and_then(|id| volunteer_at.get(id.as_str()));
                facts.slot = slot.map(|&at| SlotIx::new(at)).or(facts.slot);
                facts.driver = driver.map(|&at| VolunteerIx::new(at)).or(facts.driver);
            }
        }

        let weights = &policy.weights;
        let mut asking = vec![Vec::new(); slots.len()];
        let requests = problem
            .requests
            .iter()
            .enumerate()
            .map(|(at, request)| {
                let family = family_at.get(request.family.as_str()).copied().unwrap_or(0);
                let announced = announced.remove(&at).unwrap_or_default();
                let served = i64::from(weights.visit)
                    + i64::from(weights.per_week_waiting) * i64::from(request.weeks_waiting.min(weights.max_weeks))
                    + i64::from(request.extra_points);
                let options = request
                    .options
                    .iter()
                    .filter_map(|option| {
                        let slot = SlotIx::new(*slot_at.get(option.slot.as_str())?);
                        asking[slot.at()].push(RequestIx::new(at));
                        let moved = announced.iter().filter(|(was, _)| *was != slot).count();
                        Some(OptionFacts {
                            slot,
                            points: served
                                - i64::from(weights.slot_rank) * i64::from(option.rank)
                                - i64::from(weights.change_slot) * i64::try_from(moved).unwrap_or(i64::MAX),
                            slack: match families.get(family) {
                                Some(f) if !f.windows.is_empty() => slack(&f.windows, &slots[slot.at()]),
                                _ => vec![Slack::ANY],
                            },
                        })
                    })
                    .collect();
                RequestFacts {
                    family: FamilyIx::new(family),
                    options,
                    pin: pins.get(&at).copied(),
                    announced: announced.into_iter().map(|(_, driver)| driver).collect(),
                }
            })
            .collect();

        let unwritable = unwritable(zone, &volunteers);
        let mut instance = Self {
            problem,
            travel,
            policy,
            slots,
            volunteers,
            families,
            requests,
            asking,
            never_same_slot: never_same_slot.into_iter().collect(),
            never,
            escort_requires,
            driver_requires,
            chaperone_requires,
            child_only_requires,
            dates,
            places,
            unwritable,
            pin_bonus: 0,
        };
        instance.pin_bonus = instance.most_points_and_costs();
        instance
    }

    /// More than the difference between any two rotas.
    fn most_points_and_costs(&self) -> i64 {
        /// No trip is longer: eleven days each way.
        const LONGEST_MIN: i64 = 2 * 11 * 24 * 60;
        let weights = &self.policy.weights;
        let points = |request: &RequestFacts| {
            let most = request.options.iter().map(|option| option.points.abs()).max().unwrap_or(0);
            let changes = i64::try_from(request.announced.len()).unwrap_or(i64::MAX);
            most + i64::from(weights.new_volunteer) + i64::from(weights.change_driver) * changes
        };
        let pins = self.requests.iter().filter(|request| request.pin.is_some()).count();
        let load = (self.volunteers.iter())
            .map(|facts| i64::from(facts.recent_trips) + i64::try_from(2 * pins).unwrap_or(i64::MAX))
            .max()
            .unwrap_or(0);
        let a_trip = i64::from(weights.drive_min) * LONGEST_MIN + 2 * i64::from(weights.load) * load;
        self.requests.iter().map(points).sum::<i64>() + a_trip * i64::try_from(pins).unwrap_or(i64::MAX) + 1
    }

    pub(crate) fn slot_ixs(&self) -> impl Iterator<Item = SlotIx> + use<> {
        (0..self.slots.len()).map(SlotIx::new)
    }

    pub(crate) fn volunteer_ixs(&self) -> impl Iterator<Item = VolunteerIx> + use<> {
        (0..self.volunteers.len()).map(VolunteerIx::new)
    }

    pub(crate) fn request_ixs(&self) -> impl Iterator<Item = RequestIx> + use<> {
        (0..self.requests.len()).map(RequestIx::new)
    }

    pub(crate) fn date(&self, date: DateIx) -> Date {
        self.dates[date.at()]
    }

    /// The id of a place.
    pub(crate) fn place_id(&self, place: PlaceIndex) -> PlaceId {
        self.places.get(&place).cloned().unwrap_or_default()
    }

    /// The family of a request.
    pub(crate) fn family(&self, request: RequestIx) -> &FamilyFacts {
        &self.families[self.requests[request.at()].family.at()]
    }

    /// The option of a request for a slot, if it asked for it.
    pub(crate) fn option(&self, request: RequestIx, slot: SlotIx) -> Option<&OptionFacts> {
        self.requests[request.at()].options.iter().find(|option| option.slot == slot)
    }

    /// Minutes that a volunteer can be out round the visit of a slot: the choices that the windows give, none of which
    /// includes another; none where they are away.
    pub(crate) fn slack(&self, volunteer: VolunteerIx, slot: SlotIx) -> Vec<Slack> {
        slack(&self.volunteers[volunteer.at()].windows, &self.slots[slot.at()])
    }

    pub(crate) fn holds_driver_checks(&self, volunteer: VolunteerIx, slot: SlotIx) -> bool {
        self.holds(volunteer, &self.driver_requires, slot)
    }

    pub(crate) fn holds_chaperone_checks(&self, volunteer: VolunteerIx, slot: SlotIx) -> bool {
        self.holds(volunteer, &self.chaperone_requires, slot)
    }

    /// Whether a volunteer may go with, and into the prison of the slot with, a child-only family.
    pub(crate) fn may_escort(&self, volunteer: VolunteerIx, slot: SlotIx) -> bool {
        let prison = self.slots[slot.at()].prison;
        self.holds(volunteer, &self.child_only_requires, slot)
            && self.escort_requires.get(prison).is_none_or(|requires| self.holds(volunteer, requires, slot))
    }

    pub(crate) fn holds_needs(&self, driver: VolunteerIx, family: FamilyIx, slot: SlotIx) -> bool {
        self.holds(driver, &self.families[family.at()].needs, slot)
    }

    fn holds(&self, volunteer: VolunteerIx, checks: &[CheckIx], slot: SlotIx) -> bool {
        let date = self.dates[self.slots[slot.at()].date.at()];
        let held = &self.volunteers[volunteer.at()].held;
        checks.iter().all(|&check| match held[check] {
            Held::Not => false,
            Held::Until(last) => date <= last,
            Held::Always => true,
        })
    }

    pub(crate) fn never_families(&self, a: FamilyIx, b: FamilyIx) -> bool {
        self.never.contains(&(Person::Family(a.min(b)), Person::Family(a.max(b))))
    }

    /// Whether two families never visit in the same slot.
    pub(crate) fn never_in_one_slot(&self, a: FamilyIx, b: FamilyIx) -> bool {
        !self.never_same_slot.is_empty() && self.never_same_slot.contains(&(a.min(b), a.max(b)))
    }

    pub(crate) fn never_volunteers(&self, a: VolunteerIx, b: VolunteerIx) -> bool {
        self.never.contains(&(Person::Volunteer(a.min(b)), Person::Volunteer(a.max(b))))
    }

    pub(crate) fn never_with(&self, volunteer: VolunteerIx, family: FamilyIx) -> bool {
        self.never.contains(&(Person::Volunteer(volunteer), Person::Family(family)))
    }

    pub(crate) fn chaperone_rides(&self) -> bool {
        self.policy.children_alone == ChildrenAlone::Chaperone
    }

    /// What one more trip costs a volunteer who has made so many this week.
    pub(crate) fn load_step(&self, volunteer: VolunteerIx, made: u32) -> i64 {
        let recent = self.volunteers[volunteer.at()].recent_trips;
        i64::from(self.policy.weights.load) * (i64::from(recent) + i64::from(made))
    }

    /// Points added to a pinned request, more than leaving it out can gain: a rota that keeps all pins is then better
    /// than any that does not.
    pub(crate) fn bonus(&self, request: RequestIx) -> i64 {
        if self.requests[request.at()].pin.is_some() { self.pin_bonus } else { 0 }
    }

    /// Minutes of breaks that fall due before the end of so many minutes of driving.
    pub(crate) fn breaks(&self, drive: i64) -> i64 {
        let after = i64::from(self.policy.break_after_min);
        if after == 0 || drive <= after {
            return 0;
        }
        (drive.saturating_add(after - 1) / after - 1) * i64::from(self.policy.break_min)
    }

    /// Whether a rota document can write this instant.
    pub(crate) fn can_write(&self, instant: i64) -> bool {
        !self.unwritable.iter().any(|&(from, to)| (from..to).contains(&instant))
    }

    /// Whether a rota document can write every instant of a span.
    pub(crate) fn can_write_all(&self, from: i64, to: i64) -> bool {
        !self.unwritable.iter().any(|&(start, end)| start <= to && from < end)
    }
}

impl Load {
    fn of(members: &[visitrota_model::Member]) -> Self {
        let mut load = Self::default();
        for member in members {
            if member.wheelchair {
                load.wheelchairs += 1;
            } else {
                load.seats += 1;
            }
            if !member.own_restraint {
                match member.restraint() {
                    Restraint::Infant => load.infant += 1,
                    Restraint::Harness => load.harness += 1,
                    Restraint::Booster => load.booster += 1,
                    Restraint::None => {}
                }
            }
        }
        load
    }

    /// An adult on a seat.
    pub(crate) const ADULT: Self = Self { seats: 1, wheelchairs: 0, infant: 0, harness: 0, booster: 0 };

    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            seats: self.seats + other.seats,
            wheelchairs: self.wheelchairs + other.wheelchairs,
            infant: self.infant + other.infant,
            harness: self.harness + other.harness,
            booster: self.booster + other.booster,
        }
    }

    pub(crate) fn fits_seats(self, car: Car) -> bool {
        self.seats <= car.seats
    }

    pub(crate) fn fits_wheelchairs(self, car: Car) -> bool {
        self.wheelchairs <= car.wheelchair
    }

    pub(crate) fn fits_restraints(self, car: Car) -> bool {
        self.infant <= car.infant && self.harness <= car.harness && self.booster <= car.booster
    }
}

/// Numbers the checks that somebody asks for.
#[derive(Default)]
struct Checks<'a> {
    positions: HashMap<&'a str, CheckIx>,
}

impl<'a> Checks<'a> {
    fn positions(&mut self, names: &'a [String]) -> Vec<CheckIx> {
        let next = |map: &HashMap<_, _>| map.len();
        names
            .iter()
            .map(|name| {
                let fresh = next(&self.positions);
                *self.positions.entry(name).or_insert(fresh)
            })
            .collect()
    }

    fn held(&self, volunteer: &visitrota_model::Volunteer) -> Vec<Held> {
        let mut held = vec![Held::Not; self.positions.len()];
        for hold in &volunteer.holds {
            if let Some(&check) = self.positions.get(hold.what.as_str()) {
                held[check] = held[check].max(hold.until.map_or(Held::Always, Held::Until));
            }
        }
        held
    }
}

fn windows(zone: Zone, windows: &[Window]) -> Vec<(i64, i64)> {
    windows.iter().map(|window| (zone.instant(window.from).0, zone.instant(window.to).0)).collect()
}

fn slack(windows: &[(i64, i64)], slot: &SlotFacts) -> Vec<Slack> {
    let mut all: Vec<_> = windows
        .iter()
        .filter(|&&(from, to)| from <= slot.gate_in && slot.gate_out <= to)
        .map(|&(from, to)| Slack { before: slot.gate_in - from, after: to - slot.gate_out })
        .collect();
    all.sort_unstable_by_key(|slack| (std::cmp::Reverse(slack.before), std::cmp::Reverse(slack.after)));
    let mut widest = i64::MIN;
    all.retain(|slack| {
        let wider = slack.after > widest;
        widest = widest.max(slack.after);
        wider
    });
    all
}

/// The spans in which the clocks show times for the second time, while any volunteer may be out.
fn unwritable(zone: Zone, volunteers: &[VolunteerFacts]) -> Vec<(i64, i64)> {
    let windows = || volunteers.iter().flat_map(|volunteer| &volunteer.windows);
    let (Some(first), Some(last)) = (windows().map(|&(from, _)| from).min(), windows().map(|&(_, to)| to).max()) else {
        return Vec::new();
    };
    // One that began before the first window may last into it.
    const DAY: i64 = 24 * 60;
    let spans = zone.second_showings(Instant(first - DAY), Instant(last));
    spans.into_iter().map(|(from, to)| (from.0, to.0)).collect()
}
