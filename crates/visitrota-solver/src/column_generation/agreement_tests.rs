//! The parts of column generation held against each other, and against a program over all trips.

use visitrota_travel::TravelTable;

use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::master::Master;
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::Scope;
use crate::column_generation::volume::{StepLimits, Volume};
use crate::instance::Instance;
use crate::instance::index::VolunteerIx;
use crate::program::Program;
use crate::program::components::solve;
use crate::samples::{draws, of_any_kind, random_prices};
use crate::stop::Stop;
use crate::trip::enumerate::enumerate;

/// A decomposition that knows every trip worth having.
fn of_all_trips<'a>(instance: &'a Instance<'a>) -> Decomposition<'a> {
    let mut decomposition = Decomposition::new(instance).expect("time");
    for trip in enumerate(instance, usize::MAX).expect("trips").trips {
        decomposition.pool.add(instance, &decomposition.rows, trip);
    }
    decomposition
}

/// Prices near the best, at which a bound is not far above the best rota.
fn good_prices(instance: &Instance<'_>) -> Prices {
    let decomposition = of_all_trips(instance);
    let mut volume = Volume::new(&decomposition, &Prices(vec![0; decomposition.rows.rows.len()]));
    volume.take_steps(&decomposition, 0.0, StepLimits { max_steps: 100, min_progress: 0.0 });
    volume.prices(&decomposition)
}

/// What the best rota is worth, by a program over all trips, which knows nothing of prices.
fn best_points(instance: &Instance<'_>) -> i64 {
    let trips = enumerate(instance, usize::MAX).expect("trips").trips;
    let program = Program::new(instance, &trips.iter().collect::<Vec<_>>());
    solve(&program, &[], &|| f64::INFINITY).expect("a rota").bound
}

#[test]
fn at_any_prices_and_whatever_is_left_out_the_bound_is_not_below_the_best_rota() {
    let (mut truncated, mut incomplete, mut tight) = (0, 0, 0);
    for seed in 0..300 {
        let mut below = draws(seed ^ 0xb05);
        let problem = of_any_kind(seed, 4 + below(4) as usize);
        let travel = TravelTable::new(&problem).expect("travel");
        let instance = Instance::new(&problem, &travel);
        let best = best_points(&instance);
        let good_prices = good_prices(&instance);
        for round in 0..6 {
            let mut decomposition = Decomposition::new(&instance).expect("time");
            let price_range = [0, 3, 3_000, 12_000][below(4) as usize] * Prices::SCALE as u64 + 1;
            let mut prices = random_prices(&decomposition.rows, || below(price_range));
            if round < 2 {
                // As tight as bounds come, and nearly so.
                let sums = good_prices.0.iter().zip(&prices.0).map(|(good, random)| good + random % (1 + round * 999));
                prices = Prices(
                    decomposition
                        .rows
                        .rows
                        .iter()
                        .zip(sums)
                        .map(|(row, sum)| if row.one_driver { 0 } else { sum })
                        .collect(),
                );
            }
            // Round after round, so that some trips are known and others are not.
            for _ in 0..4 {
                let targets = decomposition.best_week_values(&prices);
                let (keep, max_drivers) = (1 + below(2) as usize, [1, 2, usize::MAX][below(3) as usize]);
                let max_rides = [1, 2, usize::MAX][below(3) as usize];
                let scope = Scope { keep, max_rides, max_drivers };
                let priced = decomposition.price(&prices, &targets, scope).expect("time");
                assert!(priced.upper_bound >= best, "seed {seed}: {} of {best}", priced.upper_bound);
                assert!(!priced.complete || priced.bound.points() >= best, "seed {seed}: {:?} {best}", priced.bound);
                truncated += u32::from(priced.truncated);
                incomplete += u32::from(!priced.complete);
                tight += u32::from(priced.complete && priced.bound.points() == best);
            }
        }
    }
    assert!(truncated > 100 && incomplete > 100, "{truncated} {incomplete} {tight}");
}

/// The value of the linear relaxation over all weeks of the trips known, by column generation until no week improves
/// it.
fn relaxation_value(decomposition: &Decomposition<'_>) -> f64 {
    let Decomposition { rows, pool, .. } = decomposition;
    let free = Prices(vec![0; rows.rows.len()]);
    let mut master = Master::new(rows, &free, &decomposition.best_week_values(&free));
    loop {
        let solution = master.solve(Stop::NEVER).expect("a solution");
        let reduced_costs = pool.reduced_costs(&Prices::rounded(rows, &solution.duals));
        let targets = master.best_known_values(decomposition, &reduced_costs);
        let mut improves = false;
        for (driver, best) in decomposition.better_weeks(&reduced_costs, &targets).into_iter().enumerate() {
            for (_, week) in best.weeks {
                improves |= master.add_week(pool, VolunteerIx::new(driver), week).expect("a column");
            }
        }
        if !improves {
            return solution.value;
        }
    }
}

/// Two methods for one number: the volume algorithm's bound comes down to the value of the master's linear program over
/// the same trips, and not below it.
///
/// The algorithm also ends where its average keeps every row whose price can change, which on small problems may be far
/// from the best prices. It has not converged then; only that there are few such problems is checked.
#[test]
fn the_bound_comes_down_to_the_value_of_the_restricted_master() {
    const STEPS: u32 = 1_000;
    let (mut converged, mut came_down, mut stalled) = (0, 0, 0);
    for seed in 0..60 {
        let mut below = draws(seed ^ 0x701);
        let problem = of_any_kind(seed, 4 + below(4) as usize);
        let travel = TravelTable::new(&problem).expect("travel");
        let instance = Instance::new(&problem, &travel);
        let decomposition = of_all_trips(&instance);
        let value = relaxation_value(&decomposition);
        let free = Prices(vec![0; decomposition.rows.rows.len()]);
        let mut volume = Volume::new(&decomposition, &free);
        let first_bound = volume.bound();
        let limits = StepLimits { max_steps: STEPS, min_progress: 0.0 };
        // As if there were a rota as good as the relaxation.
        let steps = volume.take_steps(&decomposition, value, limits);
        // The bound is exact, the linear program in floating point.
        assert!(volume.bound() >= value - 1e-3, "seed {seed}: {} of {value}", volume.bound());
        let near = volume.bound() <= value + 5e-4 * value.abs() + 1.0;
        assert!(near || steps < STEPS, "seed {seed}: {} of {value}", volume.bound());
        converged += u32::from(near);
        stalled += u32::from(!near);
        came_down += u32::from(near && first_bound > 1.01 * value);
    }
    assert!(converged > 50 && came_down > 20 && stalled < 8, "{converged} {came_down} {stalled}");
}
