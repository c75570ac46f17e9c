//! Families, and where they live.

use visitrota_model::{Family, Member, Window};

use crate::land::{Spot, Town};
use crate::names;
use crate::random::Random;
use crate::recipe::Recipe;
use crate::week::{WEEK, clock, weekend};

/// Where a family lives, and which prison it visits.
pub(crate) struct Home {
    pub(crate) town: Town,
    /// By its number.
    pub(crate) prison: u32,
}

/// Every family's home.
pub(crate) fn homes(recipe: &Recipe) -> Vec<Home> {
    let home = |number: u32| {
        let mut random = Random::of(recipe.seed, "home", &[number.into()]);
        let prison = random.below(recipe.prison_count());
        let gate = Spot::of_prison(recipe, prison);
        Home { town: Town::within_reach(recipe.seed, gate, &mut random), prison }
    };
    (0..recipe.families).map(home).collect()
}

/// The families, one in each home.
pub(crate) fn families(recipe: &Recipe, homes: &[Home]) -> Vec<Family> {
    (0..).zip(homes).map(|(number, home)| family(recipe, number, home.town)).collect()
}

fn family(recipe: &Recipe, number: u32, town: Town) -> Family {
    let mut random = Random::of(recipe.seed, "family", &[number.into()]);
    let (lat, lon) = town.home(recipe.seed, &mut random).degrees();
    let members = members(&mut random);
    let wheelchair = members.iter().any(|member| member.wheelchair);
    let mut family = Family::new(format!("F{}", number + 1), members);
    family.name = names::family(&mut random);
    family.lat = Some(lat);
    family.lon = Some(lon);
    family.shares_car = random.chance(77);
    family.boarding_min = if wheelchair { 10 } else { 5 };
    family.max_ride_min = random.chance(25).then(|| random.one_of([150, 180, 210]));
    family.available = available(&mut random);
    family.needs = needs(&mut random);
    family
}

/// A parent or grandparent with children as a rule; in one family of seven the children travel alone.
fn members(random: &mut Random) -> Vec<Member> {
    let adults = random.one_of([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
    let children = random.one_of([1, 1, 1, 2, 2, 3]);
    let mut members = Vec::new();
    for _ in 0..adults {
        let age = random.within(20, 45) + random.one_of([0, 0, 25]);
        members.push(member(random, age));
    }
    for _ in 0..children {
        let age = random.below(17);
        members.push(member(random, age));
    }
    members
}

fn member(random: &mut Random, age: u32) -> Member {
    let mut member = Member::new(age as u8);
    member.own_restraint = age < 12 && random.chance(70);
    member.wheelchair = age >= 4 && random.chance(1);
    member
}

/// Most families can come at any time; the others at weekends, and on some days besides.
fn available(random: &mut Random) -> Vec<Window> {
    if random.chance(75) {
        return Vec::new();
    }
    let mut windows = Vec::new();
    for day in 0..7 {
        let (from, to) = (random.one_of([7, 8, 9]), random.one_of([19, 20, 21]));
        if weekend(day) || random.chance(50) {
            windows.push(WEEK.window(day, clock(from, 0), clock(to, 0)));
        }
    }
    windows
}

fn needs(random: &mut Random) -> Vec<String> {
    let needs = [("female-driver", 3), ("dog-free", 4)];
    needs.into_iter().filter(|(_, per_cent)| random.chance(*per_cent)).map(|(need, _)| need.to_owned()).collect()
}
