//! What limits a family in one half of a trip: its ride time (§4.8) and its windows (§4.9).

use visitrota_model::Way;

use super::Crew;
use super::timing::Rider;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Slack};

/// The widest slack that a family's windows allow, each way by itself.
pub(crate) fn widest_slack(instance: &Instance<'_>, ride: RideIx, slot: SlotIx) -> Slack {
    let slacks = instance.option(ride, slot).map_or(&[][..], |option| &option.slacks);
    let widest = |side: fn(&Slack) -> i64| slacks.iter().map(side).max().unwrap_or(i64::MIN);
    Slack { before: widest(|slack| slack.before), after: widest(|slack| slack.after) }
}

/// A ride's family as a rider of one half of a trip to a slot, with its limits. §4.8: unless `max_ride_min` is
/// given, the ride may take the direct leg with its breaks and a detour.
pub(crate) fn rider(instance: &Instance<'_>, way: Way, slot: SlotIx, ride: RideIx, slack: Slack) -> Rider {
    let family = instance.family(ride);
    let gate = instance.slots[slot.at()].gate;
    let place = instance.place(ride, slot, way);
    let (from, to) = match way {
        Way::Out => (place, gate),
        Way::Back => (gate, place),
    };
    let max_ride = family.max_ride.unwrap_or_else(|| {
        let direct = i64::from(instance.travel.leg(from, to).minutes);
        let direct = direct + instance.breaks(direct);
        let policy = instance.policy;
        direct + i64::from(policy.detour_min).max(direct * i64::from(policy.detour_pct) / 100)
    });
    let escorted = instance.policy.chaperone_throughout && family.child_only;
    Rider { place, boarding: family.boarding, max_ride, slack: slack.on(way), escorted, announced: None }
}

/// The crew's chaperone as a rider.
pub(super) fn chaperone_rider(instance: &Instance<'_>, chaperone: VolunteerIx, slack: i64) -> Rider {
    let place = instance.volunteers[chaperone.at()].home;
    Rider { place, boarding: 0, max_ride: i64::MAX, slack, escorted: false, announced: None }
}

/// §6: the minutes between a ride's stop and the gate for which the time announced to its family is kept; none where no
/// time was, or where the slot, the driver or the chaperone is another than announced.
pub(super) fn announced_minutes(instance: &Instance<'_>, way: Way, crew: Crew, ride: RideIx) -> Option<(i64, i64)> {
    let Crew { driver, chaperone, slot } = crew;
    let mut announced = instance.rides[ride.at()].announced.iter();
    let announced = announced.find(|entry| entry.slot == slot && !entry.has_other_crew(driver, chaperone))?;
    let slot = &instance.slots[slot.at()];
    let tolerance = i64::from(instance.policy.time_tolerance_min);
    let minutes = match way {
        Way::Out => slot.gate_in - announced.times[0]?,
        Way::Back => announced.times[1]? - slot.gate_out,
    };
    Some((minutes - tolerance, minutes + tolerance))
}
