//! Prisons, and when they receive visitors.

use visitrota_model::{Prison, PrisonId, Slot};

use crate::land::Spot;
use crate::names;
use crate::random::Random;
use crate::recipe::Recipe;
use crate::week::{NAMES, WEEK, clock, weekend};

/// When a visit starts and ends, in minutes after midnight.
type Visit = (u32, u32);

const MORNINGS: [Visit; 4] = [
    (clock(9, 0), clock(11, 0)),
    (clock(9, 30), clock(11, 30)),
    (clock(9, 15), clock(10, 45)),
    (clock(10, 0), clock(12, 30)),
];
/// Most prisons have one long visit in the afternoon, others two short ones.
const AFTERNOONS: [&[Visit]; 8] = [
    &[(clock(14, 0), clock(16, 0))],
    &[(clock(14, 0), clock(16, 0))],
    &[(clock(14, 0), clock(16, 0))],
    &[(clock(13, 45), clock(15, 45))],
    &[(clock(14, 15), clock(15, 45))],
    &[(clock(14, 0), clock(15, 30))],
    &[(clock(14, 0), clock(15, 0)), (clock(15, 30), clock(16, 30))],
    &[(clock(13, 45), clock(14, 45)), (clock(15, 15), clock(16, 15))],
];

/// The prisons.
pub(crate) fn prisons(recipe: &Recipe) -> Vec<Prison> {
    (0..recipe.prison_count()).map(|number| prison(recipe, number)).collect()
}

fn prison(recipe: &Recipe, number: u32) -> Prison {
    let mut random = Random::of(recipe.seed, "prison", &[number.into()]);
    let (lat, lon) = Spot::of_prison(recipe, number).degrees();
    let mut prison = Prison::new(format!("P{}", number + 1));
    prison.name = names::prison(number);
    prison.lat = Some(lat);
    prison.lon = Some(lon);
    prison.check_in_min = random.one_of([30, 45, 45, 45, 45, 60]);
    prison.check_out_min = random.one_of([10, 15, 15, 15, 20]);
    prison.adult_age = random.one_of([16, 18, 18, 18, 18, 18, 18, 18, 18, 18]);
    prison.escort_requires = vec!["cleared".to_owned()];
    prison
}

/// The slots of each prison, in the order of their starts.
pub(crate) fn slots(recipe: &Recipe, prisons: &[Prison]) -> Vec<Vec<Slot>> {
    (0..).zip(prisons).map(|(number, prison)| timetable(recipe, number, &prison.id)).collect()
}

/// Both days of the weekend, and some of the others.
fn timetable(recipe: &Recipe, number: u32, prison: &PrisonId) -> Vec<Slot> {
    let mut random = Random::of(recipe.seed, "timetable", &[number.into()]);
    let morning = random.chance(35).then(|| random.one_of(MORNINGS));
    let afternoon = random.one_of(AFTERNOONS);
    let weekdays = random.one_of([30, 45, 60]);
    let mut slots = Vec::new();
    for (day, name) in (0..).zip(NAMES) {
        if !weekend(day) && !random.chance(weekdays) {
            continue;
        }
        let morning = morning.filter(|_| weekend(day));
        for (start, end) in morning.into_iter().chain(afternoon.iter().copied()) {
            let id = format!("{prison}-{name}-{:02}{:02}", start / 60, start % 60);
            let mut slot = Slot::new(id, prison.clone(), WEEK.at(day, start), WEEK.at(day, end));
            slot.tables = Some(recipe.crowding().saturating_mul(random.within(2, 6)));
            slots.push(slot);
        }
    }
    slots
}
