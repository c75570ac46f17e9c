//! What limits a family in one half of a trip: its ride time (§4.8) and its windows (§4.9).

use super::timing::{Direction, Rider};
use crate::instance::index::{RequestIx, SlotIx};
use crate::instance::{Instance, Slack};

/// The widest slack that a family's windows allow, in each direction by itself.
pub(crate) fn widest_slack(instance: &Instance<'_>, request: RequestIx, slot: SlotIx) -> Slack {
    let slacks = instance.option(request, slot).map_or(&[][..], |option| &option.slacks);
    let widest = |side: fn(&Slack) -> i64| slacks.iter().map(side).max().unwrap_or(i64::MIN);
    Slack { before: widest(|slack| slack.before), after: widest(|slack| slack.after) }
}

/// A request's family as a rider of one half of a trip to a slot, with its limits. §4.8: unless `max_ride_min` is
/// given, the ride may take the direct leg with its breaks and a detour.
pub(crate) fn rider(
    instance: &Instance<'_>,
    direction: Direction,
    slot: SlotIx,
    request: RequestIx,
    slack: Slack,
) -> Rider {
    let family = instance.family(request);
    let gate = instance.slots[slot.at()].gate;
    let (from, to) = match direction {
        Direction::Out => (family.home, gate),
        Direction::Back => (gate, family.home),
    };
    let max_ride = family.max_ride.unwrap_or_else(|| {
        let direct = i64::from(instance.travel.leg(from, to).minutes);
        let direct = direct + instance.breaks(direct);
        let policy = instance.policy;
        direct + i64::from(policy.detour_min).max(direct * i64::from(policy.detour_pct) / 100)
    });
    Rider { home: family.home, boarding: family.boarding, max_ride, slack: direction.of(slack) }
}
