//! Between all forms without loss.

use std::fs;
use std::path::Path;

use visitrota_files::{Document, init, save};
use visitrota_generate::{Recipe, Size, generate};
use visitrota_model::{
    FamilyId, Hold, Hours, MeetingPlace, MeetingPoint, Member, Pair, PairRule, Pin, PlaceId, Prisoner, Problem,
    Published, Restraint, Role, SlotOption, Stop, StopKind, TimeOfDay, TravelSource, Trip, VolunteerId, WallTime,
    Window,
};

use crate::{findings, fixtures, problem, saved, south_wales, told};

#[track_caller]
fn same_in_every_form(name: &str, original: &Problem) {
    for form in ["week", "week.xlsx", "week.json"] {
        let (_folder, path) = saved(original, form);
        assert_eq!(problem(&path), *original, "{name} as {form}");
    }
}

#[test]
fn every_fixture() {
    for (name, problem) in fixtures() {
        same_in_every_form(&name, &problem);
    }
}

#[test]
fn south_wales_is_the_same_from_its_sheets() {
    let sheets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/south-wales/sheets");
    assert_eq!(problem(&sheets), south_wales());
}

/// A generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn often(&mut self) -> bool {
        self.below(2) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).expect("small")].clone()
    }

    /// A text that spreadsheets and readers of lists might take for something else.
    fn text(&mut self) -> String {
        let odd = [
            "Ann",
            "a, b",
            "a; b",
            "=1+1",
            "-5",
            "+44 29",
            "@x",
            "\"quoted\"",
            "\"",
            "none",
            "None",
            "until",
            "dbs until 5 Dec",
            " led",
            "trailed ",
            "hard\u{a0}space",
            "two\nlines",
            "tab\there",
            "0x1",
            "007",
            "1.0",
            "1e5",
            "TRUE",
            "5/12/2026",
            "08:10",
            "p (1)",
            "(2)",
            "Ó Néill 北京",
            "_x0041_",
            "\u{1b}[31m",
            "a  b",
            "\r",
            "'",
            "until until",
            "#REF!",
            "\u{200b}",
            "yes",
            "every Sat",
            "46361",
            "expires till",
            "\\",
            "\u{fffd}",
            ";",
            ",",
            "a:b",
            "Home",
            "at home",
            "from a to b",
            "sat (from x)",
        ];
        self.pick(&odd).to_owned()
    }

    fn time(&mut self) -> WallTime {
        let day = self.pick(&["2026-12-05", "2026-12-06", "2026-12-31", "1900-02-27", "2999-12-30"]);
        let clock = self.pick(&["00:00", "08:10", "23:59", "12:00", "00:01"]);
        format!("{day}T{clock}").parse().expect("a time")
    }
}

/// Somewhere where a family is met.
fn meeting_place(dice: &mut Dice) -> Option<MeetingPlace> {
    match dice.below(4) {
        0 => Some(MeetingPlace::Home),
        1 => Some(MeetingPlace::Point(dice.text().into())),
        _ => None,
    }
}

fn hours(dice: &mut Dice) -> Option<Hours> {
    let time = |dice: &mut Dice| {
        let minutes = dice.pick(&[0, 1, 390, 720, 1_439, 1_440]);
        TimeOfDay::new(minutes).expect("a time of day")
    };
    dice.often().then(|| Hours::new(time(dice), time(dice)))
}

/// A trip to a slot of the problem, or to one that is not there, with any stops.
fn trip(slots: &[String], dice: &mut Dice) -> Trip {
    let some = |dice: &mut Dice| dice.often().then(|| u32::try_from(dice.below(90_000)).expect("small"));
    let kinds = [StopKind::Leave, StopKind::Pickup, StopKind::Gate, StopKind::Dropoff, StopKind::Home];
    let stop = |dice: &mut Dice| {
        let mut stop = Stop::new(dice.pick(&kinds), dice.text());
        stop.at = dice.often().then(|| dice.text().into());
        stop.arrive = dice.often().then(|| dice.time());
        stop.depart = dice.often().then(|| dice.time());
        stop.leg_min = some(dice);
        stop.leg_metres = some(dice);
        stop
    };
    let stops: Vec<Stop> = (0..dice.below(4)).map(|_| stop(dice)).collect();
    let minutes = stops.iter().filter_map(|stop| stop.leg_min).sum();
    {
        let requests: Vec<_> = (0..dice.below(3)).map(|_| dice.text().into()).collect();
        let slot = if dice.often() { dice.pick(slots) } else { dice.text() };
        let mut trip = Trip::new(dice.text(), slot, requests);
        trip.chaperone = dice.often().then(|| dice.text().into());
        trip.drive_min = if dice.often() { minutes } else { some(dice).unwrap_or(0) };
        trip.metres = dice.pick(&[0, 1, 123_456, 1 << 52]);
        trip.stops = stops;
        trip
    }
}

/// Changes a sound problem in every field, to what the document may hold.
fn changed(mut problem: Problem, dice: &mut Dice) -> Problem {
    problem.name = dice.text();
    let unique = |dice: &mut Dice, n: usize| format!("{}{n}", dice.text());
    let windows = |dice: &mut Dice| {
        let number = dice.below(4);
        (0..number).map(|_| Window::new(dice.time(), dice.time())).collect::<Vec<_>>()
    };
    let texts = |dice: &mut Dice| (0..dice.below(4)).map(|_| dice.text()).collect::<Vec<_>>();
    let some = |dice: &mut Dice| dice.often().then(|| u32::try_from(dice.below(90_000)).expect("small"));
    let until = |dice: &mut Dice| dice.often().then(|| dice.time().date());
    let holds = |dice: &mut Dice| {
        (0..dice.below(4))
            .map(|_| {
                let hold = Hold::new(dice.text());
                until(dice).map_or_else(|| hold.clone(), |date| hold.clone().until(date))
            })
            .collect::<Vec<_>>()
    };
    problem.meeting_points = (0..usize::try_from(dice.below(3)).expect("small"))
        .map(|n| {
            let mut meeting_point = MeetingPoint::new(unique(dice, n));
            meeting_point.name = dice.text();
            meeting_point.lat = dice.often().then_some(51.5);
            meeting_point.lon = Some(-2.0);
            meeting_point.postcode = dice.often().then(|| dice.text());
            meeting_point
        })
        .collect();
    problem.prisoners = (0..usize::try_from(dice.below(3)).expect("small"))
        .map(|n| {
            let mut prisoner = Prisoner::new(unique(dice, n), dice.text());
            prisoner.name = dice.text();
            prisoner.visits = some(dice);
            prisoner
        })
        .collect();
    for prison in &mut problem.prisons {
        prison.name = dice.text();
        prison.escort_requires = texts(dice);
        prison.visitor_requires = texts(dice);
        prison.adult_age = u8::try_from(dice.below(20)).expect("small");
        prison.check_in_min = some(dice).unwrap_or(45);
        prison.max_visitors = some(dice).unwrap_or(6);
        prison.postcode = dice.often().then(|| dice.text());
    }
    for (n, volunteer) in problem.volunteers.iter_mut().enumerate() {
        volunteer.id = VolunteerId::from(unique(dice, n));
        volunteer.name = dice.text();
        volunteer.available = windows(dice);
        (volunteer.max_duty_min, volunteer.max_driving_min, volunteer.max_km_week) =
            (some(dice), some(dice), some(dice));
        volunteer.max_trips = some(dice).unwrap_or(1);
        volunteer.lat = Some(-51.0 + dice.below(1_000_000) as f64 / 1_234_567.0);
        volunteer.postcode = dice.often().then(|| dice.text());
        volunteer.holds = holds(dice);
        let roles = [vec![], vec![Role::Driver], vec![Role::Chaperone, Role::Driver], vec![Role::Driver, Role::Driver]];
        volunteer.roles = dice.pick(&roles);
        volunteer.car = volunteer.car.filter(|_| dice.often());
    }
    for (n, family) in problem.families.iter_mut().enumerate() {
        let old = family.id.clone();
        family.id = FamilyId::from(format!("{}f{n}", dice.text()));
        for request in problem.requests.iter_mut().filter(|request| request.families == [old.clone()]) {
            request.families = vec![family.id.clone()];
        }
        family.name = dice.text();
        family.available = windows(dice);
        family.needs = texts(dice);
        family.holds = holds(dice);
        family.pickup = meeting_place(dice);
        family.dropoff = meeting_place(dice);
        family.max_ride_min = some(dice);
        family.boarding_min = some(dice).unwrap_or(5);
        family.shares_car = dice.often();
        let restraints = [None, Some(Restraint::None), Some(Restraint::Infant), Some(Restraint::Booster)];
        family.members = (0..dice.below(4))
            .map(|_| {
                let mut member = Member::new(u8::try_from(dice.below(121)).expect("small"));
                member.restraint = dice.pick(&restraints);
                member.own_restraint = dice.often();
                member.wheelchair = dice.often();
                member
            })
            .collect();
    }
    for slot in &mut problem.slots {
        (slot.start, slot.end) = (dice.time(), dice.time());
        slot.tables = some(dice);
    }
    for request in &mut problem.requests {
        request.extra_points = i32::try_from(dice.below(2_000)).expect("small") - 1_000;
        request.weeks_waiting = some(dice).unwrap_or(0);
        (request.pickup, request.dropoff) = (meeting_place(dice), meeting_place(dice));
        request.prisoner = dice.often().then(|| dice.text().into());
        for _ in 0..dice.below(3) {
            request.families.push(dice.text().into());
        }
        request.options = (0..dice.below(4))
            .map(|place| {
                let mut slot_option = SlotOption::new(
                    dice.text(),
                    if dice.often() { u32::try_from(place).expect("small") } else { some(dice).unwrap_or(7) },
                );
                slot_option.pickup = meeting_place(dice);
                slot_option.dropoff = meeting_place(dice);
                slot_option
            })
            .collect();
    }
    let rules = [PairRule::Usual, PairRule::Never, PairRule::NeverSameSlot];
    problem.pairs = (0..dice.below(4)).map(|_| Pair::new(dice.text(), dice.text(), dice.pick(&rules))).collect();
    let may = |dice: &mut Dice| dice.often().then(|| dice.text());
    problem.pins = (0..dice.below(4))
        .map(|_| {
            let mut pin = Pin::new(dice.text());
            pin.slot = may(dice).map(Into::into);
            pin.driver = may(dice).map(Into::into);
            pin.family = may(dice).map(Into::into);
            pin
        })
        .collect();
    let slots: Vec<String> = problem.slots.iter().map(|slot| slot.id.as_str().to_owned()).collect();
    problem.published = (0..dice.below(3))
        .map(|_| {
            let mut published =
                Published::new(dice.text(), if dice.often() { dice.pick(&slots) } else { dice.text() }, dice.text());
            published.chaperone = may(dice).map(Into::into);
            published.family = may(dice).map(Into::into);
            published.pickup = dice.often().then(|| dice.time());
            published.home = dice.often().then(|| dice.time());
            published
        })
        .collect();
    problem.locked = (0..dice.below(3)).map(|_| trip(&slots, dice)).collect();
    let policy = &mut problem.policy;
    policy.driver_requires = texts(dice);
    policy.chaperone_requires = texts(dice);
    policy.child_only_requires = texts(dice);
    policy.detour_min = some(dice).unwrap_or(1);
    policy.max_duty_min = some(dice);
    policy.max_driving_min = some(dice);
    policy.family_requires = texts(dice);
    policy.volunteer_hours = hours(dice);
    policy.family_hours = hours(dice);
    policy.chaperone_throughout = dice.often();
    policy.time_tolerance_min = some(dice).unwrap_or(10);
    problem.policy.weights.visit = some(dice).unwrap_or(0);
    problem.policy.weights.change_driver = some(dice).unwrap_or(0);
    problem.policy.weights.change_time = some(dice).unwrap_or(300);
    problem.policy.weights.drop_published = some(dice).unwrap_or(0);
    let url = dice.text();
    let matrix = |dice: &mut Dice| {
        let places: Vec<_> = (0..dice.below(4)).map(|n| PlaceId::from(format!("{}{n}", dice.text()))).collect();
        let table = |dice: &mut Dice| {
            let row =
                |dice: &mut Dice| places.iter().map(|_| u32::try_from(dice.below(1_000)).expect("small")).collect();
            places.iter().map(|_| row(dice)).collect::<Vec<Vec<u32>>>()
        };
        TravelSource::Matrix { minutes: table(dice), metres: table(dice), places: places.clone() }
    };
    let source = match dice.below(5) {
        0 => TravelSource::Estimate,
        1 => TravelSource::Osrm { url },
        2 => TravelSource::Valhalla { url },
        3 => matrix(dice),
        _ => TravelSource::StraightLine {
            minutes_factor: 1.1,
            minutes_power: 0.987_654_321_012_345_6,
            km_factor: 1e-7,
            km_power: 1e21,
        },
    };
    problem.travel = source.into();
    problem.travel.margin_pct = dice.below(1_000) as f64 / 7.0;
    problem
}

#[test]
fn every_field_of_generated_problems_survives() {
    let mut dice = Dice(1);
    for seed in 0..60 {
        let recipe = Recipe::from(Size::Tiny).families(4).volunteers(4).seed(seed);
        let problem = generate(&recipe);
        same_in_every_form("generated", &problem);
        let changed = changed(problem, &mut dice);
        for form in ["week", "week.xlsx"] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(form);
            if let Err(error) = save(&changed, &path) {
                panic!("seed {seed}, {form}: {error}\n{}", serde_json::to_string_pretty(&changed).expect("JSON"));
            }
            let document = Document::read(&path, None).expect("it can be read");
            let back =
                document.problem().unwrap_or_else(|| panic!("seed {seed}, {form}: {}", told(&findings(&document))));
            assert_eq!(*back, changed, "seed {seed}, {form}");
        }
    }
}

#[test]
fn a_region_survives() {
    same_in_every_form("region", &generate(&Recipe::from(Size::Region).minibuses(5).seed(3)));
}

#[test]
fn the_same_file_each_time() {
    let problem = south_wales();
    let bytes = |name| fs::read(saved(&problem, name).1).expect("the file");
    assert!(bytes("week.xlsx") == bytes("week.xlsx"));
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let problem = south_wales();
    for name in ["week.xlsx", "week.json", "week"] {
        let path = folder.path().join(name);
        fs::write(&path, "mine").expect("written");
        let error = save(&problem, &path).expect_err("it is there").to_string();
        assert!(error.contains("already") && error.contains(name), "{error}");
        init(&path).expect_err("it is there");
        assert_eq!(fs::read_to_string(&path).expect("still there"), "mine");
    }
    let taken = folder.path().join("taken");
    fs::create_dir(&taken).expect("made");
    save(&problem, &taken).expect("an empty folder is free");
    save(&problem, &taken).expect_err("it is no longer empty");
    for (name, why) in
        [("a.ods", ".xlsx"), ("a.csv", "folder"), ("a.xls", ".xlsx"), ("no/where.xlsx", "no such directory")]
    {
        let error = save(&problem, folder.path().join(name)).expect_err(name).to_string();
        assert!(error.contains(why), "{name}: {error}");
    }
    init(folder.path().join("a.json")).expect_err("a template is for people");
}

#[test]
fn what_sheets_cannot_hold_is_refused() {
    let mut twice = south_wales();
    let first = twice.families[0].clone();
    twice.families[1].id = first.id;
    let folder = tempfile::tempdir().expect("a folder");
    let error = save(&twice, folder.path().join("week")).expect_err("whose members are whose?").to_string();
    assert!(error.contains("JSON can"), "{error}");
    save(&twice, folder.path().join("week.json")).expect("JSON can");
    assert!(!folder.path().join("week").exists());
}
