//! Large groups grown by greedy insertion, where a slot has more groups than can be looked at.
//!
//! For each driver the ride that gains most is added, by its value less the driving that its cheapest insertion
//! costs, as long as any gains (D. J. Rosenkrantz, R. E. Stearns and P. M. Lewis, An analysis of several heuristics for
//! the traveling salesman problem, SIAM Journal on Computing 6, 1977). This is heuristic pricing: the trips are there
//! for a good rota and prove nothing; what is left out stays left out.

use visitrota_model::Way;

use crate::column_generation::pricing::groups::Groups;
use crate::column_generation::pricing::slot::DriverAccess;
use crate::instance::{Instance, Load};

/// What a driver's group is grown from.
#[derive(Clone, Copy)]
pub(crate) struct GreedyInsertion<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) groups: &'a Groups,
    pub(crate) access: &'a DriverAccess,
    /// The value of each ride at the prices (scaled), by position.
    pub(crate) ride_values: &'a [i64],
    /// The cost of a minute of driving (scaled).
    pub(crate) minute_cost: i64,
}

impl GreedyInsertion<'_> {
    /// Up to so many rides, by position, in the order in which they were inserted.
    pub(crate) fn group(self, max_rides: usize) -> Vec<usize> {
        let Self { instance, groups, access, ride_values, minute_cost } = self;
        let Some(car) = instance.volunteers[access.driver.at()].car else { return Vec::new() };
        let needs_chaperone = |at: usize| instance.chaperone_rides() && groups.child_only.has(at);
        let mut free: Vec<usize> = (0..ride_values.len())
            .filter(|&at| ride_values[at] > 0 && access.able.has(at) && !needs_chaperone(at))
            .collect();
        // From the gate to the driver's home, both ways.
        let mut route: Vec<usize> = Vec::new();
        let mut inserted = Vec::new();
        let mut load = Load::default();
        while inserted.len() < max_rides.min(access.max_families) {
            free.retain(|&at| {
                let with = load.and(groups.loads[at]);
                with.fits_seats(car) && with.fits_wheelchairs(car) && with.fits_restraints(car)
            });
            let gains = free.iter().map(|&at| {
                let (minutes, place) = self.cheapest_insertion(&route, at);
                (ride_values[at] - minute_cost * minutes, at, place)
            });
            let Some((gain, at, place)) = gains.max_by_key(|&(gain, at, _)| (gain, std::cmp::Reverse(at))) else {
                break;
            };
            // The first pays for the way there and back, which others share.
            if gain <= 0 && !inserted.is_empty() {
                break;
            }
            route.insert(place, at);
            inserted.push(at);
            load = load.and(groups.loads[at]);
            free.retain(|&other| groups.share(at, other));
        }
        inserted
    }

    /// The least minutes of driving that calling at one more home adds, out and back in the same order, and where.
    fn cheapest_insertion(self, route: &[usize], at: usize) -> (i64, usize) {
        let Self { groups, access, .. } = self;
        let gate = groups.gate();
        let both_ways = |a: usize, b: usize| groups.leg(Way::Out, a, b) + groups.leg(Way::Back, b, a);
        let to_driver = |at: usize| access.leg(at).iter().sum::<i64>();
        let added_minutes = |place: usize| {
            let nearer = if place == 0 { gate } else { route[place - 1] };
            match route.get(place) {
                Some(&farther) => both_ways(nearer, at) + both_ways(at, farther) - both_ways(nearer, farther),
                None => {
                    let before = if place == 0 { access.direct } else { to_driver(nearer) };
                    both_ways(nearer, at) + to_driver(at) - before
                }
            }
        };
        (0..=route.len()).map(|place| (added_minutes(place), place)).min().unwrap_or((0, 0))
    }
}
