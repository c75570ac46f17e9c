//! Monotone feasibility tests of a driver and a group: a group that fails one fails it in every larger group, so that a
//! search may prune the whole branch (as for the downward-closed sets of R. Agrawal and R. Srikant, Fast algorithms for
//! mining association rules, VLDB 1994). They are relaxations: what passes may still be infeasible.

use visitrota_model::Way;
use visitrota_travel::PlaceIndex;

use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Slack, SlotFacts};
use crate::trip;
use crate::trip::timing::{Task, may_be_in_time};

/// Whether a driver may take a ride to a slot in some trip. If not, they take it in none, whoever else rides.
pub(crate) fn may_take_in_some_trip(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx, ride: RideIx) -> bool {
    trip::may_drive(instance, driver, slot).is_ok()
        && trip::may_visit(instance, ride, slot).is_ok()
        && trip::may_ride(instance, driver, slot, ride).is_ok()
        && within_reach(instance, driver, slot, &[ride])
        && driver_may_be_in_time(instance, driver, slot, &instance.slacks(driver, slot), &[ride])
}

/// §5.3, for one trip: whether a driver's limits of minutes and metres may allow a trip by way of each family of a
/// group. Whoever else rides, the trip is no shorter.
pub(super) fn within_reach(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx, group: &[RideIx]) -> bool {
    let facts = &instance.volunteers[driver.at()];
    let SlotFacts { gate, gate_in, gate_out, date, .. } = instance.slots[slot.at()];
    let farthest = |least: &dyn Fn(PlaceIndex, PlaceIndex) -> u64, way, from, to| {
        let by_way = |&ride: &RideIx| {
            let place = instance.place(ride, slot, way);
            least(from, place) + least(place, to)
        };
        group.iter().map(by_way).max().unwrap_or(0)
    };
    let out_and_back = |least: &dyn Fn(PlaceIndex, PlaceIndex) -> u64| {
        farthest(least, Way::Out, facts.home, gate) + farthest(least, Way::Back, gate, facts.home)
    };
    let minutes = || i64::try_from(out_and_back(&|from, to| instance.travel.at_least(from, to).into())).unwrap_or(0);
    let metres = || out_and_back(&|from, to| instance.travel.metres_at_least(from, to).into());
    instance.max_driving_on(driver, date).is_none_or(|limit| minutes() <= limit)
        && instance.max_duty_on(driver, date).is_none_or(|limit| minutes() + gate_out - gate_in <= limit)
        && facts.max_metres.is_none_or(|limit| metres() <= limit)
}

/// Whether a driver with one of these choices of slack may be in time with a group, by the test of [`may_be_in_time`].
pub(super) fn driver_may_be_in_time(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    slacks: &[Slack],
    group: &[RideIx],
) -> bool {
    let home = instance.volunteers[driver.at()].home;
    let gate = instance.slots[slot.at()].gate;
    slacks.iter().any(|&slack| {
        [Way::Out, Way::Back].into_iter().all(|way| {
            let rider = |&ride| trip::rider(instance, way, slot, ride, trip::widest_slack(instance, ride, slot));
            let riders: Vec<_> = group.iter().map(rider).collect();
            may_be_in_time(instance, &Task { way, home, gate, slack: slack.on(way), riders: &riders })
        })
    })
}
