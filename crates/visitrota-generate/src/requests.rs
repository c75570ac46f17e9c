//! The visits asked for.

use visitrota_model::{Date, Family, Request, Slot, SlotOption};

use crate::families::Home;
use crate::random::Random;
use crate::recipe::Recipe;
use crate::week::{WEEK, weekend};

/// The requests: one of each family, and of every twentieth another on other days.
pub(crate) fn requests(recipe: &Recipe, homes: &[Home], families: &[Family], slots: &[Vec<Slot>]) -> Vec<Request> {
    let mut requests = Vec::new();
    for (number, (home, family)) in homes.iter().zip(families).enumerate() {
        let mut random = Random::of(recipe.seed, "request", &[number as i64]);
        let twice = random.chance(5);
        let weeks_waiting = random.one_of([0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6, 8, 8, 12, 12]);
        let liked = liked(&mut random, family, slots.get(home.prison as usize).map_or(&[], Vec::as_slice));
        let mut ask = |options: Vec<SlotOption>, weeks_waiting| {
            let mut request = Request::new(format!("R{}", requests.len() + 1), family.id.clone(), options);
            request.weeks_waiting = weeks_waiting;
            requests.push(request);
        };
        let most = random.one_of([1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8]);
        ask(ranked(liked.iter().copied(), most), weeks_waiting);
        let first: Vec<Date> = liked.iter().take(most).map(|slot| slot.start.date()).collect();
        let mut others = liked.iter().copied().filter(|slot| !first.contains(&slot.start.date())).peekable();
        if twice && others.peek().is_some() {
            ask(ranked(others, 2), 0);
        }
    }
    requests
}

/// The slots that a family could come to, those it likes best first: at weekends as a rule.
fn liked<'a>(random: &mut Random, family: &Family, slots: &'a [Slot]) -> Vec<&'a Slot> {
    let free = |slot: &Slot| {
        family.available.is_empty() || family.available.iter().any(|window| window.from.date() == slot.start.date())
    };
    let mut liked: Vec<_> = slots
        .iter()
        .filter(|slot| free(slot))
        .map(|slot| (random.below(100) + if weekend(WEEK.day(slot.start)) { 0 } else { 45 }, slot))
        .collect();
    liked.sort_by_key(|(dislike, _)| *dislike);
    liked.into_iter().map(|(_, slot)| slot).collect()
}

fn ranked<'a>(slots: impl Iterator<Item = &'a Slot>, most: usize) -> Vec<SlotOption> {
    (0..).zip(slots.take(most)).map(|(rank, slot)| SlotOption::new(slot.id.clone(), rank)).collect()
}
