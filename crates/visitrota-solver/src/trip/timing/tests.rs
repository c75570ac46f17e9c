//! Labels compared with orders tried one after the other, on random tasks (§4.6 to §4.9).

use visitrota_model::Way;

use std::collections::BTreeSet;

use visitrota_travel::TravelTable;

use super::{Criteria, HalfTrip, Rider, Task, WorkBudget, labels, orders};
use crate::instance::Instance;
use crate::instance::index::RideIx;
use crate::samples::{buses, draws};

/// Each half by its criteria.
fn by_criteria(halves: &[HalfTrip], criteria: Criteria) -> BTreeSet<(i64, i64, u64, i64, u128)> {
    let of = |half: &HalfTrip| {
        (
            half.drive,
            half.total,
            if criteria.metres { half.metres } else { 0 },
            if criteria.chaperone_time { half.chaperone_minutes } else { 0 },
            if criteria.announced_times { half.retimed } else { 0 },
        )
    };
    halves.iter().map(of).collect()
}

/// Calls `check` with random tasks and criteria.
fn random_tasks(seeds: std::ops::Range<u64>, check: impl Fn(u64, &Instance<'_>, &Task<'_>, Option<usize>, Criteria)) {
    for seed in seeds {
        let mut below = draws(seed ^ 0x5eed);
        let riders = 1 + below(8) as usize;
        let problem = buses(seed, riders);
        let travel = TravelTable::new(&problem).expect("travel");
        let instance = Instance::new(&problem, &travel);
        let chaperone = (below(2) == 0).then(|| below(riders as u64) as usize);
        let loose = 15 + below(120) as i64;
        let mut limit = |of: i64| if below(3) == 0 { i64::MAX } else { of / 2 + below(of as u64) as i64 };
        let mut riders: Vec<Rider> = (0..riders)
            .map(|at| Rider {
                place: instance.usual_place(RideIx::new(at)),
                boarding: if chaperone == Some(at) { 0 } else { instance.families[at].boarding },
                max_ride: limit(loose),
                slack: limit(2 * loose),
                escorted: false,
                announced: None,
            })
            .collect();
        let slack = limit(2 * loose);
        let announced_times = below(3) == 0 && riders.len() < 7;
        for (at, rider) in riders.iter_mut().enumerate().filter(|(at, _)| chaperone != Some(*at)) {
            rider.escorted = chaperone.is_some() && below(4) == 0;
            if announced_times && at % 2 == 0 {
                let least = below(loose as u64) as i64;
                rider.announced = Some((least, least + below(12) as i64));
            }
        }
        let (home, gate) = (instance.volunteers[0].home, instance.slots[0].gate);
        for way in [Way::Out, Way::Back] {
            for (metres, chaperone_time) in [(false, false), (true, false), (false, true), (true, true)] {
                let chaperone_time = chaperone_time && chaperone.is_some();
                let criteria = Criteria { metres, chaperone_time, announced_times, every_order: false };
                check(seed, &instance, &Task { way, home, gate, slack, riders: &riders }, chaperone, criteria);
            }
        }
    }
}

#[test]
fn labels_find_what_trying_every_order_finds() {
    let (found, none) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    random_tasks(0..1_200, |seed, instance, task, chaperone, criteria| {
        let tried = orders::halves(instance, task, chaperone, criteria);
        let mut budget = WorkBudget::unlimited();
        let by_labels = labels::halves(instance, task, chaperone, criteria, &mut budget);
        assert_eq!(
            by_criteria(&by_labels, criteria),
            by_criteria(&tried, criteria),
            "seed {seed} {task:?} {criteria:?}"
        );
        if task.riders.len() < 6 {
            let every = orders::halves(instance, task, chaperone, Criteria { every_order: true, ..criteria });
            let mut best = Vec::new();
            every.into_iter().for_each(|half| criteria.keep_undominated(&mut best, half));
            assert_eq!(by_criteria(&tried, criteria), by_criteria(&best, criteria), "seed {seed} {task:?}");
        }
        let count = if tried.is_empty() { &none } else { &found };
        count.set(count.get() + 1);
    });
    assert!(found.get() > 4_000 && none.get() > 1_500, "{found:?} {none:?}");
}

/// Where the budget runs out, what is found is in time, and the caller learns that there may be more.
#[test]
fn on_a_small_budget_orders_are_in_time_and_may_not_be_the_best() {
    random_tasks(0..1_000, |seed, instance, task, chaperone, criteria| {
        let best = orders::halves(instance, task, chaperone, criteria);
        let mut budget = WorkBudget { remaining: 3, ..WorkBudget::for_one_group() };
        let found = labels::halves(instance, task, chaperone, criteria, &mut budget);
        let least = best.iter().map(|half| half.drive).min();
        assert!(found.iter().all(|half| Some(half.drive) >= least && half.total <= task.slack), "seed {seed}");
        assert!(!budget.suffices() || by_criteria(&found, criteria) == by_criteria(&best, criteria), "seed {seed}");
    });
}

/// A ride's family without a limit on its ride.
fn unhurried(instance: &Instance<'_>, ride: RideIx, slack: i64) -> Rider {
    let place = instance.usual_place(ride);
    Rider { place, boarding: 1, max_ride: i64::MAX, slack, escorted: false, announced: None }
}

/// Of a bus of many stops an order is found within the budget of one group; of not too many stops, the best.
#[test]
fn many_stops_take_no_more_than_the_budget() {
    for seed in 0..6 {
        let problem = buses(seed * 7, [12, 14, 16, 20, 40, 100][seed as usize]);
        let travel = TravelTable::new(&problem).expect("travel");
        let instance = Instance::new(&problem, &travel);
        let riders: Vec<Rider> = (instance.ride_ixs()).map(|at| unhurried(&instance, at, i64::MAX)).collect();
        let task = Task {
            way: Way::Back,
            home: instance.volunteers[0].home,
            gate: instance.slots[0].gate,
            slack: i64::MAX,
            riders: &riders,
        };
        let mut budget = WorkBudget::for_one_group();
        let found = labels::halves(&instance, &task, None, Criteria::default(), &mut budget);
        assert_eq!(found.len(), 1, "seed {seed}");
        let mut order: Vec<u8> = found[0].order.clone();
        order.sort_unstable();
        assert_eq!(order, (0..riders.len() as u8).collect::<Vec<_>>(), "seed {seed}");
        assert!(riders.len() > 14 || budget.suffices(), "{} stops are not too many", riders.len());
    }
}

/// The legs of a group of many stops and many windows are worked out once in each way, not once for every choice
/// of windows, and they count as work.
#[test]
fn legs_are_worked_out_once_for_all_windows() {
    let problem = buses(3, 14);
    let travel = TravelTable::new(&problem).expect("travel");
    let instance = Instance::new(&problem, &travel);
    let mut budget = WorkBudget::for_one_group();
    let mut runs = Vec::new();
    for slack in 0..5 {
        let riders: Vec<Rider> = (instance.ride_ixs()).map(|at| unhurried(&instance, at, slack)).collect();
        let (home, gate) = (instance.volunteers[0].home, instance.slots[0].gate);
        let task = Task { way: Way::Out, home, gate, slack, riders: &riders };
        let before = budget.remaining;
        labels::halves(&instance, &task, None, Criteria::default(), &mut budget);
        runs.push((before - budget.remaining, budget.legs[0].clone().expect("legs")));
    }
    assert!(runs.iter().all(|(_, legs)| std::rc::Rc::ptr_eq(legs, &runs[0].1)));
    assert!(runs[0].0 > 10_000 && runs[1..].iter().all(|(spent, _)| *spent < 1_000), "{:?}", runs[0].0);
}
