//! Pins as points, for the parts of the solver that may leave a pinned ride out on the way (§5.4).

use visitrota_model::Policy;

use super::facts::{Instance, RideFacts, VolunteerFacts};
use super::index::RideIx;

impl Instance<'_> {
    /// Points added to a pinned ride, more than leaving it out can gain. A rota that keeps all pins is then better
    /// than any that does not.
    pub(crate) fn pin_bonus(&self, ride: RideIx) -> i64 {
        if self.rides[ride.at()].pin.is_some() { self.pin_bonus_points } else { 0 }
    }
}

/// More points than any two rotas differ by.
pub(super) fn larger_than_any_difference(policy: &Policy, rides: &[RideFacts], volunteers: &[VolunteerFacts]) -> i64 {
    /// No trip is longer: eleven days each way.
    const MAX_TRIP_MIN: i64 = 2 * 11 * 24 * 60;
    let weights = &policy.weights;
    let points = |ride: &RideFacts| {
        let points = || ride.options.iter().map(|option| option.points).chain([0]);
        let spread = points().max().unwrap_or(0) - points().min().unwrap_or(0);
        let changes = i64::try_from(ride.announced.len()).unwrap_or(i64::MAX);
        let change = i64::from(weights.change_driver) + i64::from(weights.change_time);
        spread + i64::from(weights.new_volunteer) + change * changes
    };
    // Trips that a rota which keeps the pins may need: those of pinned rides, and of rides that these bring along.
    let is_pinned = rides.iter().any(|ride| ride.pin.is_some());
    let pins = rides.iter().filter(|ride| is_pinned && (ride.pin.is_some() || ride.is_joint)).count();
    let largest_load = (volunteers.iter())
        .map(|facts| i64::from(facts.trips_made) + i64::try_from(2 * pins).unwrap_or(i64::MAX))
        .max()
        .unwrap_or(0);
    let a_trip = i64::from(weights.drive_min) * MAX_TRIP_MIN + 2 * i64::from(weights.load) * largest_load;
    rides.iter().map(points).sum::<i64>() + a_trip * i64::try_from(pins).unwrap_or(i64::MAX) + 1
}
