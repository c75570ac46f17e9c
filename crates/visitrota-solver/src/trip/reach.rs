//! Monotone feasibility tests of a driver and a group: a group that fails one fails it in every larger group, so that a
//! search may prune the whole branch (as for the downward-closed sets of R. Agrawal and R. Srikant, Fast algorithms for
//! mining association rules, VLDB 1994). They are relaxations: what passes may still be infeasible.

use visitrota_travel::PlaceIndex;

use crate::instance::index::{RequestIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Slack};
use crate::trip;
use crate::trip::timing::{Direction, Task, may_be_in_time};

/// Whether a driver may take a request to a slot in some trip. If not, they take it in none, whoever else rides.
pub(crate) fn may_take_in_some_trip(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    request: RequestIx,
) -> bool {
    trip::may_drive(instance, driver, slot).is_ok()
        && trip::may_visit(instance, request, slot).is_ok()
        && trip::may_ride(instance, driver, slot, request).is_ok()
        && within_reach(instance, driver, slot, &[request])
        && driver_may_be_in_time(instance, driver, slot, &instance.slacks(driver, slot), &[request])
}

/// §5.3, for one trip: whether a driver's limits of minutes and metres may allow a trip by way of each family of a
/// group. Whoever else rides, the trip is no shorter.
pub(super) fn within_reach(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx, group: &[RequestIx]) -> bool {
    let facts = &instance.volunteers[driver.at()];
    let slot = &instance.slots[slot.at()];
    let farthest = |least: &dyn Fn(PlaceIndex, PlaceIndex) -> u64, from, to| {
        let by_way = |&request: &RequestIx| {
            let home = instance.family(request).home;
            least(from, home) + least(home, to)
        };
        group.iter().map(by_way).max().unwrap_or(0)
    };
    let out_and_back = |least: &dyn Fn(PlaceIndex, PlaceIndex) -> u64| {
        farthest(least, facts.home, slot.gate) + farthest(least, slot.gate, facts.home)
    };
    let minutes = || out_and_back(&|from, to| instance.travel.at_least(from, to).into());
    let metres = || out_and_back(&|from, to| instance.travel.metres_at_least(from, to).into());
    facts.max_driving_min.is_none_or(|limit| minutes() <= limit.into())
        && facts.max_duty_min.is_none_or(|limit| minutes() + slot.gate_out.abs_diff(slot.gate_in) <= limit.into())
        && facts.max_metres.is_none_or(|limit| metres() <= limit)
}

/// Whether a driver with one of these choices of slack may be in time with a group, by the test of [`may_be_in_time`].
pub(super) fn driver_may_be_in_time(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    slacks: &[Slack],
    group: &[RequestIx],
) -> bool {
    let home = instance.volunteers[driver.at()].home;
    let gate = instance.slots[slot.at()].gate;
    slacks.iter().any(|&slack| {
        [Direction::Out, Direction::Back].into_iter().all(|direction| {
            let rider =
                |&request| trip::rider(instance, direction, slot, request, trip::widest_slack(instance, request, slot));
            let riders: Vec<_> = group.iter().map(rider).collect();
            may_be_in_time(instance, &Task { direction, home, gate, slack: direction.of(slack), riders: &riders })
        })
    })
}
