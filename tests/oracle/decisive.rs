//! That the random problems are worth their while: every rule of a rota decides the score of some of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use visitrota::{
    Problem,
    problem::{
        Car, ChildrenAlone, Family, FamilyId, MeetingPlace, Pair, PairRule, PlaceId, Policy, Prison, Prisoner, Request,
        Restraint, Slot, SlotOption, TravelSource, Volunteer, Weights, Window,
    },
};
use visitrota_tests::{Oracle, TINY, for_each_seed};

/// A problem without one of its rules.
type Without = fn(&mut Problem);

/// Every rule, by its paragraph among the rules of a rota, and how a problem is put without it.
const RULES: &[(&str, Without)] = &[
    ("4.1 drivers alone drive", |p| p.volunteers.iter_mut().for_each(drives)),
    ("4.1 never in one trip", |p| p.pairs.retain(|pair| pair.rule != PairRule::Never)),
    ("4.1 sharing a car", |p| p.families.iter_mut().for_each(|f| f.shares_car = true)),
    ("4.1 families in a trip", |p| volunteers(p, |v| v.max_families = 3)),
    ("4.2 what drivers hold", |p| p.policy.driver_requires.clear()),
    ("4.2 what chaperones hold", |p| p.policy.chaperone_requires.clear()),
    ("4.2 what is held runs out", |p| volunteers(p, |v| v.holds.iter_mut().for_each(|hold| hold.until = None))),
    ("4.2 what families hold", |p| p.policy.family_requires.clear()),
    ("4.2 what visitors hold", |p| prisons(p, |prison| prison.visitor_requires.clear())),
    ("4.2 what families hold runs out", |p| families(p, |f| f.holds.iter_mut().for_each(|hold| hold.until = None))),
    ("4.2 what families need", |p| p.families.iter_mut().for_each(|f| f.needs.clear())),
    ("4.3 a chaperone rides", |p| without_mode(p, ChildrenAlone::Chaperone)),
    ("4.3 children are not carried", |p| without_mode(p, ChildrenAlone::Never)),
    ("4.3 what those with children hold", |p| p.policy.child_only_requires.clear()),
    ("4.3 what those who go in hold", |p| prisons(p, |prison| prison.escort_requires.clear())),
    ("4.3 a chaperone throughout", |p| p.policy.chaperone_throughout = false),
    ("4.4 visitors", |p| prisons(p, |prison| prison.max_visitors = 99)),
    ("4.4 adults", |p| prisons(p, |prison| prison.max_adults = 99)),
    ("4.4 who is an adult there", |p| prisons(p, |prison| prison.adult_age = 120)),
    ("4.5 seats", |p| cars(p, |car| car.seats = 99)),
    ("4.5 wheelchairs", |p| cars(p, |car| car.wheelchair = 99)),
    ("4.5 infant seats", |p| cars(p, |car| car.infant = 99)),
    ("4.5 harness seats", |p| cars(p, |car| car.harness = 99)),
    ("4.5 booster seats", |p| cars(p, |car| car.booster = 99)),
    ("4.5 restraints given", |p| members(p, |member| member.restraint = None)),
    ("4.5 restraints brought", |p| members(p, |member| member.own_restraint = false)),
    ("4.5 no restraint at all", |p| members(p, |member| member.restraint = Some(Restraint::None))),
    ("4.6 check-in", |p| prisons(p, |prison| prison.check_in_min = 0)),
    ("4.6 breaks", |p| p.policy.break_after_min = 0),
    ("4.6 boarding", |p| p.families.iter_mut().for_each(|f| f.boarding_min = 0)),
    ("4.7 check-out", |p| prisons(p, |prison| prison.check_out_min = 0)),
    ("4.8 the longest ride", |p| p.families.iter_mut().for_each(|f| f.max_ride_min = Some(9_999))),
    ("4.8 a ride of its own", |p| p.families.iter_mut().for_each(|f| f.max_ride_min = None)),
    ("4.8 the detour", |p| p.policy.detour_min = 9_999),
    ("4.8 the detour in per cent", |p| p.policy.detour_pct = 0),
    ("4.9 volunteers' windows", |p| volunteers(p, |v| v.available.clone_from(&always(v)))),
    ("4.9 each window by itself", |p| volunteers(p, |v| v.available = one_window(&v.available))),
    ("4.9 families' windows", |p| p.families.iter_mut().for_each(|f| f.available.clear())),
    ("4.9 a family's each window", |p| p.families.iter_mut().for_each(|f| f.available = one_window(&f.available))),
    ("4.10 volunteers' hours", |p| p.policy.volunteer_hours = None),
    ("4.10 families' hours", |p| p.policy.family_hours = None),
    ("5.1 joint visits", |p| requests(p, |request| request.families.truncate(1))),
    ("5.1 joint visits in one car", kept_apart_unless_they_share),
    ("5.2 tables", |p| slots(p, |slot| slot.tables = None)),
    ("5.2 never in the same slot", |p| p.pairs.retain(|pair| pair.rule != PairRule::NeverSameSlot)),
    ("5.2 prisoners never in the same slot", |p| p.pairs.retain(|pair| !is_prisoner(&p.prisoners, &pair.a))),
    ("5.3 turnaround", |p| p.policy.turnaround_min = 0),
    ("5.3 trips", |p| volunteers(p, |v| v.max_trips = 9)),
    ("5.3 trips a day", |p| volunteers(p, |v| v.max_trips_per_day = 9)),
    ("5.3 duty", |p| volunteers(p, |v| v.max_duty_min = None)),
    ("5.3 driving", |p| volunteers(p, |v| v.max_driving_min = None)),
    ("5.3 the scheme's duty", |p| p.policy.max_duty_min = None),
    ("5.3 the scheme's driving", |p| p.policy.max_driving_min = None),
    ("5.3 kilometres", |p| volunteers(p, |v| v.max_km_week = None)),
    ("5.4 pins", |p| p.pins.clear()),
    ("5.4 pinned slots", |p| p.pins.iter_mut().for_each(|pin| pin.slot = None)),
    ("5.4 pinned drivers", |p| p.pins.iter_mut().for_each(|pin| pin.driver = None)),
    ("5.4 pinned drivers of households", |p| p.pins.retain(|pin| pin.family.is_none())),
    ("5.5 visits left", |p| p.prisoners.iter_mut().for_each(|prisoner| prisoner.visits = None)),
    ("5.5 visits of a prisoner at one time", at_one_time),
    ("5.6 locked trips", |p| p.locked.clear()),
    ("5.6 households that stay behind", nobody_to_come_later),
    ("6 visits", |p| weights(p, |w| w.visit = 0)),
    ("6 weeks waiting", |p| weights(p, |w| w.per_week_waiting = 0)),
    ("6 the most weeks", |p| weights(p, |w| w.max_weeks = 99)),
    ("6 extra points", |p| requests(p, |request| request.extra_points = 0)),
    ("6 rank", |p| weights(p, |w| w.slot_rank = 0)),
    ("6 usual volunteers", |p| weights(p, |w| w.new_volunteer = 0)),
    ("6 driving", |p| weights(p, |w| w.drive_min = 0)),
    ("6 load", |p| weights(p, |w| w.load = 0)),
    ("6 recent trips", |p| volunteers(p, |v| v.recent_trips = 0)),
    ("6 changes of slot", |p| weights(p, |w| w.change_slot = 0)),
    ("6 changes of driver", |p| weights(p, |w| w.change_driver = 0)),
    ("6 changes of time", |p| weights(p, |w| w.change_time = 0)),
    ("6 what an announced time may move", |p| p.policy.time_tolerance_min = 0),
    ("6 chaperones announced", |p| p.published.iter_mut().for_each(|told| told.chaperone = None)),
    ("6 published visits dropped", |p| weights(p, |w| w.drop_published = 0)),
    ("1 meeting points of families", |p| families(p, |f| (f.pickup, f.dropoff) = (None, None))),
    ("1 meeting points of requests", |p| requests(p, |r| (r.pickup, r.dropoff) = (None, None))),
    ("1 meeting points of slots", |p| requests(p, |r| r.options.iter_mut().for_each(met_as_ever))),
    ("3 places to themselves", a_place_for_each),
    ("3 the margin", |p| p.travel.margin_pct = 0.0),
];

#[test]
fn every_rule_decides_something() {
    /// Of the problems tried, the least in which a rule decides the score.
    const LEAST: usize = 5;
    let decided: Vec<AtomicUsize> = RULES.iter().map(|_| AtomicUsize::new(0)).collect();
    for_each_seed(0..1_200, &TINY, |problem| {
        let best = Oracle::new(problem).best();
        for ((_, without), decided) in RULES.iter().zip(&decided) {
            let mut other = problem.clone();
            without(&mut other);
            if other != *problem && Oracle::new(&other).best() != best {
                decided.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(())
    });
    let counts = RULES.iter().zip(decided).map(|((rule, _), decided)| (*rule, decided.into_inner()));
    let idle: Vec<_> = counts.filter(|(_, decided)| *decided < LEAST).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

fn drives(volunteer: &mut Volunteer) {
    let mut car = Car::new(6);
    (car.infant, car.harness, car.booster, car.wheelchair) = (2, 2, 3, 1);
    volunteer.roles.push(visitrota::problem::Role::Driver);
    volunteer.car.get_or_insert(car);
}

fn without_mode(problem: &mut Problem, mode: ChildrenAlone) {
    let Policy { children_alone, .. } = &mut problem.policy;
    if *children_alone == mode {
        *children_alone = ChildrenAlone::Driver;
    }
}

/// One window, far wider than any week of the volunteer's own.
fn always(volunteer: &Volunteer) -> Vec<Window> {
    let ends = |text: &str| text.parse().expect("a time");
    volunteer
        .available
        .first()
        .map(|_| Window::new(ends("2026-01-01T00:00"), ends("2026-12-31T00:00")))
        .into_iter()
        .collect()
}

/// The least window that holds all of these.
fn one_window(windows: &[Window]) -> Vec<Window> {
    let from = windows.iter().map(|window| window.from).min();
    let to = windows.iter().map(|window| window.to).max();
    from.zip(to).map(|(from, to)| Window::new(from, to)).into_iter().collect()
}

/// Households of one request who do not both share a car are in two.
fn kept_apart_unless_they_share(problem: &mut Problem) {
    let shares = |id: &FamilyId| problem.families.iter().any(|family| family.id == *id && family.shares_car);
    for request in &problem.requests {
        for (at, one) in request.families.iter().enumerate() {
            let others = request.families[..at].iter().filter(|other| !(shares(one) && shares(other)));
            problem.pairs.extend(others.map(|other| Pair::new(one.place(), other.place(), PairRule::Never)));
        }
    }
}

fn is_prisoner(prisoners: &[Prisoner], id: &PlaceId) -> bool {
    prisoners.iter().any(|prisoner| prisoner.id.as_str() == id.as_str())
}

/// Forgets the prisoners of whom nothing is said but that they have one visit at a time.
fn at_one_time(problem: &mut Problem) {
    for request in &mut problem.requests {
        request.prisoner.take_if(|id| {
            let limited = problem.prisoners.iter().any(|prisoner| prisoner.id == *id && prisoner.visits.is_some());
            let paired =
                problem.pairs.iter().any(|pair| [&pair.a, &pair.b].iter().any(|who| who.as_str() == id.as_str()));
            !limited && !paired
        });
    }
}

/// Forgets the households that a locked trip leaves behind.
fn nobody_to_come_later(problem: &mut Problem) {
    let Problem { requests, locked, .. } = problem;
    for request in requests {
        let stops: Vec<&PlaceId> = (locked.iter().filter(|trip| trip.requests.contains(&request.id)))
            .flat_map(|trip| trip.stops.iter().map(|stop| &stop.place))
            .collect();
        if !stops.is_empty() {
            request.families.retain(|family| stops.iter().any(|place| place.as_str() == family.as_str()));
        }
    }
}

fn met_as_ever(option: &mut SlotOption) {
    (option.pickup, option.dropoff) = (None, None);
}

/// Gives each family a meeting point of its own for each that it is met at, so that there is a way between them.
fn a_place_for_each(problem: &mut Problem) {
    let TravelSource::Matrix { places, minutes, metres } = &mut problem.travel.source else { return };
    let mut own = |family: &FamilyId, place: &mut Option<MeetingPlace>| {
        let Some(MeetingPlace::Point(point)) = place else { return };
        let copy = format!("{point}-{family}");
        if !places.iter().any(|known| known.as_str() == copy) {
            let at = places.iter().position(|known| *known == point.place()).expect("a place of the matrix");
            places.push(PlaceId::from(copy.as_str()));
            for table in [&mut *minutes, &mut *metres] {
                table.iter_mut().for_each(|row| row.push(row[at]));
                table.push(table[at].clone());
            }
        }
        *point = copy.into();
    };
    for family in &mut problem.families {
        own(&family.id, &mut family.pickup);
        own(&family.id, &mut family.dropoff);
    }
    for request in problem.requests.iter_mut().filter(|request| request.families.len() == 1) {
        let family = request.families[0].clone();
        for option in &mut request.options {
            own(&family, &mut option.pickup);
            own(&family, &mut option.dropoff);
        }
        own(&family, &mut request.pickup);
        own(&family, &mut request.dropoff);
    }
}

fn families(problem: &mut Problem, change: impl Fn(&mut Family)) {
    problem.families.iter_mut().for_each(change);
}

fn volunteers(problem: &mut Problem, change: impl Fn(&mut Volunteer)) {
    problem.volunteers.iter_mut().for_each(change);
}

fn prisons(problem: &mut Problem, change: impl Fn(&mut Prison)) {
    problem.prisons.iter_mut().for_each(change);
}

fn slots(problem: &mut Problem, change: impl Fn(&mut Slot)) {
    problem.slots.iter_mut().for_each(change);
}

fn requests(problem: &mut Problem, change: impl Fn(&mut Request)) {
    problem.requests.iter_mut().for_each(change);
}

fn cars(problem: &mut Problem, change: impl Fn(&mut Car)) {
    problem.volunteers.iter_mut().filter_map(|volunteer| volunteer.car.as_mut()).for_each(change);
}

fn members(problem: &mut Problem, change: impl Fn(&mut visitrota::problem::Member)) {
    problem.families.iter_mut().flat_map(|family| &mut family.members).for_each(change);
}

fn weights(problem: &mut Problem, change: impl Fn(&mut Weights)) {
    change(&mut problem.policy.weights);
}
