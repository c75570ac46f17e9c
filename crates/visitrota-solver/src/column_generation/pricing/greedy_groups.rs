//! Large groups, grown greedily where a slot has more than can be looked at.
//!
//! For each driver the request that gains most is added, by what it earns less the driving that its cheapest insertion
//! costs, as long as any gains (D. J. Rosenkrantz, R. E. Stearns and P. M. Lewis, An analysis of several heuristics for
//! the traveling salesman problem, SIAM Journal on Computing 6, 1977). The trips are there for a good rota; they prove
//! nothing, and what is left out stays left out.

use crate::column_generation::pricing::groups::Groups;
use crate::column_generation::pricing::slot::DriverAccess;
use crate::instance::{Instance, Load};

/// The requests, by position, in the order in which a driver would take them on.
pub(crate) fn greedy_group(
    instance: &Instance<'_>,
    groups: &Groups,
    access: &DriverAccess,
    worth: &[i64],
    a_minute: i64,
    most: usize,
) -> Vec<usize> {
    let Some(car) = instance.volunteers[access.driver.at()].car else { return Vec::new() };
    let mut free: Vec<usize> = (0..worth.len())
        .filter(|&at| {
            worth[at] > 0 && access.able.has(at) && !(instance.chaperone_rides() && groups.child_only.has(at))
        })
        .collect();
    // From the gate to the driver's home, both ways.
    let mut route: Vec<usize> = Vec::new();
    let mut order = Vec::new();
    let mut load = Load::default();
    while order.len() < most.min(access.max_families) {
        free.retain(|&at| {
            let with = load.and(groups.loads[at]);
            with.fits_seats(car) && with.fits_wheelchairs(car) && with.fits_restraints(car)
        });
        let best = free.iter().map(|&at| {
            let (minutes, place) = cheapest(groups, access, &route, at);
            (worth[at] - a_minute * minutes, at, place)
        });
        let Some((gain, at, place)) = best.max_by_key(|&(gain, at, _)| (gain, std::cmp::Reverse(at))) else { break };
        // The first pays for the way there and back, which others share.
        if gain <= 0 && !order.is_empty() {
            break;
        }
        route.insert(place, at);
        order.push(at);
        load = load.and(groups.loads[at]);
        free.retain(|&other| groups.share(at, other));
    }
    order
}

/// The least minutes of driving that calling at one more home adds, out and back in the same order, and where.
fn cheapest(groups: &Groups, access: &DriverAccess, route: &[usize], at: usize) -> (i64, usize) {
    let gate = groups.gate();
    let both = |a: usize, b: usize| groups.leg(a, b) + groups.leg(b, a);
    let home = |at: usize| access.leg(at).iter().sum::<i64>();
    let added = |place: usize| {
        let nearer = if place == 0 { gate } else { route[place - 1] };
        match route.get(place) {
            Some(&farther) => both(nearer, at) + both(at, farther) - both(nearer, farther),
            None => {
                let before = if place == 0 { access.direct } else { home(nearer) };
                both(nearer, at) + home(at) - before
            }
        }
    };
    (0..=route.len()).map(|place| (added(place), place)).min().unwrap_or((0, 0))
}
