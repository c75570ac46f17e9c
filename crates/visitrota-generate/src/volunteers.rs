//! Volunteers: who they are, what they drive, when they can be out and what they hold.

use visitrota_model::{Car, Hold, Role, Volunteer, Window};

use crate::families::Home;
use crate::land::Town;
use crate::names;
use crate::random::Random;
use crate::recipe::Recipe;
use crate::week::{WEEK, clock, weekend};

/// The volunteers, and their towns: those of families, for there they are asked for.
pub(crate) fn volunteers(recipe: &Recipe, homes: &[Home]) -> Vec<(Volunteer, Town)> {
    (0..recipe.volunteers).filter_map(|number| volunteer(recipe, number, homes)).collect()
}

fn volunteer(recipe: &Recipe, number: u32, homes: &[Home]) -> Option<(Volunteer, Town)> {
    let mut random = Random::of(recipe.seed, "volunteer", &[number.into()]);
    let town = random.pick(homes)?.town;
    let (lat, lon) = town.home(recipe.seed, &mut random).degrees();
    let name = names::volunteer(&mut random);
    let minibus = drives_minibus(recipe, number);
    let roles = roles(&mut random, number == 0, minibus);
    let own = roles.contains(&Role::Driver).then(|| car(&mut random));
    let car = if minibus { Some(MINIBUS) } else { own };
    let max_trips = random.one_of([1, 1, 1, 2, 2, 3]);
    let mut volunteer = Volunteer::new(format!("V{}", number + 1), roles);
    volunteer.name = name;
    volunteer.lat = Some(lat);
    volunteer.lon = Some(lon);
    volunteer.car = car;
    volunteer.available = available(&mut random);
    volunteer.max_trips = max_trips;
    volunteer.max_trips_per_day = if max_trips > 1 && random.chance(16) { 2 } else { 1 };
    volunteer.max_duty_min = random.chance(15).then(|| random.one_of([420, 540, 600]));
    volunteer.max_driving_min = random.chance(12).then(|| random.one_of([180, 240, 300]));
    volunteer.max_km_week = random.chance(12).then(|| random.one_of([200, 300, 400]));
    volunteer.max_families = max_families(&mut random, minibus, car);
    volunteer.holds = holds(&mut random);
    volunteer.recent_trips = random.one_of([0, 0, 0, 1, 1, 1, 2, 3, 4]);
    Some((volunteer, town))
}

const MINIBUS: Car = {
    let mut car = Car::new(15);
    (car.infant, car.harness, car.booster, car.wheelchair) = (3, 4, 8, 1);
    car
};

/// Whether this volunteer drives one of the minibuses, which are spread evenly over all volunteers.
fn drives_minibus(recipe: &Recipe, number: u32) -> bool {
    let before = |number: u32| u64::from(number) * u64::from(recipe.minibuses) / u64::from(recipe.volunteers);
    before(number) < before(number + 1)
}

/// The first volunteer has both roles, so that there is a driver, and a chaperone.
fn roles(random: &mut Random, first: bool, minibus: bool) -> Vec<Role> {
    let drawn: &[Role] = match random.below(100) {
        _ if first => &[Role::Driver, Role::Chaperone],
        0..42 => &[Role::Driver],
        42..84 => &[Role::Driver, Role::Chaperone],
        _ if minibus => &[Role::Driver],
        _ => &[Role::Chaperone],
    };
    drawn.to_vec()
}

/// An ordinary car as a rule.
fn car(random: &mut Random) -> Car {
    let wheelchair = random.chance(6);
    let seats = random.one_of([3, 4, 4, 4, 4, 4, 4, 6, 6, 8]);
    let mut car = Car::new(if wheelchair { 3 } else { seats });
    car.infant = random.one_of([0, 1, 1]);
    car.harness = random.one_of([0, 1, 1, 2]);
    car.booster = random.one_of([1, 2, 2, 3]);
    car.wheelchair = u32::from(wheelchair);
    car
}

fn max_families(random: &mut Random, minibus: bool, car: Option<Car>) -> u32 {
    let roomy = car.is_some_and(|car| car.seats >= 6);
    let drawn = if roomy { random.one_of([2, 3, 4, 4]) } else { random.one_of([1, 2, 2, 2, 2, 2, 2]) };
    if minibus { 6 } else { drawn }
}

/// Weekends rather than weekdays, and at least one day.
fn available(random: &mut Random) -> Vec<Window> {
    let mut windows = Vec::new();
    let sure = random.one_of([5, 6]);
    for day in 0..7 {
        let from = clock(6, 30 * random.within(1, 7));
        let to = clock(17, 30 * random.within(1, 10));
        let out = random.chance(if weekend(day) { 60 } else { 35 });
        if out || windows.is_empty() && day == sure {
            windows.push(WEEK.window(day, from, to));
        }
    }
    windows
}

/// What volunteers hold, how many in a hundred, and, where it does not last for ever, for how many days at the most.
const HOLDS: [(&str, u32, Option<u32>); 7] = [
    ("dbs", 100, Some(3 * 365)),
    ("insurance", 100, Some(365)),
    ("licence", 100, None),
    ("safeguarding", 90, Some(2 * 365)),
    ("cleared", 90, None),
    ("female-driver", 45, None),
    ("dog-free", 60, None),
];

/// Of what does not last, one in a hundred runs out on the week's Thursday.
fn holds(random: &mut Random) -> Vec<Hold> {
    let mut holds = Vec::new();
    for (what, per_cent, most_days) in HOLDS {
        let last_day = if random.chance(1) { 3 } else { random.within(7, most_days.unwrap_or(7)) };
        if random.chance(per_cent) {
            let hold = Hold::new(what);
            holds.push(if most_days.is_some() { hold.until(WEEK.date(last_day)) } else { hold });
        }
    }
    holds
}
